//! What lists show of a case: small enough to hold a hundred thousand of them in memory.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::case::{Case, Flag, Hold, Status};
use super::id::Id;

/// A case as lists, filters and the order of the queue need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// The case.
    pub id: Id,
    /// 進行状態.
    pub status: Status,
    /// 緊急度, 1 (today) to 4 (planned); what is not set counts as 3.
    pub urgency: u8,
    /// 受付日時.
    pub opened_at: Option<DateTime<FixedOffset>>,
    /// 終結日.
    pub closed_on: Option<NaiveDate>,
    /// 次の対応の期限.
    pub due: Option<NaiveDate>,
    /// 担当.
    pub operator: Id,
    /// The flag for the monthly meeting.
    pub flag: Option<Box<Flag>>,
    /// Why it is not disposed of, whatever its age.
    pub hold: Option<Box<Hold>>,
    words: Packed,
}

/// What is written in a [`Brief`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Words<'a> {
    /// 受付番号.
    pub number: &'a str,
    /// 次の対応.
    pub next_action: &'a str,
    /// 転帰 (list `outcome`); empty while it is open.
    pub outcome: &'a str,
    /// 相談者区分.
    pub caller_kind: &'a str,
    /// The caller's name or office.
    pub caller: &'a str,
    /// The kana of the person and of the caller, for the search.
    pub kana: &'a str,
    /// 相談内容区分: codes with [`BETWEEN`] between them.
    pub topics: &'a str,
    /// One line: what it is about.
    pub summary: &'a str,
    /// 圏域.
    pub area: &'a str,
    /// 対象者.
    pub subject: &'a str,
}

/// What stands between two codes of [`Words::topics`]: no code of a list holds it.
pub const BETWEEN: &str = "\n";

/// How many texts [`Words`] has.
const TEXTS: usize = 10;

/// The words of a brief in one piece of memory: as strings of their own they take four times as much, times a hundred thousand.
///
/// First the lengths of all texts but the last, in bytes, then the texts. A length is written in digits of base 64, the
/// lowest first, each the character of that number; all but the last digit have [`MORE`] added.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Packed(Box<str>);

/// Says of a digit of a length that there is a higher one.
const MORE: u8 = 64;

impl Packed {
    fn of(words: &Words<'_>) -> Self {
        let Words { number, next_action, outcome, caller_kind, caller, kana, topics, summary, area, subject } = *words;
        let texts = [number, next_action, outcome, caller_kind, caller, kana, topics, summary, area, subject];
        let mut lengths = String::with_capacity(2 * TEXTS);
        for text in texts.iter().take(TEXTS - 1) {
            let mut left = text.len();
            while left >= usize::from(MORE) {
                lengths.push(char::from(MORE + low(left)));
                left /= usize::from(MORE);
            }
            lengths.push(char::from(low(left)));
        }
        // Exactly as long as it is: what a shorter one gives back of so small a piece nobody can use.
        let mut packed = String::with_capacity(lengths.len() + texts.iter().map(|text| text.len()).sum::<usize>());
        packed.push_str(&lengths);
        packed.extend(texts);
        Self(packed.into())
    }

    fn texts(&self) -> [&str; TEXTS] {
        let mut digits = self.0.bytes().enumerate();
        let mut begin = 0;
        let mut lengths = [usize::MAX; TEXTS];
        for length in lengths.iter_mut().take(TEXTS - 1) {
            let mut worth = 1;
            *length = 0;
            for (at, digit) in digits.by_ref() {
                begin = at + 1;
                *length += usize::from(digit % MORE) * worth;
                worth *= usize::from(MORE);
                if digit < MORE {
                    break;
                }
            }
        }
        let mut rest = self.0.get(begin..).unwrap_or_default();
        lengths.map(|length| {
            let (text, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
            rest = behind;
            text
        })
    }
}

/// The lowest digit of a length.
fn low(length: usize) -> u8 {
    u8::try_from(length % usize::from(MORE)).unwrap_or_default()
}

impl Brief {
    /// What lists show of this case.
    pub fn of(id: Id, case: &Case) -> Self {
        let kana = format!("{} {}", case.subject_kana, case.caller_kana);
        Self {
            id,
            status: case.status,
            urgency: case.urgency.parse().ok().filter(|u| (1..=4).contains(u)).unwrap_or(3),
            opened_at: case.opened_at,
            closed_on: case.closed_at.map(|at| at.date_naive()),
            due: case.due,
            operator: case.operator,
            flag: case.flag.clone().map(Box::new),
            hold: case.hold.clone().map(Box::new),
            words: Packed::of(&Words {
                number: &case.number,
                next_action: &case.next_action,
                outcome: &case.outcome,
                caller_kind: &case.caller_kind,
                caller: &case.caller,
                kana: kana.trim(),
                topics: &case.topics.iter().map(String::as_str).collect::<Vec<_>>().join(BETWEEN),
                summary: &case.summary,
                area: &case.area,
                subject: &case.subject_name,
            }),
        }
    }

    /// The same case with other words.
    #[must_use]
    pub fn saying(&self, words: &Words<'_>) -> Self {
        Self { words: Packed::of(words), ..self.clone() }
    }

    /// All that is written in it.
    pub fn words(&self) -> Words<'_> {
        let [number, next_action, outcome, caller_kind, caller, kana, topics, summary, area, subject] =
            self.words.texts();
        Words { number, next_action, outcome, caller_kind, caller, kana, topics, summary, area, subject }
    }

    /// 受付番号.
    pub fn number(&self) -> &str {
        self.words().number
    }

    /// 次の対応.
    pub fn next_action(&self) -> &str {
        self.words().next_action
    }

    /// 転帰 (list `outcome`); empty while it is open.
    pub fn outcome(&self) -> &str {
        self.words().outcome
    }

    /// 相談者区分.
    pub fn caller_kind(&self) -> &str {
        self.words().caller_kind
    }

    /// The caller's name or office.
    pub fn caller(&self) -> &str {
        self.words().caller
    }

    /// The kana of the person and of the caller, for the search.
    pub fn kana(&self) -> &str {
        self.words().kana
    }

    /// One line: what it is about.
    pub fn summary(&self) -> &str {
        self.words().summary
    }

    /// 圏域.
    pub fn area(&self) -> &str {
        self.words().area
    }

    /// 対象者.
    pub fn subject(&self) -> &str {
        self.words().subject
    }

    /// 相談内容区分.
    pub fn topics(&self) -> impl Iterator<Item = &str> {
        self.words().topics.split(BETWEEN).filter(|code| !code.is_empty())
    }

    /// Whether anything is still to be done.
    pub fn is_open(&self) -> bool {
        self.status != Status::Closed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_case_comes_out_as_it_went_in() {
        let long = "長い".repeat(40_000);
        // Around the lengths that take one digit more.
        let edges = [63, 64, 65, 4_095, 4_096].map(|length| "a".repeat(length));
        let edges = edges.iter().map(String::as_str);
        for summary in ["", "架空の相談", "ｶﾅ\u{3099}😀", &long].into_iter().chain(edges) {
            let case = Case {
                number: "R8-0001".into(),
                summary: summary.into(),
                caller: "架空居宅".into(),
                caller_kana: "カクウ".into(),
                topics: vec!["discharge".into(), "doctor".into()],
                area: "中央".into(),
                ..Case::default()
            };
            let brief = Brief::of(Id::NIL, &case);
            let said = [brief.number(), brief.summary(), brief.caller(), brief.kana(), brief.area(), brief.subject()];
            assert_eq!(said, ["R8-0001", summary, "架空居宅", "カクウ", "中央", ""]);
            assert_eq!(brief.topics().collect::<Vec<_>>(), ["discharge", "doctor"]);
            assert_eq!(brief.saying(&brief.words()), brief);
            assert_eq!(brief.saying(&Words { area: "西部", ..brief.words() }).area(), "西部");
        }
        assert_eq!(Brief::of(Id::NIL, &Case::default()).topics().count(), 0);
    }

    #[test]
    fn a_hundred_thousand_fit_into_memory() {
        assert!(size_of::<Brief>() <= 96, "{} bytes each", size_of::<Brief>());
    }
}
