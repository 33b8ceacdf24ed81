//! Looks: kept in the chain like changes, and the record they are about stays as it was.

use serde_json::json;

use super::tests::{all, at, case, edit, memory, operator, reopen};
use super::*;
use crate::desk::record::{Batch, Edit, Kind};

fn look(key: RecordKey, details: serde_json::Value) -> Batch {
    Batch::new("access-open", operator(), vec![Edit::new(key, details)])
}

#[test]
fn a_look_is_kept_and_changes_nothing() {
    let (mut journal, disk, options) = memory();
    journal.commit(edit(1, json!({"number": "R8-0001"})), at(1)).unwrap();
    let before = all(&journal);
    // A look at a record that never was is kept too: a failed login names nobody who exists.
    let nobody = RecordKey::new(Kind::Operator, Id::NIL);
    for (n, key) in [(2, case(1)), (3, nobody), (4, case(1))] {
        let receipt = journal.commit(look(key, json!({"number": "altered", "n": n})), at(n)).unwrap();
        assert_eq!(receipt.records, []);
    }
    let check = |journal: &Journal| {
        assert_eq!(all(journal), before);
        assert_eq!(journal.history(case(1)).unwrap().changes.len(), 1, "the history is of changes");
        let seen: Vec<_> = journal.looks(case(1), 9).unwrap().iter().map(|l| l.patch["n"].clone()).collect();
        assert_eq!(seen, [json!(4), json!(2)]);
        assert_eq!(journal.looks(case(1), 1).unwrap().len(), 1);
        assert_eq!(journal.looks(nobody, 9).unwrap().len(), 1);
        assert!(journal.verify().unwrap().is_sound());
    };
    check(&journal);
    drop(journal);
    check(&reopen(&disk, &options).0);
    // A store that is built anew from the journal has them too.
    let StoreChoice::Memory(store) = &options.store else { unreachable!() };
    store.tamper(std::collections::BTreeMap::clear);
    let (mut journal, _) = reopen(&disk, &options);
    check(&journal);
    let undone = journal.undo(operator(), at(9)).unwrap().unwrap();
    assert_eq!(undone.what, "done-test", "what was looked at is not taken back");
}

#[test]
fn what_was_done_is_read_backwards_in_pages() {
    let (mut journal, ..) = memory();
    for n in 1..=5 {
        journal.commit(edit(n, json!({"n": n})), at(n)).unwrap();
        journal.commit(look(case(n), json!({})), at(n)).unwrap();
    }
    let page = |before| -> Vec<(u64, String)> {
        let found = journal.walk_back(before).take(4).map(Result::unwrap);
        found.map(|(seq, change)| (seq, change.what)).collect()
    };
    let first = page(None);
    assert_eq!(first[0], (10, "access-open".to_owned()));
    assert_eq!(first[3], (7, "done-test".to_owned()));
    assert_eq!(page(Some(7))[0].0, 6);
    assert_eq!(page(Some(1)), []);
}

#[test]
fn a_look_that_the_store_lost_is_told() {
    let (mut journal, _, options) = memory();
    journal.commit(look(case(1), json!({})), at(1)).unwrap();
    let StoreChoice::Memory(store) = &options.store else { unreachable!() };
    store.tamper(|cells| cells.retain(|key, _| !key.starts_with(b"L")));
    let report = journal.verify().unwrap();
    assert!(!report.is_sound());
    journal.repair(&report).unwrap();
    assert!(journal.verify().unwrap().is_sound());
    assert_eq!(journal.looks(case(1), 9).unwrap().len(), 1);
}
