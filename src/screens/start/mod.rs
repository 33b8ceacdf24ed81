//! The first screen on a new data folder: try the demo, or set up the desk with its first operator and their passphrase.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Screen;
use super::entry::lines::{self, Line, Lines};
use super::entry::pairing::Pairing;
use super::form::Focus;
use super::look::Look;
use crate::app::hands::{Hands, Request};
use crate::app::model::Model;
use crate::app::msg::{KeysResult, KeysTask, NewSecond, Setup};
use crate::desk::say::Say;
use crate::keys::Action;
use crate::locale::Lang;
use crate::search::fold;
use crate::widgets::edit::Edit;
use crate::widgets::paint::put_wrapped;
use crate::widgets::panel::Panel;

/// The first screen.
#[derive(Debug, Default)]
pub struct Start {
    /// What a desk must have before its first call, once one was chosen.
    desk: Option<Lines>,
    /// The second factor, once the rest is filled in and one is wanted.
    pairing: Option<Pairing>,
    /// An answer is on the way: to a code, to a demo, to a desk.
    waiting: bool,
    /// What is wrong.
    said: Option<Say>,
}

impl Start {
    /// The desk was not set up.
    pub fn refused(&mut self, say: Say) {
        (self.waiting, self.said) = (false, Some(say));
    }

    fn choose(&mut self, key: char, hands: &mut Hands<'_>) {
        match fold::command_key(key).unwrap_or(key) {
            '1' => {
                self.waiting = true;
                hands.ask(Request::SetUp(Setup::Demo));
            }
            '2' => self.desk = Some(desk(hands)),
            '4' => {
                self.waiting = true;
                hands.ask(Request::Practise);
                hands.ask(Request::SetUp(Setup::Demo));
            }
            '3' => hands.ask(Request::Act(Action::Language)),
            _ => {}
        }
    }

    /// Reads the lines: the desk as it would be set up, without its second factor.
    fn read(&self, hands: &Hands<'_>) -> Result<Setup, (&'static str, Say)> {
        let Some(desk) = &self.desk else { return Err(("name", Say::new("start-missing"))) };
        let (name, operator) = (desk.text("name"), desk.text("operator"));
        for (line, text) in [("name", &name), ("operator", &operator)] {
            if text.is_empty() {
                return Err((line, Say::new("start-missing")));
            }
        }
        let passphrase = lines::checked(desk, wants_second(desk), &[&name, &operator])?;
        let lang = if hands.locale.lang() == Lang::En { Lang::En } else { Lang::Ja };
        Ok(Setup::Desk { name, operator, lang, passphrase, second: None })
    }

    fn go_on(&mut self, hands: &mut Hands<'_>) {
        if let Some(pairing) = &self.pairing {
            match pairing.done() {
                Ok(second) => {
                    (self.waiting, self.said) = (true, None);
                    hands.ask(Request::Keys(KeysTask::CheckSecond(second)));
                }
                Err(say) => self.said = Some(say),
            }
            return;
        }
        match self.read(hands) {
            Ok(_) if self.desk.as_ref().is_some_and(wants_second) => {
                self.said = None;
                self.pairing = Some(Pairing::new(hands.ids.second_factor()));
            }
            Ok(setup) => self.set_up(setup, None, hands),
            Err((line, say)) => {
                self.said = Some(say);
                if let Some(desk) = &mut self.desk {
                    desk.focus_on(line);
                }
            }
        }
    }

    fn set_up(&mut self, mut setup: Setup, new: Option<NewSecond>, hands: &mut Hands<'_>) {
        if let Setup::Desk { second, .. } = &mut setup {
            *second = new;
        }
        (self.waiting, self.said) = (true, None);
        hands.ask(Request::SetUp(setup));
    }

    fn back(&mut self) {
        self.said = None;
        if self.pairing.take().is_none() {
            self.desk = None;
        }
    }
}

/// The lines of a new desk.
fn desk(hands: &Hands<'_>) -> Lines {
    let [new, again] = lines::new_passphrase();
    let choices = ["entry-second-no", "entry-second-yes"].map(|key| hands.locale.t(key).into_owned());
    Lines::new(vec![
        Line::text("name", "field-desk-name"),
        Line::text("operator", "field-desk-operator"),
        Line::choice("second", "entry-second", choices.into()),
        new,
        again,
    ])
}

fn wants_second(lines: &Lines) -> bool {
    lines.chosen("second") == 1
}

impl Screen for Start {
    fn takes(&self) -> Focus {
        if self.pairing.is_some() { Focus::Line } else { self.desk.as_ref().map_or(Focus::Code, Lines::takes) }
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        let Some(desk) = &mut self.desk else { return false };
        if self.waiting {
            return false;
        }
        match action {
            Action::SaveCall => self.go_on(hands),
            Action::NextField | Action::Accept => {
                if self.pairing.is_some() || desk.at_end() {
                    self.go_on(hands);
                } else {
                    self.said = None;
                    desk.go(action);
                }
            }
            Action::PreviousField => _ = desk.go(action),
            Action::Back | Action::Cancel => self.back(),
            _ => return false,
        }
        true
    }

    fn text(&mut self, text: &str, hands: &mut Hands<'_>) {
        if self.waiting {
            return;
        }
        self.said = None;
        match (&mut self.pairing, &mut self.desk) {
            (Some(pairing), _) => pairing.insert(text),
            (None, Some(desk)) => desk.insert(text),
            (None, None) => {
                if let Some(key) = text.chars().next() {
                    self.choose(key, hands);
                }
            }
        }
    }

    fn edit(&mut self, edit: Edit<'_>, _hands: &mut Hands<'_>) {
        if self.waiting {
            return;
        }
        self.said = None;
        match (&mut self.pairing, &mut self.desk) {
            (Some(pairing), _) => pairing.edit(edit),
            (None, Some(desk)) => desk.edit(edit),
            (None, None) => {}
        }
    }

    fn keys_done(&mut self, result: &Result<KeysResult, Say>, hands: &mut Hands<'_>) -> bool {
        let Some(pairing) = &mut self.pairing else { return false };
        self.waiting = false;
        match result {
            Ok(_) => {
                let second = pairing.done().ok();
                match self.read(hands) {
                    Ok(setup) => self.set_up(setup, second, hands),
                    Err((_, say)) => self.said = Some(say),
                }
            }
            Err(say) => {
                pairing.again();
                self.said = Some(say.clone());
            }
        }
        true
    }

    fn hints(&self) -> &'static [Action] {
        if self.desk.is_some() {
            &[Action::Accept, Action::PreviousField, Action::SaveCall, Action::Back, Action::Language, Action::Quit]
        } else {
            &[Action::Language, Action::Help, Action::Quit]
        }
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        if let Some(pairing) = self.pairing.as_ref().filter(|_| !self.waiting) {
            return pairing.view(self.said.as_ref(), look, area, buf);
        }
        let inner = Panel::new(look.theme).title(&look.t("start-title")).focused(true).draw(buf, area);
        let mut room = Rect { x: inner.x + 2, width: inner.width.saturating_sub(4).min(96), ..inner };
        let mut down = |rows: u16| {
            let rows = rows.min(room.height);
            room = Rect { y: room.y + rows, height: room.height - rows, ..room };
            room
        };
        let mut at = down(u16::from(area.height > 16));
        let mut line = |text: &str, style, buf: &mut Buffer| at = down(put_wrapped(buf, at, text, style).max(1));
        if self.waiting {
            line(&look.t("start-waiting"), look.theme.text, buf);
            return None;
        }
        let Some(desk) = &self.desk else {
            line(&look.t("start-welcome"), look.theme.text, buf);
            line(&look.locale.f("start-folder", &[("folder", &model.folder)]), look.theme.muted, buf);
            line("", look.theme.text, buf);
            for key in ["start-1-demo", "start-2-desk", "start-3-language", "start-4-practice"] {
                line(&look.t(key), look.theme.text, buf);
            }
            return None;
        };
        line(&look.t("start-desk"), look.theme.text, buf);
        line(&look.t("entry-rules"), look.theme.muted, buf);
        line("", look.theme.text, buf);
        let height = desk.height().min(at.height);
        let caret = desk.view(look, Rect { height, width: at.width.min(80), ..at }, buf);
        let at = down(height + 1);
        let (name, operator) = (desk.text("name"), desk.text("operator"));
        if let Some(say) = &self.said {
            put_wrapped(buf, at, &look.locale.say(say), look.theme.error);
        } else if let Some((say, good)) = lines::verdict(desk, wants_second(desk), &[&name, &operator]) {
            let style = if good { look.theme.ok } else { look.theme.warning };
            put_wrapped(buf, at, &look.locale.say(&say), style);
        }
        caret
    }
}
