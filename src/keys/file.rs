//! One keymap file: TOML text in, rows and findings out. Knows no disk and no other file.

use toml::de::{DeTable, DeValue};

use super::action::Action;
use super::check;
use super::context::Context;
use super::diagnostic::{Diagnostic, Layer, Problem};
use super::key::Key;
use super::keymap::Binding;

/// Reads a keymap. Rows that cannot be used are left out and told about; a file that is no TOML gives no rows.
pub(super) fn read(text: &str, layer: Layer) -> (Vec<(Context, Binding)>, Vec<Diagnostic>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { text, layer, rows: Vec::new(), found: Vec::new() };
    let tables = document.get_ref();
    for error in &errors {
        let start = error.span().map_or(0, |span| span.start);
        let problem = if error.message() == "duplicate key" {
            reader.duplicate(tables, start, error.span().map_or(0, |span| span.end))
        } else {
            Problem::Syntax(error.message().to_owned())
        };
        reader.find(start, problem);
    }
    // What a half-read file seems to say may not be what was meant: nothing of it is used.
    if reader.found.iter().all(|found| matches!(found.problem, Problem::Duplicate { .. })) {
        let mut tables: Vec<_> = tables.iter().collect();
        tables.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in tables {
            let start = name.span().start;
            match (value.get_ref(), Context::from_name(name.get_ref())) {
                (DeValue::Table(rows), Some(context)) => reader.table(context, rows),
                (DeValue::Table(_), None) => {
                    reader.find(start, Problem::UnknownContext(name.get_ref().to_string()));
                }
                _ => reader.find(start, Problem::OutsideTable(name.get_ref().to_string())),
            }
        }
        reader.shadows();
    }
    reader.found.sort_by_key(|found| (found.line, found.column));
    (reader.rows, reader.found)
}

struct Reader<'a> {
    text: &'a str,
    layer: Layer,
    rows: Vec<(Context, Binding)>,
    found: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn find(&mut self, start: usize, problem: Problem) {
        let (line, column) = place(self.text, start);
        self.found.push(Diagnostic { layer: self.layer, line, column, problem });
    }

    /// The parser keeps the first of two rows of one name and tells where the second stands.
    fn duplicate(&self, tables: &DeTable<'_>, start: usize, end: usize) -> Problem {
        let written = self.text.get(start..end).unwrap_or_default().trim();
        let key = written.trim_matches(['"', '\'', '[', ']']).to_owned();
        let mut named: Vec<usize> = Vec::new();
        for (name, value) in tables {
            named.extend((name.get_ref().as_ref() == key).then(|| name.span().start));
            if let DeValue::Table(rows) = value.get_ref() {
                named.extend(
                    rows.iter().filter(|(row, _)| row.get_ref().as_ref() == key).map(|(row, _)| row.span().start),
                );
            }
        }
        // The same key may stand in several tables: the one meant is the nearest before.
        let first = named.into_iter().filter(|at| *at < start).max().unwrap_or(start);
        Problem::Duplicate { key, first: place(self.text, first).0 }
    }

    fn table(&mut self, context: Context, rows: &DeTable<'_>) {
        let mut rows: Vec<_> = rows.iter().collect();
        rows.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in rows {
            let (start, written) = (key.span().start, key.get_ref().to_string());
            match (Key::chord(&written), action(&written, value.get_ref())) {
                (Ok(chord), Ok(action)) => self.row(context, chord, action, start),
                // A row may be wrong on both sides: both are told.
                (chord, action) => {
                    if let Err(why) = chord {
                        self.find(start, Problem::UnknownKey(written, why));
                    }
                    if let Err(problem) = action {
                        self.find(value.span().start, problem);
                    }
                }
            }
        }
    }

    fn row(&mut self, context: Context, chord: Vec<Key>, action: Option<Action>, start: usize) {
        let printed = Key::print_chord(&chord);
        let same = |(other, row): &&(Context, Binding)| *other == context && row.chord == chord;
        if let Some((_, first)) = self.rows.iter().find(same) {
            let first = first.line;
            self.find(start, Problem::Duplicate { key: printed, first });
            return;
        }
        // Taking a key away does no harm, whichever it is.
        if action.is_some() {
            if context == Context::Form && chord.first().is_some_and(|key| key.text().is_some()) {
                self.find(start, Problem::TextInForm(printed));
                return;
            }
            if context == Context::Form && chord.first().is_some_and(|key| check::edits(*key)) {
                self.find(start, Problem::EditingKey(printed));
            }
            if let Some((key, trouble)) = chord.iter().find_map(|key| Some((key, check::trouble(*key)?))) {
                self.find(start, Problem::Unsendable { key: key.to_string(), trouble });
            }
        }
        let (line, column) = place(self.text, start);
        self.rows.push((context, Binding { chord, action, layer: self.layer, line, column }));
    }

    /// A chord and its own beginning in one table: the shorter one takes the keys.
    fn shadows(&mut self) {
        let mut found = Vec::new();
        for (at, (context, row)) in self.rows.iter().enumerate() {
            for (other_context, other) in self.rows.iter().take(at).filter(|(c, _)| c == context) {
                let (short, long) = if row.chord.len() < other.chord.len() { (row, other) } else { (other, row) };
                if long.chord.starts_with(&short.chord) && long.action.is_some() {
                    let problem = Problem::Shadowed {
                        short: Key::print_chord(&short.chord),
                        short_in: *context,
                        long: Key::print_chord(&long.chord),
                        long_in: *other_context,
                    };
                    found.push(Diagnostic { layer: self.layer, line: row.line, column: row.column, problem });
                }
            }
        }
        self.found.append(&mut found);
    }
}

/// What the right side of a row names: an action, or nothing (`"none"`).
fn action(written: &str, value: &DeValue<'_>) -> Result<Option<Action>, Problem> {
    let DeValue::String(name) = value else { return Err(Problem::NotText(written.to_owned())) };
    if name == "none" {
        return Ok(None);
    }
    name.parse().map(Some).map_err(|_| Problem::UnknownAction(name.to_string(), check::nearest(name)))
}

/// Line and column, from 1, the column in characters: where an editor's cursor would stand.
fn place(text: &str, start: usize) -> (usize, usize) {
    let before = text.get(..start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|char| *char != '\n').count() + 1;
    (line, column)
}
