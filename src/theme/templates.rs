//! Templates: loaded, checked and compiled once, rendered often.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera, Value};

use super::filters;
use super::html::escaped;
use super::labels::{Labels, Languages};
use super::lint;
use super::minify::{self, Minified, Origins, Outcome};
use super::source::{self, Chain};
use super::template_error;
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report, Severity, Stopped};
use crate::model::At;

/// The compiled templates of a theme, once per language: the words of a language are known to them beforehand.
pub(super) struct Templates {
    engines: Vec<Engine>,
    /// By the name that the engine knows (`city/base.html`).
    sources: BTreeMap<String, Source>,
}

/// The templates with the words of one language.
struct Engine {
    language: Box<str>,
    tera: Tera,
    /// By template name.
    origins: BTreeMap<String, Origins>,
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
        let told = report.count(Severity::Error);
        let sources = sources(chain, report);
        let are_whole = report.count(Severity::Error) == told;
        let prefixes: Vec<String> = chain.layers.iter().map(|layer| format!("{}/", layer.name)).collect();
        for source in sources.values() {
            lint::check(source, languages, report);
        }
        let small = minified(&sources, report);
        let compiled = |small: &BTreeMap<String, Minified>| -> tera::TeraResult<Vec<Engine>> {
            languages.iter().map(|labels| Engine::new(&prefixes, &sources, small, labels)).collect()
        };
        let engines = match compiled(&small).or_else(|_| compiled(&BTreeMap::new())) {
            Ok(engines) => engines,
            Err(error) => {
                // A template that could not be read is missing in those that need it: it is told once.
                if are_whole {
                    diagnose(&sources, &error, report);
                }
                Vec::new()
            }
        };
        report.go_on()?;
        Ok(Self { engines, sources })
    }

    pub fn has(&self, template: &str) -> bool {
        self.engines.first().is_some_and(|engine| engine.tera.contains_template(template))
    }

    pub fn render(&self, template: &str, view: impl Serialize, out: &mut impl Write) -> Result<(), RenderError> {
        let context = Context::from_serialize(&view).map_err(|error| self.failed(template, None, &error))?;
        // The view of a large page takes as much room as the context; only one of them is needed now.
        drop(view);
        let engine = self.engine(template, &context)?;
        let rendered = engine.tera.render_to(template, &context, out);
        rendered.map_err(|error| self.failed(template, Some(engine), &error))
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

    fn failed(&self, template: &str, engine: Option<&Engine>, error: &tera::Error) -> RenderError {
        match error.kind() {
            ErrorKind::RenderingError(report) => {
                let span = report.span().range.clone();
                let original = match engine.and_then(|engine| engine.origins.get(report.filename())) {
                    Some(origins) => origins.original(span),
                    None => span,
                };
                match self.sources.get(report.filename()) {
                    Some(source) => RenderError { diagnostic: Box::new(template_error::at(source, report, original)) },
                    None => self.whole(template, template_error::message(report.message())),
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

fn minified(sources: &BTreeMap<String, Source>, report: &mut Report) -> BTreeMap<String, Minified> {
    let mut all = BTreeMap::new();
    for (name, source) in sources.iter().filter(|(name, _)| name.ends_with(".html")) {
        let minified = minify::minify(&source.text);
        if minified.outcome == Outcome::Left {
            report.add(template_error::not_minified(source));
        }
        all.insert(name.clone(), minified);
    }
    all
}

impl Engine {
    fn new(
        prefixes: &[String],
        sources: &BTreeMap<String, Source>,
        small: &BTreeMap<String, Minified>,
        labels: &Arc<Labels>,
    ) -> tera::TeraResult<Self> {
        let word = |key: &str| labels.find(key).map(escaped);
        let mut origins = BTreeMap::new();
        let mut texts = Vec::with_capacity(sources.len());
        for (name, source) in sources {
            match small.get(name) {
                Some(minified) => {
                    let (text, from) = minified.write(&source.text, word);
                    texts.push((name, Cow::Owned(text)));
                    origins.insert(name.clone(), from);
                }
                None => texts.push((name, Cow::Borrowed(source.text.as_str()))),
            }
        }
        let mut tera = empty(prefixes, labels)?;
        tera.add_raw_templates(texts)?;
        Ok(Self { language: labels.language().code().into(), tera, origins })
    }
}

/// An engine without templates. What templates call has to be there before they are.
fn empty(prefixes: &[String], labels: &Arc<Labels>) -> tera::TeraResult<Tera> {
    let mut tera = Tera::default();
    filters::register(&mut tera);
    filters::register_labels(&mut tera, labels);
    tera.set_fallback_prefixes(prefixes.iter().cloned())?;
    Ok(tera)
}

/// Every syntax error at its own place; without one, what is wrong with the templates taken together.
fn diagnose(sources: &BTreeMap<String, Source>, error: &tera::Error, report: &mut Report) {
    let mut readable = true;
    for (name, source) in sources {
        if let Err(error) = Tera::default().add_raw_template(name, &source.text)
            && let ErrorKind::SyntaxError(error) = error.kind()
        {
            report.add(template_error::at(source, error, error.span().range.clone()));
            readable = false;
        }
    }
    if readable {
        for problem in template_error::problems(error, sources) {
            report.add(problem);
        }
    }
}
