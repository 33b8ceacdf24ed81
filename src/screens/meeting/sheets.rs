//! The forms of the meeting: the decision on one case, and the meeting's own day, time, place and chair.

use chrono::{NaiveDate, NaiveTime};

use super::sitting::{Shown, Sitting};
use crate::app::hands::Hands;
use crate::desk::agenda;
use crate::desk::date;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::meeting::{AgendaItem, Meeting};
use crate::desk::say::Say;
use crate::popups::sheet::Sheet;
use crate::screens::form::Form;
use crate::screens::form::field::{Field, FieldKind, Target, field};
use crate::screens::form::values::Values;
use crate::search::fold;

const DECISION: &[Field] = &[
    field(Target::Meeting, "decision", FieldKind::Memo, 0, 0, 1),
    field(Target::Meeting, "operator", FieldKind::Operator, 0, 1, 1),
    field(Target::Meeting, "due", FieldKind::Due, 0, 2, 1),
    field(Target::Meeting, "minutes", FieldKind::Line, 0, 3, 1),
];

const MEETING: &[Field] = &[
    field(Target::Meeting, "on", FieldKind::Due, 0, 0, 1),
    field(Target::Meeting, "starts_at", FieldKind::Line, 0, 1, 1),
    field(Target::Meeting, "place", FieldKind::Line, 0, 2, 1),
    field(Target::Meeting, "chair", FieldKind::Operator, 0, 3, 1),
    field(Target::Meeting, "note", FieldKind::Memo, 0, 4, 1),
];

/// The longest that one item may be expected to take, in minutes.
const LONGEST: u32 = 480;

fn set(values: &mut Values, member: &str, text: &str) {
    values.set_text(Target::Meeting, member, text);
}

fn set_id(values: &mut Values, member: &str, id: Id) {
    if !id.is_nil() {
        set(values, member, &id.to_string());
    }
}

fn set_day(values: &mut Values, member: &str, day: Option<NaiveDate>) {
    if let Some(day) = day {
        set(values, member, &day.format("%Y-%m-%d").to_string());
    }
}

fn text<'v>(values: &'v Values, member: &str) -> &'v str {
    values.text(Target::Meeting, member).trim()
}

fn id(values: &Values, member: &str) -> Id {
    text(values, member).parse().unwrap_or(Id::NIL)
}

/// Opens the decision on the case; `fresh`: the meeting's identity if it has none yet.
pub(super) fn decision(hands: &mut Hands<'_>, sitting: &Sitting, shown: Shown, case: Id, fresh: Id) {
    let Some(row) = sitting.index_of(case).and_then(|at| sitting.rows.get(at)) else { return };
    let mut values = Values::default();
    set(&mut values, "decision", &row.item.decision);
    set_id(&mut values, "operator", row.item.operator);
    set_day(&mut values, "due", row.item.due);
    if row.item.minutes > 0 {
        set(&mut values, "minutes", &row.item.minutes.to_string());
    }
    let number = hands.model.brief(case).map(|brief| brief.number().to_string()).unwrap_or_default();
    let title = Say::new("meeting-decision-title").with("number", number);
    hands.open(Sheet::new(title, Form::new(DECISION, values), move |hands, values| {
        let sitting = Sitting::find(hands.model, shown, None);
        let Some((index, row)) = sitting.index_of(case).and_then(|at| Some((at, sitting.rows.get(at)?))) else {
            return Err(Say::new("meeting-not-on-agenda"));
        };
        let item = AgendaItem {
            decision: text(values, "decision").to_owned(),
            operator: id(values, "operator"),
            due: text(values, "due").parse().ok(),
            minutes: minutes(text(values, "minutes"))?,
            ..row.item.clone()
        };
        let meeting = sitting.reference(hands.model, fresh);
        if let Some(batch) = edits::decide(hands.model.me, &meeting, &sitting.rows, index, &item) {
            hands.commit(batch);
        }
        Ok(())
    }));
}

/// Opens day, time, place, chair and notes of the meeting; `fresh`: its identity if it has none yet.
pub(super) fn meeting(hands: &mut Hands<'_>, sitting: &Sitting, shown: Shown, fresh: Id) {
    let now = &sitting.meeting;
    let mut values = Values::default();
    set_day(&mut values, "on", now.on);
    if let Some(at) = now.starts_at {
        set(&mut values, "starts_at", &at.format("%H:%M").to_string());
    }
    set(&mut values, "place", &now.place);
    set_id(&mut values, "chair", now.chair);
    set(&mut values, "note", &now.note);
    let title = Say::new("meeting-edit-title");
    hands.open(Sheet::new(title, Form::new(MEETING, values), move |hands, values| {
        let sitting = Sitting::find(hands.model, shown, None);
        let Ok(on) = text(values, "on").parse::<NaiveDate>() else { return Err(Say::new("meeting-no-day")) };
        let after = Meeting {
            on: Some(on),
            starts_at: time(text(values, "starts_at"))?,
            place: text(values, "place").to_owned(),
            chair: id(values, "chair"),
            note: values.text(Target::Meeting, "note").trim_end().to_owned(),
            ..sitting.meeting.clone()
        };
        if same_day(hands, &sitting, on) {
            return Err(Say::new("meeting-same-day"));
        }
        let by = hands.model.me;
        let batch = match sitting.id {
            Some(id) => edits::edit_meeting(by, id, &sitting.meeting, &after),
            None => Some(edits::open_meeting(by, fresh, &after)),
        };
        if let Some(batch) = batch {
            hands.commit(batch);
        }
        Ok(())
    }));
}

/// Whether another monthly meeting is on that day: the two could not be told apart.
fn same_day(hands: &Hands<'_>, sitting: &Sitting, on: NaiveDate) -> bool {
    let others = hands.model.meetings.iter().filter(|(id, _)| Some(**id) != sitting.id);
    others.into_iter().any(|(_, other)| other.kind == agenda::MONTHLY && other.on == Some(on))
}

/// Half-width, whatever an input method made of figures and signs.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| fold::command_key(c).unwrap_or(c)).collect()
}

/// Minutes as typed: figures, with the unit or without; nothing: as long as such items usually take.
fn minutes(typed: &str) -> Result<u32, Say> {
    let typed = plain(typed);
    if typed.is_empty() {
        return Ok(0);
    }
    let units = ["分", "min", "m"]; // data, not a sentence
    let figures = units.iter().find_map(|unit| typed.strip_suffix(unit)).unwrap_or(&typed);
    let said = figures.parse().ok().filter(|minutes| (1..=LONGEST).contains(minutes));
    said.ok_or_else(|| Say::new("meeting-minutes-wrong").with("most", LONGEST.to_string()))
}

/// A time of the day as typed; nothing: not set.
fn time(typed: &str) -> Result<Option<NaiveTime>, Say> {
    if typed.is_empty() {
        return Ok(None);
    }
    date::parse_time(typed).map(Some).ok_or_else(|| Say::new("meeting-time-wrong"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_figures_with_or_without_their_unit() {
        for (typed, told) in [("", 0), ("10", 10), ("１５分", 15), ("20 min", 20)] {
            assert_eq!(minutes(typed), Ok(told), "{typed}");
        }
        for typed in ["0", "481", "十分", "-5", "1.5", "15九百"] {
            assert!(minutes(typed).is_err(), "{typed}");
        }
    }
}
