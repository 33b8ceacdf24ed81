//! A disposal from the proposal to the last byte, in memory and on real files.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::json;

use super::*;
use crate::desk::case::Status;
use crate::desk::edits::Called;
use crate::desk::inquiry::Inquiry;
use crate::desk::meeting::AgendaItem;
use crate::desk::person::Person;
use crate::desk::record::{Batch, Edit};
use crate::desk::retention::Disposed as Line;
use crate::journal::backup::{Keep, Target, generations, keep, restore};
use crate::journal::disk::read_all;
use crate::journal::{Disk, FaultyDisk, MemoryStore, Options, RealDisk, StoreChoice};

/// What must not be found anywhere afterwards: names, numbers and texts of the case that goes.
const GONE: [&str; 12] = [
    "架空田花子",
    "カクウダハナコ",
    "0834-00-4321",
    "夜に眠れないという主訴",
    "経過の覚え書き",
    "訪問看護を週二回にする",
    "前はこう決めていた",
    "開示請求のため",
    "家族の希望の話",
    "礼状が届いた話",
    "カクウギツルヨ",
    "0834004321",
];

/// Who called about both cases, from another number about the one that stays.
const CALLER: [&str; 2] = ["残す木鶴子", "0834-00-5555"];

/// What happens between the proposal and the approval.
type Meanwhile = fn(&mut Journal);

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(&format!("{text}T10:00:00+09:00")).unwrap()
}

fn now() -> DateTime<FixedOffset> {
    at("2026-11-24")
}

fn commit(journal: &mut Journal, batch: Batch, when: &str) {
    journal.commit(batch, at(when)).unwrap();
}

fn old_case() -> Case {
    Case {
        number: "R1-0001".into(),
        subject_name: GONE[0].into(),
        subject_kana: GONE[1].into(),
        summary: GONE[3].into(),
        opened_at: Some(at("2019-05-07")),
        wish_of_family: GONE[8].into(),
        ..Case::default()
    }
}

/// A desk with two supervisors (1, 2), an operator (3), an old closed case (11), one of today (12) and a meeting (31).
fn fill(journal: &mut Journal, stick: &str) {
    let profile = DeskProfile { name: "架空窓口".into(), backup_folder: stick.into(), ..DeskProfile::default() };
    let operator = |name: &str, role: &str| Operator { name: name.into(), role: role.into(), ..Operator::default() };
    commit(journal, edits::set_up(journal.desk(), &profile, id(1), &operator("試験一郎", "supervisor")), "2019-04-01");
    commit(journal, edits::add_operator(id(1), id(2), &operator("試験二郎", "supervisor")), "2019-04-01");
    commit(journal, edits::add_operator(id(1), id(3), &operator("試験三郎", "operator")), "2019-04-01");
    let called = |phone: &str, kana: &str, text: &str, day: &str| Contact {
        at: Some(at(day)),
        caller_name: CALLER[0].into(),
        caller_kana: kana.into(),
        caller_person: id(61),
        phone: phone.into(),
        text: text.into(),
        ..Contact::default()
    };
    let contact = called(GONE[2], GONE[10], GONE[4], "2019-05-07");
    save(journal, (11, &old_case()), (21, &contact), None);
    let note = format!("次回の日程を確認\n{} さんの家族から{}", GONE[0], GONE[9]);
    // The second was about other cases, and its note names this one.
    let second = format!("{} (ｒ１-０００１)\n残す行", GONE[9]);
    for (meeting, day, note) in [(31, "2019-06-11", note), (32, "2019-07-09", second)] {
        let held = Meeting { kind: "1".into(), on: Some(at(day).date_naive()), ..Meeting::default() };
        commit(journal, edits::open_meeting(id(1), id(meeting), &held), day);
        let edit = Edit::new(RecordKey::new(Kind::Meeting, id(meeting)), json!({ "note": note }));
        commit(journal, Batch::new("done-edit-meeting", id(1), vec![edit]), day);
    }
    for (case, decision) in [(11, GONE[6]), (12, "残す決定"), (11, GONE[5])] {
        let item = AgendaItem { decision: decision.into(), order: 10, ..AgendaItem::default() };
        let patch = json!({ "items": { id(case).to_string(): edits::compact(&item) } });
        let edit = Edit::new(RecordKey::new(Kind::Meeting, id(31)), patch);
        commit(journal, Batch::new("done-decide", id(1), vec![edit]), "2019-06-11");
    }
    commit(journal, edits::close(id(1), id(11), "1", "", at("2019-07-01")), "2019-07-01");
    // Holding and releasing it leaves the reason in the history.
    commit(journal, edits::hold(id(1), &[id(11)], GONE[7], at("2026-01-05")), "2026-01-05");
    commit(journal, edits::release(id(1), &[id(11)]), "2026-01-06");
    let present = Case { number: "R8-0001".into(), summary: "残す相談".into(), ..Case::default() };
    let before = get(journal, RecordKey::new(Kind::Person, id(61))).unwrap();
    save(journal, (12, &present), (22, &called(CALLER[1], "", "残す経過", "2026-11-20")), before);
    for (record, details) in [
        (RecordKey::new(Kind::Case, id(11)), json!({ "reason": GONE[4] })),
        (RecordKey::new(Kind::Desk, journal.desk()), json!({ "query": format!("{}　", GONE[0]) })),
        (RecordKey::new(Kind::Desk, journal.desk()), json!({ "query": "残す検索" })),
    ] {
        let what = if record.kind == Kind::Case { "access-open" } else { "access-search" };
        commit(journal, Batch::new(what, id(1), vec![Edit::new(record, details)]), "2026-11-20");
    }
    // Doctors were asked about both cases.
    for (inquiry, case, text) in [(41, 11, GONE[4]), (42, 12, "残す返事")] {
        let asked = Inquiry { case: id(case), answer_text: text.into(), ..Inquiry::default() };
        commit(journal, edits::add_inquiry(id(1), id(inquiry), &asked, None), "2026-11-20");
    }
    // A power cut after the save left the draft.
    journal.drafts().save(id(21), &json!({ "slip": { "text": GONE[4] } })).unwrap();
}

/// Keeps a call of the person 61, who was known so `before`.
fn save(
    journal: &mut Journal,
    (case_id, case): (u8, &Case),
    (contact_id, contact): (u8, &Contact),
    before: Option<Person>,
) {
    let batch = edits::save_call(id(1), id(case_id), None, case, (id(contact_id), contact));
    let caller = Called { id: id(61), before, told: Person::of_caller(contact).unwrap() };
    let on = contact.at.unwrap();
    journal.commit(edits::with_persons(batch, id(case_id), Some(on.date_naive()), &[caller]), on).unwrap();
}

fn propose(journal: &mut Journal, by: u8, proposal: u8) {
    let line = Line { number: "R1-0001".into(), ..Line::default() };
    commit(journal, edits::propose_disposal(id(by), id(proposal), [(id(11), line)].into(), now()), "2026-11-24");
}

fn memory() -> (Journal, FaultyDisk, Options) {
    let (mut journal, disk, options) = Journal::in_memory(id(99), at("2019-04-01")).unwrap();
    fill(&mut journal, "");
    (journal, disk, options)
}

fn found(bytes: &[u8]) -> Option<&'static str> {
    GONE.into_iter().find(|text| memchr::memmem::find(bytes, text.as_bytes()).is_some())
}

/// The desk is whole without the case, and nobody brings it back.
fn is_whole_without_it(journal: &mut Journal, restored: bool) {
    let report = journal.verify().unwrap();
    assert!(report.is_sound(), "{:?}", report.told);
    assert!(!report.disposed.is_empty());
    for key in [RecordKey::new(Kind::Case, id(11)), RecordKey::new(Kind::Contact, id(21))] {
        assert_eq!(journal.get(key).unwrap(), None);
        assert_eq!(journal.looks(key, 9).unwrap(), []);
    }
    assert!(journal.index_at(index::NUMBER, b"R1-0001").unwrap().is_empty());
    let meeting: Meeting = get(journal, RecordKey::new(Kind::Meeting, id(31))).unwrap().unwrap();
    assert_eq!(meeting.items.get(&id(12)).map(|item| item.decision.as_str()), Some("残す決定"));
    assert_eq!(meeting.items.get(&id(11)).map_or("", |item| item.decision.as_str()), "");
    assert_eq!(meeting.on, Some(at("2019-06-11").date_naive()));
    let next: Meeting = get(journal, RecordKey::new(Kind::Meeting, id(32))).unwrap().unwrap();
    assert_eq!(next.on, Some(at("2019-07-09").date_naive()));
    // A desk that was restored from before has none of a note that named somebody: it was one change.
    for (note, kept) in [(meeting.note, "次回の日程を確認"), (next.note, "残す行")] {
        assert!(note == kept || (restored && note.is_empty()), "{note}");
    }
    assert_eq!(journal.get(RecordKey::new(Kind::Inquiry, id(41))).unwrap(), None);
    let asked: Inquiry = get(journal, RecordKey::new(Kind::Inquiry, id(42))).unwrap().unwrap();
    assert_eq!((asked.case, asked.answer_text.as_str()), (id(12), "残す返事"));
    let kept: Case = get(journal, RecordKey::new(Kind::Case, id(12))).unwrap().unwrap();
    assert_eq!(kept.summary, "残す相談");
    let caller: Person = get(journal, RecordKey::new(Kind::Person, id(61))).unwrap().unwrap();
    assert_eq!((caller.name.as_str(), caller.kana.as_str()), (CALLER[0], ""));
    assert_eq!(caller.phones.into_values().collect::<Vec<_>>(), [CALLER[1]]);
    assert_eq!(caller.seen.get(&id(12)), Some(&at("2026-11-20").date_naive()));
    let searched = journal.looks(RecordKey::new(Kind::Desk, journal.desk()), 99).unwrap();
    let searched: Vec<&str> = searched.iter().filter_map(|look| look.patch.get("query")?.as_str()).collect();
    assert_eq!(searched, ["残す検索"]);
}

#[test]
fn what_two_agreed_to_is_nowhere_afterwards() {
    let (mut journal, disk, options) = memory();
    let StoreChoice::Memory(store) = &options.store else { unreachable!() };
    let bytes = || {
        let mut all: Vec<u8> = disk.paths().iter().flat_map(|path| read_all(&disk, path).unwrap().unwrap()).collect();
        let cells = crate::journal::store::Store::page(store, &[], &[255; 3], false, usize::MAX).unwrap();
        all.extend(cells.into_iter().flat_map(|(key, value)| [key, value].concat()));
        all
    };
    for text in GONE {
        assert!(memchr::memmem::find(&bytes(), text.as_bytes()).is_some(), "{text} was there");
    }
    propose(&mut journal, 1, 50);
    let done = approve(&mut journal, id(2), id(50), now()).unwrap();
    assert!(done.receipt.records.contains(&(RecordKey::new(Kind::Case, id(11)), Value::Null)));
    let read_note = |day| Say::new("retention-read-note").with("day", day);
    assert_eq!(done.told, [read_note("2019-06-11"), read_note("2019-07-09")]);
    // Before the last byte is gone nothing can be taken back either.
    for operator in [1, 2] {
        while let Some(back) = journal.undo(id(operator), now()).unwrap() {
            assert_ne!(back.what, "disposal-done");
            assert!(found(format!("{:?}", back.receipt.records).as_bytes()).is_none());
        }
    }
    while journal.redo(id(1), now()).unwrap().is_some() {}
    finish(&mut journal).unwrap();
    assert_eq!(found(&bytes()), None);
    is_whole_without_it(&mut journal, false);
    let disposal: Disposal = get(&journal, RecordKey::new(Kind::Disposal, id(50))).unwrap().unwrap();
    assert_eq!((disposal.proposed_by, disposal.approved_by, disposal.contacts), (id(1), id(2), 1));
    assert_eq!(disposal.cases.get(&id(11)).unwrap().number, "R1-0001");
    assert!(!disposal.is_proposed() && !disposal.numbers.is_empty());
    drop(journal);
    let mut journal = Journal::open(std::path::Path::new("desk"), Arc::new(disk.clone()), options.clone()).unwrap().0;
    assert_eq!(settle(&mut journal, now()), []);
    is_whole_without_it(&mut journal, false);
}

#[test]
fn real_files_stores_drafts_and_later_backups_hold_nothing_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let (data, stick, new) = (folder.path().join("desk"), folder.path().join("stick"), folder.path().join("new"));
    std::fs::create_dir(&stick).unwrap();
    let disk: Arc<dyn Disk> = Arc::new(RealDisk);
    let options = Options::small(now()).of_desk(id(99));
    let (mut journal, _) = Journal::create(&data, Arc::clone(&disk), options.clone()).unwrap();
    fill(&mut journal, &stick.display().to_string());
    let backup = |journal: &mut Journal, when: &str| {
        let snapshot = crate::runtime::backups::snapshot(journal).unwrap();
        keep(&snapshot, &RealDisk, &stick, Keep::default(), at(when)).unwrap();
    };
    // A call about it was open then.
    journal.drafts().save(id(41), &json!({ "about": id(11).to_string(), "seen": { "summary": GONE[3] } })).unwrap();
    backup(&mut journal, "2026-11-23");
    journal.drafts().remove(id(41)).unwrap();
    let before: Vec<PathBuf> = files(&stick);
    propose(&mut journal, 1, 50);
    assert_eq!(approve(&mut journal, id(2), id(50), now()).unwrap().told.len(), 2);
    // One that is made before the removal has come to its end has nothing of it either.
    assert!(journal.is_renewing());
    backup(&mut journal, "2026-11-24");
    assert!(journal.is_renewing());
    finish(&mut journal).unwrap();
    backup(&mut journal, "2026-11-25");
    is_whole_without_it(&mut journal, false);
    journal.close().unwrap();
    let after = [files(&data), files(&stick)].concat();
    assert!(after.len() > 5);
    for path in after.iter().filter(|path| !before.contains(path)) {
        assert_eq!(found(&std::fs::read(path).unwrap()), None, "{}", path.display());
    }
    // The older backup still has it; what is restored from it has not.
    let oldest = *generations(&RealDisk, &stick, id(99)).unwrap().last().unwrap();
    let target = Target { disk: &disk, folder: &new, who: "uketsuke", now: now() };
    let oldest = stick.join(oldest.to_string());
    assert!(found(&std::fs::read(&oldest).unwrap()).is_some());
    let restored = restore(&RealDisk, &oldest, &target).unwrap();
    assert!(restored.disposed > 5);
    let (mut journal, _) = Journal::open(&new, disk, options).unwrap();
    assert_eq!(settle(&mut journal, now()), [Say::new("retention-restored").with("count", "1")]);
    is_whole_without_it(&mut journal, true);
    let disposal: Disposal = get(&journal, RecordKey::new(Kind::Disposal, id(50))).unwrap().unwrap();
    assert_eq!(disposal.restored_at, Some(now()));
    journal.close().unwrap();
    for path in files(&new) {
        assert_eq!(found(&std::fs::read(&path).unwrap()), None, "{}", path.display());
    }
}

fn files(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn what_may_not_go_is_refused_and_nothing_is_changed() {
    let kept = |why| NotApproved::Kept { number: "R1-0001".into(), why };
    let cases: [(&str, u8, Meanwhile, NotApproved); 9] = [
        ("the proposer", 1, |_| {}, NotApproved::Proposer),
        ("an operator", 3, |_| {}, NotApproved::NotSupervisor),
        ("held", 2, |j| commit(j, edits::hold(id(3), &[id(11)], "係争中", now()), "2026-11-24"), kept(Kept::Held)),
        ("reopened", 2, |j| commit(j, edits::reopen(id(3), id(11)), "2026-11-24"), kept(Kept::Open)),
        ("flagged", 2, |j| commit(j, edits::flag(id(3), &[id(11)], "", now()), "2026-11-24"), kept(Kept::Meeting)),
        (
            "named by an open case",
            2,
            |j| {
                let edit = Edit::new(RecordKey::new(Kind::Contact, id(22)), json!({ "text": "R1-0001の家族" }));
                commit(j, Batch::new("done-edit-contact", id(3), vec![edit]), "2026-11-24");
            },
            kept(Kept::Named("R8-0001".into())),
        ),
        (
            "a call about it",
            2,
            |j| j.drafts().save(id(40), &json!({ "about": id(11).to_string() })).unwrap(),
            kept(Kept::Call),
        ),
        ("withdrawn", 2, |j| commit(j, edits::withdraw_disposal(id(1), id(50)), "2026-11-24"), NotApproved::Unknown),
        (
            "a longer time",
            2,
            |j| {
                let edit = Edit::new(RecordKey::new(Kind::Desk, id(99)), json!({ "retention_years": 10 }));
                commit(j, Batch::new("done-edit-desk", id(1), vec![edit]), "2026-11-24");
            },
            kept(Kept::Until("2030-04-01".parse().unwrap())),
        ),
    ];
    for (name, by, meanwhile, why) in cases {
        let (mut journal, ..) = memory();
        propose(&mut journal, 1, 50);
        meanwhile(&mut journal);
        let before = (journal.stamp(), journal.get(RecordKey::new(Kind::Case, id(11))).unwrap());
        match approve(&mut journal, id(by), id(50), now()) {
            Err(Refused::Rule(found)) => assert_eq!(found, why, "{name}"),
            other => panic!("{name}: {other:?}"),
        }
        let after = (journal.stamp(), journal.get(RecordKey::new(Kind::Case, id(11))).unwrap());
        assert!(before == after && !journal.is_renewing(), "{name}");
    }
    let (mut journal, ..) = memory();
    propose(&mut journal, 1, 50);
    approve(&mut journal, id(2), id(50), now()).unwrap();
    let again = approve(&mut journal, id(2), id(50), now()).unwrap_err();
    assert!(matches!(again, Refused::Rule(NotApproved::Done)), "{again:?}");
}

#[test]
fn a_backup_folder_that_is_not_there_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let options =
        Options { store: StoreChoice::Memory(MemoryStore::default()), ..Options::small(now()).of_desk(id(99)) };
    let (mut journal, _) = Journal::create(&folder.path().join("desk"), Arc::new(RealDisk), options).unwrap();
    let stick = folder.path().join("stick").display().to_string();
    fill(&mut journal, &stick);
    propose(&mut journal, 1, 50);
    let done = approve(&mut journal, id(2), id(50), now()).unwrap();
    assert!(done.told.contains(&Say::new("retention-list-waits").with("folder", stick)), "{:?}", done.told);
    assert_eq!(old_case().status, Status::Received);
}
