//! Papers as files: the desk's own template read, the page written where its owner alone reads it, and opened in the
//! system's browser, which prints it; as a PDF by a browser that can do that without a window.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use super::private;
use crate::app::msg::Msg;
use crate::desk::record::Explain;
use crate::desk::say::Say;
use crate::exchange::edition;
use crate::exchange::write::Format;
use crate::print::{self, Forms, Job, Made, Paper, Template};

mod pdf;
mod place;

pub use pdf::pdf;

/// The largest template that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// The page of a paper, by the desk's own templates where there are some.
pub fn html(job: &Job) -> Result<String, Say> {
    let page = own_template(&job.folder, job.paper.file())?;
    let base = if job.paper.has_base() { own_template(&job.folder, print::BASE)? } else { None };
    print::render(&job.paper, &Forms { page, base }).map_err(|fault| fault.say())
}

/// The desk's own template of this name; none: it has none.
fn own_template(folder: &str, name: &str) -> Result<Option<Template>, Say> {
    if folder.is_empty() {
        return Ok(None);
    }
    let path = Path::new(folder).join(print::FOLDER).join(name);
    let file = path.display().to_string();
    let read = fs::metadata(&path).and_then(|about| {
        if about.len() > LARGEST {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        fs::read_to_string(&path)
    });
    match read {
        // An editor of Windows puts a mark before the text.
        Ok(source) => Ok(Some(Template { file, source: source.trim_start_matches('\u{feff}').to_owned() })),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => {
            Err(Say::new("print-template-unreadable").with("file", file).with("why", error.kind().to_string()))
        }
    }
}

/// Tells what came of a page that was handed to a browser.
type Told = Arc<dyn Fn(Msg) + Send + Sync>;

/// Makes papers for the screen. Their folder goes with this value; what a program that was cut off left goes when the
/// next one starts.
pub struct Papers {
    folder: PathBuf,
    made: u32,
    told: Told,
}

impl Papers {
    /// For the desk in this data folder.
    pub fn new(data: &Path, told: impl Fn(Msg) + Send + Sync + 'static) -> Self {
        let hash = blake3::hash(data.as_os_str().as_encoded_bytes()).to_hex();
        let name = format!("madoguchi-paper-{}", hash.get(..16).unwrap_or_default());
        let variable = |name: &str| std::env::var(name).ok();
        let folder = place::folder(opens_in_a_box(&browsers(variable)), variable("HOME")).join(name);
        let papers = Self { folder, made: 0, told: Arc::new(told) };
        papers.clear();
        papers
    }

    fn clear(&self) {
        // Where another person has made a folder of this name, nothing is ever written into it.
        let _ = fs::remove_dir_all(&self.folder);
    }

    /// Makes the paper, and says how it went, or that it is being made.
    pub fn print(&mut self, job: &Job) -> Msg {
        let done = html(job).and_then(|page| match &job.made {
            Made::Opened => self.write(&page).map(|file| self.open(&file)),
            Made::Pdf(name) => self.pdf(page, target(&job.folder, name)?),
            Made::Xlsx(name) | Made::Csv(name) | Made::CsvCp932(name) => {
                let file = target(&job.folder, name)?;
                keep(&file, &table(job)?).map(Msg::Noted)
            }
        });
        done.unwrap_or_else(|say| Msg::Warned(vec![say]))
    }

    /// Has a PDF made beside the screen, which a browser keeps busy for seconds.
    fn pdf(&self, page: String, file: PathBuf) -> Result<Msg, Say> {
        let told = Arc::clone(&self.told);
        let mut chance = [0; 8];
        getrandom::fill(&mut chance).map_err(|error| Say::new("cli-no-chance").with("why", error.to_string()))?;
        let work = move || {
            let made = pdf(&page, chance, &|name| std::env::var(name).ok());
            let kept = made.and_then(|bytes| keep(&file, &bytes));
            told(kept.map_or_else(|say| Msg::Warned(vec![say]), Msg::Noted));
        };
        let begun = std::thread::Builder::new().name("pdf".to_owned()).spawn(work);
        begun.map_err(|error| Say::new("print-not-begun").with("why", error.kind().to_string()))?;
        Ok(Msg::Noted(Say::new("print-pdf-begun")))
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
        let told = Arc::clone(&self.told);
        // What hands the file on ends at once and tells whether it could; a browser itself may run for hours.
        let watch = std::thread::Builder::new().name("browser".to_owned()).spawn(move || {
            if !child.wait().is_ok_and(|status| status.success()) {
                told(Msg::Warned(vec![Say::new("print-not-opened").with("file", name)]));
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

/// The bytes of a list as a file that is no page.
///
/// # Errors
/// What the form of file cannot hold, or that the paper is no list, as a sentence.
pub fn table(job: &Job) -> Result<Vec<u8>, Say> {
    let form = match job.made {
        Made::Xlsx(_) => Format::Xlsx,
        Made::CsvCp932(_) => Format::CsvCp932,
        Made::Csv(_) | Made::Opened | Made::Pdf(_) => Format::CsvUtf8,
    };
    let Paper::List(list) = &job.paper else { return Err(Say::new("print-no-table")) };
    edition::file(list, form).map_err(|error| error.say())
}

/// Where a file that is made on the screen goes: into the desk's own folder for such files.
fn target(folder: &str, name: &str) -> Result<PathBuf, Say> {
    if folder.is_empty() {
        return Err(Say::new("print-no-folder"));
    }
    if !Path::new(folder).is_dir() {
        return Err(Say::new("print-folder-gone").with("folder", folder));
    }
    Ok(Path::new(folder).join(name))
}

/// Writes a file of the desk, which its owner alone may read, and says where it is.
fn keep(file: &Path, bytes: &[u8]) -> Result<Say, Say> {
    private::write(file, bytes).map_err(|error| not_written(file, &error))?;
    Ok(Say::new("print-kept").with("file", file.display().to_string()))
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

/// Whether what opens a page may be a browser from snap. The system's own command tells of none: then every browser that is
/// there counts, for another one sees a person's folder too.
fn opens_in_a_box(commands: &[Vec<String>]) -> bool {
    let program = commands.first().and_then(|command| command.first());
    let named = program.map(Path::new).filter(|program| program.is_absolute());
    let boxed = ["/snap/bin/firefox", "/snap/bin/chromium", "/snap/bin/brave", "/snap/bin/opera"];
    named.map_or_else(|| boxed.iter().any(|browser| Path::new(browser).exists()), place::in_a_box)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(folder: &Path) -> Job {
        let fax = print::Fax { number: "R8-0001".to_owned(), ..print::Fax::default() };
        Job { paper: Paper::Fax(Box::new(fax)), folder: folder.display().to_string(), made: Made::Opened }
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
}
