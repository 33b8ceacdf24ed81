//! A 変更届 that came back, as the clerk left it: columns widened, rows added, the first columns lost, saved by another
//! program. Knows no directory: what the values lead to is for [`super::plan`] to say.

use std::path::Path;

use chrono::NaiveDate;

use super::cells::{self, Form, Place, is_as_before, is_nothing};
use super::{MARK, place};
use crate::desk::date;
use crate::desk::id::Id;
use crate::desk::office::Staff;
use crate::desk::proposal::{Expected, FIELDS, Part, STAFF_FIELDS, alike, answer_code, understood};
use crate::exchange::error::{ImportError, Refusal};
use crate::exchange::table::{MAX_FILE_MB, Row, Sheet};
use crate::exchange::{ability, clean, workbook};
use crate::locale::Locale;
use crate::search::fold;

/// One value of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// What it is about.
    pub part: Part,
    /// What stood there when the sheet was made; none where that is lost.
    pub base: Option<String>,
    /// What it is to be, as the directory keeps it; or what was written, with what it should have been.
    pub wanted: Result<String, (String, Expected)>,
    /// Where.
    pub at: Place,
}

/// One row of the table of people.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Who; none where the row is new or has lost its key.
    pub id: Option<Id>,
    /// What stood there, in the order of [`STAFF_FIELDS`].
    pub base: Option<Vec<String>>,
    /// What stands there.
    pub staff: Staff,
    /// A telephone number that is none.
    pub bad_phone: bool,
    /// Whether the person has left.
    pub left: bool,
    /// Where the row begins.
    pub at: Place,
    /// The row.
    pub row: u32,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Returned {
    /// The file and the sheet.
    pub at: Place,
    /// The office that it was made for; none where that is lost.
    pub office: Option<Id>,
    /// When it was made.
    pub made_on: Option<NaiveDate>,
    /// The office's name on it.
    pub name: String,
    /// The number on it.
    pub phone: String,
    /// Whether it is ticked that everything still holds.
    pub unchanged: bool,
    /// The day that stands on it.
    pub filled_on: Option<NaiveDate>,
    /// What differs from what stood there.
    pub values: Vec<Value>,
    /// The people.
    pub people: Vec<Person>,
    /// A hash of all that stands on it.
    pub mark: String,
}

/// Reads the sheets of a file; `words` are those that it was made with.
///
/// # Errors
/// An [`ImportError`] where the file does not read, or no sheet of it is a 変更届.
pub fn file(path: &Path, words: &Locale, today: NaiveDate) -> Result<Vec<Returned>, ImportError> {
    let (name, bytes) = bytes(path)?;
    from_bytes(&name, &bytes, words, today)
}

/// A file's name without its folders, and what it holds.
pub fn bytes(path: &Path) -> Result<(String, Vec<u8>), ImportError> {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let unreadable = |e: &std::io::Error| ImportError::new(&name, Refusal::Unreadable { why: e.kind().to_string() });
    let about = std::fs::metadata(path).map_err(|e| unreadable(&e))?;
    if about.is_dir() {
        return Err(ImportError::new(&name, Refusal::NoProposal));
    }
    if about.len() > MAX_FILE_MB << 20 {
        return Err(ImportError::new(&name, Refusal::TooLarge { limit: MAX_FILE_MB }));
    }
    let bytes = std::fs::read(path).map_err(|e| unreadable(&e))?;
    Ok((name, bytes))
}

/// The sheets of a workbook; `none` is why another file is refused.
pub fn workbook_of(name: &str, bytes: &[u8], none: Refusal) -> Result<Vec<Sheet>, ImportError> {
    if bytes.starts_with(b"PK\x03\x04") {
        workbook::read_form(name, bytes)
    } else if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        Err(ImportError::new(name, Refusal::OldExcel))
    } else {
        Err(ImportError::new(name, none))
    }
}

/// The same for a file that is in memory.
///
/// # Errors
/// As [`file()`].
pub fn from_bytes(name: &str, bytes: &[u8], words: &Locale, today: NaiveDate) -> Result<Vec<Returned>, ImportError> {
    let mut found = Vec::new();
    for sheet in workbook_of(name, bytes, Refusal::NoProposal)? {
        let reader = Reader { form: Form::of(&sheet, MARK), file: name, words, today };
        found.extend(reader.returned());
    }
    if found.is_empty() { Err(ImportError::new(name, Refusal::NoProposal)) } else { Ok(found) }
}

struct Reader<'a> {
    form: Form<'a>,
    file: &'a str,
    words: &'a Locale,
    today: NaiveDate,
}

/// Where the table of values has its columns.
#[derive(Clone, Copy)]
struct Columns {
    label: usize,
    now: usize,
    after: usize,
}

impl Reader<'_> {
    fn word(&self, key: &str) -> String {
        self.words.t(key).into_owned()
    }

    /// The sheet, where it is one: by its mark, else by the heads of its tables.
    fn returned(&self) -> Option<Returned> {
        let rows = &self.form.sheet.rows;
        let heads: Vec<(usize, Columns)> =
            rows.iter().enumerate().filter_map(|(at, row)| Some((at, self.columns(row)?))).collect();
        let (first, columns) = *heads.first()?;
        let about = |name: &str| self.form.about.get(name).and_then(serde_json::Value::as_str);
        let at = Place { file: self.file.to_owned(), sheet: self.form.sheet.name.clone(), cell: String::new() };
        let (unchanged, filled_on) = self.filled();
        let mut returned = Returned {
            at,
            office: about("office").and_then(|id| id.parse().ok()),
            made_on: about("made").and_then(|day| day.parse().ok()),
            name: String::new(),
            phone: String::new(),
            unchanged,
            filled_on,
            values: Vec::new(),
            people: Vec::new(),
            mark: self.hash(),
        };
        let people = rows.iter().position(|row| self.is_people_head(row));
        let ends = heads.get(1).map_or(rows.len(), |(at, _)| *at);
        for row in rows.iter().take(people.unwrap_or(ends)).skip(first + 1) {
            self.value(row, columns, &FIELDS.map(Part::Office), &mut returned);
        }
        if let Some((at, columns)) = heads.get(1) {
            for row in rows.iter().skip(at + 1) {
                self.value(row, *columns, &[], &mut returned);
            }
        }
        if let Some(head) = people {
            self.people(rows.get(head..ends).unwrap_or_default(), &mut returned);
        }
        Some(returned)
    }

    /// The columns of a table of values, where this row is its head.
    fn columns(&self, row: &Row) -> Option<Columns> {
        let now = self.form.column(row, &self.word("proposal-sheet-now"))?;
        let after = self.form.column(row, &self.word("proposal-sheet-after"))?;
        let label = (0..now)
            .find(|column| self.form.keys.is_none_or(|keys| *column > keys + 1) && !row.cell(*column).is_empty())?;
        Some(Columns { label, now, after })
    }

    fn is_people_head(&self, row: &Row) -> bool {
        ["name", "kana", "role"]
            .iter()
            .all(|member| self.form.column(row, &self.word(&format!("field-staff-{member}"))).is_some())
    }

    /// What stands in the line of who filled it in.
    fn filled(&self) -> (bool, Option<NaiveDate>) {
        let (tick, when) = (self.word("proposal-sheet-unchanged"), self.word("proposal-sheet-when"));
        let beside = |word: &str| {
            self.form.sheet.rows.iter().take(20).find_map(|row| {
                let column = self.form.column(row, word)?;
                (column + 1..row.cells.len()).map(|at| row.cell(at).trim()).find(|text| !text.is_empty())
            })
        };
        let who = self.word("proposal-sheet-who");
        // The next thing in the row may be the next label: then the box is empty.
        let ticked = beside(&tick).is_some_and(|text| !fold::same(text, &who) && clean::mark(text) == Some(true));
        let day = beside(&when).and_then(|text| date::parse(&clean::line(text), self.today).ok());
        (ticked, day.map(|parsed| parsed.date).filter(|day| *day <= self.today))
    }

    /// All that a person can write, so that the same sheet is known again however it was saved.
    fn hash(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.form.about.to_string().as_bytes());
        for cell in self.form.sheet.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.trim().is_empty()) {
            hasher.update(clean::lines(cell).as_bytes()).update(b"\n");
        }
        hasher.finalize().to_hex().chars().take(32).collect()
    }

    /// One row of a table of values: by its key, else by its label.
    fn value(&self, row: &Row, columns: Columns, known: &[Part], returned: &mut Returned) {
        let label = row.cell(columns.label);
        let keyed = self.form.key(row).parse::<Part>().ok();
        let labelled = || {
            let name = |part: &&Part| match part {
                Part::Office(member) => fold::same(label, &self.word(&label_key(member))),
                Part::Able(_) | Part::Staff(..) | Part::Left(_) | Part::New(_) => false,
            };
            known.iter().find(name).cloned().or_else(|| self.ability(label, known))
        };
        let Some(part) = keyed.or_else(labelled) else { return };
        let (now, after) = (row.cell(columns.now).trim(), row.cell(columns.after).trim());
        match part {
            Part::Office("name") => returned.name = clean::line(now),
            Part::Office("phone") => returned.phone = clean::line(now),
            Part::Office(_) | Part::Able(_) | Part::Staff(..) | Part::Left(_) | Part::New(_) => {}
        }
        let base = self.form.base(row).map(str::to_owned);
        let stood = base.clone().or_else(|| self.understood(&part, now).ok());
        let column = if after.is_empty() { columns.now } else { columns.after };
        let wanted = match (after.is_empty(), &base) {
            (false, _) => self.understood(&part, after).map_err(|expected| (clean::lines(after), expected)),
            // Written over what stood there: the protection was taken off, or the cells were merged.
            (true, Some(base)) if !now.is_empty() && !alike(now, base) => match self.understood(&part, now) {
                Ok(now) if !same(&part, &now, base) => Ok(now),
                Ok(_) | Err(_) => return,
            },
            (true, _) => return,
        };
        if is_as_before(after)
            || wanted.as_ref().is_ok_and(|wanted| stood.as_ref().is_some_and(|stood| same(&part, wanted, stood)))
        {
            return;
        }
        let at = place(self.file, &self.form.sheet.name, row.number, column);
        returned.values.push(Value { part, base: stood, wanted, at });
    }

    /// The ability whose label this is, where the keys are lost; only in the table of abilities.
    fn ability(&self, label: &str, known: &[Part]) -> Option<Part> {
        let named = |code: &&str| fold::same(label, &self.words.t(&format!("code-capability-{code}")));
        let codes = crate::desk::codebook::list("capability")?.entries.iter().map(|entry| entry.code);
        let found = codes.filter(|_| known.is_empty() && !label.is_empty()).find(named)?;
        Some(Part::Able(found.to_owned()))
    }

    /// A cell as the directory keeps it.
    fn understood(&self, part: &Part, text: &str) -> Result<String, Expected> {
        let text = match part {
            Part::Office("phone" | "fax") if !is_nothing(text) => {
                clean::phone(text, "").map_err(|_| Expected::Phone)?.number
            }
            Part::Office("accepting") | Part::Able(_) if !text.is_empty() => {
                let answer = ability::written(&fold::plain(text)).ok_or(Expected::Answer)?;
                return Ok(answer_code(answer).to_owned());
            }
            Part::Office("hours" | "closed" | "handles") => clean::lines(text),
            Part::Office("email" | "url" | "postal_code" | "extension") => clean::line(&fold::plain(text)),
            Part::Office(_) | Part::Able(_) | Part::Staff(..) | Part::Left(_) | Part::New(_) => clean::line(text),
        };
        let text = if is_nothing(&text) { String::new() } else { text };
        understood(part, &text, self.today)
    }

    /// The rows under the head of the table of people, up to the next table.
    fn people(&self, rows: &[Row], returned: &mut Returned) {
        let Some((head, rows)) = rows.split_first() else { return };
        let columns = STAFF_FIELDS.map(|member| self.form.column(head, &self.word(&format!("field-staff-{member}"))));
        let left = self.form.column(head, &self.word("proposal-sheet-left"));
        for row in rows {
            let mut values = columns.map(|column| column.map(|c| clean::line(row.cell(c))).unwrap_or_default());
            if values.iter().all(String::is_empty) {
                continue;
            }
            let raw = values.clone();
            let [.., phone, extension, _] = &mut values;
            let number = clean::phone(phone, "");
            let bad_phone = number.is_err();
            if let Ok(split) = number {
                *phone = split.number;
                if extension.is_empty() {
                    *extension = split.extension;
                }
            }
            *extension = fold::plain(extension);
            let [name, kana, role, department, phone, extension, handles] = values;
            let staff = Staff { name, kana, department, role, phone, extension, handles, ..Staff::default() };
            let key = self.form.key(row);
            let id = key.strip_prefix("@person ").and_then(|id| id.trim().parse().ok());
            let base: Option<Vec<String>> =
                self.form.base(row).filter(|_| id.is_some()).and_then(|text| serde_json::from_str(text).ok());
            if base.as_ref().is_some_and(|base| base.iter().map(|b| clean::line(b)).eq(raw)) && !Self::marks(row, left)
            {
                continue;
            }
            let column = columns.iter().flatten().next().copied().unwrap_or_default();
            let at = place(self.file, &self.form.sheet.name, row.number, column);
            let left = Self::marks(row, left);
            returned.people.push(Person { id, base, staff, bad_phone, left, at, row: row.number });
        }
    }

    /// Whether something stands in the column of those who have left.
    fn marks(row: &Row, column: Option<usize>) -> bool {
        column.is_some_and(|column| {
            let text = row.cell(column).trim();
            !text.is_empty() && clean::mark(text) != Some(false)
        })
    }
}

fn label_key(member: &str) -> String {
    format!("field-office-{}", member.replace('_', "-"))
}

/// Whether two values of a part are one: a number by its digits, others to the letter but for blanks.
pub fn same(part: &Part, a: &str, b: &str) -> bool {
    match part {
        Part::Office("phone" | "fax" | "postal_code") | Part::Staff(_, "phone") => {
            crate::desk::phone::digits(a) == crate::desk::phone::digits(b)
        }
        Part::Office("email" | "url" | "extension") | Part::Staff(_, "extension") => {
            alike(&fold::plain(&clean::line(a)), &fold::plain(&clean::line(b)))
        }
        Part::Office(_) | Part::Able(_) | Part::Staff(..) | Part::Left(_) | Part::New(_) => {
            alike(&clean::lines(a), &clean::lines(b))
        }
    }
}

impl Returned {
    /// The cells that hold something else than they should.
    pub fn misread(&self) -> Vec<cells::Misread> {
        let values = self.values.iter().filter_map(|value| {
            let (_, expected) = value.wanted.as_ref().err()?;
            Some(cells::Misread::new(value.at.clone(), *expected))
        });
        let people = self.people.iter().filter(|person| person.bad_phone);
        values.chain(people.map(|person| cells::Misread::new(person.at.clone(), Expected::Phone))).collect()
    }
}
