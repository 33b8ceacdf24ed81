//! What the field in focus is for. Knows no value.

use crate::app::hands::Hands;
use crate::desk::say::Say;
use crate::popups::message::Message;
use crate::screens::form::Form;

/// Shows it over the slip.
pub(super) fn explain(form: &Form, hands: &mut Hands<'_>) {
    let Some(field) = form.field() else { return };
    let label = field.label_key();
    let key = label.replacen("field-", "explain-", 1);
    let name = hands.locale.t(&label).into_owned();
    let about = hands.locale.has(&key).then(|| hands.locale.t(&key).into_owned());
    hands.open(Message::new(vec![match about {
        Some(text) => Say::new("intake-explain").with("field", name).with("text", text),
        None => Say::new("intake-explain-none").with("field", name),
    }]));
}
