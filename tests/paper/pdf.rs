//! A PDF as its readers see it: how many pages of what size, the text, where it stands, the fonts, the picture.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use madoguchi::print::{self, Forms, Paper};
use madoguchi::runtime::paper;
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

/// A4 in points of 1/72 inch.
pub const A4: (f64, f64) = (595.28, 841.89);

/// The margins of our pages, in points, less a little: a letter's box may reach out of its line.
const MARGIN: f64 = 30.0;

/// A PDF in a folder of its own.
pub struct Pdf {
    folder: TempDir,
}

/// Texts are compared without what a line break puts between them, and a reader's tool may give a character of the same
/// look (a radical for its kanji).
pub fn plain(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

impl Pdf {
    /// Made of HTML by the browser of this computer, in the way of the program.
    pub fn of(page: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let mut chance = [0; 8];
        getrandom::fill(&mut chance).unwrap();
        let bytes = paper::pdf(page, chance, &|name| std::env::var(name).ok());
        let bytes = bytes.unwrap_or_else(|say| panic!("no PDF was made: {} {:?}", say.key, say.args));
        fs::write(folder.path().join("paper.pdf"), bytes).unwrap();
        Self { folder }
    }

    /// One that was made already.
    pub fn from_file(file: &Path) -> Self {
        let folder = TempDir::new().unwrap();
        fs::copy(file, folder.path().join("paper.pdf")).unwrap();
        Self { folder }
    }

    /// The page of a paper by the program's own template.
    pub fn of_paper(paper: &Paper) -> Self {
        Self::of(&print::render(paper, &Forms::default()).unwrap())
    }

    /// The file.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("paper.pdf")
    }

    fn tool(&self, tool: &str, options: &[&str], last: &[&str]) -> String {
        let ended = Command::new(tool).args(options).arg(self.file()).args(last).output();
        let ended = ended.unwrap_or_else(|error| panic!("{tool}: {error} (tests/run installs poppler-utils)"));
        assert!(ended.status.success(), "{tool}: {}", String::from_utf8_lossy(&ended.stderr));
        String::from_utf8(ended.stdout).unwrap()
    }

    /// How many pages it has; fails where one is not A4, upright or lying as is wanted.
    pub fn pages(&self, (width, height): (f64, f64)) -> usize {
        let told = self.tool("pdfinfo", &["-l", "9999"], &[]);
        let mut pages = 0;
        for line in told.lines().filter(|line| line.starts_with("Page") && line.contains(" size:")) {
            let numbers: Vec<f64> = line.split_whitespace().filter_map(|word| word.parse().ok()).collect();
            let [.., wide, high] = numbers[..] else { panic!("{line}") };
            assert!((wide - width).abs() < 1.0 && (high - height).abs() < 1.0, "{line}");
            pages += 1;
        }
        pages
    }

    /// All of its text in the order of the page, [`plain`].
    pub fn text(&self) -> String {
        plain(&self.tool("pdftotext", &["-raw"], &["-"]))
    }

    /// The text of each page, [`plain`].
    pub fn texts(&self) -> Vec<String> {
        let all = self.tool("pdftotext", &["-raw"], &["-"]);
        all.split('\u{c}').map(plain).filter(|text| !text.is_empty()).collect()
    }

    /// Fails where a word stands outside the margins of the paper: a printer would cut it.
    pub fn keeps_to_its_margins(&self, (width, height): (f64, f64)) {
        let told = self.tool("pdftotext", &["-bbox"], &["-"]);
        let mut words = 0;
        for line in told.lines().filter(|line| line.trim_start().starts_with("<word")) {
            let at = |name: &str| -> f64 {
                let rest = line.split(&format!("{name}=\"")).nth(1).unwrap();
                rest.split('"').next().unwrap().parse().unwrap()
            };
            let inside = at("xMin") >= MARGIN && at("xMax") <= width - MARGIN && at("yMin") >= MARGIN / 2.0;
            assert!(inside && at("yMax") <= height - MARGIN / 2.0, "{line}");
            words += 1;
        }
        assert!(words > 3, "there are no words: {told}");
    }

    /// The names of its fonts; fails where one is not in the file itself.
    pub fn fonts(&self) -> Vec<String> {
        let told = self.tool("pdffonts", &[], &[]);
        let lines: Vec<&str> = told.lines().skip(2).collect();
        for line in &lines {
            let columns: Vec<&str> = line.split_whitespace().collect();
            // name, type (one word or two), encoding, emb, sub, uni, object.
            let embedded = columns.len().checked_sub(5).and_then(|at| columns.get(at));
            assert_eq!(embedded, Some(&"yes"), "{line}");
        }
        lines.iter().filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect()
    }

    /// The first page as a grey picture of few points.
    pub fn picture(&self) -> Vec<u8> {
        let out = self.folder.path().join("page");
        self.tool("pdftoppm", &["-r", "50", "-gray", "-singlefile"], &[out.to_str().unwrap()]);
        fs::read(out.with_extension("pgm")).unwrap()
    }
}
