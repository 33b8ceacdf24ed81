//! `madoguchi edition`: the lists that the desk gives away, as the screen has them: one file a subcommand.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::desk::Desk;
use super::words::{Words, print_table};
use super::{Cx, Exit, Failure};
use crate::desk::document::{Document, Recipient};
use crate::desk::edition;
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::record::Kind;
use crate::desk::say::Say;
use crate::print::edition::{code, extent};
use crate::runtime::eyes::Act;
use crate::search::fold;

mod changes;
mod export;
mod make;
mod sent;
mod show;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// All editions, the newest of each list first.
    List,
    /// A new edition of a list from the directory as it is now.
    Make(make::Args),
    /// What stands in an edition.
    Show(show::Args),
    /// What changed since an edition.
    Changes(changes::Args),
    /// Who received an edition, and who still has an older one.
    Sent(sent::Args),
    /// An edition as a file: Excel, CSV, JSON, a page to print.
    Export(export::Args),
}

/// Which edition is meant.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Which {
    /// The list: its code (`liaison`, `medical`, `facility`) or its title.
    list: String,
    /// The number of the edition; the newest without it.
    #[arg(long, value_name = "N")]
    number: Option<u32>,
}

impl Args {
    /// Whether nothing is written for it and nothing leaves the desk.
    pub(super) const fn only_reads(&self) -> bool {
        match &self.what {
            What::List | What::Show(_) | What::Changes(_) => true,
            What::Sent(args) => args.only_reads(),
            What::Make(_) | What::Export(_) => false,
        }
    }

    /// What it is, for the roles.
    #[expect(clippy::unused_self, reason = "asked like the other subcommands")]
    pub(super) const fn act(&self) -> Act {
        Act::Work
    }
}

/// Does what was asked for.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    Desk::with(cx, |desk, cx| {
        let lists = Lists::of(desk)?;
        match &args.what {
            What::List => lists.list(cx),
            What::Make(args) => make::run(args, &lists, desk, cx),
            What::Show(args) => show::run(args, &lists, cx),
            What::Changes(args) => changes::run(args, &lists, desk, cx),
            What::Sent(args) => sent::run(args, &lists, desk, cx),
            What::Export(args) => export::run(args, &lists, desk, cx),
        }
    })
}

/// All that is known of the lists.
struct Lists {
    documents: BTreeMap<Id, Document>,
    words: Words,
}

impl Lists {
    fn of(desk: &Desk) -> Result<Self, Failure> {
        let documents: Vec<(Id, Document)> = desk.all(Kind::Document)?;
        Ok(Self { documents: documents.into_iter().collect(), words: Words::of(desk)? })
    }

    /// The code of a list that is named by its code or its title, in either language.
    fn named(&self, name: &str, cx: &Cx<'_>) -> Result<String, Failure> {
        let book = &self.words.codebook;
        let all = book.offered("edition-list", self.words.today);
        let mut codes = all.map(|entry| entry.code.clone()).collect::<Vec<_>>().into_iter();
        let is = |wanted: &String| wanted == name || fold::same(&code(cx.locale, book, "edition-list", wanted), name);
        let none = || Failure::new(Exit::Usage, Say::new("edition-no-such-list").with("list", name));
        codes.find(is).ok_or_else(none)
    }

    /// The edition that is meant.
    fn find(&self, which: &Which, cx: &Cx<'_>) -> Result<(Id, &Document), Failure> {
        let list = self.named(&which.list, cx)?;
        self.numbered(&list, which.number)
    }

    fn numbered(&self, list: &str, number: Option<u32>) -> Result<(Id, &Document), Failure> {
        let all = edition::editions(&self.documents, list);
        let found = all.into_iter().find(|(_, document)| number.is_none_or(|number| document.number == number));
        let none = match number {
            Some(number) => Say::new("edition-no-such-number").with("number", number.to_string()),
            None => Say::new("edition-none-yet"),
        };
        found.ok_or_else(|| Failure::new(Exit::Failed, none))
    }

    fn title(&self, document: &Document, cx: &Cx<'_>) -> String {
        code(cx.locale, &self.words.codebook, "edition-list", &document.list)
    }

    fn list(&self, cx: &mut Cx<'_>) -> Result<(), Failure> {
        let mut all: Vec<(&Id, &Document)> = self.documents.iter().filter(|(_, d)| d.is_edition()).collect();
        all.sort_by(|(_, a), (_, b)| (&a.list, b.number).cmp(&(&b.list, a.number)));
        if cx.global.json {
            let values: Vec<Value> = all.iter().map(|(id, document)| self.head(**id, document, cx)).collect();
            return cx.json(&values);
        }
        let heads = ["list", "number", "on", "offices", "sent", "extent"];
        let heads = heads.map(|head| cx.locale.t(&format!("cli-edition-head-{head}")).into_owned());
        let row = |document: &Document| {
            let day = document.on.map(|on| on.to_string()).unwrap_or_default();
            let counts = [document.rows.len().to_string(), document.recipients.len().to_string()];
            let [offices, sent] = counts;
            let extent = extent(cx.locale, &self.words.codebook, document);
            vec![self.title(document, cx), document.number.to_string(), day, offices, sent, extent]
        };
        let rows: Vec<Vec<String>> = all.iter().map(|(_, document)| row(document)).collect();
        print_table(&heads, &rows, cx)
    }

    /// What an edition is, for other programs.
    fn head(&self, id: Id, document: &Document, cx: &Cx<'_>) -> Value {
        json!({
            "id": id,
            "list": document.list,
            "title": self.title(document, cx),
            "number": document.number,
            "on": document.on,
            "by": self.words.operator(document.by),
            "note": document.note,
            "extent": document.extent,
            "offices": document.rows.len(),
            "sent": document.recipients.len(),
        })
    }
}

/// Who a recipient is: an office is itself, others go by their name in any spelling.
pub(super) fn key(recipient: &Recipient) -> String {
    if recipient.office.is_nil() { fold::text(&recipient.name) } else { recipient.office.to_string() }
}

/// The directory as it is now, in the extent of an edition: what the next one would be.
fn now(desk: &Desk, document: &Document, lists: &Lists) -> Result<Document, Failure> {
    let offices: Vec<(Id, Office)> = desk.all(Kind::Office)?;
    let all = offices.iter().map(|(id, office)| (*id, office));
    let made = edition::snapshot(all, &document.list, &document.extent, &fold::same);
    Ok(Document { on: Some(lists.words.today), ..made })
}
