//! What an office can do, in one cell: a line an ability, `end-of-life 可 2026-11-22 phone`: the code of list `capability`,
//! the answer, its day (`-`: nobody knows), and how it became known to the end of the line. Knows no directory.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::clean::Bad;
use crate::desk::id::Id;
use crate::desk::office::{Answer, Capability};
use crate::search::fold;

/// The answers with the words that stand for them in a file.
const WORDS: [(Answer, &str); 4] =
    [(Answer::Yes, "可"), (Answer::No, "不可"), (Answer::Ask, "要相談"), (Answer::Unknown, "未確認")];
/// The codes of list `accepting` with their words.
const ACCEPTING: [(&str, &str); 3] = [("yes", "可"), ("ask", "要相談"), ("no", "不可")];

/// What a published list said: a code of list `told`. Nobody knows the day on which it was true.
pub const PUBLISHED: &str = "published";

/// The word for an answer.
pub fn word(answer: Answer) -> &'static str {
    WORDS.iter().find(|(known, _)| *known == answer).map_or("", |(_, word)| word)
}

/// The answer that a person wrote: one of the words, or a circle, a cross, a triangle; `None` where it is none of them.
pub fn written(text: &str) -> Option<Answer> {
    let text = text.trim();
    let word = WORDS.iter().find(|(_, word)| fold::same(word, text)).map(|(answer, _)| *answer);
    let sign = match text {
        "○" | "〇" | "◯" | "◎" => Some(Answer::Yes),
        "×" | "✕" | "☓" => Some(Answer::No),
        "△" => Some(Answer::Ask),
        _ => None,
    };
    word.or(sign)
}

/// The abilities as a cell.
pub fn cell(able: &BTreeMap<String, Capability>) -> String {
    let line = |(code, known): (&String, &Capability)| {
        let word = WORDS.iter().find(|(answer, _)| *answer == known.answer).map_or("", |(_, word)| word);
        let on = known.on.map_or_else(|| "-".to_owned(), |on| on.to_string());
        let source = known.source.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{code} {word} {on} {source}").trim_end().to_owned()
    };
    able.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The abilities of a cell; nobody wrote them down.
///
/// # Errors
/// [`Bad::Ability`] where a line is none.
pub fn read(text: &str) -> Result<BTreeMap<String, Capability>, Bad> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| ability(line).ok_or(Bad::Ability)).collect()
}

fn ability(line: &str) -> Option<(String, Capability)> {
    let mut parts = line.split_whitespace();
    let code = parts.next().filter(|code| code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))?;
    let word = parts.next()?;
    let (answer, _) = WORDS.iter().find(|(_, known)| *known == word)?;
    let on = match parts.next() {
        None | Some("-") => None,
        Some(day) => Some(day.parse::<NaiveDate>().ok()?),
    };
    let source = parts.collect::<Vec<_>>().join(" ");
    Some((code.to_owned(), Capability { answer: *answer, source, on, by: Id::NIL }))
}

/// Whether two answers say the same, whoever wrote them down.
pub fn same(a: &Capability, b: &Capability) -> bool {
    let source = |known: &Capability| known.source.split_whitespace().collect::<Vec<_>>().join(" ");
    (a.answer, a.on, source(a)) == (b.answer, b.on, source(b))
}

/// 今の受入 as a cell.
pub fn accepting_cell(code: &str) -> String {
    ACCEPTING.iter().find(|(known, _)| *known == code).map_or(code, |(_, word)| word).to_owned()
}

/// The code of 今の受入 in a cell.
///
/// # Errors
/// [`Bad::Ability`] where it is none of the words.
pub fn accepting(text: &str) -> Result<String, Bad> {
    match text.trim() {
        "" => Ok(String::new()),
        text => {
            let known = ACCEPTING.iter().find(|(code, word)| *word == text || *code == text);
            known.map(|(code, _)| (*code).to_owned()).ok_or(Bad::Ability)
        }
    }
}

/// The day in a cell.
///
/// # Errors
/// [`Bad::Day`] where it is none.
pub fn day(text: &str) -> Result<Option<NaiveDate>, Bad> {
    match text.trim() {
        "" => Ok(None),
        text => text.replace('/', "-").parse().map(Some).map_err(|_| Bad::Day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_read_as_it_was_written() {
        let on = NaiveDate::from_ymd_opt(2026, 11, 22);
        let known = |answer, source: &str, on| Capability { answer, source: source.into(), on, by: Id::NIL };
        let able: BTreeMap<String, Capability> = [
            ("end-of-life".to_owned(), known(Answer::Yes, "phone", on)),
            ("ivh".to_owned(), known(Answer::Ask, "開設時 アンケート、春", None)),
            ("suction".to_owned(), known(Answer::No, "", on)),
            ("oxygen".to_owned(), known(Answer::Unknown, "", None)),
        ]
        .into();
        let text = cell(&able);
        assert!(text.starts_with("end-of-life 可 2026-11-22 phone\nivh 要相談 - 開設時 アンケート、春\n"), "{text}");
        assert_eq!(read(&text), Ok(able));
        assert_eq!(read(""), Ok(BTreeMap::new()));
    }

    #[test]
    fn what_is_no_answer_is_refused_and_never_guessed() {
        for text in ["看取り 可", "end-of-life", "end-of-life たぶん", "ivh 可 きのう", "ivh 可\n?", "\u{0}"]
        {
            assert_eq!(read(text), Err(Bad::Ability), "{text}");
        }
        for (text, code) in
            [("可", Ok("yes")), (" 要相談 ", Ok("ask")), ("no", Ok("no")), ("", Ok("")), ("満床", Err(()))]
        {
            assert_eq!(accepting(text).map_err(|_| ()), code.map(str::to_owned), "{text}");
        }
        for code in ["yes", "ask", "no", ""] {
            assert_eq!(accepting(&accepting_cell(code)).as_deref(), Ok(code));
        }
        for (text, ok) in
            [("2026-12-06", true), ("2026/12/06", true), ("", true), ("12月", false), ("2026-02-30", false)]
        {
            assert_eq!(day(text).is_ok(), ok, "{text}");
        }
    }
}
