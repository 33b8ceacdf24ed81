//! Where a subcommand has the passphrase from: a file, else a question at the terminal. Never an argument: arguments
//! are seen by everybody on the computer and stay in the shell's history.

use std::path::Path;

use zeroize::Zeroizing;

use super::{Cx, Exit, Failure};
use crate::desk::say::Say;
use crate::desk::secret::Secret;

/// What was given to open the desk with.
#[derive(Clone)]
pub(super) struct Given {
    /// The passphrase.
    pub passphrase: Secret,
    /// The code of the second factor.
    pub code: Option<String>,
}

/// The passphrase in the first line of a file, and the code in its second, where there is one.
///
/// # Errors
/// The file does not read, is no text, or begins with an empty line.
pub(super) fn in_file(path: &Path) -> Result<Given, Failure> {
    let failed =
        |key: &'static str| Failure::new(Exit::BadInput, Say::new(key).with("file", path.display().to_string()));
    let bytes = Zeroizing::new(std::fs::read(path).map_err(|error| {
        let say = Say::new("cli-passphrase-file").with("file", path.display().to_string());
        Failure::new(Exit::BadInput, say.with("why", error.kind().to_string()))
    })?);
    let text = std::str::from_utf8(&bytes).map_err(|_| failed("cli-passphrase-file-text"))?;
    let mut lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines();
    let passphrase = Secret::passphrase(lines.next().unwrap_or_default());
    if passphrase.is_empty() {
        return Err(failed("cli-passphrase-file-empty"));
    }
    Ok(Given { passphrase, code: lines.next().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()) })
}

/// What the options name: `--passphrase-file`, or `MADOGUCHI_PASSPHRASE_FILE`.
pub(super) fn given(cx: &Cx<'_>) -> Result<Option<Given>, Failure> {
    cx.passphrase_file().map(|path| in_file(&path)).transpose()
}

/// Asks at the terminal; `None` where there is none.
pub(super) fn asked(cx: &Cx<'_>, question: &'static str) -> Option<Secret> {
    (cx.ask)(&cx.locale.say(&Say::new(question)))
}

/// The passphrase that opens a desk.
///
/// # Errors
/// None was given, and nobody is there to be asked.
pub(super) fn to_open(cx: &Cx<'_>, demo: bool) -> Result<Given, Failure> {
    if let Some(given) = given(cx)? {
        return Ok(given);
    }
    if demo {
        return Ok(Given { passphrase: Secret::passphrase(crate::runtime::entry::DEMO), code: None });
    }
    let typed = asked(cx, "cli-passphrase-ask").map(|typed| Secret::passphrase(typed.expose()));
    let passphrase = typed.ok_or_else(|| Failure::new(Exit::WrongPassphrase, Say::new("cli-passphrase-missing")))?;
    Ok(Given { passphrase, code: None })
}

/// The passphrase for somebody who gets one: typed twice where it is typed.
///
/// # Errors
/// None was given, and nobody is there to be asked; or the two were not the same.
pub(super) fn to_set(cx: &Cx<'_>, file: Option<&Path>) -> Result<Secret, Failure> {
    if let Some(path) = file {
        return in_file(path).map(|given| given.passphrase);
    }
    let usage = |key| Failure::new(Exit::Usage, Say::new(key));
    let first = asked(cx, "cli-passphrase-new").ok_or_else(|| usage("cli-passphrase-missing"))?;
    let second = asked(cx, "cli-passphrase-again").ok_or_else(|| usage("cli-passphrase-missing"))?;
    if first != second {
        return Err(usage("cli-passphrase-differs"));
    }
    Ok(Secret::passphrase(first.expose()))
}
