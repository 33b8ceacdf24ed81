//! The next action and its day, typed on one line: `+7`, `12/5 返事を確認`, `月末`.

use chrono::NaiveDate;

use super::acts::about;
use crate::app::hands::Hands;
use crate::desk::date::{DateError, parse_due};
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::record::{Batch, Explain};
use crate::desk::say::Say;
use crate::popups::prompt::Prompt;

/// What becomes of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// It stays.
    Keep,
    /// It is taken away.
    Away,
    /// It is this one now.
    On(NaiveDate),
}

/// What was typed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// The day.
    pub due: Day,
    /// The next action; `None` leaves it.
    pub next: Option<String>,
}

/// Reads a day, a next action, or a day and then a next action. A lone `-` takes the day away.
pub(super) fn read(typed: &str, today: NaiveDate) -> Result<Told, Say> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(DateError::Empty.say());
    }
    // A day may be written with spaces in it (12月 5日), so the whole is tried first.
    if let Ok(parsed) = parse_due(typed, today) {
        return Ok(Told { due: Day::On(parsed.date), next: None });
    }
    let (head, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let rest = Some(rest.trim()).filter(|rest| !rest.is_empty()).map(str::to_owned);
    // What an input method makes of the same key counts too.
    if matches!(head, "-" | "\u{ff0d}" | "\u{2212}" | "\u{30fc}") {
        return Ok(Told { due: Day::Away, next: rest });
    }
    match parse_due(head, today) {
        Ok(parsed) => Ok(Told { due: Day::On(parsed.date), next: rest }),
        // What begins as a number or a count was meant as a day.
        Err(error) if error != DateError::Unreadable || head.starts_with(|c: char| c == '+' || c.is_numeric()) => {
            Err(error.say())
        }
        Err(_) => Ok(Told { due: Day::Keep, next: Some(typed.to_owned()) }),
    }
}

/// Asks for the next action and its day.
pub(super) fn ask(cases: &[Id], hands: &mut Hands<'_>) {
    let title = about("queue-due-title", cases, hands);
    let cases = cases.to_vec();
    hands.open(Prompt::new(title, Say::new("queue-due-about"), "", move |hands, typed| {
        let told = read(typed, hands.today())?;
        let mut edits = Vec::new();
        for brief in cases.iter().filter_map(|case| hands.model.brief(*case)) {
            let next = told.next.as_deref().unwrap_or(brief.next_action());
            let due = match told.due {
                Day::Keep => brief.due,
                Day::Away => None,
                Day::On(day) => Some(day),
            };
            let batch = if told.next.is_some() {
                edits::set_next(hands.model.me, brief.id, next, due)
            } else {
                edits::set_due(hands.model.me, &[brief.id], due)
            };
            edits.extend(batch.edits);
        }
        hands.commit(Batch::new("done-set-next", hands.model.me, edits));
        Ok(())
    }));
}
