//! The calls in progress told apart: how long each was worked on, how long ago it began, how often it was left, what its
//! slip still lacks.

use super::call::Call;
use super::head::form_name;
use super::{Intake, who};
use crate::app::model::Model;
use crate::desk::wanted::{self, Wanted};
use crate::popups::calls::Line;
use crate::screens::form::field::{Target, label_key};
use crate::screens::look::Look;
use crate::widgets::width::{truncate, wrap};

/// The cells of the lines under a call's head: they wrap where a screen of 80 columns ends.
const CELLS: u16 = 68;

impl Call {
    /// What the slip still lacks. The field in focus counts as it was when the focus came: nothing moves while one types.
    pub fn wanted(&self) -> Vec<Wanted> {
        wanted::wanted(self.form_kind(), |record, member| {
            let target = if record == Target::Case.name() { Target::Case } else { Target::Contact };
            self.form.stood(target, member)
        })
    }

    /// How long ago the call began, in seconds, with the time that it was left.
    pub fn seconds_since_start(&self, model: &Model) -> u64 {
        u64::try_from((model.now.wall - self.started_at).num_seconds())
            .unwrap_or(0)
            .max(self.seconds_at(model.now.mono))
    }
}

/// `3:12`, `1:02:03`.
pub fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes:02}:{seconds:02}") }
}

/// The labels of what is wanted, in a row: `圏域・年代・対応`.
pub fn names(wanted: &[Wanted], look: &Look<'_>) -> String {
    let names = wanted.iter().map(|(record, member)| look.locale.t(&label_key(record, member)).into_owned());
    names.collect::<Vec<_>>().join(&look.t("calls-between"))
}

/// The clocks of a call as the head shows them: since it began too, once it was left and goes on.
pub fn clocks(call: &Call, model: &Model, look: &Look<'_>) -> String {
    let active = clock(call.seconds_at(model.now.mono));
    // A call that waits has the word for it behind its clock.
    if call.pauses() == 0 || !call.is_running() {
        return active;
    }
    let since = clock(call.seconds_since_start(model));
    let pauses = call.pauses().to_string();
    look.locale.f("calls-clocks", &[("active", &active), ("since", &since), ("pauses", &pauses)]).into_owned()
}

/// Every call in progress as lines: who, on which form, its clocks, what its slip still lacks.
pub fn lines(intake: &Intake, model: &Model, look: &Look<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (index, call) in intake.calls().iter().enumerate() {
        let form = form_name(call.form_kind(), look);
        let who = who(call, look);
        lines.push(Line { head: true, text: format!("{} {}  {form}", index + 1, truncate(&who, 40)), call: call.id });
        let rest = [times(call, model, look), lacks(&call.wanted(), look)];
        for text in rest {
            let rows = wrap(&text, CELLS).into_iter().filter_map(|row| text.get(row));
            lines.extend(rows.map(|row| Line { head: false, text: row.trim_end().to_owned(), call: call.id }));
        }
    }
    lines
}

fn times(call: &Call, model: &Model, look: &Look<'_>) -> String {
    let (active, since) = (call.seconds_at(model.now.mono), call.seconds_since_start(model));
    let values = [
        ("day", look.day(call.started_at.date_naive())),
        ("at", call.started_at.format("%H:%M").to_string()),
        ("active", clock(active)),
        ("since", clock(since)),
        ("pauses", call.pauses().to_string()),
        ("away", clock(since.saturating_sub(active))),
    ];
    let values: Vec<(&'static str, &str)> = values.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let key = if call.pauses() == 0 { "calls-times" } else { "calls-times-left" };
    look.locale.f(key, &values).into_owned()
}

/// What is still to be asked for, in full.
pub fn lacks(wanted: &[Wanted], look: &Look<'_>) -> String {
    if wanted.is_empty() {
        return look.t("calls-complete").into_owned();
    }
    let (count, names) = (wanted.len().to_string(), names(wanted, look));
    look.locale.f("calls-wanted", &[("count", &count), ("names", &names)]).into_owned()
}
