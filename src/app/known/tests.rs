//! Finding, linking and merging persons, over a model in memory.

use std::time::Duration;

use chrono::DateTime;
use serde_json::{Value, json};

use super::find::{Asked, Typing, What, filling, find};
use super::*;
use crate::app::model::Model;
use crate::app::msg::Now;
use crate::desk::case::Case;
use crate::desk::contact::Contact;
use crate::desk::edits::{self, compact};
use crate::desk::office::{Office, Staff};
use crate::desk::patch;
use crate::desk::record::{Batch, Kind, RecordKey};

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn day(n: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 11, n)
}

fn model() -> Model {
    let wall = DateTime::parse_from_rfc3339("2026-11-24T14:29:00+09:00").unwrap();
    Model::new(Now { wall, mono: Duration::ZERO })
}

fn person(name: &str, kana: &str, kind: &str, office: u8, phones: &[&str]) -> Person {
    Person {
        name: name.into(),
        kana: kana.into(),
        kind: kind.into(),
        office: if office == 0 { String::new() } else { OFFICES[usize::from(office) - 50].0.into() },
        office_id: if office == 0 { Id::NIL } else { id(office) },
        phones: phones.iter().map(|p| (crate::desk::phone::digits(p), (*p).to_owned())).collect(),
        ..Person::default()
    }
}

const OFFICES: [(&str, &str, &str, &str); 3] = [
    ("周南架空居宅介護支援事業所", "シュウナンカクウキョタクカイゴシエンジギョウショ", "6", "0834-00-1000"),
    ("徳山架空病院", "トクヤマカクウビョウイン", "1", "0834-00-2100"),
    ("光架空クリニック", "ヒカリカクウクリニック", "2", "0833-00-3000"),
];

/// Two people of one care office, one of another, a family, somebody without a name; a hospital with its staff.
fn desk() -> Model {
    let mut model = model();
    for (n, (name, kana, kind, phone)) in (50..).zip(OFFICES) {
        let mut office = Office {
            name: name.into(),
            kana: kana.into(),
            kind: kind.into(),
            phone: phone.into(),
            ..Office::default()
        };
        if n == 51 {
            office.fax = "0834-00-2101".into();
            let staff = Staff {
                name: "窓口 次郎".into(),
                kana: "まどぐち じろう".into(),
                role: "MSW".into(),
                ..Staff::default()
            };
            office.staff.insert(id(60), staff);
        }
        model.apply(RecordKey::new(Kind::Office, id(n)), compact(&office));
    }
    for (n, person) in [
        (1, person("田中 一郎", "たなか いちろう", "1", 50, &["0834-00-1000", "080-0000-1111"])),
        (2, person("鈴木 花", "すずき はな", "1", 50, &["0834-00-1000"])),
        (3, person("田中 良子", "たなか よしこ", "8", 0, &["0833-00-7777"])),
        (
            4,
            Person {
                birth: NaiveDate::from_ymd_opt(1940, 1, 2),
                ..person("架空 花枝", "かくう はなえ", "", 0, &["0834-00-4444"])
            },
        ),
        (5, person("", "", "F", 0, &["0834-00-5678"])),
    ] {
        model.apply(RecordKey::new(Kind::Person, id(n)), compact(&person));
    }
    model
}

fn asked(typing: Typing) -> Asked<'static> {
    Asked { typing, subject: false, name: "", office: "", phone: "", kind: "", birth: None }
}

fn people(found: &find::Found) -> Vec<u8> {
    let ids = found.proposals.iter().filter_map(|proposal| match proposal.what {
        What::Person(id) => Some(id.bytes()[0]),
        What::Office(_) | What::Staff(..) => None,
    });
    ids.collect()
}

#[test]
fn a_caller_is_known_by_any_spelling_of_number_name_and_office() {
    let model = desk();
    for (typing, typed, expected) in [
        (Typing::Phone, "080-0000-1111", vec![1]),
        (Typing::Phone, "０８０００００１１１１", vec![1]),
        (Typing::Phone, "080（0000）1111", vec![1]),
        (Typing::Phone, "1111", vec![1]),
        (Typing::Phone, "0833", vec![3]),
        (Typing::Phone, "083", vec![]),
        (Typing::Phone, "0834-00-9999", vec![]),
        (Typing::Phone, "5678", vec![5]),
        // The number typed into the name, as callers often give it first.
        (Typing::Name, "080 0000 1111", vec![1]),
        (Typing::Office, "080-0000-1111", vec![1]),
        (Typing::Name, "たなか", vec![1, 3]),
        (Typing::Name, "tanaka", vec![1, 3]),
        (Typing::Name, "ﾀﾅｶ", vec![1, 3]),
        (Typing::Name, "田中", vec![1, 3]),
        (Typing::Name, "田中一郎", vec![1]),
        (Typing::Name, "tanaka ichirou", vec![1]),
        (Typing::Name, "田", vec![]),
        (Typing::Name, "ta", vec![]),
        (Typing::Name, "佐藤", vec![]),
        // Everybody at the office, whoever of them calls.
        (Typing::Office, "周南架空", vec![1, 2]),
        (Typing::Office, "shunankakuu", vec![1, 2]),
        (Typing::Phone, "0834-00-1000", vec![1, 2]),
        (Typing::Office, "大阪", vec![]),
    ] {
        let asked = match typing {
            Typing::Name => Asked { name: typed, ..asked(typing) },
            Typing::Office => Asked { office: typed, ..asked(typing) },
            Typing::Phone => Asked { phone: typed, ..asked(typing) },
        };
        let mut found = people(&find(&model, &asked));
        found.sort_unstable();
        assert_eq!(found, expected, "{typing:?} {typed}");
    }
}

#[test]
fn what_was_told_before_narrows_who_it_may_be() {
    let model = desk();
    let base = Asked { name: "田中", ..asked(Typing::Name) };
    let found = find(&model, &base);
    assert!(!found.sure, "there are two of that name");
    let found = find(&model, &Asked { kind: "8", ..base });
    assert_eq!((people(&found).first(), found.sure), (Some(&3), true));
    let found = find(&model, &Asked { phone: "0834-00-1000", ..base });
    assert_eq!((people(&found).first(), found.sure), (Some(&1), true));
    // A number with another name than that of its owner proposes nobody.
    let found = find(&model, &Asked { name: "佐藤", phone: "080-0000-1111", ..asked(Typing::Phone) });
    assert_eq!(people(&found), Vec::<u8>::new());
}

#[test]
fn an_offices_number_proposes_the_office_first_and_then_its_people() {
    let model = desk();
    let found = find(&model, &Asked { phone: "0834-00-1000", ..asked(Typing::Phone) });
    assert_eq!(found.proposals.first().map(|p| p.what), Some(What::Office(id(50))));
    assert!(found.sure);
    let filled = filling(&model, What::Office(id(50)), "0834-00-1000").unwrap();
    assert_eq!((filled.kind.as_str(), filled.office_id, filled.person), ("1", id(50), Id::NIL));
    let found = find(&model, &Asked { phone: "0834-00-2100", ..asked(Typing::Phone) });
    let whats: Vec<What> = found.proposals.iter().map(|p| p.what).collect();
    assert_eq!(whats, [What::Office(id(51)), What::Staff(id(51), id(60))]);
    let filled = filling(&model, What::Staff(id(51), id(60)), "").unwrap();
    assert_eq!((filled.kind.as_str(), filled.name.as_str(), filled.phone.as_str()), ("3", "窓口 次郎", "0834-00-2100"));
    assert_eq!(filled.fax, "0834-00-2101");
    let found = find(&model, &Asked { name: "madoguchi", ..asked(Typing::Name) });
    assert_eq!(found.proposals.first().map(|p| p.what), Some(What::Staff(id(51), id(60))));
}

#[test]
fn the_number_that_was_told_is_the_one_that_is_taken() {
    let model = desk();
    for (typed, number) in [("1111", "080-0000-1111"), ("0834001000", "0834-00-1000"), ("", "0834-00-1000")] {
        let filled = filling(&model, What::Person(id(1)), typed).unwrap();
        // Numbers are kept by their digits: the first of them where none was told.
        let expected = if typed.is_empty() { "080-0000-1111" } else { number };
        assert_eq!(filled.phone, expected, "{typed}");
    }
    assert_eq!(filling(&model, What::Person(id(99)), ""), None);
}

#[test]
fn the_person_of_a_call_is_looked_for_among_those_who_are_no_staff() {
    let model = desk();
    let found = find(&model, &Asked { subject: true, name: "かくう", ..asked(Typing::Name) });
    assert_eq!(people(&found), [4]);
    let born = NaiveDate::from_ymd_opt(1950, 1, 2);
    let found = find(&model, &Asked { subject: true, name: "かくう", birth: born, ..asked(Typing::Name) });
    assert_eq!(people(&found), Vec::<u8>::new(), "another year of birth is another person");
}

fn save(model: &mut Model, n: u8, case: &Case, contact: &Contact) -> Batch {
    let batch = link::save_call(&model.known, id(200), id(n), None, (case, (id(n + 100), contact)));
    commit(model, &batch);
    batch
}

fn commit(model: &mut Model, batch: &Batch) {
    for edit in &batch.edits {
        let card = model.known.cards.get(&edit.record.id).filter(|_| edit.record.kind == Kind::Person);
        let mut value = card.map_or(json!({}), |card| compact(&card.person()));
        patch::apply(&mut value, &edit.patch);
        model.apply(edit.record, value);
    }
}

fn of(batch: &Batch, kind: Kind, member: &str) -> Option<Id> {
    let edit = batch.edits.iter().find(|edit| edit.record.kind == kind)?;
    edit.patch.get(member).and_then(Value::as_str).and_then(|id| id.parse().ok())
}

#[test]
fn a_call_makes_its_persons_and_the_next_one_finds_them() {
    let mut model = model();
    let at = DateTime::parse_from_rfc3339("2026-11-20T10:00:00+09:00").unwrap();
    let contact = Contact {
        at: Some(at),
        caller_name: "髙橋 一郎".into(),
        caller_office: "架空居宅".into(),
        caller_kind: "1".into(),
        phone: "0834-00-1234".into(),
        ..Contact::default()
    };
    let case =
        Case { subject_name: "架空 花枝".into(), birth: NaiveDate::from_ymd_opt(1940, 1, 2), ..Case::default() };
    let first = save(&mut model, 1, &case, &contact);
    let (caller, subject) =
        (of(&first, Kind::Contact, "caller_person").unwrap(), of(&first, Kind::Case, "subject_person").unwrap());
    assert_ne!(caller, subject);
    assert_eq!(model.known.len(), 2);
    // Another spelling of the name and of the number, and what was not known yet.
    let again = Contact {
        at: Some(at + chrono::Duration::days(3)),
        caller_name: "高橋　一郎".into(),
        caller_kana: "たかはし いちろう".into(),
        phone: "０８３４（００）１２３４".into(),
        ..contact.clone()
    };
    let second = save(&mut model, 2, &case, &again);
    assert_eq!(of(&second, Kind::Contact, "caller_person"), Some(caller));
    assert_eq!(of(&second, Kind::Case, "subject_person"), Some(subject));
    let card = model.known.get(caller).unwrap();
    assert_eq!((&*card.name, &*card.kana, card.seen.len()), ("髙橋 一郎", "たかはし いちろう", 2));
    assert_eq!(card.last_seen(), day(23));
    assert_eq!(model.known.len(), 2);
}

#[test]
fn who_is_not_sure_to_be_the_same_becomes_somebody_new() {
    let mut model = desk();
    for (contact, known) in [
        // The number of an office and a name that nobody there has.
        (Contact { caller_name: "佐藤 次郎".into(), phone: "0834-00-1000".into(), ..Contact::default() }, None),
        (Contact { caller_name: "田中 一郎".into(), ..Contact::default() }, None),
        (Contact { caller_name: "田中 一郎".into(), phone: "0834-00-1000".into(), ..Contact::default() }, Some(1)),
        (Contact { phone: "0834-00-5678".into(), ..Contact::default() }, Some(5)),
        // Chosen by the operator.
        (Contact { caller_name: "田中 一郎".into(), caller_person: id(1), ..Contact::default() }, Some(1)),
        (Contact { caller_name: "たなか いちろう".into(), caller_person: id(1), ..Contact::default() }, Some(1)),
        // Chosen, and then changed into somebody else.
        (Contact { caller_name: "山本 五郎".into(), caller_person: id(1), ..Contact::default() }, None),
        (Contact { caller_name: "田中 一郎".into(), caller_person: id(99), ..Contact::default() }, None),
    ] {
        let before = model.known.cards.len();
        let batch = link::save_call(&model.known, id(200), id(70), None, (&Case::default(), (id(170), &contact)));
        let caller = of(&batch, Kind::Contact, "caller_person").unwrap();
        match known {
            Some(n) => assert_eq!(caller, id(n), "{contact:?}"),
            None => assert!(!model.known.cards.contains_key(&caller), "{contact:?}"),
        }
        model.known.version += 1;
        assert_eq!(model.known.cards.len(), before);
    }
    let anonymous = Contact { caller_kind: "F".into(), ..Contact::default() };
    let batch = link::save_call(&model.known, id(200), id(70), None, (&Case::default(), (id(170), &anonymous)));
    assert!(batch.edits.iter().all(|edit| edit.record.kind != Kind::Person), "{batch:?}");
}

#[test]
fn who_calls_about_themselves_is_one_person() {
    let mut model = model();
    let contact = Contact {
        caller_kind: "K".into(),
        caller_name: "架空 花枝".into(),
        phone: "0834-00-4444".into(),
        ..Contact::default()
    };
    let case = Case { birth: NaiveDate::from_ymd_opt(1940, 1, 2), ..Case::default() };
    let batch = save(&mut model, 1, &case, &contact);
    assert_eq!(of(&batch, Kind::Contact, "caller_person"), of(&batch, Kind::Case, "subject_person"));
    assert_eq!(model.known.len(), 1);
}

#[test]
fn a_corrected_subject_does_not_become_the_first_one() {
    let mut model = model();
    let case = Case { subject_name: "架空 花枝".into(), phone: "0834-00-4444".into(), ..Case::default() };
    let first = save(&mut model, 1, &case, &Contact::default());
    let named = of(&first, Kind::Case, "subject_person").unwrap();
    let other = Case {
        subject_name: "別人 太郎".into(),
        phone: "0834-00-9999".into(),
        subject_person: named,
        ..Case::default()
    };
    let batch = link::save_call(&model.known, id(200), id(1), Some(&case), (&other, (id(150), &Contact::default())));
    let now = of(&batch, Kind::Case, "subject_person").unwrap();
    assert_ne!(now, named);
    assert!(batch.edits.iter().all(|edit| edit.record != RecordKey::new(Kind::Person, named)), "the first one stays");
}

#[test]
fn a_case_that_is_corrected_on_its_page_is_about_who_it_says() {
    let mut model = desk();
    let told = |name: &str, phone: &str| Case { subject_name: name.into(), phone: phone.into(), ..Case::default() };
    let batch = save(&mut model, 1, &told("架空 花枝", "0834-00-7001"), &Contact::default());
    let first = of(&batch, Kind::Case, "subject_person").unwrap();
    let case = Case { subject_person: first, ..told("架空 花枝", "0834-00-7001") };
    let edit = |model: &Model, after: &Case| link::edit_case(&model.known, id(200), id(1), (&case, after), id(99));
    let person = |batch: &Option<Batch>| of(batch.as_ref().unwrap(), Kind::Case, "subject_person");
    // Another member only, and more of the same person: nobody else.
    let batch = edit(&model, &Case { summary: "訂正".into(), ..case.clone() });
    assert_eq!((person(&batch), batch.unwrap().edits.len()), (None, 1));
    let batch = edit(&model, &Case { area: "東部".into(), ..case.clone() });
    assert_eq!(person(&batch), None);
    assert_eq!(batch.unwrap().edits.len(), 2, "the person learns of it");
    // Somebody whom nobody knows, and then somebody known.
    let other = Case { subject_person: first, ..told("試験 太郎", "0834-00-7002") };
    assert_eq!(person(&edit(&model, &other)), Some(id(99)));
    let batch = save(&mut model, 2, &told("試験 太郎", "0834-00-7002"), &Contact::default());
    let known = of(&batch, Kind::Case, "subject_person");
    assert_eq!(person(&edit(&model, &other)), known);
    assert_eq!(edit(&model, &case), None);
}

#[test]
fn two_that_look_the_same_are_told_and_one_after_a_merge() {
    let mut model = desk();
    let double = person("田中一郎", "", "1", 50, &["080-0000-1111"]);
    model.apply(RecordKey::new(Kind::Person, id(9)), compact(&double));
    assert_eq!(alike(&model.known, id(1)).first().map(|(id, _)| *id), Some(id(9)));
    assert_eq!(alike(&model.known, id(2)), [], "a colleague at the same number is somebody else");
    let (keep, gone) = (model.known.get(id(1)).unwrap().person(), model.known.get(id(9)).unwrap().person());
    let batch = edits::merge_persons(id(200), (id(1), &keep), id(9), &keep.completed(&gone));
    commit(&mut model, &batch);
    assert_eq!(model.known.resolve(id(9)), id(1));
    assert_eq!(model.known.all_of(id(9)), [id(1), id(9)]);
    assert_eq!(alike(&model.known, id(1)), []);
    let found = find(&model, &Asked { phone: "080-0000-1111", ..asked(Typing::Phone) });
    assert_eq!(people(&found), [1]);
    // Taken back.
    model.apply(RecordKey::new(Kind::Person, id(9)), compact(&double));
    assert_eq!(model.known.resolve(id(9)), id(9));
    assert_eq!(model.known.all_of(id(1)), [id(1)]);
}

#[test]
fn a_circle_of_merges_ends() {
    let mut model = model();
    for (n, to) in [(1, 2), (2, 1)] {
        let value = json!({"name": "架空", "merged_into": id(to)});
        model.apply(RecordKey::new(Kind::Person, id(n)), value);
    }
    assert_eq!(model.known.resolve(id(1)), id(1));
    assert!(model.known.all_of(id(1)).contains(&id(2)));
}

#[test]
fn policies_are_found_for_whoever_the_person_was() {
    let mut model = desk();
    let policy =
        Policy { persons: BTreeMap::from([(id(4), true)]), say: "院外受診は…".into(), ..Policy::default() };
    model.apply(RecordKey::new(Kind::Policy, id(30)), compact(&policy));
    assert_eq!(model.known.policies_for(&[id(4)]).len(), 1);
    assert_eq!(model.known.policies_for(&[id(1)]).len(), 0);
    model.apply(RecordKey::new(Kind::Person, id(4)), json!({"name": "架空 花枝", "merged_into": id(1)}));
    assert_eq!(model.known.policies_for(&[id(1)]).len(), 1);
    model.apply(RecordKey::new(Kind::Policy, id(30)), json!({}));
    assert_eq!(model.known.policies_for(&[id(1)]).len(), 0);
}

#[test]
fn an_office_that_was_given_to_a_caller_lately_stands_first_among_its_equals() {
    let mut model = model();
    for n in 1..=3 {
        model.apply(RecordKey::new(Kind::Office, id(n)), json!({ "name": format!("架空医院{n}") }));
    }
    let first = |model: &Model| model.index.search(&crate::search::Query::new("架空"), 1)[0].id;
    assert_eq!(first(&model), id(1));
    let contact = json!({ "at": "2026-11-20T10:00:00+09:00", "offices": { id(3).to_string(): {} } });
    model.apply(RecordKey::new(Kind::Contact, id(90)), contact);
    assert_eq!(first(&model), id(3));
    // Corrected since: it stays first; taken back: it does not.
    model.apply(RecordKey::new(Kind::Office, id(3)), json!({ "name": "架空医院4" }));
    assert_eq!(first(&model), id(3));
    model.apply(RecordKey::new(Kind::Contact, id(90)), json!({}));
    assert_eq!(first(&model), id(1));
}
