//! `madoguchi init`: sets a desk up without questions.

use serde_json::json;

use super::desk::set_up;
use super::{Cx, Exit, Failure, passphrase};
use crate::app::msg::Setup;
use crate::desk::passphrase::{ALONE, weakness};
use crate::desk::say::Say;
use crate::search::fold;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The desk's name.
    #[arg(long, value_name = "NAME")]
    desk: String,
    /// The first operator's name.
    #[arg(long, value_name = "NAME")]
    operator: String,
}

/// Makes the desk in the data folder.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let (name, operator) = (given("--desk", &args.desk)?, given("--operator", &args.operator)?);
    let folder = cx.paths()?.data;
    let passphrase = match passphrase::given(cx)? {
        Some(given) => given.passphrase,
        None => passphrase::to_set(cx, None)?,
    };
    if let Some(weak) = weakness(&passphrase, false, &[&name, &operator]) {
        return Err(Failure::new(Exit::Usage, Say::new(weak.key()).with("least", ALONE.to_string())));
    }
    let second = None;
    let setup =
        Setup::Desk { name: name.clone(), operator: operator.clone(), lang: cx.locale.lang(), passphrase, second };
    let recovery = set_up(&folder, &setup, cx)?;
    let folder = folder.display().to_string();
    if cx.global.json {
        return cx.json(&json!({
            "desk": name, "operator": operator, "folder": folder, "recovery_key": recovery.expose(),
        }));
    }
    cx.print(&Say::new("cli-init-done").with("desk", name).with("operator", operator).with("folder", folder))?;
    cx.print(&Say::new("cli-recovery-key").with("key", recovery.expose()))
}

/// A name as it is stored; one of blanks is none.
fn given(argument: &'static str, text: &str) -> Result<String, Failure> {
    let name = fold::one_line(text);
    if name.is_empty() {
        let say = Say::new("cli-value-missing").with("argument", argument);
        return Err(Failure { exit: Exit::Usage, says: vec![say, Say::new("cli-see-help")] });
    }
    Ok(name)
}
