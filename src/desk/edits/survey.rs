//! What becomes of アンケート: made, and answered.

use chrono::{Days, NaiveDate};
use serde_json::{Map, Value, json};

use super::super::id::Id;
use super::super::office::{Office, Verified};
use super::super::record::{Batch, Edit, Kind, RecordKey};
use super::super::survey::{ACCEPTING, Returned, Survey, abilities};
use super::{compact, create};

/// Days for which what was told of places holds where nobody said until when.
const HOLDS: Days = Days::new(14);

/// A new questionnaire.
pub fn add_survey(by: Id, id: Id, survey: &Survey) -> Batch {
    Batch::new("done-make-survey", by, vec![create(Kind::Survey, id, survey)])
}

/// What an office sent back, to be taken over.
#[derive(Debug, Clone)]
pub struct Answered<'a> {
    /// Which office.
    pub id: Id,
    /// Its entry.
    pub office: &'a Office,
    /// What it sent.
    pub returned: Returned,
}

/// Sheets that came back: the answers of the survey, and of each office what it can do, with this source. An answer of a
/// later day stays. `None` where there is none.
pub fn answer_survey(
    by: Id,
    (id, survey): (Id, &Survey),
    answered: &[Answered<'_>],
    (source, how, today): (&str, &str, NaiveDate),
) -> Option<Batch> {
    let mut edits = Vec::new();
    let mut sheets = Map::new();
    let mut asked = survey.asked.clone();
    for one in answered {
        sheets.insert(one.id.to_string(), one.whole(survey.returned.get(&one.id)));
        if !asked.contains(&one.id) {
            asked.push(one.id);
        }
        let patch = one.entry((by, how), source, today);
        edits.push(Edit::new(RecordKey::new(Kind::Office, one.id), patch));
    }
    if edits.is_empty() {
        return None;
    }
    let mut patch = json!({ "returned": sheets });
    if asked != survey.asked
        && let Value::Object(members) = &mut patch
    {
        members.insert("asked".to_owned(), json!(asked));
    }
    edits.push(Edit::new(RecordKey::new(Kind::Survey, id), patch));
    Some(Batch::new("done-read-survey", by, edits))
}

impl Answered<'_> {
    /// The sheet as the survey keeps it: an answer that an earlier one gave and this one leaves out goes.
    fn whole(&self, before: Option<&Returned>) -> Value {
        let mut value = compact(&self.returned);
        let gone =
            before.into_iter().flat_map(|b| b.answers.keys()).filter(|k| !self.returned.answers.contains_key(*k));
        for key in gone {
            super::super::patch::apply(&mut value, &json!({ "answers": {} }));
            if let Some(answers) = value.get_mut("answers").and_then(Value::as_object_mut) {
                answers.insert(key.clone(), Value::Null);
            }
        }
        value
    }

    fn entry(&self, (by, how): (Id, &str), source: &str, today: NaiveDate) -> Value {
        let (new, _) = abilities(self.office, &self.returned, source);
        let mut entry = Map::new();
        let on = self.returned.on.unwrap_or(today);
        if !new.is_empty() {
            let new: Map<String, Value> = new.iter().map(|(code, known)| (code.clone(), compact(known))).collect();
            entry.insert("capabilities".to_owned(), Value::Object(new));
        }
        let until = on.checked_add_days(HOLDS);
        let told = self.returned.answers.get(ACCEPTING).filter(|code| !code.is_empty());
        // What was told since holds longer, and what has run out already says nothing.
        if let (Some(code), Some(until)) = (told, until)
            && until >= today
            && self.office.accepting_until.is_none_or(|known| known < until)
        {
            entry.insert("accepting".to_owned(), json!(code));
            entry.insert("accepting_until".to_owned(), json!(until));
        }
        if !entry.is_empty() {
            entry.insert("updated_on".to_owned(), json!(today));
        }
        if self.office.verified.as_ref().is_none_or(|verified| verified.on <= on) {
            entry.insert("verified".to_owned(), json!(Verified { on, by, how: how.to_owned() }));
        }
        Value::Object(entry)
    }
}
