//! A page as a PDF, by an installed browser that makes one without a window: with a profile of its own, without scripts
//! and without a network, ended when it hangs, and nothing of it left behind.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::super::private::{self, Scratch};
use super::{not_written, place};
use crate::desk::say::Say;

/// Browsers that make a PDF without a window, by the names under which they are installed.
const BROWSERS: [&str; 9] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "chrome.exe",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge.exe",
];

/// Where their installers put them on Windows: in the folder for programs, or in a person's own.
const WINDOWS: [&str; 3] = [
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Chromium/Application/chrome.exe",
];

/// Their names as applications of macOS.
const MACOS: [&str; 3] = ["Google Chrome", "Microsoft Edge", "Chromium"];

/// What every browser is told. A page of ours needs no network: a desk's own template that has a link in it must not tell
/// anybody outside that it was printed.
const TOLD: [&str; 13] = [
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    // The same wish to browsers of before and after 2023: no address and no date on the paper.
    "--no-pdf-header-footer",
    "--print-to-pdf-no-header",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-dev-shm-usage",
];

/// What a page may take from elsewhere, in a desk's own template too: nothing, and it runs nothing. (Switching scripts off
/// by an option would end the browser's own printing.)
const CLOSED: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
                      style-src 'unsafe-inline'; img-src data:; font-src data:\">";

/// How long a browser may take. A page takes two seconds; the first start after a boot can take ten.
const PATIENCE: Duration = Duration::from_secs(60);

/// So many bytes of a page give it a second more: 5 MB (10,000 offices, 2,640 pages) take 80 on a busy computer.
const BYTES_A_SECOND: usize = 20_000;

/// How often is looked whether it has ended.
const GLANCE: Duration = Duration::from_millis(20);

/// How often the folder is tried to be removed: the last of a browser's processes may still write into it.
const REMOVALS: u32 = 100;

/// Why a browser made nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    /// It could not be started, failed, or what it made is no PDF.
    Failed,
    /// It did not end in time, and was ended.
    Hung,
}

/// The page as a PDF, by the first browser that is installed and makes one. `chance` is random.
///
/// # Errors
/// What is missing, or which browser failed or hung, as a sentence.
pub fn pdf(page: &str, chance: [u8; 8], variable: &dyn Fn(&str) -> Option<String>) -> Result<Vec<u8>, Say> {
    let more = u64::try_from(page.len() / BYTES_A_SECOND).unwrap_or_default().min(600);
    made_within(PATIENCE + Duration::from_secs(more), page, chance, variable)
}

fn made_within(
    patience: Duration,
    page: &str,
    chance: [u8; 8],
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<u8>, Say> {
    let mut told = Say::new("print-no-pdf-browser");
    for browser in installed(variable) {
        let name = browser.display().to_string();
        let folder = place::folder(place::in_a_box(&browser), variable("HOME"));
        place::sweep(&folder, "madoguchi-pdf-");
        let scratch = Scratch::within(&folder, "pdf", chance).map_err(|error| not_written(&folder, &error))?;
        let source = scratch.path().join("paper.html");
        private::write(&source, closed(page).as_bytes()).map_err(|error| not_written(&source, &error))?;
        let made = by(&browser, scratch.path(), &source, patience);
        remove(scratch);
        match made {
            Ok(bytes) => return Ok(bytes),
            // Another one may work: one from a package manager's box cannot see every folder.
            Err(Trouble::Failed) => told = Say::new("print-pdf-failed").with("browser", name),
            Err(Trouble::Hung) => {
                let seconds = patience.as_secs().to_string();
                // Nobody waits for a second minute.
                return Err(Say::new("print-pdf-hung").with("browser", name).with("seconds", seconds));
            }
        }
    }
    Err(told)
}

/// The page with [`CLOSED`] before everything that could ask for something; the kind of document stays in front.
fn closed(page: &str) -> String {
    let page = page.trim_start();
    let head = page.get(..9).filter(|head| head.eq_ignore_ascii_case("<!doctype")).and_then(|_| page.find('>'));
    let (kind, rest) = head.and_then(|end| page.split_at_checked(end + 1)).unwrap_or(("", page));
    format!("{kind}{CLOSED}{rest}")
}

/// The PDF that this browser makes.
fn by(browser: &Path, scratch: &Path, source: &Path, patience: Duration) -> Result<Vec<u8>, Trouble> {
    let made = scratch.join("paper.pdf");
    let mut run = Command::new(browser);
    run.args(TOLD).args(beside_the_sandbox());
    // Its own profile: nothing of the page stays in the history of a person's browser.
    run.arg(option("--user-data-dir=", &scratch.join("profile"))).arg(option("--print-to-pdf=", &made)).arg(source);
    run.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    apart(&mut run, scratch);
    let mut child = run.spawn().map_err(|_| Trouble::Failed)?;
    let ended = wait(&mut child, patience);
    end_all(&mut child);
    let ended = ended.ok_or(Trouble::Hung)?;
    let bytes = fs::read(&made).ok().filter(|bytes| ended.success() && bytes.starts_with(b"%PDF"));
    bytes.ok_or(Trouble::Failed)
}

/// How it ended; none: it did not in time.
fn wait(child: &mut Child, patience: Duration) -> Option<ExitStatus> {
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if begun.elapsed() < patience => std::thread::sleep(GLANCE),
            Ok(None) | Err(_) => return None,
        }
    }
}

/// Chromium refuses to start its sandbox as root. Whoever runs the desk as root (a container, a test machine) has given
/// every right away already, and the page is the program's own: every value in it is escaped, and it runs no script and
/// reaches no network. For everybody else the sandbox stays.
fn beside_the_sandbox() -> Option<&'static str> {
    #[cfg(unix)]
    return rustix::process::geteuid().is_root().then_some("--no-sandbox");
    #[cfg(not(unix))]
    None
}

/// A group of processes of its own, so that all of them can be ended, and temporary files beside the page.
#[cfg(unix)]
fn apart(run: &mut Command, scratch: &Path) {
    use std::os::unix::process::CommandExt;
    run.process_group(0).env("TMPDIR", scratch);
}

/// On Windows its processes are bound to the first one.
#[cfg(not(unix))]
fn apart(run: &mut Command, scratch: &Path) {
    run.env("TMP", scratch).env("TEMP", scratch);
}

/// Ends what is left of it, and waits for the first process.
fn end_all(child: &mut Child) {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, Signal, kill_process_group};
        let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        if let Some(group) = group {
            // Nothing is left of it where it ended in order.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Removes the folder, and tries again while a process that is ending still writes into it.
fn remove(scratch: Scratch) {
    for _ in 0..REMOVALS {
        match fs::remove_dir_all(scratch.path()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => std::thread::sleep(GLANCE),
            Ok(()) | Err(_) => break,
        }
    }
    drop(scratch);
}

fn option(name: &str, value: &Path) -> OsString {
    let mut option = OsString::from(name);
    option.push(value);
    option
}

/// The browsers that are there: on the path, else where their installers put them.
fn installed(variable: &dyn Fn(&str) -> Option<String>) -> Vec<PathBuf> {
    let path = variable("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .flat_map(|folder| BROWSERS.map(|name| folder.join(name)));
    let places = ["ProgramW6432", "ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].into_iter().filter_map(variable);
    let places = places.flat_map(|folder| WINDOWS.map(|name| Path::new(&folder).join(name)));
    // For everybody on the computer, and for one person.
    let apps = [Some(String::new()), variable("HOME").filter(|home| !home.is_empty())].into_iter().flatten();
    let apps = apps.flat_map(|home| {
        MACOS.map(|name| PathBuf::from(format!("{home}/Applications/{name}.app/Contents/MacOS/{name}")))
    });
    let mut once: Vec<PathBuf> = Vec::new();
    for file in on_path.chain(places).chain(apps).filter(|file| file.is_file()) {
        // One program under two names fails or hangs twice.
        let real = fs::canonicalize(&file).unwrap_or_else(|_| file.clone());
        if !once.iter().any(|there| fs::canonicalize(there).is_ok_and(|there| there == real)) {
            once.push(file);
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_browser_a_pdf_is_refused_in_a_sentence() {
        let nothing = tempfile::tempdir().unwrap();
        let path = nothing.path().display().to_string();
        let said = pdf("<p>", [7; 8], &|name| (name == "PATH").then(|| path.clone())).unwrap_err();
        assert_eq!(said.key, "print-no-pdf-browser");
    }

    #[test]
    fn a_page_is_closed_before_anything_in_it_and_keeps_its_kind() {
        for (page, kind, rest) in [
            ("<!DOCTYPE html>\n<html>", "<!DOCTYPE html>", "\n<html>"),
            ("\n<!doctype html><p>", "<!doctype html>", "<p>"),
            ("<p>架空", "", "<p>架空"),
            ("医療と介護", "", "医療と介護"),
            ("", "", ""),
        ] {
            assert_eq!(closed(page), format!("{kind}{CLOSED}{rest}"), "{page}");
        }
    }

    /// A folder with a script under the name of a browser.
    #[cfg(unix)]
    fn scripted(folder: &Path, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt;
        let program = folder.join(name);
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    }

    #[cfg(unix)]
    const MAKES: &str =
        "for a in \"$@\"; do case $a in --print-to-pdf=*) out=${a#*=};; esac; done; printf %%PDF-1 > \"$out\"";

    #[cfg(unix)]
    #[test]
    fn what_a_browser_makes_is_taken_only_if_it_is_a_pdf_and_another_is_tried() {
        let bin = tempfile::tempdir().unwrap();
        let path = bin.path().display().to_string();
        let variable = |name: &str| (name == "PATH").then(|| path.clone());
        for (script, good) in [(MAKES, true), ("exit 0", false), ("exit 3", false)] {
            scripted(bin.path(), "chromium", script);
            let made = pdf("<p>", *b"madoguch", &variable);
            assert_eq!(made.is_ok(), good, "{script}: {made:?}");
        }
        scripted(bin.path(), "microsoft-edge", MAKES);
        assert!(pdf("<p>", *b"madoguci", &variable).is_ok());
    }

    #[test]
    fn browsers_are_looked_for_where_windows_and_macos_keep_them() {
        let there = tempfile::tempdir().unwrap();
        let place = there.path().display().to_string();
        let apps = MACOS.map(|name| format!("Applications/{name}.app/Contents/MacOS/{name}"));
        let variables = ["ProgramW6432", "ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"];
        let wanted = WINDOWS.iter().flat_map(|name| variables.map(|variable| (variable, (*name).to_owned())));
        for (variable, name) in wanted.chain(apps.map(|name| ("HOME", name))) {
            let file = there.path().join(&name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, "").unwrap();
            let found = installed(&|name| (name == variable).then(|| place.clone()));
            assert!(found.contains(&file), "{variable} {name}: {found:?}");
            fs::remove_file(&file).unwrap();
        }
    }

    /// A browser that notes where it works and who may read that.
    #[cfg(unix)]
    #[test]
    fn a_page_is_the_owners_alone_where_its_browser_sees_it_and_goes_with_it() {
        for (comment, ending, boxed) in
            [("", "exit 0", false), ("# /snap/bin/chromium", "exit 0", true), ("", "exit 1", false)]
        {
            let (bin, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
            let note = bin.path().join("note");
            let look = "for a; do :; done; d=${a%/*}; /bin/ls -ld \"$d\" \"$a\"";
            scripted(bin.path(), "chromium", &format!("{comment}\n({look}) > {}\n{MAKES}\n{ending}", note.display()));
            let variable = |name: &str| match name {
                "PATH" => Some(bin.path().display().to_string()),
                "HOME" => Some(home.path().display().to_string()),
                _ => None,
            };
            let mut chance = [0; 8];
            getrandom::fill(&mut chance).unwrap();
            let made = pdf("<p>", chance, &variable);
            assert_eq!(made.is_ok(), ending == "exit 0", "{made:?}");
            let noted = fs::read_to_string(&note).unwrap();
            let lines: Vec<(&str, &Path)> = noted
                .lines()
                .filter_map(|line| Some((line.get(..10)?, Path::new(line.split(' ').next_back()?))))
                .collect();
            let [("drwx------", folder), ("-rw-------", page)] = lines[..] else { panic!("{noted}") };
            assert_eq!(folder.starts_with(home.path()), boxed, "{noted}");
            assert!(!page.exists() && !folder.exists(), "{noted}");
            assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_browser_that_hangs_is_ended_with_its_children_and_named() {
        let bin = tempfile::tempdir().unwrap();
        let (noted, path) = (bin.path().join("child"), bin.path().display().to_string());
        let script = format!("/bin/sleep 600 & echo $! > {}; wait", noted.display());
        scripted(bin.path(), "chromium", &script);
        let variable = |name: &str| (name == "PATH").then(|| path.clone());
        let said = made_within(Duration::from_millis(400), "<p>", *b"hangs-on", &variable).unwrap_err();
        assert_eq!(said.key, "print-pdf-hung");
        let child: i32 = fs::read_to_string(noted).unwrap().trim().parse().unwrap();
        let child = rustix::process::Pid::from_raw(child).unwrap();
        // A killed child is gone, or a corpse that nobody has fetched yet.
        let gone = || {
            rustix::process::test_kill_process(child).is_err()
                || fs::read_to_string(format!("/proc/{}/stat", child.as_raw_nonzero()))
                    .is_ok_and(|s| s.contains(") Z "))
        };
        let begun = Instant::now();
        while !gone() && begun.elapsed() < Duration::from_secs(10) {
            std::thread::yield_now();
        }
        assert!(gone(), "its child still runs");
        let left = std::env::temp_dir().join(format!("madoguchi-pdf-{:016x}", u64::from_be_bytes(*b"hangs-on")));
        assert!(!left.exists());
    }
}
