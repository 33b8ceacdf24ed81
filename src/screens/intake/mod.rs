//! 受付: the calls in progress and their slips. One key opens a slip from any screen; nothing is forced; a draft is on
//! the disk within a second of the last key.

pub mod beside;
pub mod call;
pub mod clocks;
mod explain;
pub mod fields;
pub mod head;
mod hints;
mod inquiry;
mod last;
pub mod memo;
mod outside;
mod proposals;
mod switch;
mod view;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use serde_json::{Value, json};

use super::Screen;
use super::form::Focus;
use super::form::field::Target;
use super::look::Look;
use crate::app::hands::{Hands, Request, Tone};
use crate::app::known::link;
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::desk::contact::GivenOffice;
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::say::Say;
use crate::keys::Action;
use crate::widgets::cache::PaneCache;
use crate::widgets::edit::Edit;

use beside::{Beside, Wanted};
use call::Call;
use last::Last;
use memo::labels::Labels;
use outside::Outside;
use proposals::Proposing;

/// The calls in progress.
#[derive(Debug, Default)]
pub struct Intake {
    calls: Vec<Call>,
    current: usize,
    /// Calls whose commit is on its way, with the case numbers that they are given: no key changes them any more.
    ending: Vec<(Id, String)>,
    /// The slip without the field in focus, and the panes beside and under it, as they were drawn last.
    slip: PaneCache,
    beside: PaneCache,
    known: Beside,
    outside: Outside,
    choices: PaneCache,
    /// What the signs of a memo may be followed by.
    labels: Labels,
    last: Last,
    proposing: Proposing,
}

impl Intake {
    /// Whether no call is in progress.
    pub fn is_idle(&self) -> bool {
        self.calls.is_empty()
    }

    /// The calls in progress, the oldest first.
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// The call in front.
    pub fn current(&self) -> Option<&Call> {
        self.calls.get(self.current)
    }

    /// The call of this draft, to be counted on.
    pub(crate) fn call_mut(&mut self, id: Id) -> Option<&mut Call> {
        self.calls.iter_mut().find(|call| call.id == id)
    }

    /// The index of the call in front.
    pub const fn current_index(&self) -> usize {
        self.current
    }

    /// Opens a slip; the call before is paused, without a key.
    pub fn begin(&mut self, id: Id, about: Option<Id>, model: &Model) {
        self.pause(model.now.mono);
        // Now, and not at the first sign in the memo, when somebody is talking.
        self.labels.refresh(model);
        self.calls.push(Call::begin(id, about, model));
        self.current = self.calls.len() - 1;
    }

    /// Takes up the drafts that an earlier run left; `cut_off`: it did not end by itself.
    pub fn restore(&mut self, drafts: &[(Id, Value)], cut_off: bool, model: &Model) {
        self.calls.extend(drafts.iter().filter_map(|(id, draft)| Call::restore(*id, draft, model)));
        self.calls.iter_mut().for_each(|call| call.rescued |= cut_off);
        self.calls.sort_by_key(|call| call.started_at);
        self.current = self.calls.len().saturating_sub(1);
    }

    /// Goes `by` calls on, around the end.
    pub fn switch_by(&mut self, by: isize, model: &Model) {
        let len = self.calls.len();
        if len > 0 {
            let to = self.current.checked_add_signed(by).unwrap_or(len - 1) % len;
            self.switch_to(to, model);
        }
    }

    /// Goes to the call at `index`; `false` if there is none.
    pub fn switch_to(&mut self, index: usize, model: &Model) -> bool {
        if index >= self.calls.len() {
            return false;
        }
        if index != self.current {
            self.pause(model.now.mono);
            self.current = index;
        }
        self.resume(model);
        true
    }

    /// Lets the clock of the call in front go on.
    pub fn resume(&mut self, model: &Model) {
        if let Some(call) = self.calls.get_mut(self.current) {
            call.resume(model.now.mono);
        }
    }

    fn pause(&mut self, now: Duration) {
        if let Some(call) = self.calls.get_mut(self.current) {
            call.pause(now);
        }
    }

    /// Takes an office (and a person there) into the call in front: 提供情報, with the number that is given out.
    ///
    /// `false` while the call is being saved: then nothing more goes on its slip.
    pub fn take_office(&mut self, id: Id, office: &Office, staff: Option<Id>, model: &Model) -> bool {
        let ending = &self.ending;
        let Some(call) = self.calls.get_mut(self.current).filter(|call| !among(ending, call.id)) else { return false };
        let person = staff.and_then(|staff| office.staff.get(&staff));
        let phone = person.map(|p| p.phone.as_str()).filter(|p| !p.is_empty()).unwrap_or(&office.phone);
        let given = GivenOffice {
            name: office.name.clone(),
            phone: phone.to_owned(),
            staff: person.map(|p| p.name.clone()).unwrap_or_default(),
            referred: false,
        };
        call.form.change(|values| {
            let mut offices = values.get(Target::Contact, "offices").cloned().unwrap_or_else(|| json!({}));
            if let Value::Object(members) = &mut offices {
                members.insert(id.to_string(), json!(given));
            }
            values.set(Target::Contact, "offices", offices);
        });
        call.touched(model.now.mono);
        true
    }

    /// When something is to be done without a key: a draft to be written, a clock to show its next second.
    pub fn deadline(&self, model: &Model) -> Option<Duration> {
        let drafts = self.calls.iter().filter(|c| !among(&self.ending, c.id)).filter_map(Call::save_at);
        let clock = self.current().and_then(|call| call.next_second(model.now.mono));
        drafts.chain(clock).min()
    }

    /// When the clock of the call in front shows its next second.
    pub fn next_second(&self, now: Duration) -> Option<Duration> {
        self.current().and_then(|call| call.next_second(now))
    }

    /// Asks for the drafts to be written whose time has come.
    pub fn save_drafts(&mut self, model: &Model, effects: &mut Vec<Effect>) {
        self.write_drafts(model, effects, false);
    }

    /// Asks for every draft to be written that is not on the disk.
    pub fn flush_drafts(&mut self, model: &Model, effects: &mut Vec<Effect>) {
        self.write_drafts(model, effects, true);
    }

    fn write_drafts(&mut self, model: &Model, effects: &mut Vec<Effect>, at_once: bool) {
        let now = model.now.mono;
        for call in self.calls.iter_mut().filter(|c| !among(&self.ending, c.id)) {
            call.memo.agree(&mut call.form, &mut self.labels, model);
            call.touched(now);
            if let Some(version) = call.take_version(now, at_once) {
                effects.push(Effect::SaveDraft { id: call.id, version, draft: call.draft(now) });
            }
        }
    }

    /// This version of a draft is on the disk.
    pub fn draft_saved(&mut self, id: Id, version: u64) {
        self.calls.iter_mut().filter(|call| call.id == id).for_each(|call| call.kept(version));
    }

    /// A draft could not be written.
    pub fn draft_not_saved(&mut self, id: Id, now: Duration) {
        self.calls.iter_mut().filter(|call| call.id == id).for_each(|call| call.not_kept(now));
    }

    /// The call is committed: its draft goes.
    pub fn ended(&mut self, id: Id, model: &Model, effects: &mut Vec<Effect>) {
        self.remove(id, effects);
        self.resume(model);
    }

    /// The call's commit failed: it can be changed and saved again.
    pub fn not_ended(&mut self, id: Id) {
        self.ending.retain(|(ending, _)| *ending != id);
    }

    /// Throws a draft away.
    pub fn drop_draft(&mut self, id: Id, effects: &mut Vec<Effect>) {
        self.remove(id, effects);
    }

    fn remove(&mut self, id: Id, effects: &mut Vec<Effect>) {
        self.ending.retain(|(ending, _)| *ending != id);
        if let Some(at) = self.calls.iter().position(|call| call.id == id) {
            self.calls.remove(at);
            if self.current > at || self.current == self.calls.len() {
                self.current = self.current.saturating_sub(1);
            }
        }
        effects.push(Effect::RemoveDraft { id });
    }

    fn save(&mut self, hands: &mut Hands<'_>) {
        let Some(call) = self.calls.get_mut(self.current) else { return };
        if among(&self.ending, call.id) {
            return;
        }
        call.form.settle(&hands.model.around());
        call.memo.agree(&mut call.form, &mut self.labels, hands.model);
        if call.is_blank() {
            hands.say(Say::new("intake-blank"), Tone::Warning);
            return;
        }
        // The case may have been taken back while the call went on: then the call makes a new one.
        let gone = |case: &Id| hands.model.complete && hands.model.brief(*case).is_none();
        call.about.take_if(|(case, _)| gone(case));
        let label = |key: &str| hands.locale.t(key).into_owned();
        let Some((mut case, contact)) = call.records(hands.model.now.mono, hands.model.now.wall, &label) else {
            hands.say(Say::new("intake-unreadable"), Tone::Bad);
            return;
        };
        let about = call.about.as_ref().map(|(id, seen)| (*id, Some(seen.as_ref())));
        let (case_id, seen) = about.unwrap_or_else(|| {
            let given = self.ending.iter().map(|(_, number)| number.as_str());
            case.number = hands.model.next_number(given, call.started_at.date_naive());
            (hands.ids.fresh(), None)
        });
        let told = (&case, (call.id, &contact));
        let batch = link::save_call(&hands.model.known, hands.model.me, case_id, seen, told);
        let mut batch = batch;
        batch.edits.extend(inquiry::edits(&call.inquiries, case_id, hands));
        self.ending.push((call.id, case.number.clone()));
        hands.ask(Request::CommitCall(call.id, batch));
    }

    /// Whether the call in front is being saved: what is typed now would be on no slip, so it is refused and told.
    fn is_ending(&self, hands: &mut Hands<'_>) -> bool {
        let ending = self.current().is_some_and(|call| among(&self.ending, call.id));
        if ending {
            hands.say(Say::new("intake-ending"), Tone::Warning);
        }
        ending
    }

    /// Flags or unflags the case on the slip.
    fn flag(&mut self, hands: &mut Hands<'_>) {
        let Some(call) = self.calls.get_mut(self.current) else { return };
        let flagged = call.form.values().get(Target::Case, "flag").is_some();
        let flag = json!({ "reason": "", "at": hands.model.now.wall, "by": hands.model.me });
        call.form.change(|values| values.set(Target::Case, "flag", if flagged { Value::Null } else { flag }));
        call.touched(hands.model.now.mono);
        hands.say(Say::new(if flagged { "intake-unflagged" } else { "intake-flagged" }), Tone::Good);
    }

    fn park(&mut self, hands: &mut Hands<'_>) {
        self.pause(hands.model.now.mono);
        hands.ask(Request::Go(super::ScreenName::Queue));
        hands.say(Say::new("intake-parked"), Tone::Good);
    }

    fn stamp_time(&mut self, hands: &Hands<'_>) {
        let Some(call) = self.calls.get_mut(self.current) else { return };
        let around = hands.model.around();
        if call.form.takes() != Focus::Area {
            call.form.focus_member(Target::Contact, "text", &around);
        }
        let fresh_line = call.form.values().text(Target::Contact, "text").ends_with(|c| c != '\n');
        let time = hands.model.now.wall.format("%H:%M ").to_string();
        call.form.insert(&if fresh_line { format!("\n{time}") } else { time }, &around);
    }

    fn ask_to_drop(&self, hands: &mut Hands<'_>) {
        let Some(call) = self.current() else { return };
        let id = call.id;
        // Of an empty slip nothing is lost.
        if call.is_blank() {
            return hands.ask(Request::DropDraft(id));
        }
        let question = Say::new("intake-drop-question");
        hands.open(crate::popups::confirm::Confirm::new(question, move |hands| hands.ask(Request::DropDraft(id))));
    }
}

impl Screen for Intake {
    fn takes(&self) -> Focus {
        self.current().map_or(Focus::None, |call| call.form.takes())
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        let before = (self.is_on_caller(), self.is_outside(hands.model));
        self.no_slash();
        let done = self.act_on_slip(action, hands);
        self.carry_caller(before.0);
        self.tell_outside(before.1, hands);
        done
    }

    fn text(&mut self, text: &str, hands: &mut Hands<'_>) {
        if self.is_ending(hands) {
            return;
        }
        let before = (self.is_on_caller(), self.is_outside(hands.model));
        if self.slash(text, hands) {
            self.touch(hands.model.now.mono);
        } else if let Some(call) = self.calls.get_mut(self.current) {
            memo::text(call, &mut self.labels, text, hands);
            call.touched(hands.model.now.mono);
        }
        self.carry_caller(before.0);
        self.tell_outside(before.1, hands);
    }

    fn edit(&mut self, edit: Edit<'_>, hands: &mut Hands<'_>) {
        self.no_slash();
        if self.is_ending(hands) {
            return;
        }
        if let Some(call) = self.calls.get_mut(self.current) {
            memo::edit(call, &mut self.labels, edit, hands);
            call.touched(hands.model.now.mono);
        }
    }

    fn hints(&self) -> &'static [Action] {
        hints::of(self)
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        view::view(self, model, look, area, buf)
    }
}

impl Intake {
    fn act_on_slip(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        let writes = [
            Action::SameAsLast,
            Action::ClearField,
            Action::FlagMeeting,
            Action::StampTime,
            Action::Undo,
            Action::DropDraft,
            Action::NextForm,
            Action::ReferOn,
            Action::AskDoctor,
        ];
        if writes.contains(&action) && self.is_ending(hands) {
            return true;
        }
        let around = hands.model.around();
        let Some(call) = self.calls.get_mut(self.current) else { return false };
        if memo::act(call, action) {
            return true;
        }
        if self.known.act(action, call, hands) {
            self.touch(hands.model.now.mono);
            return true;
        }
        match action {
            Action::NextField | Action::Down => {
                call.form.next(&around);
            }
            Action::PreviousField | Action::Up => {
                call.form.previous(&around);
            }
            Action::NextPage | Action::PageDown => call.form.turn_page(true, &around),
            Action::PreviousPage | Action::PageUp => call.form.turn_page(false, &around),
            Action::ClearField => call.form.clear(),
            // While a slip is open, undo is about what was typed on it, never about what is already kept.
            Action::Undo => {
                if call.form.undo() {
                    call.follow(&around);
                    call.memo.came_back();
                } else {
                    hands.say(Say::new("intake-nothing-to-undo"), Tone::Warning);
                }
            }
            Action::SaveCall => self.save(hands),
            Action::NextForm => self.switch_form(hands),
            Action::ReferOn => self.refer_on(hands),
            Action::SameAsLast => self.repeat(hands),
            Action::ExplainField => explain::explain(&call.form, hands),
            Action::FlagMeeting => self.flag(hands),
            Action::StampTime => self.stamp_time(hands),
            Action::DropDraft => self.ask_to_drop(hands),
            Action::AskDoctor => self.ask_doctor(hands),
            Action::ShowPath => self.show_path(hands),
            // Esc never throws away: the slip stays as it is, and the way back to it is said.
            Action::ParkCall | Action::Back | Action::Cancel => self.park(hands),
            _ => return false,
        }
        self.touch(hands.model.now.mono);
        true
    }

    /// Looks at what is known of the call in front; gives what must be read for it.
    pub fn look_beside(&mut self, model: &Model) -> Wanted {
        // What the memo says is on the slip before anybody looks at it: else all this would lag behind by a key.
        if let Some(call) = self.calls.get_mut(self.current) {
            call.memo.agree(&mut call.form, &mut self.labels, model);
        }
        self.outside.look(self.calls.get(self.current), model);
        let wanted = self.known.look(self.calls.get_mut(self.current), model);
        if let Some(call) = self.calls.get_mut(self.current) {
            self.proposing.propose(call, model);
        }
        wanted
    }

    /// The call in front goes on with this earlier case.
    pub fn go_on_with(&mut self, case: Id) {
        self.known.expect(case);
    }

    fn touch(&mut self, now: Duration) {
        if let Some(call) = self.calls.get_mut(self.current) {
            call.touched(now);
        }
    }
}

fn among(ending: &[(Id, String)], id: Id) -> bool {
    ending.iter().any(|(ending, _)| *ending == id)
}

/// Who a call is from, for the line of calls: name, office, or kind of caller.
pub fn who(call: &Call, look: &Look<'_>) -> String {
    let values = call.form.values();
    let text = |member| values.text(Target::Contact, member);
    let kind = look.short_code("caller-kind", text("caller_kind"));
    let name = [text("caller_name"), text("caller_office")].into_iter().find(|t| !t.is_empty()).unwrap_or_default();
    match (kind.is_empty(), name.is_empty()) {
        (true, true) => look.t("intake-nobody-yet").into_owned(),
        (false, false) => format!("{kind} {name}"),
        _ => format!("{kind}{name}"),
    }
}

#[cfg(test)]
mod tests;
