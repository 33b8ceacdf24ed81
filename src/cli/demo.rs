//! `madoguchi demo`: a desk with fictional people, in a temporary folder that goes with it, or in one that is kept.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::desk::{chance, set_up};
use super::{Cx, Exit, Failure};
use crate::app::msg::Setup;
use crate::desk::say::Say;
use crate::runtime::private::Scratch;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder in which the demo stays; `--data` means the same here.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Only make it.
    #[arg(long)]
    no_open: bool,
    /// Begin with a practice call.
    #[arg(long, conflicts_with = "no_open")]
    practice: bool,
}

/// Makes the demo, opens the screen on it, and gives the screen's exit code.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<u8, Failure> {
    let Some(kept) = args.keep.as_ref().or(cx.global.data.as_ref()) else {
        if args.no_open {
            // It would be gone again at once.
            let say = Say::new("cli-argument-missing").with("argument", "--keep DIR");
            return Err(Failure { exit: Exit::Usage, says: vec![say, Say::new("cli-see-help")] });
        }
        let failed = |error: io::Error| {
            Failure::new(Exit::Failed, Say::new("cli-demo-no-folder").with("why", error.kind().to_string()))
        };
        let scratch = Scratch::new("demo", chance()?).map_err(failed)?;
        set_up(scratch.path(), &Setup::Demo, cx)?;
        return Ok(open(scratch.path(), args.practice, cx));
    };
    let folder = std::path::absolute(kept).unwrap_or_else(|_| kept.clone());
    refuse_filled(&folder)?;
    set_up(&folder, &Setup::Demo, cx)?;
    if !args.no_open {
        return Ok(open(&folder, args.practice, cx));
    }
    let name = folder.display().to_string();
    if cx.global.json {
        cx.json(&json!({ "folder": name }))?;
    } else {
        cx.print(&Say::new("cli-demo-made").with("folder", name))?;
    }
    Ok(Exit::Done as u8)
}

fn open(folder: &Path, practice: bool, cx: &Cx<'_>) -> u8 {
    let mut global = cx.global.clone();
    global.data = Some(folder.to_owned());
    (global.demo, global.practice) = (true, practice);
    (cx.open_desk)(&global)
}

/// Fictional people never come among real ones, nor files of others among ours.
fn refuse_filled(folder: &Path) -> Result<(), Failure> {
    let refused = |say: Say| Failure::new(Exit::Usage, say.with("folder", folder.display().to_string()));
    match std::fs::read_dir(folder).map(Iterator::count) {
        Ok(0) => Ok(()),
        Ok(_) => Err(refused(Say::new("cli-demo-not-empty"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(refused(Say::new("cli-demo-not-usable").with("why", error.kind().to_string()))),
    }
}
