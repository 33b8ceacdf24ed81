//! How the list at the caret and the line about the signs are drawn. Changes no state.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Memo;
use super::list::Open;
use crate::keys::{Action, Key, KeyCode};
use crate::screens::look::Look;
use crate::widgets::clear::clear_area;
use crate::widgets::list::{BAR, ListState, MARK};
use crate::widgets::paint::put;
use crate::widgets::panel::Panel;
use crate::widgets::width::{truncate, width};

/// The most rows of choices that show at once, and the least for which a side of the caret is taken.
const ROWS: u16 = 6;
const LEAST: u16 = 3;
/// The widest list, with its border.
const WIDEST: u16 = 60;

/// Draws the open list at the caret: under its line in the slip, else in the place of the choices `under` the slip, which
/// a memo has none of, else above. Nothing of the memo is covered where there is another place.
pub fn list(memo: &Memo, look: &Look<'_>, slip: Rect, under: Rect, caret: Position, buf: &mut Buffer) {
    let Some(open) = memo.open() else { return };
    let wanted = u16::try_from(open.rows.len()).unwrap_or(ROWS).min(ROWS) + 2;
    let below = slip.bottom().saturating_sub(caret.y + 1);
    let above = caret.y.saturating_sub(slip.y);
    let (y, height) = if below >= wanted.min(LEAST + 2) {
        (caret.y + 1, wanted.min(below))
    } else if under.height >= wanted.min(LEAST + 2) {
        (under.y, wanted.min(under.height))
    } else {
        (caret.y - wanted.min(above), wanted.min(above))
    };
    let width = needed(open, look).clamp(WIDEST.min(36), WIDEST).min(slip.width);
    if height < 3 || width < 12 {
        return;
    }
    let x = caret.x.saturating_sub(2).clamp(slip.x, slip.right().saturating_sub(width).max(slip.x));
    draw(open, look, Rect { x, y, width, height }, buf);
}

/// The cells that the rows need, with border, mark and scrollbar.
fn needed(open: &Open, look: &Look<'_>) -> u16 {
    let row = |row: &super::list::Row| width(&row.label) + width(&row.beside) + 2;
    let widest = open.rows.iter().take(usize::from(ROWS) * 4).map(row).max().unwrap_or(0);
    widest.saturating_add(MARK + BAR + 2).max(width(&foot(look)) + 6)
}

fn draw(open: &Open, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    clear_area(buf, area);
    let count = look.locale.f("intake-count", &[("count", &open.rows.len().to_string())]);
    let inner = Panel::new(look.theme).title(&look.t(open.title())).right(&count).focused(true).draw(buf, area);
    let keys = foot(look);
    if width(&keys) + 4 <= area.width {
        put(buf, area.x + 2, area.bottom() - 1, area.width - 4, &format!(" {keys} "), look.theme.hint);
    }
    open.state.draw(buf, inner, look.theme, open.rows.len(), true, |buf, slot| {
        let Some(row) = open.rows.get(slot.index) else { return };
        let room = ListState::row_area(inner).width.min(slot.area.width);
        let label = truncate(&row.label, room);
        let end = put(buf, slot.area.x, slot.area.y, room, &label, look.theme.text);
        let left = (slot.area.x + room).saturating_sub(end + 2);
        let beside = truncate(&row.beside, left);
        let x = slot.area.x + room - width(&beside).min(room);
        if left > 3 {
            put(buf, x, slot.area.y, left, &beside, look.theme.muted);
        }
    });
}

/// `Up Down 選ぶ  Enter 入れる  Esc 閉じる`.
fn foot(look: &Look<'_>) -> String {
    let key = |code| Key::plain(code).display();
    let close = look.key(Action::Back).unwrap_or_default();
    let values =
        [("up", key(KeyCode::Up)), ("down", key(KeyCode::Down)), ("enter", key(KeyCode::Enter)), ("close", close)];
    let values: Vec<(&'static str, &str)> = values.iter().map(|(name, key)| (*name, key.as_str())).collect();
    look.locale.f("memo-list-keys", &values).into_owned()
}

/// The line about the signs, in the lower border of the slip: under the memo, at all times, and at no row's cost.
pub fn signs(memo: &Memo, look: &Look<'_>, slip: Rect, buf: &mut Buffer) {
    let Some(y) = slip.height.checked_sub(1).map(|down| slip.y + down).filter(|_| slip.width > 8) else { return };
    let next = look.key(Action::NextField).unwrap_or_default();
    let at_place = memo.is_at_place();
    let line = if at_place { look.locale.f("memo-place", &[("next", &next)]) } else { look.t("memo-signs") };
    put(buf, slip.x + 2, y, slip.width - 4, &format!(" {} ", truncate(&line, slip.width - 6)), look.theme.hint);
}
