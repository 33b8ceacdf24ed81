//! Two records of one person, field by field: which value stays. Nothing is lost: the contacts and cases of both stay as
//! they are, numbers are added, and one undo takes it back.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame::framed;
use super::{Flow, Popup};
use crate::app::hands::Hands;
use crate::desk::date;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::person::Person;
use crate::keys::{Action, Context};
use crate::screens::form::{Around, Focus};
use crate::screens::lists;
use crate::screens::look::Look;
use crate::widgets::list::ListState;
use crate::widgets::paint::put;
use crate::widgets::width::truncate;

/// The fields of which one value stays.
const FIELDS: [&str; 7] = ["name", "kana", "kind", "relation", "office", "fax", "area"];

/// Two records of one person.
pub struct Merge {
    keep: (Id, Person),
    gone: (Id, Person),
    /// For each field, whether the value of the one that goes stays.
    theirs: [bool; FIELDS.len()],
    list: ListState,
}

impl Merge {
    /// `gone` is to become `keep`. Where only one of them knows something, that stays.
    pub fn new(keep: (Id, Person), gone: (Id, Person)) -> Self {
        let theirs = FIELDS.map(|field| text(&keep.1, field).is_empty() && !text(&gone.1, field).is_empty());
        Self { keep, gone, theirs, list: ListState::default() }
    }

    /// The person as it stays.
    fn merged(&self) -> Person {
        let mut person = self.keep.1.completed(&self.gone.1);
        for (field, theirs) in FIELDS.iter().zip(self.theirs) {
            let from = if theirs { &self.gone.1 } else { &self.keep.1 };
            let value = text(from, field).to_owned();
            match *field {
                "name" => person.name = value,
                "kana" => person.kana = value,
                "kind" => person.kind = value,
                "relation" => person.relation = value,
                "office" => (person.office, person.office_id) = (value, from.office_id),
                "fax" => person.fax = value,
                _ => person.area = value,
            }
        }
        person
    }

    fn toggle(&mut self) {
        if let Some(theirs) = self.list.selected(FIELDS.len()).and_then(|at| self.theirs.get_mut(at)) {
            *theirs = !*theirs;
        }
    }
}

/// A field of a person as it is kept.
fn text<'a>(person: &'a Person, field: &str) -> &'a str {
    match field {
        "name" => &person.name,
        "kana" => &person.kana,
        "kind" => &person.kind,
        "relation" => &person.relation,
        "office" => &person.office,
        "fax" => &person.fax,
        _ => &person.area,
    }
}

impl Popup for Merge {
    fn takes(&self) -> Focus {
        Focus::Code
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Popup, Context::List, Context::Global]
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Flow {
        match action {
            Action::Accept | Action::SaveCall => {
                let (keep, gone) = (&self.keep, self.gone.0);
                hands.commit(edits::merge_persons(hands.model.me, (keep.0, &keep.1), gone, &self.merged()));
                return Flow::Close;
            }
            Action::Cancel | Action::Back => return Flow::Close,
            Action::Mark => self.toggle(),
            _ => _ = lists::go(&mut self.list, action, FIELDS.len()),
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, _hands: &mut Hands<'_>) -> Flow {
        // A blank, of any width: an input method that was left on gives the wide one.
        if text.chars().all(char::is_whitespace) {
            self.toggle();
        }
        Flow::Stay
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Accept, Action::Mark, Action::Up, Action::Down, Action::Cancel]
    }

    fn view(&self, look: &Look<'_>, _around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let rows = u16::try_from(FIELDS.len()).unwrap_or(u16::MAX);
        let inner = framed(&look.t("merge-title"), 92, rows + 6, look, area, buf);
        let half = inner.width.saturating_sub(12) / 2;
        let second = inner.x + 12 + half;
        put(buf, inner.x + 12, inner.y, half, &look.t("merge-keep"), look.theme.label);
        put(buf, second, inner.y, half, &look.t("merge-gone"), look.theme.label);
        let list = Rect { y: inner.y + 1, height: rows.min(inner.height.saturating_sub(1)), ..inner };
        self.list.draw(buf, list, look.theme, FIELDS.len(), true, |buf, slot| {
            let Some((field, theirs)) = FIELDS.get(slot.index).zip(self.theirs.get(slot.index)) else { return };
            let value = |person: &Person| {
                let text = text(person, field);
                if *field == "kind" { look.short_code("caller-kind", text) } else { text.to_owned() }
            };
            let label = look.locale.t(&format!("field-person-{field}")).into_owned();
            put(buf, slot.area.x, slot.area.y, 9, &label, look.theme.label);
            for (x, person, stays) in [(inner.x + 12, &self.keep.1, !theirs), (second, &self.gone.1, *theirs)] {
                // The word is the sign: colours are not seen by everybody.
                let sign = if stays { look.t("merge-stays").into_owned() } else { String::new() };
                let style = if stays { look.theme.value } else { look.theme.muted };
                put(buf, x, slot.area.y, 3, &sign, look.theme.ok);
                let room = half.saturating_sub(4);
                put(buf, x + 3, slot.area.y, room, &truncate(&value(person), room), style);
            }
        });
        let merged = self.merged();
        let birth = merged.birth.map(date::format_era).unwrap_or_default();
        let phones: Vec<&str> = merged.phones.values().map(String::as_str).collect();
        let cases = merged.seen.len().to_string();
        let lines = [
            look.locale.f("merge-phones", &[("phones", &phones.join(" ")), ("birth", &birth)]).into_owned(),
            look.locale.f("merge-cases", &[("count", &cases)]).into_owned(),
        ];
        for (y, line) in (list.bottom()..inner.bottom()).zip(&lines) {
            put(buf, inner.x, y, inner.width, &truncate(line, inner.width), look.theme.text);
        }
        None
    }
}
