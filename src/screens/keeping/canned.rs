//! 定型文: the texts that the desk puts into a memo by a sign and two letters. Everybody may change them: they are the
//! words of whoever answers, and a change is taken back like any other.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Page;
use crate::app::hands::{Hands, Tone};
use crate::app::model::Model;
use crate::desk::canned::{self, Canned};
use crate::desk::edits;
use crate::desk::operator::Role;
use crate::desk::say::Say;
use crate::keys::Action;
use crate::popups::confirm::Confirm;
use crate::popups::sheet::Sheet;
use crate::screens::form::field::{Field, FieldKind, Target, field};
use crate::screens::form::values::Values;
use crate::screens::form::{Focus, Form};
use crate::screens::look::Look;
use crate::screens::{Screen, lists};
use crate::search::fold;
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;
use crate::widgets::paint::put_wrapped;
use crate::widgets::panel::Panel;
use crate::widgets::table::{Column, Columns};

/// A text.
const TEXT: &[Field] = &[
    field(Target::Canned, "name", FieldKind::Line, 0, 0, 1),
    field(Target::Canned, "title", FieldKind::Line, 0, 1, 1),
    field(Target::Canned, "text", FieldKind::Memo, 0, 2, 1),
];

/// The rows under the list for the text that is chosen, with a blank one before them.
const BELOW: u16 = 7;

/// The page.
#[derive(Debug, Default)]
pub struct CannedTexts {
    list: ListState,
}

impl CannedTexts {
    fn chosen(&self, hands: &Hands<'_>) -> Option<Canned> {
        let texts = hands.model.canned_texts(hands.locale);
        self.list.selected(texts.len()).and_then(|at| texts.into_iter().nth(at))
    }

    fn remove(&self, hands: &mut Hands<'_>) {
        let Some(text) = self.chosen(hands) else { return };
        let question = Say::new("canned-remove-question").with("name", text.name.clone()).with("title", text.title);
        hands.open(Confirm::new(question, move |hands| {
            hands.commit(edits::remove_canned(hands.model.me, hands.model.desk_id, &text.name));
        }));
    }
}

/// Asks for a text: a new one where there is none `before`.
fn ask(before: Option<Canned>, hands: &mut Hands<'_>) {
    let title = Say::new(if before.is_some() { "canned-edit" } else { "canned-add" });
    let mut values = Values::default();
    if let Some(text) = &before {
        values.set_text(Target::Canned, "name", &text.name);
        values.set_text(Target::Canned, "title", &text.title);
        values.set_text(Target::Canned, "text", &text.text);
    }
    let sheet = Sheet::new(title, Form::new(TEXT, values), move |hands, values| {
        let after = read(before.as_ref(), values, hands)?;
        match edits::keep_canned(hands.model.me, hands.model.desk_id, before.as_ref(), &after) {
            Some(batch) => hands.commit(batch),
            None => hands.say(Say::new("keeping-unchanged"), Tone::Good),
        }
        Ok(())
    });
    hands.open(sheet.notes(vec![Say::new("canned-about-places")]));
}

/// The text that a sheet leads to, or what is wrong with it.
fn read(before: Option<&Canned>, values: &Values, hands: &Hands<'_>) -> Result<Canned, Say> {
    let value = |member| values.text(Target::Canned, member);
    let typed = fold::one_line(value("name"));
    let name: String = typed.chars().map(|c| fold::command_key(c).unwrap_or(c).to_ascii_lowercase()).collect();
    if !canned::is_name(&name) {
        return Err(Say::new("canned-wrong-name"));
    }
    let own = before.is_some_and(|before| before.name == name);
    if !own && hands.model.canned_texts(hands.locale).iter().any(|text| text.name == name) {
        return Err(Say::new("canned-same-name").with("name", name));
    }
    let (title, text) = (fold::one_line(value("title")), value("text").trim_end().to_owned());
    if title.is_empty() || text.is_empty() {
        return Err(Say::new("canned-needed"));
    }
    Ok(Canned { name, title, text })
}

impl Screen for CannedTexts {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        match action {
            Action::Open | Action::Edit => {
                if let Some(text) = self.chosen(hands) {
                    ask(Some(text), hands);
                }
            }
            Action::AddText => ask(None, hands),
            Action::RemoveText => self.remove(hands),
            _ => return lists::go(&mut self.list, action, hands.model.canned_texts(hands.locale).len()),
        }
        true
    }

    fn text(&mut self, _text: &str, _hands: &mut Hands<'_>) {}

    fn edit(&mut self, _edit: Edit<'_>, _hands: &mut Hands<'_>) {}

    fn hints(&self) -> &'static [Action] {
        &[Action::Edit, Action::AddText, Action::RemoveText, Action::NextPage, Action::Undo, Action::Help]
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let texts = model.canned_texts(look.locale);
        let count = look.locale.f("intake-count", &[("count", &texts.len().to_string())]);
        let title = look.t("canned-page");
        let inner = Panel::new(look.theme).title(&title).right(&count).focused(true).draw(buf, area);
        let below = BELOW.min(inner.height / 2);
        let rows = Rect { height: inner.height - below, ..inner };
        let columns = [Column::new("", 2, 2, 9), Column::new("", 12, 28, 8), Column::new("", 10, Column::REST, 5)];
        let columns = Columns::new(columns, ListState::row_area(rows).width);
        self.list.draw(buf, rows, look.theme, texts.len(), true, |buf, slot| {
            let Some(text) = texts.get(slot.index) else { return };
            columns.draw_row(buf, slot.area, |column| match column {
                0 => (text.name.as_str().into(), look.theme.key),
                1 => (text.title.as_str().into(), look.theme.text),
                _ => (text.text.lines().next().unwrap_or_default().into(), look.theme.muted),
            });
        });
        let below = Rect {
            x: inner.x + 1,
            y: rows.bottom() + 1,
            width: inner.width.saturating_sub(2),
            height: below.saturating_sub(1),
        };
        let about = put_wrapped(buf, below, &look.t("canned-about"), look.theme.muted);
        let about = Rect { y: below.y + about, height: below.height - about, ..below };
        if let Some(text) = self.list.selected(texts.len()).and_then(|at| texts.get(at)) {
            put_wrapped(buf, about, &text.text, look.theme.text);
        }
        None
    }
}

impl Page for CannedTexts {
    fn title(&self) -> &'static str {
        "canned-page"
    }

    fn seen_by(&self, _role: Role) -> bool {
        true
    }
}
