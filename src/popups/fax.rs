//! Asks whether the number of a FAX cover sheet is the right one, before the sheet is made: a wrong number is a leak.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame::framed;
use super::{Flow, Popup};
use crate::app::hands::{Hands, Request};
use crate::desk::id::Id;
use crate::desk::record::{Explain, Kind, RecordKey};
use crate::desk::say::Say;
use crate::keys::Action;
use crate::print::{self, Fit, Job, Made, Paper};
use crate::screens::form::{Around, Focus};
use crate::screens::look::Look;
use crate::search::fold;
use crate::widgets::paint::put;
use crate::widgets::width::{truncate, wrap};

/// What opens the list of recipients.
type Other = Box<dyn FnOnce(&mut Hands<'_>)>;

/// The question.
pub struct Fax {
    case: Id,
    sheet: print::Fax,
    folder: String,
    name: String,
    other: Option<Other>,
}

/// What can be chosen, in the order of the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Make,
    Name,
    Other,
    Pdf,
}

impl Fax {
    /// Asks about this sheet of this case. `folder` is the desk's for printed files, `name` the full name, which only an
    /// operator puts on it; each empty: not known.
    pub fn new(
        case: Id,
        sheet: print::Fax,
        folder: String,
        name: &str,
        other: impl FnOnce(&mut Hands<'_>) + 'static,
    ) -> Self {
        Self { case, sheet, folder, name: name.trim().to_owned(), other: Some(Box::new(other)) }
    }

    /// What the digits from 1 choose. What cannot be chosen has no digit.
    fn choices(&self) -> Vec<Choice> {
        let can_make = !self.sheet.to.fax.is_empty() && Fit::of(&self.sheet).is_ok();
        let can = |choice: &Choice| match choice {
            Choice::Make => can_make,
            Choice::Name => !self.name.is_empty(),
            Choice::Other => true,
            Choice::Pdf => can_make && !self.folder.is_empty(),
        };
        [Choice::Make, Choice::Name, Choice::Other, Choice::Pdf].into_iter().filter(can).collect()
    }

    fn make(&self, made: Made, hands: &mut Hands<'_>) -> Flow {
        let paper = Paper::Fax(Box::new(self.sheet.clone()));
        let job = Job { paper, folder: self.folder.clone(), made };
        hands.ask(Request::Print(RecordKey::new(Kind::Case, self.case), Box::new(job)));
        Flow::Close
    }

    fn choose(&mut self, choice: Choice, hands: &mut Hands<'_>) -> Flow {
        match choice {
            Choice::Make => self.make(Made::Opened, hands),
            // Its name tells the matter by its number, and nothing of anybody.
            Choice::Pdf => {
                let day = hands.today().format("%Y%m%d");
                self.make(Made::Pdf(format!("FAX-{}-{day}.pdf", self.sheet.number)), hands)
            }
            Choice::Name => {
                let shown = &mut self.sheet.about.name;
                *shown = if shown.is_empty() { self.name.clone() } else { String::new() };
                Flow::Stay
            }
            Choice::Other => {
                if let Some(other) = self.other.take() {
                    other(hands);
                }
                Flow::Close
            }
        }
    }

    const fn words(&self, choice: Choice) -> &'static str {
        match choice {
            Choice::Make => "print-fax-make",
            Choice::Name if self.sheet.about.name.is_empty() => "print-fax-show-name",
            Choice::Name => "print-fax-hide-name",
            Choice::Other => "print-fax-other",
            Choice::Pdf => "print-fax-pdf",
        }
    }

    /// How the person stands on the paper.
    fn about(&self) -> Say {
        let about = &self.sheet.about;
        match (about.name.as_str(), about.initials.as_str()) {
            ("", "") => Say::new("print-fax-by-hand"),
            ("", initials) => Say::new("print-fax-initials").with("initials", initials),
            (name, _) => Say::new("print-fax-full").with("name", name),
        }
    }
}

impl Popup for Fax {
    fn takes(&self) -> Focus {
        Focus::Code
    }

    fn act(&mut self, action: Action, _hands: &mut Hands<'_>) -> Flow {
        // Enter makes nothing: the number is to be read first.
        if matches!(action, Action::Cancel | Action::Back) { Flow::Close } else { Flow::Stay }
    }

    fn text(&mut self, text: &str, hands: &mut Hands<'_>) -> Flow {
        let key = text.chars().next().map(|key| fold::command_key(key).unwrap_or(key));
        let place = key.and_then(|key| key.to_digit(10)).and_then(|n| usize::try_from(n).ok()?.checked_sub(1));
        match place.and_then(|place| self.choices().get(place).copied()) {
            Some(choice) => self.choose(choice, hands),
            None => Flow::Stay,
        }
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Cancel]
    }

    fn view(&self, look: &Look<'_>, _around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let width = 66_u16.min(area.width);
        let room = width.saturating_sub(4);
        let fax = &self.sheet;
        let mut lines = vec![(format!("{}  {}", look.t("print-fax-to"), fax.to.office), look.theme.title)];
        if !fax.to.doctor.is_empty() {
            let doctor = Say::new("print-fax-doctor").with("doctor", fax.to.doctor.as_str());
            lines.push((look.locale.say(&doctor), look.theme.text));
        }
        let blank = (String::new(), look.theme.text);
        lines.push(blank.clone());
        if fax.to.fax.is_empty() {
            lines.extend(wrapped(&look.t("print-fax-none"), room).map(|line| (line, look.theme.error)));
        } else {
            // As large as a terminal can write: with room between the figures.
            let spaced: String = fax.to.fax.chars().flat_map(|c| [c, ' ']).collect();
            lines.push((format!("{}   {}", look.t("print-fax-number"), spaced.trim_end()), look.theme.urgent));
            lines.push(blank.clone());
            lines.extend(wrapped(&look.t("print-fax-check"), room).map(|line| (line, look.theme.text)));
        }
        let about = look.locale.say(&self.about());
        let style = if fax.about.name.is_empty() { look.theme.text } else { look.theme.warning };
        lines.push((format!("{}  {about}", look.t("print-fax-about")), style));
        let length = match Fit::of(fax) {
            Ok(Fit { sheets: 1, .. }) => None,
            Ok(_) => Some((look.t("print-fax-two").into_owned(), look.theme.warning)),
            Err(long) => Some((look.locale.say(&long.say()), look.theme.error)),
        };
        if let Some((told, style)) = length {
            lines.push(blank.clone());
            lines.extend(wrapped(&told, room).map(|line| (line, style)));
        }
        lines.push(blank);
        let choices = (1..).zip(self.choices());
        lines.extend(choices.map(|(n, choice)| (format!("{n}  {}", look.t(self.words(choice))), look.theme.text)));
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let inner = framed(&look.t("print-fax-title"), width, height, look, area, buf);
        for (y, (line, style)) in (inner.y..inner.bottom()).zip(lines) {
            put(buf, inner.x + 1, y, inner.width.saturating_sub(1), &truncate(&line, room), style);
        }
        None
    }
}

fn wrapped(text: &str, room: u16) -> impl Iterator<Item = String> {
    wrap(text, room).into_iter().filter_map(|line| text.get(line).map(str::to_owned)).collect::<Vec<_>>().into_iter()
}
