//! A desk of any size with invented cases and offices, the same on every machine, made as the program makes one: keys
//! first, everything else sealed behind them.

#![allow(dead_code, reason = "each bench uses its part")]

pub mod disk;
pub mod figures;
pub mod program;

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Days, FixedOffset};
use madoguchi::desk::case::{Case, Status};
use madoguchi::desk::edits;
use madoguchi::desk::id::Id;
use madoguchi::desk::office::Office;
use madoguchi::desk::operator::{DeskProfile, Operator};
use madoguchi::desk::record::{Batch, Edit, Kind};
use madoguchi::desk::secret::Secret;
use madoguchi::journal::vault::{Cost, Founding, Newcomer};
use madoguchi::journal::{Disk, Journal, Options};
use madoguchi::runtime::entry::{self, Made};

use crate::rows::{self, Numbers};

/// However many cases a desk has closed, it works on about this many.
const OPEN: usize = 300;

/// Edits in one batch.
const BATCH: usize = 1_000;

/// What opens every desk here; in letters that a pty takes as keys.
pub const PASSPHRASE: &str = "kakuu no mado de neko to ocha";

/// How many cases the desks have that are measured: `MADOGUCHI_BENCH_CASES=100000` measures that size alone.
pub fn sizes() -> Vec<usize> {
    let wanted = std::env::var("MADOGUCHI_BENCH_CASES").unwrap_or_else(|_| "1000,10000,100000".to_owned());
    wanted.split(',').map(|size| size.trim().parse().expect("sizes of desks, such as 1000,100000")).collect()
}

/// The time at the desk.
pub fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-24T14:29:00+09:00").expect("a time")
}

/// Whether a desk is sealed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sealing {
    /// As every desk of the program: with its passphrase, at the real cost.
    Sealed,
    /// With the journal's clear seal: what the same costs without.
    Clear,
}

/// The keys of a new desk in this folder.
pub fn keys(folder: &Path, disk: &Arc<dyn Disk>) -> Made {
    let passphrase = Secret::passphrase(PASSPHRASE);
    let first = Newcomer { operator: operator(), passphrase: &passphrase, second: None, names: &["試験花子"] };
    let founding = Founding { desk: id(1, 0), demo: false, first, cost: Cost::DESK };
    match entry::make_keys(folder, disk, &founding, now()) {
        Ok(made) => made,
        Err(say) => panic!("no keys: {}", say.key),
    }
}

/// Makes a sealed desk with this many cases, and a tenth as many offices, in an empty folder.
pub fn fill(folder: &Path, cases: usize) {
    fill_as(folder, cases, Sealing::Sealed);
}

/// The same, sealed or not.
pub fn fill_as(folder: &Path, cases: usize, sealing: Sealing) {
    let disk: Arc<dyn Disk> = Arc::new(disk::Observed::lazy());
    let options = Options::new(now()).of_desk(id(1, 0));
    let options = match sealing {
        Sealing::Sealed => entry::behind(&options, &keys(folder, &disk).unlocked.keyring),
        Sealing::Clear => options,
    };
    let (mut journal, _) = Journal::create(folder, disk, options).expect("an empty folder");
    commit_desk(&mut journal, cases);
    journal.close().expect("a clean stop");
}

fn commit_desk(journal: &mut Journal, cases: usize) {
    let (now, desk, operator) = (now(), id(1, 0), operator());
    let profile = DeskProfile { name: "架空窓口".to_owned(), ..DeskProfile::default() };
    let person = Operator { name: "試験花子".to_owned(), ..Operator::default() };
    journal.commit(edits::set_up(desk, &profile, operator, &person), now).expect("a save");
    let rows = rows::rows(cases.max(10) / 10, 7);
    let offices = rows.iter().enumerate().map(|(n, row)| {
        let office = Office {
            name: row.name.clone(),
            kana: row.kana.clone(),
            phone: row.phone.clone(),
            address: row.address.clone(),
            department: row.department.to_owned(),
            note: row.note.to_owned(),
            ..Office::default()
        };
        edits::create(Kind::Office, id(3, n), &office)
    });
    commit_all(journal, operator, offices, now);
    let mut numbers = Numbers::new(11);
    let cases = (0..cases).map(|n| {
        let open = n + OPEN >= cases;
        let days = u64::try_from((cases - n) / 40).unwrap_or_default();
        let opened = now.checked_sub_days(Days::new(days.min(9_000))).unwrap_or(now);
        let case = case(n, open, opened, operator, &mut numbers);
        edits::create(Kind::Case, id(4, n), &case)
    });
    commit_all(journal, operator, cases, now);
}

/// The desk's only operator.
pub fn operator() -> Id {
    id(2, 0)
}

fn commit_all(journal: &mut Journal, operator: Id, edits: impl Iterator<Item = Edit>, now: DateTime<FixedOffset>) {
    let mut edits = edits.peekable();
    while edits.peek().is_some() {
        let batch = Batch::new("done-save-call", operator, edits.by_ref().take(BATCH).collect());
        journal.commit(batch, now).expect("a save");
    }
}

fn case(n: usize, open: bool, opened: DateTime<FixedOffset>, operator: Id, numbers: &mut Numbers) -> Case {
    let topic = numbers.pick(&[
        "退院後の往診医を探している",
        "訪問看護の回数を増やしたい",
        "家で最期まで過ごしたい",
        "薬局に配達を頼みたい",
    ]);
    Case {
        number: format!("R8-{:04}", n + 1),
        status: if open { Status::Active } else { Status::Closed },
        urgency: numbers.pick(&["1", "2", "3", "4"]).to_owned(),
        opened_at: Some(opened),
        closed_at: (!open).then_some(opened),
        operator,
        caller: numbers.pick(&["架空居宅 田中", "架空病院連携室", "長女", "民生委員"]).to_owned(),
        summary: topic.to_owned(),
        subject_name: format!("架空{}郎", numbers.below(900) + 100),
        area: numbers.pick(&["北", "南", "東"]).to_owned(),
        ..Case::default()
    }
}

/// The identity of the nth of a kind: 3 offices, 4 cases.
pub fn id(kind: u8, n: usize) -> Id {
    let mut bytes = *blake3::hash(&n.to_le_bytes()).as_bytes();
    bytes[0] = kind;
    let mut id = [0; 16];
    id.copy_from_slice(&bytes[..16]);
    Id::from_bytes(id)
}
