//! `madoguchi operator second-factor`: the code that an operator's own device shows, beside the passphrase.

use std::path::{Path, PathBuf};

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use serde_json::json;

use super::super::desk::Desk;
use super::super::{Cx, Exit, Failure, passphrase};
use super::{People, failed, note};
use crate::desk::say::Say;
use crate::desk::secret::Secret;
use crate::journal::vault::{Confirmed, Newcomer, Shared, UnlockError};
use crate::runtime::clock;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Does without one from now on.
    #[arg(long, conflicts_with = "secret_file")]
    drop: bool,
    /// A file with the secret in its first line and the code that the device makes of it in its second.
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,
}

/// Sets it up, or does without it.
pub(super) fn run(desk: &mut Desk, args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let (people, me) = (People::of(desk)?, desk.operator());
    let person = people.get(me);
    let names = people.names(&person);
    // The code that opened the desk a moment ago still counts for the change.
    let old = passphrase::to_open(cx, false)?;
    let secret_file = args.secret_file.as_deref();
    let second = if args.drop { None } else { Some(new(secret_file, &people, &person.name, cx)?) };
    let dropped = second.is_none();
    let newcomer = Newcomer { operator: me, passphrase: &old.passphrase, second, names: &names };
    let (vault, keys) = desk.keys();
    let set = vault.set_second_factor(keys, &newcomer, None, clock::wall());
    set.map_err(|error| failed(&error))?;
    note(desk, if dropped { "drop-second-factor" } else { "set-second-factor" })?;
    if cx.global.json {
        return cx.json(&json!({ "id": me, "second_factor": !dropped }));
    }
    cx.print(&Say::new(if dropped { "cli-second-dropped" } else { "cli-second-set" }))
}

/// A second factor for this operator, proved by its code.
pub(super) fn new(file: Option<&Path>, people: &People, name: &str, cx: &mut Cx<'_>) -> Result<Confirmed, Failure> {
    match file {
        Some(file) => in_file(file),
        None => shown(people, name, cx),
    }
}

fn wrong() -> Failure {
    Failure::of(Exit::WrongPassphrase, &UnlockError::CodeWrong)
}

/// The secret that somebody else made, such as a device of its own, and the code that goes with it.
fn in_file(file: &Path) -> Result<Confirmed, Failure> {
    let given = passphrase::in_file(file)?;
    Confirmed::new(&given.passphrase, &given.code.unwrap_or_default(), clock::wall()).ok_or_else(wrong)
}

/// Shows a new secret and asks for the code that the device makes of it.
fn shown(people: &People, name: &str, cx: &mut Cx<'_>) -> Result<Confirmed, Failure> {
    let shared = Shared::fresh().map_err(|error| Failure::of(Exit::Failed, &UnlockError::from(error)))?;
    // On standard error: what is printed on standard output may be kept in a file.
    if let Some(code) = code_of(&shared.url(&people.profile.name, name)) {
        let _ = writeln!(cx.err, "{code}");
    }
    cx.tell(&Say::new("cli-second-letters").with("letters", shared.letters().expose()));
    let code = passphrase::asked(cx, "cli-code-ask");
    let code = code.ok_or_else(|| Failure::new(Exit::Usage, Say::new("cli-second-no-terminal")))?;
    Confirmed::new(&shared.letters(), code.expose(), clock::wall()).ok_or_else(wrong)
}

/// The QR code in letters, light on the dark ground that most terminals have.
fn code_of(url: &Secret) -> Option<String> {
    let code = QrCode::new(url.expose()).ok()?;
    let (dark, light) = (Dense1x2::Light, Dense1x2::Dark);
    Some(code.render::<Dense1x2>().dark_color(dark).light_color(light).build())
}
