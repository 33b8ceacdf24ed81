//! What the keys do to cases: each asks for edits, or opens what asks for more.

use super::looks::wants_reason;
use super::{Queue, Wanted, choose, close, due, paper};
use crate::app::hands::{Hands, Request, Tone};
use crate::app::known::link;
use crate::app::msg::Query;
use crate::desk::access::{Access, Details};
use crate::desk::brief::Brief;
use crate::desk::case::{Case, Status};
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::say::Say;
use crate::keys::Action;
use crate::popups::history::History;
use crate::popups::inquiry_sheet::{self, About};
use crate::popups::path;
use crate::popups::picker::{Picker, codes};
use crate::popups::policy;
use crate::popups::prompt::Prompt;
use crate::popups::sheet::Sheet;
use crate::screens::form::Form;
use crate::screens::form::field::Target;
use crate::screens::form::values::Values;
use crate::screens::keeping::retention::hold;

impl Wanted {
    /// The action that leads to it, where a reason may be asked first. Taking a call is never held up.
    const fn action(self) -> Option<Action> {
        match self {
            Self::Contact => None,
            Self::Edit => Some(Action::Edit),
            Self::Close => Some(Action::CloseCase),
            Self::Phone => Some(Action::CopyPhone),
            Self::Policy => Some(Action::SharedPolicy),
            Self::Paper => Some(Action::Print),
            Self::Doctor => Some(Action::AskDoctor),
            Self::Path => Some(Action::ShowPath),
        }
    }
}

impl Queue {
    /// An action about the current or the marked cases.
    pub(super) fn act_on_cases(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        match action {
            Action::FilterStatus => choose::status_filter(&self.filter, hands),
            Action::FilterOperator => choose::operator_filter(&self.filter, hands),
            Action::FilterArea => choose::area_filter(&self.filter, hands),
            Action::AddContact => self.with_file(Wanted::Contact, hands),
            Action::Edit => self.with_file(Wanted::Edit, hands),
            Action::CopyPhone => self.with_file(Wanted::Phone, hands),
            Action::CloseCase => self.close(hands),
            Action::ReopenCase => self.on_targets(hands, reopen),
            Action::SetStatus => self.on_targets(hands, set_status),
            Action::SetUrgency => self.on_targets(hands, set_urgency),
            Action::SetOperator => self.on_targets(hands, set_operator),
            Action::SetDue => self.on_targets(hands, due::ask),
            Action::FlagMeeting => self.on_targets(hands, flag),
            Action::FlagReason => self.on_targets(hands, flag_with_reason),
            Action::SharedPolicy => self.with_file(Wanted::Policy, hands),
            Action::Print => self.with_file(Wanted::Paper, hands),
            Action::AskDoctor => self.with_file(Wanted::Doctor, hands),
            Action::ShowPath => self.with_file(Wanted::Path, hands),
            Action::HoldCase => self.on_targets(hands, hold),
            Action::History => self.history(hands),
            _ => return false,
        }
        true
    }

    /// Does something to the marked cases, or to the current one; says so where there is none.
    fn on_targets(&self, hands: &mut Hands<'_>, act: impl FnOnce(&[Id], &mut Hands<'_>)) {
        let targets = self.targets();
        if targets.is_empty() {
            hands.say(Say::new("queue-no-case"), Tone::Warning);
        } else {
            act(&targets, hands);
        }
    }

    /// What needs the whole case: at once if it is there, else as soon as it has arrived.
    fn with_file(&mut self, wanted: Wanted, hands: &mut Hands<'_>) {
        let Some(case) = self.current() else {
            hands.say(Say::new("queue-no-case"), Tone::Warning);
            return;
        };
        if wanted.action().is_some_and(|action| wants_reason(case, action, hands)) {
            return;
        }
        if hands.model.file.as_ref().is_some_and(|file| file.id == case) {
            Self::go_on(wanted, hands);
        } else {
            self.wanted = Some((case, wanted));
        }
    }

    /// Goes on with what waited for the case that is there now.
    pub(super) fn go_on(wanted: Wanted, hands: &mut Hands<'_>) {
        let Some(file) = &hands.model.file else { return };
        match wanted {
            Wanted::Contact => hands.ask(Request::CallAbout(file.id)),
            Wanted::Edit => {
                note(file.id, "edit", hands);
                edit(file.id, file.case.clone(), hands);
            }
            Wanted::Close => {
                note(file.id, "close", hands);
                close::ask(file, hands);
            }
            Wanted::Phone => copy_phone(hands),
            Wanted::Policy => {
                note(file.id, "edit", hands);
                policy::open(file, hands);
            }
            Wanted::Paper => paper::ask(file, hands),
            Wanted::Doctor => {
                note(file.id, "inquiry", hands);
                inquiry_sheet::open(About::Kept(Box::new(file.clone())), hands);
            }
            Wanted::Path => path::open(&file.case.area, &file.case.facility, hands),
        }
    }

    fn close(&mut self, hands: &mut Hands<'_>) {
        if self.file.is_none() && self.marked.len() > 1 {
            hands.say(Say::new("queue-close-one"), Tone::Warning);
            return;
        }
        let case = self.targets().first().copied();
        let open = case.and_then(|case| hands.model.brief(case)).map(Brief::is_open);
        if open == Some(false) {
            hands.say(Say::new("queue-already-closed"), Tone::Warning);
            return;
        }
        // A single mark may stand on another row than the choice: that one is meant.
        if let Some(case) = case.filter(|_| self.file.is_none()) {
            self.choose(case);
        }
        self.with_file(Wanted::Close, hands);
    }

    fn history(&self, hands: &mut Hands<'_>) {
        let Some(case) = self.current() else {
            hands.say(Say::new("queue-no-case"), Tone::Warning);
            return;
        };
        if wants_reason(case, Action::History, hands) {
            return;
        }
        let record = RecordKey::new(Kind::Case, case);
        let popup = History::new(record, hands);
        hands.ask(Request::Load(Query::History(record)));
        hands.open(popup);
    }
}

/// Notes that a case was looked at to do this to it.
fn note(case: Id, task: &str, hands: &mut Hands<'_>) {
    let details = Details { task: task.to_owned(), ..Details::default() };
    hands.look(Access::Open, RecordKey::new(Kind::Case, case), details);
}

/// The name of one case, or how many there are, for the title of a popup.
pub(super) fn about(key: &'static str, cases: &[Id], hands: &Hands<'_>) -> Say {
    let what = match cases {
        [case] => hands.model.brief(*case).map(|brief| brief.number().to_string()).unwrap_or_default(),
        several => {
            let count = several.len().to_string();
            hands.locale.f("queue-count", &[("count", &count)]).into_owned()
        }
    };
    Say::new(key).with("what", what)
}

fn briefs<'a>(cases: &'a [Id], hands: &'a Hands<'_>) -> impl Iterator<Item = &'a Brief> {
    cases.iter().filter_map(|case| hands.model.brief(*case))
}

fn set_status(cases: &[Id], hands: &mut Hands<'_>) {
    let single = cases.len() == 1;
    let mut choices = codes("status", hands);
    // Several cases have several ends: each is closed with its own outcome.
    choices.retain(|choice| single || choice.code != Status::Closed.name());
    let now = briefs(cases, hands).next().map(|brief| brief.status.name());
    let title = about("queue-set-status", cases, hands);
    let cases = cases.to_vec();
    hands.open(Picker::new(title, choices, now, move |hands, code| {
        let Some(to) = Status::ALL.into_iter().find(|status| status.name() == code) else { return };
        if to == Status::Closed {
            hands.ask(Request::Act(Action::CloseCase));
            return;
        }
        let from: Vec<_> = briefs(&cases, hands).map(|brief| (brief.id, brief.status)).collect();
        match edits::set_status(hands.model.me, &from, to, hands.model.now.wall) {
            Some(batch) => hands.commit(batch),
            None => hands.say(Say::new("queue-same"), Tone::Warning),
        }
    }));
}

fn set_urgency(cases: &[Id], hands: &mut Hands<'_>) {
    let choices = codes("urgency", hands);
    let now = briefs(cases, hands).next().map(|brief| brief.urgency.to_string());
    let title = about("queue-set-urgency", cases, hands);
    let cases = cases.to_vec();
    hands.open(Picker::new(title, choices, now.as_deref(), move |hands, code| {
        hands.commit(edits::set_urgency(hands.model.me, &cases, code));
    }));
}

fn set_operator(cases: &[Id], hands: &mut Hands<'_>) {
    let choices = choose::operators(hands, false);
    let now = briefs(cases, hands).next().map(|brief| brief.operator.to_string());
    let title = about("queue-set-operator", cases, hands);
    let cases = cases.to_vec();
    hands.open(Picker::new(title, choices, now.as_deref(), move |hands, code| {
        if let Ok(operator) = code.parse() {
            hands.commit(edits::set_operator(hands.model.me, &cases, operator));
        }
    }));
}

fn reopen(cases: &[Id], hands: &mut Hands<'_>) {
    let closed: Vec<_> = briefs(cases, hands).filter(|b| !b.is_open()).map(|b| (b.id, b.status)).collect();
    match edits::set_status(hands.model.me, &closed, Status::Active, hands.model.now.wall) {
        Some(batch) => hands.commit(batch),
        None => hands.say(Say::new("queue-not-closed"), Tone::Warning),
    }
}

/// Flags those that are not flagged; where all are, takes the flags off.
fn flag(cases: &[Id], hands: &mut Hands<'_>) {
    let bare: Vec<Id> = briefs(cases, hands).filter(|brief| brief.flag.is_none()).map(|brief| brief.id).collect();
    let batch = if bare.is_empty() {
        edits::unflag(hands.model.me, cases)
    } else {
        edits::flag(hands.model.me, &bare, "", hands.model.now.wall)
    };
    hands.commit(batch);
}

fn flag_with_reason(cases: &[Id], hands: &mut Hands<'_>) {
    let reason = briefs(cases, hands).find_map(|brief| brief.flag.as_ref().map(|flag| flag.reason.clone()));
    let title = about("queue-flag-title", cases, hands);
    let about = Say::new("queue-flag-about");
    let cases = cases.to_vec();
    hands.open(Prompt::new(title, about, &reason.unwrap_or_default(), move |hands, reason| {
        hands.commit(edits::flag(hands.model.me, &cases, reason, hands.model.now.wall));
        Ok(())
    }));
}

/// Every field of the case, to be changed; only what differs from what the operator saw is written.
fn edit(id: Id, before: Case, hands: &mut Hands<'_>) {
    let mut values = Values::default();
    if let serde_json::Value::Object(members) = edits::compact(&before) {
        values.set_record(Target::Case, members);
    }
    let title = about("queue-edit-title", &[id], hands);
    hands.open(Sheet::new(title, Form::new(super::fields::CASE, values), move |hands, values| {
        let record = serde_json::Value::Object(values.record(Target::Case));
        let after: Case = serde_json::from_value(record).map_err(|_| Say::new("queue-unreadable"))?;
        let fresh = hands.ids.fresh();
        match link::edit_case(&hands.model.known, hands.model.me, id, (&before, &after), fresh) {
            Some(batch) => hands.commit(batch),
            None => hands.say(Say::new("queue-same"), Tone::Warning),
        }
        Ok(())
    }));
}

/// The number of whoever called last, else the person's.
fn copy_phone(hands: &mut Hands<'_>) {
    let Some(file) = &hands.model.file else { return };
    let callers = file.contacts.iter().rev().map(|(_, contact)| contact.phone.as_str());
    let phone = callers.chain([file.case.phone.as_str()]).find(|phone| !phone.is_empty());
    match phone.map(str::to_owned) {
        Some(phone) => {
            let details = Details { task: "phone".to_owned(), ..Details::default() };
            hands.look(Access::Copy, RecordKey::new(Kind::Case, file.id), details);
            hands.ask(Request::Copy(phone));
        }
        None => hands.say(Say::new("queue-no-phone"), Tone::Warning),
    }
}
