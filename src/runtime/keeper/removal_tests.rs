//! An operator is removed and the power goes: at the next start the old key goes too, and everything opens without it.

use std::path::Path;

use serde_json::json;

use super::tests::{PASSPHRASE, World, ask_all, commit, draft, id, now};
use super::*;
use crate::app::msg::{KeysTask, Ticket};
use crate::desk::operator::Operator;
use crate::desk::record::Kind;
use crate::desk::secret::Secret;
use crate::journal::faulty::Plan;
use crate::journal::vault::{Keyring, Vault};
use crate::journal::{MemoryStore, StoreChoice};

/// Who goes, and how many steps of the renewal there are before the next one goes.
type Removal = (u8, usize);

fn passphrase(n: u8) -> Secret {
    Secret::passphrase(&format!("架空の合言葉です その{n} 窓辺"))
}

/// A desk of three operators with something in it, closed.
fn of_three() -> World {
    let world = World::new();
    let mut keeper = world.open();
    for n in [2, 3] {
        let operator = Operator { name: format!("試験{n}子"), ..Operator::default() };
        let task =
            KeysTask::AddOperator { id: id(n), operator: Box::new(operator), passphrase: passphrase(n), second: None };
        let said = ask_all(&mut keeper, Effect::Keys { ticket: Ticket(1), task });
        assert!(said.iter().any(|m| matches!(m, Msg::KeysDone { result: Ok(_), .. })), "{said:?}");
    }
    for n in 10..14 {
        ask_all(&mut keeper, commit(n));
    }
    ask_all(&mut keeper, draft(1));
    keeper.close();
    world
}

fn copy(world: &World, seed: u64) -> World {
    World { disk: world.disk.after_cut(seed), store: world.store.snapshot() }
}

fn opened(world: &World) -> Keeper {
    let mut keeper = world.keeper();
    let mut said = Vec::new();
    keeper.open(&mut |answered| said.push(answered.into_msg()));
    assert!(said.iter().any(|m| matches!(m, Msg::Opened(_))), "{said:?}");
    read_out(&mut keeper, 500);
    keeper
}

/// Lets the keeper go on with what it has to do, at most so many steps.
fn read_out(keeper: &mut Keeper, steps: usize) {
    for _ in 0..steps {
        if !keeper.has_more() {
            break;
        }
        keeper.read_on(&mut |_| {});
    }
}

fn remove(keeper: &mut Keeper, removals: &[Removal]) {
    for (n, steps) in removals {
        ask_all(keeper, Effect::Keys { ticket: Ticket(2), task: KeysTask::RemoveOperator { id: id(*n) } });
        read_out(keeper, *steps);
    }
}

fn keys(world: &World, passphrase: &Secret) -> Option<Keyring> {
    let disk = Arc::new(world.disk.copy());
    Vault::load(Path::new("desk"), disk).unwrap().unlock(passphrase, None, now()).ok().map(|unlocked| unlocked.keyring)
}

/// Nothing on the disk needs another key than the newest.
fn check_all_is_new(world: &World, why: &str) {
    let keys = keys(world, &Secret::passphrase(PASSPHRASE)).expect(why);
    assert_eq!(keys.epochs().len(), 1, "{why}");
    // Once with the store as it is, and once with one that is made from the segments.
    for store in [world.store.snapshot(), MemoryStore::default()] {
        let store = StoreChoice::Memory(store);
        let options = Options { store, seal: Arc::new(keys.clone()), ..Options::small(now()) };
        let (journal, opened) = Journal::open(Path::new("desk"), Arc::new(world.disk.copy()), options).expect(why);
        assert!(opened.told.iter().all(|told| !told.is_damage()), "{why}: {:?}", opened.told);
        assert!(!journal.is_renewing(), "{why}");
        assert!(journal.verify().unwrap().is_sound(), "{why}");
        assert_eq!(journal.each(Kind::Office).map(Result::unwrap).count(), 4, "{why}");
        assert_eq!(journal.drafts().list().unwrap().0, [(id(9), json!({ "version": 1 }))], "{why}");
    }
}

#[test]
fn wherever_the_power_goes_the_old_key_goes_at_the_next_start() {
    let whole = of_three();
    let all = 500;
    // How many cuts are left out between two is odd, so that they fall on each kind of step.
    let cases: [(&[Removal], usize); 4] =
        [(&[(2, all)], 3), (&[(2, all), (3, all)], 7), (&[(2, 0), (3, all)], 7), (&[(2, 3), (3, all)], 7)];
    for (removals, apart) in cases {
        let counted = copy(&whole, 0);
        let mut keeper = opened(&counted);
        counted.disk.plan(Plan::default());
        remove(&mut keeper, removals);
        let steps = counted.disk.operations();
        assert!(steps > 20);
        keeper.close();
        check_all_is_new(&counted, "without a cut");
        let mut seen = [0; 3];
        for cut in (1..=steps).rev().step_by(apart) {
            let world = copy(&whole, 0);
            let mut keeper = opened(&world);
            world.disk.plan(Plan { cut_at: Some(cut), ..Plan::default() });
            remove(&mut keeper, removals);
            drop(keeper);
            let world = copy(&world, cut);
            opened(&world).close();
            let why = format!("{removals:?}, cut at {cut} of {steps}");
            check_all_is_new(&world, &why);
            let left = [2, 3].into_iter().filter(|n| keys(&world, &passphrase(*n)).is_some()).count();
            seen[left] += 1;
        }
        // The cuts lay on both sides of each removal.
        assert!(seen[2 - removals.len()] > 0 && seen[2] > 0, "{removals:?}: {seen:?}");
    }
}
