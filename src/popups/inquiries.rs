//! 照会の履歴: which inquiries an office, or one doctor of it, was sent in the last year, and what came of each.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame::framed;
use super::inquiry_sheet::{answered, stands};
use super::{Flow, Popup};
use crate::app::doctors;
use crate::app::hands::{Hands, Request, Tone};
use crate::app::model::Model;
use crate::desk::access::{Access, Details};
use crate::desk::id::Id;
use crate::desk::inquiry::{Inquiry, counted, of_doctor};
use crate::desk::operator::Role;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::say::Say;
use crate::keys::{Action, Context};
use crate::screens::form::{Around, Focus};
use crate::screens::lists;
use crate::screens::look::Look;
use crate::widgets::list::ListState;
use crate::widgets::paint::put_wrapped;
use crate::widgets::table::{Column, Columns};

/// Rows under the list: what came with the chosen answer.
const BELOW: u16 = 4;

/// An inquiry as it is drawn.
struct Row {
    case: Id,
    number: String,
    doctor: String,
    by: String,
    inquiry: Inquiry,
}

/// The list.
pub struct Inquiries {
    title: Say,
    rows: Vec<Row>,
    answers: [usize; 4],
    /// Within how many days an answer is expected.
    within: u32,
    list: ListState,
}

impl Inquiries {
    /// Those to this office in the last year, the newest first; `staff`: only those to this doctor, or, where it is nobody,
    /// to the office as a whole.
    fn new(office: Id, staff: Option<Id>, model: &Model) -> Self {
        let found = of_doctor(&model.inquiries, office, staff, model.today());
        let doctor = |inquiry: &Inquiry| {
            let office = model.offices.get(&inquiry.office);
            office.and_then(|office| office.staff.get(&inquiry.staff)).map(|person| person.name.clone())
        };
        let row = |inquiry: &Inquiry| Row {
            case: inquiry.case,
            number: model.brief(inquiry.case).map(|brief| brief.number().to_string()).unwrap_or_default(),
            doctor: doctor(inquiry).unwrap_or_default(),
            by: model.operator_name(inquiry.by).to_owned(),
            inquiry: inquiry.clone(),
        };
        let whom = doctors::name(model, office, staff.unwrap_or_default());
        let count = found.len().to_string();
        let title = Say::new("inquiry-history-title").with("doctor", whom).with("count", count);
        let answers = counted(found.iter().map(|(_, inquiry)| *inquiry));
        let rows = found.into_iter().map(|(_, inquiry)| row(inquiry)).collect();
        Self { title, rows, answers, within: doctors::answer_days(model), list: ListState::default() }
    }

    fn chosen(&self) -> Option<&Row> {
        self.list.selected(self.rows.len()).and_then(|at| self.rows.get(at))
    }

    fn view_rows(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let columns = Columns::new(
            [
                Column::new(look.t("field-inquiry-on"), 10, 10, 9),
                Column::new(look.t("field-inquiry-case"), 8, 8, 7),
                Column::new(look.t("field-inquiry-staff"), 10, 16, 5),
                Column::new(look.t("field-inquiry-purpose"), 10, 12, 4),
                Column::new(look.t("field-inquiry-answer"), 28, Column::REST, 8),
                Column::new(look.t("field-inquiry-by"), 9, 12, 3),
            ],
            area.width.saturating_sub(3),
        );
        let row = Rect { x: area.x + 2, width: area.width.saturating_sub(3), height: area.height.min(1), ..area };
        columns.draw_head(buf, row, look.theme);
        let body = Rect { y: area.y + row.height, height: area.height - row.height, ..area };
        self.list.draw(buf, body, look.theme, self.rows.len(), true, |buf, slot| {
            let Some(row) = self.rows.get(slot.index) else { return };
            let inquiry = &row.inquiry;
            let waits = if inquiry.is_waiting() { look.theme.warning } else { look.theme.text };
            columns.draw_row(buf, slot.area, |column| match column {
                0 => (inquiry.on.map(|on| look.day(on)).unwrap_or_default().into(), look.theme.text),
                1 => (row.number.as_str().into(), look.theme.text),
                2 => (row.doctor.as_str().into(), look.theme.text),
                3 => (look.short_code("inquiry-purpose", &inquiry.purpose).into(), look.theme.text),
                4 => (format!("{} {}", self.stands(inquiry, look), answered(inquiry, look)).into(), waits),
                _ => (row.by.as_str().into(), look.theme.muted),
            });
        });
    }

    fn stands(&self, inquiry: &Inquiry, look: &Look<'_>) -> String {
        stands(inquiry, self.within, look)
    }
}

impl Popup for Inquiries {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Popup, Context::List, Context::Global]
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Flow {
        match action {
            Action::Accept | Action::Open => {
                let Some(case) = self.chosen().map(|row| row.case) else { return Flow::Stay };
                if hands.model.brief(case).is_none() {
                    hands.say(Say::new("inquiry-case-gone"), Tone::Warning);
                    return Flow::Stay;
                }
                hands.ask(Request::ShowCase(case));
                return Flow::Close;
            }
            Action::Cancel | Action::Back | Action::ShowInquiries => return Flow::Close,
            _ => _ = lists::go(&mut self.list, action, self.rows.len()),
        }
        Flow::Stay
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Accept, Action::Down, Action::Cancel]
    }

    fn view(&self, look: &Look<'_>, _around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let rows = u16::try_from(self.rows.len()).unwrap_or(u16::MAX).max(1);
        let height = rows.saturating_add(BELOW + 4);
        let inner = framed(&look.locale.say(&self.title), 110, height, look, area, buf);
        if self.rows.is_empty() {
            put_wrapped(buf, inner, &look.t("inquiry-history-none"), look.theme.muted);
            return None;
        }
        let below = BELOW.min(inner.height / 2);
        self.view_rows(look, Rect { height: inner.height - below, ..inner }, buf);
        let foot =
            Rect { x: inner.x + 1, y: inner.bottom() - below, width: inner.width.saturating_sub(2), height: below };
        let [accepted, conditional, declined, waiting] = self.answers.map(|count| count.to_string());
        let counts = [
            ("accepted", accepted.as_str()),
            ("conditional", &conditional),
            ("declined", &declined),
            ("waiting", &waiting),
        ];
        let taken = put_wrapped(
            buf,
            Rect { height: below.min(1), ..foot },
            &look.locale.f("inquiry-history-counts", &counts),
            look.theme.muted,
        );
        let row = self.chosen()?;
        let wanted = look.short_codes("capability", row.inquiry.wanted.iter().map(String::as_str));
        let day = row.inquiry.answered_on.map(|on| look.day(on)).unwrap_or_default();
        let said = [wanted, self.stands(&row.inquiry, look), day, answered(&row.inquiry, look)];
        let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
        let rest = Rect { y: foot.y + taken, height: foot.height.saturating_sub(taken), ..foot };
        put_wrapped(buf, rest, &said.join("  "), look.theme.value);
        None
    }
}

/// Opens what this office was asked in the last year; `staff` as in [`of_doctor`]. That it was looked at is noted: the list
/// names cases.
pub fn open(office: Id, staff: Option<Id>, hands: &mut Hands<'_>) {
    if hands.model.role() == Role::Viewer {
        hands.say(Say::new("entry-viewer"), Tone::Warning);
        return;
    }
    let list = Inquiries::new(office, staff, hands.model);
    let count = u64::try_from(list.rows.len()).ok();
    let details = Details { task: "inquiry".to_owned(), count, ..Details::default() };
    hands.look(Access::List, RecordKey::new(Kind::Office, office), details);
    hands.open(list);
}

/// How often an office was asked in the last year, as a line of its entry; `None` where it never was.
pub fn line(office: Id, model: &Model, look: &Look<'_>) -> Option<String> {
    let found = of_doctor(&model.inquiries, office, None, model.today());
    let waiting = found.iter().filter(|(_, inquiry)| inquiry.is_waiting()).count().to_string();
    let last = found.first().and_then(|(_, inquiry)| inquiry.on).map(|on| look.day(on))?;
    let args = [("count", &*found.len().to_string()), ("waiting", &waiting), ("last", &last)];
    Some(look.locale.f("inquiry-history-line", &args).into_owned())
}
