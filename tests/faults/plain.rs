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
use memchr::memmem;
use serde_json::{Value, json};

use super::closed::files;
use super::rounds::figures;
use super::{at, id, operator};

/// Every text in the value that says something of a person: longer than a code.
pub fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            let wide = text.chars().filter(|sign| !sign.is_ascii()).count();
            let digits = text.chars().filter(char::is_ascii_digit).count();
            if wide >= 3 || (digits >= 8 && text.contains('-')) {
                found.insert(text.clone());
            }
        }
        Value::Array(list) => list.iter().for_each(|value| texts(value, found)),
        Value::Object(members) => members.values().for_each(|value| texts(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text in half-width kana, as far as it is kana.
fn half_width(text: &str) -> String {
    const WIDE: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンー";
    const HALF: &str = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｰ";
    let half = |sign| WIDE.chars().position(|wide| wide == sign).and_then(|n| HALF.chars().nth(n));
    text.chars().map(|sign| half(sign).unwrap_or(sign)).collect()
}

/// The text as bytes: UTF-8, UTF-16 in both orders, CP932; a number with and without its hyphens; kana in half width.
fn spellings(text: &str) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    let bare: String = text.chars().filter(|sign| *sign != '-').collect();
    for text in BTreeSet::from([text.to_owned(), half_width(text), bare]) {
        all.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        all.push(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
        let (sjis, _, unknown) = encoding_rs::SHIFT_JIS.encode(&text);
        if !unknown {
            all.push(sjis.into_owned());
        }
        all.push(text.into_bytes());
    }
    all.sort();
    all.dedup();
    all
}

/// Where the texts stand: file names and contents below the folder. What was found is named by its number alone.
pub fn hits(folder: &Path, texts: &BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    files(folder, &mut found);
    let spelt: Vec<_> = texts.iter().map(|text| spellings(text)).collect();
    let mut hits = Vec::new();
    for path in &found {
        let bytes = fs::read(path).unwrap();
        let name = path.to_string_lossy();
        for (n, spellings) in spelt.iter().enumerate() {
            let there = |part: &[u8]| spellings.iter().any(|spelling| memmem::find(part, spelling).is_some());
            if there(&bytes) || there(name.as_bytes()) {
                hits.push(format!("{}: text {n}", path.file_name().unwrap().to_string_lossy()));
            }
        }
    }
    hits
}

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
    assert_eq!(hits(place.path(), &known), Vec::<String>::new());
    figures(&format!("plain text: {} texts looked for in every spelling, none found", known.len()));
}

#[test]
fn checker_a_desk_in_clear_shows_every_text() {
    let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let known = desk(place.path(), Arc::new(Clear));
    let seen: BTreeSet<_> =
        hits(place.path(), &known).iter().map(|hit| hit.split(": ").nth(1).unwrap().to_owned()).collect();
    assert!(seen.len() >= known.len() - 2, "{} of {} texts were found", seen.len(), known.len());
}
