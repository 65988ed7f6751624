//! Why the preview does not start.

use std::io;
use std::net::SocketAddr;

use crate::diagnostic::Message;

/// Why there is no server.
#[derive(Debug)]
pub enum ServeError {
    /// Another program listens there, often another preview.
    PortTaken(SocketAddr),
    /// No address of this machine.
    Host {
        host: String,
        error: io::Error,
    },
    Io(io::Error),
}

impl ServeError {
    pub fn message(&self) -> Message {
        match self {
            Self::PortTaken(address) => Message::new(
                format!("ポート {} は、ほかのプログラムが使っています", address.port()),
                format!("another program uses port {}", address.port()),
            ),
            Self::Host { host, error } => Message::new(
                format!("{host} では待ち受けられません（{error}）"),
                format!("cannot listen on {host} ({error})"),
            ),
            Self::Io(error) => Message::new(
                format!("プレビューを始められません（{error}）"),
                format!("the preview cannot start ({error})"),
            ),
        }
    }

    /// What to do.
    pub fn help(&self) -> Message {
        match self {
            Self::PortTaken(address) => {
                let next = address.port().checked_add(1).unwrap_or(4000);
                Message::new(
                    format!(
                        "別のプレビューが動いていないか確かめるか、--port {next} のように別の番号を指定してください"
                    ),
                    format!("see whether another preview runs, or choose another number: --port {next}"),
                )
            }
            Self::Host { .. } => Message::new(
                "--host を省くと、このパソコンだけで見られます",
                "without --host it can be seen on this computer",
            ),
            Self::Io(_) => Message::new(
                "1024 以上のポート番号を指定してください（例: --port 4000）",
                "choose a port of 1024 or more (--port 4000)",
            ),
        }
    }
}
