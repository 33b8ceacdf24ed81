//! Changes of meetings and their agendas.

use serde_json::{Map, Value, json};

use super::super::agenda::{self, Row};
use super::super::case::Status;
use super::super::id::Id;
use super::super::meeting::{AgendaItem, Meeting, Treatment};
use super::super::record::{Batch, Edit, Kind, RecordKey};
use super::{change, compact, create};

/// The meeting that a change is about. The next one often exists only by the desk's rule: it is made with the first change.
#[derive(Debug, Clone, PartialEq)]
pub struct MeetingRef {
    /// Its identity; a new one if `new`.
    pub id: Id,
    /// What it is, if it is not kept yet.
    pub new: Option<Meeting>,
}

impl MeetingRef {
    /// A meeting that is kept already.
    pub const fn kept(id: Id) -> Self {
        Self { id, new: None }
    }

    fn edits(&self, items: Vec<(Id, Value)>, held: bool) -> Vec<Edit> {
        let mut edits: Vec<Edit> = self.new.iter().map(|meeting| create(Kind::Meeting, self.id, meeting)).collect();
        let mut patch = Map::new();
        if !items.is_empty() {
            let mut members = Map::new();
            for (case, value) in items {
                let item = members.entry(case.to_string()).or_insert_with(|| Value::Object(Map::new()));
                super::super::patch::apply(item, &value);
            }
            patch.insert("items".to_owned(), Value::Object(members));
        }
        if held {
            patch.insert("held".to_owned(), Value::Bool(true));
        }
        if !patch.is_empty() {
            edits.push(Edit::new(RecordKey::new(Kind::Meeting, self.id), Value::Object(patch)));
        }
        edits
    }
}

/// A new meeting.
pub fn open_meeting(by: Id, id: Id, meeting: &Meeting) -> Batch {
    Batch::new("done-open-meeting", by, vec![create(Kind::Meeting, id, meeting)])
}

/// Day, place, chair or notes of a meeting were changed; `None` when nothing differs.
pub fn edit_meeting(by: Id, id: Id, before: &Meeting, after: &Meeting) -> Option<Batch> {
    change(Kind::Meeting, id, before, after).map(|edit| Batch::new("done-edit-meeting", by, vec![edit]))
}

/// What the meeting says of the case at `index` of its agenda: decision, treatment, minutes, operator, due day. The row
/// keeps its place whatever `item.order` says. `None` when nothing differs or there is no such row.
pub fn decide(by: Id, meeting: &MeetingRef, rows: &[Row], index: usize, item: &AgendaItem) -> Option<Batch> {
    let row = rows.get(index)?;
    let after = AgendaItem { order: row.item.order, ..item.clone() };
    let patch = super::super::patch::diff(&item_value(&row.item), &item_value(&after))?;
    let mut items = if row.placed { Vec::new() } else { places(&agenda::place(rows, index)) };
    items.push((row.case, patch));
    let only_treated = AgendaItem { treatment: row.item.treatment, ..after } == row.item;
    let what = if only_treated { "done-set-treatment" } else { "done-decide" };
    Some(Batch::new(what, by, meeting.edits(items, false)))
}

/// The case at `from` goes to `to` on the agenda; `None` when nothing moves.
pub fn reorder(by: Id, meeting: &MeetingRef, rows: &[Row], from: usize, to: usize) -> Option<Batch> {
    let moved = agenda::reorder(rows, from, to);
    (!moved.is_empty()).then(|| Batch::new("done-reorder", by, meeting.edits(places(&moved), false)))
}

/// The meeting is over. The flags of what was talked about go (those put off keep theirs for the next one), and a
/// decision with a due day becomes its case's next action, with its operator. A case that waited for the meeting is
/// worked on again.
///
/// `status` tells a case's present state; rows whose case it does not know are left alone.
pub fn hold_meeting(by: Id, meeting: &MeetingRef, rows: &[Row], status: impl Fn(Id) -> Option<Status>) -> Batch {
    let items = places(&agenda::place(rows, rows.len()));
    let mut edits = meeting.edits(items, true);
    for row in rows.iter().filter(|row| row.item.treatment != Treatment::Defer) {
        let Some(status) = status(row.case) else { continue };
        let mut patch = Map::new();
        if row.flagged_at.is_some() {
            patch.insert("flag".to_owned(), Value::Null);
        }
        if status != Status::Closed {
            if let (Some(due), false) = (row.item.due, row.item.decision.is_empty()) {
                patch.insert("due".to_owned(), json!(due));
                patch.insert("next_action".to_owned(), Value::from(row.item.decision.as_str()));
                if !row.item.operator.is_nil() {
                    patch.insert("operator".to_owned(), json!(row.item.operator));
                }
            }
            if status == Status::WaitingMeeting {
                patch.insert("status".to_owned(), json!(Status::Active));
            }
        }
        if !patch.is_empty() {
            edits.push(Edit::new(RecordKey::new(Kind::Case, row.case), Value::Object(patch)));
        }
    }
    Batch::new("done-hold-meeting", by, edits)
}

fn item_value(item: &AgendaItem) -> Value {
    compact(item)
}

fn places(orders: &[(Id, i64)]) -> Vec<(Id, Value)> {
    orders.iter().map(|(case, order)| (*case, json!({ "order": order }))).collect()
}
