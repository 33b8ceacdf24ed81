//! アンケート: a questionnaire that was made from the directory, and what came back. Knows no file: `exchange` writes the
//! sheets and reads them. What an office answers about its abilities goes into its entry too, with the survey as source.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::Id;
use super::office::{Answer, Capability, Office};
use super::proposal::{answer_code, answer_of};

/// A question of the desk's own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Question {
    /// What is asked.
    pub text: String,
    /// The answers to choose from; none: any text.
    pub choices: Vec<String>,
}

/// What one office sent back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Returned {
    /// The day on the sheet, else the day on which it was read.
    pub on: Option<NaiveDate>,
    /// The file's name without its folders.
    pub file: String,
    /// The answers by the key of their question ([`Survey::keys`]): codes, a choice, or text.
    pub answers: BTreeMap<String, String>,
}

/// One questionnaire.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Survey {
    /// Its name, such as 在宅医療アンケート令和8年度.
    pub name: String,
    /// When it was made.
    pub on: Option<NaiveDate>,
    /// Who made it.
    pub by: Id,
    /// Until when answers are asked for.
    pub due: Option<NaiveDate>,
    /// The text above the questions.
    pub cover: String,
    /// The abilities that are asked for, codes of list `capability`.
    pub abilities: Vec<String>,
    /// Whether 今の受入 is asked for.
    pub accepting: bool,
    /// The desk's own questions.
    pub questions: Vec<Question>,
    /// The offices that were asked.
    pub asked: Vec<Id>,
    /// What came back, by office.
    pub returned: BTreeMap<Id, Returned>,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}

/// The key of the question for 今の受入.
pub const ACCEPTING: &str = "accepting";

/// A question of a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked<'a> {
    /// An ability, by its code.
    Able(&'a str),
    /// 今の受入.
    Accepting,
    /// One of the desk's own.
    Own(&'a Question),
}

/// How many were asked and how many answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rate {
    /// Offices that were asked.
    pub asked: usize,
    /// Of them those that answered.
    pub answered: usize,
}

impl Rate {
    /// Percent of those that were asked, rounded; nothing where nobody was.
    pub fn percent(self) -> Option<usize> {
        (self.answered * 100 + self.asked / 2).checked_div(self.asked)
    }
}

/// How an answer of a sheet was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It is new, and changes something.
    New,
    /// It was there already.
    Known,
    /// A newer sheet of this office was read before.
    Older,
    /// The office was not among those asked; it counts from now on.
    Unasked,
}

impl Survey {
    /// The questions with their keys, in the order of the sheet: `able.CODE`, `accepting`, `own.N` from 1.
    pub fn keys(&self) -> Vec<(String, Asked<'_>)> {
        let able = self.abilities.iter().map(|code| (format!("able.{code}"), Asked::Able(code.as_str())));
        let accepting = self.accepting.then(|| (ACCEPTING.to_owned(), Asked::Accepting));
        let own = self.questions.iter().enumerate().map(|(n, q)| (format!("own.{}", n + 1), Asked::Own(q)));
        able.chain(accepting).chain(own).collect()
    }

    /// How many of these offices answered.
    pub fn rate(&self, offices: impl Iterator<Item = Id>) -> Rate {
        let mut rate = Rate::default();
        for id in offices {
            rate.asked += 1;
            rate.answered += usize::from(self.returned.contains_key(&id));
        }
        rate
    }

    /// The rate of all.
    pub fn rate_of_all(&self) -> Rate {
        self.rate(self.asked.iter().copied())
    }

    /// The rate by what `of` says of an office, in the order of that. Offices that are no more are under an empty one.
    pub fn rates_by(&self, of: impl Fn(Id) -> String) -> Vec<(String, Rate)> {
        let mut groups: BTreeMap<String, Vec<Id>> = BTreeMap::new();
        for id in &self.asked {
            groups.entry(of(*id)).or_default().push(*id);
        }
        groups.into_iter().map(|(group, ids)| (group, self.rate(ids.into_iter()))).collect()
    }

    /// Those that were asked and have not answered.
    pub fn missing(&self) -> Vec<Id> {
        self.asked.iter().copied().filter(|id| !self.returned.contains_key(id)).collect()
    }

    /// How often each answer was given to a question: the fixed answers first, in their order, then others by number; what
    /// was not answered under an empty one, last.
    pub fn results(&self, key: &str, asked: &Asked<'_>) -> Vec<(String, usize)> {
        let fixed: Vec<String> = match asked {
            Asked::Able(_) | Asked::Accepting => ["yes", "ask", "no"].map(str::to_owned).to_vec(),
            Asked::Own(question) => question.choices.clone(),
        };
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for returned in self.returned.values() {
            *counts.entry(returned.answers.get(key).map_or("", String::as_str)).or_default() += 1;
        }
        let mut results: Vec<(String, usize)> = fixed
            .into_iter()
            .map(|answer| (counts.remove(answer.as_str()).unwrap_or_default(), answer))
            .map(swap)
            .collect();
        let none = counts.remove("").unwrap_or_default();
        let mut others: Vec<(String, usize)> = counts.into_iter().map(|(text, n)| (text.to_owned(), n)).collect();
        others.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        results.extend(others);
        if none > 0 {
            results.push((String::new(), none));
        }
        results
    }

    /// How a sheet of this office is to be taken.
    pub fn takes(&self, office: Id, returned: &Returned, dated: bool) -> Taken {
        match self.returned.get(&office) {
            Some(before) if before.answers == returned.answers && (!dated || before.on >= returned.on) => Taken::Known,
            Some(before) if before.on > returned.on => Taken::Older,
            Some(_) => Taken::New,
            None if self.asked.contains(&office) => Taken::New,
            None => Taken::Unasked,
        }
    }
}

fn swap<A, B>((a, b): (A, B)) -> (B, A) {
    (b, a)
}

/// The answers of a sheet that are new to the entry of an office, and the codes of those that an answer of a later day
/// stands against. What was not answered is no answer.
pub fn abilities(
    office: &Office,
    returned: &Returned,
    source: &str,
) -> (BTreeMap<String, Capability>, BTreeSet<String>) {
    let (mut new, mut newer) = (BTreeMap::new(), BTreeSet::new());
    for (key, answer) in &returned.answers {
        let Some(code) = key.strip_prefix("able.") else { continue };
        let answer = answer_of(answer);
        if answer == Answer::Unknown {
            continue;
        }
        let told = Capability { answer, source: source.to_owned(), on: returned.on, by: Id::NIL };
        match office.capabilities.get(code) {
            Some(known) if known.answer != Answer::Unknown && known.on > returned.on => {
                if answer_code(known.answer) != answer_code(answer) {
                    newer.insert(code.to_owned());
                }
            }
            known => {
                if known != Some(&told) {
                    new.insert(code.to_owned(), told);
                }
            }
        }
    }
    (new, newer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    fn returned(on: &str, answers: &[(&str, &str)]) -> Returned {
        let answers = answers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Returned { on: day(on), file: String::new(), answers }
    }

    fn survey() -> Survey {
        Survey {
            abilities: vec!["ivh".into()],
            accepting: true,
            questions: vec![Question {
                text: "会議".into(), choices: vec!["対面".into(), "オンライン".into()]
            }],
            asked: vec![id(1), id(2), id(3)],
            returned: [
                (id(1), returned("2026-11-10", &[("able.ivh", "no"), ("own.1", "対面")])),
                (id(2), returned("2026-11-12", &[("own.1", "どちらでも")])),
            ]
            .into(),
            ..Survey::default()
        }
    }

    #[test]
    fn rates_and_results_are_counted() {
        let survey = survey();
        assert_eq!(survey.rate_of_all(), Rate { asked: 3, answered: 2 });
        assert_eq!(survey.rate_of_all().percent(), Some(67));
        assert_eq!(Rate::default().percent(), None);
        assert_eq!(survey.missing(), [id(3)]);
        let by = survey.rates_by(|office| if office == id(1) { "1".into() } else { "2".into() });
        assert_eq!(by, [("1".into(), Rate { asked: 1, answered: 1 }), ("2".into(), Rate { asked: 2, answered: 1 })]);
        let keys = survey.keys();
        assert_eq!(keys.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["able.ivh", "accepting", "own.1"]);
        let results = |at: usize| keys.get(at).map(|(key, asked)| survey.results(key, asked)).unwrap();
        let told = |list: &[(&str, usize)]| list.iter().map(|(a, n)| ((*a).to_owned(), *n)).collect::<Vec<_>>();
        assert_eq!(results(0), told(&[("yes", 0), ("ask", 0), ("no", 1), ("", 1)]));
        assert_eq!(results(2), told(&[("対面", 1), ("オンライン", 0), ("どちらでも", 1)]));
    }

    #[test]
    fn the_same_sheet_is_known_and_an_older_one_changes_nothing() {
        let survey = survey();
        let same = [("able.ivh", "no"), ("own.1", "対面")];
        for (office, sheet, dated, taken) in [
            (id(1), returned("2026-11-10", &same), true, Taken::Known),
            // Read a week later, without a day of its own.
            (id(1), returned("2026-11-17", &same), false, Taken::Known),
            (id(1), returned("2026-11-09", &[("able.ivh", "yes")]), true, Taken::Older),
            (id(1), returned("2026-11-11", &[("able.ivh", "yes")]), true, Taken::New),
            (id(3), returned("2026-11-01", &[]), true, Taken::New),
            (id(9), returned("2026-11-11", &same), true, Taken::Unasked),
        ] {
            assert_eq!(survey.takes(office, &sheet, dated), taken);
        }
    }

    #[test]
    fn an_answer_that_is_older_than_what_is_known_changes_nothing() {
        let known = |answer, on| Capability { answer, source: "phone".into(), on: day(on), by: id(7) };
        let office = Office {
            capabilities: [
                ("ivh".to_owned(), known(Answer::Yes, "2026-11-11")),
                ("oxygen".to_owned(), known(Answer::Yes, "2026-11-09")),
                ("suction".to_owned(), known(Answer::No, "2026-11-30")),
            ]
            .into(),
            ..Office::default()
        };
        let answers =
            [("able.ivh", "no"), ("able.oxygen", "no"), ("able.suction", "no"), ("able.respite", ""), ("own.1", "x")];
        let (new, newer) = abilities(&office, &returned("2026-11-10", &answers), "アンケート 春");
        assert_eq!(new.keys().collect::<Vec<_>>(), ["oxygen"]);
        assert_eq!(
            new.get("oxygen").map(|c| (c.answer, c.source.as_str(), c.on)),
            Some((Answer::No, "アンケート 春", day("2026-11-10")))
        );
        assert_eq!(newer.iter().collect::<Vec<_>>(), ["ivh"]);
        let after = Office { capabilities: new, ..Office::default() };
        assert!(abilities(&after, &returned("2026-11-10", &[("able.oxygen", "no")]), "アンケート 春").0.is_empty());
    }
}
