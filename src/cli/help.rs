//! The help texts: clap's command with every sentence from the locale files.

use std::ffi::OsString;

use clap::CommandFactory;
use clap::builder::Resettable;

use super::Arguments;
use crate::locale::{Lang, Locale};

/// The command line with its help in one language.
pub(super) fn command(locale: &Locale) -> clap::Command {
    let command = Arguments::command().subcommand_value_name(text(locale, "cli-value-command"));
    localised(command, locale, "cli")
}

/// What `--lang` asks for, before anything is parsed: help and refusals speak that language too.
pub(super) fn asked_language(arguments: &[OsString]) -> Option<Lang> {
    let mut words = arguments.iter().skip(1).map_while(|word| word.to_str().filter(|word| *word != "--"));
    while let Some(word) = words.next() {
        let code = if word == "--lang" { words.next() } else { word.strip_prefix("--lang=") };
        if let Some(lang) = code.and_then(|code| super::lang(code).ok()) {
            return Some(lang);
        }
    }
    None
}

/// The key of a command's sentence, and of each of its arguments: `cli-keys`, `cli-keys-arg-check`.
fn localised(command: clap::Command, locale: &Locale, key: &str) -> clap::Command {
    let template = format!("{{about}}\n\n{} {{usage}}\n\n{{all-args}}", text(locale, "cli-heading-usage"));
    let own = text(locale, "cli-heading-options");
    let operands = text(locale, "cli-heading-arguments");
    let shared = text(locale, "cli-heading-global");
    command
        .about(text(locale, key))
        .long_about(Resettable::Reset)
        .help_template(template)
        .subcommand_help_heading(text(locale, "cli-heading-commands"))
        // Japanese has no blanks to wrap at, and clap would count a kanji as one column.
        .term_width(0)
        .mut_args(|arg| {
            let heading = match (arg.is_positional(), arg.is_global_set()) {
                (true, _) => &operands,
                (false, true) => &shared,
                (false, false) => &own,
            };
            let sentence = text(locale, &sentence_key(&arg, key));
            let arg = arg.help(sentence).long_help(Resettable::Reset).help_heading(heading.clone());
            // Where there is a choice the sentence names it, in the reader's language.
            if arg.get_action().takes_values() { arg.hide_possible_values(true) } else { arg }
        })
        .mut_subcommands(|sub| {
            let key = format!("{key}-{}", sub.get_name());
            localised(sub, locale, &key)
        })
}

/// The key of an argument's sentence. Those that every subcommand takes are explained once.
pub(super) fn sentence_key(arg: &clap::Arg, command: &str) -> String {
    let id = arg.get_id().as_str().replace('_', "-");
    let owner = if arg.is_global_set() { "cli" } else { command };
    format!("{owner}-arg-{id}")
}

fn text(locale: &Locale, key: &str) -> String {
    locale.t(key).into_owned()
}
