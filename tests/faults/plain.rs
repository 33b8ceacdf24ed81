//! What was typed is looked for in every file, in every way in which it could stand there. Row 11 of the table
//! (docs/faults.md).

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use madoguchi::desk::record::{Batch, Edit, Kind, RecordKey};
use madoguchi::desk::secret::Secret;
use madoguchi::journal::backup;
use madoguchi::journal::vault::{Cost, Founding, Newcomer, Vault};
use madoguchi::journal::{Clear, Journal, Options, RealDisk, Seal};
use serde_json::json;

use super::rounds::figures;
use super::spelt::{Search, texts};
use super::{at, id, operator};

/// A desk with everything that a person can leave on a disk: records, changes, a removed text, a draft, a backup.
fn desk(root: &Path, seal: Arc<dyn Seal>) -> BTreeSet<String> {
    let options = Options { seal, segment_bytes: 16 << 10, reserve_bytes: 8 << 10, ..Options::small(at(0)) };
    let (mut journal, _) = Journal::create(&root.join("data"), Arc::new(RealDisk), options.of_desk(id(7))).unwrap();
    let mut known = BTreeSet::new();
    for n in 0..60_u64 {
        let case = json!({
            "number": format!("R8-{n:04}"), "caller": format!("架空野 千鶴{n}"), "caller_kana": "カクウノ チヅル",
            "phone": format!("0834-00-{n:04}"), "complaint": "夜間に喘鳴が強くなり眠れないとの訴え",
        });
        let office = json!({"name": format!("架空訪問看護ステーション第{n}"), "phone": format!("0834-00-9{n:03}")});
        let edits = vec![
            Edit::new(RecordKey::new(Kind::Case, id(n)), case),
            Edit::new(RecordKey::new(Kind::Office, id(500 + n)), office),
        ];
        for edit in &edits {
            texts(&edit.patch, &mut known);
        }
        journal.commit(Batch::new("done-test", operator(), edits), at(n)).unwrap();
    }
    let gone = Edit::new(RecordKey::new(Kind::Case, id(3)), json!({"complaint": "書き直した後の主訴の文章"}));
    texts(&gone.patch, &mut known);
    journal.commit(Batch::new("done-test", operator(), vec![gone]), at(100)).unwrap();
    let draft = json!({"complaint": "まだ途中の聞き取りの内容", "phone": "0834-00-7788"});
    texts(&draft, &mut known);
    journal.drafts().save(id(9), &draft).unwrap();
    fs::create_dir_all(root.join("backups")).unwrap();
    let snapshot = journal.snapshot().unwrap();
    backup::write(&snapshot, &RealDisk, &root.join("backups").join("a.backup"), at(200)).unwrap();
    drop(snapshot);
    journal.idle().unwrap();
    // No clean stop: what a start would tidy lies there too.
    drop(journal);
    assert!(known.len() > 120);
    known
}

#[test]
fn nothing_that_was_typed_stands_in_any_file_of_a_sealed_desk() {
    let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let passphrase = Secret::new("夜の川に白い橋がかかる秋の朝");
    let first = Newcomer { operator: id(1), passphrase: &passphrase, second: None, names: &[] };
    let founding = Founding { desk: id(7), demo: false, first, cost: Cost::TEST };
    let (_, unlocked, _) = Vault::create(&place.path().join("data"), Arc::new(RealDisk), &founding, at(0)).unwrap();
    let mut known = desk(place.path(), Arc::new(unlocked.keyring.clone()));
    known.insert(passphrase.expose().to_owned());
    let search = Search::of(&known);
    assert_eq!(search.hits(place.path(), &[]), BTreeSet::new());
    figures(&format!("plain text: {} texts in {} spellings looked for, none found", known.len(), search.len()));
}

#[test]
fn checker_a_desk_in_clear_shows_every_text() {
    let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let known = desk(place.path(), Arc::new(Clear));
    let hits = Search::of(&known).hits(place.path(), &[]);
    let seen: BTreeSet<usize> = hits.iter().map(|(_, text)| *text).collect();
    assert!(seen.len() >= known.len() - 2, "{} of {} texts were found", seen.len(), known.len());
}
