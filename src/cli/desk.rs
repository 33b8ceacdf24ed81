//! The desk for subcommands: opened, read, written to by the one way there is, and closed in order.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Cx, Exit, Failure, passphrase};
use crate::app::hands::Ids;
use crate::app::msg::Setup;
use crate::desk::access::{self, Access, Details, Look};
use crate::desk::case::Case;
use crate::desk::contact::Contact;
use crate::desk::id::Id;
use crate::desk::index;
use crate::desk::number::Number;
use crate::desk::operator::{DeskProfile, Operator, Role};
use crate::desk::record::{Batch, Explain, Kind, RecordKey};
use crate::desk::say::Say;
use crate::desk::secret::Secret;
use crate::exchange::archive::Whole;
use crate::journal::read_only::OnlyRead;
use crate::journal::vault::{Failure as Tried, Keyring, UnlockError, Unlocked, Vault};
use crate::journal::{Disk, Journal, OpenError, Options, RealDisk, Receipt, Told};
use crate::runtime::entry::{self, Clear, Found};
use crate::runtime::eyes::{self, Act, Eyes};
use crate::runtime::setup::MadeDesk;
use crate::runtime::{clock, disposing, noted, setup};

/// A desk that is open for one subcommand.
pub(super) struct Desk {
    journal: Journal,
    ids: Ids,
    told: Vec<Told>,
    vault: Vault,
    keyring: Keyring,
    operator: Id,
    /// What who has opened it may do, and how records look to them.
    role: Role,
    eyes: Eyes,
}

/// How the journal is opened for a subcommand.
pub(super) fn options(cx: &Cx<'_>) -> Options {
    let who = ["USER", "USERNAME", "LOGNAME"].iter().find_map(|name| (cx.variable)(name)).unwrap_or_default();
    Options { who, ..Options::new(clock::wall()) }
}

/// Random bytes: without chance two desks would give the same identities.
pub(super) fn chance<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::new(Exit::Failed, Say::new("cli-no-chance").with("why", error.to_string())))?;
    Ok(bytes)
}

/// Makes a desk in a folder that has none, as the first screen does, and closes it. Gives its recovery key.
pub(super) fn set_up(folder: &Path, wanted: &Setup, cx: &Cx<'_>) -> Result<Secret, Failure> {
    let failed = |say| Failure::new(Exit::Failed, say);
    let disk: Arc<dyn Disk> = Arc::new(RealDisk);
    let (options, mut ids) = (options(cx), Ids::new(chance()?));
    let given = passphrase::given(cx)?.map(|given| given.passphrase);
    let cost = entry::cost_here(cx.variable);
    let Found::Nothing = entry::find(folder, &disk, false).map_err(|error| not_opened(&error))? else {
        return Err(Failure::of(Exit::Failed, &OpenError::Exists(folder.to_owned())));
    };
    let MadeDesk { journal, made } =
        setup::create(folder, &disk, &options, wanted, &mut ids, (cost, given.as_ref())).map_err(failed)?;
    journal.close().map_err(|error| Failure::of(Exit::Failed, &error))?;
    Ok(made.recovery)
}

/// What a desk that does not open ends in.
pub(super) fn not_opened(error: &OpenError) -> Failure {
    let elsewhere = matches!(error, OpenError::OpenElsewhere { .. } | OpenError::StoreLocked);
    let mut failure = Failure::of(if elsewhere { Exit::OpenElsewhere } else { Exit::Failed }, error);
    if error.leaves_reading() {
        failure.says.push(Say::new("cli-read-only-hint"));
    }
    failure
}

/// Opens the keys with the passphrase, and with the code of the second factor where there is one.
fn unlock(mut vault: Vault, options: &Options, cx: &Cx<'_>) -> Result<(Vault, Unlocked), Failure> {
    let given = passphrase::to_open(cx, vault.is_demo())?;
    let mut unlocked = vault.unlock(&given.passphrase, given.code.as_deref(), options.now);
    if let Err(UnlockError::CodeNeeded) = &unlocked
        && let Some(code) = passphrase::asked(cx, "cli-code-ask")
    {
        unlocked = vault.unlock(&given.passphrase, Some(code.expose()), options.now);
    }
    match unlocked {
        Ok(unlocked) => Ok((vault, unlocked)),
        Err(error) => Err(Failure::of(Exit::WrongPassphrase, &error)),
    }
}

/// Seals a desk that was made before anything was sealed, for its first operator.
fn seal(
    folder: &Path,
    disk: &Arc<dyn Disk>,
    options: &Options,
    clear: &Clear,
    cx: &mut Cx<'_>,
) -> Result<(Vault, Unlocked), Failure> {
    let given = passphrase::to_open(cx, clear.profile.demo)?;
    let operator = clear.operators.first().map(|(id, _)| *id).unwrap_or_default();
    let cost = entry::cost_here(cx.variable);
    let made = entry::seal(folder, disk, options, (operator, &given.passphrase), cost)
        .map_err(|say| Failure::new(Exit::Usage, say))?;
    cx.tell(&Say::new("cli-sealed").with("folder", folder.display().to_string()));
    cx.tell(&Say::new("cli-recovery-key").with("key", made.recovery.expose()));
    Ok((made.vault, made.unlocked))
}

/// A record as its type; a failure that names it where it has another shape.
fn typed<T: DeserializeOwned>(key: RecordKey, value: Value) -> Result<T, Failure> {
    serde_json::from_value(value)
        .map_err(|_| Failure::new(Exit::Failed, Say::new("cli-record-unreadable").with("record", key.to_string())))
}

/// A file that has only a name, in this folder; any other where it says. An empty folder is none.
fn in_folder(folder: &str, file: &Path) -> PathBuf {
    let named = file.parent() == Some(Path::new("")) && !folder.is_empty();
    if named { Path::new(folder).join(file) } else { file.to_owned() }
}

impl Desk {
    /// Opens the desk in the data folder with its passphrase, and tells what had to be put right.
    pub(super) fn open(cx: &mut Cx<'_>) -> Result<Self, Failure> {
        let paths = cx.paths()?;
        let mut disk: Arc<dyn Disk> = Arc::new(RealDisk);
        if cx.global.read_only {
            disk = Arc::new(OnlyRead::of(disk));
        }
        let options = options(cx);
        let found = entry::find(&paths.data, &disk, cx.global.read_only).map_err(|error| not_opened(&error))?;
        let (vault, unlocked) = match found {
            Found::Nothing => return Err(not_opened(&OpenError::NoDesk(paths.data))),
            Found::Sealed(vault) => unlock(*vault, &options, cx)?,
            Found::InClear(clear) => seal(&paths.data, &disk, &options, &clear, cx)?,
        };
        let failures = unlocked.failures.clone();
        let mut desk = Self::behind(vault, unlocked, (&paths.data, &disk), &options, cx)?;
        if desk.journal.is_read_only() {
            let me = RecordKey::new(Kind::Operator, desk.operator);
            let details = Details { task: "read-only".to_owned(), ..Details::default() };
            desk.look(Access::Login, Some(me), details, cx);
        } else {
            desk.note_entry(&failures, cx);
        }
        desk.see_as_who_opened_it();
        match desk.allows(cx.act) {
            Ok(()) => {
                if cx.act == Act::List && desk.role == Role::Viewer {
                    // Empty columns need a reason.
                    cx.tell(&Say::new("entry-viewer"));
                }
                Ok(desk)
            }
            Err(failure) => desk.close().and(Err(failure)),
        }
    }

    /// The desk behind keys that are at hand.
    fn behind(
        vault: Vault,
        unlocked: Unlocked,
        (folder, disk): (&Path, &Arc<dyn Disk>),
        options: &Options,
        cx: &mut Cx<'_>,
    ) -> Result<Self, Failure> {
        let behind = entry::behind(options, &unlocked.keyring);
        let opened = entry::open(folder, disk, &behind, cx.global.read_only);
        let (mut journal, opened) = opened.map_err(|error| not_opened(&error))?;
        for told in &opened.told {
            cx.tell(&told.say());
        }
        let settled = if journal.is_read_only() { Vec::new() } else { disposing::settle(&mut journal, clock::wall()) };
        let left = if journal.is_read_only() {
            None
        } else {
            noted::take_over(&mut journal, &RealDisk, &unlocked.keyring, clock::wall())
        };
        for say in settled.into_iter().chain(left) {
            cx.tell(&say);
        }
        let Unlocked { operator, keyring, .. } = unlocked;
        let vault = vault.with_cost(entry::cost_here(cx.variable));
        let (role, eyes) = (Role::Viewer, Eyes::default());
        Ok(Self { journal, ids: Ids::new(chance()?), told: opened.told, vault, keyring, operator, role, eyes })
    }

    /// From now on records are read as who opened the desk may see them.
    fn see_as_who_opened_it(&mut self) {
        // One damaged record must not keep anybody from checking and repairing.
        let readable = |kind: Kind| self.journal.each(kind).flatten();
        let typed = |(id, value)| Some((id, serde_json::from_value(value).ok()?));
        let operators: Vec<(Id, Operator)> = readable(Kind::Operator).filter_map(typed).collect();
        let own = [Kind::Desk, Kind::Codebook].into_iter();
        let own = own.flat_map(|kind| readable(kind).map(move |(id, value)| (RecordKey::new(kind, id), value)));
        let records: Vec<(RecordKey, Value)> = own.collect();
        self.role = eyes::role_in(&operators, self.operator);
        self.eyes = Eyes::of(self.role, &records);
    }

    /// Refuses what the role of who opened the desk is not for.
    pub(super) fn allows(&self, act: Act) -> Result<(), Failure> {
        eyes::allows(self.role, act).map_err(|say| Failure::new(Exit::Failed, say))
    }

    /// The same with the recovery key. Nobody is there until somebody [entered](Desk::enter_as).
    pub(super) fn with_recovery<T>(
        key: &Secret,
        cx: &mut Cx<'_>,
        work: impl FnOnce(&mut Self, &mut Cx<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let folder = cx.paths()?.data;
        let disk: Arc<dyn Disk> = Arc::new(RealDisk);
        let options = options(cx);
        let mut vault = match entry::find(&folder, &disk, false).map_err(|error| not_opened(&error))? {
            Found::Sealed(vault) => *vault,
            Found::Nothing => return Err(not_opened(&OpenError::NoDesk(folder))),
            Found::InClear(_) => return Err(not_opened(&OpenError::InClear(folder))),
        };
        let unlocked = vault.unlock_by_recovery(key, options.now);
        let unlocked = unlocked.map_err(|error| Failure::of(Exit::WrongPassphrase, &error))?;
        let mut desk = Self::behind(vault, unlocked, (&folder, &disk), &options, cx)?;
        let done = work(&mut desk, cx);
        let closed = desk.close();
        done.and_then(|done| closed.map(|()| done))
    }

    /// Who came in by the recovery key, once it is known; what failed before is theirs to be told.
    pub(super) fn enter_as(&mut self, operator: Id, cx: &mut Cx<'_>) {
        self.operator = operator;
        let failures = self.vault.failures();
        self.note_entry(&failures, cx);
    }

    /// The keys, for what is done with them.
    pub(super) const fn keys(&mut self) -> (&mut Vault, &Keyring) {
        (&mut self.vault, &self.keyring)
    }

    /// Takes an operator's key away: see [`entry::remove_key`].
    pub(super) fn remove_key(&mut self, operator: Id) -> Result<bool, entry::Kept> {
        entry::remove_key(&mut self.journal, (&mut self.vault, &self.keyring), operator)
    }

    /// Logs who came in, and the tries that failed before.
    fn note_entry(&mut self, failures: &[Tried], cx: &mut Cx<'_>) {
        let tried: Vec<_> = failures.iter().map(|failure| failure.at).collect();
        let (desk, me) = (self.journal.desk(), self.operator);
        let failed = access::failed_tries(Access::LoginFailed, desk, me, &tried);
        for batch in failed.into_iter().chain([access::session(Access::Login, me, false)]) {
            if let Err(error) = self.journal.commit(batch, clock::wall()) {
                return cx.tell(&error.say());
            }
        }
        self.vault.failures_are_logged();
    }

    /// Opens the desk, does something with it, and closes it whatever came of it.
    pub(super) fn with<T>(
        cx: &mut Cx<'_>,
        work: impl FnOnce(&mut Self, &mut Cx<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut desk = Self::open(cx)?;
        let done = work(&mut desk, cx);
        let closed = desk.close();
        done.and_then(|done| closed.map(|()| done))
    }

    /// The journal itself.
    pub(super) const fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The same to put something right.
    pub(super) const fn journal_mut(&mut self) -> &mut Journal {
        &mut self.journal
    }

    /// What opening found.
    pub(super) fn told(&self) -> &[Told] {
        &self.told
    }

    /// A record's value; `None` when there is no such record (any more).
    pub(super) fn value(&self, key: RecordKey) -> Result<Option<Value>, Failure> {
        let value = self.journal.get(key).map_err(|error| Failure::of(Exit::Failed, &error))?;
        let value = value.filter(|value| value.as_object().is_some_and(|members| !members.is_empty()));
        Ok(value.map(|value| self.eyes.record(key.kind, value)))
    }

    /// A record as its type.
    pub(super) fn get<T: DeserializeOwned>(&self, key: RecordKey) -> Result<Option<T>, Failure> {
        self.value(key)?.map(|value| typed(key, value)).transpose()
    }

    /// The records under exactly this key of an index.
    pub(super) fn indexed(&self, name: &str, key: &[u8]) -> Result<Vec<RecordKey>, Failure> {
        self.journal.index_at(name, key).map_err(|error| Failure::of(Exit::Failed, &error))
    }

    /// A case by its identity or its number, in small letters and without zeros too.
    pub(super) fn case_id(&self, text: &str) -> Result<Id, Failure> {
        let none = || Failure::new(Exit::Failed, Say::new("cli-no-such-case").with("id", text));
        if let Ok(id) = text.trim().parse::<Id>() {
            return self.value(RecordKey::new(Kind::Case, id))?.map(|_| id).ok_or_else(none);
        }
        let number = text.parse::<Number>().map_err(|_| none())?.to_string();
        self.indexed(index::NUMBER, number.as_bytes())?.first().map(|key| key.id).ok_or_else(none)
    }

    /// A case with its contacts.
    pub(super) fn whole(&self, id: Id) -> Result<Whole, Failure> {
        let key = RecordKey::new(Kind::Case, id);
        let case = self.get(key)?.unwrap_or_default();
        self.whole_of(id, case)
    }

    /// The same for a case that has been read.
    pub(super) fn whole_of(&self, id: Id, case: Case) -> Result<Whole, Failure> {
        let mut contacts: Vec<(Id, Contact)> = Vec::new();
        for key in self.indexed(index::CASE, id.bytes())? {
            contacts.extend(self.get(key)?.map(|contact| (key.id, contact)));
        }
        contacts.sort_by_key(|(id, contact)| (contact.at, *id));
        Ok(Whole { id, case, contacts })
    }

    /// All records of a kind as values of the domain.
    pub(super) fn all<T: DeserializeOwned>(&self, kind: Kind) -> Result<Vec<(Id, T)>, Failure> {
        let mut all = Vec::new();
        for record in self.journal.each(kind) {
            let (id, value) = record.map_err(|error| Failure::of(Exit::Failed, &error))?;
            // A record whose making was undone is an empty one.
            if value.as_object().is_none_or(|members| !members.is_empty()) {
                all.push((id, typed(RecordKey::new(kind, id), self.eyes.record(kind, value))?));
            }
        }
        Ok(all)
    }

    /// Who is written down as having done it: whose passphrase it was.
    pub(super) const fn operator(&self) -> Id {
        self.operator
    }

    /// Where a printed or exported file goes: one that is only named, to the desk's folder for such files.
    pub(super) fn paper(&self, file: &Path) -> Result<PathBuf, Failure> {
        let profiles: Vec<(Id, DeskProfile)> = self.all(Kind::Desk)?;
        let folder = profiles.into_iter().map(|(_, profile)| profile.paper_folder).find(|folder| !folder.is_empty());
        Ok(in_folder(&folder.unwrap_or_default(), file))
    }

    /// A new identity.
    pub(super) fn fresh(&mut self) -> Id {
        self.ids.fresh()
    }

    /// Keeps a batch: with the receipt it is on the disk.
    pub(super) fn commit(&mut self, batch: Batch) -> Result<Receipt, Failure> {
        self.journal.commit(batch, clock::wall()).map_err(|error| Failure::of(Exit::Failed, &error))
    }

    /// Notes in the access log what a subcommand shows, writes or takes in; without a record it is about the whole desk.
    ///
    /// What cannot be kept is told and stops nothing: where the disk does not take anything any more, writing the data
    /// out to another one is what is left to do.
    pub(super) fn look(&mut self, access: Access, record: Option<RecordKey>, details: Details, cx: &mut Cx<'_>) {
        let record = record.unwrap_or_else(|| RecordKey::new(Kind::Desk, self.journal.desk()));
        let details = Details { command_line: true, ..details };
        let batch = Look::new(access, record).with(details).batch(self.operator());
        if self.journal.is_read_only() {
            // Whoever opens the desk to write takes it over; where nothing can be written, opening has said so.
            let _ = noted::leave(&RealDisk, self.journal.folder(), &self.keyring, clock::wall(), &batch);
            return;
        }
        if self.commit(batch).is_err() {
            cx.tell(&Say::new("access-not-kept"));
        }
    }

    /// The same of a case, with whether it is another operator's.
    pub(super) fn look_at_case(&mut self, access: Access, id: Id, case: &Case, cx: &mut Cx<'_>) {
        let details = access::at_case(case, self.operator());
        self.look(access, Some(RecordKey::new(Kind::Case, id)), details, cx);
    }

    /// Closes the desk with the mark of a clean stop.
    pub(super) fn close(self) -> Result<(), Failure> {
        self.journal.close().map_err(|error| Failure::of(Exit::Failed, &error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_only_named_goes_to_the_desks_folder() {
        for (folder, file, wanted) in [
            ("/紙", "名簿.xlsx", "/紙/名簿.xlsx"),
            ("", "名簿.xlsx", "名簿.xlsx"),
            ("/紙", "./名簿.xlsx", "./名簿.xlsx"),
            ("/紙", "/ほか/名簿.xlsx", "/ほか/名簿.xlsx"),
            ("/紙", "下/名簿.xlsx", "下/名簿.xlsx"),
        ] {
            assert_eq!(in_folder(folder, Path::new(file)), Path::new(wanted), "{folder} {file}");
        }
    }
}
