//! Imports into a directory: what is added, changed, kept, and that the same file twice changes nothing.

use super::super::rows::from_bytes;
use super::*;
use crate::desk::office::{Answer, Capability, Staff, Verified};

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
}

/// Identities in order, from a number that no other call of a test uses.
fn ids(from: u128) -> impl FnMut() -> Id {
    let mut n = from << 32;
    move || {
        n += 1;
        Id::from_bytes(n.to_be_bytes())
    }
}

type Directory = Vec<(Id, Office)>;

fn import(directory: &mut Directory, text: &str, on: u32) -> Plan {
    import_bytes(directory, text.as_bytes(), on)
}

fn import_bytes(directory: &mut Directory, bytes: &[u8], on: u32) -> Plan {
    let readings = from_bytes("f", bytes).unwrap();
    let plan = plan(&readings, directory, &mut ids(u128::from(on) + directory.len() as u128), day(on));
    *directory = after(directory, &plan);
    plan
}

fn counts(plan: &Plan) -> [usize; 6] {
    [plan.adds.len(), plan.changed_offices(), plan.unchanged, plan.kept.len(), plan.skipped.len(), plan.conflicts.len()]
}

const FIXTURES: [&[u8]; 9] = [
    include_bytes!("../../../tests/fixtures/iryo_hospital.csv"),
    include_bytes!("../../../tests/fixtures/iryo_pharmacy.csv"),
    include_bytes!("../../../tests/fixtures/kaigo_old.csv"),
    include_bytes!("../../../tests/fixtures/kaigo_new.csv"),
    include_bytes!("../../../tests/fixtures/medical_standard.csv"),
    include_bytes!("../../../tests/fixtures/hospital_list.csv"),
    include_bytes!("../../../tests/fixtures/offices_en.json"),
    include_bytes!("../../../tests/fixtures/liaison_cp932.csv"),
    include_bytes!("../../../tests/fixtures/wrong_columns.json"),
];

#[test]
fn the_same_files_twice_change_nothing() {
    let mut directory = Directory::new();
    for file in FIXTURES {
        assert!(!import_bytes(&mut directory, file, 1).is_empty());
    }
    let before = directory.clone();
    for file in FIXTURES {
        let again = import_bytes(&mut directory, file, 2);
        assert!(again.is_empty(), "{:?} {:?}", again.changes, again.adds.len());
        assert!(again.unchanged > 0);
        assert_eq!(again.kept, []);
    }
    assert_eq!(directory, before);
}

#[test]
fn the_liaison_list_meets_the_official_list_by_name() {
    let mut directory = Directory::new();
    import_bytes(&mut directory, FIXTURES[0], 1);
    let plan = import_bytes(&mut directory, FIXTURES[7], 2);
    assert_eq!(counts(&plan), [1, 1, 0, 0, 0, 0], "架空中央病院 is known, 架空ミナト病院 is new");
    let office = &directory.iter().find(|(_, o)| o.name.ends_with("架空中央病院")).unwrap().1;
    assert_eq!(office.name, "医療法人架空会　架空中央病院", "the official name stays");
    assert_eq!(office.official_id, "iryo:3511350000011");
    assert_eq!(crate::desk::phone::digits(&office.phone), "0834000301");
    let staff: Vec<_> = office.present_staff().into_iter().map(|(_, s)| s.name.as_str()).collect();
    assert_eq!(staff, ["山口 花子", "髙橋 一郎"]);
    assert_eq!((office.updated_on, office.verified.as_ref()), (Some(day(2)), None));
}

#[test]
fn a_newer_file_updates_by_identity() {
    let mut directory = Directory::new();
    let old = std::str::from_utf8(FIXTURES[2]).unwrap();
    import(&mut directory, old, 1);
    let new = old.replace("0834-00-0011", "0834-00-9911").replace("架空の里", "架空の里　新館");
    let plan = import(&mut directory, &new, 2);
    assert_eq!(counts(&plan), [0, 2, 1, 0, 0, 0]);
    let changed: Vec<_> = plan.changes.iter().map(|c| (c.field, c.from.as_str(), c.to.as_str())).collect();
    assert!(changed.contains(&("name", "架空の里", "架空の里　新館")), "{changed:?}");
    assert_eq!(directory.len(), 3);
    assert_eq!(plan.batch(Id::NIL).what, "done-import-offices");
}

#[test]
fn a_newer_file_updates_by_name_and_address_in_any_spelling() {
    let mut directory = Directory::new();
    import(
        &mut directory,
        "施設区分,施設正式名称,所在地,電話番号\n病院,髙﨑架空病院,架空市港町１丁目１－１ ,096-000-0001\n",
        1,
    );
    let plan = import(
        &mut directory,
        "施設区分,施設正式名称,所在地,電話番号\n病院,高崎架空病院,架空市港町1-1-1,096-000-0009\n",
        2,
    );
    assert_eq!(counts(&plan), [0, 1, 0, 0, 0, 0]);
    assert_eq!(plan.changes.len(), 1);
    assert_eq!((plan.changes[0].field, directory[0].1.name.as_str()), ("phone", "髙﨑架空病院"));
}

#[test]
fn what_the_desk_changed_emptied_or_added_is_kept() {
    let mut directory = Directory::new();
    let old = std::str::from_utf8(FIXTURES[2]).unwrap();
    import(&mut directory, old, 1);
    let office = &mut directory.iter_mut().find(|(_, o)| o.official_id == "kaigo:3570000011").unwrap().1;
    office.phone = "0834-00-7777".into();
    office.url = String::new();
    office.services.push("ショートステイ".into());
    office.note = "夜間は正面玄関へ".into();
    office.verified = Some(Verified { on: day(1), by: Id::from_bytes([7; 16]), how: "1".into() });
    office.staff.insert(Id::from_bytes([9; 16]), Staff { name: "架空 三郎".into(), ..Staff::default() });
    let before = directory.clone();
    let new = old.replace("0834-00-0011", "0834-00-9911").replace("example.invalid", "example.test");
    let plan = import(&mut directory, &new, 2);
    assert!(plan.is_empty(), "{:?}", plan.changes);
    let kept: Vec<_> = plan.kept.iter().map(|k| (k.change.field, k.why)).collect();
    assert_eq!(kept, [("phone", Why::Desk), ("url", Why::Desk)]);
    assert_eq!(directory, before);
}

#[test]
fn an_entry_that_the_desk_took_out_does_not_come_back() {
    let mut directory = Directory::new();
    import_bytes(&mut directory, FIXTURES[0], 1);
    directory[0].1.removed = true;
    let plan = import_bytes(&mut directory, FIXTURES[0], 2);
    assert!(plan.is_empty());
    assert_eq!(plan.kept.iter().map(|k| k.why).collect::<Vec<_>>(), [Why::Removed]);
}

#[test]
fn staff_are_met_by_name_and_keep_their_identities() {
    let list = "病院名,担当者名,職種,電話,内線\n架空病院,髙橋 花子,MSW,0834-00-0001,11\n架空病院,山﨑 太郎,看護師,0834-00-0001,12\n";
    let mut directory = Directory::new();
    import(&mut directory, list, 1);
    let before = directory[0].1.staff.clone();
    let newer = list.replace("髙橋 花子", "高橋　花子").replace(",12\n", ",99\n") + "架空病院,新人 一子,MSW,,13\n";
    let plan = import(&mut directory, &newer, 2);
    let staff = &directory[0].1.staff;
    assert_eq!(staff.len(), 3);
    assert!(before.keys().all(|id| staff.contains_key(id)));
    let fields: Vec<_> = plan.changes.iter().map(|c| (c.field, c.staff.as_str(), c.to.as_str())).collect();
    assert_eq!(fields, [("extension", "山﨑 太郎", "99"), ("staff", "", "新人 一子")]);
    // The desk corrects one extension: the next list leaves that one alone.
    let id = *before.iter().find(|(_, s)| s.name == "山﨑 太郎").unwrap().0;
    directory[0].1.staff.get_mut(&id).unwrap().extension = "77".into();
    let plan = import(&mut directory, &newer.replace(",99\n", ",88\n"), 3);
    assert!(plan.is_empty());
    assert_eq!(plan.kept[0].change.from, "77");
}

#[test]
fn two_people_of_one_name_stay_two() {
    let list = "病院名,部署,担当者名,内線\n架空病院,連携室,山口 花子,11\n架空病院,医事課,山口 花子,12\n架空病院,医事課,山口 花子,12\n";
    let mut directory = Directory::new();
    import(&mut directory, list, 1);
    assert_eq!(directory[0].1.staff.len(), 2);
    assert!(import(&mut directory, list, 2).is_empty());
}

#[test]
fn lists_do_not_overwrite_each_other() {
    let mut directory = Directory::new();
    let a = "施設区分,施設正式名称,所在地,電話番号,内科,外科\n病院,架空病院,架空市港町1-1,096-000-0001,○,○\n";
    let b = "病院名,住所,電話,FAX\n架空病院,架空市港町1-1,096-000-0002,096-000-0003\n";
    import(&mut directory, a, 1);
    let plan = import(&mut directory, b, 2);
    assert_eq!(plan.kept.iter().map(|k| (k.change.field, k.why)).collect::<Vec<_>>(), [("phone", Why::OtherList)]);
    assert_eq!(plan.changes.iter().map(|c| c.field).collect::<Vec<_>>(), ["fax"]);
    // Each list goes on updating what it wrote itself.
    assert_eq!(import(&mut directory, &b.replace("0003", "0004"), 3).changes[0].field, "fax");
    let plan = import(&mut directory, &a.replace("0001,○,○", "0009,○,"), 4);
    assert_eq!(plan.changes.iter().map(|c| c.field).collect::<Vec<_>>(), ["phone", "services"]);
    assert_eq!(directory[0].1.services, ["内科"]);
}

#[test]
fn one_identity_with_two_services_is_one_office_or_two_by_its_names() {
    let head = "事業所番号,事業所名,サービスの種類,住所,電話番号\n";
    let mut directory = Directory::new();
    let day = format!("{head}3570000099,架空の杜,通所介護,架空市1,0834-00-0001\n");
    let visit = format!("{head}3570000099,架空の杜,訪問介護,架空市1,0834-00-0002\n");
    import(&mut directory, &day, 1);
    let plan = import(&mut directory, &visit, 2);
    assert_eq!(directory.len(), 1);
    assert_eq!(directory[0].1.services, ["通所介護", "訪問介護"]);
    assert_eq!(plan.kept[0].why, Why::OtherList, "the number of the other service stays");
    assert!(import(&mut directory, &day, 3).is_empty() && import(&mut directory, &visit, 4).is_empty());
    import(&mut directory, &format!("{head}3570000099,架空の杜ホーム,介護老人福祉施設,架空市1,0834-00-0003\n"), 5);
    assert_eq!(directory.len(), 2);
}

#[test]
fn a_name_that_could_be_two_offices_is_passed_over_and_a_moved_one_told() {
    let mut directory = Directory::new();
    let two = "病院名,住所,電話\n中央架空病院,架空市港町1,0834-00-0001\n中央架空病院,別架空市山手2,0835-00-0002\n";
    let plan = import(&mut directory, two, 1);
    assert_eq!((directory.len(), plan.conflicts[0].what), (2, Trouble::SameName));
    let plan = import(&mut directory, "病院名,担当者名\n中央架空病院,架空 花子\n", 2);
    assert_eq!((plan.is_empty(), plan.conflicts[0].what, plan.conflicts[0].row), (true, Trouble::Several, 2));
    let plan = import(&mut directory, "病院名,担当者名,電話\n中央架空病院,架空 花子,0835-00-0002\n", 3);
    assert_eq!(counts(&plan), [0, 1, 0, 0, 0, 0], "the number tells which");
}

#[test]
fn ten_thousand_rows_are_planned_in_one_pass() {
    use std::fmt::Write;
    let mut text = String::from("事業所番号,事業所名,サービスの種類,住所,電話番号\n");
    for n in 0..10_000 {
        writeln!(text, "35{n:08},架空事業所{n},通所介護,山口県架空市港町{n},0834-00-{n:04}").unwrap();
    }
    let mut directory = Directory::new();
    assert_eq!(import(&mut directory, &text, 1).adds.len(), 10_000);
    assert_eq!(import(&mut directory, &text, 2).unchanged, 10_000);
}

/// The answers of an office about beds: `general+ psychiatric-`.
fn beds(directory: &Directory, name: &str) -> String {
    let (_, office) = directory.iter().find(|(_, office)| office.name == name).unwrap();
    let sign = |known: &Capability| match known.answer {
        Answer::Yes => '+',
        Answer::No => '-',
        Answer::Ask => '?',
        Answer::Unknown => '_',
    };
    let beds = office.capabilities.iter().filter_map(|(code, known)| Some((code.strip_prefix("bed-")?, known)));
    beds.map(|(code, known)| format!("{code}{}", sign(known))).collect::<Vec<_>>().join(" ")
}

#[test]
fn columns_of_beds_say_what_a_hospital_has_and_has_not() {
    let header = "ID,正式名称,正式名称（フリガナ）,一般病床,療養病床,精神病床,結核病床,回復期,合計病床数\n";
    for (cells, can, capacity) in [
        ("200,60,0,0,40,260", "general+ long-term+ psychiatric- recovery+", "260（一般200・療養60・回復期40）"),
        ("２００床,\"1,200\",,,○,", "general+ long-term+ recovery+", "一般２００床・療養1,200・回復期○"),
        // Zeros alone: nobody filled the columns in.
        ("0,0,0,0,0,0", "", ""),
        (",,,,,", "", ""),
        ("-,あり?,－,,無,12", "", "12（療養あり?）"),
        ("0,0,有,0,×,80", "general- long-term- psychiatric+ recovery-", "80（精神有）"),
        ("0,0,0,6,0,", "general- long-term- psychiatric- recovery-", "結核6"),
    ] {
        let mut directory = Directory::new();
        import(&mut directory, &format!("{header}3511350000011,架空病院,カクウビョウイン,{cells}\n"), 1);
        assert_eq!(beds(&directory, "架空病院"), can, "{cells}");
        assert_eq!(directory[0].1.capacity, capacity, "{cells}");
        let told = directory[0].1.capabilities.values();
        assert!(told.clone().all(|known| known.source == "published" && known.on.is_none() && known.by.is_nil()));
    }
}

#[test]
fn a_list_of_beds_changes_only_what_a_list_of_its_kind_said() {
    let list = |cells: &str| {
        format!(
            "施設区分,施設正式名称,所在地,電話番号,一般病床数,療養病床数\n病院,架空病院,架空市港町1-1,0834-00-0001,{cells}\n"
        )
    };
    let other =
        "名称,医療機関の種類,所在地,電話番号,一般病床数,療養病床数\n架空病院,病院,架空市港町1-1,0834-00-0001,10,0\n";
    let mut directory = Directory::new();
    import(&mut directory, &list("120,0"), 1);
    assert_eq!(beds(&directory, "架空病院"), "general+ long-term-");
    // The same list says otherwise.
    let plan = import(&mut directory, &list("120,30"), 2);
    assert_eq!(beds(&directory, "架空病院"), "general+ long-term+");
    assert!(plan.changes.iter().any(|change| change.field == "capabilities"));
    assert!(import(&mut directory, &list("120,30"), 3).is_empty());
    // Another list says otherwise.
    let plan = import(&mut directory, other, 4);
    assert_eq!(
        plan.kept.iter().filter(|k| k.change.field == "capabilities").map(|k| k.why).collect::<Vec<_>>(),
        [Why::OtherList]
    );
    // Somebody asked: it stays whatever the lists say.
    directory[0].1.capabilities.insert(
        "bed-general".into(),
        Capability { answer: Answer::No, source: "phone".into(), on: Some(day(5)), by: Id::from_bytes([7; 16]) },
    );
    let plan = import(&mut directory, &list("120,30"), 6);
    assert_eq!(beds(&directory, "架空病院"), "general- long-term+");
    assert_eq!(plan.kept.iter().map(|k| (k.change.field, k.why)).collect::<Vec<_>>(), [("capabilities", Why::Desk)]);
    // And what the desk took out is not put in again.
    directory[0].1.capabilities.remove("bed-long-term");
    let plan = import(&mut directory, &list("120,30"), 7);
    assert_eq!(beds(&directory, "架空病院"), "general-");
    assert_eq!(plan.kept.len(), 2);
}
