//! `madoguchi operator`: who has a key to the desk: operators come and go, passphrases, second factors, the recovery key.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::{Value, json};

use super::desk::Desk;
use super::words::print_table;
use super::{Cx, Exit, Failure, passphrase};
use crate::desk::access;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::operator::{DeskProfile, Operator, Role};
use crate::desk::passphrase::weakness;
use crate::desk::record::Kind;
use crate::desk::say::Say;
use crate::desk::secret::Secret;
use crate::journal::vault::{Holder, Newcomer, UnlockError, VaultError};
use crate::runtime::clock;
use crate::runtime::entry::{self, Kept};
use crate::runtime::eyes::{self, Act};
use crate::search::fold;

mod second;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Who is at the desk, and who of them has a key.
    List,
    /// Gives a new operator a key.
    Add(Add),
    /// Takes an operator's key away.
    Remove {
        /// Their name or identity.
        name: String,
    },
    /// Changes a passphrase.
    Passphrase(Change),
    /// Sets up a second factor, or does without one.
    SecondFactor(second::Args),
    /// Makes a new recovery key.
    RecoveryKey,
    /// Opens the desk with the recovery key and sets a passphrase.
    Recover(Recover),
}

#[derive(Debug, clap::Args)]
struct Add {
    /// The name.
    name: String,
    /// Its reading.
    #[arg(long, value_name = "KANA", default_value = "")]
    kana: String,
    /// What they may do.
    #[arg(long, value_name = "ROLE", value_parser = roles(), default_value = "operator")]
    role: Role,
    /// A qualification; several times for several.
    #[arg(long, value_name = "NAME")]
    qualification: Vec<String>,
    #[command(flatten)]
    new: New,
    /// They get a second factor too: shown here, and proved by its code.
    #[arg(long)]
    second_factor: bool,
    /// The same from a file: the secret in its first line, and the code that the device makes of it in its second.
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,
}

/// The passphrase that somebody gets.
#[derive(Debug, clap::Args)]
struct New {
    /// A file with it; asked for without one.
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Option<PathBuf>,
}

impl New {
    fn passphrase(&self, cx: &Cx<'_>) -> Result<Secret, Failure> {
        passphrase::to_set(cx, self.new_passphrase_file.as_deref())
    }
}

#[derive(Debug, clap::Args)]
struct Change {
    /// Whose, where it is another's that was forgotten.
    #[arg(long, value_name = "NAME")]
    of: Option<String>,
    #[command(flatten)]
    new: New,
}

#[derive(Debug, clap::Args)]
struct Recover {
    /// Who sets a new passphrase.
    name: String,
    /// A file with the recovery key.
    #[arg(long, value_name = "FILE")]
    recovery_key_file: Option<PathBuf>,
    #[command(flatten)]
    new: New,
}

// What this says is never shown: `refuse` says it in the reader's language.
fn roles() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(["supervisor", "operator", "viewer"]).map(|code| Role::from_code(&code))
}

impl Args {
    /// What it is, for the roles.
    pub(super) const fn act(&self) -> Act {
        match &self.what {
            What::List => Act::List,
            What::Add(_) | What::Remove { .. } | What::RecoveryKey => Act::Supervise,
            // Whether it is another's is known when the name is.
            What::Passphrase(_) | What::SecondFactor(_) | What::Recover(_) => Act::Free,
        }
    }
}

/// Does what was asked for.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    match &args.what {
        What::List => Desk::with(cx, list),
        What::Add(wanted) => Desk::with(cx, |desk, cx| add(desk, wanted, cx)),
        What::Remove { name } => Desk::with(cx, |desk, cx| remove(desk, name, cx)),
        What::Passphrase(wanted) => Desk::with(cx, |desk, cx| change(desk, wanted, cx)),
        What::SecondFactor(wanted) => Desk::with(cx, |desk, cx| second::run(desk, wanted, cx)),
        What::RecoveryKey => Desk::with(cx, recovery_key),
        What::Recover(wanted) => recover(wanted, cx),
    }
}

/// Who is at the desk, and how it is called.
struct People {
    all: Vec<(Id, Operator)>,
    profile: DeskProfile,
}

impl People {
    fn of(desk: &Desk) -> Result<Self, Failure> {
        let mut all: Vec<(Id, Operator)> = desk.all(Kind::Operator)?;
        all.retain(|(_, operator)| !operator.left);
        all.sort_by(|(_, a), (_, b)| (&a.kana, &a.name).cmp(&(&b.kana, &b.name)));
        let profile = desk.all(Kind::Desk)?.into_iter().next().map(|(_, profile)| profile).unwrap_or_default();
        Ok(Self { all, profile })
    }

    fn get(&self, id: Id) -> Operator {
        self.all.iter().find(|(known, _)| *known == id).map(|(_, operator)| operator.clone()).unwrap_or_default()
    }

    /// Who is meant by a name, its reading or an identity: exactly one.
    fn find(&self, text: &str) -> Result<(Id, &Operator), Failure> {
        let given = text.trim().parse::<Id>().ok();
        let is_meant =
            |id: Id, o: &Operator| given == Some(id) || fold::same(&o.name, text) || fold::same(&o.kana, text);
        let mut meant = self.all.iter().filter(|(id, operator)| is_meant(*id, operator));
        match (meant.next(), meant.next()) {
            (Some((id, operator)), None) => Ok((*id, operator)),
            (Some(_), Some(_)) => Err(Failure::new(Exit::Usage, Say::new("cli-operator-several").with("name", text))),
            (None, _) => Err(Failure::new(Exit::Failed, Say::new("cli-audit-no-operator").with("name", text))),
        }
    }

    /// What no passphrase of this operator may be made of.
    fn names<'a>(&'a self, operator: &'a Operator) -> [&'a str; 3] {
        [&operator.name, &operator.kana, &self.profile.name]
    }

    fn role(&self, id: Id) -> Role {
        eyes::role_in(&self.all, id)
    }

    fn is_last_supervisor(&self, operator: &Operator) -> bool {
        let supervises = |operator: &Operator| Role::from_code(&operator.role) == Role::Supervisor;
        supervises(operator) && self.all.iter().filter(|(_, operator)| supervises(operator)).count() < 2
    }
}

/// What a task about keys that was not done ends in.
fn failed(error: &VaultError) -> Failure {
    use UnlockError::{CodeNeeded, CodeWrong, Slip, Wait, Wrong};
    let exit = match error {
        VaultError::Unlock(Wrong | Slip | CodeNeeded | CodeWrong | Wait(_)) => Exit::WrongPassphrase,
        VaultError::Weak(_) | VaultError::Taken => Exit::Usage,
        VaultError::Unlock(_)
        | VaultError::NoSlot
        | VaultError::HasSlot
        | VaultError::LastOperator
        | VaultError::Locked => Exit::Failed,
    };
    Failure::of(exit, error)
}

/// Notes in the access log what was done with the keys.
fn note(desk: &mut Desk, task: &str) -> Result<(), Failure> {
    let (id, me) = (desk.journal().desk(), desk.operator());
    desk.commit(access::settings(id, me, task)).map(drop)
}

fn done(key: &'static str, id: Id, operator: &Operator, cx: &mut Cx<'_>) -> Result<(), Failure> {
    if cx.global.json {
        return cx.json(&json!({ "id": id, "name": operator.name }));
    }
    cx.print(&Say::new(key).with("name", operator.name.as_str()))
}

fn list(desk: &mut Desk, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let people = People::of(desk)?;
    let (vault, keys) = desk.keys();
    let holders = vault.operators(keys).map_err(|error| failed(&error))?;
    let holder = |id: Id| holders.iter().find(|holder| holder.operator == id);
    if cx.global.json {
        let all: Vec<Value> = people.all.iter().map(|(id, who)| as_json(*id, who, holder(*id), &people)).collect();
        return cx.json(&all);
    }
    let heads = ["name", "role", "qualifications", "key", "second", "since"].map(|head| format!("cli-operator-{head}"));
    let heads: Vec<String> = heads.iter().map(|key| cx.locale.t(key).into_owned()).collect();
    let row = |(id, who): &(Id, Operator)| {
        let yes = |is: bool| cx.locale.t(if is { "cli-operator-yes" } else { "cli-operator-no" }).into_owned();
        let role = format!("code-role-{}", people.role(*id).code());
        let held = holder(*id);
        vec![
            who.name.clone(),
            cx.locale.t(&role).into_owned(),
            who.qualifications.join(" "),
            yes(held.is_some()),
            yes(held.is_some_and(|held| held.second)),
            held.map(|held| held.since.with_timezone(&clock::wall().timezone()).format("%Y-%m-%d").to_string())
                .unwrap_or_default(),
        ]
    };
    let rows: Vec<Vec<String>> = people.all.iter().map(row).collect();
    print_table(&heads, &rows, cx)
}

fn as_json(id: Id, who: &Operator, holder: Option<&Holder>, people: &People) -> Value {
    json!({
        "id": id,
        "name": who.name,
        "kana": who.kana,
        "role": people.role(id).code(),
        "qualifications": who.qualifications,
        "key": holder.is_some(),
        "second_factor": holder.is_some_and(|holder| holder.second),
        "since": holder.map(|holder| holder.since),
    })
}

fn add(desk: &mut Desk, wanted: &Add, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let (people, me) = (People::of(desk)?, desk.operator());
    let name = fold::one_line(&wanted.name);
    if name.is_empty() {
        let say = Say::new("cli-value-missing").with("argument", "NAME");
        return Err(Failure { exit: Exit::Usage, says: vec![say, Say::new("cli-see-help")] });
    }
    let qualifications = wanted.qualification.iter().map(|text| fold::one_line(text));
    let person = Operator {
        name,
        kana: fold::one_line(&wanted.kana),
        role: wanted.role.code().to_owned(),
        qualifications: qualifications.filter(|text| !text.is_empty()).collect(),
        ..Operator::default()
    };
    let passphrase = wanted.new.passphrase(cx)?;
    let names = people.names(&person);
    let paired = wanted.second_factor || wanted.secret_file.is_some();
    if let Some(weak) = weakness(&passphrase, paired, &names) {
        // Before anybody takes their telephone out.
        return Err(failed(&VaultError::Weak(weak)));
    }
    let second = paired.then(|| second::new(wanted.secret_file.as_deref(), &people, &person.name, cx)).transpose()?;
    let id = desk.fresh();
    let newcomer = Newcomer { operator: id, passphrase: &passphrase, second, names: &names };
    let (vault, keys) = desk.keys();
    vault.add(keys, &newcomer, clock::wall()).map_err(|error| failed(&error))?;
    desk.commit(edits::add_operator(me, id, &person))?;
    note(desk, "add-operator")?;
    done("cli-operator-added", id, &person, cx)
}

fn remove(desk: &mut Desk, name: &str, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let (people, me) = (People::of(desk)?, desk.operator());
    let (id, before) = people.find(name)?;
    if people.is_last_supervisor(before) {
        return Err(Failure::new(Exit::Failed, Say::new("vault-last-supervisor")));
    }
    let had_key = desk.remove_key(id).map_err(|kept| match &kept {
        Kept::Plan(error) => Failure::of(Exit::Failed, error),
        Kept::Keys(error) => failed(error),
    })?;
    let after = Operator { left: true, ..before.clone() };
    if let Some(batch) = edits::edit_operator(me, id, before, &after) {
        desk.commit(batch)?;
    }
    note(desk, "remove-operator")?;
    if had_key {
        renew(desk)?;
    }
    done("cli-operator-removed", id, before, cx)
}

/// Seals everything with the new key, and forgets the old ones.
fn renew(desk: &mut Desk) -> Result<(), Failure> {
    let journal = desk.journal_mut();
    loop {
        if journal.renewal_step().map_err(|error| Failure::of(Exit::Failed, &error))? {
            break;
        }
        if journal.is_stopped() || journal.is_read_only() {
            // The plan is on the disk: the next start goes on with it.
            return Ok(());
        }
    }
    let (vault, keys) = desk.keys();
    entry::retire(vault, keys).map_err(|error| failed(&error))
}

fn change(desk: &mut Desk, wanted: &Change, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let (people, me) = (People::of(desk)?, desk.operator());
    let (id, person) = match &wanted.of {
        Some(name) => people.find(name)?,
        None => (me, &people.get(me)),
    };
    let names = people.names(person);
    if id == me {
        // The code that opened the desk a moment ago still counts.
        let old = passphrase::to_open(cx, false)?;
        let new = wanted.new.passphrase(cx)?;
        let newcomer = Newcomer { operator: me, passphrase: &new, second: None, names: &names };
        let (vault, keys) = desk.keys();
        let changed = vault.change_passphrase(keys, &newcomer, &old.passphrase, None, clock::wall());
        changed.map_err(|error| failed(&error))?;
        note(desk, "change-passphrase")?;
    } else {
        desk.allows(Act::Supervise)?;
        let new = wanted.new.passphrase(cx)?;
        let newcomer = Newcomer { operator: id, passphrase: &new, second: None, names: &names };
        let (vault, keys) = desk.keys();
        vault.give(keys, &newcomer, clock::wall()).map_err(|error| failed(&error))?;
        note(desk, "give-passphrase")?;
    }
    done("cli-operator-changed", id, person, cx)
}

fn recovery_key(desk: &mut Desk, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let (vault, keys) = desk.keys();
    let key = vault.new_recovery_key(keys, clock::wall()).map_err(|error| failed(&error))?;
    // Whatever becomes of the note: the key before opens nothing any more, so this one must be shown.
    let noted = note(desk, "new-recovery-key");
    if cx.global.json {
        cx.json(&json!({ "recovery_key": key.expose() }))?;
    } else {
        cx.print(&Say::new("cli-recovery-key").with("key", key.expose()))?;
    }
    noted
}

fn recover(wanted: &Recover, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let missing = || Failure::new(Exit::WrongPassphrase, Say::new("cli-recovery-missing"));
    let key = match &wanted.recovery_key_file {
        Some(file) => key_in(file)?,
        None => passphrase::asked(cx, "cli-recovery-ask").ok_or_else(missing)?,
    };
    Desk::with_recovery(&key, cx, |desk, cx| {
        let people = People::of(desk)?;
        let (id, person) = people.find(&wanted.name)?;
        let new = wanted.new.passphrase(cx)?;
        let newcomer = Newcomer { operator: id, passphrase: &new, second: None, names: &people.names(person) };
        let (vault, keys) = desk.keys();
        vault.give(keys, &newcomer, clock::wall()).map_err(|error| failed(&error))?;
        desk.enter_as(id, cx);
        note(desk, "recover")?;
        done("cli-operator-changed", id, person, cx)
    })
}

/// The recovery key in the first line of a file.
fn key_in(file: &Path) -> Result<Secret, Failure> {
    passphrase::in_file(file).map(|given| given.passphrase)
}
