//! Forms on paper: HTML templates for A4, filled with plain values. Knows no disk, no screen and no browser.
//!
//! A desk may put a template of its own in the place of the program's ([`FOLDER`]). Everything that is filled in is
//! escaped; a template can extend the program's own and [`BASE`], and takes nothing else from elsewhere: not another file,
//! not the network.

use minijinja::value::Serde;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value, context};

use crate::desk::record::Explain;
use crate::desk::say::Say;

pub mod chase;
pub mod edition;
pub mod fax;
mod fit;
mod initials;

pub use chase::Chase;
pub use edition::{Changes, List, Recall};
pub use fax::Fax;
pub use fit::{Fit, TooLong};
pub use initials::initials;

/// The folder of a desk's own templates, inside its folder for printed files.
pub const FOLDER: &str = "forms";

/// The file of the template of [`Fax`], in [`FOLDER`] too. Its labels are Japanese in both languages, as those of the others
/// are: it goes to a Japanese clinic.
pub const FAX: &str = "fax.html";

/// The file of the template of [`List`].
pub const EDITION: &str = "edition.html";

/// The file of the template of [`Changes`].
pub const CHANGES: &str = "changes.html";

/// The file of the template of [`Recall`].
pub const RECALL: &str = "recall.html";

/// The file of the template of [`Chase`].
pub const CHASE: &str = "chase.html";

/// The file of the template that the pages of lists have in common: head, type, table, who gives it away.
pub const BASE: &str = "base.html";

/// The program's own templates, each under the name by which another may extend it.
const OWN: [(&str, &str); 6] = [
    (BASE, include_str!("base.html")),
    (FAX, include_str!("fax.html")),
    (EDITION, include_str!("edition.html")),
    (CHANGES, include_str!("changes.html")),
    (RECALL, include_str!("recall.html")),
    (CHASE, include_str!("chase.html")),
];

/// A desk's own template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Where it lies, as a fault tells it.
    pub file: String,
    /// What stands in it.
    pub source: String,
}

impl Template {
    /// Names a block that the template below does not have: what stands in it would not be on the paper, which nobody sees.
    fn check_blocks(&self, below: &str) -> Result<(), Fault> {
        let known: Vec<&str> = blocks(below).map(|(_, name)| name).collect();
        let unknown = blocks(&self.source).find(|(_, name)| !known.contains(name));
        unknown.map_or(Ok(()), |(line, near)| {
            Err(Fault { file: self.file.clone(), line, wrong: Wrong::Unknown, near: near.to_owned() })
        })
    }

    fn extends(&self) -> bool {
        tags(&self.source).any(|(_, tag)| tag.starts_with("extends"))
    }
}

/// The tags of a template, with the line on which each begins, from 1.
fn tags(source: &str) -> impl Iterator<Item = (usize, &str)> {
    source.match_indices("{%").filter_map(|(at, _)| {
        let (before, rest) = source.split_at_checked(at)?;
        let inside = rest.trim_start_matches("{%").trim_start_matches(['-', '+']).trim_start();
        Some((before.matches('\n').count() + 1, inside.split_once("%}")?.0))
    })
}

/// The names of its blocks, each with its line.
fn blocks(source: &str) -> impl Iterator<Item = (usize, &str)> {
    tags(source).filter_map(|(line, tag)| {
        let mut words = tag.split_whitespace();
        (words.next() == Some("block")).then(|| words.next())?.map(|name| (line, name.trim_end_matches('-')))
    })
}

/// A desk's own templates for one paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Forms {
    /// Stands in the place of the paper's; may extend the program's of the same name.
    pub page: Option<Template>,
    /// Stands in the place of [`BASE`].
    pub base: Option<Template>,
}

/// What stands on a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paper {
    /// 主治医連絡FAX送付書.
    Fax(Box<Fax>),
    /// 一覧表: an edition.
    List(Box<List>),
    /// 変更一覧 between two editions.
    Changes(Box<Changes>),
    /// 旧版の配付先.
    Recall(Box<Recall>),
    /// 未回答の連携先 of a survey.
    Chase(Box<Chase>),
}

impl Paper {
    /// The file of its template, in [`FOLDER`] too.
    pub const fn file(&self) -> &'static str {
        match self {
            Self::Fax(_) => FAX,
            Self::List(_) => EDITION,
            Self::Changes(_) => CHANGES,
            Self::Recall(_) => RECALL,
            Self::Chase(_) => CHASE,
        }
    }

    /// Whether it is made of [`BASE`].
    pub const fn has_base(&self) -> bool {
        !matches!(self, Self::Fax(_))
    }

    fn values(&self) -> Value {
        match self {
            // What is too long is told before; a page of it all the same is on two, and more.
            Self::Fax(fax) => {
                let fit = Fit::of(fax).unwrap_or(Fit { small: true, sheets: 2 });
                context! { fit => Value::from(Serde(fit)), ..Value::from(Serde(fax.as_ref())) }
            }
            Self::List(list) => Value::from(Serde(list.as_ref())),
            Self::Changes(changes) => Value::from(Serde(changes.as_ref())),
            Self::Recall(recall) => Value::from(Serde(recall.as_ref())),
            Self::Chase(chase) => Value::from(Serde(chase.as_ref())),
        }
    }

    /// What the access log calls it.
    pub const fn task(&self) -> &'static str {
        match self {
            Self::Fax(_) => "fax",
            Self::List(_) => "edition",
            Self::Changes(_) => "edition-changes",
            Self::Recall(_) => "edition-recall",
            Self::Chase(_) => "survey-missing",
        }
    }

    /// What the access log says of where it goes.
    pub fn logged(&self) -> String {
        match self {
            Self::Fax(fax) => fax.logged(),
            Self::List(list) => format!("{} {}", list.title, list.number),
            Self::Changes(changes) => format!("{} {}-{}", changes.title, changes.from, changes.to),
            Self::Recall(recall) => format!("{} {}", recall.title, recall.number),
            Self::Chase(chase) => chase.title.clone(),
        }
    }
}

/// What becomes of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// It is opened in the system's browser, which prints it.
    Opened,
    /// It is a PDF of this name in the desk's folder for printed files.
    Pdf(String),
    /// An Excel file of this name there; only of a [`List`].
    Xlsx(String),
    /// A CSV file of this name there, in UTF-8 with a BOM; only of a [`List`].
    Csv(String),
    /// A CSV file of this name there, in CP932; only of a [`List`].
    CsvCp932(String),
}

impl Made {
    /// The name of the file; empty where there is none.
    pub fn name(&self) -> &str {
        match self {
            Self::Opened => "",
            Self::Pdf(name) | Self::Xlsx(name) | Self::Csv(name) | Self::CsvCp932(name) => name,
        }
    }
}

/// A paper that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// What stands on it.
    pub paper: Paper,
    /// The desk's folder for printed files, in which its own templates may lie; empty: none.
    pub folder: String,
    /// What becomes of it.
    pub made: Made,
}

/// What is wrong with a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It cannot be read as a template.
    Syntax,
    /// It names something that there is not on this form.
    Unknown,
    /// It asks for something that cannot be done.
    Other,
}

/// A faulty template. Holds a part of the template at most, and nothing of what was to be filled in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a faulty template: {file}, line {line}")]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The line, from 1; 0: not known.
    pub line: usize,
    /// What is wrong.
    pub wrong: Wrong,
    /// The place in the line, where it is known.
    pub near: String,
}

impl Explain for Fault {
    fn say(&self) -> Say {
        let key = match self.wrong {
            Wrong::Syntax => "print-template-syntax",
            Wrong::Unknown => "print-template-unknown",
            Wrong::Other => "print-template-other",
        };
        let say = Say::new(key).with("file", self.file.clone()).with("line", self.line.to_string());
        say.with("near", self.near.clone())
    }
}

/// The page as HTML, by the desk's own templates where it has them.
pub fn render(paper: &Paper, forms: &Forms) -> Result<String, Fault> {
    let mut environment = Environment::new();
    // A placeholder that is spelt wrong would be an empty place on the paper, which nobody sees.
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
    environment.set_debug(true);
    for (name, source) in OWN {
        let source = forms.base.as_ref().filter(|_| name == BASE).map_or(source, |own| &own.source);
        if let Some(own) = forms.page.as_ref().filter(|own| name == BASE && own.extends()) {
            own.check_blocks(if paper.has_base() { source } else { "" })?;
        }
        environment.add_template(name, source).map_err(|error| fault(&error, paper, forms))?;
    }
    let made = match &forms.page {
        Some(own) => environment.render_named_str(&own.file, &own.source, paper.values()),
        None => environment.get_template(paper.file()).and_then(|page| page.render(paper.values())),
    };
    made.map_err(|error| fault(&error, paper, forms))
}

/// Where an error is: in the template that it names, which may be one that the page extends.
fn fault(error: &minijinja::Error, paper: &Paper, forms: &Forms) -> Fault {
    // An error inside of what is included comes with the place of the including line, which is right by itself.
    let inner = std::error::Error::source(error).and_then(|inner| inner.downcast_ref());
    if let (Some(inner), ErrorKind::BadInclude) = (inner, error.kind()) {
        return fault(inner, paper, forms);
    }
    let program = |name: &str| OWN.iter().find(|(own, _)| *own == name).map(|(_, source)| *source);
    let named = error.name().unwrap_or(paper.file());
    let own = [(&forms.base, BASE), (&forms.page, "")].into_iter();
    let own = own.filter_map(|(own, name)| Some((own.as_ref()?, name)));
    let own = own.into_iter().find(|(own, name)| named == own.file || named == *name).map(|(own, _)| own);
    let source = own.map_or_else(|| program(named).unwrap_or_default(), |own| &own.source);
    let near = error.range().and_then(|range| source.get(range)).unwrap_or_default();
    let unknown = [
        ErrorKind::UndefinedError,
        ErrorKind::UnknownFilter,
        ErrorKind::UnknownFunction,
        ErrorKind::UnknownBlock,
        ErrorKind::TemplateNotFound,
    ];
    let wrong = if error.kind() == ErrorKind::SyntaxError {
        Wrong::Syntax
    } else if unknown.contains(&error.kind()) {
        Wrong::Unknown
    } else {
        Wrong::Other
    };
    let near = near.lines().next().unwrap_or_default().chars().take(60).collect();
    let file = own.map_or_else(|| named.to_owned(), |own| own.file.clone());
    Fault { file, line: error.line().unwrap_or_default(), wrong, near }
}

#[cfg(test)]
mod tests;
