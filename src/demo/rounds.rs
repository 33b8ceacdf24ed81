//! The demo's round of checks: half done, by two operators, with each outcome.

use super::build::Build;
use super::time::later;
use crate::desk::edits::{self, Consequence};
use crate::desk::id::Id;
use crate::desk::round::{Outcome, Round, Scope, Try};

/// The demo's desk checks its directory twice a year, in months.
pub(super) const CHECKS_HOLD: u32 = 6;

/// What came of the first calls: outcome, seconds, what was noted.
const ANSWERS: [(Outcome, u32, &str); 7] = [
    (Outcome::Unchanged, 95, ""),
    (Outcome::Absent, 30, "午後は訪問に出ている。朝9時台がつながりやすい"),
    (Outcome::Unchanged, 140, ""),
    (Outcome::Changed, 260, ""),
    (Outcome::Refused, 45, "電話では答えられないとのこと。文書で依頼する"),
    (Outcome::Unchanged, 80, ""),
    (Outcome::Outside, 20, ""),
];

impl Build<'_> {
    /// Asks the offices whose check has expired; about half of them so far.
    pub fn round(&mut self) {
        let last = self.time.last();
        // The first office is called a few days before the last one.
        let on = self.time.part(985);
        let old = |checked: &Option<chrono::NaiveDate>| {
            let months = chrono::Months::new(CHECKS_HOLD);
            checked.and_then(|day| day.checked_add_months(months)).is_none_or(|until| until < on)
        };
        let mut ids: Vec<(Option<chrono::NaiveDate>, Id)> =
            self.checked.iter().filter(|(_, checked)| old(checked)).map(|(id, checked)| (*checked, *id)).collect();
        ids.sort_unstable();
        let ids: Vec<Id> = ids.into_iter().map(|(_, id)| id).collect();
        let half = ids.len().div_ceil(2).min(ANSWERS.len());
        let id = (self.ids)();
        let by = self.operator(1);
        let round = Round::over(ids.iter().copied(), Scope::Expired, "", by, on);
        let begun = self.time.at(on, 13, 5);
        self.push(begun, edits::begin_round(by, id, &round));
        for ((at, office), (outcome, seconds, note)) in (0_i64..).zip(ids.iter().take(half)).zip(ANSWERS) {
            // Two of them share the work; the second half is called on the last day.
            let by = self.operator(if at % 2 == 0 { 1 } else { 2 });
            let day = if at < 4 { on } else { last };
            let at = later(self.time.at(day, 13, 10), at * 6);
            let told = Try { at: Some(at), by, outcome: outcome.code().to_owned(), seconds };
            let consequence = match outcome {
                Outcome::Unchanged | Outcome::Changed => Consequence::Verified,
                Outcome::Absent | Outcome::Refused | Outcome::Gone | Outcome::Outside => Consequence::Nothing,
            };
            let again = (outcome == Outcome::Absent).then(|| self.time.after(day, 3));
            let call = (self.ids)();
            let today = at.date_naive();
            self.push(at, edits::answer_in_round(by, (id, call, *office), &told, again, &consequence, today));
            if !note.is_empty() {
                self.push(later(at, 1), edits::note_in_round(by, id, *office, note));
            }
        }
    }
}
