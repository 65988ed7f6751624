//! What is wrong with the arguments, in both languages.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::diagnostic::Message;

/// What is wrong, and what to do.
pub fn about(error: &clap::Error) -> (Message, Message) {
    let text = |kind| error.get(kind).map(shown).unwrap_or_default();
    let (arg, value) = (text(ContextKind::InvalidArg), text(ContextKind::InvalidValue));
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = text(ContextKind::InvalidSubcommand);
            Message::new(format!("「{name}」というコマンドはありません"), format!("there is no command \"{name}\""))
        }
        ErrorKind::UnknownArgument => {
            Message::new(format!("「{arg}」という指定はありません"), format!("there is no argument \"{arg}\""))
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            Message::new(format!("{arg} に値がありません"), format!("{arg} has no value"))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            Message::new(format!("{arg} に「{value}」は使えません"), format!("{arg} does not take \"{value}\""))
        }
        ErrorKind::MissingRequiredArgument => {
            Message::new(format!("指定が足りません: {arg}"), format!("something is missing: {arg}"))
        }
        ErrorKind::ArgumentConflict => {
            Message::new(format!("{arg} は一度だけ指定できます"), format!("{arg} can be given only once"))
        }
        ErrorKind::MissingSubcommand => Message::new("コマンドを指定してください", "name a command"),
        ErrorKind::InvalidUtf8 => Message::new("引数が Unicode ではありません", "an argument is not Unicode"),
        _ => {
            let text = error.to_string();
            let text = text.trim().strip_prefix("error: ").unwrap_or(text.trim()).to_owned();
            Message::new(text.clone(), text)
        }
    };
    (message, help(error))
}

fn help(error: &clap::Error) -> Message {
    let text = |kind| error.get(kind).map(shown).filter(|text| !text.is_empty());
    let suggested = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    if let Some(name) = suggested.into_iter().find_map(text) {
        return Message::new(format!("もしかして: {name}"), format!("Did you mean {name}?"));
    }
    if let Some(values) = text(ContextKind::ValidValue) {
        return Message::new(format!("使えるもの: {values}"), format!("It takes: {values}"));
    }
    if text(ContextKind::InvalidArg).is_some_and(|arg| arg.starts_with("--as-of")) {
        return Message::new(
            "today か、2025-09-20 のような西暦の日付(2000年から2199年まで)で指定してください。",
            "It takes today, or a day from 2000 to 2199, as 2025-09-20.",
        );
    }
    if text(ContextKind::InvalidArg).is_some_and(|arg| arg.starts_with("--editor")) {
        return Message::new(
            "'code -g {file}:{line}' のように指定してください。空白を含む語は \"…\" で囲みます。",
            "It takes a command such as 'code -g {file}:{line}'; a word that holds spaces stands in \"…\".",
        );
    }
    if text(ContextKind::InvalidArg)
        .is_some_and(|arg| arg.starts_with("--from") || arg.contains("YEAR") && !arg.starts_with("--"))
    {
        return Message::new(
            "2024 や 令和6年度 のような年度で指定してください。",
            "It takes a fiscal year, such as 2024.",
        );
    }
    if matches!(error.kind(), ErrorKind::ValueValidation)
        && let Some(source) = std::error::Error::source(error)
    {
        return match range(&source.to_string()) {
            Some((first, last)) => Message::new(
                format!("{first} から {last} までの整数で指定してください。"),
                format!("It takes a whole number from {first} to {last}."),
            ),
            None => Message::new("整数で指定してください。", "It takes a whole number."),
        };
    }
    Message::new("hyoka --help で使い方を表示します。", "See hyoka --help.")
}

/// The ends in clap's own sentence (`0 is not in 1..=256`), which has no Japanese.
fn range(sentence: &str) -> Option<(&str, &str)> {
    let (_, range) = sentence.split_once(" is not in ")?;
    range.split_once("..=").map(|(first, last)| (first.trim(), last.trim()))
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStrs(texts) => texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        ContextValue::None => String::new(),
        value => value.to_string(),
    }
}
