//! 控え: where backups go, which there are, how old the last good one is; one is made or tried now. Choosing the folder
//! is a supervisor's.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Page;
use crate::app::backups::{Standing, age};
use crate::app::hands::{Hands, Request, Tone};
use crate::app::model::Model;
use crate::app::msg::{BackupRow, BackupTask};
use crate::desk::edits;
use crate::desk::operator::{DeskProfile, Role};
use crate::desk::say::Say;
use crate::keys::Action;
use crate::popups::prompt::Prompt;
use crate::screens::form::Focus;
use crate::screens::look::Look;
use crate::screens::{Screen, lists};
use crate::search::fold;
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;
use crate::widgets::paint::{put_line, put_wrapped};
use crate::widgets::panel::Panel;
use crate::widgets::table::{Column, Columns};

/// Rows above the list: the folder, the last good one, what is being done.
const ABOVE: u16 = 3;
/// Rows below it: what is wrong with the chosen one, or what to do.
const BELOW: u16 = 3;

/// The page.
#[derive(Debug, Default)]
pub struct BackupsPage {
    list: ListState,
}

fn choose_folder(hands: &mut Hands<'_>) {
    if hands.model.role() != Role::Supervisor {
        hands.say(Say::new("keeping-supervisors-only"), Tone::Warning);
        return;
    }
    let text = hands.model.desk.backup_folder.clone();
    let (title, about) = (Say::new("backup-folder-prompt"), Say::new("backup-folder-about"));
    hands.open(Prompt::new(title, about, &text, |hands, typed| {
        let before = &hands.model.desk;
        let backup_folder = fold::one_line(typed);
        if !backup_folder.is_empty() && !is_whole_path(&backup_folder) {
            return Err(Say::new("backup-folder-absolute"));
        }
        let after = DeskProfile { backup_folder, ..before.clone() };
        if let Some(batch) = edits::edit_desk(hands.model.me, hands.model.desk_id, before, &after) {
            hands.commit(batch);
        }
        Ok(())
    }));
}

/// A path that means the same wherever the program is started from: of this system or of the other one, because a desk's
/// settings may be looked at on both.
fn is_whole_path(text: &str) -> bool {
    let mut chars = text.chars();
    let drive = chars.next().is_some_and(|c| c.is_ascii_alphabetic()) && chars.next() == Some(':');
    text.starts_with('/') || text.starts_with("\\\\") || drive
}

/// The line of a fact with its label.
fn fact(label: &str, value: &str) -> String {
    format!("{label}: {value}")
}

impl BackupsPage {
    fn above(model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let line = |n: u16| Rect { y: area.y + n, height: area.height.saturating_sub(n).min(1), ..area };
        let folder = &model.desk.backup_folder;
        let folder = if folder.is_empty() { look.t("keeping-not-set") } else { folder.as_str().into() };
        put_line(buf, line(0), &fact(&look.t("backup-where"), &folder), look.theme.value);
        let standing = model.backup_standing();
        let last = match standing {
            Standing::Good(at) | Standing::Old(at) => {
                let age = look.locale.say(&age(at, model.now.wall.naive_local()));
                format!("{} ({age})", at.format("%Y-%m-%d %H:%M"))
            }
            Standing::Unknown => String::new(),
            Standing::NoFolder | Standing::Missing => look.t("backup-last-none").into_owned(),
        };
        let style = if standing.is_bad() && !model.desk.demo { look.theme.error } else { look.theme.value };
        put_line(buf, line(1), &fact(&look.t("backup-last"), &last), style);
        let doing = model.backups.doing.as_ref().map(|doing| match doing {
            BackupTask::List => "backup-doing-list",
            BackupTask::Make => "backup-doing-make",
            BackupTask::Drill => "backup-doing-drill",
        });
        put_line(buf, line(2), &doing.map_or(Cow::Borrowed(""), |key| look.t(key)), look.theme.warning);
    }

    fn row<'a>(model: &Model, look: &Look<'a>, row: &BackupRow, column: usize) -> Cow<'a, str> {
        match column {
            0 => row.at.format("%Y-%m-%d %H:%M").to_string().into(),
            1 => look.locale.say(&age(row.at, model.now.wall.naive_local())).into(),
            2 => look.t(if row.weekly { "backup-weekly" } else { "backup-daily" }),
            3 => row.size.clone().into(),
            _ => look.t(if row.problem.is_none() { "backup-state-good" } else { "backup-state-bad" }),
        }
    }

    /// What is wrong with the chosen one, else what to do, else how it goes.
    fn below(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let rows = &model.backups.rows;
        let chosen = self.list.selected(rows.len()).and_then(|at| rows.get(at));
        let problem = chosen.and_then(|row| row.problem.as_ref()).or(model.backups.problem.as_ref());
        let (text, style) = match (problem, model.backup_standing().advice()) {
            (Some(say), _) => (look.locale.say(say), look.theme.error),
            (None, Some(advice)) => (look.t(advice).into_owned(), look.theme.warning),
            (None, None) => (look.t("backup-about").into_owned(), look.theme.muted),
        };
        put_wrapped(buf, area, &text, style);
    }
}

impl Screen for BackupsPage {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        match action {
            Action::Open | Action::Edit => choose_folder(hands),
            Action::MakeBackup => hands.ask(Request::Backup(BackupTask::Make)),
            Action::DrillBackup => hands.ask(Request::Backup(BackupTask::Drill)),
            _ => return lists::go(&mut self.list, action, hands.model.backups.rows.len()),
        }
        true
    }

    fn text(&mut self, _text: &str, _hands: &mut Hands<'_>) {}

    fn edit(&mut self, _edit: Edit<'_>, _hands: &mut Hands<'_>) {}

    fn entered(&mut self, hands: &mut Hands<'_>) {
        // What the folder has is looked at anew; a stick may be in by now.
        if !hands.model.desk.backup_folder.is_empty() && hands.model.backups.doing.is_none() {
            hands.ask(Request::Backup(BackupTask::List));
        }
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::MakeBackup, Action::DrillBackup, Action::Edit, Action::NextPage, Action::PreviousPage, Action::Help]
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = Panel::new(look.theme).title(&look.t("backup-title")).focused(true).draw(buf, area);
        let text = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let above = inner.height.min(ABOVE);
        Self::above(model, look, Rect { height: above, ..text }, buf);
        let head = Rect { y: inner.y + above, height: (inner.height - above).min(1), ..inner };
        let below = (inner.height - above - head.height).min(BELOW);
        let height = inner.height - above - head.height - below;
        let rows = Rect { y: head.y + head.height, height, ..inner };
        let columns = [
            Column::new(look.t("backup-head-at"), 16, 16, 9),
            Column::new(look.t("backup-head-age"), 9, 12, 6),
            Column::new(look.t("backup-head-rank"), 6, 8, 5),
            Column::new(look.t("backup-head-size"), 8, 8, 4).right(),
            Column::new(look.t("backup-head-state"), 8, Column::REST, 8),
        ];
        let columns = Columns::new(columns, ListState::row_area(rows).width);
        columns.draw_head(buf, ListState::row_area(head), look.theme);
        let found = &model.backups.rows;
        self.list.draw(buf, rows, look.theme, found.len(), true, |buf, slot| {
            let Some(row) = found.get(slot.index) else { return };
            let style = if row.problem.is_some() { look.theme.error } else { look.theme.text };
            columns.draw_row(buf, slot.area, |column| (Self::row(model, look, row, column), style));
        });
        self.below(model, look, Rect { y: rows.bottom(), height: below, ..text }, buf);
        None
    }
}

impl Page for BackupsPage {
    fn title(&self) -> &'static str {
        "backup-title"
    }

    fn seen_by(&self, role: Role) -> bool {
        role != Role::Viewer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_given_by_its_whole_path() {
        for text in ["/media/usb", "E:\\控え", "e:/控え", "\\\\server\\share"] {
            assert!(is_whole_path(text), "{text}");
        }
        for text in ["控え", "./usb", "~/usb", "", "あ:\\x"] {
            assert!(!is_whole_path(text), "{text}");
        }
    }
}
