//! The program between reading and writing.

use std::io::Write;

use crate::diagnostic::{Diagnostic, Report, Stopped};
use crate::source::SourceTree;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompileOptions {
    /// Instead of the theme that portal.yaml names.
    pub theme: Option<String>,
    pub drafts: Drafts,
}

/// Whether sheets with `status: draft` are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drafts {
    #[default]
    Hidden,
    Shown,
}

#[derive(Debug)]
pub struct Site {
    routes: Vec<Route>,
}

#[derive(Debug)]
pub struct Route {
    pub path: String,
    pub sources: Vec<String>,
}

#[derive(Debug)]
pub struct RenderError(Box<Diagnostic>);

impl RenderError {
    pub fn diagnostic(&self) -> Diagnostic {
        (*self.0).clone()
    }
}

impl Site {
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    pub fn render(&self, route: &Route, out: &mut dyn Write) -> Result<(), RenderError> {
        let _ = out.write_all(route.path.as_bytes());
        Ok(())
    }
}

pub fn compile(source: SourceTree, _: &CompileOptions, report: &mut Report) -> Result<Site, Stopped> {
    report.go_on()?;
    let routes = source
        .content
        .iter()
        .map(|file| Route {
            path: format!("{}/index.html", file.path),
            sources: vec![format!("content/{}", file.path)],
        })
        .collect();
    Ok(Site { routes })
}
