//! Which meeting is looked at, and its agenda made from flags. Knows no key.

use serde_json::Value;

use crate::app::model::Model;
use crate::desk::agenda::{self, MONTHLY, Row, Rule};
use crate::desk::case::Flag;
use crate::desk::edits::{self, MeetingRef};
use crate::desk::id::Id;
use crate::desk::meeting::{AgendaItem, Meeting, Treatment};
use crate::desk::patch;
use crate::desk::record::{Batch, Kind};

/// Which meeting is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// The next one, whether it is kept already or only follows from the desk's rule.
    #[default]
    Next,
    /// One that is kept.
    Kept(Id),
}

/// Where a meeting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The next one: flags go to it.
    Next,
    /// After the next one.
    Later,
    /// Its day has passed, and nobody said that it was held.
    Left,
    /// Held.
    Held,
}

/// A meeting with its agenda.
#[derive(Debug, Clone, PartialEq)]
pub struct Sitting {
    /// Its identity; `None`: it is not kept yet.
    pub id: Option<Id>,
    /// The meeting, or what it will be.
    pub meeting: Meeting,
    /// Its agenda in order.
    pub rows: Vec<Row>,
    /// Where it stands.
    pub stage: Stage,
}

/// A meeting as it will be when what was asked for is on the disk: keys that come faster than the disk build on it.
#[derive(Debug, Clone)]
pub struct Ahead {
    id: Id,
    meeting: Meeting,
}

impl Ahead {
    /// What `batch` makes of the meeting, as far as it is about it.
    pub fn after(sitting: &Sitting, id: Id, batch: &Batch) -> Option<Self> {
        let mut value = edits::compact(&sitting.meeting);
        for edit in batch.edits.iter().filter(|edit| edit.record.kind == Kind::Meeting && edit.record.id == id) {
            patch::apply(&mut value, &edit.patch);
        }
        read(value).map(|meeting| Self { id, meeting })
    }
}

fn read(value: Value) -> Option<Meeting> {
    serde_json::from_value(value).ok()
}

/// The monthly meetings with a day, by day.
fn kept<'a>(model: &'a Model, ahead: Option<&'a Ahead>) -> Vec<(Id, &'a Meeting)> {
    let others = model.meetings.iter().filter(|(id, _)| ahead.is_none_or(|ahead| ahead.id != **id));
    let mut kept: Vec<(Id, &Meeting)> = others.map(|(id, meeting)| (*id, meeting)).collect();
    kept.extend(ahead.map(|ahead| (ahead.id, &ahead.meeting)));
    kept.retain(|(_, meeting)| meeting.kind == MONTHLY && meeting.on.is_some());
    kept.sort_by_key(|(id, meeting)| (meeting.on, *id));
    kept
}

/// What the next meeting will be if nobody says otherwise: on the rule's day, the rest as it was the last time.
fn by_rule(model: &Model, kept: &[(Id, &Meeting)]) -> Meeting {
    let on = agenda::next_day(Rule::of(&model.desk), kept.iter().map(|(_, meeting)| *meeting), model.today());
    let last = kept.iter().rev().find(|(_, meeting)| meeting.held).map(|(_, meeting)| *meeting);
    let chair = last.map(|m| m.chair).filter(|id| model.operators.get(id).is_some_and(|o| !o.left));
    Meeting {
        kind: MONTHLY.to_owned(),
        on: Some(on),
        starts_at: last.and_then(|m| m.starts_at),
        place: last.map(|m| m.place.clone()).unwrap_or_default(),
        chair: chair.unwrap_or(Id::NIL),
        ..Meeting::default()
    }
}

/// All meetings that can be looked at, by day.
pub fn all(model: &Model) -> Vec<Shown> {
    let kept = kept(model, None);
    let next = agenda::next_meeting(kept.iter().copied(), model.today());
    let day = next.map_or_else(|| by_rule(model, &kept).on, |(_, meeting)| meeting.on);
    let next = next.map(|(id, _)| id);
    let others = |later: bool| {
        let found = kept.iter().filter(move |(id, meeting)| Some(*id) != next && (meeting.on > day) == later);
        found.map(|(id, _)| Shown::Kept(*id)).collect::<Vec<_>>()
    };
    let mut all = others(false);
    all.push(Shown::Next);
    all.extend(others(true));
    all
}

impl Sitting {
    /// The meeting that is looked at; the next one where that one is gone. `ahead`: as it will be.
    pub fn find(model: &Model, shown: Shown, ahead: Option<&Ahead>) -> Self {
        let kept = kept(model, ahead);
        let next = agenda::next_meeting(kept.iter().copied(), model.today());
        let wanted = match shown {
            Shown::Kept(wanted) => kept.iter().find(|(id, _)| *id == wanted).copied(),
            Shown::Next => None,
        };
        let found = wanted.or(next);
        let Some((id, meeting)) = found else {
            let meeting = by_rule(model, &kept);
            let rows = agenda::agenda(None, model.flagged());
            return Self { id: None, meeting, rows, stage: Stage::Next };
        };
        let stage = if meeting.held {
            Stage::Held
        } else if meeting.on.is_some_and(|on| on < model.today()) {
            Stage::Left
        } else if next.is_some_and(|(next, _)| next == id) {
            Stage::Next
        } else {
            Stage::Later
        };
        let flags: Vec<(Id, &Flag)> = if stage == Stage::Later { Vec::new() } else { model.flagged().collect() };
        let rows = agenda::agenda(Some(meeting), flags);
        Self { id: Some(id), meeting: meeting.clone(), rows, stage }
    }

    /// How a change names the meeting. `fresh`: its identity if it has none yet.
    pub fn reference(&self, model: &Model, fresh: Id) -> MeetingRef {
        let id = self.id.unwrap_or(fresh);
        let new = (!model.meetings.contains_key(&id))
            .then(|| Meeting { items: std::collections::BTreeMap::new(), ..self.meeting.clone() });
        MeetingRef { id, new }
    }

    /// The place of a case on the agenda.
    pub fn index_of(&self, case: Id) -> Option<usize> {
        self.rows.iter().position(|row| row.case == case)
    }

    /// How many items are treated so.
    pub fn count(&self, treatment: Treatment) -> usize {
        self.rows.iter().filter(|row| row.item.treatment == treatment).count()
    }

    /// How long it is expected to take, in minutes.
    pub fn minutes(&self) -> u32 {
        self.rows.iter().map(|row| agenda::minutes(&row.item)).sum()
    }

    /// How many items that want a decision have none yet.
    pub fn undecided(&self) -> usize {
        let open = |item: &AgendaItem| item.treatment == Treatment::Decide && item.decision.is_empty();
        self.rows.iter().filter(|row| open(&row.item)).count()
    }
}

/// Whether a meeting held before this one put the case off.
pub fn put_off_before(model: &Model, sitting: &Sitting, case: Id) -> bool {
    let put_off = |item: &AgendaItem| item.treatment == Treatment::Defer;
    let earlier = model.meetings.values().filter(|meeting| meeting.held && meeting.on < sitting.meeting.on);
    earlier.filter_map(|meeting| meeting.items.get(&case)).any(put_off)
}
