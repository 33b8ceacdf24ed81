//! What was typed is there again after the worst end; a desk is open once.

use std::sync::Arc;

use chrono::DateTime;
use madoguchi::desk::contact::Contact;
use madoguchi::desk::record::Kind;
use madoguchi::desk::secret::Secret;
use madoguchi::journal::vault::Vault;
use madoguchi::journal::{Disk, Journal, Options, RealDisk};
use madoguchi::keys::Action;
use madoguchi::runtime::entry;

use crate::harness::{Home, PASSPHRASE, text_of};
use crate::steps::{head_of, ja};

#[test]
fn a_draft_is_there_again_after_the_program_was_killed() {
    let home = Home::new();
    let mut desk = home.set_up(100, 30);
    desk.go_to_memo();
    desk.send("訪問看護の継続");
    desk.until_text("訪問看護の継続");
    desk.until_text(&ja("intake-draft-kept"));
    desk.kill();
    let desk = home.start(100, 30);
    desk.until_text("訪問看護の継続");
    desk.until_text(&head_of("app-drafts-restored"));
}

#[test]
fn a_draft_that_still_waits_for_its_second_is_kept_when_the_window_closes() {
    for signal in ["TERM", "HUP"] {
        let home = Home::new();
        let mut desk = home.set_up(100, 30);
        desk.go_to_memo();
        desk.send("薬局の配達");
        desk.until_text("薬局の配達");
        desk.signal(signal);
        desk.finished();
        home.start(100, 30).until_text("薬局の配達");
    }
}

#[test]
fn a_saved_call_is_there_after_the_program_was_killed() {
    let home = Home::new();
    let mut desk = home.set_up(100, 30);
    desk.go_to_memo();
    desk.send("看取りの主治医を探す");
    desk.until_text("看取りの主治医を探す");
    desk.act(Action::SaveCall);
    desk.until("the queue instead of the slip", |screen| !text_of(screen).contains(&ja("intake-slip-new")));
    desk.kill();
    // The slip must not come back beside the case that it became.
    let again = home.start(100, 30);
    again.until_text(&ja("app-tab-queue"));
    again.kill();
    let now = DateTime::parse_from_rfc3339("2026-11-22T09:00:00+09:00").unwrap();
    let disk: Arc<dyn Disk> = Arc::new(RealDisk);
    let mut vault = Vault::load(&home.data(), Arc::clone(&disk)).expect("the keys read");
    let unlocked = vault.unlock(&Secret::passphrase(PASSPHRASE), None, now).expect("the passphrase opens it");
    let options = entry::behind(&Options::new(now), &unlocked.keyring);
    let (journal, _) = Journal::open(&home.data(), disk, options).expect("the desk opens");
    assert_eq!(journal.each(Kind::Case).count(), 1);
    let contacts: Vec<_> = journal.each(Kind::Contact).map(|contact| contact.unwrap().1).collect();
    let contact: Contact = serde_json::from_value(contacts[0].clone()).unwrap();
    assert_eq!((contacts.len(), contact.text.as_str()), (1, "看取りの主治医を探す"));
    assert_eq!(journal.drafts().list().unwrap().0.len(), 0);
}

#[test]
fn a_second_program_is_told_who_has_the_desk_open() {
    let home = Home::new();
    let mut first = home.set_up(80, 24);
    first.act(Action::Quit);
    assert_eq!(first.finished().status.exit_code(), 0);
    let first = home.start_with(80, 24, &[("USER", "uketsuke")]);
    first.until_text(&ja("app-tab-queue"));
    first.until_text("試験花子");
    let mut second = home.start(80, 24);
    second.until_text("uketsuke");
    second.press("esc");
    let ended = second.finished();
    assert_eq!(ended.status.exit_code(), 4);
    ended.assert_restored();
    assert!(ended.text().contains("uketsuke"), "{}", ended.text());
}

#[cfg(target_os = "linux")]
#[test]
fn the_program_leaves_no_core_behind() {
    let home = Home::new();
    let mut desk = home.start(80, 24);
    desk.until_text(&ja("start-1-demo"));
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", desk.process())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    let bytes: Vec<&str> = core.split_whitespace().skip(4).take(2).collect();
    assert_eq!(bytes, ["0", "0"]);
    desk.act(Action::Quit);
    assert_eq!(desk.finished().status.exit_code(), 0);
}
