//! The memo as a form: the list that a sign opens, and the agreement of text and fields. The text is the truth of what was
//! typed in it: a token that goes clears its field, one that comes sets it; a field that is changed elsewhere makes the
//! token that said otherwise into plain words.

mod agree;
mod callers;
pub mod labels;
mod list;
mod places;
pub mod tokens;
pub mod view;

use std::collections::BTreeSet;
use std::ops::Range;

use super::call::Call;
use crate::app::hands::Hands;
use crate::app::model::Model;
use crate::keys::Action;
use crate::screens::form::Form;
use crate::screens::form::field::Target;
use crate::screens::form::values::Values;
use crate::search::fold;
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;
use labels::{Labels, Lexicon};
use list::{Open, Row, Sources, Take};
use tokens::{Said, Sign, Token};

pub use agree::holds;
pub use callers::Caller;

/// The field of the memo.
const TEXT: &str = "text";
/// How often a sign may be taken out in one go: each makes the text shorter, and no memo holds so many that disagree.
const MOST: usize = 200;

/// What is remembered of a memo from key to key. All of it can be made anew from the slip but what is open.
#[derive(Debug, Default)]
pub struct Memo {
    /// The text and its tokens when text and fields agreed last.
    text: String,
    tokens: Vec<Token>,
    /// The states of slip and desk then.
    seen: Option<(u64, (u64, u64))>,
    /// Whether the slip's values came as a whole (an undo, a draft): then they say what holds.
    came: bool,
    open: Option<Open>,
    /// The callers, as the text calls them, with whom a kind of caller came that was not there: with a token that goes,
    /// only such a one goes. After a restart nobody knows, and what is there stays.
    kinds: BTreeSet<String>,
    /// The place to fill at the caret.
    place: Option<Range<usize>>,
}

impl Memo {
    /// A memo whose slip comes with values.
    pub fn restored() -> Self {
        Self { came: true, ..Self::default() }
    }

    /// The slip's values were put back as they were at some time, with their text.
    pub fn came_back(&mut self) {
        (self.came, self.open, self.place) = (true, None, None);
    }

    /// The list that is open, if there is something to choose.
    fn open(&self) -> Option<&Open> {
        self.open.as_ref().filter(|open| !open.rows.is_empty())
    }

    /// Whether a sign in the text says something that a field holds.
    pub fn has_token(&self) -> bool {
        !self.tokens.is_empty()
    }

    /// Whether a list is open at the caret, with something to choose.
    pub fn is_open(&self) -> bool {
        self.open().is_some()
    }

    /// Whether the caret stands at a place to fill.
    pub const fn is_at_place(&self) -> bool {
        self.place.is_some()
    }

    /// Makes text and fields say the same. Asked for after every message, and before a save.
    pub fn agree(&mut self, form: &mut Form, labels: &mut Labels, model: &Model) {
        let now = |form: &Form| Some((form.version(), labels::state(model)));
        if self.seen == now(form) && !self.came {
            return;
        }
        let text = form.values().text(Target::Contact, TEXT);
        if !self.tokens.is_empty() || tokens::has_sign(text) {
            labels.refresh(model);
            if !std::mem::take(&mut self.came) {
                self.drop_lost(form, labels, model);
                self.follow_text(form, labels, model);
            }
            self.drop_untrue(form, labels, model);
        }
        self.came = false;
        form.values().text(Target::Contact, TEXT).clone_into(&mut self.text);
        self.seen = now(form);
        self.close_if_left(form);
    }

    /// Clears what tokens said that are gone, and sets what tokens say that have come.
    fn follow_text(&mut self, form: &mut Form, labels: &Labels, model: &Model) {
        let tokens = read(form.values(), labels, model);
        let had = |token: &Token| self.tokens.iter().any(|old| old.said == token.said);
        let has = |old: &Token| tokens.iter().any(|token| token.said == old.said);
        let gone: Vec<&Token> = self.tokens.iter().filter(|old| !has(old)).collect();
        let (kept, come): (Vec<&Token>, Vec<&Token>) = tokens.iter().partition(|token| had(token));
        let kept: Vec<&Token> = kept.into_iter().filter(|token| holds(&token.said, form.values())).collect();
        if gone.is_empty() && come.iter().all(|token| holds(&token.said, form.values())) {
            return;
        }
        let mut kinds = self.kinds.clone();
        form.put(|slip| {
            for token in gone {
                let own_kind = caller_of(&token.said).is_some_and(|label| kinds.remove(&label));
                agree::clear(&token.said, own_kind, slip, labels, model);
            }
            // What a token that is still there says is not cleared with another; what has come last counts.
            for token in kept.into_iter().chain(come) {
                if !holds(&token.said, slip) && agree::set(&token.said, slip, labels, model) {
                    kinds.extend(caller_of(&token.said));
                }
            }
        });
        self.kinds = kinds;
    }

    /// A token that nobody touched in the text and that is not known any more, because a field was changed, is plain words.
    fn drop_lost(&mut self, form: &mut Form, labels: &Labels, model: &Model) {
        let tokens = read(form.values(), labels, model);
        let text = form.values().text(Target::Contact, TEXT);
        let moved = Moved::of(&self.text, text);
        let moved = self.tokens.iter().filter_map(|old| Some(Token { at: moved.place(&old.at)?, ..old.clone() }));
        // What another token has taken in, as what is to be done takes in the rest of its line, is gone and not lost.
        let known = |old: &Token| tokens.iter().any(|token| token.at.contains(&old.at.start));
        let lost: Vec<Token> = moved.filter(|old| !known(old)).collect();
        for token in lost.iter().rev() {
            self.drop_sign(token, form);
        }
        self.tokens.retain(|token| !lost.iter().any(|lost| lost.said == token.said));
    }

    /// Takes the sign from every token that the slip does not bear out.
    fn drop_untrue(&mut self, form: &mut Form, labels: &Labels, model: &Model) {
        for _ in 0..MOST {
            self.tokens = read(form.values(), labels, model);
            let untrue = self.tokens.iter().find(|token| !holds(&token.said, form.values())).cloned();
            let Some(token) = untrue else { return };
            self.drop_sign(&token, form);
        }
    }

    fn drop_sign(&mut self, token: &Token, form: &mut Form) {
        let start = token.at.start;
        form.take_out(Target::Contact, TEXT, start..start + token.sign);
        let back = |byte: usize| if byte > start { byte - token.sign } else { byte };
        if let Some(open) = &mut self.open {
            open.at = back(open.at);
        }
        if let Some(place) = &mut self.place {
            *place = back(place.start)..back(place.end);
        }
    }

    /// Closes what is open where the caret is not in it any more.
    fn close_if_left(&mut self, form: &Form) {
        let caret = form.caret().filter(|_| on_memo(form));
        let text = form.values().text(Target::Contact, TEXT);
        self.open.take_if(|open| caret.and_then(|caret| typed(text, open.at, open.sign, caret)).is_none());
        self.place
            .take_if(|place| caret != Some(place.start) || places::next(text, place.start).as_ref() != Some(place));
    }
}

/// Where an edit left a text as it was: before it, and behind it.
struct Moved {
    before: usize,
    behind: usize,
    lens: (usize, usize),
}

impl Moved {
    fn of(old: &str, new: &str) -> Self {
        let same = |(a, b): &(u8, u8)| a == b;
        let before = old.bytes().zip(new.bytes()).take_while(same).count();
        let most = old.len().min(new.len()) - before;
        let behind = old.bytes().rev().zip(new.bytes().rev()).take(most).take_while(same).count();
        Self { before, behind, lens: (old.len(), new.len()) }
    }

    /// Where these bytes are now; `None` where they, or what they touch, were edited.
    fn place(&self, at: &Range<usize>) -> Option<Range<usize>> {
        let (old, new) = self.lens;
        if at.end < self.before || (at.end == old && self.before == old && old == new) {
            return Some(at.clone());
        }
        let untouched = at.start > old - self.behind;
        untouched.then(|| at.start + new - old..at.end + new - old)
    }
}

/// What a text says now.
fn read(slip: &Values, labels: &Labels, model: &Model) -> Vec<Token> {
    tokens::parse(slip.text(Target::Contact, TEXT), &Lexicon { labels, model, slip })
}

/// Whom a token names, as the text calls them.
fn caller_of(said: &Said) -> Option<String> {
    match said {
        Said::Caller { office, name } => Some(labels::caller_label(office, name)),
        _ => None,
    }
}

/// Whether the memo has the focus.
fn on_memo(form: &Form) -> bool {
    form.is_on(Target::Contact, TEXT)
}

/// What stands between the sign at this byte and the caret, if a list belongs there: no blank, but in what is to be done.
fn typed(text: &str, at: usize, sign: Sign, caret: usize) -> Option<&str> {
    let (_, found, width) = tokens::signs(text).find(|(byte, ..)| *byte == at)?;
    let typed = text.get(at + width..caret)?;
    let ends = |c: char| if sign == Sign::Next { c == '\n' } else { c.is_whitespace() };
    (found == sign && !typed.contains(ends)).then_some(typed)
}

/// Typed or pasted text.
pub fn text(call: &mut Call, labels: &mut Labels, text: &str, hands: &Hands<'_>) {
    let around = hands.model.around();
    if !on_memo(&call.form) {
        call.form.insert(text, &around);
        return;
    }
    let was_open = call.memo.open.is_some();
    let before = call.form.caret().unwrap_or_default();
    let before = if let Some(place) = call.memo.place.take() {
        let start = place.start;
        call.form.replace(place, text, &around);
        start
    } else {
        call.form.insert(text, &around);
        before
    };
    if call.memo.open().is_none() {
        open_at_caret(call, before);
    }
    narrow(call, labels, hands);
    if was_open {
        take_canned(call, labels, hands);
    }
}

/// An editing key.
pub fn edit(call: &mut Call, labels: &mut Labels, edit: Edit<'_>, hands: &Hands<'_>) {
    let around = hands.model.around();
    if let Some(open) = call.memo.open.as_mut().filter(|open| !open.rows.is_empty()) {
        let len = open.rows.len();
        match edit {
            Edit::Up => _ = open.state.up(len),
            Edit::Down => _ = open.state.down(len),
            Edit::Newline => choose(call, hands),
            _ => {
                call.form.edit(edit, &around);
                narrow(call, labels, hands);
            }
        }
        return;
    }
    match call.memo.place.take().filter(|_| on_memo(&call.form)) {
        Some(place) if matches!(edit, Edit::Backspace | Edit::Delete) => call.form.replace(place, "", &around),
        _ => call.form.edit(edit, &around),
    }
    narrow(call, labels, hands);
}

/// An action, where something is open at the caret: `false` where it is not about that.
pub fn act(call: &mut Call, action: Action) -> bool {
    match action {
        // Esc closes the list and leaves what was typed.
        Action::Back | Action::Cancel => call.memo.open.take().is_some_and(|open| !open.rows.is_empty()),
        Action::NextField if on_memo(&call.form) => {
            call.memo.open = None;
            let from = call.form.caret().unwrap_or_default();
            // A place where the caret stands already was passed over.
            let from = from + usize::from(call.memo.place.is_some());
            go_to_place(call, from)
        }
        _ => false,
    }
}

/// Opens the list of the sign that was just typed, as part of what came in since `from`.
fn open_at_caret(call: &mut Call, from: usize) {
    let Some(caret) = call.form.caret() else { return };
    let text = call.form.values().text(Target::Contact, TEXT);
    let sign = tokens::signs(text)
        .filter(|(at, ..)| (from..caret).contains(at))
        .rfind(|(at, sign, _)| typed(text, *at, *sign, caret).is_some());
    if let Some((at, sign, _)) = sign {
        call.memo.open = Some(Open { sign, at, rows: Vec::new(), state: ListState::default() });
    }
}

/// Makes the rows of the open list anew for what is typed now; closes it where the caret has left.
fn narrow(call: &mut Call, labels: &mut Labels, hands: &Hands<'_>) {
    call.memo.close_if_left(&call.form);
    let (Some(open), Some(caret)) = (call.memo.open.as_mut(), call.form.caret()) else { return };
    labels.refresh(hands.model);
    let text = call.form.values().text(Target::Contact, TEXT);
    let typed = typed(text, open.at, open.sign, caret).unwrap_or_default();
    let sources = Sources { labels, model: hands.model, locale: hands.locale };
    open.rows = sources.rows(open.sign, typed);
    open.state.select(0);
    // `痛い !! と` is no day: the sign was a mark.
    let over = open.rows.is_empty() && typed.contains(char::is_whitespace);
    call.memo.open.take_if(|_| over);
}

/// A text whose whole name was typed comes in by itself.
fn take_canned(call: &mut Call, labels: &Labels, hands: &Hands<'_>) {
    let (Some(open), Some(caret)) = (call.memo.open(), call.form.caret()) else { return };
    let text = call.form.values().text(Target::Contact, TEXT);
    let (Sign::Canned, Some(typed)) = (open.sign, typed(text, open.at, open.sign, caret)) else { return };
    let name: String = typed.chars().map(|c| fold::command_key(c).unwrap_or(c).to_ascii_lowercase()).collect();
    let sources = Sources { labels, model: hands.model, locale: hands.locale };
    if let Some(canned) = sources.texts().into_iter().find(|canned| canned.name == name) {
        let at = open.at;
        put_canned(call, at..caret, &canned.text, hands);
    }
}

/// Puts the chosen row into the text, and what it says on the slip.
fn choose(call: &mut Call, hands: &Hands<'_>) {
    let Some(open) = call.memo.open.take() else { return };
    let row = open.state.selected(open.rows.len()).and_then(|at| open.rows.into_iter().nth(at));
    let (Some(Row { words, take, .. }), Some(caret)) = (row, call.form.caret()) else { return };
    let at = open.at..caret;
    call.form.checkpoint();
    match take {
        Take::Canned(text) => return put_canned(call, at, &text, hands),
        // Where two bear the same name the text alone cannot say which was meant: the slip does.
        Take::Office(id) => {
            if let Some(office) = hands.model.offices.get(&id) {
                call.form.put(|slip| agree::give(id, office, slip));
            }
        }
        Take::Caller(caller) => {
            let mut put = false;
            call.form.put(|slip| put = caller.fill(slip));
            call.memo.kinds.extend(put.then(|| caller.label()));
        }
        Take::Words => {}
    }
    let around = hands.model.around();
    let rest = call.form.values().text(Target::Contact, TEXT).get(caret..).unwrap_or_default();
    // What is to be done ends with its line; all else is a word among others.
    let end = match (open.sign, words.contains(' ')) {
        (Sign::Next, true) if rest.starts_with('\n') => "",
        (Sign::Next, true) => "\n",
        _ if rest.starts_with(' ') => "",
        _ => " ",
    };
    call.form.replace(at, &format!("{}{words}{end}", open.sign.char()), &around);
}

fn put_canned(call: &mut Call, at: Range<usize>, text: &str, hands: &Hands<'_>) {
    call.memo.open = None;
    call.form.checkpoint();
    let memo = call.form.values().text(Target::Contact, TEXT);
    // What is to be done takes in the rest of its line: the text stands on one of its own.
    let (at, line) = match tokens::next_ends_before(memo, at.start) {
        Some(end) => (end..at.end, "\n"),
        None => (at, ""),
    };
    let start = at.start;
    call.form.replace(at, &format!("{line}{text}"), &hands.model.around());
    go_to_place(call, start);
}

/// Puts the caret at the next place to fill; `false` where there is none.
pub fn go_to_place(call: &mut Call, from: usize) -> bool {
    let place = places::next(call.form.values().text(Target::Contact, TEXT), from);
    if let Some(place) = &place {
        call.form.set_caret(place.start);
    }
    call.memo.place = place;
    call.memo.place.is_some()
}

#[cfg(test)]
mod tests;
