//! The thread that owns the store: it carries out effects in order and answers as messages, and reads the rest of the
//! desk in small steps whenever nothing else is asked for. A save never waits for more than one such step.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use chrono::NaiveDate;

use crate::app::msg::{Effect, Msg, SheetNews, SheetTask};
use crate::desk::say::Say;

use super::backups::{Done, Job};
use super::keeper::{Answered, Keeper};
use super::sheets;

/// How long the end of the program waits for the store. What was called saved is on the disk long before; a store that
/// hangs must not keep the terminal.
const PATIENCE: Duration = Duration::from_secs(10);

enum Request {
    Do(Effect),
    Done(Box<Done>),
    Sheets(Box<SheetNews>),
    Stop,
}

/// The store's thread, seen from the loop. Dropping it lets the store finish: after a panic of the screen too.
#[derive(Debug)]
pub struct Worker {
    requests: Sender<Request>,
    ended: Receiver<()>,
}

impl Worker {
    /// Opens the data folder and serves it, on a thread of its own; `tell` brings the answers to the loop.
    pub fn start(keeper: Keeper, tell: impl Fn(Answered) + Send + 'static) -> std::io::Result<Self> {
        let (requests, inbox) = channel();
        let (end, ended) = channel();
        let back = requests.clone();
        std::thread::Builder::new().name("store".to_owned()).spawn(move || {
            serve(keeper, &inbox, &back, &tell);
            // The loop may have stopped waiting.
            let _ = end.send(());
        })?;
        Ok(Self { requests, ended })
    }

    /// Has an effect carried out after those that were asked for before.
    pub fn ask(&self, effect: Effect) {
        // Without a store there is nobody to ask; the app was told when it ended.
        let _ = self.requests.send(Request::Do(effect));
    }
}

impl Drop for Worker {
    /// Waits until everything that was asked for is done and the store is closed.
    fn drop(&mut self) {
        let _ = self.requests.send(Request::Stop);
        if self.ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            tracing::error!("the store did not close in time");
        }
    }
}

fn serve(mut keeper: Keeper, inbox: &Receiver<Request>, back: &Sender<Request>, tell: &dyn Fn(Answered)) {
    let tell: &mut dyn FnMut(Answered) = &mut |answered| tell(answered);
    keeper.open(tell);
    let mut waiting = VecDeque::new();
    loop {
        if waiting.is_empty() && !keeper.has_more() {
            waiting.extend(inbox.try_recv());
            if waiting.is_empty() {
                keeper.idle();
                let Ok(request) = inbox.recv() else { break };
                waiting.push_back(request);
            }
        }
        waiting.extend(inbox.try_iter());
        match waiting.pop_front() {
            Some(Request::Do(effect)) => {
                if !overtaken(&effect, &waiting) {
                    keeper.carry_out(effect, tell);
                    keeper.take_jobs().into_iter().for_each(|job| aside(job, back));
                    keeper.take_sheets().into_iter().for_each(|(task, today)| make_sheets(task, today, back));
                }
            }
            Some(Request::Done(done)) => keeper.finish(*done, tell),
            Some(Request::Sheets(news)) => tell(Answered::Said(Msg::Sheets(news))),
            Some(Request::Stop) => break,
            None => keeper.read_on(tell),
        }
    }
    keeper.close();
}

/// Has a job done on a thread of its own: a stick or a share may take minutes. The program ends without waiting for it;
/// what it leaves half made is removed by the next backup.
fn aside(job: Job, back: &Sender<Request>) {
    let answer = back.clone();
    let spoiled = job.spoiled();
    let begun = std::thread::Builder::new().name("backup".to_owned()).spawn(move || {
        // By then the desk may be closed.
        let _ = answer.send(Request::Done(Box::new(job.run())));
    });
    if let Err(error) = begun {
        tracing::warn!(%error, "no thread for a backup");
        let _ = back.send(Request::Done(Box::new(spoiled)));
    }
}

/// Has sheets made or read on a thread of their own, as a backup is.
fn make_sheets(task: SheetTask, today: NaiveDate, back: &Sender<Request>) {
    let answer = back.clone();
    let begun = std::thread::Builder::new().name("sheets".to_owned()).spawn(move || {
        let _ = answer.send(Request::Sheets(Box::new(sheets::run(task, today))));
    });
    if let Err(error) = begun {
        tracing::warn!(%error, "no thread for sheets");
        let refused = SheetNews::Refused(vec![Say::new("runtime-store-fault")]);
        let _ = back.send(Request::Sheets(Box::new(refused)));
    }
}

/// Whether a newer version of the same draft waits behind this one.
fn overtaken(effect: &Effect, waiting: &VecDeque<Request>) -> bool {
    let Effect::SaveDraft { id, .. } = effect else { return false };
    waiting.iter().any(|request| matches!(request, Request::Do(Effect::SaveDraft { id: newer, .. }) if newer == id))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Arc;

    use chrono::{DateTime, FixedOffset};
    use serde_json::json;

    use super::super::{entry, setup};
    use super::*;
    use crate::app::msg::{Arrival, Msg, Setup, Ticket};
    use crate::desk::id::Id;
    use crate::desk::record::{Batch, Edit, Kind, RecordKey};
    use crate::desk::secret::Secret;
    use crate::journal::vault::{Cost, Vault};
    use crate::journal::{FaultyDisk, Journal, MemoryStore, Options, StoreChoice};
    use crate::locale::Lang;

    const PASSPHRASE: &str = "架空の窓の合言葉です2026";

    struct Desk {
        disk: FaultyDisk,
        options: Options,
    }

    impl Desk {
        fn new() -> Self {
            let store = StoreChoice::Memory(MemoryStore::default());
            Self { disk: FaultyDisk::new(), options: Options { store, ..Options::small(now()) } }
        }

        fn keeper(&self) -> Keeper {
            let disk = Arc::new(self.disk.clone());
            let keeper = Keeper::new(PathBuf::from("desk"), disk, self.options.clone(), Box::new(now), [7; 32]);
            keeper.with_cost(Cost::TEST).with_passphrase(Some(Secret::new(PASSPHRASE)))
        }

        fn filled(&self) -> Journal {
            let setup = Setup::Desk {
                name: "架空窓口".to_owned(),
                operator: "試験花子".to_owned(),
                lang: Lang::Ja,
                passphrase: Secret::new(PASSPHRASE),
                second: None,
            };
            let mut ids = crate::app::hands::Ids::new([1; 32]);
            let disk: Arc<dyn crate::journal::Disk> = Arc::new(self.disk.clone());
            let folder = PathBuf::from("desk");
            setup::create(&folder, &disk, &self.options, &setup, &mut ids, (Cost::TEST, None)).unwrap().journal
        }
    }

    fn now() -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-24T14:29:00+09:00").unwrap()
    }

    fn id(n: u32) -> Id {
        Id::from_bytes(u128::from(n).to_be_bytes())
    }

    fn office(n: u32) -> Batch {
        let edit = Edit::new(RecordKey::new(Kind::Office, id(n)), json!({"name": format!("架空病院{n}")}));
        Batch::new("done-add-office", id(1), vec![edit])
    }

    #[test]
    fn all_that_was_asked_for_is_done_before_the_worker_is_gone() {
        let desk = Desk::new();
        drop(desk.filled());
        let (tell, told) = channel();
        let worker = Worker::start(desk.keeper(), move |answered| _ = tell.send(answered.into_msg())).unwrap();
        for n in 0..20 {
            worker.ask(Effect::Commit { ticket: Ticket(u64::from(n)), batch: office(n) });
        }
        for version in 1..=50 {
            worker.ask(Effect::SaveDraft { id: id(9), version, draft: json!({ "version": version }) });
        }
        drop(worker);
        let told: Vec<Msg> = told.iter().collect();
        let saved = told.iter().filter(|message| matches!(message, Msg::Committed { .. })).count();
        assert_eq!(saved, 20);
        assert!(told.iter().any(|message| matches!(message, Msg::DraftSaved { version: 50, .. })));
        let disk: Arc<dyn crate::journal::Disk> = Arc::new(desk.disk.clone());
        let mut vault = Vault::load(&PathBuf::from("desk"), Arc::clone(&disk)).unwrap();
        let unlocked = vault.unlock(&Secret::new(PASSPHRASE), None, now()).unwrap();
        let options = entry::behind(&desk.options, &unlocked.keyring);
        let (journal, _) = Journal::open(&PathBuf::from("desk"), disk, options).unwrap();
        assert_eq!(journal.each(Kind::Office).count(), 20);
        assert_eq!(journal.drafts().list().unwrap().0, [(id(9), json!({"version": 50}))]);
    }

    #[test]
    fn of_several_versions_of_a_draft_only_the_newest_is_written() {
        let waiting = VecDeque::from([
            Request::Do(Effect::SaveDraft { id: id(1), version: 3, draft: json!({}) }),
            Request::Do(Effect::RemoveDraft { id: id(2) }),
        ]);
        let draft = |n| Effect::SaveDraft { id: id(n), version: 2, draft: json!({}) };
        assert!(overtaken(&draft(1), &waiting));
        assert!(!overtaken(&draft(2), &waiting));
        assert!(!overtaken(&Effect::RemoveDraft { id: id(1) }, &waiting));
    }

    #[test]
    fn a_save_comes_between_two_steps_of_reading() {
        let desk = Desk::new();
        let mut journal = desk.filled();
        for n in 0..1000 {
            journal.commit(office(n), now()).unwrap();
        }
        drop(journal);
        let mut keeper = desk.keeper();
        let mut told = Vec::new();
        keeper.open(&mut |answered| told.push(answered.into_msg()));
        keeper.read_on(&mut |answered| told.push(answered.into_msg()));
        assert!(keeper.has_more());
        keeper.carry_out(Effect::Commit { ticket: Ticket(1), batch: office(5000) }, &mut |answered| {
            told.push(answered.into_msg());
        });
        assert!(matches!(told.last(), Some(Msg::Committed { .. })));
        while keeper.has_more() {
            keeper.read_on(&mut |answered| told.push(answered.into_msg()));
        }
        let mut offices: Vec<Id> = Vec::new();
        for message in &told {
            if let Msg::Arrived(Arrival::Offices(page)) = message {
                offices.extend(page.iter().map(|(id, ..)| *id));
            }
        }
        let met = offices.len();
        offices.sort_unstable();
        offices.dedup();
        // Each once, and the one that was saved meanwhile at most once more.
        assert_eq!((met, offices.len()), (1001, 1001));
        assert!(matches!(told.last(), Some(Msg::Arrived(Arrival::Complete))));
    }
}
