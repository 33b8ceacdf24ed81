//! 版: the lists that the desk gives away, by edition; beside each who received it, what changed since, and who still has
//! an older one.

mod sheets;
mod view;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::hands::{Hands, Tone};
use crate::app::model::Model;
use crate::desk::document::{Document, Recipient};
use crate::desk::edition;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::operator::Role;
use crate::desk::say::Say;
use crate::keys::Action;
use crate::print::edition::{ChangedOffice, told};
use crate::screens::form::Focus;
use crate::screens::look::Look;
use crate::screens::pages::Page;
use crate::screens::{Screen, lists};
use crate::search::fold;
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;

/// What is shown beside the editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Side {
    /// 配付先 of the edition.
    #[default]
    Recipients,
    /// What changed since the edition.
    Changes,
    /// Who still has an older one than the newest of the list.
    Old,
}

/// Somebody beside the editions: in which edition, under which entry, with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Somebody {
    document: Id,
    number: u32,
    entry: Id,
    recipient: Recipient,
}

/// The page.
#[derive(Debug, Default)]
pub struct Editions {
    list: ListState,
    side: Side,
    beside: ListState,
    /// Whether the keys go to what is beside the editions.
    right: bool,
    /// The edition that is kept is to be chosen when it is there.
    wanted: Option<Id>,
    /// What changed since the edition that is chosen: compared anew when something came in or another one is chosen.
    changed: Vec<ChangedOffice>,
}

/// All editions: the lists in the order of their codes, of each the newest first.
fn all(model: &Model) -> Vec<(Id, &Document)> {
    let mut all: Vec<(Id, &Document)> =
        model.documents.iter().filter(|(_, document)| document.is_edition()).map(|(id, d)| (*id, d)).collect();
    let place = |list: &str| model.codebook.entries("edition-list").iter().position(|entry| entry.code == list);
    all.sort_by(|(a_id, a), (b_id, b)| {
        (place(&a.list), &a.list, b.number, b_id).cmp(&(place(&b.list), &b.list, a.number, a_id))
    });
    all
}

/// Who a recipient is: an office is itself, others go by their name in any spelling.
fn key(recipient: &Recipient) -> String {
    if recipient.office.is_nil() { fold::text(&recipient.name) } else { recipient.office.to_string() }
}

/// What an edition is compared with: the newest of its list, and that one with the directory as it is now.
fn compared(model: &Model, document: &Document) -> Document {
    match edition::editions(&model.documents, &document.list).first() {
        Some((_, newest)) if newest.number > document.number => (*newest).clone(),
        _ => {
            let offices = model.offices.iter().map(|(id, office)| (*id, office.as_ref()));
            let now = edition::snapshot(offices, &document.list, &document.extent, &fold::same);
            Document { on: Some(model.today()), ..now }
        }
    }
}

impl Editions {
    fn chosen<'m>(&self, model: &'m Model) -> Option<(Id, &'m Document)> {
        let all = all(model);
        self.list.selected(all.len()).and_then(|at| all.into_iter().nth(at))
    }

    /// Those beside the edition that is chosen; none where something else is shown there.
    fn entries(&self, model: &Model) -> Vec<Somebody> {
        let Some((id, document)) = self.chosen(model) else { return Vec::new() };
        match self.side {
            Side::Changes => Vec::new(),
            Side::Recipients => {
                let mut entries: Vec<Somebody> = document
                    .recipients
                    .iter()
                    .map(|(entry, one)| Somebody {
                        document: id,
                        number: document.number,
                        entry: *entry,
                        recipient: one.clone(),
                    })
                    .collect();
                entries.sort_by(|a, b| {
                    let of = |entry: &Somebody| (entry.recipient.on, entry.recipient.name.clone(), entry.entry);
                    of(a).cmp(&of(b))
                });
                entries
            }
            Side::Old => {
                let holders = edition::holders_of_old(&model.documents, &document.list, &key);
                let entry = |holder: edition::Holder<'_>| Somebody {
                    document: holder.document,
                    number: holder.number,
                    entry: holder.entry,
                    recipient: holder.recipient.clone(),
                };
                holders.into_iter().map(entry).collect()
            }
        }
    }

    /// How many rows stand beside the editions.
    fn rows(&self, model: &Model) -> usize {
        match self.side {
            Side::Changes => self.changed.iter().map(|office| office.what.len()).sum(),
            Side::Recipients | Side::Old => self.entries(model).len(),
        }
    }

    /// Compares anew; only where it is looked at, for it reads the whole directory.
    fn compare(&mut self, hands: &Hands<'_>) {
        self.changed.clear();
        if self.side != Side::Changes {
            return;
        }
        let model = hands.model;
        let Some((_, document)) = self.chosen(model) else { return };
        let found = edition::changes(document, &compared(model, document));
        self.changed = found.iter().map(|one| told(one, hands.locale, &model.codebook)).collect();
    }

    fn turn_side(&mut self, hands: &Hands<'_>) {
        self.side = match self.side {
            Side::Recipients => Side::Changes,
            Side::Changes => Side::Old,
            Side::Old => Side::Recipients,
        };
        self.beside = ListState::default();
        self.compare(hands);
    }

    /// Somebody beside the editions, chosen there; says what to do where nobody is.
    fn somebody(&self, hands: &mut Hands<'_>) -> Option<Somebody> {
        let entries = self.entries(hands.model);
        let found = self.beside.selected(entries.len()).and_then(|at| entries.into_iter().nth(at));
        let found = found.filter(|_| self.right);
        if found.is_none() {
            hands.say(Say::new("edition-choose-somebody"), Tone::Warning);
        }
        found
    }

    fn back(&self, hands: &mut Hands<'_>) {
        let Some(one) = self.somebody(hands) else { return };
        let on = one.recipient.back.is_none().then(|| hands.today());
        hands.commit(edits::edition_back(hands.model.me, one.document, one.entry, on));
    }

    fn ungive(&self, hands: &mut Hands<'_>) {
        let Some(one) = self.somebody(hands) else { return };
        hands.commit(edits::ungive_edition(hands.model.me, one.document, one.entry));
    }

    fn go(&mut self, action: Action, hands: &Hands<'_>) -> bool {
        if self.right {
            let rows = self.rows(hands.model);
            return lists::go(&mut self.beside, action, rows);
        }
        let moved = lists::go(&mut self.list, action, all(hands.model).len());
        if moved {
            self.beside = ListState::default();
            self.compare(hands);
        }
        moved
    }
}

impl Screen for Editions {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        let chosen = self.chosen(hands.model).map(|(id, _)| id);
        match (action, chosen) {
            (Action::MakeEdition, _) => {
                let id = hands.ids.fresh();
                self.wanted = Some(id);
                sheets::make(id, hands);
            }
            (Action::GiveEdition | Action::Print, None) => hands.say(Say::new("edition-none-here"), Tone::Warning),
            (Action::GiveEdition, Some(id)) => sheets::give(id, hands),
            (Action::Print, Some(id)) => sheets::print(id, hands),
            (Action::UngiveEdition, _) => self.ungive(hands),
            (Action::EditionBack, _) => self.back(hands),
            (Action::EditionSide | Action::Open, _) => self.turn_side(hands),
            (Action::NextPane, _) => self.right = !self.right,
            (Action::Back, _) if self.right => self.right = false,
            _ => return self.go(action, hands),
        }
        true
    }

    fn text(&mut self, _text: &str, _hands: &mut Hands<'_>) {}

    fn edit(&mut self, _edit: Edit<'_>, _hands: &mut Hands<'_>) {}

    fn entered(&mut self, hands: &mut Hands<'_>) {
        self.compare(hands);
    }

    fn changed(&mut self, hands: &mut Hands<'_>) {
        let place = self.wanted.and_then(|id| all(hands.model).iter().position(|(other, _)| *other == id));
        if let Some(place) = place {
            self.list.select(place);
            self.wanted = None;
        }
        self.compare(hands);
    }

    fn hints(&self) -> &'static [Action] {
        if self.right {
            return &[Action::EditionBack, Action::UngiveEdition, Action::NextPane, Action::EditionSide, Action::Help];
        }
        &[
            Action::MakeEdition,
            Action::GiveEdition,
            Action::EditionSide,
            Action::Print,
            Action::NextPane,
            Action::NextPage,
            Action::Undo,
            Action::Help,
        ]
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        view::draw(self, model, look, area, buf);
        None
    }
}

impl Page for Editions {
    fn title(&self) -> &'static str {
        "edition-page"
    }

    fn seen_by(&self, role: Role) -> bool {
        role != Role::Viewer
    }
}
