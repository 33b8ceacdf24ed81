//! Each change leads where it says and touches nothing else.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::super::agenda;
use super::super::case::{Case, Flag, Status};
use super::super::contact::Contact;
use super::super::id::Id;
use super::super::meeting::{AgendaItem, Meeting, Treatment};
use super::super::office::{Answer, Capability, Office, Staff};
use super::super::operator::{DeskProfile, Operator};
use super::super::patch;
use super::super::record::{Batch, Kind, RecordKey};
use super::*;

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn at() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-20T10:00:00+09:00").unwrap()
}

fn day(d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
}

#[derive(Default)]
struct Store(BTreeMap<RecordKey, Value>);

impl Store {
    fn commit(&mut self, batch: &Batch) {
        assert!(DONE.contains(&batch.what.as_str()), "{}", batch.what);
        assert!(!batch.edits.is_empty(), "{}", batch.what);
        for edit in &batch.edits {
            patch::apply(self.0.entry(edit.record).or_insert(Value::Null), &edit.patch);
        }
    }

    fn get<T: DeserializeOwned>(&self, kind: Kind, id: Id) -> T {
        serde_json::from_value(self.0.get(&RecordKey::new(kind, id)).unwrap().clone()).unwrap()
    }

    fn case(&self, n: u8) -> Case {
        self.get(Kind::Case, id(n))
    }
}

fn taken() -> (Store, Case, Contact) {
    let case = Case { number: "R8-0001".into(), opened_at: Some(at()), urgency: "2".into(), ..Case::default() };
    let contact = Contact {
        at: Some(at()),
        caller_kind: "1".into(),
        caller_office: "架空居宅".into(),
        topics: vec!["a".into(), "h".into()],
        complaint: "看取りのできる医師".into(),
        ..Contact::default()
    };
    let mut store = Store::default();
    store.commit(&save_call(id(9), id(1), None, &case, (id(2), &contact)));
    (store, case, contact)
}

#[test]
fn a_saved_call_is_a_case_with_its_contact() {
    let (store, ..) = taken();
    let case = store.case(1);
    assert_eq!((case.number.as_str(), case.caller.as_str(), case.caller_kind.as_str()), ("R8-0001", "架空居宅", "1"));
    assert_eq!((case.summary.as_str(), case.status), ("看取りのできる医師", Status::Received));
    let contact: Contact = store.get(Kind::Contact, id(2));
    assert_eq!(contact.case, id(1));
    let kept = store.0.get(&RecordKey::new(Kind::Case, id(1))).unwrap().as_object().unwrap();
    assert!(!kept.contains_key("subject_name") && !kept.contains_key("operator"), "what is not told is not kept");
}

#[test]
fn a_call_on_a_case_that_is_there_writes_only_what_it_changed() {
    let (mut store, ..) = taken();
    let seen = store.case(1);
    // Somebody else changed the urgency after this call was attached.
    store.commit(&set_urgency(id(8), &[id(1)], "1"));
    let wanted = Case { care_level: "23".into(), ..seen.clone() };
    let contact = Contact { topics: vec!["h".into(), "l".into()], caller_kind: "F".into(), ..Contact::default() };
    store.commit(&save_call(id(9), id(1), Some(&seen), &wanted, (id(3), &contact)));
    let case = store.case(1);
    assert_eq!((case.urgency.as_str(), case.care_level.as_str()), ("1", "23"));
    assert_eq!((case.caller_kind.as_str(), case.topics), ("1", vec!["a".into(), "h".into(), "l".into()]));
}

#[test]
fn a_contact_sets_a_taken_case_going_and_leaves_a_closed_one() {
    let (mut store, case, _) = taken();
    store.commit(&add_contact(id(9), id(1), &case, (id(4), &Contact::default())));
    assert_eq!(store.case(1).status, Status::Active);
    store.commit(&close(id(9), id(1), "7", "", at()));
    let batch = add_contact(id(9), id(1), &store.case(1), (id(5), &Contact::default()));
    assert_eq!(batch.edits.len(), 1);
}

#[test]
fn closing_writes_what_was_filled_in_and_the_response() {
    let (mut store, case, _) = taken();
    let after = Case { outcome: "1".into(), closing_note: "解決".into(), doctor_notice: "2".into(), ..case.clone() };
    let seen = Contact { case: id(1), text: "電話".into(), ..Contact::default() };
    store.commit(&add_contact(id(9), id(1), &case, (id(7), &seen)));
    let case = store.case(1);
    let after = Case { status: case.status, ..after };
    let told = Contact { response: "3".into(), ..seen.clone() };
    let batch = close_with(id(9), id(1), &case, &after, Some((id(7), Some(&seen), &told)), at());
    assert_eq!(batch.edits[1].patch, json!({"response": "3"}), "nothing else of the contact");
    store.commit(&batch);
    assert_eq!(store.case(1), Case { status: Status::Closed, closed_at: Some(at()), ..after.clone() });
    let new = Contact { response: "1".into(), ..Contact::default() };
    let batch = close_with(id(9), id(1), &case, &after, Some((id(8), None, &new)), at());
    assert_eq!(batch.edits[1].patch, json!({"case": id(1), "response": "1"}));
}

#[test]
fn states_touch_only_what_they_mean() {
    let (mut store, ..) = taken();
    let before = store.case(1);
    store.commit(&set_status(id(9), &[(id(1), Status::Received)], Status::WaitingOther, at()).unwrap());
    assert_eq!(store.case(1), Case { status: Status::WaitingOther, ..before.clone() });
    store.commit(&close(id(9), id(1), "1", " 解決 ", at()));
    let closed = store.case(1);
    assert_eq!((closed.outcome.as_str(), closed.closing_note.as_str(), closed.closed_at), ("1", "解決", Some(at())));
    store.commit(&reopen(id(9), id(1)));
    let open = Case { status: Status::Active, closing_note: "解決".into(), ..before };
    assert_eq!(store.case(1), open);
    assert_eq!(set_status(id(9), &[(id(1), Status::Active)], Status::Active, at()), None);
    store.commit(&set_status(id(9), &[(id(1), Status::Active)], Status::Closed, at()).unwrap());
    let again = set_status(id(9), &[(id(1), Status::Closed)], Status::Received, at()).unwrap();
    assert_eq!(again.what, "done-reopen-case");
    store.commit(&again);
    assert_eq!(store.case(1), Case { status: Status::Received, ..open });
}

#[test]
fn next_action_urgency_and_operator() {
    let (mut store, ..) = taken();
    store.commit(&set_next(id(9), id(1), " 返事を確認 ", Some(day(25))));
    assert_eq!((store.case(1).next_action.as_str(), store.case(1).due), ("返事を確認", Some(day(25))));
    store.commit(&set_due(id(9), &[id(1)], Some(day(26))));
    assert_eq!((store.case(1).next_action.as_str(), store.case(1).due), ("返事を確認", Some(day(26))));
    store.commit(&set_next(id(9), id(1), "", None));
    assert_eq!((store.case(1).next_action.as_str(), store.case(1).due), ("", None));
    store.commit(&set_operator(id(9), &[id(1)], id(8)));
    store.commit(&set_urgency(id(9), &[id(1)], ""));
    assert_eq!((store.case(1).operator, store.case(1).urgency.as_str()), (id(8), ""));
}

#[test]
fn a_second_flag_replaces_the_first_ones_reason() {
    let (mut store, ..) = taken();
    store.commit(&flag(id(9), &[id(1)], "方針を揃えたい", at()));
    assert_eq!(store.case(1).flag.unwrap().reason, "方針を揃えたい");
    store.commit(&flag(id(8), &[id(1)], "", at()));
    assert_eq!(store.case(1).flag, Some(Flag { reason: String::new(), at: at(), by: id(8) }));
    store.commit(&unflag(id(9), &[id(1)]));
    assert_eq!(store.case(1).flag, None);
}

#[test]
fn an_edit_of_nothing_is_no_batch() {
    let (_, case, contact) = taken();
    assert_eq!(edit_case(id(9), id(1), &case, &case), None);
    assert_eq!(edit_contact(id(9), id(2), &contact, &contact), None);
    assert_eq!(edit_office(id(9), id(5), &Office::default(), &Office::default(), day(20)), None);
    assert_eq!(edit_desk(id(9), id(5), &DeskProfile::default(), &DeskProfile::default()), None);
    let shorter = Case { urgency: String::new(), ..case.clone() };
    let batch = edit_case(id(9), id(1), &case, &shorter).unwrap();
    assert_eq!(batch.edits.first().unwrap().patch, json!({ "urgency": null }));
}

fn meeting(n: u8) -> MeetingRef {
    let new = Meeting { kind: "1".into(), on: Some(day(24)), ..Meeting::default() };
    MeetingRef { id: id(n), new: Some(new) }
}

#[test]
fn a_decision_makes_the_meeting_and_keeps_the_order() {
    let flags: Vec<Flag> =
        (0..3).map(|n| Flag { reason: String::new(), at: at() + chrono::Duration::minutes(n), by: id(9) }).collect();
    let flagged = || (1..).map(id).zip(&flags);
    let rows = agenda::agenda(None, flagged());
    let item = AgendaItem { decision: "各窓口で同じ説明".into(), due: Some(day(30)), ..AgendaItem::default() };
    let mut store = Store::default();
    store.commit(&decide(id(9), &meeting(7), &rows, 1, &item).unwrap());
    let kept: Meeting = store.get(Kind::Meeting, id(7));
    assert_eq!((kept.on, kept.items.get(&id(2)).unwrap().due), (Some(day(24)), Some(day(30))));
    let rows = agenda::agenda(Some(&kept), flagged());
    assert_eq!(rows.iter().map(|r| r.case).collect::<Vec<_>>(), [id(1), id(2), id(3)]);
    assert_eq!(decide(id(9), &MeetingRef::kept(id(7)), &rows, 1, &item), None, "the same again is nothing");
    store.commit(&reorder(id(9), &MeetingRef::kept(id(7)), &rows, 2, 0).unwrap());
    let kept: Meeting = store.get(Kind::Meeting, id(7));
    let rows = agenda::agenda(Some(&kept), flagged());
    assert_eq!(rows.iter().map(|r| r.case).collect::<Vec<_>>(), [id(3), id(1), id(2)]);
    assert_eq!(reorder(id(9), &MeetingRef::kept(id(7)), &rows, 1, 1), None);
}

#[test]
fn a_held_meeting_gives_its_results_to_the_cases() {
    let mut store = Store::default();
    for n in 1..=3 {
        let case = Case { number: format!("R8-000{n}"), status: Status::WaitingMeeting, ..Case::default() };
        store.commit(&save_call(id(9), id(n), None, &case, (id(10 + n), &Contact::default())));
        store.commit(&flag(id(9), &[id(n)], "", at()));
    }
    store.commit(&set_status(id(9), &[(id(3), Status::WaitingMeeting)], Status::Closed, at()).unwrap());
    let flagged = |store: &Store| (1..=3).map(|n| (id(n), store.case(n).flag.unwrap())).collect::<Vec<_>>();
    let flags = flagged(&store);
    let rows = agenda::agenda(None, flags.iter().map(|(id, flag)| (*id, flag)));
    let decided =
        AgendaItem {
            decision: "受入先を探す".into(), operator: id(8), due: Some(day(30)), ..AgendaItem::default()
        };
    store.commit(&decide(id(9), &meeting(7), &rows, 0, &decided).unwrap());
    let defer = AgendaItem { treatment: Treatment::Defer, ..AgendaItem::default() };
    let kept: Meeting = store.get(Kind::Meeting, id(7));
    let rows = agenda::agenda(Some(&kept), flags.iter().map(|(id, flag)| (*id, flag)));
    store.commit(&decide(id(9), &MeetingRef::kept(id(7)), &rows, 1, &defer).unwrap());
    let kept: Meeting = store.get(Kind::Meeting, id(7));
    let rows = agenda::agenda(Some(&kept), flags.iter().map(|(id, flag)| (*id, flag)));
    let statuses: BTreeMap<Id, Status> = (1..=3).map(|n| (id(n), store.case(n).status)).collect();
    store.commit(&hold_meeting(id(9), &MeetingRef::kept(id(7)), &rows, |case| statuses.get(&case).copied()));
    let one = store.case(1);
    assert_eq!((one.flag, one.due, one.operator, one.status), (None, Some(day(30)), id(8), Status::Active));
    assert_eq!(one.next_action, "受入先を探す");
    let two = store.case(2);
    assert!(two.flag.is_some(), "what was put off stays flagged");
    assert_eq!(two.status, Status::WaitingMeeting);
    let three = store.case(3);
    assert_eq!((three.flag, three.status), (None, Status::Closed));
    let kept: Meeting = store.get(Kind::Meeting, id(7));
    assert!(kept.held && kept.items.len() == 3, "everything on the agenda stays on it");
}

#[test]
fn offices_and_their_staff() {
    let mut store = Store::default();
    let mut office = Office { name: "架空病院".into(), phone: "0834-00-1000".into(), ..Office::default() };
    let known = Capability { answer: Answer::Unknown, ..Capability::default() };
    office.capabilities.insert("admission".into(), known);
    store.commit(&add_office(id(9), id(5), &office, day(1)));
    let kept: Office = store.get(Kind::Office, id(5));
    assert_eq!((kept.updated_on, kept.capabilities.len()), (Some(day(1)), 1), "not known is an answer");
    let person = Staff { name: "架空 花子".into(), extension: "201".into(), ..Staff::default() };
    store.commit(&add_staff(id(9), id(5), id(6), &person, day(2)));
    let moved = Staff { extension: "202".into(), ..person.clone() };
    store.commit(&edit_staff(id(9), id(5), id(6), &person, &moved, day(3)).unwrap());
    assert_eq!(edit_staff(id(9), id(5), id(6), &moved, &moved, day(3)), None);
    store.commit(&staff_left(id(9), id(5), id(6), day(4)));
    let kept: Office = store.get(Kind::Office, id(5));
    let staff = kept.staff.get(&id(6)).unwrap();
    assert!(staff.left && staff.extension == "202" && kept.present_staff().is_empty());
    assert_eq!((kept.updated_on, &kept.verified), (Some(day(4)), &None), "a change is no check");
    store.commit(&verify_offices(id(9), &[id(5)], day(5), "1"));
    let kept: Office = store.get(Kind::Office, id(5));
    let verified = kept.verified.clone().unwrap();
    assert_eq!((verified.on, verified.by, kept.updated_on), (day(5), id(9), Some(day(4))), "a check is no change");
    let after = Office { phone: "0834-00-1001".into(), ..kept.clone() };
    store.commit(&edit_office(id(9), id(5), &kept, &after, day(6)).unwrap());
    store.commit(&remove_offices(id(9), &[id(5)]));
    assert!(store.get::<Office>(Kind::Office, id(5)).removed);
    store.commit(&restore_offices(id(9), &[id(5)]));
    let kept: Office = store.get(Kind::Office, id(5));
    assert!(!kept.removed && kept.phone == "0834-00-1001" && kept.updated_on == Some(day(6)));
}

#[test]
fn the_desk_and_its_people() {
    let mut store = Store::default();
    let profile = DeskProfile { name: "架空市窓口".into(), ..DeskProfile::default() };
    let person = Operator { name: "架空 太郎".into(), ..Operator::default() };
    store.commit(&set_up(id(1), &profile, id(9), &person));
    store.commit(&add_operator(id(9), id(8), &Operator { name: "架空 次郎".into(), ..Operator::default() }));
    let left = Operator { left: true, ..person.clone() };
    store.commit(&edit_operator(id(9), id(9), &person, &left).unwrap());
    assert!(store.get::<Operator>(Kind::Operator, id(9)).left);
    let profile = store.get::<DeskProfile>(Kind::Desk, id(1));
    assert!(profile.has_persons, "nothing is to be made of what a new desk does not have");
    let ruled = DeskProfile { meeting_rule: "2-tue".into(), ..profile.clone() };
    store.commit(&edit_desk(id(9), id(1), &profile, &ruled).unwrap());
    assert_eq!(store.get::<DeskProfile>(Kind::Desk, id(1)), ruled);
    let codes = json!({ "list": "topic", "entries": { "own": { "label": "離島" } } });
    store.commit(&edit_codes(id(9), id(3), codes));
}

#[test]
fn a_flag_that_was_taken_away_meanwhile_is_written_whole() {
    let flag = |at: &str, reason: &str| {
        Some(Flag { at: DateTime::parse_from_rfc3339(at).unwrap(), by: Id::from_bytes([1; 16]), reason: reason.into() })
    };
    let seen = Case { flag: flag("2026-11-24T09:00:00+09:00", "先週の件"), ..Case::default() };
    let wanted = Case { flag: flag("2026-11-24T10:00:00+09:00", ""), ..Case::default() };
    let edit = change(Kind::Case, Id::NIL, &seen, &wanted).unwrap();
    for present in [json!({}), compact(&seen)] {
        let mut value = present;
        patch::apply(&mut value, &edit.patch);
        assert_eq!(serde_json::from_value::<Case>(value).unwrap().flag, wanted.flag);
    }
}

#[test]
fn an_answer_is_written_with_its_day_its_source_and_its_writer_and_touches_no_other() {
    let (me, office) = (id(1), id(2));
    let known = |answer, on| Capability { answer, source: "survey".into(), on: Some(on), by: Id::NIL };
    let before = [("ivh", Answer::Yes, day(1)), ("oxygen", Answer::Ask, day(2))]
        .map(|(code, answer, on)| (code.to_owned(), known(answer, on)))
        .into();
    let given = |answers: &[(&str, Answer)]| answers.iter().map(|(c, a)| ((*c).to_owned(), *a)).collect();
    let set = |answers: &[(&str, Answer)]| set_abilities(me, office, &before, &given(answers), "phone", day(9));
    assert_eq!(set(&[]), None);
    assert_eq!(set(&[("suction", Answer::Unknown)]), None, "nothing was known and nothing was said");
    let batch = set(&[("ivh", Answer::No), ("oxygen", Answer::Unknown), ("suction", Answer::Yes)]).unwrap();
    let told = |answer: &str| json!({"answer": answer, "source": "phone", "on": day(9), "by": me});
    assert_eq!(
        batch.edits[0].patch,
        json!({
            "capabilities": {"ivh": told("no"), "oxygen": null, "suction": told("yes")},
            "updated_on": day(9),
        })
    );
    // The same answer again is an answer of today.
    let batch = set(&[("ivh", Answer::Yes)]).unwrap();
    assert_eq!(batch.edits[0].patch["capabilities"], json!({"ivh": told("yes")}));
}
