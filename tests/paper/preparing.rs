//! `tests/run --paper` on computers that lack what the pages need: what it installs, what it says, and that it ends.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A computer whose programs are those of one folder: fakes that note what they were told, and the few real ones that
/// the script needs.
struct Computer {
    bin: TempDir,
}

/// What came of a run.
struct Ended {
    code: Option<i32>,
    said: String,
}

impl Computer {
    fn new(root: bool, apt: &str) -> Self {
        let computer = Self { bin: TempDir::new().unwrap() };
        for tool in ["dirname", "head", "timeout", "sleep", "chmod"] {
            let folders = std::env::var_os("PATH").unwrap();
            let real = std::env::split_paths(&folders).map(|folder| folder.join(tool)).find(|file| file.is_file());
            symlink(real.unwrap_or_else(|| panic!("{tool} is not on the path")), computer.path(tool)).unwrap();
        }
        computer.program("id", &format!("echo {}", if root { 0 } else { 1000 }));
        computer.program("cargo", "exit 0");
        computer.program("apt-get", apt);
        computer
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.bin.path().join(name)
    }

    /// A program that notes its name and what it was told, and then does this.
    fn program(&self, name: &str, does: &str) {
        let note = self.path("notes");
        let text = format!("#!/bin/bash\necho {name} \"$@\" >> {}\n{does}\n", note.display());
        fs::write(self.path(name), text).unwrap();
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o700)).unwrap();
    }

    fn run(&self) -> Ended {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/run");
        let mut command = Command::new("/bin/bash");
        command.args([script, "--paper"]).env_clear().env("PATH", self.bin.path()).env("MADOGUCHI_APT_SECONDS", "1");
        let ended = command.output().unwrap();
        let said = [ended.stdout, ended.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        Ended { code: ended.status.code(), said }
    }

    /// How often this program was told something with these words in it.
    fn told(&self, program: &str, words: &str) -> usize {
        let notes = fs::read_to_string(self.path("notes")).unwrap_or_default();
        notes.lines().filter(|line| line.starts_with(program) && line.contains(words)).count()
    }
}

/// What the pages need, made by an `apt-get` that installs.
fn installs(bin: &Path) -> String {
    let bin = bin.display();
    format!(
        "for name in chromium pdftotext pdftoppm pdfinfo pdffonts fc-list; do\n\
         printf '#!/bin/bash\\necho a font\\n' > {bin}/$name; chmod 700 {bin}/$name\ndone"
    )
}

#[test]
fn an_apt_get_that_hangs_is_given_up_once_and_what_was_not_run_is_told() {
    let computer = Computer::new(true, "sleep 600");
    let ended = computer.run();
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert!(ended.said.contains("given up after 1 seconds"), "{}", ended.said);
    assert!(
        ended.said.contains("!! NOT RUN: pages on paper (tests/paper): install chromium poppler"),
        "{}",
        ended.said
    );
    assert_eq!((computer.told("apt-get", "update"), computer.told("apt-get", "install")), (1, 0));
    assert_eq!(computer.told("cargo", ""), 0);
}

#[test]
fn an_apt_get_that_fails_is_tried_for_each_package_and_the_other_font_and_then_told() {
    let computer = Computer::new(true, "exit 100");
    let ended = computer.run();
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert!(ended.said.contains("!! NOT RUN: pages on paper") && ended.said.contains("failed (100)"), "{}", ended.said);
    assert_eq!(computer.told("apt-get", "install"), 5, "chromium, poppler, fontconfig and two fonts");
    assert_eq!(computer.told("apt-get", "fonts-noto-cjk"), 1);
}

#[test]
fn what_can_be_installed_is_and_the_pages_are_made_and_a_failure_of_theirs_is_one() {
    for (cargo, code) in [("exit 0", 0), ("exit 101", 1)] {
        let computer = Computer::new(true, "");
        computer.program("apt-get", &installs(computer.bin.path()));
        computer.program("cargo", cargo);
        let ended = computer.run();
        assert_eq!(ended.code, Some(code), "{}", ended.said);
        assert!(!ended.said.contains("NOT RUN"), "{}", ended.said);
        assert_eq!(computer.told("cargo", "--test paper -- --include-ignored"), 1);
    }
}

#[test]
fn nothing_is_installed_by_who_may_not_and_where_nothing_is_missing() {
    let computer = Computer::new(false, "exit 0");
    let ended = computer.run();
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert!(ended.said.contains("!! NOT RUN"), "{}", ended.said);
    assert_eq!(computer.told("apt-get", ""), 0);
    let ready = Computer::new(true, "exit 0");
    ready.program("make", &installs(ready.bin.path()));
    let made = Command::new("/bin/bash").arg(ready.path("make")).status().unwrap();
    assert!(made.success());
    let ended = ready.run();
    assert!(ended.code == Some(0) && !ended.said.contains("NOT RUN"), "{}", ended.said);
    assert_eq!((ready.told("apt-get", ""), ready.told("cargo", "paper")), (0, 1));
}
