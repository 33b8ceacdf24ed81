//! 主治医: 主治医・副主治医 of each 中学校区 with what is missing, and how evenly doctors are asked.

use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::doctors;
use crate::app::hands::{Hands, Tone};
use crate::app::model::Model;
use crate::desk::doctors::load::{Asked, table};
use crate::desk::doctors::pairs::{Gap, Row, rows};
use crate::desk::inquiry::Reply;
use crate::desk::operator::Role;
use crate::desk::say::Say;
use crate::keys::Action;
use crate::popups::confirm::Confirm;
use crate::popups::inquiries;
use crate::screens::form::Focus;
use crate::screens::look::Look;
use crate::screens::pages::Page;
use crate::screens::{Screen, lists};
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;
use crate::widgets::paint::put_wrapped;
use crate::widgets::panel::Panel;
use crate::widgets::table::{Column, Columns};
use crate::widgets::width::{width as measure, wrap};

use super::pairs;

/// The rows under the list, at least.
const BELOW: u16 = 3;

/// The page.
#[derive(Debug, Default)]
pub struct Doctors {
    list: ListState,
    /// Whether the table of inquiries is in front.
    asked: bool,
    /// How many rows were drawn last.
    rows: Cell<usize>,
}

/// The registry's lines.
fn registry(model: &Model) -> Vec<Row<'_>> {
    let office = |id| model.offices.get(&id).map(AsRef::as_ref);
    rows(&model.desk.districts, &model.desk.doctor_pairs, &office, model.today())
}

impl Doctors {
    /// Does something to the line that is chosen.
    fn on_row(&self, hands: &mut Hands<'_>, act: impl FnOnce(&Row<'_>, &mut Hands<'_>)) {
        let model = hands.model;
        let rows = registry(model);
        match self.list.selected(rows.len()).and_then(|at| rows.get(at)) {
            Some(row) => act(row, hands),
            None => pairs::ask_district(None, hands),
        }
    }

    /// What the chosen doctor was asked and answered.
    fn open_asked(&self, hands: &mut Hands<'_>) {
        let model = hands.model;
        let lines = table(&model.inquiries, model.today(), doctors::days(model));
        if let Some(line) = self.list.selected(lines.len()).and_then(|at| lines.get(at)) {
            inquiries::open(line.office, Some(line.staff), hands);
        }
    }

    fn view_pairs(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let rows = registry(model);
        self.rows.set(rows.len());
        let holes = rows.iter().filter(|row| row.gaps.iter().any(|gap| gap.is_hole())).count();
        let old = rows.iter().filter(|row| row.gaps.iter().any(|gap| !gap.is_hole())).count();
        let [districts, holes, old] = [model.desk.districts.len(), holes, old].map(|count| count.to_string());
        let count =
            look.locale.f("inquiry-pairs-count", &[("districts", &districts), ("holes", &holes), ("old", &old)]);
        let panel =
            Panel::new(look.theme).title(&look.t("inquiry-pairs-title")).right(&count).focused(true).draw(buf, area);
        if rows.is_empty() {
            let inner = below(look, &look.t("inquiry-pairs-about"), panel, buf);
            let key = look.key(Action::AddDistrict).unwrap_or_default();
            put_wrapped(buf, inner, &look.locale.f("inquiry-no-districts", &[("key", &key)]), look.theme.muted);
            return;
        }
        // The doctors' names need the room: the others take no more than their words.
        let longest = |text: &dyn Fn(&Row<'_>) -> u16| rows.iter().map(text).max().unwrap_or_default();
        let district = longest(&|row| measure(&row.of.name)).clamp(10, 22);
        let gap = longest(&|row| measure(&gaps(&row.gaps, look))).clamp(10, 34);
        let columns = Columns::new(
            [
                Column::new(look.t("inquiry-head-district"), district.min(16), district, 9),
                Column::new(look.t("inquiry-head-main"), 14, Column::REST, 8),
                Column::new(look.t("inquiry-head-second"), 14, Column::REST, 7),
                Column::new(look.t("inquiry-head-on"), 10, 10, 3),
                Column::new(look.t("inquiry-head-gap"), gap.min(15), gap, 8),
            ],
            panel.width.saturating_sub(3),
        );
        // Of a row whose names are cut both stand in full below.
        let chosen = self.list.selected(rows.len()).and_then(|at| rows.get(at)).and_then(|row| row.pair.as_ref());
        let full = chosen.map(|(_, pair)| {
            let main = doctors::name_first(model, pair.doctor_office, pair.doctor_staff);
            (main, doctors::name_first(model, pair.second_office, pair.second_staff))
        });
        let about = match full.filter(|(main, second)| columns.cuts(1, main) || columns.cuts(2, second)) {
            Some((main, second)) if second.is_empty() => look.locale.f("inquiry-pair-alone", &[("main", &main)]),
            Some((main, second)) => look.locale.f("inquiry-pair-full", &[("main", &main), ("second", &second)]),
            None => look.t("inquiry-pairs-about"),
        };
        let inner = below(look, &about, panel, buf);
        let body = head(&columns, look, inner, buf);
        self.list.draw(buf, body, look.theme, rows.len(), true, |buf, slot| {
            let Some(row) = rows.get(slot.index) else { return };
            let style = match row.gaps.first() {
                Some(gap) if gap.is_hole() => look.theme.warning,
                Some(_) => look.theme.muted,
                None => look.theme.ok,
            };
            columns.draw_row(buf, slot.area, |column| match (column, row.pair) {
                (0, _) => (row.of.name.as_str().into(), look.theme.text),
                (1, Some((_, pair))) => {
                    (doctors::name_first(model, pair.doctor_office, pair.doctor_staff).into(), look.theme.text)
                }
                (2, Some((_, pair))) => {
                    (doctors::name_first(model, pair.second_office, pair.second_staff).into(), look.theme.text)
                }
                (3, Some((_, pair))) => {
                    (pair.on.map(|on| look.short_day(on)).unwrap_or_default().into(), look.theme.muted)
                }
                (4, _) => (gaps(&row.gaps, look).into(), style),
                _ => ("".into(), style),
            });
        });
    }

    fn view_asked(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let days = doctors::days(model);
        let lines: Vec<Asked> = table(&model.inquiries, model.today(), days);
        self.rows.set(lines.len());
        let waiting = model.inquiries.values().filter(|inquiry| inquiry.is_waiting()).count().to_string();
        let count = look.locale.f("inquiry-table-count", &[("waiting", &waiting)]);
        let panel =
            Panel::new(look.theme).title(&look.t("inquiry-table-title")).right(&count).focused(true).draw(buf, area);
        let days = days.to_string();
        let inner = below(look, &look.locale.f("inquiry-table-about", &[("days", &days)]), panel, buf);
        if lines.is_empty() {
            put_wrapped(buf, inner, &look.t("inquiry-table-empty"), look.theme.muted);
            return;
        }
        let recent = look.locale.f("inquiry-head-recent", &[("days", &days)]);
        let year = look.t("inquiry-head-year");
        let [recent_width, year_width] = [&*recent, &*year].map(|head| measure(head).min(12));
        let answer = |reply: Reply| look.short_code("inquiry-answer", reply.code());
        let [accepted, conditional, declined, open] = Reply::ALL.map(answer);
        let columns = Columns::new(
            [
                Column::new(look.t("inquiry-head-doctor-first"), 20, Column::REST, 9),
                Column::new(recent, recent_width, recent_width, 9).right(),
                Column::new(year, year_width, year_width, 8).right(),
                Column::new(accepted, 6, 8, 6).right(),
                Column::new(conditional, 8, 8, 5).right(),
                Column::new(declined, 8, 8, 6).right(),
                Column::new(open, 8, 8, 6).right(),
                Column::new(look.t("inquiry-head-last"), 10, 10, 7),
                Column::new(look.t("inquiry-head-rest"), 10, 10, 4),
            ],
            inner.width.saturating_sub(3),
        );
        let body = head(&columns, look, inner, buf);
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| look.short_day(day)).unwrap_or_default();
        self.list.draw(buf, body, look.theme, lines.len(), true, |buf, slot| {
            let Some(line) = lines.get(slot.index) else { return };
            columns.draw_row(buf, slot.area, |column| {
                let answers = column.checked_sub(3).and_then(|at| line.answers.get(at));
                let text = match (column, answers) {
                    (0, _) => doctors::name_first(model, line.office, line.staff),
                    (1, _) => line.recent.to_string(),
                    (2, _) => line.year.to_string(),
                    (_, Some(count)) => count.to_string(),
                    (7, _) => day(line.last),
                    _ => day(line.resting),
                };
                (text.into(), look.theme.text)
            });
        });
    }
}

/// The heads of the columns; what is left under them.
fn head(columns: &Columns<'_>, look: &Look<'_>, inner: Rect, buf: &mut Buffer) -> Rect {
    let row = Rect { x: inner.x + 2, width: inner.width.saturating_sub(3), height: inner.height.min(1), ..inner };
    columns.draw_head(buf, row, look.theme);
    Rect { y: inner.y + row.height, height: inner.height - row.height, ..inner }
}

/// Puts a sentence under the list; what is left above it.
fn below(look: &Look<'_>, text: &str, inner: Rect, buf: &mut Buffer) -> Rect {
    let rows = wrap(text, inner.width.saturating_sub(2)).len();
    let foot = u16::try_from(rows + 1).unwrap_or(u16::MAX).max(BELOW).min(inner.height / 3);
    let lines = Rect {
        x: inner.x + 1,
        y: inner.bottom() - foot + foot.min(1),
        width: inner.width.saturating_sub(2),
        height: foot.saturating_sub(1),
    };
    put_wrapped(buf, lines, text, look.theme.muted);
    Rect { height: inner.height - foot, ..inner }
}

fn gaps(gaps: &[Gap], look: &Look<'_>) -> String {
    gaps.iter().map(|gap| look.t(gap.key()).into_owned()).collect::<Vec<_>>().join(" / ")
}

/// Asks whether the line is to go: the pair, or the district where it has none.
fn remove(row: &Row<'_>, hands: &mut Hands<'_>) {
    let (district, pair) = (row.district, row.pair.map(|(id, _)| id));
    let key = if pair.is_some() { "inquiry-remove-pair-question" } else { "inquiry-remove-district-question" };
    let question = Say::new(key).with("district", row.of.name.clone());
    hands.open(Confirm::new(question, move |hands| {
        let (me, desk) = (hands.model.me, hands.model.desk_id);
        hands.commit(match pair {
            Some(pair) => crate::desk::edits::remove_pair(me, desk, pair),
            None => crate::desk::edits::remove_district(me, desk, district, &[]),
        });
    }));
}

impl Screen for Doctors {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        match action {
            Action::NextPane => {
                self.asked = !self.asked;
                self.list.select(0);
            }
            Action::AddDistrict if !self.asked => pairs::ask_district(None, hands),
            Action::Open | Action::Edit if !self.asked => self.on_row(hands, pairs::change),
            Action::AddPair if !self.asked => self.on_row(hands, |row, hands| pairs::choose(row, None, true, hands)),
            Action::RemovePair if !self.asked => self.on_row(hands, remove),
            Action::Open => self.open_asked(hands),
            Action::AddDistrict | Action::Edit | Action::AddPair | Action::RemovePair => {
                hands.say(Say::new("inquiry-pairs-about"), Tone::Warning);
            }
            _ => return lists::go(&mut self.list, action, self.rows.get()),
        }
        true
    }

    fn text(&mut self, _text: &str, _hands: &mut Hands<'_>) {}

    fn edit(&mut self, _edit: Edit<'_>, _hands: &mut Hands<'_>) {}

    fn hints(&self) -> &'static [Action] {
        if self.asked {
            return &[Action::Open, Action::NextPane, Action::NextPage, Action::Help];
        }
        &[
            Action::Edit,
            Action::AddPair,
            Action::AddDistrict,
            Action::RemovePair,
            Action::NextPane,
            Action::NextPage,
            Action::Undo,
            Action::Help,
        ]
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        if self.asked {
            self.view_asked(model, look, area, buf);
        } else {
            self.view_pairs(model, look, area, buf);
        }
        None
    }
}

impl Page for Doctors {
    fn title(&self) -> &'static str {
        "inquiry-page"
    }

    fn seen_by(&self, role: Role) -> bool {
        role != Role::Viewer
    }
}
