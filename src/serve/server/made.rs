//! Pages of the site as they were made: a page that several ask for, or one that asks twice, is rendered once.
//!
//! After a round every open tab asks what its page is now, and then for the page itself.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::site::{RenderError, Route, Site};

/// How many pages are held, and how large they may be together, in bytes. The one that was asked for last is held anyway.
const HELD: usize = 8;
const ROOM: usize = 32 * 1024 * 1024;

/// A page, or another file that is rendered, as a build would write it.
#[derive(Debug, Default)]
pub struct Made {
    pub bytes: Vec<u8>,
    /// Of its bytes: two pages with one hash look alike.
    pub hash: String,
}

/// Why there is no page.
type Failed = Box<Diagnostic>;

type Making = Arc<OnceLock<Result<Arc<Made>, Failed>>>;

/// The pages of one site that were asked for last.
#[derive(Debug, Default)]
pub struct MadePages {
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    site: Option<Arc<Site>>,
    /// By path; what was asked for last comes last.
    pages: Vec<(String, Making)>,
}

impl Made {
    pub fn new(bytes: Vec<u8>) -> Self {
        let mut hash = blake3::hash(&bytes).to_hex().to_string();
        hash.truncate(32);
        Self { bytes, hash }
    }
}

impl MadePages {
    /// The page behind a route of the site. Who asks while another has it made waits for that.
    ///
    /// # Errors
    /// Where the theme's template fails.
    pub fn of(&self, site: &Arc<Site>, route: &Route) -> Result<Arc<Made>, Failed> {
        let making = self.lock().making(site, &route.path);
        let made = making.get_or_init(|| render(site, route).map(Arc::new)).clone();
        self.lock().make_room();
        made
    }

    /// Every change leaves a whole list: also after a panic elsewhere it is one.
    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn making(&mut self, site: &Arc<Site>, path: &str) -> Making {
        if !self.site.as_ref().is_some_and(|held| Arc::ptr_eq(held, site)) {
            *self = Self { site: Some(Arc::clone(site)), pages: Vec::new() };
        }
        let known = self.pages.iter().position(|(held, _)| held == path);
        let page = known.map_or_else(|| (path.to_owned(), Making::default()), |at| self.pages.remove(at));
        let making = Arc::clone(&page.1);
        if self.pages.len() == HELD {
            self.pages.remove(0);
        }
        self.pages.push(page);
        making
    }

    fn make_room(&mut self) {
        let size = |(_, making): &(String, Making)| match making.get() {
            Some(Ok(made)) => made.bytes.len(),
            Some(Err(_)) | None => 0,
        };
        while self.pages.len() > 1 && self.pages.iter().map(size).sum::<usize>() > ROOM {
            self.pages.remove(0);
        }
    }
}

fn render(site: &Site, route: &Route) -> Result<Made, Failed> {
    let mut bytes = Vec::with_capacity(32 * 1024);
    site.render(route, &mut bytes).map(|()| Made::new(bytes)).map_err(|error| match error {
        RenderError::Template(diagnostic) => diagnostic,
        error => Box::new(Diagnostic::new(Code::TemplateError, Place::whole(&route.path), error.message())),
    })
}
