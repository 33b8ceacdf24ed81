//! Editions made, numbered, compared, and recalled.

use super::*;
use crate::desk::office::Capability;

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn day(d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
}

fn office(name: &str, kana: &str, kind: &str) -> Office {
    Office {
        name: name.into(),
        kana: kana.into(),
        kind: kind.into(),
        phone: "0834-00-1111".into(),
        ..Office::default()
    }
}

fn staff(name: &str, phone: &str) -> Staff {
    Staff { name: name.into(), phone: phone.into(), role: "MSW".into(), ..Staff::default() }
}

fn directory() -> BTreeMap<Id, Office> {
    let mut hospital = office("架空中央病院", "カクウチュウオウ", "1");
    hospital.area = "中央".into();
    hospital.staff.insert(id(101), staff("山田 花子", "0834-00-2222"));
    hospital.staff.insert(id(102), Staff { left: true, ..staff("川村 次郎", "") });
    hospital.capabilities.insert("dementia".into(), Capability { answer: Answer::Yes, ..Capability::default() });
    let mut gone = office("架空旧病院", "カクウキュウ", "1");
    gone.removed = true;
    [
        (id(1), hospital),
        (id(2), office("架空東病院", "カクウヒガシ", "1")),
        (id(3), gone),
        (id(4), office("架空内科", "カクウナイカ", "2")),
        (id(5), office("架空の里", "カクウノサト", "8")),
    ]
    .into()
}

fn made(directory: &BTreeMap<Id, Office>, list: &str, number: u32) -> Document {
    let extent = usual_extent(list);
    let made = snapshot(directory.iter().map(|(id, o)| (*id, o)), list, &extent, &|a, b| a == b);
    Document { number, on: Some(day(24)), ..made }
}

#[test]
fn a_list_holds_the_offices_of_its_extent_as_they_stood() {
    let directory = directory();
    let names = |list: &str, change: &dyn Fn(&mut Extent)| {
        let mut extent = usual_extent(list);
        change(&mut extent);
        let made = snapshot(directory.iter().map(|(id, o)| (*id, o)), list, &extent, &|a, b| a == b);
        made.rows.iter().map(|row| made.cell(row, "name").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(LIAISON, &|_| {}), ["架空中央病院", "架空東病院"]);
    assert_eq!(names(MEDICAL, &|_| {}), ["架空中央病院", "架空東病院", "架空内科"]);
    assert_eq!(names(FACILITY, &|_| {}), ["架空の里"]);
    assert_eq!(names(LIAISON, &|e| e.area = "中央".into()), ["架空中央病院"]);
    assert_eq!(names(MEDICAL, &|e| e.able = vec!["dementia".into()]), ["架空中央病院"]);
    assert_eq!(names("own", &|_| {}).len(), 4);
    assert!(names(LIAISON, &|e| e.area = "西".into()).is_empty());
    let liaison = made(&directory, LIAISON, 1);
    let people: Vec<_> = liaison.rows[0].staff.iter().map(|p| liaison.staff_cell(p, "name")).collect();
    assert_eq!(people, ["山田 花子"], "who has left is not in it");
    assert!(made(&directory, MEDICAL, 1).rows[0].staff.is_empty());
    assert_eq!(liaison.cell(&liaison.rows[0], "no_such_column"), "");
}

#[test]
fn numbers_go_on_within_a_list_and_one_that_was_taken_back_stays_given() {
    let directory = directory();
    let counter = Document { numbers: [(LIAISON.to_owned(), 4)].into(), ..Document::default() };
    let all = [made(&directory, LIAISON, 2), made(&directory, MEDICAL, 9)];
    assert_eq!(next_number(all.iter(), LIAISON), 3);
    assert_eq!(next_number(all.iter().chain([&counter]), LIAISON), 5);
    assert_eq!(next_number(all.iter().chain([&counter]), FACILITY), 1);
}

#[test]
fn changes_are_told_field_by_field_and_person_by_person() {
    let before = directory();
    let mut after = before.clone();
    let hospital = after.get_mut(&id(1)).unwrap();
    hospital.phone = "0834-00-9999".into();
    hospital.staff.get_mut(&id(101)).unwrap().phone = String::new();
    hospital.staff.insert(id(103), staff("森 三郎", ""));
    after.get_mut(&id(2)).unwrap().removed = true;
    after.get_mut(&id(3)).unwrap().removed = false;
    let found = changes(&made(&before, LIAISON, 1), &made(&after, LIAISON, 2));
    let field = |member: &str, before: &str, after: &str| What::Field {
        member: member.into(),
        before: before.into(),
        after: after.into(),
    };
    assert_eq!(found.len(), 3);
    assert_eq!((found[0].id, found[0].name.as_str()), (id(1), "架空中央病院"));
    assert_eq!(found[0].what[0], field("phone", "0834-00-1111", "0834-00-9999"));
    let told = What::PersonField {
        person: "山田 花子".into(),
        member: "phone".into(),
        before: "0834-00-2222".into(),
        after: String::new(),
    };
    assert!(found[0].what.contains(&told) && found[0].what.contains(&What::PersonAdded("森 三郎".into())));
    assert_eq!((found[1].id, &found[1].what[..]), (id(3), &[What::Added][..]));
    assert_eq!((found[2].id, &found[2].what[..]), (id(2), &[What::Removed][..]));
    after.get_mut(&id(1)).unwrap().staff.get_mut(&id(101)).unwrap().left = true;
    let left = changes(&made(&before, LIAISON, 1), &made(&after, LIAISON, 2));
    assert!(left[0].what.contains(&What::PersonRemoved("山田 花子".into())));
    assert!(changes(&made(&before, LIAISON, 1), &made(&before, LIAISON, 2)).is_empty());
}

#[test]
fn a_column_or_staff_that_one_edition_lacks_is_no_change() {
    let directory = directory();
    let (with, mut without) = (made(&directory, LIAISON, 1), made(&directory, LIAISON, 2));
    without.staff_columns.clear();
    without.rows.iter_mut().for_each(|row| row.staff.clear());
    without.columns.pop();
    without.rows.iter_mut().for_each(|row| _ = row.cells.pop());
    assert!(changes(&with, &without).is_empty() && changes(&without, &with).is_empty());
}

#[test]
fn who_has_only_an_older_edition_is_told_once_with_the_newest_they_have() {
    let directory = directory();
    let mut all: BTreeMap<Id, Document> =
        (1..=3).map(|n| (id(200 + n), made(&directory, LIAISON, u32::from(n)))).collect();
    all.insert(id(210), made(&directory, MEDICAL, 7));
    let mut give = |edition: u8, entry: u8, office: Id, name: &str, back: Option<NaiveDate>| {
        let received = Recipient { back, ..recipient(office, name, day(24), "6", id(9)) };
        all.get_mut(&id(200 + edition)).unwrap().recipients.insert(id(entry), received);
    };
    give(1, 1, id(1), "架空中央病院", None);
    give(3, 2, id(1), "架空中央病院", None);
    give(1, 3, id(2), "架空東病院", None);
    give(2, 4, id(2), "架空東病院", None);
    give(2, 5, Id::NIL, "架空会議", None);
    give(1, 6, id(4), "架空内科", Some(day(25)));
    give(2, 7, id(5), "架空の里", Some(day(25)));
    give(2, 8, id(5), "架空の里", None);
    give(10, 9, id(4), "架空内科", None);
    let key = |r: &Recipient| if r.office.is_nil() { r.name.clone() } else { r.office.to_string() };
    let found: Vec<_> =
        holders_of_old(&all, LIAISON, &key).iter().map(|h| (h.number, h.recipient.name.clone())).collect();
    let wanted = [(2, "架空の里".to_owned()), (2, "架空会議".to_owned()), (2, "架空東病院".to_owned())];
    assert_eq!(found, wanted);
    assert!(holders_of_old(&all, MEDICAL, &key).is_empty() && holders_of_old(&all, "none", &key).is_empty());
    let second = before(&all, &all[&id(203)]).unwrap();
    assert_eq!(second.1.number, 2);
    assert!(before(&all, &all[&id(201)]).is_none());
}
