//! One call in progress: its slip, its clock, how far it is on the disk. Knows no screen.

use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value, json};

use super::fields::{self, SLIP};
use super::memo::Memo;
use crate::app::model::Model;
use crate::desk::case::Case;
use crate::desk::contact::Contact;
use crate::desk::edits::compact;
use crate::desk::id::Id;
use crate::desk::inquiry::Inquiry;
use crate::desk::slip::{self, DISCHARGE_SCENE, DISCHARGE_TOPIC, SlipForm};
use crate::desk::usage::Tally;
use crate::screens::form::Form;
use crate::screens::form::field::Target;
use crate::screens::form::values::Values;

/// A draft is written this long after the last key at the latest moment of a pause,
const PAUSE: Duration = Duration::from_millis(250);
/// and this long after the first key that it lacks in any case: the promise is one second.
const LONGEST: Duration = Duration::from_millis(700);

/// 電話 (list `method`): how a call comes in as a rule.
const START_METHOD: &str = "1";

/// How far the draft is on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Saving {
    /// The newest version that was sent to the disk.
    sent: u64,
    /// The newest version that is known to be there.
    kept: u64,
    /// When the first change came that was not sent yet.
    first: Option<Duration>,
    /// When the last change came.
    last: Duration,
}

/// A call in progress. Until it is saved it is a draft: one small file, replaced at every pause.
#[derive(Debug)]
pub struct Call {
    /// The draft's identity, and later the contact's.
    pub id: Id,
    /// When the slip was opened.
    pub started_at: DateTime<FixedOffset>,
    /// Who took it.
    pub operator: Id,
    /// The case that it belongs to, where it is not a new one, with the case as it was then.
    pub about: Option<(Id, Box<Case>)>,
    /// The slip.
    pub form: Form,
    /// The form whose fields it shows; which one it is written on, its contact says.
    pub(super) kind: SlipForm,
    /// What is remembered of its memo.
    pub memo: Memo,
    /// The keys that it took so far.
    pub tally: Tally,
    /// Doctors who were asked during the call: kept with it.
    pub inquiries: Vec<Inquiry>,
    /// Whether its draft was found after the program had been cut off.
    pub rescued: bool,
    seconds: u64,
    /// How often it was left.
    pauses: u32,
    running_since: Option<Duration>,
    saving: Saving,
}

impl Call {
    /// A new slip: time, operator and clock start by themselves.
    pub fn begin(id: Id, about: Option<Id>, model: &Model) -> Self {
        let mut values = Values::default();
        // A slip is opened when the telephone rings; only whom it is mostly something else for is asked by a proposal.
        let usual = model.habits.usual("method", model.me, model.today()).map(|usual| usual.code);
        if usual.is_none_or(|code| code == START_METHOD) {
            values.set_text(Target::Contact, "method", START_METHOD);
        }
        let about = about.map(|case| {
            let file = model.file.as_ref().filter(|file| file.id == case);
            (case, Box::new(file.map(|file| file.case.clone()).unwrap_or_default()))
        });
        if let Some((_, case)) = &about {
            if let Value::Object(members) = compact(case) {
                values.set_record(Target::Case, members);
            }
            values.set_text(Target::Contact, "visit", "2");
        }
        Self {
            id,
            started_at: model.now.wall,
            operator: model.me,
            about,
            form: Form::new(SLIP, values),
            kind: SlipForm::Standard,
            memo: Memo::default(),
            tally: Tally::default(),
            inquiries: Vec::new(),
            rescued: false,
            seconds: 0,
            pauses: 0,
            running_since: Some(model.now.mono),
            // Version 1 is the empty slip: that a call came in is worth keeping too.
            saving: Saving { first: Some(model.now.mono), last: model.now.mono, ..Saving::default() },
        }
    }

    /// From now on the call is about this earlier case. What was typed stays; what the case knows is added.
    pub fn go_on_with(&mut self, id: Id, case: &Case) {
        let Value::Object(known) = compact(case) else { return };
        // Of a case that the slip was about before, only what was typed since goes over: never its number.
        let before = self.about.take().map(|(_, seen)| compact(&seen)).unwrap_or_default();
        self.form.change(|values| {
            let mut members = known;
            let typed = values.record(Target::Case).into_iter().filter(|(name, value)| before.get(name) != Some(value));
            members.extend(typed);
            values.set_record(Target::Case, members);
            values.set_text(Target::Contact, "visit", "2");
        });
        self.about = Some((id, Box::new(case.clone())));
    }

    /// A call from the draft that was left of it; paused. `None` if it is not a draft's value.
    pub fn restore(id: Id, draft: &Value, model: &Model) -> Option<Self> {
        let values = Values::from_json(draft.get("slip")?);
        let started_at = draft.get("started_at").and_then(|v| serde_json::from_value(v.clone()).ok());
        let about = draft.get("about").and_then(Value::as_str).and_then(|text| text.parse().ok()).map(|case| {
            let seen = draft.get("seen").and_then(|seen| serde_json::from_value(seen.clone()).ok());
            (case, seen.unwrap_or_default())
        });
        let kind = SlipForm::of(values.text(Target::Contact, "form"));
        let mut form = Form::new(fields::of(kind), values);
        let focus = draft.get("focus").and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
        form.focus_on(focus.unwrap_or(0), &model.around());
        let version = form.version();
        Some(Self {
            id,
            started_at: started_at.unwrap_or(model.now.wall),
            operator: draft.get("operator").and_then(Value::as_str).and_then(|t| t.parse().ok()).unwrap_or(model.me),
            about,
            form,
            kind,
            memo: Memo::restored(),
            tally: draft.get("keys").and_then(|keys| serde_json::from_value(keys.clone()).ok()).unwrap_or_default(),
            inquiries: draft
                .get("inquiries")
                .and_then(|all| serde_json::from_value(all.clone()).ok())
                .unwrap_or_default(),
            rescued: draft.get("rescued").and_then(Value::as_bool).unwrap_or_default(),
            seconds: draft.get("seconds").and_then(Value::as_u64).unwrap_or(0),
            // A call that was going on when the program ended was left by that.
            pauses: draft.get("pauses").and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok()).unwrap_or(0)
                + u32::from(draft.get("running").and_then(Value::as_bool).unwrap_or(false)),
            running_since: None,
            saving: Saving { sent: version, kept: version, ..Saving::default() },
        })
    }

    /// The draft as it is written.
    pub fn draft(&self, now: Duration) -> Value {
        let mut draft = json!({
            "started_at": self.started_at,
            "operator": self.operator,
            "seconds": self.seconds_at(now),
            "pauses": self.pauses,
            "running": self.is_running(),
            "focus": self.form.focused(),
            "keys": self.tally,
            "rescued": self.rescued,
            "inquiries": self.inquiries,
            "slip": self.form.values().to_json(),
        });
        if let (Some((case, seen)), Value::Object(members)) = (&self.about, &mut draft) {
            members.insert("about".into(), Value::from(case.to_string()));
            members.insert("seen".into(), compact(seen));
        }
        draft
    }

    /// How long the call was on the screen, in seconds.
    pub fn seconds_at(&self, now: Duration) -> u64 {
        self.seconds + self.running_since.map_or(0, |since| now.saturating_sub(since).as_secs())
    }

    /// How often it was left.
    pub const fn pauses(&self) -> u32 {
        self.pauses
    }

    /// Whether its clock runs.
    pub const fn is_running(&self) -> bool {
        self.running_since.is_some()
    }

    /// When the clock shows the next second.
    pub fn next_second(&self, now: Duration) -> Option<Duration> {
        let since = self.running_since?;
        Some(since + Duration::from_secs(now.saturating_sub(since).as_secs() + 1))
    }

    /// Stops the clock.
    pub fn pause(&mut self, now: Duration) {
        self.pauses += u32::from(self.is_running());
        self.seconds = self.seconds_at(now);
        self.running_since = None;
    }

    /// Lets the clock go on.
    pub fn resume(&mut self, now: Duration) {
        self.running_since.get_or_insert(now);
        self.form.comes_to_front();
    }

    /// Notes that something may have been typed.
    pub fn touched(&mut self, now: Duration) {
        if self.form.version() > self.saving.sent {
            self.saving.first.get_or_insert(now);
            self.saving.last = now;
        }
    }

    /// When the draft is to be written.
    pub fn save_at(&self) -> Option<Duration> {
        self.saving.first.map(|first| (first + LONGEST).min(self.saving.last + PAUSE))
    }

    /// The version to write, if it is time or `now_or_never`.
    pub fn take_version(&mut self, now: Duration, at_once: bool) -> Option<u64> {
        let due = self.save_at().is_some_and(|at| at_once || at <= now);
        due.then(|| {
            self.saving.first = None;
            self.saving.sent = self.form.version();
            self.saving.sent
        })
    }

    /// A version has reached the disk.
    pub fn kept(&mut self, version: u64) {
        self.saving.kept = self.saving.kept.max(version);
    }

    /// A version could not be written: it is tried again.
    pub fn not_kept(&mut self, now: Duration) {
        self.saving.first.get_or_insert(now);
        self.saving.last = now;
    }

    /// Whether all that was typed is on the disk.
    pub fn is_kept(&self) -> bool {
        self.saving.kept >= self.form.version()
    }

    /// Whether nothing was written on the slip but what stands there by itself.
    pub fn is_blank(&self) -> bool {
        let values = self.form.values();
        let contact = values.record(Target::Contact);
        let own = |(name, value): (&String, &Value)| {
            !matches!(name.as_str(), "method" | "visit" | "form") && !value.is_null()
        };
        !values.has_raw()
            && self.inquiries.is_empty()
            && !contact.iter().any(own)
            && (self.about.is_some() || values.record(Target::Case).is_empty())
    }

    /// The records that the slip makes. What was typed as a date and is none goes into the remarks: nothing is lost.
    pub fn records(
        &self,
        now: Duration,
        at: DateTime<FixedOffset>,
        labels: &dyn Fn(&str) -> String,
    ) -> Option<(Case, Contact)> {
        let values = self.form.values();
        let mut case: Case = read(values.record(Target::Case))?;
        let mut contact: Contact = read(values.record(Target::Contact))?;
        for field in SLIP {
            if let Some(raw) = values.raw(field) {
                let note = format!("{}: {raw}", labels(&field.label_key()));
                case.remarks.push_str(if case.remarks.is_empty() { "" } else { " " });
                case.remarks.push_str(&note);
            }
        }
        contact.at = Some(self.started_at);
        contact.ended_at = Some(at);
        contact.seconds = u32::try_from(self.seconds_at(now)).unwrap_or(u32::MAX);
        contact.pauses = self.pauses;
        contact.operator = self.operator;
        complete(&mut case, &mut contact);
        if case.summary.is_empty() {
            case.summary = first_line(&contact.text);
        }
        if self.about.is_none() {
            case.opened_at = Some(self.started_at);
            case.operator = self.operator;
        }
        Some((case, contact))
    }
}

/// What the choice of a form says by itself.
fn complete(case: &mut Case, contact: &mut Contact) {
    let form = SlipForm::of(&contact.form);
    if form == SlipForm::Standard {
        contact.form.clear();
    }
    if form == SlipForm::Discharge {
        if contact.topics.is_empty() {
            contact.topics.push(DISCHARGE_TOPIC.to_owned());
        }
        if contact.scene.is_empty() {
            DISCHARGE_SCENE.clone_into(&mut contact.scene);
        }
        slip::carry(case, contact);
    }
}

fn read<T: serde::de::DeserializeOwned>(members: Map<String, Value>) -> Option<T> {
    serde_json::from_value(Value::Object(members)).ok()
}

/// The first line with something on it, at most 60 characters.
fn first_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    line.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::msg::Now;

    #[test]
    fn only_what_was_typed_goes_over_to_another_case() {
        let wall = DateTime::parse_from_rfc3339("2026-11-24T14:29:00+09:00").unwrap();
        let model = Model::new(Now { wall, mono: Duration::ZERO });
        let mut call = Call::begin(Id::from_bytes([1; 16]), None, &model);
        let case = |number: &str, name: &str| Case {
            number: number.to_owned(),
            subject_name: name.to_owned(),
            ..Case::default()
        };
        call.go_on_with(Id::from_bytes([2; 16]), &case("R8-0001", "架空花枝"));
        call.form.change(|values| values.set_text(Target::Case, "area", "東部"));
        call.go_on_with(Id::from_bytes([3; 16]), &case("R8-0002", ""));
        let text = |member| call.form.values().text(Target::Case, member).to_owned();
        assert_eq!(
            (text("number"), text("area"), text("subject_name")),
            ("R8-0002".into(), "東部".into(), String::new())
        );
    }
}
