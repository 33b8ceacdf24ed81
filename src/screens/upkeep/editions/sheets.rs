//! What is asked before an edition is made, given to somebody or put on paper.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{all, compared, key};
use crate::app::hands::{Hands, Request, Tone};
use crate::desk::document::{Document, Extent, Recipient};
use crate::desk::edition;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::say::Say;
use crate::locale::{Lang, Locale};
use crate::popups::offices::Offices;
use crate::popups::picker::{Choice, Picker};
use crate::popups::sheet::Sheet;
use crate::print::{Changes, Job, List, Made, Paper, Recall};
use crate::screens::form::Form;
use crate::screens::form::field::{Field, FieldKind, Target, field};
use crate::screens::form::values::Values;
use crate::search::fold;

const MAKE: &[Field] = &[
    field(Target::Edition, "kinds", FieldKind::Codes("office-kind"), 0, 0, 1),
    field(Target::Edition, "area", FieldKind::Area, 0, 1, 1),
    field(Target::Edition, "able", FieldKind::Codes("capability"), 0, 2, 1),
    field(Target::Edition, "staff", FieldKind::Code("yes-no"), 0, 3, 1),
    field(Target::Edition, "note", FieldKind::Line, 0, 4, 1),
];

const GIVE: &[Field] = &[
    field(Target::Edition, "on", FieldKind::Date, 0, 0, 1),
    field(Target::Edition, "how", FieldKind::Code("method"), 0, 1, 1),
    field(Target::Edition, "copies", FieldKind::Line, 0, 2, 1),
];

const GIVE_NAMED: &[Field] = &[
    field(Target::Edition, "name", FieldKind::Line, 0, 0, 1),
    field(Target::Edition, "on", FieldKind::Date, 0, 1, 1),
    field(Target::Edition, "how", FieldKind::Code("method"), 0, 2, 1),
    field(Target::Edition, "copies", FieldKind::Line, 0, 3, 1),
];

/// The codes of list `yes-no`, and that of list `method` by which lists are mostly given away: 文書.
const YES: &str = "1";
const NO: &str = "2";
const ON_PAPER: &str = "6";

/// The most copies that somebody receives.
const MOST: u32 = 9999;

fn text<'v>(values: &'v Values, member: &str) -> &'v str {
    values.text(Target::Edition, member).trim()
}

fn label(hands: &Hands<'_>, list: &str, code: &str) -> String {
    crate::print::edition::code(hands.locale, &hands.model.codebook, list, code)
}

/// Which list, then what it is made of.
pub(super) fn make(id: Id, hands: &mut Hands<'_>) {
    let book = &hands.model.codebook;
    let choices = book.offered("edition-list", hands.model.today()).map(|entry| Choice {
        code: entry.code.clone(),
        key: entry.key,
        label: label(hands, "edition-list", &entry.code),
    });
    let choices: Vec<Choice> = choices.collect();
    hands.open(Picker::new(Say::new("edition-which-list"), choices, None, move |hands, list| extent(id, list, hands)));
}

fn extent(id: Id, list: &str, hands: &mut Hands<'_>) {
    let before = edition::editions(&hands.model.documents, list).first().map(|(_, last)| last.extent.clone());
    let usual = before.unwrap_or_else(|| edition::usual_extent(list));
    let codes = |codes: &[String]| Value::from(codes.to_vec());
    let mut values = Values::default();
    values.set(Target::Edition, "kinds", codes(&usual.kinds));
    values.set(Target::Edition, "able", codes(&usual.able));
    values.set_text(Target::Edition, "area", &usual.area);
    values.set_text(Target::Edition, "staff", if usual.staff { YES } else { NO });
    let number = edition::next_number(hands.model.documents.values(), list).to_string();
    let title = Say::new("edition-make-title").with("title", label(hands, "edition-list", list)).with("number", number);
    let list = list.to_owned();
    let sheet = Sheet::new(title, Form::new(MAKE, values), move |hands, values| keep(id, &list, values, hands));
    hands.open(sheet.notes(vec![Say::new("edition-make-about")]));
}

fn keep(id: Id, list: &str, values: &Values, hands: &mut Hands<'_>) -> Result<(), Say> {
    let codes = |member| values.codes(Target::Edition, member).into_iter().map(str::to_owned).collect();
    let extent = Extent {
        kinds: codes("kinds"),
        able: codes("able"),
        area: fold::one_line(text(values, "area")),
        staff: text(values, "staff") == YES,
    };
    let model = hands.model;
    if !model.complete {
        return Err(Say::new("edition-not-all-here"));
    }
    let offices = model.offices.iter().map(|(id, office)| (*id, office.as_ref()));
    let made = edition::snapshot(offices, list, &extent, &fold::same);
    if made.rows.is_empty() {
        return Err(Say::new("edition-empty"));
    }
    let number = edition::next_number(model.documents.values(), list);
    let note = fold::one_line(text(values, "note"));
    let made = Document { number, on: Some(model.today()), by: model.me, note, ..made };
    hands.commit(edits::number_edition(model.desk_id, list, number));
    hands.commit(edits::make_edition(model.me, id, &made));
    Ok(())
}

/// To whom, then when, how and how many.
pub(super) fn give(id: Id, hands: &mut Hands<'_>) {
    let Some(document) = hands.model.documents.get(&id) else { return };
    let everybody = edition::everybody(document).len().to_string();
    let old = edition::holders_of_old(&hands.model.documents, &document.list, &key).len().to_string();
    let say = |key: &str, count: &str| hands.locale.f(key, &[("count", count)]).into_owned();
    let choices = vec![
        Choice { code: "office".into(), key: Some('1'), label: say("edition-give-office", "0") },
        Choice { code: "named".into(), key: Some('2'), label: say("edition-give-named", "0") },
        Choice { code: "all".into(), key: Some('3'), label: say("edition-give-all", &everybody) },
        Choice { code: "renew".into(), key: Some('4'), label: say("edition-give-renew", &old) },
    ];
    hands.open(Picker::new(Say::new("edition-give-title"), choices, None, move |hands, choice| match choice {
        "office" => one_office(id, hands),
        "named" => details(id, None, hands),
        "all" => {
            let all = hands.model.documents.get(&id).map(edition::everybody).unwrap_or_default();
            let all = all.into_iter().map(|(office, name)| (office, name.to_owned())).collect();
            details(id, Some(all), hands);
        }
        _ => {
            let Some(document) = hands.model.documents.get(&id) else { return };
            let old = edition::holders_of_old(&hands.model.documents, &document.list, &key);
            let old = old.into_iter().map(|holder| (holder.recipient.office, holder.recipient.name.clone())).collect();
            details(id, Some(old), hands);
        }
    }));
}

fn one_office(id: Id, hands: &mut Hands<'_>) {
    let near = hands.model.documents.get(&id).map(edition::everybody).unwrap_or_default();
    let near = near.into_iter().map(|(office, _)| office).collect();
    let list = Offices::new(Say::new("edition-give-which"), near, hands, move |hands, office| {
        let name = hands.model.offices.get(&office).map(|office| office.name.clone()).unwrap_or_default();
        details(id, Some(vec![(office, name)]), hands);
    });
    hands.open(list);
}

/// When, how and how many; and to whom, where that is to be typed.
fn details(id: Id, to: Option<Vec<(Id, String)>>, hands: &mut Hands<'_>) {
    let mut values = Values::default();
    values.set_text(Target::Edition, "on", &hands.today().to_string());
    values.set_text(Target::Edition, "how", ON_PAPER);
    values.set_text(Target::Edition, "copies", "1");
    let fields = if to.is_some() { GIVE } else { GIVE_NAMED };
    let title = Say::new("edition-give-sheet").with("count", to.as_ref().map_or(1, Vec::len).to_string());
    hands.open(Sheet::new(title, Form::new(fields, values), move |hands, values| {
        let named = fold::one_line(text(values, "name"));
        let to = to.clone().unwrap_or_else(|| vec![(Id::NIL, named)]);
        received(id, to, values, hands)
    }));
}

fn received(id: Id, to: Vec<(Id, String)>, values: &Values, hands: &mut Hands<'_>) -> Result<(), Say> {
    let Some(document) = hands.model.documents.get(&id) else { return Ok(()) };
    let on = text(values, "on").parse().map_err(|_| Say::new("edition-no-day"))?;
    let wrong = || Say::new("edition-copies-wrong").with("most", MOST.to_string());
    let copies = fold::text(text(values, "copies")).trim().parse().ok().filter(|n| (1..=MOST).contains(n));
    let copies: u32 = copies.ok_or_else(wrong)?;
    let mut there: BTreeSet<String> = document.recipients.values().map(key).collect();
    let mut given: Vec<(Id, Recipient)> = Vec::new();
    for (office, name) in to {
        if name.trim().is_empty() {
            return Err(Say::new("edition-no-name"));
        }
        let one = edition::recipient(office, &name, on, text(values, "how"), hands.model.me);
        // Who has it already does not receive it a second time.
        if there.insert(key(&one)) {
            given.push((hands.ids.fresh(), Recipient { copies, ..one }));
        }
    }
    if given.is_empty() {
        hands.say(Say::new("edition-nobody-new"), Tone::Warning);
    } else {
        hands.commit(edits::give_edition(hands.model.me, id, &given));
    }
    Ok(())
}

/// What is put on paper or into a file.
pub(super) fn print(id: Id, hands: &mut Hands<'_>) {
    let keys = ["page", "pdf", "xlsx", "csv", "cp932", "changes", "changes-pdf", "recall", "recall-pdf"];
    let choice = |(n, code): (char, &str)| Choice {
        code: code.to_owned(),
        key: Some(n),
        label: hands.locale.t(&format!("edition-print-{code}")).into_owned(),
    };
    let choices = ('1'..).zip(keys).map(choice).collect();
    hands.open(Picker::new(Say::new("edition-print-title"), choices, None, move |hands, choice| {
        let Some(job) = job(id, choice, hands) else { return };
        hands.ask(Request::Print(RecordKey::new(Kind::Document, id), Box::new(job)));
    }));
}

fn job(id: Id, choice: &str, hands: &Hands<'_>) -> Option<Job> {
    let model = hands.model;
    let (_, document) = all(model).into_iter().find(|(other, _)| *other == id)?;
    let (desk, book) = (&model.desk, &model.codebook);
    let paper = match choice {
        "changes" | "changes-pdf" => {
            let after = compared(model, document);
            let found = edition::changes(document, &after);
            Paper::Changes(Box::new(Changes::of(document, &after, &found, desk, book)))
        }
        "recall" | "recall-pdf" => {
            let holders = edition::holders_of_old(&model.documents, &document.list, &key);
            let (_, newest) = edition::editions(&model.documents, &document.list).into_iter().next()?;
            Paper::Recall(Box::new(Recall::of(newest, &holders, desk, book)))
        }
        _ => Paper::List(Box::new(List::of(document, desk, book))),
    };
    let words = Locale::new(Lang::Ja);
    let title = crate::print::edition::title(&words, book, document);
    // A title of the desk's own may have signs that no file name takes.
    let title: String = title.chars().map(|c| if "/\\:*?\"<>|".contains(c) { '-' } else { c }).collect();
    let named = |what: &str| format!("{title}-{}{what}", document.number);
    let made = match choice {
        "changes-pdf" => Made::Pdf(named(&format!("-{}.pdf", words.t("edition-file-changes")))),
        "recall-pdf" => Made::Pdf(named(&format!("-{}.pdf", words.t("edition-file-recall")))),
        "pdf" => Made::Pdf(named(".pdf")),
        "xlsx" => Made::Xlsx(named(".xlsx")),
        "csv" => Made::Csv(named(".csv")),
        "cp932" => Made::CsvCp932(named(".csv")),
        _ => Made::Opened,
    };
    Some(Job { paper, folder: desk.paper_folder.clone(), made })
}
