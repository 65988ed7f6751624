//! The language of messages: `--lang`, else the locale, else Japanese.

use std::ffi::OsString;

use crate::diagnostic::MessageLanguage;

/// Looked for before the arguments are parsed, so that help and complaints about arguments speak it, too.
pub fn of_messages(arguments: &[OsString], variable: impl Fn(&str) -> Option<String>) -> MessageLanguage {
    let arguments: Vec<_> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let given = arguments.iter().enumerate().find_map(|(index, argument)| match *argument {
        "--lang" => arguments.get(index + 1).copied(),
        argument => argument.strip_prefix("--lang="),
    });
    let locale = || ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| variable(name).filter(|v| !v.is_empty()));
    let speaks_english = match given {
        Some(language) => language == "en",
        None => locale().is_some_and(|locale| locale == "en" || locale.starts_with("en_") || locale.starts_with("en-")),
    };
    if speaks_english { MessageLanguage::English } else { MessageLanguage::Japanese }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(arguments: &[&str], variables: &[(&str, &str)]) -> MessageLanguage {
        let arguments: Vec<_> = arguments.iter().map(OsString::from).collect();
        of_messages(&arguments, |name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn messages_are_japanese_unless_english_is_asked_for() {
        use MessageLanguage::{English, Japanese};
        assert_eq!(language(&["hyoka"], &[]), Japanese);
        assert_eq!(language(&["hyoka"], &[("LANG", "C.UTF-8")]), Japanese);
        assert_eq!(language(&["hyoka"], &[("LANG", "en_US.UTF-8")]), English);
        assert_eq!(language(&["hyoka"], &[("LC_ALL", "ja_JP.UTF-8"), ("LANG", "en_US.UTF-8")]), Japanese);
        assert_eq!(language(&["hyoka"], &[("LC_ALL", ""), ("LANG", "en_GB")]), English);
        assert_eq!(language(&["hyoka", "build", "--lang", "en"], &[]), English);
        assert_eq!(language(&["hyoka", "--lang=ja"], &[("LANG", "en_US")]), Japanese);
    }
}
