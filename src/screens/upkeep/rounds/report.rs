//! A round as a report: what came of it, in all, by kind and by area.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::view::{heading, span};
use crate::app::model::Model;
use crate::desk::round::{Report, Round, Tally};
use crate::keys::Action;
use crate::screens::look::Look;
use crate::widgets::bar::{Segment, draw_bar};
use crate::widgets::paint::put_wrapped;
use crate::widgets::panel::Panel;
use crate::widgets::table::{Column, Columns};
use crate::widgets::width::wrap;

/// Draws the report from its row `from` on. The row with which the next part begins; `None`: that was all.
pub(super) fn draw(
    round: &Round,
    from: u16,
    (model, look): (&Model, &Look<'_>),
    area: Rect,
    buf: &mut Buffer,
) -> Option<u16> {
    let report = Report::of(round, |id| model.offices.get(&id).map(Box::as_ref));
    let title = heading(round, look);
    let span = span(round, model, look);
    let inner = Panel::new(look.theme).title(&title).right(&span).focused(true).draw(buf, area);
    let none = || look.t("rounds-no-area").into_owned();
    let part = |text: String| if text.is_empty() { none() } else { text };
    let mut rows = vec![(look.t("rounds-all").into_owned(), Some(report.all)), (String::new(), None)];
    rows.extend(report.kinds.iter().map(|(kind, tally)| (part(look.short_code("office-kind", kind)), Some(*tally))));
    rows.push((String::new(), None));
    rows.extend(report.areas.iter().map(|(area, tally)| (part(area.clone()), Some(*tally))));
    let columns = std::iter::once(Column::new(look.t("rounds-head-part"), 6, Column::REST, 9))
        .chain(Tally::HEADS.iter().map(|head| Column::new(look.t(head), 6, 8, 8).right()));
    let columns = Columns::new(columns, inner.width.saturating_sub(2));
    let line = |y: u16| Rect { x: inner.x + 1, y: inner.y + y, width: inner.width.saturating_sub(2), height: 1 };
    if inner.height == 0 {
        return None;
    }
    columns.draw_head(buf, line(0), look.theme);
    let left = u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_sub(from);
    let last = inner.height - u16::from(left >= inner.height);
    for (y, (name, tally)) in (1..last).zip(rows.iter().skip(usize::from(from))) {
        let Some(tally) = tally else { continue };
        let figures = tally.figures();
        columns.draw_row(buf, line(y), |column| {
            let figure = column.checked_sub(1).and_then(|at| figures.get(at));
            match figure {
                Some(figure) => (Cow::Borrowed(figure.as_str()), look.theme.value),
                None => (Cow::Borrowed(name.as_str()), look.theme.label),
            }
        });
    }
    let all = report.all;
    let args = [
        ("called", all.called.to_string()),
        ("calls", all.calls.to_string()),
        ("left", round.progress().1.to_string()),
    ];
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let about = look.locale.f("rounds-report-about", &args).into_owned();
    // A row stays free before it where there is room for one.
    let lines = u16::try_from(wrap(&about, inner.width.saturating_sub(2)).len()).unwrap_or(u16::MAX);
    let free = u16::from(left.saturating_add(2).saturating_add(lines) <= inner.height);
    let used = left.saturating_add(1 + free);
    let rest = Rect {
        y: inner.y.saturating_add(used),
        height: inner.height.saturating_sub(used),
        x: inner.x + 1,
        width: inner.width.saturating_sub(2),
    };
    put_wrapped(buf, rest, &about, look.theme.muted);
    let shown = inner.height - 1;
    if left <= shown {
        return None;
    }
    // The last row says by which key the rest comes.
    let foot = line(inner.height - 1);
    let key = look.key(Action::NextPane).unwrap_or_default();
    let more = Segment::hint(key, look.t("rounds-more-questions"), look.theme, 9);
    draw_bar(buf, foot, look.theme.text, &[], &[more]);
    Some(from.saturating_add(shown - 1))
}
