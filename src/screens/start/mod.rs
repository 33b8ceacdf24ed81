//! The first screen on a new data folder: try the demo, or set up the desk.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Screen;
use super::form::field::{Field, FieldKind, Target, field};
use super::form::values::Values;
use super::form::{Focus, Form};
use super::look::Look;
use crate::app::hands::{Hands, Request, Tone};
use crate::app::model::Model;
use crate::app::msg::Setup;
use crate::desk::say::Say;
use crate::desk::secret::Secret;
use crate::keys::Action;
use crate::locale::Lang;
use crate::search::fold;
use crate::widgets::edit::Edit;
use crate::widgets::paint::put;
use crate::widgets::panel::Panel;
use crate::widgets::width::wrap;

/// What a desk must have before the first call.
const DESK: &[Field] =
    &[field(Target::Desk, "name", FieldKind::Line, 0, 0, 1), field(Target::Desk, "operator", FieldKind::Line, 0, 1, 1)];

/// The first screen.
#[derive(Debug, Default)]
pub struct Start {
    /// The form for the desk, once that was chosen.
    form: Option<Form>,
    /// A demo or a desk was asked for: its answer is on the way.
    waiting: bool,
}

impl Start {
    fn choose(&mut self, key: char, hands: &mut Hands<'_>) {
        match fold::command_key(key).unwrap_or(key) {
            '1' => {
                self.waiting = true;
                hands.ask(Request::SetUp(Setup::Demo));
            }
            '2' => self.form = Some(Form::new(DESK, Values::default())),
            '3' => hands.ask(Request::Act(Action::Language)),
            _ => {}
        }
    }

    fn set_up(&mut self, hands: &mut Hands<'_>) {
        let Some(form) = &mut self.form else { return };
        let around = hands.model.around();
        form.settle(&around);
        let text = |member| form.values().text(Target::Desk, member).trim().to_owned();
        let (name, operator) = (text("name"), text("operator"));
        let missing = if name.is_empty() { Some("name") } else { operator.is_empty().then_some("operator") };
        if let Some(member) = missing {
            form.focus_member(Target::Desk, member, &around);
            hands.say(Say::new("start-missing"), Tone::Warning);
            return;
        }
        self.waiting = true;
        let lang = if hands.locale.lang() == Lang::En { Lang::En } else { Lang::Ja };
        hands.ask(Request::SetUp(Setup::Desk { name, operator, lang, passphrase: Secret::default(), second: None }));
    }
}

impl Screen for Start {
    fn takes(&self) -> Focus {
        self.form.as_ref().map_or(Focus::Code, Form::takes)
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        let around = hands.model.around();
        let Some(form) = &mut self.form else { return false };
        match action {
            Action::SaveCall => self.set_up(hands),
            // On the last field Enter goes nowhere further; the key that sets the desk up is shown.
            Action::NextField => {
                if !form.next(&around) {
                    hands.say(Say::new("start-last-field"), Tone::Good);
                }
            }
            Action::PreviousField => _ = form.previous(&around),
            Action::Back | Action::Cancel => self.form = None,
            _ => return false,
        }
        true
    }

    fn text(&mut self, text: &str, hands: &mut Hands<'_>) {
        if self.waiting {
            return;
        }
        match &mut self.form {
            Some(form) => form.insert(text, &hands.model.around()),
            None => {
                if let Some(key) = text.chars().next() {
                    self.choose(key, hands);
                }
            }
        }
    }

    fn edit(&mut self, edit: Edit<'_>, hands: &mut Hands<'_>) {
        if let Some(form) = &mut self.form {
            form.edit(edit, &hands.model.around());
        }
    }

    fn hints(&self) -> &'static [Action] {
        if self.form.is_some() {
            &[Action::SaveCall, Action::NextField, Action::Back, Action::Language, Action::Quit]
        } else {
            &[Action::Language, Action::Help, Action::Quit]
        }
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = Panel::new(look.theme).title(&look.t("start-title")).focused(true).draw(buf, area);
        let room = Rect { x: inner.x + 2, width: inner.width.saturating_sub(4), ..inner };
        let mut y = room.y + 1;
        let mut line = |text: &str, style, buf: &mut Buffer| {
            for range in wrap(text, room.width) {
                if y < room.bottom() {
                    put(buf, room.x, y, room.width, text.get(range).unwrap_or_default(), style);
                    y += 1;
                }
            }
        };
        line(&look.t("start-welcome"), look.theme.text, buf);
        line(&look.locale.f("start-folder", &[("folder", &model.folder)]), look.theme.muted, buf);
        line("", look.theme.text, buf);
        if self.waiting {
            line(&look.t("start-waiting"), look.theme.text, buf);
            return None;
        }
        if let Some(form) = &self.form {
            let key = look.key(Action::SaveCall).unwrap_or_default();
            line(&look.locale.f("start-desk", &[("key", &key)]), look.theme.text, buf);
            let at = Rect {
                y: y + 1,
                height: room.bottom().saturating_sub(y + 1).min(2),
                width: room.width.min(70),
                ..room
            };
            return form.view(look, &model.around(), at, buf);
        }
        for key in ["start-1-demo", "start-2-desk", "start-3-language"] {
            line(&look.t(key), look.theme.text, buf);
        }
        None
    }
}
