//! The recovery key, shown this once: it goes when its last group was typed back, which nobody does without having it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame::framed;
use super::{Flow, Popup};
use crate::app::hands::Hands;
use crate::desk::secret::Secret;
use crate::keys::{Action, Context};
use crate::screens::form::{Around, Focus};
use crate::screens::look::Look;
use crate::search::fold;
use crate::widgets::edit::Edit;
use crate::widgets::paint::{put, put_wrapped};
use crate::widgets::secret_field::SecretField;

/// The key over everything else.
pub struct Recovery {
    key: Secret,
    field: SecretField,
    /// What was typed is not the last group.
    wrong: bool,
}

impl Recovery {
    /// Shows this key, in groups with blanks or hyphens between.
    pub fn new(key: Secret) -> Self {
        Self { key, field: SecretField::default(), wrong: false }
    }

    fn groups(&self) -> Vec<&str> {
        self.key.expose().split(|c: char| c.is_whitespace() || c == '-').filter(|group| !group.is_empty()).collect()
    }

    /// Whether what was typed is the last group, however it was typed.
    fn is_copied(&self) -> bool {
        self.groups().last().is_some_and(|last| fold::text(last) == fold::text(self.field.typed().trim()))
    }
}

impl Popup for Recovery {
    fn takes(&self) -> Focus {
        Focus::Line
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Popup, Context::Form, Context::Global]
    }

    fn act(&mut self, action: Action, _hands: &mut Hands<'_>) -> Flow {
        match action {
            Action::Accept | Action::NextField if self.is_copied() => return Flow::Close,
            Action::Accept | Action::NextField | Action::Cancel | Action::Back => {
                self.wrong = true;
                self.field.clear();
            }
            _ => {}
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, _hands: &mut Hands<'_>) -> Flow {
        self.wrong = false;
        self.field.edit(Edit::Insert(text));
        Flow::Stay
    }

    fn edit(&mut self, edit: Edit<'_>, _hands: &mut Hands<'_>) -> Flow {
        self.field.edit(edit);
        Flow::Stay
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Accept]
    }

    fn view(&self, look: &Look<'_>, _around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = framed(&look.t("entry-recovery-title"), 76, 16, look, area, buf);
        let mut room = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let mut down = |rows: u16| {
            let rows = rows.min(room.height);
            room = Rect { y: room.y + rows, height: room.height - rows, ..room };
            room
        };
        let at = down(0);
        let rows = put_wrapped(buf, at, &look.t("entry-recovery-about"), look.theme.text);
        let mut at = down(rows + 1);
        // Four groups a row: what is copied by hand must not be a long line.
        for groups in self.groups().chunks(4) {
            if at.height > 0 {
                put(buf, at.x + 4, at.y, at.width.saturating_sub(4), &groups.join("  "), look.theme.title);
            }
            at = down(1);
        }
        let at = down(1);
        let rows = put_wrapped(buf, at, &look.t("entry-recovery-type"), look.theme.text);
        let at = down(rows);
        let field = Rect { x: at.x + 4, width: at.width.saturating_sub(4).min(20), height: at.height.min(1), ..at };
        let caret = self.field.draw_groups(buf, field, look.theme.field_focused);
        if self.wrong {
            let at = down(1);
            put_wrapped(buf, at, &look.t("entry-recovery-wrong"), look.theme.error);
        }
        caret
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_group_however_typed_closes_it() {
        for (typed, closes) in
            [("7K2M", true), ("7k2m ", true), ("７ｋ２ｍ", true), ("AB12", false), ("", false), ("7K2", false)]
        {
            for key in ["AB12-CD34-7K2M", "AB12 CD34 7K2M"] {
                let mut popup = Recovery::new(Secret::new(key));
                popup.field.edit(Edit::Insert(typed));
                assert_eq!(popup.is_copied(), closes, "{typed}");
            }
        }
        assert!(!Recovery::new(Secret::default()).is_copied());
    }
}
