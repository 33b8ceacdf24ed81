//! When the program itself is at fault: the terminal comes back first, then one sentence says where and what to do.
//!
//! What a panic says may hold what an operator typed. It goes neither to the screen nor to the log; the place in the
//! source does.

use std::cell::{Cell, RefCell};
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, Location, PanicHookInfo, catch_unwind};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::ThreadId;

use crate::locale::{Lang, Locale};

use super::terminal;

/// The exit code after a fault of the program, as the Rust runtime has it.
pub const EXIT_FAULT: u8 = 101;

thread_local! {
    /// Whether a panic on this thread is caught and told by who called.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    /// Where the last panic on this thread was.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

static ENGLISH: AtomicBool = AtomicBool::new(false);
static SCREEN_THREAD: OnceLock<ThreadId> = OnceLock::new();

/// A panic was caught. What it said is gone; where it was is in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a fault of the program was caught")]
pub struct Fault;

/// Does `work`; a panic in it is noted in the log by its place and comes back as a [`Fault`].
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    let before = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(before);
    result.map_err(|_| Fault)
}

/// Runs the screen; after a panic, of which the hook has told, everything that `work` held is put away in order.
pub fn survived<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Fault)
}

/// From now on a panic on this thread gives the terminal back and says one sentence with the path of the log.
pub fn install(log: PathBuf) {
    let _ = SCREEN_THREAD.set(std::thread::current().id());
    std::panic::set_hook(Box::new(move |info| {
        let place = place(info);
        tracing::error!(place, "panic");
        // A panic of the store's own threads, or a caught one, must not take the screen away.
        if GUARDED.get() || SCREEN_THREAD.get() != Some(&std::thread::current().id()) {
            return;
        }
        terminal::restore();
        let sentence = Locale::new(spoken())
            .f("runtime-fault", &[("place", place.as_str()), ("log", &log.display().to_string())])
            .into_owned();
        // Where nobody reads any more there is nobody to tell.
        let _ = writeln!(io::stderr(), "{sentence}");
    }));
}

/// Runs the command line and gives its exit code. A panic says nothing by itself, be it caught (the store's) or not; one
/// that ends the program is told in one sentence with its place.
pub fn told(work: impl FnOnce() -> u8) -> u8 {
    std::panic::set_hook(Box::new(|info| {
        let place = place(info);
        let _ = PLACE.try_with(|last| *last.borrow_mut() = place);
    }));
    ended(work)
}

fn ended(work: impl FnOnce() -> u8) -> u8 {
    survived(work).unwrap_or_else(|Fault| {
        let place = PLACE.with(|last| last.borrow().clone());
        let sentence = Locale::new(spoken()).f("runtime-fault-here", &[("place", place.as_str())]).into_owned();
        // Where nobody reads, the exit code still tells.
        let _ = writeln!(io::stderr(), "{sentence}");
        EXIT_FAULT
    })
}

/// The language in which a fault is told.
pub fn speak(lang: Lang) {
    ENGLISH.store(lang == Lang::En, Ordering::Relaxed);
}

/// That language: what is said before and after the screen is said in it too.
pub fn spoken() -> Lang {
    if ENGLISH.load(Ordering::Relaxed) { Lang::En } else { Lang::Ja }
}

fn place(info: &PanicHookInfo<'_>) -> String {
    info.location().map(short).unwrap_or_default()
}

/// File and line, without the folders of the computer that built the program.
fn short(location: &Location<'_>) -> String {
    let parts: Vec<&str> = location.file().split(['/', '\\']).collect();
    let kept = parts.get(parts.len().saturating_sub(3)..).unwrap_or_default();
    format!("{}:{}", kept.join("/"), location.line())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_comes_back_as_a_fault_and_the_guard_is_lifted() {
        assert_eq!(guarded(|| 7), Ok(7));
        let caught = guarded(|| {
            assert!(GUARDED.get());
            if GUARDED.get() {
                std::panic::resume_unwind(Box::new("山田"));
            }
        });
        assert_eq!(caught, Err(Fault));
        assert!(!GUARDED.get());
    }

    #[test]
    fn a_command_line_that_goes_wrong_ends_with_its_own_code() {
        assert_eq!(ended(|| 3), 3);
        assert_eq!(ended(|| std::panic::resume_unwind(Box::new("山田"))), EXIT_FAULT);
    }

    #[test]
    fn a_place_is_short() {
        let text = short(Location::caller());
        assert!(text.starts_with("src/runtime/fault.rs:"), "{text}");
    }
}
