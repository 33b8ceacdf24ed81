//! A caller for whom the desk is not there by its rule: said beside the slip, with the desks that are the right ones, and
//! one key that hands the call on. Nobody is stopped from taking the call.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde_json::{Value, json};

use super::Intake;
use super::call::Call;
use super::memo;
use crate::app::hands::{Hands, Tone};
use crate::app::model::Model;
use crate::desk::contact::GivenOffice;
use crate::desk::eligibility::{REFERRED, Rule, other_desks};
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::say::Say;
use crate::desk::slip::SlipForm;
use crate::keys::Action;
use crate::popups::picker::{Choice, Picker};
use crate::screens::form::field::Target;
use crate::screens::look::Look;
use crate::widgets::bar::Segment;
use crate::widgets::cache::{PaneCache, version};
use crate::widgets::paint::put;
use crate::widgets::panel::Panel;
use crate::widgets::width::{pad, truncate, width, wrap};

/// How many other desks are listed.
const DESKS: usize = 4;
/// The widest name of a desk in the head.
const NAME: u16 = 14;

/// The right desks for the caller of the call in front, while the desk itself is not there for them.
#[derive(Debug, Default)]
pub struct Outside {
    seen: u64,
    /// Whether the desk is not there for this caller, and nobody was named to them yet.
    open: bool,
    desks: Vec<Id>,
    pane: PaneCache,
}

impl Outside {
    /// Looks at the slip after something has happened. Cheap where nothing that matters has changed.
    pub fn look(&mut self, call: Option<&Call>, model: &Model) {
        let Some(call) = call else {
            *self = Self::default();
            return;
        };
        let text = |target, member| call.form.values().text(target, member);
        let area = text(Target::Case, "area");
        let kind = text(Target::Contact, "caller_kind");
        let referred = !text(Target::Contact, "referred_to").is_empty();
        let seen = version(&(call.id, kind, area, referred, &model.desk.callers, model.offices_version));
        if seen == self.seen {
            return;
        }
        self.seen = seen;
        self.open = !Rule::of(&model.desk.callers).admits(kind) && !referred;
        self.desks = if self.open { desks(model, area) } else { Vec::new() };
    }

    /// The rows that the pane takes; 0: nothing is to be said.
    pub fn rows(&self) -> u16 {
        let desks = u16::try_from(self.desks.len().min(DESKS)).unwrap_or(0);
        if self.open { desks * 2 + 5 } else { 0 }
    }

    /// The line at the slip's head: who is the right desk, and the key that hands the call on.
    pub fn segment<'a>(&self, model: &Model, look: &Look<'a>) -> Option<Segment<'a>> {
        if !self.open {
            return None;
        }
        let first = self.desks.first().and_then(|id| model.offices.get(id));
        let text = match (first, look.key(Action::ReferOn)) {
            (Some(office), Some(key)) => {
                let name = truncate(name(office), NAME);
                look.locale.f("outside-head", &[("key", &key), ("desk", &name), ("phone", &office.phone)])
            }
            _ => look.t("outside-head-alone"),
        };
        Some(Segment::new(text.into_owned(), look.theme.warning, 10))
    }

    /// Draws what is to be said, and the desks with their numbers.
    pub fn draw(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let seen = version(&(self.seen, look.locale.lang(), look.contexts, model.codebook_version));
        self.pane.draw(look.held, buf, area, seen, |buf, area| self.draw_desks(model, look, area, buf));
    }

    fn draw_desks(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let inner = Panel::new(look.theme).title(&look.t("outside-title")).draw(buf, area);
        let mut rows = inner.rows();
        let rule = look.code("callers", &model.desk.callers);
        let lines = look.locale.f("outside-rule", &[("rule", &rule)]);
        for (line, row) in wrap(&lines, inner.width).into_iter().zip(rows.by_ref().take(1)) {
            let text = lines.get(line).unwrap_or_default();
            put(buf, row.x, row.y, row.width, &truncate(text, row.width), look.theme.warning);
        }
        let shown = self.desks.iter().filter_map(|id| model.offices.get(id)).take(DESKS);
        for (at, office) in shown.enumerate() {
            let (Some(first), Some(second)) = (rows.next(), rows.next()) else { return };
            let style = if at == 0 { look.theme.selected } else { look.theme.value };
            let phone = width(&office.phone);
            let name = truncate(name(office), first.width.saturating_sub(phone + 1));
            let gap = first.width.saturating_sub(phone);
            put(buf, first.x, first.y, first.width, &format!("{}{}", pad(&name, gap), office.phone), style);
            let about = [office.area.as_str(), &office.handles, &office.hours];
            let about = about.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
            let room = second.width.saturating_sub(1);
            put(buf, second.x + 1, second.y, room, &truncate(&about, room), look.theme.muted);
        }
        let Some(key) = look.key(Action::ReferOn) else { return };
        let how = look.locale.f("outside-how", &[("key", &key)]);
        for (line, row) in wrap(&how, inner.width).into_iter().zip(rows) {
            put(buf, row.x, row.y, row.width, how.get(line).unwrap_or_default().trim_end(), look.theme.key);
        }
    }
}

fn desks(model: &Model, area: &str) -> Vec<Id> {
    other_desks(model.offices.iter().map(|(id, office)| (*id, office.as_ref())), area)
}

fn name(office: &Office) -> &str {
    if office.short_name.is_empty() { &office.name } else { &office.short_name }
}

impl Intake {
    /// Whether the desk is not there for who calls, as far as it is told.
    pub(super) fn is_outside(&self, model: &Model) -> bool {
        let kind = self.current().map_or("", |call| call.form.values().text(Target::Contact, "caller_kind"));
        !Rule::of(&model.desk.callers).admits(kind)
    }

    /// Says once, when it becomes known, that the desk is not there for who calls.
    pub(super) fn tell_outside(&self, was_outside: bool, hands: &mut Hands<'_>) {
        if !was_outside && self.is_outside(hands.model) {
            hands.say(Say::new("outside-said"), Tone::Warning);
        }
    }

    /// Hands the call on: who is out of the desk's rule to the first of the right desks, anybody else to one that is chosen.
    pub(super) fn refer_on(&mut self, hands: &mut Hands<'_>) {
        let Some(call) = self.calls.get(self.current) else { return };
        if self.outside.open
            && let Some(first) = self.outside.desks.first().copied()
        {
            self.refer_to(first, hands);
            return;
        }
        let desks = desks(hands.model, call.form.values().text(Target::Case, "area"));
        let named = desks.into_iter().filter_map(|id| Some((id, hands.model.offices.get(&id)?)));
        let choices: Vec<Choice> = ('1'..='9')
            .zip(named)
            .map(|(key, (id, office))| Choice {
                code: id.to_string(),
                key: Some(key),
                label: format!("{} {}", office.name, office.phone),
            })
            .collect();
        if choices.is_empty() {
            hands.say(Say::new("outside-no-desk"), Tone::Warning);
            return;
        }
        hands.open(Picker::new(Say::new("outside-which"), choices, None, |hands, code| {
            if let Ok(desk) = code.parse() {
                hands.ask(crate::app::hands::Request::ReferTo(desk));
            }
        }));
    }

    /// Goes on on the brief form with this desk as the one that was named, and a line in the text to be completed: who was
    /// told what, and how the caller came through (温かい引継ぎ).
    pub(crate) fn refer_to(&mut self, desk: Id, hands: &mut Hands<'_>) {
        if self.is_ending(hands) {
            return;
        }
        let around = hands.model.around();
        let (Some(call), Some(office)) = (self.calls.get_mut(self.current), hands.model.offices.get(&desk)) else {
            return;
        };
        let given = GivenOffice {
            name: office.name.clone(),
            phone: office.phone.clone(),
            referred: true,
            ..GivenOffice::default()
        };
        let time = hands.model.now.wall.format("%H:%M").to_string();
        let note = hands.locale.f("outside-note", &[("time", &time), ("desk", &office.name), ("phone", &office.phone)]);
        let text = call.form.values().text(Target::Contact, "text").to_owned();
        let line = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        let start = text.len() + line.len();
        call.take_form(SlipForm::Brief, &around);
        call.form.put(|values| {
            values.set_text(Target::Contact, "referred_to", &office.name);
            values.set_text(Target::Contact, "response", REFERRED);
            let mut offices = values.get(Target::Contact, "offices").cloned().unwrap_or_else(|| json!({}));
            if let Value::Object(members) = &mut offices {
                members.insert(desk.to_string(), json!(given));
            }
            values.set(Target::Contact, "offices", offices);
            values.set_text(Target::Contact, "text", &format!("{text}{line}{note}"));
        });
        call.form.focus_member(Target::Contact, "text", &around);
        if !memo::go_to_place(call, start) {
            call.form.set_caret(start + note.len());
        }
        call.touched(hands.model.now.mono);
        hands.say(Say::new("outside-referred").with("desk", office.name.clone()), Tone::Good);
    }
}
