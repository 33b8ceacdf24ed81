//! What a memo's text says by its signs: a sign, a label that is known, and a blank, a mark or the line's end behind it.
//! The text is the truth: the same text is always read the same. Knows no slip and no directory, only what it is told
//! of their labels.

use std::ops::Range;

use chrono::{Datelike, NaiveDate, Weekday};

/// What begins a token. Each is typed in half or full width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// `@`: who calls.
    Caller,
    /// `#`: 相談内容.
    Topic,
    /// `>`: 連携先.
    Office,
    /// `!`: what is to be done next, and until when.
    Next,
    /// `*`: for the next meeting.
    Meeting,
    /// `;`: 定型文. Leaves no token: the text takes its place.
    Canned,
}

impl Sign {
    /// All of them, in the order in which the screen names them.
    pub const ALL: [Self; 6] = [Self::Caller, Self::Topic, Self::Office, Self::Next, Self::Meeting, Self::Canned];

    /// The sign that this character is.
    pub const fn of(c: char) -> Option<Self> {
        match c {
            '@' | '＠' => Some(Self::Caller),
            '#' | '＃' => Some(Self::Topic),
            '>' | '＞' => Some(Self::Office),
            '!' | '！' => Some(Self::Next),
            '*' | '＊' => Some(Self::Meeting),
            ';' | '；' => Some(Self::Canned),
            _ => None,
        }
    }

    /// The character as a choice writes it.
    pub const fn char(self) -> char {
        match self {
            Self::Caller => '@',
            Self::Topic => '#',
            Self::Office => '>',
            Self::Next => '!',
            Self::Meeting => '*',
            Self::Canned => ';',
        }
    }
}

/// A day as a memo names it: `11/29`, `11/29(日)`, `2027/1/5(火)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The year, where it is written.
    pub year: Option<i32>,
    /// 1 to 12, as it is written: the day may not exist.
    pub month: u32,
    /// 1 to 31, as it is written.
    pub day: u32,
    /// The weekday, where it is written.
    pub weekday: Option<Weekday>,
}

impl Day {
    /// Whether this date is the day that is named.
    pub fn is(&self, date: NaiveDate) -> bool {
        (date.month(), date.day()) == (self.month, self.day)
            && self.year.is_none_or(|year| year == date.year())
            && self.weekday.is_none_or(|weekday| weekday == date.weekday())
    }

    /// The date from today on; `None` where there is none, or on another weekday.
    pub fn coming(&self, today: NaiveDate) -> Option<NaiveDate> {
        let years = match self.year {
            Some(year) => year..=year,
            // The 29th of February comes every four years, or after eight.
            None => today.year()..=today.year() + 8,
        };
        let mut days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, self.month, self.day));
        days.find(|date| self.year.is_some() || *date >= today).filter(|date| self.is(*date))
    }
}

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// The caller is of this kind (list `caller-kind`).
    Kind(String),
    /// The caller is of this office and has this name; one of the two may be empty.
    Caller {
        /// 所属.
        office: String,
        /// 氏名.
        name: String,
    },
    /// The call is about this (list `topic`).
    Topic(String),
    /// The office of this name was named.
    Office(String),
    /// This is to be done next, until that day; what is to be done may be empty.
    Next {
        /// 期限.
        day: Day,
        /// 次の対応.
        action: String,
    },
    /// The case is for the next meeting.
    Meeting,
}

/// A token in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The bytes that it takes, with its sign.
    pub at: Range<usize>,
    /// The bytes that its sign takes.
    pub sign: usize,
    /// What it says.
    pub said: Said,
}

/// What is known of labels: each method is given the rest of a line and tells how many of its bytes are the longest label
/// that it begins with, and what that stands for. A label is one only where [`ended`] says so.
pub trait Known {
    /// A kind of caller.
    fn kind(&self, rest: &str) -> Option<(usize, String)>;
    /// An office and a person there, or one of the two.
    fn caller(&self, rest: &str) -> Option<(usize, String, String)>;
    /// A topic.
    fn topic(&self, rest: &str) -> Option<(usize, String)>;
    /// An office of the directory or of the slip.
    fn office(&self, rest: &str) -> Option<usize>;
    /// The word for the meeting.
    fn meeting(&self, rest: &str) -> Option<usize>;
}

/// Whether this text holds a sign anywhere: most memos hold none, and then nothing else is to be done.
pub fn has_sign(text: &str) -> bool {
    text.chars().any(|c| Sign::of(c).is_some())
}

/// Every token of a text, in its order.
pub fn parse(text: &str, known: &impl Known) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (at, sign, width) in signs(text) {
        if tokens.last().is_some_and(|token| at < token.at.end) {
            continue;
        }
        let rest = line(text, at + width);
        if let Some((len, said)) = read(sign, rest, known) {
            tokens.push(Token { at: at..at + width + len, sign: width, said });
        }
    }
    tokens
}

/// The signs that stand where a token may begin: at the start of the text or of a line, after a blank or a mark. With the
/// byte at which each stands and how many it takes.
pub fn signs(text: &str) -> impl DoubleEndedIterator<Item = (usize, Sign, usize)> {
    text.char_indices().filter_map(|(at, c)| {
        let sign = Sign::of(c)?;
        let before = text.get(..at)?.chars().next_back();
        before.is_none_or(is_between).then_some((at, sign, c.len_utf8()))
    })
}

/// Whether a label of so many bytes ends where a word does.
pub fn ended(rest: &str, len: usize) -> bool {
    rest.get(len..).is_some_and(|after| after.chars().next().is_none_or(is_between))
}

/// Where a label may end in the rest of a line, the longest first, none beyond `most` bytes.
pub fn ends(rest: &str, most: usize) -> impl Iterator<Item = usize> {
    let bounds = rest.char_indices().map(|(at, _)| at).chain(Some(rest.len()));
    let mut found: Vec<usize> = bounds.filter(|at| (1..=most).contains(at) && ended(rest, *at)).collect();
    found.reverse();
    found.into_iter()
}

/// The longest of these labels that the rest begins with and that ends there.
pub fn longest<'l, T>(rest: &str, labels: impl Iterator<Item = (&'l str, T)>) -> Option<(usize, T)> {
    let fits = |label: &str| !label.is_empty() && rest.starts_with(label) && ended(rest, label.len());
    labels.filter(|(label, _)| fits(label)).map(|(label, of)| (label.len(), of)).max_by_key(|(len, _)| *len)
}

/// The rest of the line from this byte on.
pub fn line(text: &str, from: usize) -> &str {
    let rest = text.get(from..).unwrap_or_default();
    rest.split('\n').next().unwrap_or_default()
}

fn read(sign: Sign, rest: &str, known: &impl Known) -> Option<(usize, Said)> {
    match sign {
        Sign::Caller => {
            let kind = known.kind(rest).map(|(len, code)| (len, Said::Kind(code)));
            let caller = known.caller(rest).map(|(len, office, name)| (len, Said::Caller { office, name }));
            [kind, caller].into_iter().flatten().max_by_key(|(len, _)| *len)
        }
        Sign::Topic => known.topic(rest).map(|(len, code)| (len, Said::Topic(code))),
        Sign::Office => {
            let len = known.office(rest)?;
            Some((len, Said::Office(rest.get(..len)?.to_owned())))
        }
        Sign::Next => next(rest),
        Sign::Meeting => known.meeting(rest).map(|len| (len, Said::Meeting)),
        Sign::Canned => None,
    }
}

/// `11/29(日) 返事を確認`: up to the end of the line, or to the blank before the next sign.
fn next(rest: &str) -> Option<(usize, Said)> {
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let day = day(rest.get(..end)?)?;
    let tail = rest.get(end..)?;
    let mut blank = false;
    let stop = tail.char_indices().find(|(_, c)| {
        let stops = blank && Sign::of(*c).is_some();
        blank = c.is_whitespace();
        stops
    });
    let tail = tail.get(..stop.map_or(tail.len(), |(at, _)| at))?.trim_end();
    Some((end + tail.len(), Said::Next { day, action: tail.trim_start().to_owned() }))
}

/// Where what is to be done next ends, if nothing but blanks stands between it and this byte: what is put there would
/// become a part of it.
pub fn next_ends_before(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?;
    let words = before.trim_end_matches(|c: char| c.is_whitespace() && c != '\n');
    let ends = |(sign_at, sign, width): (usize, Sign, usize)| {
        let rest = words.get(sign_at + width..)?;
        let (len, _) = next(rest).filter(|_| sign == Sign::Next && !rest.contains('\n'))?;
        (sign_at + width + len == words.len()).then_some(words.len())
    };
    signs(before).find_map(ends)
}

/// A day as it stands in a text that can be read again on any day: `+7` and `明日` are none.
fn day(word: &str) -> Option<Day> {
    let (date, weekday) = match word.split_once(['(', '（']) {
        Some((date, named)) => (date, Some(weekday(named.strip_suffix([')', '）'])?)?)),
        None => (word, None),
    };
    let number = |part: &str| {
        let plain = (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<u32>().ok().filter(|_| plain)
    };
    let parts: Vec<u32> = date.split('/').map(number).collect::<Option<_>>()?;
    let (year, month, day) = match *parts.as_slice() {
        [month, day] => (None, month, day),
        [year, month, day] => (Some(i32::try_from(year).ok()?), month, day),
        _ => return None,
    };
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Day { year, month, day, weekday })
}

/// A weekday as the screens write it, in either language.
fn weekday(name: &str) -> Option<Weekday> {
    let kanji = ["月", "火", "水", "木", "金", "土", "日"]; // data, not a sentence
    let kanji = kanji.iter().position(|kanji| *kanji == name);
    match kanji.and_then(|at| u8::try_from(at).ok()) {
        Some(at) => Weekday::try_from(at).ok(),
        None => name.parse().ok(),
    }
}

/// Whether words end here: a blank, a mark, anything that no word is written with.
fn is_between(c: char) -> bool {
    // Sound marks and variation selectors are part of the letter before them.
    let mark = matches!(c, '\u{3099}' | '\u{309A}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}');
    !c.is_alphanumeric() && !mark
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_behind_a_next_action_is_known_to_be() {
        for (text, ends) in [
            ("!12/5(土) 返事を待つ ", Some("!12/5(土) 返事を待つ")),
            ("相談。！12/5　電話", Some("相談。！12/5　電話")),
            ("!12/5 ", Some("!12/5")),
            ("!12/5 返事 #看取り ", None),
            ("!12/5 返事\n", None),
            ("!12/5 返事\n相談 ", None),
            ("!来週 返事 ", None),
            ("12/5 返事 ", None),
            ("", None),
        ] {
            assert_eq!(next_ends_before(text, text.len()).and_then(|end| text.get(..end)), ends, "{text}");
        }
        assert_eq!(next_ends_before("!12/5", 99), None);
    }

    /// A desk with a few labels.
    struct Few;

    impl Known for Few {
        fn kind(&self, rest: &str) -> Option<(usize, String)> {
            longest(rest, [("ケアマネ", "1"), ("本人", "K")].into_iter()).map(|(len, code)| (len, code.to_owned()))
        }

        fn caller(&self, rest: &str) -> Option<(usize, String, String)> {
            let known = [("架空病院", ("架空病院", "")), ("架空病院 窓口 花", ("架空病院", "窓口 花"))];
            longest(rest, known.into_iter()).map(|(len, (office, name))| (len, office.to_owned(), name.to_owned()))
        }

        fn topic(&self, rest: &str) -> Option<(usize, String)> {
            let known = [("看取り", "h"), ("看取り・緩和ケア", "h"), ("訪看", "l"), ("End of life", "h")];
            longest(rest, known.into_iter()).map(|(len, code)| (len, code.to_owned()))
        }

        fn office(&self, rest: &str) -> Option<usize> {
            longest(rest, [("架空病院", ()), ("法人　架空病院", ())].into_iter()).map(|(len, ())| len)
        }

        fn meeting(&self, rest: &str) -> Option<usize> {
            longest(rest, [("定例会", ())].into_iter()).map(|(len, ())| len)
        }
    }

    /// The tokens, each as it stands in the text.
    fn found(text: &str) -> Vec<&str> {
        parse(text, &Few).into_iter().map(|token| text.get(token.at).unwrap()).collect()
    }

    #[test]
    fn a_token_is_a_sign_where_a_word_begins_and_a_known_label_where_one_ends() {
        for (text, tokens) in [
            ("", &[][..]),
            ("#看取り", &["#看取り"]),
            ("＃看取り", &["＃看取り"]),
            ("@本人 ＠ケアマネ", &["@本人", "＠ケアマネ"]),
            (">架空病院 ＞架空病院", &[">架空病院", "＞架空病院"]),
            ("*定例会 ＊定例会", &["*定例会", "＊定例会"]),
            ("!11/29 ！12/1(火)", &["!11/29", "！12/1(火)"]),
            // Where a token may begin.
            ("家で#看取り", &[]),
            ("家で、#看取り。", &["#看取り"]),
            ("「#看取り」", &["#看取り"]),
            ("14:29\n#看取り\n", &["#看取り"]),
            ("##看取り", &["#看取り"]),
            // Where a label ends: one letter more or less is another word.
            ("#看取りの", &[]),
            ("#看取", &[]),
            ("# 看取り", &[]),
            ("#看取り・緩和ケア", &["#看取り・緩和ケア"]),
            ("#看取り・緩和ケ", &["#看取り"]),
            ("#End of life x", &["#End of life"]),
            ("#End of lifes", &[]),
            (">法人　架空病院 へ", &[">法人　架空病院"]),
            ("@架空病院 窓口 花 より", &["@架空病院 窓口 花"]),
            ("@架空病院 窓口 花子", &["@架空病院"]),
            // Words, and signs that are none.
            ("体温 >38度 #1 *印 !! ;kk a@b.example", &[]),
            ("#看取り #訪看", &["#看取り", "#訪看"]),
        ] {
            assert_eq!(found(text), tokens, "{text}");
        }
    }

    #[test]
    fn what_is_to_be_done_next_goes_to_the_end_of_the_line_or_to_the_next_sign() {
        let sunday = Day { year: None, month: 11, day: 29, weekday: Some(Weekday::Sun) };
        for (text, at, day, action) in [
            ("!11/29(日) 返事を確認", "!11/29(日) 返事を確認", sunday, "返事を確認"),
            ("!11/29(Sun) call back\nmore", "!11/29(Sun) call back", sunday, "call back"),
            ("！11/29（日）　主治医 へ 電話  ", "！11/29（日）　主治医 へ 電話", sunday, "主治医 へ 電話"),
            ("!11/29(日) 返事 #看取り", "!11/29(日) 返事", sunday, "返事"),
            ("!11/29(日)", "!11/29(日)", sunday, ""),
            ("!2027/1/5 電話", "!2027/1/5 電話", Day { year: Some(2027), month: 1, day: 5, weekday: None }, "電話"),
        ] {
            let tokens = parse(text, &Few);
            let first = tokens.first().unwrap();
            let said = Said::Next { day, action: action.to_owned() };
            assert_eq!((text.get(first.at.clone()).unwrap(), &first.said), (at, &said));
        }
        for text in
            ["!+7 電話", "!明日 電話", "!13/1 電話", "!11/40", "!11/29に電話", "!11/29(休)", "! 11/29", "!1/2/3/4"]
        {
            assert_eq!(parse(text, &Few), [], "{text}");
        }
    }

    #[test]
    fn a_day_is_the_coming_one_and_never_on_another_weekday() {
        let date = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let today = date(2026, 11, 24);
        for (word, coming) in [
            ("11/29", Some(date(2026, 11, 29))),
            ("11/24", Some(today)),
            ("1/5", Some(date(2027, 1, 5))),
            ("11/29(日)", Some(date(2026, 11, 29))),
            ("11/29(月)", None),
            ("2/29", Some(date(2028, 2, 29))),
            ("2/30", None),
            ("2026/11/1", Some(date(2026, 11, 1))),
        ] {
            let day = day(word).unwrap();
            assert_eq!(day.coming(today), coming, "{word}");
            assert!(coming.is_none_or(|coming| day.is(coming)), "{word}");
        }
    }

    #[test]
    fn a_sign_is_read_in_both_widths_and_written_in_one() {
        for (half, full) in ["@＠", "#＃", ">＞", "!！", "*＊", ";；"].map(|pair| {
            let mut pair = pair.chars();
            (pair.next().unwrap(), pair.next().unwrap())
        }) {
            let sign = Sign::of(half).unwrap();
            assert_eq!((Sign::of(full), sign.char()), (Some(sign), half));
        }
        assert!(!has_sign("訪問看護 14:29、家族") && has_sign("家族！"));
    }
}
