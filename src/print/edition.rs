//! 一覧表, 変更一覧 and 旧版の配付先 of an edition: what stands on the pages, in words. They go to Japanese offices, so the
//! words are Japanese whatever the operator's language is.

use serde::Serialize;

use crate::desk::codebook::{Codebook, label_key};
use crate::desk::date::format_era_long;
use crate::desk::document::{Document, Person, Row};
use crate::desk::edition::{Changed, Holder, What};
use crate::desk::operator::DeskProfile;
use crate::locale::{Lang, Locale};

/// The label that the desk gives a code, else the locale's; the code itself where nobody knows it.
pub fn code(locale: &Locale, book: &Codebook, list: &str, code: &str) -> String {
    let own = book.label(list, code).map(str::to_owned);
    let key = label_key(list, code);
    own.unwrap_or_else(|| if locale.has(&key) { locale.t(&key).into_owned() } else { code.to_owned() })
}

/// What a member of an office (`office`) or of a person there (`staff`) is called.
pub fn label(locale: &Locale, target: &str, member: &str) -> String {
    let key = format!("field-{target}-{}", member.replace('_', "-"));
    if locale.has(&key) { locale.t(&key).into_owned() } else { member.to_owned() }
}

/// The value of a column as a person reads it: codes by their labels, a postal code with its hyphen.
pub fn shown(locale: &Locale, book: &Codebook, member: &str, value: &str) -> String {
    match member {
        "kind" => code(locale, book, "office-kind", value),
        "capabilities" => {
            let able: Vec<String> =
                value.split_whitespace().map(|able| code(locale, book, "capability", able)).collect();
            able.join("、")
        }
        "postal_code" => match value.split_at_checked(3) {
            Some((area, town)) if value.len() == 7 => format!("{area}-{town}"),
            _ => value.to_owned(),
        },
        _ => value.to_owned(),
    }
}

/// The desk that gives the list away.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct By {
    /// 窓口.
    pub desk: String,
    /// 設置主体; may be empty.
    pub founder: String,
    /// 電話; may be empty.
    pub phone: String,
    /// FAX; may be empty.
    pub fax: String,
}

impl By {
    pub(super) fn of(desk: &DeskProfile) -> Self {
        let text = |text: &str| text.trim().to_owned();
        Self { desk: text(&desk.name), founder: text(&desk.founder), phone: text(&desk.phone), fax: text(&desk.fax) }
    }
}

/// A value with its label.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Labelled {
    /// What it is.
    pub label: String,
    /// What stands there.
    pub value: String,
}

/// A person in a list. Each member may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Staff {
    /// 氏名.
    pub name: String,
    /// 部署.
    pub department: String,
    /// 職種.
    pub role: String,
    /// 直通電話.
    pub phone: String,
    /// 内線.
    pub extension: String,
    /// 対応内容.
    pub handles: String,
}

/// An office in a list. Each member may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Line {
    /// 名称.
    pub name: String,
    /// 部署.
    pub department: String,
    /// 種別, by its label.
    pub kind: String,
    /// 圏域.
    pub area: String,
    /// 郵便番号 and 住所.
    pub place: String,
    /// 電話.
    pub phone: String,
    /// 内線.
    pub extension: String,
    /// FAX.
    pub fax: String,
    /// The other columns of the list that are filled.
    pub rest: Vec<Labelled>,
    /// 担当者.
    pub staff: Vec<Staff>,
}

/// 一覧表: an edition to be given away. Templates use the members by these names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct List {
    /// 連携室一覧表 and the like.
    pub title: String,
    /// 第N版.
    pub number: u32,
    /// The day on which it was made, as it is written on papers.
    pub date: String,
    /// Who gives it away.
    pub by: By,
    /// What was changed, in the desk's words; may be empty.
    pub note: String,
    /// What it was made of: kinds, area, abilities; in words.
    pub extent: String,
    /// Whether it has 担当者.
    pub with_staff: bool,
    /// The offices.
    pub rows: Vec<Line>,
    /// The same as a table for files: the heads, then a row for each person, or for an office without any.
    #[serde(skip)]
    pub table: Vec<Vec<String>>,
}

/// How a column of the staff is headed in a file.
const STAFF_HEAD: &str = "edition-staff-head";

/// The columns that have places of their own in a [`Line`].
const PLACED: [&str; 9] = ["name", "department", "kind", "area", "postal_code", "address", "phone", "extension", "fax"];

/// What an edition is called: the list's title.
pub fn title(locale: &Locale, book: &Codebook, document: &Document) -> String {
    code(locale, book, "edition-list", &document.list)
}

/// What an edition was made of, in words.
pub fn extent(locale: &Locale, book: &Codebook, document: &Document) -> String {
    let extent = &document.extent;
    let kinds: Vec<String> = extent.kinds.iter().map(|kind| code(locale, book, "office-kind", kind)).collect();
    let able: Vec<String> = extent.able.iter().map(|able| code(locale, book, "capability", able)).collect();
    let between = "・"; // data, not a sentence
    let parts = [kinds.join(between), extent.area.clone(), able.join(between)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" / ")
}

fn day(document: &Document) -> String {
    document.on.map(format_era_long).unwrap_or_default()
}

impl List {
    /// The pages of this edition.
    pub fn of(document: &Document, desk: &DeskProfile, book: &Codebook) -> Self {
        let locale = Locale::new(Lang::Ja);
        Self {
            title: title(&locale, book, document),
            number: document.number,
            date: day(document),
            by: By::of(desk),
            note: document.note.clone(),
            extent: extent(&locale, book, document),
            with_staff: !document.staff_columns.is_empty(),
            rows: document.rows.iter().map(|row| line(document, row, &locale, book)).collect(),
            table: table(document, &locale, book),
        }
    }
}

/// The edition as a table: all of its columns, and those of its staff.
fn table(document: &Document, locale: &Locale, book: &Codebook) -> Vec<Vec<String>> {
    let of_office = document.columns.iter().map(|column| label(locale, "office", column));
    let of_staff =
        document.staff_columns.iter().map(|column| locale.f(STAFF_HEAD, &[("what", &label(locale, "staff", column))]));
    let mut rows = vec![of_office.chain(of_staff.map(std::borrow::Cow::into_owned)).collect()];
    for row in &document.rows {
        let office: Vec<String> =
            document.columns.iter().map(|column| shown(locale, book, column, document.cell(row, column))).collect();
        let nobody = [Person::default()];
        let people = if row.staff.is_empty() { &nobody[..] } else { &row.staff };
        for person in people {
            let cells = document.staff_columns.iter().map(|column| document.staff_cell(person, column).to_owned());
            rows.push(office.iter().cloned().chain(cells).collect());
        }
    }
    rows
}

fn line(document: &Document, row: &Row, locale: &Locale, book: &Codebook) -> Line {
    let text = |column: &str| shown(locale, book, column, document.cell(row, column));
    let filled = document.columns.iter().filter(|column| !PLACED.contains(&column.as_str()));
    let filled = filled.filter(|column| !document.cell(row, column).is_empty());
    let place = [text("postal_code"), text("address")];
    Line {
        name: text("name"),
        department: text("department"),
        kind: text("kind"),
        area: text("area"),
        place: place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "),
        phone: text("phone"),
        extension: text("extension"),
        fax: text("fax"),
        rest: filled.map(|column| Labelled { label: label(locale, "office", column), value: text(column) }).collect(),
        staff: row.staff.iter().map(|person| staff(document, person)).collect(),
    }
}

fn staff(document: &Document, person: &Person) -> Staff {
    let text = |column: &str| document.staff_cell(person, column).to_owned();
    Staff {
        name: text("name"),
        department: text("department"),
        role: text("role"),
        phone: text("phone"),
        extension: text("extension"),
        handles: text("handles"),
    }
}

/// A difference of one office. `what` is a label, or says that the whole office or person came or went.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Difference {
    /// 担当者 whom it is about; empty: the office itself.
    pub person: String,
    /// What it is: a label, 掲載, 削除.
    pub what: String,
    /// What stood there; may be empty.
    pub before: String,
    /// What stands there; may be empty.
    pub after: String,
}

/// What changed about one office.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ChangedOffice {
    /// 名称.
    pub name: String,
    /// What.
    pub what: Vec<Difference>,
}

/// 変更一覧. Templates use the members by these names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Changes {
    /// 連携室一覧表 and the like.
    pub title: String,
    /// From this edition.
    pub from: u32,
    /// Its day.
    pub from_date: String,
    /// To this edition; 0: to the directory as it is now.
    pub to: u32,
    /// Its day, or today.
    pub to_date: String,
    /// Who gives it away.
    pub by: By,
    /// The offices that changed.
    pub offices: Vec<ChangedOffice>,
}

/// Differences in words, of one office.
pub fn told(changed: &Changed, locale: &Locale, book: &Codebook) -> ChangedOffice {
    let word = |key: &str| locale.t(key).into_owned();
    let what = changed.what.iter().map(|what| match what {
        What::Added => Difference { what: word("edition-added"), ..Difference::default() },
        What::Removed => Difference { what: word("edition-removed"), ..Difference::default() },
        What::Field { member, before, after } => Difference {
            person: String::new(),
            what: label(locale, "office", member),
            before: shown(locale, book, member, before),
            after: shown(locale, book, member, after),
        },
        What::PersonAdded(name) => {
            Difference { person: name.clone(), what: word("edition-added"), ..Difference::default() }
        }
        What::PersonRemoved(name) => {
            Difference { person: name.clone(), what: word("edition-removed"), ..Difference::default() }
        }
        What::PersonField { person, member, before, after } => Difference {
            person: person.clone(),
            what: label(locale, "staff", member),
            before: before.clone(),
            after: after.clone(),
        },
    });
    ChangedOffice { name: changed.name.clone(), what: what.collect() }
}

impl Changes {
    /// The page of what changed between these.
    pub fn of(before: &Document, after: &Document, found: &[Changed], desk: &DeskProfile, book: &Codebook) -> Self {
        let locale = Locale::new(Lang::Ja);
        Self {
            title: title(&locale, book, before),
            from: before.number,
            from_date: day(before),
            to: after.number,
            to_date: day(after),
            by: By::of(desk),
            offices: found.iter().map(|changed| told(changed, &locale, book)).collect(),
        }
    }
}

/// Somebody who has an older edition.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Old {
    /// The newest edition that they have.
    pub number: u32,
    /// Who.
    pub name: String,
    /// When they received it.
    pub date: String,
    /// How, by its label.
    pub how: String,
    /// 部数.
    pub copies: u32,
}

/// 旧版を持つ配付先. Templates use the members by these names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Recall {
    /// 連携室一覧表 and the like.
    pub title: String,
    /// The newest edition.
    pub number: u32,
    /// Its day.
    pub date: String,
    /// Who gives it away.
    pub by: By,
    /// Who has an older one, the oldest edition first.
    pub holders: Vec<Old>,
}

impl Recall {
    /// The page of who has an edition older than `newest`.
    pub fn of(newest: &Document, holders: &[Holder<'_>], desk: &DeskProfile, book: &Codebook) -> Self {
        let locale = Locale::new(Lang::Ja);
        let old = |holder: &Holder<'_>| Old {
            number: holder.number,
            name: holder.recipient.name.clone(),
            date: holder.recipient.on.map(format_era_long).unwrap_or_default(),
            how: code(&locale, book, "method", &holder.recipient.how),
            copies: holder.recipient.copies,
        };
        Self {
            title: title(&locale, book, newest),
            number: newest.number,
            date: day(newest),
            by: By::of(desk),
            holders: holders.iter().map(old).collect(),
        }
    }
}
