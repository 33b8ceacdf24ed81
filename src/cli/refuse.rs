//! What is wrong with a command line, in the reader's language. Asked-for help comes this way too.

use std::io::Write;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{Exit, Failure};
use crate::desk::say::Say;
use crate::locale::Locale;

/// Prints help where it was asked for, or says what is wrong.
pub(super) fn answer(error: &Error, locale: &Locale, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let Err(failure) = write!(out, "{}", error.render()).map_err(Failure::from) else { return Exit::Done };
        for say in &failure.says {
            let _ = writeln!(err, "{}", locale.say(say));
        }
        return failure.exit;
    }
    // Where nobody reads, the exit code still tells.
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = write!(err, "{}", error.render());
        return Exit::Usage;
    }
    let _ = writeln!(err, "{}", locale.say(&sentence(error)));
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue] {
        if let Some(nearest) = context(error, kind) {
            let _ = writeln!(err, "{}", locale.say(&Say::new("cli-suggested").with("nearest", nearest)));
        }
    }
    let _ = writeln!(err, "{}", locale.t("cli-see-help"));
    Exit::Usage
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the library may add kinds, and each is still a wrong command line")]
fn sentence(error: &Error) -> Say {
    let argument = || context(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = context(error, ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument => Say::new("cli-unknown-argument").with("argument", argument()),
        ErrorKind::InvalidSubcommand => Say::new("cli-unknown-command")
            .with("command", context(error, ContextKind::InvalidSubcommand).unwrap_or_default()),
        ErrorKind::InvalidValue if value.is_empty() => Say::new("cli-value-missing").with("argument", argument()),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let valid = context(error, ContextKind::ValidValue).filter(|valid| !valid.is_empty());
            let say = if valid.is_some() { Say::new("cli-value-not-one-of") } else { Say::new("cli-value-wrong") };
            say.with("argument", argument()).with("value", value).with("valid", valid.unwrap_or_default())
        }
        ErrorKind::MissingRequiredArgument => Say::new("cli-argument-missing").with("argument", argument()),
        ErrorKind::ArgumentConflict => Say::new("cli-arguments-conflict")
            .with("argument", argument())
            .with("other", context(error, ContextKind::PriorArg).unwrap_or_default()),
        ErrorKind::InvalidUtf8 => Say::new("cli-not-utf8"),
        _ => Say::new("cli-wrong-usage"),
    }
}

/// What the library knows about the error, as text; several values with blanks between.
fn context(error: &Error, kind: ContextKind) -> Option<String> {
    let value = error.get(kind)?;
    if let ContextValue::Strings(values) = value {
        return Some(values.join(" "));
    }
    (*value != ContextValue::None).then(|| value.to_string())
}
