//! Papers as files: the desk's own template read, the page written where its owner alone reads it, and opened in the
//! system's browser, which prints it; as a PDF by a browser that can do that without a window.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use super::private::{self, Scratch};
use crate::app::msg::Msg;
use crate::desk::record::Explain;
use crate::desk::say::Say;
use crate::print::{self, Paper};

/// The largest template that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// Browsers that make a PDF without a window, by the names under which they are installed.
const PDF_BROWSERS: [&str; 9] = [
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

/// The page of a paper, by the desk's own template where there is one.
pub fn html(paper: &Paper) -> Result<String, Say> {
    let own = own_template(&paper.folder)?;
    let own = own.as_ref().map(|(file, source)| (file.as_str(), source.as_str()));
    print::render(&paper.fax, own).map_err(|fault| fault.say())
}

/// The desk's own template, with the name of its file; none: it has none.
fn own_template(folder: &str) -> Result<Option<(String, String)>, Say> {
    if folder.is_empty() {
        return Ok(None);
    }
    let path = Path::new(folder).join(print::FOLDER).join(print::FAX);
    let file = path.display().to_string();
    let read = fs::metadata(&path).and_then(|about| {
        if about.len() > LARGEST {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        fs::read_to_string(&path)
    });
    match read {
        // An editor of Windows puts a mark before the text.
        Ok(source) => Ok(Some((file, source.trim_start_matches('\u{feff}').to_owned()))),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => {
            Err(Say::new("print-template-unreadable").with("file", file).with("why", error.kind().to_string()))
        }
    }
}

/// Tells what went wrong after the page was handed to the browser.
type Failed = Arc<dyn Fn(Say) + Send + Sync>;

/// Makes papers for the screen. Their folder goes with this value; what a program that was cut off left goes when the
/// next one starts.
pub struct Papers {
    folder: PathBuf,
    made: u32,
    failed: Failed,
}

impl Papers {
    /// For the desk in this data folder.
    pub fn new(data: &Path, failed: impl Fn(Say) + Send + Sync + 'static) -> Self {
        let hash = blake3::hash(data.as_os_str().as_encoded_bytes()).to_hex();
        let name = format!("madoguchi-paper-{}", hash.get(..16).unwrap_or_default());
        let papers = Self { folder: std::env::temp_dir().join(name), made: 0, failed: Arc::new(failed) };
        papers.clear();
        papers
    }

    fn clear(&self) {
        // Where another person has made a folder of this name, nothing is ever written into it.
        let _ = fs::remove_dir_all(&self.folder);
    }

    /// Makes the paper, has it opened, and says how it went.
    pub fn print(&mut self, paper: &Paper) -> Msg {
        match html(paper).and_then(|page| self.write(&page)) {
            Ok(file) => self.open(&file),
            Err(say) => Msg::Warned(vec![say]),
        }
    }

    /// The page as a new file, whose name says nothing of anybody.
    fn write(&mut self, page: &str) -> Result<PathBuf, Say> {
        if self.made == 0 {
            self.clear();
        }
        let file = self.folder.join(format!("paper-{}.html", self.made + 1));
        let there = self.made > 0 && self.folder.is_dir();
        let made = if there { Ok(()) } else { private::folder(&self.folder) };
        made.and_then(|()| private::write(&file, page.as_bytes())).map_err(|error| not_written(&file, &error))?;
        self.made += 1;
        Ok(file)
    }

    fn open(&self, file: &Path) -> Msg {
        let variable = |name: &str| std::env::var(name).ok();
        let name = file.display().to_string();
        let Some(mut child) = open_by(&browsers(variable), file) else {
            return Msg::Warned(vec![Say::new("print-not-opened").with("file", name)]);
        };
        let failed = Arc::clone(&self.failed);
        // What hands the file on ends at once and tells whether it could; a browser itself may run for hours.
        let watch = std::thread::Builder::new().name("browser".to_owned()).spawn(move || {
            if !child.wait().is_ok_and(|status| status.success()) {
                failed(Say::new("print-not-opened").with("file", name));
            }
        });
        if watch.is_err() {
            tracing::warn!("no thread for the browser");
        }
        Msg::Noted(Say::new("print-opened"))
    }
}

impl Drop for Papers {
    fn drop(&mut self) {
        self.clear();
    }
}

fn not_written(file: &Path, error: &io::Error) -> Say {
    Say::new("print-not-written").with("file", file.display().to_string()).with("why", error.kind().to_string())
}

/// The commands that open a page, the wanted one first: `MADOGUCHI_BROWSER` (a program), `BROWSER` (as other programs
/// read it: programs with arguments, a colon between), the system's own.
fn browsers(variable: impl Fn(&str) -> Option<String>) -> Vec<Vec<String>> {
    if let Some(program) = variable("MADOGUCHI_BROWSER").filter(|program| !program.trim().is_empty()) {
        return vec![vec![program]];
    }
    let between = if cfg!(windows) { ';' } else { ':' };
    let wanted = variable("BROWSER").unwrap_or_default();
    let wanted = wanted.split(between).map(|one| one.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    let own: &[&str] = if cfg!(windows) {
        &["rundll32", "url.dll,FileProtocolHandler"]
    } else if cfg!(target_os = "macos") {
        &["open"]
    } else {
        &["xdg-open"]
    };
    let own = own.iter().map(|part| (*part).to_owned()).collect();
    wanted.filter(|command| !command.is_empty()).chain([own]).collect()
}

/// Starts the first of the commands that can be started.
fn open_by(commands: &[Vec<String>], file: &Path) -> Option<Child> {
    commands.iter().find_map(|command| {
        let (program, arguments) = command.split_first()?;
        let mut run = Command::new(program);
        let mut named = false;
        for argument in arguments {
            named |= argument == "%s";
            if argument == "%s" {
                run.arg(file)
            } else {
                run.arg(argument)
            };
        }
        if !named {
            run.arg(file);
        }
        // Nothing of it may fall onto the screen.
        run.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()
    })
}

/// The page as a PDF, by the first browser that is installed and can make one. `chance` is random.
pub fn pdf(page: &str, chance: [u8; 8], variable: &dyn Fn(&str) -> Option<String>) -> Result<Vec<u8>, Say> {
    let browser = pdf_browser(variable).ok_or_else(|| Say::new("print-no-pdf-browser"))?;
    let scratch = Scratch::new("pdf", chance).map_err(|error| not_written(&std::env::temp_dir(), &error))?;
    let (source, made) = (scratch.path().join("paper.html"), scratch.path().join("paper.pdf"));
    private::write(&source, page.as_bytes()).map_err(|error| not_written(&source, &error))?;
    let mut run = Command::new(&browser);
    run.args(["--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"]);
    // Its own profile: nothing of the page stays in the history of a person's browser.
    run.arg(option("--user-data-dir=", &scratch.path().join("profile"))).arg(option("--print-to-pdf=", &made));
    let ended = run.arg(&source).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let bytes = ended.ok().filter(std::process::ExitStatus::success).and_then(|_| fs::read(&made).ok());
    bytes
        .filter(|bytes| bytes.starts_with(b"%PDF"))
        .ok_or_else(|| Say::new("print-pdf-failed").with("browser", browser.display().to_string()))
}

fn option(name: &str, value: &Path) -> std::ffi::OsString {
    let mut option = std::ffi::OsString::from(name);
    option.push(value);
    option
}

/// Where such a browser is: on the path, else where its installer puts it.
fn pdf_browser(variable: &dyn Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let path = variable("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .flat_map(|folder| PDF_BROWSERS.map(|name| folder.join(name)));
    let installed = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].into_iter().filter_map(variable);
    let installed = installed.flat_map(|folder| {
        ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"]
            .map(|name| Path::new(&folder).join(name))
    });
    let apps = ["Google Chrome", "Microsoft Edge", "Chromium"];
    let apps = apps.map(|name| PathBuf::from(format!("/Applications/{name}.app/Contents/MacOS/{name}")));
    let apps = apps.into_iter().filter(|_| cfg!(target_os = "macos"));
    on_path.chain(installed).chain(apps).find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(folder: &Path) -> Paper {
        Paper {
            fax: print::Fax { number: "R8-0001".to_owned(), ..print::Fax::default() },
            folder: folder.display().to_string(),
        }
    }

    #[test]
    fn a_template_of_the_desk_takes_the_place_of_the_programs() {
        let folder = tempfile::tempdir().unwrap();
        assert!(html(&paper(folder.path())).unwrap().contains("FAX送付書"));
        assert!(html(&paper(Path::new(""))).unwrap().contains("FAX送付書"));
        let own = folder.path().join(print::FOLDER);
        fs::create_dir(&own).unwrap();
        fs::write(own.join(print::FAX), "\u{feff}<b>{{ number }}</b>").unwrap();
        assert_eq!(html(&paper(folder.path())).unwrap(), "<b>R8-0001</b>");
        for bad in [&b"\x83\x5c"[..], &vec![b'a'; 2 << 20]] {
            fs::write(own.join(print::FAX), bad).unwrap();
            assert_eq!(html(&paper(folder.path())).unwrap_err().key, "print-template-unreadable");
        }
        fs::write(own.join(print::FAX), "{{ nummer }}").unwrap();
        assert_eq!(html(&paper(folder.path())).unwrap_err().key, "print-template-unknown");
    }

    #[test]
    fn papers_are_the_owners_and_go_with_the_program_and_with_the_next_one() {
        let data = tempfile::tempdir().unwrap();
        let mut papers = Papers::new(data.path(), |_| {});
        let (first, second) = (papers.write("<p>1").unwrap(), papers.write("<p>2").unwrap());
        assert_ne!(first, second);
        assert_eq!(fs::read_to_string(&first).unwrap(), "<p>1");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&first), mode(&papers.folder)), (0o600, 0o700));
        }
        let folder = papers.folder.clone();
        drop(papers);
        assert!(!folder.exists());
        // Cut off: nothing is dropped.
        let mut cut = std::mem::ManuallyDrop::new(Papers::new(data.path(), |_| {}));
        let left = cut.write("<p>3").unwrap();
        assert!(left.exists());
        let mut next = Papers::new(data.path(), |_| {});
        assert!(!left.exists());
        // A temporary folder may be swept while the program runs.
        let file = next.write("<p>4").unwrap();
        fs::remove_dir_all(&next.folder).unwrap();
        assert!(next.write("<p>5").is_ok() && !file.exists());
    }

    #[test]
    fn the_wanted_browser_comes_first() {
        let of = |own: Option<&str>, usual: Option<&str>| {
            browsers(|name| if name == "BROWSER" { usual } else { own }.map(str::to_owned))
        };
        assert_eq!(of(Some("/opt/a b/firefox"), Some("w3m")), [["/opt/a b/firefox"]]);
        assert_eq!(of(None, None).len(), 1);
        assert_eq!(of(Some(" "), Some("firefox --new %s"))[0], ["firefox", "--new", "%s"]);
        assert!(open_by(&[vec!["/no/such/browser".to_owned()], vec![]], Path::new("x")).is_none());
    }

    #[test]
    fn without_a_browser_a_pdf_is_refused_in_a_sentence() {
        let nothing = tempfile::tempdir().unwrap();
        let path = nothing.path().display().to_string();
        let said = pdf("<p>", [7; 8], &|name| (name == "PATH").then(|| path.clone())).unwrap_err();
        assert_eq!(said.key, "print-no-pdf-browser");
    }

    #[cfg(unix)]
    #[test]
    fn what_a_browser_makes_is_taken_only_if_it_is_a_pdf() {
        use std::os::unix::fs::PermissionsExt;
        let bin = tempfile::tempdir().unwrap();
        let path = bin.path().display().to_string();
        let variable = |name: &str| (name == "PATH").then(|| path.clone());
        let program = bin.path().join("chromium");
        let makes =
            "for a in \"$@\"; do case $a in --print-to-pdf=*) out=${a#*=};; esac; done; printf %%PDF-1 > \"$out\"";
        for (script, good) in [(makes, true), ("exit 0", false), ("exit 3", false)] {
            fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
            fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
            let made = pdf("<p>", *b"madoguch", &variable);
            assert_eq!(made.is_ok(), good, "{script}: {made:?}");
        }
    }
}
