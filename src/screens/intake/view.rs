//! How the slip is drawn: the form on the left, what is known and what is missing on the right, the choices of the
//! field in focus under both. Changes no state.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use serde_json::{Map, Value};

use super::Intake;
use super::beside::view as known;
use super::call::Call;
use super::memo;
use crate::app::model::Model;
use crate::desk::case::Case;
use crate::desk::closing::{self, Missing};
use crate::desk::contact::Contact;
use crate::desk::slip::SlipForm;
use crate::keys::{Action, Context};
use crate::screens::form::field::{FieldKind, Target};
use crate::screens::look::Look;
use crate::widgets::cache::version;
use crate::widgets::held::Held;
use crate::widgets::paint::put;
use crate::widgets::panel::Panel;
use crate::widgets::theme::Theme;
use crate::widgets::width::{truncate, wrap};

/// Where the keys of a field in focus are looked up.
const KEYS: &[Context] = &[Context::Intake, Context::Form, Context::Global];
/// From this width on there is a pane on the right.
const WIDE: u16 = 96;
/// The rows under the form for the choices of the field in focus, with their border: the same for every field, so that
/// nothing jumps while one types.
const CHOICES: u16 = 7;

/// The rows below which nothing is said of a caller for whom the desk is not there.
const LEAST_OUTSIDE: u16 = 6;

impl Intake {
    /// The page and the field in focus of the call in front, as long as nothing is open over its slip.
    pub fn place(&self) -> Option<(u8, usize)> {
        let call = self.current().filter(|call| !call.memo.is_open())?;
        Some((call.form.page(), call.form.focused()))
    }

    /// Counts what became known of those who call.
    pub const fn known_version(&self) -> u64 {
        self.known.version()
    }

    /// Paints nothing but the text in focus over the frame before; `None` where that cannot be done.
    pub fn view_text(&self, held: &Held, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
        self.current()?.form.view_text(held, theme, buf)
    }
}

/// Draws the call in front, or how to begin one.
pub(super) fn view(intake: &Intake, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let Some(call) = intake.current() else {
        idle(look, area, buf);
        return None;
    };
    let foot = CHOICES.min(area.height / 3);
    let (body, choices) =
        (Rect { height: area.height - foot, ..area }, Rect { y: area.bottom() - foot, height: foot, ..area });
    let side = if area.width >= WIDE { area.width * 2 / 5 } else { 0 };
    let at_work = call.form.field().is_none_or(|field| field.page > 0 || field.row > 3);
    let above = known::banner_height(&intake.known, model, look, body, at_work);
    if above > 0 {
        known::banner(&intake.known, model, look, Rect { height: above, ..body }, buf);
    }
    let body = Rect { y: body.y + above, height: body.height - above, ..body };
    let form = Rect { width: body.width - side, ..body };
    if side > 0 {
        let pane = Rect { x: form.right(), width: side, ..body };
        let high = body.height * known::fifths(&intake.known, model) / 5;
        known::pane(&intake.known, model, look, Rect { height: high, ..pane }, buf);
        let pane = Rect { y: pane.y + high, height: pane.height - high, ..pane };
        // What the desk is not there for stands over what it would need.
        // Less than one desk with its number says nothing that the head does not say.
        let out = if pane.height < LEAST_OUTSIDE { 0 } else { intake.outside.rows().min(pane.height) };
        intake.outside.draw(model, look, Rect { height: out, ..pane }, buf);
        let pane = Rect { y: pane.y + out, height: pane.height - out, ..pane };
        let none = Map::new();
        let given = call.form.values().get(Target::Contact, "offices").and_then(Value::as_object).unwrap_or(&none);
        let missing = lacking(call);
        // Neither changes while one types a memo, and to write Japanese is what a frame's time goes into.
        let seen = version(&(look.locale.lang(), Value::Object(given.clone()).to_string(), &missing));
        intake.beside.draw(look.held, buf, pane, seen, |buf, pane| beside(given, &missing, look, pane, buf));
    }
    if side == 0 && intake.known.proposes() {
        known::pane(&intake.known, model, look, choices, buf);
    } else {
        let seen = choices_version(call, model, look);
        intake.choices.draw(look.held, buf, choices, seen, |buf, area| draw_choices(call, model, look, area, buf));
    }
    let seen = slip_version(call, model, look);
    intake.slip.draw(look.held, buf, form, seen, |buf, area| slip(call, model, look, area, buf));
    let inner = Panel::inner(form);
    let caret = call.form.view_focused(look, &model.around(), inner, buf);
    if let Some(caret) = caret {
        memo::view::list(&call.memo, look, inner, choices, caret, buf);
    }
    caret
}

fn idle(look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let inner = Panel::new(look.theme).title(&look.t("intake-title")).draw(buf, area);
    let key = look.key(Action::NewCall).unwrap_or_default();
    let text = look.locale.f("intake-idle", &[("key", &key)]);
    put(buf, inner.x + 2, inner.y + 1, inner.width.saturating_sub(3), &text, look.theme.text);
}

/// The number of the case that the call is about.
fn about(call: &Call, model: &Model) -> Option<String> {
    call.about.as_ref().and_then(|(id, _)| model.brief(*id)).map(|brief| brief.number().to_string())
}

/// What the slip without the field in focus depends on.
fn slip_version(call: &Call, model: &Model, look: &Look<'_>) -> u64 {
    let head = (about(call, model), call.is_kept(), call.started_at, call.form.page(), call.memo.is_at_place());
    let head = (head, call.form_kind());
    let names: Vec<_> = model.operators.iter().map(|(id, operator)| (id, &operator.name)).collect();
    version(&(look.locale.lang(), head, call.form.others_version(), model.codebook_version, names, look.today))
}

/// The slip but for the field in focus: to write Japanese is what a frame's time goes into, and while one types nothing
/// of it changes.
fn slip(call: &Call, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let number = about(call, model);
    let title = match number {
        Some(number) => look.locale.f("intake-slip-about", &[("number", &number)]),
        None => look.t("intake-slip-new"),
    };
    let state = look.t(if call.is_kept() { "intake-draft-kept" } else { "intake-draft-typing" });
    let started = call.started_at.format("%H:%M").to_string();
    let (page, pages) = ((call.form.page() + 1).to_string(), call.form.pages().to_string());
    let key = look.key(Action::NextPage).unwrap_or_default();
    let page = look.locale.f("intake-page", &[("key", &key), ("page", &page), ("pages", &pages)]);
    let page = if call.form.pages() > 1 { format!("{page}  ") } else { String::new() };
    // Of a call of today the time is enough; a draft that was left says from when it is.
    let day = call.started_at.date_naive();
    let day = if day == look.today { String::new() } else { format!("{} ", look.day(day)) };
    let right = format!("{day}{started}  {page}{state}");
    let title = match call.form_kind() {
        SlipForm::Standard => title.into_owned(),
        other => format!("{title} {}", look.code("form", other.name())),
    };
    let inner = Panel::new(look.theme).title(&title).right(&right).focused(true).draw(buf, area);
    memo::view::signs(&call.memo, look, area, buf);
    call.form.view_others(look, &model.around(), inner, buf);
}

/// What the choices depend on: the field, what is chosen in it, what is wrong with it.
fn choices_version(call: &Call, model: &Model, look: &Look<'_>) -> u64 {
    let complaint = call.form.complaint().map(|say| look.locale.say(say));
    let chosen = call.form.field().filter(|field| field.kind.list().is_some() || field.kind == FieldKind::Area);
    let chosen = chosen.and_then(|field| call.form.values().get(field.target, field.member)).map(ToString::to_string);
    let lists = (model.codebook_version, &model.desk.areas, model.operators.len(), look.today);
    let focus = (call.form_kind(), call.form.focused(), call.form.offered());
    version(&(look.locale.lang(), look.contexts, focus, complaint, chosen, lists))
}

fn draw_choices(call: &Call, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let around = model.around();
    let Some(field) = call.form.field() else { return };
    let label = look.locale.t(&field.label_key()).into_owned();
    let how = match field.kind {
        FieldKind::Code(_) | FieldKind::Operator => "intake-how-code",
        FieldKind::Codes(_) => "intake-how-codes",
        FieldKind::Area => "intake-how-area",
        FieldKind::Date | FieldKind::Birth => "intake-how-date",
        FieldKind::Due => "intake-how-due",
        FieldKind::Phone => "intake-how-phone",
        FieldKind::Memo => "intake-how-memo",
        FieldKind::Line => "intake-how-line",
    };
    // A popup over the slip has keys of its own; those of the field are told all the same.
    let keys = |action| look.keymap.keys_for(action, KEYS).unwrap_or_default();
    let how = look.locale.f(how, &[("next", &keys(Action::NextField)), ("time", &keys(Action::StampTime))]);
    // What Enter takes stands where the hint of the field stands: nothing moves when there is something to take.
    let offer = call.form.offer(look, &around).map(|(value, why)| {
        let (take, next) = (keys(Action::TakeCaller), keys(Action::NextField));
        let args = [("take", take.as_str()), ("value", &value), ("why", &why), ("next", &next)];
        look.locale.f("intake-how-proposed", &args).into_owned()
    });
    // A wrong number: nobody has to look for the key that closes the slip again.
    let drop = look.key(Action::DropDraft).map(|key| format!("{key} {}", look.t(Action::DropDraft.title())));
    let inner = Panel::new(look.theme).title(&label).right(&drop.unwrap_or_default()).draw(buf, area);
    let line = |y: u16| Rect { y: inner.y + y, height: inner.height.saturating_sub(y), ..inner };
    let mut used = 0;
    if let Some(say) = call.form.complaint() {
        let text = look.locale.say(say);
        put(buf, inner.x, inner.y, inner.width, &truncate(&text, inner.width), look.theme.error);
        used = 1;
    }
    let choices = call.form.choices(look, &around);
    if choices.is_empty() || choices.height(inner.width) < inner.height.saturating_sub(used) {
        let last = inner.bottom().saturating_sub(1);
        if inner.height > used {
            let (how, style) = offer.as_deref().map_or((&*how, look.theme.muted), |offer| (offer, look.theme.key));
            put(buf, inner.x, last, inner.width, &truncate(how, inner.width), style);
        }
    }
    choices.draw(look, line(used), buf);
}

/// What stands beside the slip: the offices given, and what closing will ask for.
fn beside(offices: &Map<String, Value>, missing: &[Missing], look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let upper = Rect { height: area.height / 2, ..area };
    let lower = Rect { y: upper.bottom(), height: area.height - upper.height, ..area };
    let title = look.t("intake-offices");
    let count = look.locale.f("intake-count", &[("count", &offices.len().to_string())]);
    let inner = Panel::new(look.theme).title(&title).right(&count).draw(buf, upper);
    // A box may be so low that it has no row: its text would stand on the border.
    if offices.is_empty() && inner.height > 0 {
        let key = look.key(Action::Find).unwrap_or_default();
        put(
            buf,
            inner.x,
            inner.y,
            inner.width,
            &truncate(&look.locale.f("intake-no-offices", &[("key", &key)]), inner.width),
            look.theme.muted,
        );
    }
    let text = |office: &Value, member: &str| office.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
    for (y, office) in (inner.y..inner.bottom()).zip(offices.values()) {
        let line = [text(office, "name"), text(office, "staff"), text(office, "phone")].join(" ");
        put(buf, inner.x, y, inner.width, &truncate(&line, inner.width), look.theme.text);
    }
    draw_missing(missing, look, lower, buf);
}

/// What closing will ask for, from the few fields that it looks at: this is asked at every key.
fn lacking(call: &Call) -> Vec<Missing> {
    let text = |target, member| call.form.values().text(target, member).to_owned();
    let case = Case {
        has_doctor: text(Target::Case, "has_doctor"),
        doctor_notice: text(Target::Case, "doctor_notice"),
        doctor_notice_on: text(Target::Case, "doctor_notice_on").parse().ok(),
        doctor_notice_by: text(Target::Case, "doctor_notice_by"),
        ..Case::default()
    };
    let contact = Contact { response: text(Target::Contact, "response"), ..Contact::default() };
    closing::missing(&case, [&contact])
}

fn draw_missing(missing: &[Missing], look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let count = look.locale.f("intake-count", &[("count", &missing.len().to_string())]);
    let inner = Panel::new(look.theme).title(&look.t("intake-missing")).right(&count).draw(buf, area);
    let mut y = inner.y;
    for missing in missing {
        if y < inner.bottom() {
            let text = look.locale.say(&missing.say());
            put(buf, inner.x, y, inner.width, &truncate(&text, inner.width), look.theme.text);
            y += 1;
        }
    }
    let note = look.t("intake-missing-calm");
    for (y, line) in (y + 1..inner.bottom()).zip(wrap(&note, inner.width)) {
        put(buf, inner.x, y, inner.width, note.get(line).unwrap_or_default(), look.theme.muted);
    }
}
