//! A bar for work that takes long; on a terminal only, and not before half a second.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::diagnostic::MessageLanguage;

const PATIENCE: Duration = Duration::from_millis(500);

/// Counts steps from many threads. It disappears when it is dropped.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
}

impl Progress {
    pub(super) fn new(steps: usize, language: MessageLanguage) -> Self {
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::hidden());
        let template = match language {
            MessageLanguage::Japanese => "{pos}/{len} ページ {wide_bar} 残り {eta}",
            MessageLanguage::English => "{pos}/{len} pages {wide_bar} {eta} left",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        Self { bar, started: Instant::now() }
    }

    /// One more is done.
    pub fn step(&self) {
        self.bar.inc(1);
        // Every 64th step looks at the clock. On what is no terminal this target draws nothing either.
        if self.bar.position().is_multiple_of(64) && self.bar.is_hidden() && self.started.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
