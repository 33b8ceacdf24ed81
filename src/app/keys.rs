//! The way of a key: the focused text field first, then the keymap, then whoever acts on it.

use super::App;
use super::hands::{Hands, Tone};
use super::model::Phase;
use crate::desk::operator::Role;
use crate::desk::say::Say;
use crate::keys::{Action, Context, Key, KeyCode, Resolution};
use crate::popups::{Flow, Popup};
use crate::screens::form::Focus;
use crate::screens::{Screen, ScreenName};
use crate::search::fold;
use crate::widgets::edit::Edit;

impl App {
    /// The contexts in which a key is looked up now, the nearest first.
    pub fn contexts(&self) -> &'static [Context] {
        self.popups.last().map_or_else(|| self.contexts_below(), |popup| popup.contexts())
    }

    /// The contexts of what lies below the popups.
    pub(super) fn contexts_below(&self) -> &'static [Context] {
        match self.model.phase {
            Phase::Fresh | Phase::Closed | Phase::Locked => {
                return &[Context::Entry, Context::Form, Context::Global];
            }
            Phase::Opening | Phase::Failed => return &[Context::Form, Context::Global],
            Phase::Ready => {}
        }
        match (self.screen, self.front().map_or(Focus::None, Screen::takes)) {
            (ScreenName::Intake, Focus::None) => &[Context::Intake, Context::List, Context::Global],
            (ScreenName::Intake, _) => &[Context::Intake, Context::Form, Context::Global],
            // A line over a list narrows it: the arrows, Enter and the screen's Alt keys go on working.
            (ScreenName::Queue, Focus::Line) => &[Context::Queue, Context::List, Context::Form, Context::Global],
            (ScreenName::Directory, Focus::Line) => {
                &[Context::Directory, Context::List, Context::Form, Context::Global]
            }
            (ScreenName::Meeting, Focus::Line) => &[Context::Meeting, Context::List, Context::Form, Context::Global],
            (ScreenName::Upkeep, Focus::Line) => &[Context::Upkeep, Context::List, Context::Form, Context::Global],
            (ScreenName::Keeping, Focus::Line) => &[Context::Keeping, Context::List, Context::Form, Context::Global],
            (_, Focus::Area | Focus::Code) => &[Context::Form, Context::Global],
            (ScreenName::Queue, Focus::None) => &[Context::Queue, Context::List, Context::Global],
            (ScreenName::Directory, Focus::None) => &[Context::Directory, Context::List, Context::Global],
            (ScreenName::Meeting, Focus::None) => &[Context::Meeting, Context::List, Context::Global],
            (ScreenName::Upkeep, Focus::None) => &[Context::Upkeep, Context::List, Context::Global],
            (ScreenName::Keeping, Focus::None) => &[Context::Keeping, Context::List, Context::Global],
        }
    }

    /// What the focus takes of the keys.
    pub(super) fn takes(&self) -> Focus {
        match self.popups.last() {
            Some(popup) => popup.takes(),
            None => self.front().map_or(Focus::None, Screen::takes),
        }
    }

    pub(super) fn key(&mut self, key: Key) {
        self.notice = None;
        self.dirty = true;
        if self.wait_for_door(key) {
            return;
        }
        let focus = self.takes();
        if self.chord.is_empty() {
            if let Some(text) = key.text().filter(|_| focus != Focus::None) {
                let mut utf8 = [0; 4];
                return self.typed(text.encode_utf8(&mut utf8));
            }
            if let Some(edit) = edit_of(key, focus) {
                return self.edited(edit);
            }
        }
        match self.keymap.resolve_folded(self.contexts(), &self.chord, key, fold::command_key) {
            Resolution::Matched(action) if !action.available() => {
                self.chord.clear();
                self.unknown(key);
            }
            Resolution::Matched(action) => {
                self.chord.clear();
                self.act(action);
            }
            Resolution::Pending(_) => self.chord.push(key),
            Resolution::Cancelled => self.chord.clear(),
            Resolution::NotFound => {
                self.chord.clear();
                self.unknown(key);
            }
        }
    }

    /// A key that means nothing here: said, so that nobody waits for something to happen.
    fn unknown(&mut self, key: Key) {
        if !matches!(key.code, KeyCode::Char(_) | KeyCode::F(_)) {
            return;
        }
        if matches!(key.code, KeyCode::Char(c) if !c.is_ascii()) && !self.told_ime {
            self.told_ime = true;
            self.say(Say::new("app-ime-on"), Tone::Warning);
            return;
        }
        let say = Say::new("app-unknown-key").with("key", Key::display_chord(&[key]));
        self.say(say, Tone::Warning);
    }

    /// Committed text, typed or pasted: into the field in focus, or nowhere.
    pub(super) fn typed(&mut self, text: &str) {
        self.dirty = true;
        self.at_front(|front, hands| match front {
            Front::Popup(popup) => popup.text(text, hands),
            Front::Screen(screen) => {
                screen.text(text, hands);
                Flow::Stay
            }
        });
    }

    fn edited(&mut self, edit: Edit<'_>) {
        self.at_front(|front, hands| match front {
            Front::Popup(popup) => popup.edit(edit, hands),
            Front::Screen(screen) => {
                screen.edit(edit, hands);
                Flow::Stay
            }
        });
    }

    /// An action: the popup on top, the screen, then the app itself.
    pub(super) fn act(&mut self, action: Action) {
        self.dirty = true;
        if action == Action::Newline {
            // Editing, under a name for the keys that a terminal or an input method leaves free.
            if self.takes() == Focus::Area {
                self.typed("\n");
            }
            return;
        }
        // Nobody is to fill in a whole sheet before hearing that it cannot be kept. What all desks agreed on stands in a
        // sheet only, and may be read by who may read its case.
        let to_read = action == Action::SharedPolicy && self.model.role() != Role::Viewer;
        if action.writes() && !to_read && self.only_looks() {
            _ = self.refuse_to_write();
            return;
        }
        let anywhere = matches!(action, Action::Quit | Action::Redraw | Action::Language | Action::Lock);
        let mut taken = false;
        self.at_front(|front, hands| match front {
            Front::Popup(popup) => {
                // Under a popup only what can do no harm there works; the rest would act on what it covers.
                taken = !anywhere;
                if anywhere { Flow::Stay } else { popup.act(action, hands) }
            }
            Front::Screen(screen) => {
                taken = screen.act(action, hands);
                Flow::Stay
            }
        });
        if !taken && (anywhere || self.model.phase == Phase::Ready || action == Action::Help) {
            // A key that names a command must never just do nothing.
            if !self.act_as_app(action) && action.is_command() && self.notice.is_none() {
                let what = self.locale.t(action.title()).into_owned();
                self.say(Say::new("app-not-here").with("what", what), Tone::Warning);
            }
        }
    }

    /// The screen in front; none while there is no desk to work at.
    pub(super) fn front(&self) -> Option<&dyn Screen> {
        match (self.model.phase, self.screen) {
            (Phase::Opening | Phase::Failed, _) => None,
            (Phase::Fresh, _) => Some(&self.start),
            (Phase::Closed | Phase::Locked, _) => Some(&self.gate),
            (Phase::Ready, ScreenName::Intake) => Some(&self.intake),
            (Phase::Ready, ScreenName::Queue) => Some(&self.queue),
            (Phase::Ready, ScreenName::Directory) => Some(&self.directory),
            (Phase::Ready, ScreenName::Meeting) => Some(&self.meeting),
            (Phase::Ready, ScreenName::Upkeep) => Some(&self.upkeep),
            (Phase::Ready, ScreenName::Keeping) => Some(&self.keeping),
        }
    }

    /// Lets whatever is in front work with its hands, then does what it asked for.
    pub(super) fn at_front(&mut self, work: impl FnOnce(Front<'_>, &mut Hands<'_>) -> Flow) {
        let mut tray = Vec::new();
        let mut popup = self.popups.pop();
        let screen: Option<&mut dyn Screen> = match (self.model.phase, self.screen) {
            (Phase::Opening | Phase::Failed, _) => None,
            (Phase::Fresh, _) => Some(&mut self.start),
            (Phase::Closed | Phase::Locked, _) => Some(&mut self.gate),
            (Phase::Ready, ScreenName::Intake) => Some(&mut self.intake),
            (Phase::Ready, ScreenName::Queue) => Some(&mut self.queue),
            (Phase::Ready, ScreenName::Directory) => Some(&mut self.directory),
            (Phase::Ready, ScreenName::Meeting) => Some(&mut self.meeting),
            (Phase::Ready, ScreenName::Upkeep) => Some(&mut self.upkeep),
            (Phase::Ready, ScreenName::Keeping) => Some(&mut self.keeping),
        };
        let front = match (&mut popup, screen) {
            (Some(popup), _) => Some(Front::Popup(popup.as_mut())),
            (None, Some(screen)) => Some(Front::Screen(screen)),
            (None, None) => None,
        };
        let mut hands = Hands { model: &self.model, locale: &self.locale, ids: &mut self.ids, tray: &mut tray };
        let flow = front.map_or(Flow::Stay, |front| work(front, &mut hands));
        if let Some(popup) = popup.filter(|_| flow == Flow::Stay) {
            self.popups.push(popup);
        }
        self.carry_out(tray);
    }

    /// Lets the screen in front see what came in from outside, under a popup too.
    pub(super) fn look_again(&mut self) {
        let popups = std::mem::take(&mut self.popups);
        self.at_front(|front, hands| {
            if let Front::Screen(screen) = front {
                screen.changed(hands);
            }
            Flow::Stay
        });
        let opened = std::mem::replace(&mut self.popups, popups);
        self.popups.extend(opened);
    }
}

/// What takes the keys now.
pub(super) enum Front<'a> {
    /// The popup on top.
    Popup(&'a mut dyn Popup),
    /// The screen, where no popup is.
    Screen(&'a mut dyn Screen),
}

/// The editing keys of text fields. They are no commands, so no keymap names them.
fn edit_of(key: Key, focus: Focus) -> Option<Edit<'static>> {
    if key.alt || focus == Focus::None {
        return None;
    }
    let area = focus == Focus::Area;
    let text = area || focus == Focus::Line;
    match (key.code, key.ctrl) {
        (KeyCode::Backspace, false) => Some(Edit::Backspace),
        (KeyCode::Delete, false) => Some(Edit::Delete),
        (KeyCode::Left, false) if text => Some(Edit::Left),
        (KeyCode::Right, false) if text => Some(Edit::Right),
        (KeyCode::Left, true) if text => Some(Edit::WordLeft),
        (KeyCode::Right, true) if text => Some(Edit::WordRight),
        (KeyCode::Home, false) if text => Some(Edit::Home),
        (KeyCode::End, false) if text => Some(Edit::End),
        (KeyCode::Up, false) if area => Some(Edit::Up),
        (KeyCode::Down, false) if area => Some(Edit::Down),
        (KeyCode::Enter, false) if area => Some(Edit::Newline),
        (KeyCode::Char('u'), true) if text => Some(Edit::KillToStart),
        (KeyCode::Char('k'), true) if text => Some(Edit::KillToEnd),
        _ => None,
    }
}
