//! 主治医照会: the doctors who fit a case, in the order in which they are to be asked, with what is asked as chips that can be
//! changed, and why each stands where it stands.

use chrono::Weekday;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::abilities::answer_key;
use super::frame::framed;
use super::{Flow, Popup};
use crate::app::doctors;
use crate::app::hands::Hands;
use crate::app::model::Model;
use crate::desk::codebook::Entry;
use crate::desk::doctors::full::FULL_DAYS;
use crate::desk::doctors::{Aside, Criterion, Fit, From, Need, What, Why};
use crate::desk::id::Id;
use crate::desk::office::Answer;
use crate::desk::say::Say;
use crate::keys::{Action, Context};
use crate::screens::form::{Around, Focus};
use crate::screens::lists;
use crate::screens::look::Look;
use crate::search::fold;
use crate::widgets::chips::{self, Chip};
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;
use crate::widgets::paint::{put, put_wrapped};
use crate::widgets::table::{Column, Columns};
use crate::widgets::width::truncate;

/// The list of what an office can do.
const LIST: &str = "capability";
/// What is asked of doctors, in the order of the chips; the desk's own codes and those that are wanted come behind.
const ASKED: [&str; 16] = [
    "house-call",
    "home-visit",
    "round-clock",
    "end-of-life",
    "palliative",
    "ventilator",
    "gastrostomy",
    "ivh",
    "oxygen",
    "suction",
    "pressure-ulcer",
    "dementia",
    "psychiatry",
    "paediatrics",
    "night-holiday",
    "opinion-letter",
];
/// How many are listed; more are counted.
const LISTED: usize = 300;
/// Rows under the list.
const BELOW: u16 = 6;

/// Who was chosen, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The office.
    pub office: Id,
    /// The doctor; nobody: the office as a whole.
    pub staff: Id,
    /// What was asked for (codes of list `capability`).
    pub wanted: Vec<String>,
}

/// What is done with the doctor who was chosen.
type Then = Box<dyn FnOnce(&mut Hands<'_>, Chosen)>;

/// One row as it is drawn.
struct Row {
    fit: Fit,
    office: String,
    doctor: String,
    phone: String,
    contact: String,
    alert: String,
}

/// The list.
pub struct Doctors {
    title: Say,
    need: Need,
    entries: Vec<Entry>,
    rows: Vec<Row>,
    /// How many there are, and how many of them fit.
    all: usize,
    fitting: usize,
    from: Option<From>,
    days: u32,
    list: ListState,
    then: Option<Then>,
}

impl Doctors {
    /// Everybody who can be asked about this; `then` gets who was chosen.
    pub fn new(title: Say, need: Need, hands: &Hands<'_>, then: impl FnOnce(&mut Hands<'_>, Chosen) + 'static) -> Self {
        let model = hands.model;
        let offered: Vec<&Entry> = model.codebook.offered(LIST, hands.today()).collect();
        let built_in = crate::desk::codebook::list(LIST).map_or(&[][..], |list| list.entries);
        let own = |entry: &&&Entry| !built_in.iter().any(|code| code.code == entry.code);
        let asked = ASKED.iter().filter_map(|code| offered.iter().find(|entry| entry.code == *code));
        let mut entries: Vec<Entry> = asked.chain(offered.iter().filter(own)).map(|entry| (*entry).clone()).collect();
        let missing = offered
            .iter()
            .filter(|entry| need.wanted.contains(&entry.code) && !entries.iter().any(|known| known.code == entry.code));
        let missing: Vec<Entry> = missing.map(|entry| (*entry).clone()).collect();
        entries.extend(missing);
        let mut doctors = Self {
            title,
            need,
            entries,
            rows: Vec::new(),
            all: 0,
            fitting: 0,
            from: None,
            days: doctors::days(model),
            list: ListState::default(),
            then: Some(Box::new(then)),
        };
        doctors.find(model);
        doctors
    }

    /// Looks again: what is asked has changed.
    fn find(&mut self, model: &Model) {
        let (fits, from) = doctors::fits(&self.need, model);
        self.all = fits.len();
        self.fitting = fits.iter().filter(|fit| fit.fits()).count();
        self.from = from;
        let row = |fit: Fit| {
            let office = model.offices.get(&fit.office)?;
            let person = office.staff.get(&fit.staff);
            let own = person.map(|person| person.phone.as_str()).filter(|phone| !phone.is_empty());
            let contact = [office.best_time.as_str(), &office.how_to_contact];
            Some(Row {
                office: if office.short_name.is_empty() { office.name.clone() } else { office.short_name.clone() },
                doctor: person.map(|person| person.name.clone()).unwrap_or_default(),
                phone: own.unwrap_or(&office.phone).to_owned(),
                contact: contact.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" "),
                alert: office.alert.clone(),
                fit,
            })
        };
        self.rows = fits.into_iter().take(LISTED).filter_map(row).collect();
        self.list.select(0);
    }

    fn toggle(&mut self, code: &str) {
        match self.need.wanted.iter().position(|wanted| wanted == code) {
            Some(at) => _ = self.need.wanted.remove(at),
            None => self.need.wanted.push(code.to_owned()),
        }
    }

    fn choose(&mut self, hands: &mut Hands<'_>) -> Flow {
        let row = self.list.selected(self.rows.len()).and_then(|at| self.rows.get(at));
        let Some((row, then)) = row.and_then(|row| Some((row, self.then.take()?))) else { return Flow::Stay };
        let chosen = Chosen { office: row.fit.office, staff: row.fit.staff, wanted: self.need.wanted.clone() };
        then(hands, chosen);
        Flow::Close
    }

    /// The weekday, and from where the distances are measured.
    fn head(&self, look: &Look<'_>) -> String {
        let day = self.need.weekday.map_or_else(|| look.t("inquiry-any-day").into_owned(), |day| weekday(day, look));
        let day = look.locale.f("inquiry-day", &[("day", &day)]).into_owned();
        let place = [&self.need.address, &self.need.school_district, &self.need.area];
        let place = place.into_iter().find(|place| !place.is_empty()).map_or("", String::as_str);
        let from = match self.from {
            Some(From::Town) => look.locale.f("inquiry-from-town", &[("place", place)]).into_owned(),
            Some(From::Area) => look.locale.f("inquiry-from-area", &[("place", &self.need.area)]).into_owned(),
            None if place.is_empty() => look.t("inquiry-from-nowhere").into_owned(),
            None => look.locale.f("inquiry-from-unknown", &[("place", place)]).into_owned(),
        };
        format!("{day}  {from}")
    }

    fn view_list(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let head = |key: &'static str| look.t(key);
        let days = self.days.to_string();
        let recent = look.locale.f("inquiry-head-recent", &[("days", &days)]);
        let columns = Columns::new(
            [
                Column::new(head("inquiry-head-doctor"), 29, Column::REST, 9),
                Column::new(head("inquiry-head-km"), 6, 7, 8).right(),
                Column::new(head("inquiry-head-fit"), 15, 18, 7),
                Column::new(recent, 9, 10, 8).right(),
                // Where it has no room it stands under the list.
                Column::new(head("inquiry-head-last"), 20, 20, 5),
            ],
            area.width.saturating_sub(3),
        );
        let row = Rect { x: area.x + 2, width: area.width.saturating_sub(3), height: area.height.min(1), ..area };
        columns.draw_head(buf, row, look.theme);
        let body = Rect { y: area.y + row.height, height: area.height - row.height, ..area };
        if self.rows.is_empty() {
            put_wrapped(buf, body, &look.t("inquiry-nobody"), look.theme.muted);
        }
        self.list.draw(buf, body, look.theme, self.rows.len(), true, |buf, slot| {
            let Some(row) = self.rows.get(slot.index) else { return };
            let fit = &row.fit;
            let style = if fit.fits() { look.theme.text } else { look.theme.muted };
            columns.draw_row(buf, slot.area, |column| match column {
                0 => (format!("{} {}", row.office, row.doctor).into(), style),
                1 => (kilometres(fit, look).into(), style),
                2 => (short(fit, look).into(), style),
                3 => (times(fit, look).into(), style),
                _ => (last(fit, look).into(), style),
            });
        });
    }

    /// The chosen one: each answer with its age, how to reach them, and why here.
    fn view_chosen(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let Some(at) = self.list.selected(self.rows.len()) else { return };
        let Some(row) = self.rows.get(at) else { return };
        let answers: Vec<String> = row.fit.criteria.iter().map(|criterion| told(criterion, look)).collect();
        let (mut area, width) = (area, area.width);
        let mut line = |text: &str, style, most: u16| {
            let rows = put_wrapped(buf, Rect { height: area.height.min(most), ..area }, text, style);
            area.y += rows;
            area.height -= rows.min(area.height);
        };
        line(&answers.join("  "), look.theme.value, 2);
        if let Some(aside) = row.fit.aside {
            line(&aside_words(aside, look), look.theme.warning, 1);
        }
        if let Some(on) = row.fit.full.filter(|_| row.fit.aside.is_none()) {
            let (day, days) = (look.day(on), FULL_DAYS.to_string());
            line(&look.locale.f("inquiry-full-on", &[("day", &day), ("days", &days)]), look.theme.warning, 2);
        }
        let alert = if row.alert.is_empty() { String::new() } else { format!("{}  ", row.alert) };
        line(&truncate(&format!("{alert}{}  {}", row.phone, row.contact), width), look.theme.text, 1);
        line(&self.why(at, look), look.theme.label, 2);
        if let Some((on, reply)) = row.fit.load.last {
            let args = [("day", &*look.day(on)), ("answer", &*look.short_code("inquiry-answer", reply.code()))];
            line(&look.locale.f("inquiry-last", &args), look.theme.muted, 1);
        }
    }

    /// この順の理由: what decides between this one and the one before.
    fn why(&self, at: usize, look: &Look<'_>) -> String {
        let before = at.checked_sub(1).and_then(|before| self.rows.get(before));
        let (Some(row), Some(before)) = (self.rows.get(at), before) else {
            return look.t("inquiry-why-first").into_owned();
        };
        let (doctor, office) = (row.fit.load.doctor.to_string(), row.fit.load.office.to_string());
        let (its, its_office) = (before.fit.load.doctor.to_string(), before.fit.load.office.to_string());
        let days = self.days.to_string();
        let key = match before.fit.compare(&row.fit).1 {
            Why::Aside => "inquiry-why-aside",
            Why::Answers => "inquiry-why-answers",
            Why::Step => "inquiry-why-step",
            Why::Full => "inquiry-why-full",
            Why::Doctor => "inquiry-why-doctor",
            Why::Office => "inquiry-why-office",
            Why::Open => "inquiry-why-open",
            Why::Distance => "inquiry-why-distance",
            Why::Name => "inquiry-why-name",
        };
        let (mine, its) = if key == "inquiry-why-office" { (office, its_office) } else { (doctor, its) };
        let args = [("before", before.office.as_str()), ("mine", &mine), ("its", &its), ("days", &days)];
        look.locale.f(key, &args).into_owned()
    }
}

/// The name of a weekday, short.
pub fn weekday(day: Weekday, look: &Look<'_>) -> String {
    look.weekday(doctors::on_weekday(day, look.today)).into_owned()
}

/// How far away, as it is shown: nothing where it is not known.
pub fn kilometres(fit: &Fit, look: &Look<'_>) -> String {
    fit.km.map_or_else(|| look.t("inquiry-no-km").into_owned(), |km| format!("{km:.1}km"))
}

/// How often the doctor was asked in the window, and the office where that is more.
pub fn times(fit: &Fit, look: &Look<'_>) -> String {
    let doctor = fit.load.doctor.to_string();
    if fit.load.office > fit.load.doctor {
        let office = fit.load.office.to_string();
        return look.locale.f("inquiry-times-office", &[("count", &doctor), ("office", &office)]).into_owned();
    }
    look.locale.f("inquiry-times", &[("count", &doctor)]).into_owned()
}

/// The last inquiry to the doctor and how it ended.
pub fn last(fit: &Fit, look: &Look<'_>) -> String {
    fit.load.last.map_or_else(String::new, |(on, reply)| {
        format!("{} {}", look.day(on), look.short_code("inquiry-answer", reply.code()))
    })
}

/// How the doctor fits, in a few cells.
pub fn short(fit: &Fit, look: &Look<'_>) -> String {
    if let Some(aside) = fit.aside {
        return look.t(aside_key(aside)).into_owned();
    }
    let of = |answer: Answer| fit.criteria.iter().filter(move |criterion| criterion.answer == answer);
    let named = |answer: Answer| {
        let first = of(answer).next().map(|criterion| what(criterion, look)).unwrap_or_default();
        let more = of(answer).count().saturating_sub(1);
        let more = if more == 0 { String::new() } else { format!("+{more}") };
        format!("{} {first}{more}", look.t(answer_key(answer)))
    };
    let short = match fit.worst() {
        // What is told last stands first: the rest of it is in the answers below.
        Answer::Yes if fit.full.is_some() => return look.t("inquiry-full-short").into_owned(),
        Answer::Yes => look.t("inquiry-all-yes").into_owned(),
        worst => named(worst),
    };
    if fit.full.is_none() { short } else { look.locale.f("inquiry-full", &[("short", &short)]).into_owned() }
}

const fn aside_key(aside: Aside) -> &'static str {
    match aside {
        Aside::Taken(_) => "inquiry-aside-taken",
        Aside::Waiting(_) => "inquiry-aside-waiting",
        Aside::Declined(_) => "inquiry-aside-declined",
        Aside::Resting(_) => "inquiry-aside-resting",
    }
}

/// Why somebody is not to be asked now, as a sentence.
fn aside_words(aside: Aside, look: &Look<'_>) -> String {
    let (key, day) = match aside {
        Aside::Taken(on) => ("inquiry-aside-taken-on", on),
        Aside::Waiting(on) => ("inquiry-aside-waiting-on", on),
        Aside::Declined(on) => ("inquiry-aside-declined-on", on),
        Aside::Resting(until) => ("inquiry-aside-resting-until", Some(until)),
    };
    let day = day.map(|day| look.day(day)).unwrap_or_default();
    look.locale.f(key, &[("day", &day)]).into_owned()
}

/// What was asked, in short.
pub fn what(criterion: &Criterion, look: &Look<'_>) -> String {
    match &criterion.what {
        What::Ability(code) => look.short_code(LIST, code),
        What::Place => look.t("inquiry-what-place").into_owned(),
        What::Weekday => look.t("inquiry-what-weekday").into_owned(),
        What::Distance => look.t("inquiry-what-distance").into_owned(),
        What::Places => look.t("inquiry-what-places").into_owned(),
    }
}

/// What was asked and answered, and since when it is known.
fn told(criterion: &Criterion, look: &Look<'_>) -> String {
    let old = if criterion.old { look.t("directory-old").into_owned() } else { String::new() };
    let day = criterion.on.filter(|_| criterion.answer != Answer::Unknown).map(|on| look.day(on)).unwrap_or_default();
    let parts = [what(criterion, look), look.t(answer_key(criterion.answer)).into_owned(), day, old];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

impl Popup for Doctors {
    fn takes(&self) -> Focus {
        // Letters choose what is asked.
        Focus::Line
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Popup, Context::List, Context::Form, Context::Global]
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Flow {
        match action {
            Action::Accept | Action::Open => return self.choose(hands),
            Action::Cancel | Action::Back => return Flow::Close,
            Action::NextPane | Action::NextField => {
                self.need.weekday = doctors::next_weekday(self.need.weekday);
                self.find(hands.model);
            }
            Action::PreviousField => {
                self.need.weekday = None;
                self.find(hands.model);
            }
            _ => _ = lists::go(&mut self.list, action, self.rows.len()),
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, hands: &mut Hands<'_>) -> Flow {
        for typed in text.chars() {
            let key = fold::command_key(typed).unwrap_or(typed).to_ascii_lowercase();
            let code = self.entries.iter().find(|entry| entry.key == Some(key)).map(|entry| entry.code.clone());
            if let Some(code) = code {
                self.toggle(&code);
                self.find(hands.model);
            }
        }
        Flow::Stay
    }

    fn edit(&mut self, edit: Edit<'_>, _hands: &mut Hands<'_>) -> Flow {
        match edit {
            Edit::Home => _ = self.list.first(self.rows.len()),
            Edit::End => _ = self.list.last(self.rows.len()),
            _ => {}
        }
        Flow::Stay
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Accept, Action::Down, Action::NextPane, Action::Cancel]
    }

    fn view(&self, look: &Look<'_>, _around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        // No higher than what there is to show.
        let rows = u16::try_from(self.rows.len()).unwrap_or(u16::MAX).max(3);
        let height = rows.saturating_add(BELOW + 10);
        let inner = framed(&look.locale.say(&self.title), 130, height, look, area, buf);
        let keys: Vec<(String, String)> = self
            .entries
            .iter()
            .map(|entry| (entry.key.map(String::from).unwrap_or_default(), look.short_code(LIST, &entry.code)))
            .collect();
        let chips: Vec<Chip<'_>> = self
            .entries
            .iter()
            .zip(&keys)
            .map(|(entry, (key, label))| Chip { code: key, label, chosen: self.need.wanted.contains(&entry.code) })
            .collect();
        let rows = chips::height(&chips, inner.width).min(4).min(inner.height);
        chips::draw(buf, Rect { height: rows, ..inner }, look.theme, &chips, None);
        let mut area = Rect { y: inner.y + rows, height: inner.height - rows, ..inner };
        let mut line = |text: &str, style| {
            if area.height > 0 {
                put(
                    buf,
                    area.x + 1,
                    area.y,
                    area.width.saturating_sub(1),
                    &truncate(text, area.width.saturating_sub(1)),
                    style,
                );
                area.y += 1;
                area.height -= 1;
            }
        };
        line(&self.head(look), look.theme.text);
        let (all, fitting) = (self.all.to_string(), self.fitting.to_string());
        line(&look.locale.f("inquiry-order", &[("all", &all), ("fitting", &fitting)]), look.theme.muted);
        let below = BELOW.min(area.height / 2);
        self.view_list(look, Rect { height: area.height - below, ..area }, buf);
        let chosen =
            Rect { x: area.x + 1, y: area.bottom() - below, width: area.width.saturating_sub(2), height: below };
        self.view_chosen(look, chosen, buf);
        None
    }
}
