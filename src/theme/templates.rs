//! Templates: loaded, checked and compiled once, rendered often.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera, Value};

use super::filters;
use super::labels::{Labels, Languages};
use super::source::{self, Chain};
use super::template_error;
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report, Stopped};
use crate::model::At;

/// The compiled templates of a theme, once per language: the words of a language are known to them beforehand.
pub(super) struct Templates {
    engines: Vec<Engine>,
    /// By the name that the engine knows (`city/base.html`).
    sources: BTreeMap<String, Source>,
}

struct Engine {
    language: Box<str>,
    tera: Tera,
}

/// A template as its author wrote it.
pub(super) struct Source {
    pub file: Arc<str>,
    pub text: String,
}

/// A page that could not be rendered: which template, where in it, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderError {
    diagnostic: Box<Diagnostic>,
}

impl RenderError {
    /// With the place in the template. The caller adds which page it was.
    pub fn diagnostic(&self) -> &Diagnostic {
        &self.diagnostic
    }

    pub fn into_diagnostic(self) -> Diagnostic {
        *self.diagnostic
    }
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { file, at } = &self.diagnostic.place;
        write!(f, "{file}:{}:{}: {}", at.line, at.column, self.diagnostic.message.en)
    }
}

impl std::error::Error for RenderError {}

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.sources.keys()).finish()
    }
}

impl Templates {
    /// Reads, checks and compiles the templates of all layers.
    pub fn load(chain: &Chain<'_>, languages: &Languages, report: &mut Report) -> Result<Self, Stopped> {
        let sources = sources(chain, report);
        let prefixes: Vec<String> = chain.layers.iter().map(|layer| format!("{}/", layer.name)).collect();
        for (name, source) in &sources {
            if let Err(error) = Tera::default().add_raw_template(name, &source.text)
                && let ErrorKind::SyntaxError(error) = error.kind()
            {
                report.add(template_error::at(source, error));
            }
        }
        report.go_on()?;
        let mut engines = Vec::new();
        for labels in languages.iter() {
            match engine(&prefixes, &sources, labels) {
                Ok(tera) => engines.push(Engine { language: labels.language().code().into(), tera }),
                Err(error) => {
                    for problem in template_error::problems(&error, &sources) {
                        report.add(problem);
                    }
                }
            }
        }
        report.go_on()?;
        Ok(Self { engines, sources })
    }

    pub fn has(&self, template: &str) -> bool {
        self.engines.first().is_some_and(|engine| engine.tera.contains_template(template))
    }

    pub fn render(&self, template: &str, view: &impl Serialize, out: &mut Vec<u8>) -> Result<(), RenderError> {
        let context = Context::from_serialize(view).map_err(|error| self.failed(template, &error))?;
        let engine = self.engine(template, &context)?;
        let before = out.len();
        engine.tera.render_to(template, &context, &mut *out).map_err(|error| {
            out.truncate(before);
            self.failed(template, &error)
        })
    }

    fn engine(&self, template: &str, context: &Context) -> Result<&Engine, RenderError> {
        let language = context.get("language").and_then(Value::as_str);
        let found = self.engines.iter().find(|engine| Some(engine.language.as_ref()) == language);
        found.ok_or_else(|| {
            let named = language.unwrap_or("―");
            self.whole(
                template,
                Message::new(
                    format!("ページの言語 {named} は、テーマが読み込んだ言語ではありません"),
                    format!("The page's language {named} is not one that the theme was loaded for"),
                ),
            )
        })
    }

    fn failed(&self, template: &str, error: &tera::Error) -> RenderError {
        match error.kind() {
            ErrorKind::RenderingError(report) if self.sources.contains_key(report.filename()) => {
                let diagnostic = self.sources.get(report.filename()).map(|source| template_error::at(source, report));
                match diagnostic {
                    Some(diagnostic) => RenderError { diagnostic: Box::new(diagnostic) },
                    None => self.whole(template, template_error::message(&error.to_string())),
                }
            }
            _ => self.whole(template, template_error::message(&error.to_string())),
        }
    }

    /// An error of a template as a whole.
    fn whole(&self, template: &str, message: Message) -> RenderError {
        let source =
            self.sources.iter().find(|(name, _)| name.split_once('/').is_some_and(|(_, below)| below == template));
        let file = source.map_or_else(|| template.into(), |(_, source)| Arc::clone(&source.file));
        let place = Place { file, at: At::default() };
        RenderError { diagnostic: Box::new(Diagnostic::new(Code::TemplateError, place, message)) }
    }
}

fn sources(chain: &Chain<'_>, report: &mut Report) -> BTreeMap<String, Source> {
    let mut sources = BTreeMap::new();
    for layer in &chain.layers {
        for (name, bytes) in layer.folder("templates/") {
            let below = format!("templates/{name}");
            if let Some(text) = source::text(layer, &below, bytes, report) {
                let source = Source { file: layer.path(&below), text: text.replace("\r\n", "\n") };
                sources.insert(format!("{}/{name}", layer.name), source);
            }
        }
    }
    sources
}

fn engine(prefixes: &[String], sources: &BTreeMap<String, Source>, labels: &Arc<Labels>) -> tera::TeraResult<Tera> {
    let mut tera = Tera::default();
    filters::register(&mut tera);
    filters::register_labels(&mut tera, labels);
    tera.set_fallback_prefixes(prefixes.iter().cloned())?;
    tera.add_raw_templates(sources.iter().map(|(name, source)| (name, &source.text)))?;
    Ok(tera)
}
