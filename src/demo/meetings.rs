//! The demo's meetings: the one that was held, with its decisions, and the one to come.

use std::collections::BTreeMap;

use chrono::{Days, NaiveTime};

use super::build::Build;
use super::people::ROOM;
use super::time::later;
use crate::desk::agenda::{self, Row};
use crate::desk::case::{Flag, Status};
use crate::desk::edits::{self, MeetingRef};
use crate::desk::id::Id;
use crate::desk::meeting::{AgendaItem, Meeting, Treatment};
use crate::desk::patch;
use crate::desk::record::{Batch, Kind};

/// A meeting as it stands while it is being made.
struct Draft {
    id: Id,
    value: serde_json::Value,
}

impl Draft {
    fn rows(&self, flags: &[(Id, Flag)]) -> Vec<Row> {
        let meeting: Option<Meeting> = serde_json::from_value(self.value.clone()).ok();
        agenda::agenda(meeting.as_ref(), flags.iter().map(|(id, flag)| (*id, flag)))
    }

    fn apply(&mut self, batch: &Batch) {
        for edit in batch.edits.iter().filter(|edit| edit.record.kind == Kind::Meeting) {
            patch::apply(&mut self.value, &edit.patch);
        }
    }
}

impl Build<'_> {
    /// Both meetings.
    pub fn meetings(&mut self) {
        self.past();
        self.next();
    }

    fn meeting(&self, on: chrono::NaiveDate, chair: usize) -> Meeting {
        Meeting {
            kind: agenda::MONTHLY.to_owned(),
            on: Some(on),
            starts_at: NaiveTime::from_hms_opt(13, 30, 0),
            place: ROOM.to_owned(),
            chair: self.operator(chair),
            ..Meeting::default()
        }
    }

    fn past(&mut self) {
        let on = self.time.past_meeting;
        let by = self.operator(0);
        let mut draft = Draft { id: (self.ids)(), value: serde_json::Value::Null };
        let made = edits::open_meeting(by, draft.id, &self.meeting(on, 0));
        draft.apply(&made);
        // Made in the morning of its day, when the agenda is put together.
        self.push(self.time.at(on, 9, 5), made);
        let meeting = MeetingRef::kept(draft.id);
        let talked = std::mem::take(&mut self.talked);
        let flags: Vec<(Id, Flag)> = talked.iter().map(|(id, flag, _)| (*id, flag.clone())).collect();
        let mut at = self.time.at(on, 13, 40);
        for (id, _, said) in &talked {
            let treatment = match (said.deferred, said.report) {
                (true, _) => Treatment::Defer,
                (false, true) => Treatment::Report,
                (false, false) => Treatment::Decide,
            };
            let item = AgendaItem {
                treatment,
                minutes: said.minutes,
                decision: said.decision.to_owned(),
                operator: if said.due.is_some() { self.operator(1) } else { Id::NIL },
                due: said.due.and_then(|days| on.checked_add_days(Days::new(u64::from(days)))),
                ..AgendaItem::default()
            };
            let rows = draft.rows(&flags);
            let index = rows.iter().position(|row| row.case == *id).unwrap_or(rows.len());
            if let Some(batch) = edits::decide(by, &meeting, &rows, index, &item) {
                draft.apply(&batch);
                self.push(at, batch);
            }
            at = later(at, i64::from(said.minutes));
        }
        let waiting: BTreeMap<Id, Status> = talked.iter().map(|(id, ..)| (*id, Status::WaitingMeeting)).collect();
        let held = edits::hold_meeting(by, &meeting, &draft.rows(&flags), |id| waiting.get(&id).copied());
        self.push(self.time.at(on, 14, 40), held);
        // What was put off is still flagged.
        self.flagged.extend(talked.into_iter().filter(|(.., said)| said.deferred).map(|(id, flag, _)| (id, flag)));
        self.talked.clear();
    }

    fn next(&mut self) {
        let by = self.operator(0);
        let on = self.time.next_meeting;
        let mut at = self.time.at(self.time.last(), 16, 58);
        let mut draft = Draft { id: (self.ids)(), value: serde_json::Value::Null };
        let made = edits::open_meeting(by, draft.id, &self.meeting(on, 0));
        draft.apply(&made);
        self.push(at, made);
        let meeting = MeetingRef::kept(draft.id);
        let flags = std::mem::take(&mut self.flagged);
        // The first two have been prepared, the others stand as they were flagged.
        for (index, minutes) in [(0, 10), (1, 15)] {
            at = later(at, 1);
            let rows = draft.rows(&flags);
            let item = AgendaItem { minutes, ..AgendaItem::default() };
            if let Some(batch) = edits::decide(by, &meeting, &rows, index, &item) {
                draft.apply(&batch);
                self.push(at, batch);
            }
        }
    }
}
