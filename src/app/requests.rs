//! What screens and popups asked for, carried out.

use super::hands::{Hands, Request, Tone};
use super::model::Phase;
use super::msg::{Effect, Query};
use super::{App, Pending};
use crate::desk::access::{Access, Details, Look, session};
use crate::desk::id::Id;
use crate::desk::operator::Role;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::say::Say;
use crate::keys::Action;
use crate::popups::calls::Calls;
use crate::print::Job;
use crate::screens::ScreenName;
use crate::screens::intake::clocks;

/// FAX (list `method`).
const FAX: &str = "4";

impl App {
    pub(super) fn carry_out(&mut self, tray: Vec<Request>) {
        for request in tray {
            self.request(request);
        }
    }

    fn request(&mut self, request: Request) {
        match request {
            Request::Commit(batch) => self.commit(batch, Pending::Plain),
            Request::CommitCall(draft, mut batch) => {
                batch.edits.extend(self.count_end(draft));
                self.commit(batch, Pending::Call(draft));
            }
            // There is nothing behind a viewer's lists.
            Request::Load(_) if self.model.role() == Role::Viewer => {}
            Request::Dispose(disposal) => {
                self.model.saving += 1;
                let (ticket, operator) = (self.ticket(Pending::Plain), self.model.me);
                self.effects.push(Effect::Dispose { ticket, disposal, operator });
            }
            Request::Load(query) => {
                if let Query::History(record) = query {
                    self.look(Look::new(Access::History, record));
                }
                self.tickets += 1;
                let ticket = super::msg::Ticket(self.tickets);
                self.effects.push(Effect::Load { ticket, query });
            }
            Request::Open(popup) => self.open(popup),
            Request::Go(screen) => self.go(screen),
            Request::Say(say, tone) => self.say(say, tone),
            Request::Copy(text) => {
                self.effects.push(Effect::Copy(text));
                self.say(Say::new("app-copied"), Tone::Good);
            }
            Request::Print(record, job) => self.print(record, job),
            Request::GoToCall(id) => {
                let place = self.intake.calls().iter().position(|call| call.id == id);
                self.go_to_call(place.map(|place| place + 1));
            }
            Request::ReferTo(desk) => {
                let mut tray = Vec::new();
                let mut hands = Hands { model: &self.model, locale: &self.locale, ids: &mut self.ids, tray: &mut tray };
                self.intake.refer_to(desk, &mut hands);
                self.carry_out(tray);
            }
            Request::TakeOffice(office, staff) => self.take_office(office, staff),
            Request::TakeInquiry(inquiry, taking) => {
                let fax = inquiry.means == FAX && inquiry.is_waiting();
                let taken = self.intake.take_inquiry(*inquiry, taking.as_ref(), &self.model);
                let key = match (taken, fax) {
                    (false, _) => "intake-ending",
                    // The sheet needs the number of a case, which the call has only when it is kept.
                    (true, true) => "inquiry-kept-fax-later",
                    (true, false) => "inquiry-kept-with-call",
                };
                self.say(Say::new(key), if taken { Tone::Good } else { Tone::Warning });
            }
            Request::CallAbout(case) => self.call_about(case),
            Request::GoOnWith(case) => self.go_on_with(case),
            Request::Act(action) => self.act(action),
            Request::NarrowCases(filter) => {
                self.queue.filter(filter);
                self.look_again();
            }
            Request::ShowCase(case) => {
                self.queue.show(case, &self.model);
                self.go(ScreenName::Queue);
            }
            Request::SearchWords(words) => self.directory.search_words(&words),
            Request::FilterOffices(kind) => self.directory.show_kind(kind),
            Request::ShowOffice(office) => self.directory.expect(office),
            Request::Practise => self.practise_when_open(),
            Request::SetUp(setup) => self.effects.push(Effect::SetUp(setup)),
            Request::Speak(lang) => self.speak(lang),
            Request::NarrowLog(filter) => {
                self.model.log_filter = filter;
                self.look_again();
            }
            Request::Look(look) => self.look(look),
            Request::Sheets(wish) => self.wish_sheets(wish),
            Request::Backup(task) => self.order_backup(task, false),
            Request::GiveReason(case, reason) => self.give_reason(case, reason),
            Request::WorkAs(operator) => self.work_as(operator),
            Request::Enter(effect) => {
                if let Effect::OpenInstead(_) = effect {
                    self.model.phase = Phase::Opening;
                }
                self.effects.push(effect);
            }
            Request::Keys(task) => self.ask_keys(task),
            Request::DropDraft(draft) => {
                self.intake.drop_draft(draft, &mut self.effects);
                self.say(Say::new("intake-dropped"), Tone::Warning);
            }
        }
    }

    /// The actions that open, switch and park calls, from any screen.
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the actions about calls mean something here")]
    pub(super) fn act_on_calls(&mut self, action: Action) -> bool {
        if self.model.phase != Phase::Ready {
            return false;
        }
        match action {
            Action::NewCall => self.new_call(None),
            // One key from any screen to the first field: with no call in progress, going there begins one.
            Action::GoIntake if self.intake.is_idle() => self.new_call(None),
            Action::GoIntake => self.go_to_intake(),
            Action::ShowCalls => self.show_calls(),
            Action::NextCall => self.switch_call(1),
            Action::PreviousCall => self.switch_call(-1),
            Action::FlagMeeting => self.say(Say::new("app-no-case-here"), Tone::Warning),
            _ => return self.go_to_call(action.call_number()),
        }
        true
    }

    /// Noted before it is made: what left the desk must not be missing in the log, so nothing is made where it cannot be
    /// noted.
    fn print(&mut self, record: RecordKey, job: Box<Job>) {
        if self.refuse_to_write() {
            return;
        }
        let file = job.made.name().to_owned();
        let details = Details { task: job.paper.task().to_owned(), to: job.paper.logged(), file, ..Details::default() };
        self.look(Look::new(Access::Print, record).with(details));
        self.effects.push(Effect::Print(job));
    }

    fn go_to_call(&mut self, number: Option<usize>) -> bool {
        let there = number.is_some_and(|number| self.intake.switch_to(number - 1, &self.model));
        if there {
            self.go_to_intake();
        }
        there
    }

    /// Lists the calls in progress with their clocks and what each still lacks.
    fn show_calls(&mut self) {
        if self.intake.is_idle() {
            self.say(Say::new("intake-no-call"), Tone::Warning);
            return;
        }
        let lines = clocks::lines(&self.intake, &self.model, &self.look_of());
        self.open(Box::new(Calls::new(lines, self.intake.current().map(|call| call.id))));
    }

    fn switch_call(&mut self, by: isize) {
        if self.intake.is_idle() {
            self.say(Say::new("intake-no-call"), Tone::Warning);
            return;
        }
        // From another screen the first press only comes back to the call that was left.
        if self.screen == ScreenName::Intake {
            self.intake.switch_by(by, &self.model);
        }
        self.go_to_intake();
    }

    fn go_to_intake(&mut self) {
        self.leave();
        self.screen = ScreenName::Intake;
        self.intake.resume(&self.model);
        self.dirty = true;
    }

    fn new_call(&mut self, about: Option<Id>) {
        // What cannot be kept is not to be typed: a call is better taken on paper than lost.
        if self.refuse_to_write() {
            return;
        }
        self.leave();
        let id = self.ids.fresh();
        self.intake.begin(id, about, &self.model);
        self.screen = ScreenName::Intake;
        self.dirty = true;
    }

    fn call_about(&mut self, case: Id) {
        let details = Details { task: "contact".to_owned(), ..Details::default() };
        self.look(Look::new(Access::Open, RecordKey::new(Kind::Case, case)).with(details));
        self.new_call(Some(case));
    }

    fn take_office(&mut self, office: Id, staff: Option<Id>) {
        let Some(found) = self.model.offices.get(&office) else { return };
        if self.intake.is_idle() {
            self.say(Say::new("intake-no-call"), Tone::Warning);
            return;
        }
        let say = Say::new("intake-office-taken").with("office", found.name.clone());
        if !self.intake.take_office(office, found, staff, &self.model) {
            self.say(Say::new("intake-ending"), Tone::Warning);
            return;
        }
        self.go_to_intake();
        self.say(say, Tone::Good);
    }

    fn work_as(&mut self, operator: Id) {
        self.model.me = operator;
        self.deeds.clear();
        self.look_afresh();
        self.effects.push(Effect::Look(session(Access::Login, operator, false)));
        self.effects.push(Effect::RememberOperator(operator));
        self.follow_language();
        self.say(Say::new("app-works-as").with("name", self.model.operator_name(operator)), Tone::Good);
    }
}
