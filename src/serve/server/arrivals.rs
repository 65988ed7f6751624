//! Connections that have not said yet what they want: browsers open some in reserve, and others never say anything.
//!
//! They have places of their own. Where these are taken, who has waited longest goes: a browser that asks says what it
//! wants within a moment, so that whoever only holds the line keeps nobody from it.

use std::collections::VecDeque;
use std::io;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The connections that have not said what they want, in the order in which they came.
#[derive(Debug)]
pub struct Arrivals {
    at_most: usize,
    waiting: Mutex<Waiting>,
}

#[derive(Debug, Default)]
struct Waiting {
    count: u64,
    streams: VecDeque<(u64, TcpStream)>,
}

/// A place among them, given back when dropped.
#[derive(Debug)]
pub struct Arrival {
    arrivals: Arc<Arrivals>,
    number: u64,
}

impl Arrivals {
    pub fn new(at_most: usize) -> Self {
        Self { at_most, waiting: Mutex::default() }
    }

    /// Lets one in, and ends the connections that have waited longest where there are too many.
    ///
    /// # Errors
    /// Where the system has no more file descriptors.
    pub fn welcome(self: &Arc<Self>, stream: &TcpStream) -> io::Result<Arrival> {
        let stream = stream.try_clone()?;
        let mut waiting = self.lock();
        while waiting.streams.len() >= self.at_most
            && let Some((_, longest)) = waiting.streams.pop_front()
        {
            // Who reads from it finds its end.
            let _ = longest.shutdown(Shutdown::Both);
        }
        waiting.count += 1;
        let number = waiting.count;
        waiting.streams.push_back((number, stream));
        Ok(Arrival { arrivals: Arc::clone(self), number })
    }

    /// Every change leaves a whole list: also after a panic elsewhere it is one.
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Arrival {
    fn drop(&mut self) {
        self.arrivals.lock().streams.retain(|(number, _)| *number != self.number);
    }
}
