//! Lines about keys in a popup: a new passphrase, a second factor. It stays until the runtime has done what was asked,
//! and says why where it did not.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame::framed;
use super::{Flow, Popup};
use crate::app::hands::{Hands, Request};
use crate::app::msg::{KeysResult, KeysTask, NewSecond};
use crate::desk::say::Say;
use crate::keys::{Action, Context};
use crate::screens::entry::lines::{self, Lines};
use crate::screens::entry::pairing::Pairing;
use crate::screens::form::{Around, Focus};
use crate::screens::look::Look;
use crate::widgets::clear::clear_area;
use crate::widgets::edit::Edit;
use crate::widgets::paint::put_wrapped;

/// What the lines ask of the keys, with the second factor where one was set up. An error names the line to go to.
type Then = Box<dyn Fn(&Lines, Option<NewSecond>) -> Result<KeysTask, (&'static str, Say)>>;

/// The popup.
pub struct KeysSheet {
    title: Say,
    about: &'static str,
    lines: Lines,
    /// The names that a new passphrase must not be made of.
    known: Vec<String>,
    /// Whether these lines ask for a second factor to be set up.
    wants_second: fn(&Lines) -> bool,
    pairing: Option<Pairing>,
    said: Option<Say>,
    waiting: bool,
    then: Then,
}

impl KeysSheet {
    /// These lines under a title and a sentence (a locale key); `then` makes the task of them.
    pub fn new(
        title: Say,
        about: &'static str,
        lines: Lines,
        then: impl Fn(&Lines, Option<NewSecond>) -> Result<KeysTask, (&'static str, Say)> + 'static,
    ) -> Self {
        Self {
            title,
            about,
            lines,
            known: Vec::new(),
            wants_second: |_| false,
            pairing: None,
            said: None,
            waiting: false,
            then: Box::new(then),
        }
    }

    /// The names that a new passphrase must not be made of.
    #[must_use]
    pub fn known(mut self, names: Vec<String>) -> Self {
        self.known = names;
        self
    }

    /// When a second factor is set up after the lines.
    #[must_use]
    pub const fn second(mut self, wanted: fn(&Lines) -> bool) -> Self {
        self.wants_second = wanted;
        self
    }

    fn names(&self) -> Vec<&str> {
        self.known.iter().map(String::as_str).collect()
    }

    fn go_on(&mut self, hands: &mut Hands<'_>) {
        if self.waiting {
            return;
        }
        let second = match self.pairing.as_ref().map(Pairing::done) {
            Some(Ok(second)) => Some(second),
            Some(Err(say)) => {
                self.said = Some(say);
                return;
            }
            None => None,
        };
        match (self.then)(&self.lines, second) {
            Ok(_) if self.pairing.is_none() && (self.wants_second)(&self.lines) => {
                self.said = None;
                self.pairing = Some(Pairing::new(hands.ids.second_factor()));
            }
            Ok(task) => {
                (self.waiting, self.said) = (true, None);
                hands.ask(Request::Keys(task));
            }
            Err((line, say)) => {
                self.said = Some(say);
                self.lines.focus_on(line);
            }
        }
    }
}

impl Popup for KeysSheet {
    fn takes(&self) -> Focus {
        if self.pairing.is_some() { Focus::Line } else { self.lines.takes() }
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Popup, Context::Form, Context::Global]
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Flow {
        match action {
            Action::Cancel | Action::Back => {
                self.said = None;
                // From the second factor back to the lines; from the lines, or while waiting, away.
                return if self.waiting || self.pairing.take().is_none() { Flow::Close } else { Flow::Stay };
            }
            Action::SaveCall => self.go_on(hands),
            Action::Accept | Action::NextField if self.pairing.is_some() || self.lines.at_end() => self.go_on(hands),
            Action::Accept | Action::NextField | Action::PreviousField => {
                self.said = None;
                self.lines.go(action);
            }
            _ => {}
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, _hands: &mut Hands<'_>) -> Flow {
        if !self.waiting {
            self.said = None;
            match &mut self.pairing {
                Some(pairing) => pairing.insert(text),
                None => self.lines.insert(text),
            }
        }
        Flow::Stay
    }

    fn edit(&mut self, edit: Edit<'_>, _hands: &mut Hands<'_>) -> Flow {
        if !self.waiting {
            self.said = None;
            match &mut self.pairing {
                Some(pairing) => pairing.edit(edit),
                None => self.lines.edit(edit),
            }
        }
        Flow::Stay
    }

    fn keys_done(&mut self, result: &Result<KeysResult, Say>) -> Option<Flow> {
        if !self.waiting {
            return None;
        }
        self.waiting = false;
        match result {
            Ok(_) => Some(Flow::Close),
            Err(say) => {
                self.said = Some(say.clone());
                if let Some(pairing) = &mut self.pairing {
                    pairing.again();
                }
                Some(Flow::Stay)
            }
        }
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Accept, Action::PreviousField, Action::SaveCall, Action::Cancel]
    }

    fn view(&self, look: &Look<'_>, _around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        if let Some(pairing) = self.pairing.as_ref().filter(|_| !self.waiting) {
            // The picture needs all the room that there is.
            clear_area(buf, area);
            return pairing.view(self.said.as_ref(), look, area, buf);
        }
        let height = self.lines.height().saturating_add(9);
        let inner = framed(&look.locale.say(&self.title), 84, height, look, area, buf);
        let room = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let below = |rows: u16| {
            let rows = rows.min(room.height);
            Rect { y: room.y + rows, height: room.height - rows, ..room }
        };
        let told = put_wrapped(buf, room, &look.t(self.about), look.theme.muted) + 1;
        let at = below(told);
        let lines = self.lines.height().min(at.height);
        let caret = self.lines.view(look, Rect { height: lines, ..at }, buf);
        let foot = below(told + lines + 1);
        if self.waiting {
            put_wrapped(buf, foot, &look.t("entry-opening"), look.theme.text);
            return None;
        }
        if let Some(say) = &self.said {
            put_wrapped(buf, foot, &look.locale.say(say), look.theme.error);
        } else if let Some((say, good)) = lines::verdict(&self.lines, (self.wants_second)(&self.lines), &self.names()) {
            let style = if good { look.theme.ok } else { look.theme.warning };
            put_wrapped(buf, foot, &look.locale.say(&say), style);
        }
        caret
    }
}
