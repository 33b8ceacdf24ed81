//! Persons made of what a desk kept before there were any.

use serde_json::json;

use super::*;
use crate::desk::record::Batch;

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-24T14:29:00+09:00").unwrap()
}

/// A desk of before: six calls of three people about two, one of them anonymous.
fn old_desk() -> Journal {
    let (mut journal, ..) = Journal::in_memory(id(1), now()).unwrap();
    let mut edits = vec![
        Edit::new(RecordKey::new(Kind::Desk, id(1)), json!({"name": "架空窓口"})),
        Edit::new(
            RecordKey::new(Kind::Case, id(10)),
            json!({"number": "R8-0001", "subject_name": "架空 花枝", "birth": "1940-01-02", "opened_at": "2026-11-01T10:00:00+09:00"}),
        ),
        Edit::new(RecordKey::new(Kind::Case, id(11)), json!({"number": "R8-0002", "subject_name": "名前 だけ"})),
    ];
    for (n, case, name, phone) in [
        (20, 10, "髙橋 一郎", "0834-00-1234"),
        (21, 10, "高橋　一郎", "０８３４００１２３４"),
        (22, 11, "佐藤 花", "0834-00-1234"),
        (23, 11, "", "0834-00-5678"),
        (24, 11, "", ""),
        (25, 11, "名字 だけ", ""),
    ] {
        let value = json!({
            "case": id(case), "caller_name": name, "phone": phone, "at": format!("2026-11-{:02}T10:00:00+09:00", n - 10),
        });
        edits.push(Edit::new(RecordKey::new(Kind::Contact, id(n)), value));
    }
    journal.commit(Batch::new("done-save-call", id(2), edits), now()).unwrap();
    journal
}

fn run(journal: &mut Journal) -> usize {
    let mut deriving = Deriving::default();
    let mut changed = 0;
    loop {
        let step = deriving.step(journal, now()).unwrap();
        changed += step.changed.len();
        if step.done {
            return changed;
        }
    }
}

fn persons(journal: &Journal) -> Vec<Person> {
    journal.each(Kind::Person).map(|person| typed(person.unwrap().1).unwrap()).collect()
}

#[test]
fn each_person_is_made_once_and_linked_where_they_stand() {
    let mut journal = old_desk();
    assert!(run(&mut journal) > 0);
    let mut names: Vec<String> = persons(&journal).into_iter().map(|person| person.name).collect();
    names.sort_unstable();
    assert_eq!(names, ["", "佐藤 花", "架空 花枝", "髙橋 一郎"], "a name alone makes nobody");
    let linked = |n: u8| -> Id {
        let contact: Contact = typed(journal.get(RecordKey::new(Kind::Contact, id(n))).unwrap().unwrap()).unwrap();
        contact.caller_person
    };
    assert_eq!(linked(20), linked(21));
    assert_ne!(linked(20), linked(22));
    assert!(linked(24).is_nil() && linked(25).is_nil());
    let twice: Person = typed(journal.get(RecordKey::new(Kind::Person, linked(20))).unwrap().unwrap()).unwrap();
    assert_eq!(twice.seen.get(&id(10)), NaiveDate::from_ymd_opt(2026, 11, 11).as_ref());
    let subject = persons(&journal).into_iter().find(|person| person.name == "架空 花枝").unwrap();
    assert_eq!(subject.last_seen(), NaiveDate::from_ymd_opt(2026, 11, 11), "the last call about her");
    assert_eq!(journal.index_at(crate::desk::index::CALLER, linked(20).bytes()).unwrap().len(), 2);
}

#[test]
fn a_second_run_makes_nothing_and_a_cut_off_one_ends_as_a_whole_one() {
    let mut whole = old_desk();
    run(&mut whole);
    assert_eq!(run(&mut whole), 0);
    // Cut off after each step that changes something.
    for steps in 1..5 {
        let mut journal = old_desk();
        let mut deriving = Deriving::default();
        for _ in 0..steps {
            deriving.step(&mut journal, now()).unwrap();
        }
        run(&mut journal);
        assert_eq!(persons(&journal), persons(&whole), "after {steps}");
    }
}

#[test]
fn who_was_made_by_a_call_meanwhile_is_found() {
    let mut journal = old_desk();
    let mut deriving = Deriving::default();
    while !matches!(deriving.at, At::Contacts(None)) {
        deriving.step(&mut journal, now()).unwrap();
    }
    let person = json!({"name": "高橋 一郎", "phones": {"0834001234": "0834-00-1234"}});
    let batch = Batch::new("done-save-call", id(2), vec![Edit::new(RecordKey::new(Kind::Person, id(40)), person)]);
    deriving.note(&journal.commit(batch, now()).unwrap().records);
    while !deriving.step(&mut journal, now()).unwrap().done {}
    let called = journal.get(RecordKey::new(Kind::Contact, id(20))).unwrap().unwrap();
    assert_eq!(called.get("caller_person"), Some(&json!(id(40))));
}

#[test]
fn a_desk_that_has_its_persons_is_left_alone() {
    let mut journal = old_desk();
    let done = Edit::new(RecordKey::new(Kind::Desk, id(1)), json!({"has_persons": true}));
    journal.commit(Batch::new("done-edit-desk", id(2), vec![done]), now()).unwrap();
    assert_eq!(run(&mut journal), 0);
    assert_eq!(persons(&journal), []);
}
