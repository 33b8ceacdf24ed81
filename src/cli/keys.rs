//! `madoguchi keys`: the keymap in force; `--check FILE`: what is wrong with a keymap file.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::{Cx, Exit, Failure};
use crate::desk::say::Say;
use crate::keys::{Action, Context, Diagnostic, Keymap, Layer, Loaded, Problem, USER_FILE, load, load_over, read_file};
use crate::widgets::width;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file to check.
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
    /// Print the keymap in force as a keymap file.
    #[arg(long, conflicts_with = "check")]
    print: bool,
}

/// Shows the keymap in force, or checks a file.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    if let Some(file) = &args.check {
        return check(file, cx);
    }
    let user = cx.config.as_deref().map(|folder| folder.join(USER_FILE));
    let loaded = load(cx.global.keymap.as_deref(), user.as_deref());
    let Loaded { keymap, diagnostics } = &loaded;
    if let Some(unknown) = diagnostics.iter().find(|found| matches!(found.problem, Problem::NoSuchKeymap(_))) {
        return Err(Failure::new(Exit::Usage, unknown.say()));
    }
    for found in diagnostics {
        let name = match found.layer {
            Layer::User => user.as_deref().map(|path| path.display().to_string()),
            Layer::Chosen | Layer::Default => cx.global.keymap.clone(),
        };
        let line = line(&name.unwrap_or_default(), found, cx);
        // Where nobody reads there is nobody to tell.
        let _ = writeln!(cx.err, "{line}");
    }
    if cx.global.json {
        let map = table(keymap, cx);
        cx.json(&map)
    } else if args.print {
        print(keymap, cx)
    } else {
        show(keymap, cx)
    }
}

fn check(file: &Path, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let name = file.display().to_string();
    let text = read_file(file).map_err(|error| {
        let say = Say::new("cli-keys-unreadable").with("file", name.as_str()).with("why", error.to_string());
        Failure::new(Exit::BadInput, say)
    })?;
    let Loaded { diagnostics, .. } = load_over(cx.global.keymap.as_deref(), &text);
    if let Some(unknown) = diagnostics.iter().find(|found| matches!(found.problem, Problem::NoSuchKeymap(_))) {
        return Err(Failure::new(Exit::Usage, unknown.say()));
    }
    // What is wrong with the keymap below is not this file's fault.
    let found: Vec<Diagnostic> = diagnostics.into_iter().filter(|found| found.layer == Layer::User).collect();
    let refused = found.iter().filter(|found| found.is_error()).count();
    if cx.global.json {
        let entry = |found: &Diagnostic| {
            let say = found.say();
            json!({
                "line": found.line,
                "column": found.column,
                "error": found.is_error(),
                "problem": say.key,
                "message": cx.locale.say(&say),
            })
        };
        let entries: Vec<Value> = found.iter().map(entry).collect();
        cx.json(&entries)?;
    } else {
        for found in &found {
            writeln!(cx.out, "{}", line(&name, found, cx))?;
        }
        if found.is_empty() {
            writeln!(cx.out, "{}", cx.locale.f("cli-keys-sound", &[("file", &name)]))?;
        }
    }
    if refused == 0 {
        return Ok(());
    }
    let say = Say::new("cli-keys-refused").with("file", name).with("count", refused.to_string());
    Err(Failure::new(Exit::BadInput, say))
}

/// `FILE:LINE:COLUMN: sentence`, which editors can jump to.
fn line(name: &str, found: &Diagnostic, cx: &Cx<'_>) -> String {
    format!("{name}:{}:{}: {}", found.line, found.column, cx.locale.say(&found.say()))
}

/// What a person reads: key, action's name, its title; table by table.
fn show(keymap: &Keymap, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let mut blank = "";
    for context in Context::ALL {
        let rows = shown(keymap, context);
        if rows.is_empty() {
            continue;
        }
        writeln!(cx.out, "{blank}[{}]  {}", context.name(), cx.locale.t(context.title()))?;
        blank = "\n";
        for (keys, name, action) in rows {
            let title = action.map(|action| cx.locale.t(action.title())).unwrap_or_default();
            let row = format!("  {}{}{title}", width::pad(&keys, 14), width::pad(name, 18));
            writeln!(cx.out, "{}", row.trim_end())?;
        }
    }
    Ok(())
}

/// The keymap as a file that gives the same keymap again.
fn print(keymap: &Keymap, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let mut blank = "";
    for context in Context::ALL {
        writeln!(cx.out, "{blank}[{}]", context.name())?;
        blank = "\n";
        for (keys, name) in keymap.rows(context) {
            let keys = keys.replace('\\', "\\\\").replace('"', "\\\"");
            writeln!(cx.out, "\"{keys}\" = \"{name}\"")?;
        }
    }
    Ok(())
}

fn table(keymap: &Keymap, cx: &Cx<'_>) -> Value {
    let row = |(keys, name, action): (String, &str, Option<Action>)| {
        let title = action.map(|action| cx.locale.t(action.title()));
        json!({ "keys": keys, "action": name, "title": title })
    };
    let tables = Context::ALL.into_iter().map(|context| {
        let rows: Vec<Value> = shown(keymap, context).into_iter().map(row).collect();
        (context.name().to_owned(), Value::from(rows))
    });
    Value::from(tables.collect::<Map<_, _>>())
}

/// The rows of a table without those whose action is still to come.
fn shown(keymap: &Keymap, context: Context) -> Vec<(String, &'static str, Option<Action>)> {
    let rows = keymap.rows(context).into_iter().map(|(keys, name)| (keys, name, name.parse::<Action>().ok()));
    rows.filter(|(_, _, action)| action.is_none_or(Action::available)).collect()
}
