//! Parts, values and patches of a proposal.

use super::*;
use crate::desk::edits;
use crate::desk::patch as merge;
use crate::desk::record::Kind;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn office() -> Office {
    let person = |name: &str, order| Staff { name: name.into(), order, ..Staff::default() };
    Office {
        name: "架空医院".into(),
        phone: "0834-00-0001".into(),
        services: vec!["内科".into(), "外科".into()],
        staff: [(id(1), person("架空花子", 0)), (id(2), person("架空次郎", 3))].into(),
        ..Office::default()
    }
}

#[test]
fn parts_are_read_as_they_are_written_and_nothing_else() {
    let all =
        [Part::Office("phone"), Part::Able("ivh".into()), Part::Staff(id(3), "role"), Part::Left(id(3)), Part::New(12)];
    for part in all {
        assert_eq!(part.to_string().parse(), Ok(part));
    }
    for text in
        ["", "office", "office.note", "office.alert", "able.", "staff.x.role", "left.", "new.-1", "new.架空", "x.y"]
    {
        assert_eq!(text.parse::<Part>(), Err(NoPart), "{text}");
    }
}

#[test]
fn values_are_kept_as_the_directory_keeps_them() {
    let today = day("2026-11-23");
    for (part, text, kept) in [
        (Part::Office("phone"), "０８３４－００－１２３４", Ok("0834-00-1234")),
        (Part::Staff(id(1), "phone"), "0834001234", Ok("0834-00-1234")),
        (Part::Office("fax"), "変わりません", Err(Expected::Phone)),
        (Part::Office("phone"), "", Ok("")),
        (Part::Office("postal_code"), "〒745-0000", Ok("7450000")),
        (Part::Office("postal_code"), "745", Err(Expected::Postal)),
        (Part::Office("email"), "a@example.jp", Ok("a@example.jp")),
        (Part::Office("email"), "a at example.jp", Err(Expected::Email)),
        (Part::Office("accepting_until"), "R8.12.6", Ok("2026-12-06")),
        (Part::Office("accepting_until"), "来週くらい", Err(Expected::Day)),
        (Part::Able("ivh".into()), "yes", Ok("yes")),
        (Part::Able("ivh".into()), "たぶん", Err(Expected::Answer)),
        (Part::Office("name"), " ", Err(Expected::Name)),
        (Part::Office("hours"), " 平日 9-17 ", Ok("平日 9-17")),
    ] {
        assert_eq!(understood(&part, text, today), kept.map(str::to_owned), "{part} {text}");
    }
}

#[test]
fn a_conflict_is_a_directory_that_holds_neither_the_old_nor_the_new() {
    let item = |base: &str, wanted: &str| Item { base: base.into(), wanted: wanted.into(), ..Item::default() };
    let part = Part::Office("phone");
    for (base, wanted, conflict) in [
        ("0834-00-0001", "0834-00-0009", false),
        ("0834-00-0005", "0834-00-0009", true),
        ("0834-00-0005", "0834-00-0001", false),
        (" 0834-00-0001\r\n", "", false),
    ] {
        assert_eq!(Proposal::is_conflict(&part, &item(base, wanted), &office()), conflict, "{base} {wanted}");
    }
}

fn proposal(items: &[(&str, &str, &str)]) -> Proposal {
    let item = |base: &str, wanted: &str| Item { base: base.into(), wanted: wanted.into(), ..Item::default() };
    Proposal {
        office: id(9),
        sure: true,
        received_on: Some(day("2026-11-20")),
        items: items.iter().map(|(key, base, wanted)| ((*key).to_owned(), item(base, wanted))).collect(),
        ..Proposal::default()
    }
}

/// What the records of a batch become.
fn after(batch: &crate::desk::record::Batch, before: &Office, proposal: &Proposal) -> (Office, Proposal) {
    let (mut office, mut kept) = (edits::compact(before), edits::compact(proposal));
    for edit in &batch.edits {
        let target = if edit.record.kind == Kind::Office { &mut office } else { &mut kept };
        merge::apply(target, &edit.patch);
    }
    (serde_json::from_value(office).unwrap(), serde_json::from_value(kept).unwrap())
}

#[test]
fn what_is_accepted_is_one_batch_and_the_rest_waits() {
    let key = format!("staff.{}.role", id(1));
    let items = [("office.phone", "0834-00-0001", "0834-00-0009"), ("office.hours", "", "平日"), (&key, "", "MSW")];
    let mut waiting = proposal(&items);
    waiting.items.insert(
        "new.1".into(),
        Item { person: Some(Staff { name: "架空三郎".into(), ..Staff::default() }), ..Item::default() },
    );
    waiting.items.insert("able.ivh".into(), Item { wanted: "ask".into(), ..Item::default() });
    waiting.items.insert(format!("left.{}", id(2)), Item { wanted: LEFT.into(), ..Item::default() });
    let accept = edits::Accept { by: id(7), how: "6", told: "変更届", today: day("2026-11-23") };
    let mut fresh = || id(8);
    let first = edits::accept_changes(&accept, (id(5), &waiting), &office(), &["office.phone".into()], &mut fresh);
    let (kept, rest) = after(&first.unwrap(), &office(), &waiting);
    assert_eq!((kept.phone.as_str(), kept.hours.as_str()), ("0834-00-0009", ""));
    assert_eq!(kept.verified.as_ref().map(|v| (v.on, v.how.as_str())), Some((day("2026-11-20"), "6")));
    assert_eq!(kept.updated_on, Some(day("2026-11-23")));
    assert!(!rest.closed && rest.waiting().count() == 5);
    let all: Vec<String> = rest.waiting().map(|(part, _)| part.to_string()).collect();
    let second = edits::accept_changes(&accept, (id(5), &rest), &kept, &all, &mut fresh).unwrap();
    let (kept, rest) = after(&second, &kept, &rest);
    assert!(rest.closed);
    assert_eq!(kept.staff.get(&id(8)).map(|p| (p.name.as_str(), p.order)), Some(("架空三郎", 4)));
    assert_eq!(kept.staff.get(&id(1)).map(|p| p.role.as_str()), Some("MSW"));
    assert!(kept.staff.get(&id(2)).is_some_and(|p| p.left));
    let able = kept.capabilities.get("ivh").unwrap();
    assert_eq!((able.answer, able.source.as_str(), able.on), (Answer::Ask, "変更届", Some(day("2026-11-20"))));
    assert!(edits::accept_changes(&accept, (id(5), &rest), &kept, &all, &mut fresh).is_none());
}

#[test]
fn refused_edited_and_unreadable_items_stay_out_of_the_directory() {
    let mut waiting = proposal(&[("office.phone", "", "分かりません"), ("office.hours", "", "平日")]);
    if let Some(item) = waiting.items.get_mut("office.phone") {
        item.expected = Some(Expected::Phone);
    }
    let accept = edits::Accept { by: id(7), how: "6", told: "", today: day("2026-11-23") };
    let phone = ["office.phone".to_owned()];
    assert!(edits::accept_changes(&accept, (id(5), &waiting), &office(), &phone, &mut || id(8)).is_none());
    let batch = edits::edit_change(id(7), (id(5), &waiting), "office.phone", "0834-00-0002").unwrap();
    let (_, rest) = after(&batch, &office(), &waiting);
    assert_eq!(rest.items.get("office.phone").map(|i| (i.wanted.as_str(), i.expected)), Some(("0834-00-0002", None)));
    let all = ["office.phone".to_owned(), "office.hours".to_owned()];
    let batch = edits::refuse_changes(id(7), (id(5), &rest), &all).unwrap();
    let (kept, rest) = after(&batch, &office(), &rest);
    assert!(rest.closed && kept == office());
    assert!(edits::refuse_changes(id(7), (id(5), &rest), &all).is_none());
}

#[test]
fn everything_still_holding_is_a_check_and_no_change() {
    let waiting = Proposal { unchanged: true, ..proposal(&[]) };
    let accept = edits::Accept { by: id(7), how: "6", told: "", today: day("2026-11-23") };
    let batch = edits::accept_changes(&accept, (id(5), &waiting), &office(), &[], &mut || id(8)).unwrap();
    let (kept, rest) = after(&batch, &office(), &waiting);
    assert_eq!((kept.verified.map(|v| v.on), kept.updated_on), (Some(day("2026-11-20")), None));
    assert!(rest.closed);
}
