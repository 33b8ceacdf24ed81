//! 変更届: the sheets that wait, and of the chosen one every field: what stands there now, what is wanted, what stood there
//! when the sheet was made. Nothing comes into the directory before somebody takes it over here.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::hands::{Hands, Tone};
use crate::app::model::Model;
use crate::app::sheets::{BY_PAPER, SheetWish, wish};
use crate::desk::edits::{self, Accept};
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::operator::Role;
use crate::desk::proposal::{Item, Part, Proposal, new_person_line, understood};
use crate::desk::say::Say;
use crate::keys::Action;
use crate::popups::confirm::Confirm;
use crate::popups::offices::Offices;
use crate::popups::picker::{Choice, Picker};
use crate::popups::prompt::Prompt;
use crate::screens::directory::change;
use crate::screens::form::Focus;
use crate::screens::look::Look;
use crate::screens::pages::Page;
use crate::screens::{Screen, lists};
use crate::search::fold;
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;

mod make;
mod view;

pub use make::{into_folder, meant};

/// The page.
#[derive(Debug, Default)]
pub struct Proposals {
    sheets: ListState,
    items: ListState,
    /// Whether the items have the keys, and not the sheets.
    inside: bool,
}

/// A proposal with its office, where that is known.
struct Chosen<'a> {
    id: Id,
    proposal: &'a Proposal,
    office: Option<&'a Office>,
}

impl Chosen<'_> {
    fn keys(&self) -> Vec<String> {
        self.proposal.waiting().map(|(part, _)| part.to_string()).collect()
    }

    fn is_conflict(&self, part: &Part, item: &Item) -> bool {
        self.office.is_some_and(|office| Proposal::is_conflict(part, item, office))
    }
}

impl Proposals {
    fn chosen<'m>(&self, model: &'m Model) -> Option<Chosen<'m>> {
        let waiting = model.waiting_proposals();
        let (id, proposal) = self.sheets.selected(waiting.len()).and_then(|at| waiting.get(at)).copied()?;
        let office = model.offices.get(&proposal.office).map(Box::as_ref).filter(|office| !office.removed);
        Some(Chosen { id, proposal, office })
    }

    fn item<'c>(&self, chosen: &'c Chosen<'_>) -> Option<(Part, &'c Item)> {
        let items: Vec<_> = chosen.proposal.waiting().collect();
        let at = self.items.selected(items.len())?;
        items.into_iter().nth(at)
    }

    /// The items that the keys are about: the one with the marker, else all of the sheet.
    fn meant(&self, chosen: &Chosen<'_>) -> Vec<String> {
        if self.inside {
            self.item(chosen).map(|(part, _)| part.to_string()).into_iter().collect()
        } else {
            chosen.keys()
        }
    }

    /// Takes over the item with the marker; on a sheet, all of it.
    fn accept(&self, hands: &mut Hands<'_>) {
        let model = hands.model;
        let Some(chosen) = self.chosen(model) else { return };
        if self.inside {
            keep(&chosen, &self.meant(&chosen), hands);
        } else {
            self.accept_all(hands);
        }
    }

    /// Takes over everything but what the directory has changed since, and what cannot be read.
    fn accept_all(&self, hands: &mut Hands<'_>) {
        let model = hands.model;
        let Some(chosen) = self.chosen(model) else { return };
        let clean = |(part, item): &(Part, &Item)| item.expected.is_none() && !chosen.is_conflict(part, item);
        let keys: Vec<String> = chosen.proposal.waiting().filter(clean).map(|(part, _)| part.to_string()).collect();
        let left = chosen.proposal.waiting().count() - keys.len();
        if left > 0 && keys.is_empty() {
            return hands.say(Say::new("proposal-one-by-one").with("count", left.to_string()), Tone::Warning);
        }
        keep(&chosen, &keys, hands);
    }

    fn refuse(&self, hands: &mut Hands<'_>) {
        let model = hands.model;
        let Some(chosen) = self.chosen(model) else { return };
        let keys = self.meant(&chosen);
        let (id, proposal) = (chosen.id, chosen.proposal.clone());
        if self.inside {
            if let Some(batch) = edits::refuse_changes(model.me, (id, &proposal), &keys) {
                hands.commit(batch);
            }
            return;
        }
        let question = Say::new("proposal-refuse-question").with("name", proposal.name.clone());
        hands.open(Confirm::new(question.with("count", keys.len().to_string()), move |hands| {
            if let Some(batch) = edits::refuse_changes(hands.model.me, (id, &proposal), &keys) {
                hands.commit(batch);
            }
        }));
    }

    /// Puts right what an item wants: an answer is chosen, everything else typed.
    fn correct(&self, hands: &mut Hands<'_>) {
        let model = hands.model;
        let Some(chosen) = self.chosen(model) else { return };
        let Some((part, item)) = self.item(&chosen).filter(|_| self.inside) else { return };
        let (id, proposal) = (chosen.id, chosen.proposal.clone());
        let title = Say::new("proposal-edit-title").with("name", proposal.name.clone());
        match part {
            Part::Able(_) | Part::Office("accepting") => {
                let answers =
                    [("1", "yes", "directory-yes"), ("2", "ask", "directory-ask"), ("3", "no", "directory-no")];
                let choices = answers.map(|(key, code, label)| Choice {
                    code: code.to_owned(),
                    key: key.chars().next(),
                    label: hands.locale.t(label).into_owned(),
                });
                hands.open(Picker::new(title, choices.to_vec(), Some(&item.wanted), move |hands, code| {
                    let batch = edits::edit_change(hands.model.me, (id, &proposal), &part.to_string(), code);
                    if let Some(batch) = batch {
                        hands.commit(batch);
                    }
                }));
            }
            Part::New(_) => {
                let Some(person) = item.person.clone() else { return };
                change::correct_person(title, &person, hands, move |hands, after| {
                    let (key, line) = (part.to_string(), new_person_line(after));
                    match edits::edit_new_person(hands.model.me, (id, &proposal), &key, after, line) {
                        Some(batch) => hands.commit(batch),
                        None => hands.say(Say::new("keeping-unchanged"), Tone::Good),
                    }
                });
            }
            Part::Left(left) => who_left(&chosen, left, title, hands),
            Part::Office(_) | Part::Staff(..) => {
                let about = item.expected.map_or("proposal-edit-about", view::expected_key);
                let text = item.wanted.clone();
                hands.open(Prompt::new(title, Say::new(about), &text, move |hands, typed| {
                    let typed = fold::one_line(typed);
                    let wanted = understood(&part, &typed, hands.today())
                        .map_err(|expected| Say::new(view::expected_key(expected)))?;
                    let batch = edits::edit_change(hands.model.me, (id, &proposal), &part.to_string(), &wanted);
                    if let Some(batch) = batch {
                        hands.commit(batch);
                    }
                    Ok(())
                }));
            }
        }
    }
}

/// Who of the office has left, where the sheet has the wrong one; nobody: then the item does not come in.
fn who_left(chosen: &Chosen<'_>, left: Id, title: Say, hands: &mut Hands<'_>) {
    let Some(office) = chosen.office else {
        return hands.say(Say::new("proposal-whose-first"), Tone::Warning);
    };
    let (id, proposal) = (chosen.id, chosen.proposal.clone());
    let nobody = hands.locale.t("proposal-nobody-left").into_owned();
    let mut choices = vec![Choice { code: "nobody".to_owned(), key: Some('0'), label: nobody }];
    let keys = ('1'..='9').map(Some).chain(std::iter::repeat(None));
    for ((staff, person), key) in office.present_staff().into_iter().zip(keys) {
        let who = if person.name.is_empty() { &person.department } else { &person.name };
        let label = hands.locale.f("proposal-who-left", &[("name", who), ("role", &person.role)]);
        choices.push(Choice { code: staff.to_string(), key, label: label.trim_end().to_owned() });
    }
    let (key, before) = (Part::Left(left).to_string(), left.to_string());
    hands.open(Picker::new(title, choices, Some(&before), move |hands, code| {
        let me = hands.model.me;
        let batch = match code.parse::<Id>() {
            Ok(who) => edits::edit_left(me, (id, &proposal), &key, who),
            Err(_) => edits::refuse_changes(me, (id, &proposal), std::slice::from_ref(&key)),
        };
        match batch {
            Some(batch) => hands.commit(batch),
            None => hands.say(Say::new("keeping-unchanged"), Tone::Good),
        }
    }));
}

/// Takes these items over; where the sheet did not say whose it is, that is asked first.
fn keep(chosen: &Chosen<'_>, keys: &[String], hands: &mut Hands<'_>) {
    let (id, proposal) = (chosen.id, chosen.proposal);
    let model = hands.model;
    let Some(office) = chosen.office.filter(|_| proposal.sure) else {
        let near = if proposal.office.is_nil() { Vec::new() } else { vec![proposal.office] };
        let title = Say::new("proposal-whose").with("name", proposal.name.clone());
        let popup = Offices::new(title, near, hands, move |hands, office| {
            hands.commit(edits::name_proposal(hands.model.me, id, office));
        });
        return hands.open(popup);
    };
    let told = hands.locale.t("proposal-source").into_owned();
    let accept = Accept { by: model.me, how: BY_PAPER, told: &told, today: model.today() };
    let ids = &mut *hands.ids;
    match edits::accept_changes(&accept, (id, proposal), office, keys, &mut || ids.fresh()) {
        Some(batch) => hands.commit(batch),
        None => hands.say(Say::new("proposal-nothing-to-accept"), Tone::Warning),
    }
}

fn read(hands: &mut Hands<'_>) {
    let (title, about) = (Say::new("proposal-read-title"), Say::new("proposal-path-about"));
    hands.open(Prompt::new(title, about, "", |hands, typed| {
        if typed.trim().is_empty() {
            return Err(Say::new("proposal-path-empty"));
        }
        wish(hands, SheetWish::ReadProposals(typed.to_owned()));
        Ok(())
    }));
}

impl Screen for Proposals {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        let waiting = hands.model.waiting_proposals().len();
        let items = self.chosen(hands.model).map_or(0, |chosen| chosen.proposal.waiting().count());
        match action {
            Action::ReadSheets => read(hands),
            Action::MakeSheets => make::ask(hands),
            Action::AcceptChange => self.accept(hands),
            Action::AcceptAll => self.accept_all(hands),
            Action::RefuseChange => self.refuse(hands),
            Action::Edit => self.correct(hands),
            Action::NextPane => self.inside = !self.inside && items > 0,
            Action::Open => self.inside = items > 0,
            Action::Back if self.inside => self.inside = false,
            _ if self.inside => return lists::go(&mut self.items, action, items),
            _ => {
                let moved = lists::go(&mut self.sheets, action, waiting);
                if moved {
                    self.items.select(0);
                }
                return moved;
            }
        }
        true
    }

    fn text(&mut self, _text: &str, _hands: &mut Hands<'_>) {}

    fn edit(&mut self, _edit: Edit<'_>, _hands: &mut Hands<'_>) {}

    fn changed(&mut self, hands: &mut Hands<'_>) {
        // The last item of a sheet was decided: the keys go back to the sheets.
        let items = self.chosen(hands.model).map_or(0, |chosen| chosen.proposal.waiting().count());
        self.inside &= items > 0;
    }

    fn hints(&self) -> &'static [Action] {
        if self.inside {
            &[
                Action::AcceptChange,
                Action::RefuseChange,
                Action::Edit,
                Action::AcceptAll,
                Action::NextPane,
                Action::Undo,
                Action::Help,
            ]
        } else {
            &[
                Action::Open,
                Action::AcceptAll,
                Action::RefuseChange,
                Action::ReadSheets,
                Action::MakeSheets,
                Action::NextPage,
                Action::Help,
            ]
        }
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        self.draw(model, look, area, buf);
        None
    }
}

impl Page for Proposals {
    fn title(&self) -> &'static str {
        "proposal-page"
    }

    fn seen_by(&self, role: Role) -> bool {
        role != Role::Viewer
    }
}
