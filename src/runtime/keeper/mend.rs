//! What is put right beside the work: room made for a draft on a full disk, and the check that follows a clean stop.

use serde_json::Value;

use crate::app::msg::Msg;
use crate::desk::id::Id;
use crate::desk::record::Explain;
use crate::desk::say::Say;
use crate::journal::Told;
use crate::runtime::fault;

use super::{Answered, Desk, Tell};

/// Saves a draft; on a full disk the room kept back for calls is given to it, which is told.
pub(super) fn save_or_make_room(desk: &mut Desk, id: Id, draft: &Value, tell: Tell<'_>) -> std::io::Result<()> {
    let full = |error: &std::io::Error| error.kind() == std::io::ErrorKind::StorageFull;
    match desk.drafts.save(id, draft) {
        Err(error) if full(&error) && desk.journal.has_reserve() => {
            desk.journal.release_reserve().map_err(std::io::Error::other)?;
            tell(Answered::Said(Msg::Warned(vec![Say::new("runtime-reserve-used")])));
            desk.drafts.save(id, draft)
        }
        saved => saved,
    }
}

/// A step of the check that follows a clean stop. What it finds is mended at once, from the journal, and told.
pub(super) fn check_on(desk: &mut Desk, tell: Tell<'_>) {
    let Some(check) = &mut desk.check else { return };
    match fault::guarded(|| desk.journal.check_on(check)) {
        Ok(Ok(false)) => return,
        Ok(Ok(true)) => {}
        Ok(Err(_)) | Err(fault::Fault) => {
            let mended = fault::guarded(|| {
                let report = desk.journal.verify().map_err(|error| error.say())?;
                let repaired = desk.journal.repair(&report).map_err(|error| error.say())?;
                // What repair has put right is told by itself.
                let put_right = |told: &Told| matches!(told, Told::StoreDamaged | Told::Unmended { .. });
                let mut told: Vec<Told> = report.told.into_iter().filter(|told| !put_right(told)).collect();
                told.extend(repaired.into_iter().filter(|repaired| !told.contains(repaired)).collect::<Vec<_>>());
                Ok::<_, Say>(told)
            });
            let told = match mended {
                Ok(Ok(told)) => told.iter().map(Explain::say).collect(),
                Ok(Err(say)) => vec![say],
                Err(fault::Fault) => vec![Say::new("runtime-store-fault")],
            };
            tell(Answered::Said(Msg::Warned(told)));
        }
    }
    desk.check = None;
}
