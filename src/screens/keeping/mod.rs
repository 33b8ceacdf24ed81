//! 管理: what a desk needs kept besides its calls, one page a matter. A new page is a file here and a line in [`screen`].

pub mod access;
pub mod backups;
pub mod canned;
mod keys;
pub mod operators;
pub mod retention;
pub mod settings;
pub mod usage;

use super::look::Look;
use super::pages::{Page, Pages};
use crate::keys::{Action, Context};

use access::AccessLog;
use backups::BackupsPage;
use canned::CannedTexts;
use operators::Operators;
use retention::Retention;
use settings::Settings;
use usage::UsagePage;

/// The keys of this screen, under a popup too.
const HERE: &[Context] = &[Context::Keeping, Context::List, Context::Global];

/// The key that leads to an action on this screen.
fn key(action: Action, look: &Look<'_>) -> Option<String> {
    look.keymap.keys_for(action, HERE)
}

/// The screen with all its pages, in their order.
pub fn screen() -> Pages {
    let pages: Vec<Box<dyn Page>> = vec![
        Box::new(Operators::default()),
        Box::new(Settings::default()),
        Box::new(BackupsPage::default()),
        Box::new(CannedTexts::default()),
        Box::new(Retention::default()),
        Box::new(UsagePage::default()),
        Box::new(AccessLog::default()),
    ];
    Pages::new(pages, HERE)
}
