//! Makes the demo's batches from its tables, through the same edits that the screens use.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, Timelike};

use super::offices::AREAS;
use super::people::{CITY, DESK, FOUNDER, OPERATORS};
use super::rounds::CHECKS_HOLD;
use super::stories::{self, Agreed, Call, End, Story, Talked, When};
use super::time::{Time, later};
use crate::app::known::{Known, link};
use crate::desk::case::{Case, Flag, Status};
use crate::desk::contact::{Contact, GivenOffice};
use crate::desk::edits;
use crate::desk::eligibility::Rule;
use crate::desk::id::Id;
use crate::desk::number::next_number;
use crate::desk::office::Office;
use crate::desk::operator::{DeskProfile, Operator};
use crate::desk::person::is_private;
use crate::desk::policy::Policy;
use crate::desk::record::Batch;
use crate::desk::usage::{self, Kept, Tally};

/// The maker of the demo.
pub(super) struct Build<'a> {
    pub time: Time,
    pub ids: &'a mut dyn FnMut() -> Id,
    pub operators: Vec<Id>,
    /// Identity and telephone number of each office, by name.
    pub offices: BTreeMap<&'static str, (Id, String)>,
    /// The desk.
    pub desk: Id,
    /// The offices, as they are entered.
    pub listed: Vec<(Id, Office)>,
    /// When each office was checked last, before the round; none: never.
    pub checked: Vec<(Id, Option<NaiveDate>)>,
    /// The first person at each office that has any.
    pub staff: BTreeMap<Id, Id>,
    /// The cases by what they are about: identity, whose it is, when its last call ended.
    pub cases: BTreeMap<&'static str, (Id, Id, DateTime<FixedOffset>)>,
    /// Flags that the past meeting talked about, with what it said.
    pub talked: Vec<(Id, Flag, &'static Talked)>,
    /// Flags for the next meeting.
    pub flagged: Vec<(Id, Flag)>,
    /// Who has called so far.
    known: Known,
    /// The persons of the story for which a policy is agreed.
    repeating: Vec<Id>,
    batches: Vec<(DateTime<FixedOffset>, Batch)>,
}

impl<'a> Build<'a> {
    pub fn new(time: Time, ids: &'a mut dyn FnMut() -> Id) -> Self {
        Self {
            time,
            ids,
            operators: Vec::new(),
            offices: BTreeMap::new(),
            desk: Id::NIL,
            listed: Vec::new(),
            checked: Vec::new(),
            staff: BTreeMap::new(),
            cases: BTreeMap::new(),
            talked: Vec::new(),
            flagged: Vec::new(),
            known: Known::default(),
            repeating: Vec::new(),
            batches: Vec::new(),
        }
    }

    pub fn push(&mut self, at: DateTime<FixedOffset>, batch: Batch) {
        self.batches.push((at, batch));
    }

    /// Pushes a batch where there is one.
    pub fn batches_of(&mut self, at: DateTime<FixedOffset>, batch: Option<Batch>) {
        self.batches.extend(batch.map(|batch| (at, batch)));
    }

    pub fn operator(&self, index: usize) -> Id {
        self.operators.get(index).copied().unwrap_or_default()
    }

    /// The desk and who sits at it.
    pub fn set_up(&mut self) {
        let profile = DeskProfile {
            name: DESK.to_owned(),
            founder: FOUNDER.to_owned(),
            phone: "0834-00-1000".to_owned(),
            fax: "0834-00-1001".to_owned(),
            areas: AREAS.map(str::to_owned).to_vec(),
            meeting_rule: "2-tue".to_owned(),
            demo: true,
            callers: Rule::Professionals.code().to_owned(),
            verify_months: Some(CHECKS_HOLD),
            ..DeskProfile::default()
        };
        let desk = (self.ids)();
        self.desk = desk;
        let at = self.time.at(self.time.first(), 8, 30);
        for person in &OPERATORS {
            let id = (self.ids)();
            let operator = Operator {
                name: person.name.to_owned(),
                kana: person.kana.to_owned(),
                qualifications: person.qualifications.iter().map(|q| (*q).to_owned()).collect(),
                role: person.role.code().to_owned(),
                ..Operator::default()
            };
            let batch = match self.operators.first() {
                None => edits::set_up(desk, &profile, id, &operator),
                Some(first) => edits::add_operator(*first, id, &operator),
            };
            self.operators.push(id);
            self.push(at, batch);
        }
    }

    /// Every case, numbered in the order of its first call.
    pub fn cases(&mut self) {
        let mut stories: Vec<(DateTime<FixedOffset>, &'static Story)> = stories::all()
            .filter_map(|story| {
                let first = story.calls.first()?;
                Some((self.time.at(self.time.day(first.when), first.at.0, first.at.1), story))
            })
            .collect();
        stories.sort_by_key(|(at, _)| *at);
        let mut last: Option<String> = None;
        for (at, story) in stories {
            let number = next_number(last.as_deref(), at.date_naive());
            self.case(story, &number);
            last = Some(number);
        }
    }

    fn case(&mut self, story: &'static Story, number: &str) {
        let id = (self.ids)();
        let by = self.operator(story.operator);
        let mut case: Option<Case> = None;
        let mut settled = self.time.at(self.time.first(), 9, 0);
        for call in story.calls {
            if let (When::AfterMeeting(_), Some(case)) = (call.when, case.as_mut()) {
                self.before_meeting(story, id, by, case, settled);
            }
            let mut contact = self.contact(story, call, by, case.is_none());
            let at = contact.at.unwrap_or(settled);
            settled = contact.ended_at.unwrap_or(at);
            let contact_id = (self.ids)();
            let mut after = case.clone().unwrap_or_else(|| new_case(story, number, at, by));
            if case.is_some() && after.status == Status::Received {
                after.status = Status::Active;
            }
            edits::fill_from_contact(&mut after, &contact);
            let persons = link::link(&self.known, id, &mut after, contact_id, &mut contact);
            let on = contact.at.map(|at| at.date_naive());
            let batch = edits::save_call(by, id, case.as_ref(), &after, (contact_id, &contact));
            let mut batch = edits::with_persons(batch, id, on, &persons);
            batch.edits.extend(on.map(|on| usage::note(by, on, (self.ids)(), &effort(&contact))));
            self.push(settled, batch);
            link::note(&mut self.known, id, on, &persons);
            if story.policy.is_some() {
                let family = Some(contact.caller_person).filter(|_| is_private(&contact.caller_kind));
                self.repeating.extend(family.into_iter().chain([after.subject_person]));
            }
            case = Some(after);
        }
        let Some(mut case) = case else { return };
        self.cases.insert(story.summary, (id, by, settled));
        if let Some(policy) = &story.policy {
            self.policy(policy, id, by, settled);
        }
        if story.talked.is_some() {
            self.before_meeting(story, id, by, &mut case, settled);
            settled = settled.max(self.time.at(self.time.past_meeting, 14, 45));
        }
        self.end(story, id, by, &case, settled);
    }

    /// What all desks say to a family that asks at each of them.
    fn policy(&mut self, told: &Agreed, case: Id, by: Id, at: DateTime<FixedOffset>) {
        let persons = std::mem::take(&mut self.repeating).into_iter().filter(|person| !person.is_nil());
        let agreed_on = Some(at.date_naive());
        let policy = Policy {
            case,
            persons: persons.map(|person| (person, true)).collect(),
            say: told.say.to_owned(),
            avoid: told.avoid.to_owned(),
            desks: told.desks.to_owned(),
            agreed_on,
            review_on: days_from(self.time.today, told.review),
            expires_on: days_from(self.time.today, told.expires),
            by,
            ..Policy::default()
        };
        let id = (self.ids)();
        if let Some(batch) = edits::write_policy(by, id, None, &policy) {
            self.push(later(at, 2), batch);
        }
    }

    /// Flags a case for the past meeting, once; afterwards it stands as the meeting leaves it.
    fn before_meeting(&mut self, story: &'static Story, id: Id, by: Id, case: &mut Case, at: DateTime<FixedOffset>) {
        let Some(talked) = story.talked.as_ref() else { return };
        if self.talked.iter().any(|(known, ..)| *known == id) {
            return;
        }
        let flag = Flag { reason: talked.reason.to_owned(), at: later(at, 3), by };
        self.push(flag.at, edits::flag(by, &[id], talked.reason, flag.at));
        let waiting = edits::set_status(by, &[(id, case.status)], Status::WaitingMeeting, later(at, 4));
        if let Some(batch) = waiting {
            self.push(later(at, 4), batch);
        }
        self.talked.push((id, flag, talked));
        case.status = if talked.deferred { Status::WaitingMeeting } else { Status::Active };
    }

    fn end(&mut self, story: &Story, id: Id, by: Id, case: &Case, settled: DateTime<FixedOffset>) {
        match story.end {
            End::Closed { days, outcome, note } => {
                let day = self.time.after(settled.date_naive(), days);
                let at = self.time.at(day, 16, 40).max(later(settled, 10));
                self.push(at, edits::close(by, id, outcome, note, at));
            }
            End::Open { status, next, due } => {
                let status = Status::ALL.into_iter().find(|s| s.name() == status).unwrap_or_default();
                let at = later(settled, 5);
                if let Some(batch) = edits::set_status(by, &[(id, case.status)], status, at) {
                    self.push(at, batch);
                }
                if !next.is_empty() || due.is_some() {
                    let due = due.and_then(|days| days_from(self.time.today, days));
                    self.push(later(settled, 6), edits::set_next(by, id, next, due));
                }
            }
        }
        if let Some(reason) = story.flag {
            let flag = Flag { reason: reason.to_owned(), at: later(settled, 8), by };
            self.push(flag.at, edits::flag(by, &[id], reason, flag.at));
            self.flagged.push((id, flag));
        }
    }

    fn contact(&self, story: &Story, call: &Call, by: Id, first: bool) -> Contact {
        let own = |text: &'static str, other: &'static str| (if text.is_empty() { other } else { text }).to_owned();
        let same_caller = call.kind.is_empty();
        let at = self.time.at(self.time.day(call.when), call.at.0, call.at.1);
        let caller = if same_caller { story.caller } else { call.caller };
        let office = if call.office.is_empty() { story.office } else { call.office.trim_matches('-') };
        let (office_id, office_phone) = self.offices.get(office).cloned().unwrap_or_default();
        let phone = match (story.phone, office_phone.is_empty()) {
            (number, true) if number > 0 && same_caller => phone_number(number),
            _ => office_phone,
        };
        let given = call.offices.iter().filter_map(|name| {
            let (id, phone) = self.offices.get(name)?;
            let referred = call.response == "5" || call.response == "3";
            Some((*id, GivenOffice { name: (*name).to_owned(), phone: phone.clone(), staff: String::new(), referred }))
        });
        let strings = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        Contact {
            at: Some(at),
            ended_at: Some(later(at, i64::from(call.minutes))),
            seconds: call.minutes.saturating_mul(60),
            operator: by,
            method: call.method.to_owned(),
            direction: "1".to_owned(),
            visit: if first { "1" } else { "2" }.to_owned(),
            caller_kind: own(call.kind, story.caller_kind),
            caller_name: caller.0.to_owned(),
            caller_kana: caller.1.to_owned(),
            caller_office: office.to_owned(),
            caller_office_id: office_id,
            relation: if same_caller { story.relation } else { "" }.to_owned(),
            phone,
            route: if first { story.route } else { "1" }.to_owned(),
            topics: strings(call.topics),
            scene: story.scene.to_owned(),
            items: vec!["5".to_owned()],
            complaint: call.complaint.to_owned(),
            text: call.text.to_owned(),
            response: call.response.to_owned(),
            response_text: call.done.to_owned(),
            information: strings(call.information),
            offices: given.collect(),
            ..Contact::default()
        }
    }

    /// The batches in the order of time.
    pub fn finish(mut self) -> Vec<(DateTime<FixedOffset>, Batch)> {
        self.batches.sort_by_key(|(at, _)| *at);
        self.batches
    }
}

fn days_from(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let count = Days::new(days.unsigned_abs());
    if days < 0 { day.checked_sub_days(count) } else { day.checked_add_days(count) }
}

/// A number of the exchange that cannot exist.
pub(super) fn phone_number(last_four: u16) -> String {
    format!("0834-00-{last_four:04}")
}

fn new_case(story: &Story, number: &str, at: DateTime<FixedOffset>, by: Id) -> Case {
    let some = |text: &str| text.to_owned();
    let mut case = Case {
        number: some(number),
        urgency: some(story.urgency),
        opened_at: Some(at),
        operator: by,
        summary: some(story.summary),
        subject_name: some(story.subject.0),
        subject_kana: some(story.subject.1),
        sex: some(story.sex),
        age_band: some(story.age),
        area: AREAS.get(story.area).copied().unwrap_or_default().to_owned(),
        insurer: some(CITY),
        whereabouts: some(story.whereabouts),
        facility: some(story.facility),
        household: some(story.household),
        care_level: some(story.care_level),
        mobility: some(story.mobility),
        dementia: some(story.dementia),
        illness: some(story.illness),
        treatments: story.treatments.iter().map(|t| (*t).to_owned()).collect(),
        doctor: some(story.doctor),
        consent: some(story.consent),
        wish_of_person: some(story.wish_of_person),
        wish_of_family: some(story.wish_of_family),
        difficulty: some(story.difficulty),
        local_issue: some(story.local_issue),
        share_with_city: if story.local_issue.is_empty() { String::new() } else { some("1") },
        expect_repeat: if story.calls.len() > 1 { some("1") } else { String::new() },
        ..Case::default()
    };
    let no_doctor = story.calls.iter().any(|call| call.topics.contains(&"b"));
    case.has_doctor = some(match (story.doctor.is_empty(), no_doctor) {
        (false, _) => "1",
        (true, true) => "2",
        (true, false) => "0",
    });
    if !story.told_by.is_empty() {
        case.doctor_notice = some("1");
        case.doctor_notice_on = Some(at.date_naive());
        case.doctor_notice_by = some(story.told_by);
    } else if !story.doctor.is_empty() && matches!(story.end, End::Closed { .. }) {
        case.doctor_notice = some("2");
    }
    case
}

/// What the call may have taken, from what stands on its slip: two keys a choice, two and a half a character.
fn effort(contact: &Contact) -> Kept {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let chosen = contact.topics.len() + contact.information.len() + 3 * contact.offices.len();
    let text = count(contact.text.chars().count()).saturating_mul(5) / 2;
    let tally = Tally { coded: 17 + 2 * count(chosen), text, begin: 1, end: 1 };
    let hour = contact.at.map_or(0, |at| at.hour());
    Kept { tally, seconds: contact.seconds, hour, ..Kept::default() }
}
