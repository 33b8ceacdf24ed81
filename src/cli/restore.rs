//! `madoguchi restore`: a backup as the desk of a data folder that has none.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::json;

use super::backup::{details, failed, note};
use super::desk::{Desk, options};
use super::{Cx, Exit, Failure};
use crate::desk::access::Access;
use crate::desk::record::Explain;
use crate::desk::say::Say;
use crate::journal::backup::{self, Restored, Target};
use crate::journal::{Disk, RealDisk};
use crate::runtime::backups;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The backup.
    file: PathBuf,
}

/// Restores it, and then checks the desk that came of it where its passphrase is at hand.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let data = cx.paths()?.data;
    let file = backups::absolute(&args.file);
    let options = options(cx);
    let disk: Arc<dyn Disk> = Arc::new(RealDisk);
    let target = Target { disk: &disk, folder: &data, who: &options.who, now: options.now };
    let restored = backup::restore(&RealDisk, &file, &target).map_err(|error| failed(&error))?;
    let verified = match Desk::open(cx) {
        Ok(mut desk) => {
            let report = desk.journal().verify().map_err(|error| Failure::of(Exit::Failed, &error));
            desk.look(Access::Restore, None, details(&file, false), cx);
            let closed = desk.close();
            let report = report?;
            closed?;
            for told in &report.told {
                cx.tell(&told.say());
            }
            Some(report.is_sound())
        }
        // Every byte was checked, and without the passphrase there is no more to be seen.
        Err(Failure { exit: Exit::WrongPassphrase, .. }) => {
            note(&data, (Access::Restore, restored.checked.manifest.desk), false, cx);
            None
        }
        Err(failure) => return Err(failure),
    };
    tell(&restored, verified, &data.display().to_string(), cx)?;
    if verified == Some(false) { Err(Failure { exit: Exit::Failed, says: Vec::new() }) } else { Ok(()) }
}

fn tell(restored: &Restored, verified: Option<bool>, folder: &str, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let checked = &restored.checked;
    if cx.global.json {
        let value = json!({
            "folder": folder,
            "at": checked.manifest.at,
            "files": restored.files,
            "changes": checked.changes,
            "disposed": restored.disposed,
            "disposals_damaged": restored.list_damaged,
            "verified": verified,
        });
        return cx.json(&value);
    }
    for told in &checked.damage {
        cx.tell(&told.say());
    }
    if restored.list_damaged {
        cx.tell(&Say::new("backup-restored-list-damaged"));
    }
    let at = checked.manifest.at.format("%Y-%m-%d %H:%M").to_string();
    let say = Say::new("backup-restored").with("folder", folder).with("at", at);
    cx.print(&say.with("changes", checked.changes.to_string()))?;
    if restored.disposed > 0 {
        cx.print(&Say::new("backup-restored-disposed").with("changes", restored.disposed.to_string()))?;
    }
    cx.print(&Say::new(match verified {
        Some(true) => "backup-restored-sound",
        Some(false) => "backup-restored-damaged",
        None => "backup-restored-closed",
    }))
}
