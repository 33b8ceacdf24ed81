//! From a folder to an open desk: what lies there, who may open it, and the journal behind the passphrase. The screen
//! and the command line call the same functions. Knows no thread and no terminal.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use crate::desk::id::Id;
use crate::desk::operator::{DeskProfile, Operator};
use crate::desk::record::{Explain, Kind};
use crate::desk::say::Say;
use crate::desk::secret::Secret;
use crate::journal::vault::{Cost, Founding, Keyring, Newcomer, Unlocked, Vault, VaultError};
use crate::journal::{self, Disk, Journal, OpenError, Opened, Options, Seal, convert};

/// The demo's passphrase, unless another one is given.
pub const DEMO: &str = "demo";

/// What a try of a new passphrase costs. In a test build a test may ask for less: it opens very many desks.
pub fn cost_here(variable: &dyn Fn(&str) -> Option<String>) -> Cost {
    if cfg!(debug_assertions) && variable("MADOGUCHI_TEST_COST").is_some() { Cost::TEST } else { Cost::DESK }
}

/// What lies in a data folder.
pub enum Found {
    /// No desk.
    Nothing,
    /// A sealed desk.
    Sealed(Box<Vault>),
    /// A desk that was made before anything was sealed.
    InClear(Box<Clear>),
}

/// Who is known in a desk in clear.
#[derive(Debug, Clone, Default)]
pub struct Clear {
    /// The desk.
    pub profile: DeskProfile,
    /// Who has not left, by reading.
    pub operators: Vec<(Id, Operator)>,
}

/// Looks what lies in a folder. Nothing is changed. A desk that is only read may be open elsewhere.
///
/// # Errors
/// The sentence says why; somebody who has the desk open is one of the reasons.
pub fn find(folder: &Path, disk: &Arc<dyn Disk>, read_only: bool) -> Result<Found, OpenError> {
    let failed = |error| OpenError::Io { path: folder.to_owned(), error };
    if !journal::exists(folder, &**disk).map_err(failed)? {
        return Ok(Found::Nothing);
    }
    if !read_only {
        journal::is_free(folder, &**disk)?;
    }
    if Vault::exists(folder, &**disk).map_err(failed)? || !convert::is_clear(folder, &**disk).map_err(failed)? {
        let vault = Vault::load(folder, Arc::clone(disk)).map_err(|error| OpenError::Keys(error.say()))?;
        return Ok(Found::Sealed(Box::new(vault)));
    }
    let mut clear = Clear::default();
    for (key, value) in convert::records(folder, &**disk, &[Kind::Desk, Kind::Operator])? {
        if key.kind == Kind::Desk {
            clear.profile = serde_json::from_value(value).unwrap_or_default();
        } else {
            clear.operators.extend(serde_json::from_value(value).ok().map(|operator| (key.id, operator)));
        }
    }
    clear.operators.retain(|(_, operator)| !operator.left);
    clear.operators.sort_by(|(_, a), (_, b)| (&a.kana, &a.name).cmp(&(&b.kana, &b.name)));
    Ok(Found::InClear(Box::new(clear)))
}

/// Opens the journal behind the keys of the options; a sealing that was cut off is finished first.
///
/// # Errors
/// Those of [`Journal::open`].
pub fn open(
    folder: &Path,
    disk: &Arc<dyn Disk>,
    options: &Options,
    read_only: bool,
) -> Result<(Journal, Opened), OpenError> {
    if read_only {
        return Journal::open_read_only(folder, Arc::clone(disk), options.clone());
    }
    let in_clear = convert::is_clear(folder, &**disk);
    let mut told = Vec::new();
    if in_clear.map_err(|error| OpenError::Io { path: folder.to_owned(), error })? {
        told = convert::seal_desk(folder, disk, options)?;
    }
    let (journal, mut opened) = Journal::open(folder, Arc::clone(disk), options.clone())?;
    told.append(&mut opened.told);
    Ok((journal, Opened { told, ..opened }))
}

/// The keys of a desk that is being made or sealed.
pub struct Made {
    /// Who may open it.
    pub vault: Vault,
    /// Its keys.
    pub unlocked: Unlocked,
    /// To be shown once.
    pub recovery: Secret,
}

/// Makes the keys for a desk with its first operator.
///
/// # Errors
/// The passphrase is too weak (not asked of the demo), or the disk failed. Nothing else was changed.
pub fn make_keys(
    folder: &Path,
    disk: &Arc<dyn Disk>,
    founding: &Founding<'_>,
    now: DateTime<FixedOffset>,
) -> Result<Made, Say> {
    let made = Vault::create(folder, Arc::clone(disk), founding, now);
    let (vault, unlocked, recovery) = made.map_err(|error| error.say())?;
    Ok(Made { vault, unlocked, recovery })
}

/// Seals a desk in clear: keys for this operator first, then everything behind them.
///
/// # Errors
/// The sentence says why. A sealing that was cut off goes on when the desk is opened with the passphrase.
pub fn seal(
    folder: &Path,
    disk: &Arc<dyn Disk>,
    options: &Options,
    (operator, passphrase): (Id, &Secret),
    cost: Cost,
) -> Result<Made, Say> {
    let known = match find(folder, disk, false).map_err(|error| error.say())? {
        Found::InClear(clear) => *clear,
        Found::Nothing | Found::Sealed(_) => Clear::default(),
    };
    let person = known.operators.iter().find(|(id, _)| *id == operator).map(|(_, o)| o.clone()).unwrap_or_default();
    let names = [person.name.as_str(), &person.kana, &known.profile.name];
    let failed = |error| OpenError::Io { path: folder.to_owned(), error }.say();
    let desk = convert::desk_of(folder, &**disk).map_err(failed)?.unwrap_or_default();
    let first = Newcomer { operator, passphrase, second: None, names: &names };
    let demo = known.profile.demo;
    let cost = if demo { Cost::TEST } else { cost };
    let made = make_keys(folder, disk, &Founding { desk, demo, first, cost }, options.now)?;
    let options = Options { seal: Arc::new(made.unlocked.keyring.clone()), ..options.clone() };
    convert::seal_desk(folder, disk, &options).map_err(|error| error.say())?;
    Ok(made)
}

/// Takes an operator's key away, if they have one, and says whether they had. Everything is sealed anew from then on.
///
/// The plan comes first: wherever the power goes after it, the next start seals everything with the newest key there is,
/// and forgets the others. A removal while an earlier one is still on its way begins it anew for both.
///
/// # Errors
/// The operator keeps the key.
pub fn remove_key(journal: &mut Journal, (vault, keys): (&mut Vault, &Keyring), operator: Id) -> Result<bool, Kept> {
    // Operators of a desk of before have no key until they are given one.
    if !vault.operators(keys).map_err(Kept::Keys)?.iter().any(|holder| holder.operator == operator) {
        return Ok(false);
    }
    journal.begin_renewal(&BTreeSet::new()).map_err(Kept::Plan)?;
    vault.remove(keys, operator).map_err(Kept::Keys)?;
    Ok(true)
}

/// Forgets all keys but the newest: to be called when a renewal has ended.
///
/// # Errors
/// The next opening does it.
pub fn retire(vault: &mut Vault, keys: &Keyring) -> Result<(), VaultError> {
    let newest = keys.epoch();
    if newest > 1 { vault.retire(keys, newest - 1) } else { Ok(()) }
}

/// Why an operator keeps the key.
#[derive(Debug)]
pub enum Kept {
    /// That everything has to be sealed anew could not be written down.
    Plan(OpenError),
    /// The keys could not be changed.
    Keys(VaultError),
}

impl Explain for Kept {
    fn say(&self) -> Say {
        match self {
            Self::Plan(error) => error.say(),
            Self::Keys(error) => error.say(),
        }
    }
}

/// The options behind these keys.
#[must_use]
pub fn behind(options: &Options, keyring: &Keyring) -> Options {
    Options { seal: Arc::new(keyring.clone()), ..options.clone() }
}
