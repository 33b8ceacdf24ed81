//! What the keeper says when the disk fails, and that it goes on when the disk does.

use serde_json::{Value, json};

use super::*;
use crate::app::msg::{Query, Setup, Ticket};
use crate::desk::access::{self, Access};
use crate::desk::id::Id;
use crate::desk::record::{Batch, Edit, Kind, RecordKey};
use crate::desk::secret::Secret;
use crate::journal::faulty::{FaultyDisk, Plan};
use crate::journal::vault::Cost;
use crate::journal::{MemoryStore, StoreChoice};
use crate::locale::Lang;

pub(super) const PASSPHRASE: &str = "架空の窓の合言葉です2026";

pub(super) struct World {
    pub disk: FaultyDisk,
    pub store: MemoryStore,
}

impl World {
    pub fn new() -> Self {
        Self { disk: FaultyDisk::new(), store: MemoryStore::default() }
    }

    pub fn keeper(&self) -> Keeper {
        let options = Options { store: StoreChoice::Memory(self.store.clone()), ..Options::small(now()) };
        let disk = Arc::new(self.disk.clone());
        let keeper = Keeper::new(PathBuf::from("desk"), disk, options, Box::new(now), [7; 32]);
        keeper.with_cost(Cost::TEST).with_passphrase(Some(Secret::new(PASSPHRASE)))
    }

    /// A desk that is set up and open.
    pub fn open(&self) -> Keeper {
        let mut keeper = self.keeper();
        let setup = Setup::Desk {
            name: "架空窓口".to_owned(),
            operator: "試験花子".to_owned(),
            lang: Lang::Ja,
            passphrase: Secret::new(PASSPHRASE),
            second: None,
        };
        let answers = ask_all(&mut keeper, Effect::SetUp(setup));
        let [Msg::Opened(opening), Msg::RecoveryKey { .. }] = answers.as_slice() else { panic!("not set up") };
        assert!(!opening.fresh && opening.sealed);
        keeper
    }
}

pub(super) fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-24T14:29:00+09:00").unwrap()
}

pub(super) fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

pub(super) fn commit(n: u8) -> Effect {
    let edit = Edit::new(
        RecordKey::new(Kind::Office, id(n)),
        json!({ "name": format!("架空病院{n}"), "note": "夜間".repeat(500) }),
    );
    Effect::Commit { ticket: Ticket(u64::from(n)), batch: Batch::new("done-add-office", id(1), vec![edit]) }
}

pub(super) fn draft(version: u64) -> Effect {
    Effect::SaveDraft { id: id(9), version, draft: json!({ "version": version }) }
}

pub(super) fn ask_all(keeper: &mut Keeper, effect: Effect) -> Vec<Msg> {
    let mut answers = Vec::new();
    keeper.carry_out(effect, &mut |answered| answers.push(answered.into_msg()));
    answers
}

/// What is said once somebody is inside.
fn inside(said: &mut Vec<Msg>) {
    said.retain(|message| !matches!(message, Msg::AskPassphrase { .. } | Msg::Unlocked { .. }));
}

/// The one answer to an effect.
pub(super) fn ask(keeper: &mut Keeper, effect: Effect) -> Msg {
    let mut answers = ask_all(keeper, effect);
    assert_eq!(answers.len(), 1, "{answers:?}");
    answers.remove(0)
}

#[test]
fn a_save_that_the_disk_refused_is_told_and_the_next_one_is_kept() {
    // Each operation of a save in turn.
    for fail_at in 1..=3 {
        let world = World::new();
        let mut keeper = world.open();
        world.disk.plan(Plan { fail_at: Some(fail_at), ..Plan::default() });
        let first = ask(&mut keeper, commit(1));
        world.disk.plan(Plan::default());
        let failed = matches!(first, Msg::NotCommitted { ticket: Ticket(1), .. });
        assert!(failed || matches!(first, Msg::Committed { .. }), "{first:?}");
        assert!(matches!(ask(&mut keeper, commit(2)), Msg::Committed { ticket: Ticket(2), .. }));
        keeper.close();
        let mut keeper = world.keeper();
        keeper.open(&mut |_| {});
        let desk = keeper.desk.as_ref().expect("an open desk");
        assert_eq!(desk.journal.each(Kind::Office).count(), if failed { 1 } else { 2 }, "failing at {fail_at}");
        assert!(fail_at > 1 || failed, "the first operation of a save is its write");
    }
}

#[test]
fn a_full_disk_is_told_for_saves_and_drafts_and_reading_goes_on() {
    let world = World::new();
    let mut keeper = world.open();
    assert!(matches!(ask(&mut keeper, commit(1)), Msg::Committed { .. }));
    world.disk.plan(Plan { room: Some(0), ..Plan::default() });
    assert!(matches!(ask(&mut keeper, draft(1)), Msg::DraftNotSaved { .. }));
    // What fits into the room that the journal has taken beforehand is still kept; then it says so.
    let refused = (2..=250).find(|n| matches!(ask(&mut keeper, commit(*n)), Msg::NotCommitted { .. }));
    let query = Query::History(RecordKey::new(Kind::Office, id(1)));
    let Msg::Loaded { answer, .. } = ask(&mut keeper, Effect::Load { ticket: Ticket(1), query }) else { panic!() };
    assert!(refused.is_some(), "a segment held 250 saves");
    assert!(matches!(answer, crate::app::msg::Answer::History(_, changes) if changes.len() == 1));
    world.disk.plan(Plan::default());
    assert!(matches!(ask(&mut keeper, draft(2)), Msg::DraftSaved { version: 2, .. }));
    assert!(matches!(ask(&mut keeper, commit(251)), Msg::Committed { .. }));
}

#[test]
fn the_reserve_takes_the_save_for_which_there_is_no_room_and_somebody_is_told() {
    let world = World::new();
    let mut keeper = world.open();
    keeper.close();
    keeper.options.reserve_bytes = 1 << 20;
    keeper.open(&mut |_| {});
    // As full as it is now: nothing more fits without giving something up.
    let size = |path: &PathBuf| world.disk.open(path, false).unwrap().size().unwrap();
    let used = world.disk.paths().iter().map(size).sum();
    world.disk.plan(Plan { room: Some(used), ..Plan::default() });
    let mut told = Vec::new();
    for n in 2..=250 {
        told.clear();
        keeper.carry_out(commit(n), &mut |answered| told.push(answered.into_msg()));
        if told.len() > 1 {
            break;
        }
    }
    assert!(matches!(told.as_slice(), [Msg::Warned(_), Msg::Committed { .. }]), "{told:?}");
    assert!(!keeper.desk.as_ref().expect("an open desk").journal.has_reserve());
}

#[test]
fn without_a_desk_every_question_has_an_answer() {
    let mut keeper = World::new().keeper();
    let mut said = Vec::new();
    keeper.open(&mut |answered| said.push(answered.into_msg()));
    assert!(matches!(said.as_slice(), [Msg::Opened(opening)] if opening.fresh));
    assert!(!keeper.has_more());
    assert!(matches!(ask(&mut keeper, commit(1)), Msg::NotCommitted { .. }));
    assert!(matches!(ask(&mut keeper, draft(1)), Msg::DraftNotSaved { .. }));
    let (ticket, operator) = (Ticket(1), id(1));
    assert!(matches!(ask(&mut keeper, Effect::Undo { ticket, operator }), Msg::NotCommitted { .. }));
    let query = Query::CaseFile(id(1));
    assert!(matches!(ask(&mut keeper, Effect::Load { ticket, query }), Msg::Loaded { .. }));
}

#[test]
fn nothing_to_undo_is_an_answer_and_who_opens_the_desk_is_known_by_the_passphrase() {
    let world = World::new();
    let mut keeper = world.open();
    let (ticket, operator) = (Ticket(1), id(44));
    assert!(matches!(ask(&mut keeper, Effect::Undo { ticket, operator }), Msg::NothingToUndo { .. }));
    assert!(matches!(ask(&mut keeper, Effect::Redo { ticket, operator }), Msg::NothingToUndo { .. }));
    drop(keeper);
    let mut said = Vec::new();
    world.keeper().open(&mut |answered| said.push(answered.into_msg()));
    let [Msg::AskPassphrase { demo: false, wait: None }, Msg::Unlocked { operator }, Msg::Opened(opening)] =
        said.as_slice()
    else {
        panic!("{said:?}")
    };
    assert_eq!(opening.last_operator, Some(*operator), "whose passphrase it was");
}

#[test]
fn a_second_keeper_is_told_that_the_desk_is_open() {
    let world = World::new();
    let _first = world.open();
    let mut said = Vec::new();
    world.keeper().open(&mut |answered| said.push(answered));
    assert!(matches!(said.as_slice(), [Answered::OpenElsewhere(_)]), "{said:?}");
}

/// Every file with its bytes.
fn files(disk: &FaultyDisk) -> Vec<(PathBuf, Vec<u8>)> {
    let all = |path: &PathBuf| crate::journal::disk::read_all(disk, path).unwrap().unwrap();
    // Who looks at a desk that is only read is noted beside it.
    let of_the_desk = |path: &PathBuf| !path.starts_with("desk/noted");
    disk.paths().into_iter().filter(of_the_desk).map(|path| (path.clone(), all(&path))).collect()
}

#[test]
fn a_desk_that_is_open_elsewhere_is_read_and_refuses_whatever_would_write() {
    let world = World::new();
    let mut first = world.open();
    assert!(matches!(ask(&mut first, commit(1)), Msg::Committed { .. }));
    assert!(matches!(ask(&mut first, draft(1)), Msg::DraftSaved { .. }));
    let before = files(&world.disk);
    let mut second = world.keeper();
    second.open(&mut |_| {});
    let mut said = Vec::new();
    second.carry_out(Effect::OpenInstead(Instead::ReadOnly), &mut |answered| said.push(answered.into_msg()));
    inside(&mut said);
    let [Msg::Opened(opening)] = said.as_slice() else { panic!("{said:?}") };
    assert!(opening.read_only && opening.drafts.is_empty());
    assert!(opening.notices.iter().any(|say| say.key == "runtime-drafts-wait"), "{:?}", opening.notices);
    assert!(opening.remarks.iter().any(|say| say.key == "journal-only-to-read"), "{:?}", opening.remarks);
    let Msg::NotCommitted { say, .. } = ask(&mut second, commit(2)) else { panic!("kept") };
    assert_eq!(say.key, "journal-read-only");
    let Msg::DraftNotSaved { say, .. } = ask(&mut second, draft(2)) else { panic!("kept") };
    assert_eq!(say.key, "journal-read-only");
    second.carry_out(Effect::Look(access::session(Access::Login, id(1), false)), &mut |_| panic!("nobody asked"));
    second.carry_out(Effect::RememberOperator(id(4)), &mut |_| panic!("nobody asked"));
    while second.has_more() {
        second.read_on(&mut |answered| {
            let message = answered.into_msg();
            assert!(matches!(message, Msg::Arrived(_)), "{message:?}");
        });
    }
    second.idle();
    second.close();
    assert!(files(&world.disk) == before, "a file changed");
    assert!(matches!(ask(&mut first, commit(3)), Msg::Committed { .. }), "the first one goes on");
    first.close();
    // The next one that may write finds who looked, and says so in the log.
    let mut third = world.keeper();
    third.open(&mut |_| {});
    third.keep_looks(&mut |_| {});
    let journal = &third.desk.as_ref().unwrap().journal;
    let logins: Vec<_> = journal
        .walk_back(None)
        .map(|found| found.unwrap().1)
        .filter(|change| change.what == "access-login")
        .map(|change| (change.record.id, change.patch))
        .collect();
    let noted: Vec<_> = logins.iter().filter(|(_, patch)| patch["tried_at"] == json!(now())).collect();
    assert_eq!((logins.len(), noted.len()), (4, 2), "{logins:?}");
    assert!(noted.iter().any(|(who, _)| *who == id(1)), "a look that the screen asked for");
    assert!(noted.iter().any(|(who, patch)| *who == logins[0].0 && patch["task"] == "read-only"), "{noted:?}");
    assert!(!world.disk.paths().iter().any(|path| path.starts_with("desk/noted")));
}

#[test]
fn a_desk_that_does_not_open_for_want_of_room_takes_the_reserve_when_it_is_told_to() {
    let world = World::new();
    let mut keeper = world.open();
    for n in 1..=9 {
        assert!(matches!(ask(&mut keeper, commit(n)), Msg::Committed { .. }));
    }
    keeper.close();
    keeper.options.reserve_bytes = 1 << 20;
    let given = || Some(Secret::new(PASSPHRASE));
    let mut keeper = keeper.with_passphrase(given());
    keeper.open(&mut |_| {});
    keeper.close();
    // What is damaged is written anew in a segment of its own, for which there is no room.
    let path = PathBuf::from("desk/journal/00000001.seg");
    assert!(world.disk.tamper(&path, |bytes| {
        let second = memchr::memmem::find_iter(bytes, &crate::journal::format::RECORD_MAGIC).nth(5).unwrap();
        bytes[second + 200] ^= 1;
    }));
    let used = files(&world.disk).iter().map(|(_, bytes)| u64::try_from(bytes.len()).unwrap()).sum();
    world.disk.plan(Plan { room: Some(used), ..Plan::default() });
    let mut said = Vec::new();
    let mut keeper = keeper.with_passphrase(given());
    keeper.open(&mut |answered| said.push(answered.into_msg()));
    inside(&mut said);
    let [Msg::Shut { say, instead }] = said.as_slice() else { panic!("{said:?}") };
    assert_eq!((say.key, instead.first()), ("runtime-full-reserve", Some(&Instead::UseReserve)));
    // It can be read as it is.
    let mut reader = world.keeper();
    let mut read = Vec::new();
    reader.carry_out(Effect::OpenInstead(Instead::ReadOnly), &mut |answered| read.push(answered.into_msg()));
    inside(&mut read);
    assert!(matches!(read.as_slice(), [Msg::Opened(opening)] if opening.read_only), "{read:?}");
    said.clear();
    keeper.carry_out(Effect::OpenInstead(Instead::UseReserve), &mut |answered| said.push(answered.into_msg()));
    inside(&mut said);
    let [Msg::Opened(opening), Msg::Warned(told)] = said.as_slice() else { panic!("{said:?}") };
    assert!(!opening.read_only);
    assert_eq!(told.first().map(|say| say.key), Some("runtime-reserve-used"));
    assert!(matches!(ask(&mut keeper, commit(10)), Msg::Committed { .. }));
}

#[test]
fn a_draft_takes_the_reserve_before_it_is_refused() {
    let world = World::new();
    let mut keeper = world.open();
    keeper.close();
    keeper.options.reserve_bytes = 1 << 20;
    keeper.open(&mut |_| {});
    let used = files(&world.disk).iter().map(|(_, bytes)| u64::try_from(bytes.len()).unwrap()).sum();
    world.disk.plan(Plan { room: Some(used), ..Plan::default() });
    let mut told = Vec::new();
    keeper.carry_out(draft(1), &mut |answered| told.push(answered.into_msg()));
    assert!(matches!(told.as_slice(), [Msg::Warned(_), Msg::DraftSaved { version: 1, .. }]), "{told:?}");
}

#[test]
fn a_disposal_goes_on_between_other_work_and_is_told_at_the_end() {
    use crate::desk::case::Case;
    use crate::desk::operator::Operator;
    use crate::desk::retention::Disposed;
    use crate::desk::{contact::Contact, edits};

    let world = World::new();
    let mut keeper = world.open();
    let me = keeper.desk.as_ref().unwrap().journal.each(Kind::Operator).next().unwrap().unwrap().0;
    let save = |keeper: &mut Keeper, batch: Batch| {
        let said = ask(keeper, Effect::Commit { ticket: Ticket(1), batch });
        assert!(matches!(said, Msg::Committed { .. }), "{said:?}");
    };
    let long_ago = DateTime::parse_from_rfc3339("2019-07-01T10:00:00+09:00").unwrap();
    let second = Operator { name: "試験二郎".to_owned(), role: "supervisor".to_owned(), ..Operator::default() };
    save(&mut keeper, edits::add_operator(me, id(2), &second));
    let case = Case { number: "R1-0001".to_owned(), ..Case::default() };
    save(&mut keeper, edits::save_call(me, id(11), None, &case, (id(21), &Contact::default())));
    save(&mut keeper, edits::close(me, id(11), "1", "", long_ago));
    save(
        &mut keeper,
        edits::propose_disposal(
            me,
            id(50),
            [(id(11), Disposed { number: "R1-0001".to_owned(), ..Disposed::default() })].into(),
            now(),
        ),
    );
    let dispose = |operator| Effect::Dispose { ticket: Ticket(2), disposal: id(50), operator };
    let refused = ask(&mut keeper, dispose(me));
    assert!(matches!(refused, Msg::NotCommitted { .. }), "{refused:?}");
    while keeper.has_more() {
        keeper.read_on(&mut |_| {});
    }
    let pretended = ask(&mut keeper, dispose(id(2)));
    assert!(matches!(pretended, Msg::NotCommitted { .. }), "{pretended:?}");
    keeper.door.me = id(2);
    let Msg::Committed { receipt, .. } = ask(&mut keeper, dispose(id(2))) else { panic!("not disposed of") };
    assert_eq!(receipt.what, "disposal-done");
    assert!(receipt.records.contains(&(RecordKey::new(Kind::Case, id(11)), Value::Null)));
    assert!(keeper.has_more());
    let mut told = Vec::new();
    let mut n = 30;
    while keeper.has_more() {
        keeper.read_on(&mut |answered| told.push(answered.into_msg()));
        // Work goes on meanwhile.
        n += 1;
        assert!(n < 200 && matches!(ask(&mut keeper, commit(n.min(60))), Msg::Committed { .. }));
    }
    let noted = |message: &Msg| matches!(message, Msg::Noted(say) if say.key == "retention-removed");
    assert_eq!(told.iter().filter(|message| noted(message)).count(), 1);
    let journal = &keeper.desk.as_ref().unwrap().journal;
    assert!(!journal.is_renewing() && journal.verify().unwrap().is_sound());
    assert_eq!(journal.get(RecordKey::new(Kind::Case, id(11))).unwrap(), None);
}
