//! 設定: what the desk as a whole is set to, each with its unit and range. Supervisors only.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Page;
use crate::app::hands::{Hands, Tone};
use crate::app::model::Model;
use crate::desk::doctors::DAYS;
use crate::desk::edits;
use crate::desk::eligibility::Rule;
use crate::desk::inquiry::ANSWER_DAYS;
use crate::desk::office::VERIFY_MONTHS;
use crate::desk::operator::{DeskProfile, Role};
use crate::desk::phone;
use crate::desk::say::Say;
use crate::keys::Action;
use crate::popups::picker::{Picker, codes};
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

/// One setting: its name in the locale files (`keeping-set-NAME`, `keeping-set-NAME-about`), and how it is read and set.
struct Setting {
    title: &'static str,
    about: &'static str,
    kind: Kind,
}

enum Kind {
    /// A number with its unit, its range, and what counts while none is set.
    Number {
        unit: &'static str,
        least: u32,
        most: u32,
        standard: u32,
        get: fn(&DeskProfile) -> Option<u32>,
        set: fn(&mut DeskProfile, Option<u32>),
    },
    /// A text; it must not be empty where `needed`.
    Text { needed: bool, get: fn(&DeskProfile) -> String, set: fn(&mut DeskProfile, &str) },
    /// One code of a list.
    Code {
        list: &'static str,
        standard: &'static str,
        get: fn(&DeskProfile) -> String,
        set: fn(&mut DeskProfile, &str),
    },
    /// Yes or no.
    Switch { get: fn(&DeskProfile) -> bool, set: fn(&mut DeskProfile, bool) },
}

/// What a desk can be set to, in the order in which it is shown.
const SETTINGS: &[Setting] = &[
    Setting {
        title: "keeping-set-name",
        about: "keeping-set-name-about",
        kind: Kind::Text { needed: true, get: |d| d.name.clone(), set: |d, text| text.clone_into(&mut d.name) },
    },
    Setting {
        title: "keeping-set-founder",
        about: "keeping-set-founder-about",
        kind: Kind::Text { needed: false, get: |d| d.founder.clone(), set: |d, text| text.clone_into(&mut d.founder) },
    },
    Setting {
        title: "keeping-set-phone",
        about: "keeping-set-phone-about",
        kind: Kind::Text { needed: false, get: |d| d.phone.clone(), set: |d, text| d.phone = phone::format(text) },
    },
    Setting {
        title: "keeping-set-fax",
        about: "keeping-set-fax-about",
        kind: Kind::Text { needed: false, get: |d| d.fax.clone(), set: |d, text| d.fax = phone::format(text) },
    },
    Setting {
        title: "keeping-set-areas",
        about: "keeping-set-areas-about",
        kind: Kind::Text {
            needed: false,
            get: |d| d.areas.join(" "),
            set: |d, text| d.areas = text.split_whitespace().map(str::to_owned).collect(),
        },
    },
    Setting {
        title: "keeping-set-callers",
        about: "keeping-set-callers-about",
        kind: Kind::Code {
            list: "callers",
            standard: Rule::Anyone.code(),
            get: |d| d.callers.clone(),
            set: |d, code| code.clone_into(&mut d.callers),
        },
    },
    Setting {
        title: "keeping-set-idle",
        about: "keeping-set-idle-about",
        kind: Kind::Number {
            unit: "keeping-unit-minutes",
            least: 1,
            most: 60,
            standard: 5,
            get: |d| d.idle_minutes,
            set: |d, n| d.idle_minutes = n,
        },
    },
    Setting {
        title: "keeping-set-inquiry",
        about: "keeping-set-inquiry-about",
        kind: Kind::Number {
            unit: "keeping-unit-days",
            least: 30,
            most: 365,
            standard: DAYS,
            get: |d| d.inquiry_days,
            set: |d, n| d.inquiry_days = n,
        },
    },
    Setting {
        title: "keeping-set-answer",
        about: "keeping-set-answer-about",
        kind: Kind::Number {
            unit: "keeping-unit-days",
            least: 1,
            most: 60,
            standard: ANSWER_DAYS,
            get: |d| d.answer_days,
            set: |d, n| d.answer_days = n,
        },
    },
    Setting {
        title: "keeping-set-reason",
        about: "keeping-set-reason-about",
        kind: Kind::Switch { get: |d| d.ask_reason, set: |d, yes| d.ask_reason = yes },
    },
    Setting {
        title: "keeping-set-backup-folder",
        about: "keeping-set-backup-folder-about",
        kind: Kind::Text {
            needed: false,
            get: |d| d.backup_folder.clone(),
            set: |d, text| text.clone_into(&mut d.backup_folder),
        },
    },
    Setting {
        title: "keeping-set-backup-daily",
        about: "keeping-set-backup-daily-about",
        kind: Kind::Number {
            unit: "keeping-unit-generations",
            least: 1,
            most: 60,
            standard: 7,
            get: |d| d.backup_daily,
            set: |d, n| d.backup_daily = n,
        },
    },
    Setting {
        title: "keeping-set-backup-weekly",
        about: "keeping-set-backup-weekly-about",
        kind: Kind::Number {
            unit: "keeping-unit-generations",
            least: 1,
            most: 60,
            standard: 5,
            get: |d| d.backup_weekly,
            set: |d, n| d.backup_weekly = n,
        },
    },
    Setting {
        title: "keeping-set-retention",
        about: "keeping-set-retention-about",
        kind: Kind::Number {
            unit: "keeping-unit-fiscal-years",
            least: 2,
            most: 30,
            standard: 5,
            get: |d| d.retention_years,
            set: |d, n| d.retention_years = n,
        },
    },
    Setting {
        title: "keeping-set-verify",
        about: "keeping-set-verify-about",
        kind: Kind::Number {
            unit: "keeping-unit-months",
            least: 1,
            most: 60,
            standard: VERIFY_MONTHS,
            get: |d| d.verify_months,
            set: |d, n| d.verify_months = n,
        },
    },
    Setting {
        title: "keeping-set-paper-folder",
        about: "keeping-set-paper-folder-about",
        kind: Kind::Text {
            needed: false,
            get: |d| d.paper_folder.clone(),
            set: |d, text| text.clone_into(&mut d.paper_folder),
        },
    },
];

impl Setting {
    /// What stands in the list.
    fn shown(&self, desk: &DeskProfile, look: &Look<'_>) -> String {
        match &self.kind {
            Kind::Number { unit, standard, get, .. } => {
                let number = get(desk).unwrap_or(*standard).to_string();
                look.locale.f(unit, &[("count", &number)]).into_owned()
            }
            Kind::Text { get, .. } => {
                let text = get(desk);
                if text.is_empty() { look.t("keeping-not-set").into_owned() } else { text }
            }
            Kind::Code { list, standard, get, .. } => {
                let code = get(desk);
                look.code(list, if code.is_empty() { standard } else { &code })
            }
            Kind::Switch { get, .. } => look.t(if get(desk) { "keeping-yes" } else { "keeping-no" }).into_owned(),
        }
    }

    /// The sentence about it, with its range.
    fn about(&self) -> Say {
        let say = Say::new(self.about);
        match self.kind {
            Kind::Number { least, most, standard, .. } => say
                .with("least", least.to_string())
                .with("most", most.to_string())
                .with("standard", standard.to_string()),
            Kind::Text { .. } | Kind::Code { .. } | Kind::Switch { .. } => say,
        }
    }

    /// The profile with what was typed; or why it cannot be so.
    fn read(&self, desk: &DeskProfile, typed: &str) -> Result<DeskProfile, Say> {
        let mut after = desk.clone();
        let typed = fold::one_line(typed);
        match &self.kind {
            Kind::Number { least, most, set, .. } => {
                // Empty is the program's own number again.
                let number = if typed.is_empty() {
                    None
                } else {
                    let folded = fold::text(&typed);
                    let number = folded.trim().parse().ok().filter(|n| (*least..=*most).contains(n));
                    let wrong = || {
                        Say::new("keeping-not-in-range").with("least", least.to_string()).with("most", most.to_string())
                    };
                    Some(number.ok_or_else(wrong)?)
                };
                set(&mut after, number);
            }
            Kind::Text { needed, set, .. } => {
                if *needed && typed.is_empty() {
                    return Err(Say::new("keeping-needed"));
                }
                set(&mut after, &typed);
            }
            Kind::Code { set, .. } => set(&mut after, &typed),
            Kind::Switch { get, set } => set(&mut after, !get(desk)),
        }
        Ok(after)
    }
}

/// The page.
#[derive(Debug, Default)]
pub struct Settings {
    list: ListState,
}

impl Settings {
    fn change(&self, hands: &mut Hands<'_>) {
        let Some(setting) = self.list.selected(SETTINGS.len()).and_then(|at| SETTINGS.get(at)) else { return };
        let text = match &setting.kind {
            Kind::Switch { .. } => return keep(setting, "", hands).unwrap_or_default(),
            Kind::Code { list, standard, get, .. } => {
                let chosen = get(&hands.model.desk);
                return choose(setting, list, if chosen.is_empty() { standard } else { &chosen }, hands);
            }
            Kind::Number { get, .. } => get(&hands.model.desk).map(|n| n.to_string()).unwrap_or_default(),
            Kind::Text { get, .. } => get(&hands.model.desk),
        };
        let prompt =
            Prompt::new(Say::new(setting.title), setting.about(), &text, |hands, typed| keep(setting, typed, hands));
        hands.open(prompt);
    }
}

/// Lets one code of a list be chosen.
fn choose(setting: &'static Setting, list: &'static str, chosen: &str, hands: &mut Hands<'_>) {
    let choices = codes(list, hands);
    hands.open(Picker::new(Say::new(setting.title), choices, Some(chosen), move |hands, code| {
        // A code of a list is never refused.
        _ = keep(setting, code, hands);
    }));
}

/// Keeps a setting as it was typed.
fn keep(setting: &'static Setting, typed: &str, hands: &mut Hands<'_>) -> Result<(), Say> {
    let before = &hands.model.desk;
    let after = setting.read(before, typed)?;
    match edits::edit_desk(hands.model.me, hands.model.desk_id, before, &after) {
        Some(batch) => hands.commit(batch),
        None => hands.say(Say::new("keeping-unchanged"), Tone::Good),
    }
    Ok(())
}

impl Screen for Settings {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        match action {
            Action::Open | Action::Edit => self.change(hands),
            _ => return lists::go(&mut self.list, action, SETTINGS.len()),
        }
        true
    }

    fn text(&mut self, _text: &str, _hands: &mut Hands<'_>) {}

    fn edit(&mut self, _edit: Edit<'_>, _hands: &mut Hands<'_>) {}

    fn hints(&self) -> &'static [Action] {
        &[Action::Edit, Action::NextPage, Action::PreviousPage, Action::Undo, Action::Help]
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = Panel::new(look.theme).title(&look.t("keeping-settings")).focused(true).draw(buf, area);
        let foot = inner.height.min(3);
        let rows = Rect { height: inner.height - foot, ..inner };
        let columns = Columns::new(
            [Column::new("", 16, 26, 9), Column::new("", 10, Column::REST, 8)],
            rows.width.saturating_sub(3),
        );
        self.list.draw(buf, rows, look.theme, SETTINGS.len(), true, |buf, slot| {
            let Some(setting) = SETTINGS.get(slot.index) else { return };
            columns.draw_row(buf, slot.area, |column| match column {
                0 => (look.t(setting.title), look.theme.label),
                _ => (setting.shown(&model.desk, look).into(), look.theme.value),
            });
        });
        let about = Rect { x: inner.x + 1, y: rows.bottom(), width: inner.width.saturating_sub(2), height: foot };
        if let Some(setting) = self.list.selected(SETTINGS.len()).and_then(|at| SETTINGS.get(at)) {
            put_line(buf, about, "", look.theme.text);
            let lines = Rect { y: about.y + 1, height: about.height.saturating_sub(1), ..about };
            put_wrapped(buf, lines, &look.locale.say(&setting.about()), look.theme.muted);
        }
        None
    }
}

impl Page for Settings {
    fn title(&self) -> &'static str {
        "keeping-settings"
    }

    fn seen_by(&self, role: Role) -> bool {
        role == Role::Supervisor
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Lang, Locale};

    fn setting(title: &str) -> &'static Setting {
        SETTINGS.iter().find(|setting| setting.title == title).unwrap()
    }

    #[test]
    fn numbers_keep_to_their_range_and_empty_is_the_standard() {
        let idle = setting("keeping-set-idle");
        let desk = DeskProfile { idle_minutes: Some(9), ..DeskProfile::default() };
        for (typed, minutes) in [
            ("3", Some(Some(3))),
            ("１０", Some(Some(10))),
            ("", Some(None)),
            ("　", Some(None)),
            ("60", Some(Some(60))),
        ] {
            assert_eq!(idle.read(&desk, typed).ok().map(|d| d.idle_minutes), minutes, "{typed:?}");
        }
        for typed in ["0", "61", "-1", "五", "3分", "99999999999999999999", "1.5"] {
            assert_eq!(idle.read(&desk, typed).unwrap_err().key, "keeping-not-in-range", "{typed:?}");
        }
    }

    #[test]
    fn texts_and_switches_are_set() {
        let desk = DeskProfile::default();
        assert_eq!(setting("keeping-set-name").read(&desk, " ").unwrap_err().key, "keeping-needed");
        let areas = setting("keeping-set-areas").read(&desk, "架空中央　架空西部").unwrap().areas;
        assert_eq!(areas, ["架空中央", "架空西部"]);
        let asked = setting("keeping-set-reason").read(&desk, "").unwrap();
        assert!(asked.ask_reason && !setting("keeping-set-reason").read(&asked, "").unwrap().ask_reason);
    }

    #[test]
    fn every_setting_is_told_in_both_languages() {
        for lang in [Lang::Ja, Lang::En] {
            let locale = Locale::new(lang);
            for setting in SETTINGS {
                assert!(locale.has(setting.title) && locale.has(setting.about), "{lang:?} {}", setting.title);
                if let Kind::Number { unit, .. } = setting.kind {
                    assert!(locale.has(unit), "{lang:?} {unit}");
                }
            }
        }
    }
}
