//! Changes of rounds, and what an answer in one changes of the office itself.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::super::id::Id;
use super::super::office::Office;
use super::super::record::{Batch, Edit, Kind, RecordKey};
use super::super::round::{Outcome, Round, Try};
use super::{compact, create, edit_office, remove_offices, text, verify_offices};

/// How an office is asked in a round (list `method`): by telephone.
const BY_TELEPHONE: &str = "1";

/// The deed of an answer after corrections of the entry, which were kept one by one before it ([`corrections`]).
const CORRECTED: &str = "done-correct-in-round";

/// What corrections of one entry are called.
const CORRECTIONS: [&str; 5] =
    ["done-edit-office", "done-set-abilities", "done-add-staff", "done-edit-staff", "done-staff-left"];

/// How many of the deeds before this one, the newest last, belong to it: the corrections of an office right before an
/// answer that says so. Whoever takes the answer back takes them back with it.
pub fn corrections(deed: &(String, Vec<RecordKey>), before: &[(String, Vec<RecordKey>)]) -> usize {
    let (what, records) = deed;
    let Some(office) = records.iter().find(|key| key.kind == Kind::Office).filter(|_| what == CORRECTED) else {
        return 0;
    };
    let of_it = |(what, records): &&(String, Vec<RecordKey>)| {
        CORRECTIONS.contains(&what.as_str()) && records.as_slice() == [*office]
    };
    before.iter().rev().take_while(of_it).count()
}

/// What an outcome does to the directory.
#[derive(Debug, Clone, PartialEq)]
pub enum Consequence<'a> {
    /// Nothing: nobody was reached, or nobody answered.
    Nothing,
    /// The entry holds as it is now.
    Verified,
    /// It holds once this is changed.
    Corrected(&'a Office, &'a Office),
    /// There is no such office any more.
    Removed,
}

fn round_edit(id: Id, patch: Value) -> Edit {
    Edit::new(RecordKey::new(Kind::Round, id), patch)
}

/// A round begins.
pub fn begin_round(by: Id, id: Id, round: &Round) -> Batch {
    Batch::new("done-begin-round", by, vec![create(Kind::Round, id, round)])
}

/// What came of one call of a round, with what follows from it for the office: one deed, so that one undo takes both
/// back. `round`, `call` and `office` are their identities. `again`: when to call again, where nobody was reached.
pub fn answer_in_round(
    by: Id,
    (round, call, office): (Id, Id, Id),
    told: &Try,
    again: Option<NaiveDate>,
    consequence: &Consequence<'_>,
    today: NaiveDate,
) -> Batch {
    let again = again.filter(|_| told.outcome == Outcome::Absent.code());
    let asked = json!({ "tries": { call.to_string(): compact(told) }, "again_on": again });
    let mut edits = vec![round_edit(round, json!({ "offices": { office.to_string(): asked } }))];
    let verified = || verify_offices(by, &[office], today, BY_TELEPHONE).edits;
    match consequence {
        Consequence::Nothing => {}
        Consequence::Verified => edits.extend(verified()),
        Consequence::Corrected(before, after) => {
            edits.extend(edit_office(by, office, before, after, today).into_iter().flat_map(|batch| batch.edits));
            edits.extend(verified());
        }
        Consequence::Removed => edits.extend(remove_offices(by, &[office]).edits),
    }
    let corrected = *consequence == Consequence::Verified && told.outcome != Outcome::Unchanged.code();
    Batch::new(if corrected { CORRECTED } else { "done-answer-in-round" }, by, edits)
}

/// What is to be remembered of an office in a round.
pub fn note_in_round(by: Id, round: Id, office: Id, note: &str) -> Batch {
    let patch = json!({ "offices": { office.to_string(): { "note": text(note) } } });
    Batch::new("done-note-in-round", by, vec![round_edit(round, patch)])
}

/// The round is over: a report from now on.
pub fn close_round(by: Id, round: Id, on: NaiveDate) -> Batch {
    Batch::new("done-close-round", by, vec![round_edit(round, json!({ "closed_on": on, "closed_by": by }))])
}

#[cfg(test)]
mod tests {
    use super::super::super::patch;
    use super::super::super::round::{Asked, Scope};
    use super::*;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn call(outcome: Outcome) -> Try {
        let at = "2026-11-22T10:00:00+09:00".parse().ok();
        Try { at, by: id(9), outcome: outcome.code().into(), seconds: 75 }
    }

    fn apply(value: &mut Value, kind: Kind, batch: &Batch) {
        for edit in batch.edits.iter().filter(|edit| edit.record.kind == kind) {
            patch::apply(value, &edit.patch);
        }
    }

    #[test]
    fn answers_of_two_operators_fold_whatever_their_order() {
        let today: NaiveDate = "2026-11-22".parse().unwrap();
        let round = Round::over([id(1), id(2)], Scope::Never, "", id(9), today);
        let begun = begin_round(id(9), id(50), &round);
        let mut value = Value::Null;
        apply(&mut value, Kind::Round, &begun);
        assert_eq!(serde_json::from_value::<Round>(value.clone()).unwrap(), round);
        let again = today.succ_opt();
        let one = answer_in_round(
            id(9),
            (id(50), id(60), id(1)),
            &call(Outcome::Absent),
            again,
            &Consequence::Nothing,
            today,
        );
        let other = answer_in_round(
            id(8),
            (id(50), id(61), id(1)),
            &call(Outcome::Refused),
            again,
            &Consequence::Nothing,
            today,
        );
        let (mut a, mut b) = (value.clone(), value);
        for batch in [&one, &other] {
            apply(&mut a, Kind::Round, batch);
        }
        for batch in [&other, &one] {
            apply(&mut b, Kind::Round, batch);
        }
        let tries = |value: Value| {
            let round: Round = serde_json::from_value(value).unwrap();
            round.offices.get(&id(1)).map(|asked: &Asked| asked.tries.clone()).unwrap()
        };
        assert_eq!(tries(a), tries(b.clone()));
        assert_eq!(tries(b).len(), 2);
        assert_eq!(
            other.edits.first().unwrap().patch.pointer(&format!("/offices/{}/again_on", id(1))),
            Some(&Value::Null)
        );
    }

    #[test]
    fn an_answer_says_of_the_office_what_follows_from_it() {
        let today: NaiveDate = "2026-11-22".parse().unwrap();
        let before = Office { name: "架空医院".into(), phone: "0834-00-1000".into(), ..Office::default() };
        let after = Office { phone: "0834-00-1001".into(), ..before.clone() };
        for (outcome, consequence, verified, phone, removed) in [
            (Outcome::Unchanged, Consequence::Verified, true, "0834-00-1000", false),
            (Outcome::Changed, Consequence::Corrected(&before, &after), true, "0834-00-1001", false),
            (Outcome::Changed, Consequence::Corrected(&before, &before), true, "0834-00-1000", false),
            (Outcome::Absent, Consequence::Nothing, false, "0834-00-1000", false),
            (Outcome::Gone, Consequence::Removed, false, "0834-00-1000", true),
        ] {
            let mut value = compact(&before);
            let batch = answer_in_round(id(9), (id(50), id(60), id(1)), &call(outcome), None, &consequence, today);
            assert!(super::super::DONE.contains(&batch.what.as_str()));
            apply(&mut value, Kind::Office, &batch);
            let office: Office = serde_json::from_value(value).unwrap();
            assert_eq!(office.verified.as_ref().map(|v| (v.on, v.how.as_str())), verified.then_some((today, "1")));
            assert_eq!((office.phone.as_str(), office.removed), (phone, removed), "{outcome:?}");
        }
    }

    #[test]
    fn a_note_is_taken_away_by_an_empty_one_and_a_closed_round_says_by_whom() {
        let mut value = compact(&Round::over([id(1)], Scope::Never, "", id(9), "2026-11-20".parse().unwrap()));
        apply(&mut value, Kind::Round, &note_in_round(id(9), id(50), id(1), "担当は水曜のみ"));
        let note = |value: &Value| {
            let round: Round = serde_json::from_value(value.clone()).unwrap();
            round.offices.get(&id(1)).map(|asked| (asked.wanted, asked.note.clone()))
        };
        assert_eq!(note(&value), Some((true, "担当は水曜のみ".into())));
        apply(&mut value, Kind::Round, &note_in_round(id(9), id(50), id(1), ""));
        assert_eq!(note(&value), Some((true, String::new())));
        apply(&mut value, Kind::Round, &close_round(id(8), id(50), "2026-11-22".parse().unwrap()));
        let round: Round = serde_json::from_value(value).unwrap();
        assert_eq!((round.is_open(), round.closed_by), (false, id(8)));
    }
}
