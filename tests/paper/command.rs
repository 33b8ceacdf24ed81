//! `--pdf` of the real program with a real browser: what it leaves behind on the computer is the file, and nothing else.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::pdf::{A4, plain};

/// A computer with a home, a folder for temporary files and a demo; the browser's path is that of this one.
pub struct Computer {
    folder: TempDir,
}

impl Computer {
    /// With the demo's desk on it.
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        for name in ["home", "tmp"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let computer = Self { folder };
        let made = computer.end(&["demo", "--keep", computer.path("data").to_str().unwrap(), "--no-open"]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        computer
    }

    /// A path on it.
    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn end(&self, line: &[impl AsRef<OsStr>]) -> Output {
        let home = self.path("home");
        let mut command = Command::new(env!("CARGO_BIN_EXE_madoguchi"));
        command.args(line).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command
            .env("HOME", &home)
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"));
        command.env("XDG_STATE_HOME", home.join("state")).env("XDG_DATA_HOME", home.join("data"));
        command.env("TMPDIR", self.path("tmp")).env("MADOGUCHI_TEST_COST", "1").env("LANG", "ja_JP.UTF-8");
        let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/passphrase.txt");
        command.env("MADOGUCHI_PASSPHRASE_FILE", fixture).output().unwrap()
    }

    /// Runs a subcommand on the demo; fails where it does not end well.
    pub fn run(&self, line: &[&str]) -> String {
        let data = self.path("data");
        let all: Vec<&OsStr> =
            [OsStr::new("--data"), data.as_os_str()].into_iter().chain(line.iter().map(OsStr::new)).collect();
        let ended = self.end(&all);
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        String::from_utf8(ended.stdout).unwrap()
    }

    /// Fails where something is left in the folder for temporary files, or a process still works for this computer.
    pub fn is_clean(&self) {
        let left: Vec<_> = fs::read_dir(self.path("tmp")).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(left.is_empty(), "{left:?}");
        let ours = self.folder.path().to_str().unwrap().as_bytes();
        // Where there is no such folder, there is nothing to look at.
        let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
        for process in processes.map(|entry| entry.path()) {
            let line = fs::read(process.join("cmdline")).unwrap_or_default();
            let works = line.windows(ours.len()).any(|part| part == ours);
            assert!(!works, "a process is left: {}", process.display());
        }
    }
}

/// The text of a PDF, and how many pages it has; fails where they are not A4.
fn read(file: &Path) -> (String, usize) {
    let made = crate::pdf::Pdf::from_file(file);
    (made.text(), made.pages(A4))
}

#[test]
#[ignore = "needs Chromium, poppler-utils and a Japanese font: tests/run"]
fn a_sheet_becomes_one_page_and_nothing_is_left_of_the_browser() {
    let computer = Computer::new();
    let cases: serde_json::Value = serde_json::from_str(&computer.run(&["case", "list", "--json"])).unwrap();
    let offices: serde_json::Value = serde_json::from_str(&computer.run(&["office", "list", "--json"])).unwrap();
    let office = offices.as_array().unwrap().iter().find(|office| office["fax"] != "").unwrap();
    let (number, office, fax) = (&cases[0]["number"], &office["name"], &office["fax"]);
    let (number, office, fax) = (number.as_str().unwrap(), office.as_str().unwrap(), fax.as_str().unwrap());
    let out = computer.path("sheet.pdf");
    computer.run(&["print", "fax", number, "--to", office, "--pdf", "--out", out.to_str().unwrap()]);
    let (text, pages) = read(&out);
    assert_eq!(pages, 1);
    for wanted in [number, office, fax, "電話 0834-00-1000", "FAX 0834-00-1001"] {
        assert!(text.contains(&plain(wanted)), "{wanted}: {text}");
    }
    computer.is_clean();
}

#[test]
#[ignore = "needs Chromium, poppler-utils and a Japanese font: tests/run"]
fn changes_old_editions_and_missing_answers_become_pages_and_nothing_is_left_of_the_browser() {
    let computer = Computer::new();
    let out = computer.path("made.pdf");
    let file = out.to_str().unwrap();
    for (line, wanted) in [
        (["edition", "export", "liaison", file, "--changes"], "変更一覧"),
        (["edition", "export", "liaison", file, "--recall"], "旧版の配付先"),
        (["survey", "missing", "在宅医療アンケート", "--out", file], "未回答"),
    ] {
        computer.run(&line);
        let (text, pages) = read(&out);
        assert!(pages >= 1 && text.contains(wanted), "{line:?}: {text}");
        fs::remove_file(&out).unwrap();
        computer.is_clean();
    }
}
