//! What is wrong with a YAML file, in the words of somebody who fills in a sheet.

use serde_yaml::granit_parser::ErrorKind;

use super::unclosed::{self, Unclosed};
use super::{DEPTH_LIMIT, NODE_LIMIT, Problem};
use crate::diagnostic::{Code, Message};
use crate::model::At;

fn problem(at: At, message: (&str, &str), help: (&str, &str)) -> Problem {
    Problem {
        code: Code::InvalidYaml,
        at,
        message: Message::new(message.0.to_owned(), message.1.to_owned()),
        label: None,
        help: Message::new(help.0.to_owned(), help.1.to_owned()),
        related: None,
    }
}

/// Turns an error of the YAML parser into what an officer can do about it.
pub(super) fn explain(kind: &ErrorKind, at: At, text: &str) -> Problem {
    use ErrorKind as E;
    let ends_open = matches!(
        kind,
        E::UnclosedFlowCollection { .. }
            | E::UnexpectedEofFlowMapping
            | E::UnexpectedEofFlowSequence
            | E::UnexpectedEofImplicitFlowMapping
            | E::UnclosedQuotedScalar
    );
    // Of what is open at the end of the file, the parser names the beginning, and has read all lines.
    let read_up_to = if ends_open { u32::MAX } else { at.line };
    if *kind != E::RecursionLimitExceeded
        && let Some(found) = unclosed::find(text, read_up_to).filter(|found| found.seen_at.is_some() || ends_open)
    {
        return left_open(found);
    }
    let (message, help) = match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabInPlainScalar
        | E::TabAtBlockScalarStart => (
            ("タブ文字は使えません", "a tab stands where YAML takes spaces only"),
            ("字下げは半角の空白2つずつにしてください", "indent with two spaces for each level"),
        ),
        E::MappingValueNotAllowed | E::MappingKeyNotAllowed | E::InvalidColonPlacement => (
            ("この行の「: 」の使い方が正しくありません", "a colon with a space stands where no key can be"),
            (
                "字下げが前後の行とそろっているか見てください。文の中に「: 」があるときは、文全体を \"…\" で囲んでください",
                "see that the indent matches the lines around it; put a text that contains a colon in \"…\"",
            ),
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey | E::ExpectedBlockMappingKey => (
            ("この行を「項目: 値」として読めません", "this line is not a `key: value`"),
            (
                "項目名の後に半角の「:」と空白があるか、字下げが前の行とそろっているか見てください",
                "see that a colon and a space follow the key, and that the indent matches the line before",
            ),
        ),
        E::ExpectedBlockSequenceEntry
        | E::BlockSequenceEntryNotAllowed
        | E::BlockEntryInFlowCollection
        | E::InvalidBlockEntryWhitespace => (
            ("「- 」で始まる並びの形が崩れています", "a list of `- ` items is not in shape"),
            (
                "「-」の後に空白を入れ、同じ並びの「-」は同じ深さにそろえてください",
                "put a space after each `-`, and keep the `-` of one list at one depth",
            ),
        ),
        E::InvalidIndentation
        | E::InvalidBlockScalarIndent
        | E::InvalidQuotedScalarIndent
        | E::InvalidFlowScalarIndent => (
            ("字下げがそろっていません", "the indent does not match"),
            (
                "前後の行と字下げ(半角の空白の数)をそろえてください",
                "give this line as many spaces as its neighbours have",
            ),
        ),
        E::ExpectedFlowMappingSeparator | E::ExpectedFlowSequenceSeparator => (
            ("{ } や [ ] の中の区切りが読めません", "the items inside { } or [ ] are not separated"),
            (
                "項目の間に半角の「, 」を入れてください。「, : { } [ ]」を含む文は \"…\" で囲んでください",
                "put `, ` between the items; put a text that contains , : { } [ ] in \"…\"",
            ),
        ),
        E::UnclosedFlowCollection { .. }
        | E::MismatchedFlowCollectionEnd { .. }
        | E::MisplacedFlowCollectionEnd
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofImplicitFlowMapping => (
            ("かっこ { } [ ] の数や組み合わせが合いません", "the brackets { } [ ] do not match"),
            ("開いたかっこを同じ種類のかっこで閉じてください", "close each bracket with its own kind"),
        ),
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => (
            ("引用符が閉じられていません", "a quote is not closed"),
            ("文の終わりにも同じ引用符を書いてください", "put the same quote at the end of the text"),
        ),
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => (
            ("閉じた引用符の後に文字が続いています", "text follows a closed quote"),
            (
                "値の全体を引用符で囲んでください。文の中の \" は \\\" と書くか、全体を '…' で囲みます",
                "quote the whole value; write a \" inside as \\\", or put the whole in '…'",
            ),
        ),
        E::UnknownQuotedScalarEscape | E::InvalidQuotedScalarHexEscape | E::InvalidUnicodeEscape => (
            ("\"…\" の中の「\\」の後が読めません", "what follows the \\ inside \"…\" has no meaning"),
            ("「\\」をそのまま書くときは '…' で囲んでください", "put a text with \\ in '…'"),
        ),
        E::UnknownAnchor | E::MissingAnchorOrAliasName => (
            (
                "「*」や「&」で始まる値は、YAMLでは特別な意味になります",
                "a value that begins with * or & has a meaning of its own in YAML",
            ),
            ("\"＊注\" のように引用符で囲んでください", "put the text in quotes"),
        ),
        E::UnexpectedCharacter { character } => {
            return Problem {
                message: Message::new(
                    format!("「{}」からは値を始められません", visible(*character)),
                    format!("no value can begin with `{}`", visible(*character)),
                ),
                ..problem(at, ("", ""), ("値の全体を \"…\" で囲んでください", "put the whole value in \"…\""))
            };
        }
        E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => (
            (
                "「|」や「>」で始まる値は、次の行からの長い文を表します",
                "a value that begins with | or > announces a long text",
            ),
            (
                "「>40」のような値は \">40\" と引用符で囲んでください。長い文は次の行から字下げして書きます",
                "put a value like >40 in quotes; a long text begins on the next line, indented",
            ),
        ),
        E::CommentInterceptedScalar | E::CommentNotSeparated => (
            ("文の途中に「#」のコメントがあります", "a # comment stands inside a text"),
            ("「#」を含む文は全体を \"…\" で囲んでください", "put a text that contains # in \"…\""),
        ),
        E::RecursionLimitExceeded => return too_deep(at),
        E::BomInsideDocument => (
            ("ファイルの途中に見えない文字(BOM)があります", "an invisible character (BOM) stands inside the file"),
            ("この行を打ち直してください", "type this line again"),
        ),
        E::PlainScalarStartsWithDashFlowIndicator => (
            ("「-」だけの値は、ここでは読めません", "a lone - cannot be read here"),
            ("\"-\" と引用符で囲んでください", "write \"-\" in quotes"),
        ),
        E::InvalidMappingValueWhitespace | E::ExpectedWhitespace | E::FlowMappingValueAdjacentCollection => (
            ("「:」や「,」の後に空白がありません", "no space follows a colon or comma"),
            ("「:」の後に半角の空白を入れてください", "put a space after the colon"),
        ),
        E::UndeclaredTagHandle
        | E::ExpectedTagBang
        | E::InvalidTagTerminator
        | E::MissingTagUri
        | E::UnclosedVerbatimTag
        | E::InvalidGlobalTagCharacter => return tag("!", at),
        E::InvalidDocumentEnd | E::MissingDocumentEndBeforeDirective | E::ExpectedDocumentStart => {
            return if text.lines().any(|line| line.starts_with("---")) {
                several_documents(at)
            } else {
                problem(at, UNREADABLE, CHECK_BEFORE)
            };
        }
        _ => (UNREADABLE, CHECK_BEFORE),
    };
    problem(at, message, help)
}

/// Leads to the line where a bracket or quote begins, not to the one where its end is missed.
fn left_open(found: Unclosed) -> Problem {
    let (sign, closing) = (found.sign, found.closing());
    let of_quote = sign == closing;
    let message = if of_quote {
        Message::new(
            format!("この行の引用符「{sign}」が閉じられていません"),
            format!("the quote `{sign}` of this line is not closed"),
        )
    } else {
        Message::new(
            format!("この行のかっこ「{sign}」が閉じられていません"),
            format!("the bracket `{sign}` of this line is not closed"),
        )
    };
    let help = if of_quote {
        Message::new(
            format!("文の終わりにも同じ引用符「{closing}」を書いてください"),
            format!("put the same quote `{closing}` at the end of the text"),
        )
    } else {
        Message::new(
            format!("並びの終わりに「{closing}」を書いてください"),
            format!("put a `{closing}` where the values end"),
        )
    };
    let seen = |at| {
        let message = format!("ここより前に「{closing}」が要ります");
        (at, Message::new(message, format!("a `{closing}` is wanted before this")))
    };
    Problem {
        code: Code::InvalidYaml,
        at: found.at,
        message,
        label: Some(if of_quote {
            Message::new("ここから始まる文が終わっていません", "the text that begins here does not end")
        } else {
            Message::new(format!("これを閉じる「{closing}」がありません"), format!("no `{closing}` closes this"))
        }),
        help,
        related: found.seen_at.map(seen),
    }
}

const UNREADABLE: (&str, &str) = ("ここから先をYAMLとして読めません", "from here on this is not YAML");
const CHECK_BEFORE: (&str, &str) = (
    "この行と一つ前の行の「:」「-」引用符・かっこ・字下げを見てください",
    "see the colons, dashes, quotes, brackets and indents of this line and the one before",
);

fn visible(character: char) -> String {
    if character.is_control() { character.escape_default().to_string() } else { character.to_string() }
}

pub(super) fn several_documents(at: At) -> Problem {
    problem(
        at,
        ("一つのファイルに複数の文書があります(「---」の行)", "the file holds more than one document (a `---` line)"),
        ("シート1枚を1ファイルにしてください", "keep one sheet in one file"),
    )
}

pub(super) fn endless_alias(at: At) -> Problem {
    problem(
        at,
        ("自分自身を指す「*」があります", "a * points at the very value it stands in"),
        ("「*」をやめて、値をそのまま書いてください", "write the value out instead of the *"),
    )
}

pub(super) fn too_deep(at: At) -> Problem {
    let mut found = problem(
        at,
        ("", ""),
        ("かっこや字下げが多すぎないか見てください", "see whether there are too many brackets or indents"),
    );
    found.message = Message::new(
        format!("入れ子が深すぎます({DEPTH_LIMIT}段まで)"),
        format!("nested too deep ({DEPTH_LIMIT} levels at most)"),
    );
    found
}

pub(super) fn too_large(at: At) -> Problem {
    let mut found = problem(
        at,
        ("", ""),
        ("「*」での繰り返しを減らすか、ファイルを分けてください", "use fewer * copies, or split the file"),
    );
    found.message = Message::new(
        format!("ファイルの項目が多すぎます({NODE_LIMIT}個まで、「*」で繰り返したものも数えます)"),
        format!("the file grows too large ({NODE_LIMIT} values at most, copies by * included)"),
    );
    found
}

pub(super) fn merge_of_no_mapping(at: At) -> Problem {
    problem(
        at,
        ("「<<」で取り込めるのは「項目: 値」のまとまりだけです", "<< takes in mappings only"),
        (
            "「<<: *名前」の形にして、名前の付いたまとまりを指してください",
            "write <<: *name, where name marks a mapping",
        ),
    )
}

pub(super) fn tag(printed: &str, at: At) -> Problem {
    Problem {
        message: Message::new(
            format!("「{printed}」のように「!」で始まる値は、YAMLでは文字として読まれません"),
            format!("a value that begins with ! (`{printed}`) is not read as text"),
        ),
        ..problem(at, ("", ""), ("文なら全体を \"…\" で囲んでください", "put a text in \"…\""))
    }
}

pub(super) fn duplicate_key(key: &str, at: At, first: At) -> Problem {
    Problem {
        code: Code::DuplicateKey,
        at,
        message: Message::new(format!("項目「{key}」が二度書かれています"), format!("the key `{key}` stands twice")),
        label: Some(Message::new("二度目", "the second")),
        help: Message::new("どちらか一つを消すか、一つにまとめてください", "remove one of them, or put both into one"),
        related: Some((first, Message::new("一度目はここです", "the first is here"))),
    }
}
