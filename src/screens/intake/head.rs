//! What stands beside the calls in the head about the slip in front: its form, what is proposed about it. Changes only
//! when a field is left, never while one types in it.

use super::{Intake, clocks};
use crate::app::model::Model;
use crate::desk::slip::SlipForm;
use crate::keys::Action;
use crate::screens::look::Look;
use crate::widgets::bar::Segment;
use crate::widgets::width::truncate;

/// From this width on more is named of what a slip lacks.
const WIDE: u16 = 100;
/// The cells for what a slip lacks.
const NAMES: u16 = 30;

/// The parts of the head that are about this slip, the least important one first.
pub fn segments<'a>(intake: &Intake, model: &Model, look: &Look<'a>, cells: u16) -> Vec<Segment<'a>> {
    let Some(call) = intake.current() else { return Vec::new() };
    let theme = look.theme;
    let key = look.key(Action::NextForm).unwrap_or_default();
    let mut found = Vec::new();
    let wanted = call.wanted();
    if let Some(key) = look.key(Action::ShowCalls).filter(|_| !wanted.is_empty()) {
        // With one call on a wide screen there is room for names; else their number says it.
        let text = if intake.calls().len() > 1 || cells < WIDE {
            look.locale.f("calls-wanted-count", &[("count", &wanted.len().to_string())]).into_owned()
        } else {
            truncate(&clocks::lacks(&wanted, look), NAMES).into_owned()
        };
        found.push(Segment::hint(key, text, theme, 4));
    }
    let elsewhere = call.filled_elsewhere();
    if elsewhere > 0 {
        let text = look.locale.f("intake-head-elsewhere", &[("count", &elsewhere.to_string())]);
        found.push(Segment::new(text.into_owned(), theme.warning, 6));
    }
    if call.suggests_discharge() && !key.is_empty() {
        let text = look.locale.f("intake-head-discharge", &[("key", &key)]);
        found.push(Segment::new(text.into_owned(), theme.warning, 8));
    } else {
        found.push(Segment::hint(key, form_name(call.form_kind(), look), theme, 7));
    }
    found.extend(intake.outside.segment(model, look));
    found
}

/// What a form is called.
pub fn form_name(form: SlipForm, look: &Look<'_>) -> String {
    let name = look.short_code("form", form.name());
    look.locale.f("intake-head-form", &[("form", &name)]).into_owned()
}
