//! Every subcommand through the real program: exit codes, JSON, sentences in both languages, what is left behind.
//! The homes of the person who runs the tests are never touched.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail loudly"
)]

mod activities;
mod audit;
mod backups;
mod broken;
mod cases;
mod damage;
mod desks;
mod doctors;
mod editions;
mod entries;
mod handover;
mod looking;
mod meetings;
mod operators;
#[cfg(unix)]
mod owner;
mod print;
mod retention;
mod roles;
mod rounds;
mod shared;
mod sheets;
mod tables;
mod usage;
#[path = "../support/workbook.rs"]
mod workbook;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

/// What came of a command line.
struct Ended {
    /// The exit code.
    code: i32,
    /// Standard output.
    out: String,
    /// Standard error.
    err: String,
}

impl Ended {
    /// The JSON value on standard output; fails where anything else stands there.
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {} {}", self.out, self.err))
    }

    /// Fails where the command did not end with this code, with what it said.
    fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        self
    }
}

/// A person's computer: a home and a folder for temporary files, both gone at the end.
struct Computer {
    folder: TempDir,
}

impl Computer {
    /// A new one.
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        for name in ["home", "tmp"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        Self { folder }
    }

    /// A path on it.
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The same as an argument.
    fn arg(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    /// Runs the program without a terminal.
    fn run(&self, line: &[&str]) -> Ended {
        self.end(Command::new(env!("CARGO_BIN_EXE_madoguchi")).args(line))
    }

    /// The same where everybody may read what a process makes, if it does not care.
    #[cfg(unix)]
    fn run_carelessly(&self, line: &[&str]) -> Ended {
        let careless = ["-c", "umask 000 && exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_madoguchi")];
        self.end(Command::new("/bin/sh").args(careless).args(line))
    }

    /// Lets a command end on this computer.
    fn end(&self, command: &mut Command) -> Ended {
        let home = self.path("home");
        let output = command
            .env_clear()
            .env("HOME", &home)
            .env("USERPROFILE", &home)
            .env("APPDATA", home.join("AppData"))
            .env("LOCALAPPDATA", home.join("LocalAppData"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_STATE_HOME", home.join("state"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("TMPDIR", self.path("tmp"))
            .env("TEMP", self.path("tmp"))
            .env("TMP", self.path("tmp"))
            .env("USER", "uketsuke")
            .env("MADOGUCHI_TEST_COST", "1")
            .env("MADOGUCHI_PASSPHRASE_FILE", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/passphrase.txt"))
            .env("LANG", "ja_JP.UTF-8")
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ended { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// The demo as one run of the program made it; each test works on a copy.
fn made() -> &'static (Computer, String) {
    static MADE: OnceLock<(Computer, String)> = OnceLock::new();
    MADE.get_or_init(|| {
        let computer = Computer::new();
        let folder = computer.arg("demo");
        let said = computer.run(&["demo", "--keep", &folder, "--no-open"]).ends(0).out;
        (computer, said)
    })
}

/// A computer with the demo on it.
struct Demo {
    computer: Computer,
}

impl Demo {
    /// A copy of the demo.
    fn new() -> Self {
        let computer = Computer::new();
        copy(&made().0.path("demo"), &computer.path("data"));
        Self { computer }
    }

    /// Runs a subcommand on it.
    fn run(&self, line: &[&str]) -> Ended {
        let data = self.computer.arg("data");
        let all: Vec<&str> = ["--data", &data].into_iter().chain(line.iter().copied()).collect();
        self.computer.run(&all)
    }

    /// The JSON that a subcommand gives.
    fn json(&self, line: &[&str]) -> Value {
        self.run(&[line, &["--json"]].concat()).ends(0).json()
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The names of a JSON object's members, in alphabetical order.
fn members(value: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}
