//! The arguments of every verb. What they say of themselves stands in [`super::words`], in both languages.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Args, Command, CommandFactory, Parser, Subcommand, ValueEnum};

use super::as_of::{self, AsOf};
use super::editor::{self, Editor};
use super::words;
use crate::diagnostic::MessageLanguage;
use crate::model::FiscalYear;

#[derive(Debug, Parser)]
#[command(name = "hyoka", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub verb: Verb,
    #[arg(long, global = true)]
    pub lang: Option<Lang>,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    Build(BuildArguments),
    Serve(ServeArguments),
    Check(CheckArguments),
    Freeze(FreezeArguments),
    NewYear(NewYearArguments),
    Status(StatusArguments),
    Diff(DiffArguments),
    Verify(VerifyArguments),
    Pack(PackArguments),
    Init(InitArguments),
    Schema(SchemaArguments),
    Completions(CompletionsArguments),
}

/// Where the sources are and how they are taken.
#[derive(Args, Clone, Debug, Default)]
pub struct SourceArguments {
    #[arg(long)]
    pub root: Option<PathBuf>,
    #[arg(long)]
    pub content: Option<PathBuf>,
    #[arg(long)]
    pub theme: Option<String>,
    #[arg(long)]
    pub drafts: bool,
    #[arg(long, value_parser = as_of::parse)]
    pub as_of: Option<AsOf>,
    #[arg(long)]
    pub strict: bool,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
}

#[derive(Args, Clone, Debug)]
pub struct BuildArguments {
    #[arg(long)]
    pub output: Option<PathBuf>,
    #[arg(long)]
    pub watch: bool,
    #[arg(long, requires = "watch")]
    pub poll: bool,
    #[arg(long)]
    pub examine: bool,
    #[command(flatten)]
    pub source: SourceArguments,
}

#[derive(Args, Clone, Debug)]
pub struct CheckArguments {
    #[arg(long)]
    pub report: Option<PathBuf>,
    #[command(flatten)]
    pub source: SourceArguments,
}

#[derive(Args, Clone, Debug)]
pub struct FreezeArguments {
    #[arg(id = "frozen_year", value_parser = fiscal_year)]
    pub year: FiscalYear,
    #[arg(long)]
    pub root: Option<PathBuf>,
    #[arg(long)]
    pub content: Option<PathBuf>,
    #[arg(long, value_parser = as_of::parse)]
    pub as_of: Option<AsOf>,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Args, Clone, Debug)]
pub struct NewYearArguments {
    #[arg(id = "opened_year", value_parser = fiscal_year)]
    pub year: FiscalYear,
    #[arg(long, value_parser = fiscal_year)]
    pub from: Option<FiscalYear>,
    #[arg(long)]
    pub write: bool,
    #[arg(long)]
    pub root: Option<PathBuf>,
    #[arg(long)]
    pub content: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Args, Clone, Debug)]
pub struct StatusArguments {
    #[arg(id = "filled_year", value_parser = fiscal_year)]
    pub year: Option<FiscalYear>,
    #[arg(long)]
    pub root: Option<PathBuf>,
    #[arg(long)]
    pub content: Option<PathBuf>,
    #[arg(long, value_parser = as_of::parse)]
    pub as_of: Option<AsOf>,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Args, Clone, Debug)]
pub struct ServeArguments {
    #[arg(long)]
    pub port: Option<u16>,
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,
    #[arg(long)]
    pub open: bool,
    #[arg(long)]
    pub follow: bool,
    #[arg(long, value_parser = editor::parse)]
    pub editor: Option<Editor>,
    #[arg(long)]
    pub poll: bool,
    #[command(flatten)]
    pub source: SourceArguments,
}

#[derive(Args, Clone, Debug)]
pub struct DiffArguments {
    pub before: String,
    pub after: String,
    #[arg(long)]
    pub root: Option<PathBuf>,
    #[arg(long)]
    pub drafts: bool,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Args, Clone, Debug)]
pub struct VerifyArguments {
    pub published: PathBuf,
    #[arg(long)]
    pub manifest: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Args, Clone, Debug)]
pub struct PackArguments {
    #[arg(id = "packed_year", value_parser = fiscal_year)]
    pub year: Option<FiscalYear>,
    #[arg(long = "output")]
    pub zip: Option<PathBuf>,
    #[arg(long = "from")]
    pub site: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct InitArguments {
    pub folder: PathBuf,
    // The last year that was over when this version was made: a sheet is written once its year has ended.
    #[arg(long, default_value_t = 2025, value_parser = clap::value_parser!(u16).range(1990..=2180))]
    pub year: u16,
}

#[derive(Args, Clone, Debug)]
pub struct SchemaArguments {
    #[arg(value_enum, default_value_t)]
    pub of: SchemaOf,
}

#[derive(Args, Clone, Debug)]
pub struct CompletionsArguments {
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    Ja,
    En,
}

/// The form that problems are shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the line of the source and carets.
    #[default]
    Human,
    /// One line each: `file:line:column: error[code]: message`.
    Short,
    /// One JSON object a line.
    Json,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    #[default]
    Sheet,
    Portal,
}

/// A fiscal year as people write it: `2024`, `令和6年度`, `R6`.
fn fiscal_year(written: &str) -> Result<FiscalYear, String> {
    FiscalYear::parse(written).map(|read| read.year).ok_or_else(|| format!("{written} is no fiscal year"))
}

/// The whole command with its texts in one language.
pub fn command(language: MessageLanguage) -> Command {
    let command = Arguments::command()
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).global(true))
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version))
        .mut_subcommands(|verb| speak(verb, language));
    speak(command, language)
}

fn speak(command: Command, language: MessageLanguage) -> Command {
    let words = words::of_command(command.get_name(), language);
    let pick = |ja, en| match language {
        MessageLanguage::Japanese => ja,
        MessageLanguage::English => en,
    };
    let usage = pick("使い方", "Usage");
    command
        .about(words.about)
        .override_usage(words.usage)
        .after_help(words.examples)
        .subcommand_help_heading(pick("コマンド", "Commands"))
        .help_template(format!("{{about}}\n{}\n{usage}: {{usage}}\n\n{{all-args}}{{after-help}}\n", words.more))
        .mut_args(move |arg| {
            let words = words::of_argument(arg.get_id().as_str(), language);
            let heading =
                if arg.is_positional() { pick("引数", "Arguments") } else { pick("オプション", "Options") };
            let arg = arg.help(words.help).help_heading(heading);
            let arg = match arg.get_id().as_str() {
                "lang" | "help" | "version" => arg.display_order(100),
                _ => arg,
            };
            match words.value {
                "" => arg,
                value => arg.value_name(value).hide_possible_values(true).hide_default_value(true),
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::FromArgMatches;

    fn parse(line: &str) -> Result<Arguments, clap::Error> {
        let matches = command(MessageLanguage::Japanese).try_get_matches_from(line.split(' '))?;
        Arguments::from_arg_matches(&matches)
    }

    #[test]
    fn the_command_is_well_formed_in_both_languages() {
        command(MessageLanguage::Japanese).debug_assert();
        command(MessageLanguage::English).debug_assert();
    }

    #[test]
    fn every_verb_and_argument_speaks_both_languages() {
        for language in [MessageLanguage::Japanese, MessageLanguage::English] {
            let command = command(language);
            let full_stop = if language == MessageLanguage::Japanese { '。' } else { '.' };
            for verb in command.get_subcommands().chain([&command]) {
                assert!(
                    verb.get_about().is_some_and(|about| about.to_string().ends_with(full_stop)),
                    "{}",
                    verb.get_name()
                );
                for arg in verb.get_arguments() {
                    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                    assert!(!help.is_empty(), "{} {}", verb.get_name(), arg.get_id());
                    assert!(help.ends_with(full_stop), "{help}");
                    let japanese = help.chars().any(|c| c > '\u{3000}');
                    assert_eq!(japanese, language == MessageLanguage::Japanese, "{help}");
                }
            }
        }
    }

    #[test]
    fn arguments_are_read_as_documented() {
        let arguments =
            parse("hyoka build --root city --output web --format json --jobs 2 --drafts --strict --lang en");
        let Verb::Build(build) = arguments.unwrap().verb else { panic!("not a build") };
        assert_eq!(build.output, Some(PathBuf::from("web")));
        assert_eq!(build.source.root, Some(PathBuf::from("city")));
        assert_eq!((build.source.format, build.source.jobs), (Format::Json, Some(2)));
        assert!(build.source.drafts && build.source.strict);
        assert_eq!(build.source.as_of, None);
        let Verb::Check(check) = parse("hyoka check --as-of 2025-09-20").unwrap().verb else { panic!("not a check") };
        assert_eq!(check.source.as_of, Some(AsOf::Day(jiff::civil::Date::constant(2025, 9, 20))));
        assert!(parse("hyoka build --as-of tomorrow").is_err());
        assert!(parse("hyoka check --output web").is_err(), "check writes nothing");
        assert!(parse("hyoka build --jobs 0").is_err());
        assert!(parse("hyoka init").is_err());
    }
}
