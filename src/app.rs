//! App: model, screens, popup stack; `update(Msg) -> Vec<Effect>`. Pure: no I/O, no clock, no terminal.
//!
//! The way of a key: the focused text field, or the keymap → an action → the popup on top, the screen, or the app
//! itself → requests → effects. One direction.

pub mod asked;
pub mod backups;
mod callers;
mod commits;
pub mod counting;
mod deadline;
pub mod doctors;
pub mod entering;
pub mod entries;
mod entry;
pub mod fares;
mod handover;
pub mod hands;
pub mod keys;
pub mod known;
mod language;
mod looks;
pub mod model;
pub mod msg;
pub mod people;
pub mod practice;
pub mod reach;
pub mod requests;
pub mod sheets;
mod small;
mod steady;
pub mod used;
pub mod view;

use std::cell::Cell;
use std::collections::BTreeMap;

use crate::desk::id::Id;
use crate::desk::operator::Role;
use crate::desk::say::Say;
use crate::keys::{Action, Key, Keymap};
use crate::locale::{Lang, Locale};
use crate::popups::help::Help;
use crate::popups::message::Message;
use crate::popups::palette::Palette;
use crate::popups::recovery::Recovery;
use crate::popups::shut::Shut;
use crate::popups::{Flow, Popup};
use crate::screens::ScreenName;
use crate::screens::directory::Directory;
use crate::screens::entry::Gate;
use crate::screens::intake::Intake;
use crate::screens::intake::call::Call;
use crate::screens::meeting::MeetingScreen;
use crate::screens::pages::Pages;
use crate::screens::queue::Queue;
use crate::screens::start::Start;
use crate::screens::{keeping, upkeep};
use crate::widgets::cache::PaneCache;
use crate::widgets::held::Frame;
use crate::widgets::theme::Theme;
use view::Scene;

use commits::Pending;
use counting::Counting;
use hands::{Ids, Request, Tone};
use keys::Front;
use looks::Looks;
use model::{Model, Phase};
use msg::{Answer, Effect, Msg, Now, Opening, Query, Ticket};
use practice::Practice;

/// What the app is started with.
pub struct Config {
    /// The language of the command line; `None`: the operator's or the desk's own, else [`App::suggest_language`].
    pub lang: Option<Lang>,
    /// The keymap in force.
    pub keymap: Keymap,
    /// Styles and borders.
    pub theme: Theme,
    /// Random, for new identities.
    pub seed: [u8; 32],
    /// The clocks at the start.
    pub now: Now,
}

/// The whole application without the outside.
pub struct App {
    /// The desk as it is known.
    pub model: Model,
    screen: ScreenName,
    intake: Intake,
    queue: Queue,
    directory: Directory,
    meeting: MeetingScreen,
    upkeep: Pages,
    keeping: Pages,
    start: Start,
    gate: Gate,
    popups: Vec<Box<dyn Popup>>,
    /// The popups that the lock covers.
    covered: Vec<Box<dyn Popup>>,
    /// Keys that were pressed while the passphrase was being tried.
    early: Vec<Key>,
    /// The clocks when a key was pressed last.
    touched: Now,
    keymap: Keymap,
    locale: Locale,
    lang_given: bool,
    theme: Theme,
    ids: Ids,
    chord: Vec<Key>,
    notice: Option<(Say, Tone)>,
    pending: BTreeMap<Ticket, Pending>,
    tickets: u64,
    effects: Vec<Effect>,
    dirty: bool,
    told_ime: bool,
    panes: Panes,
    /// Whether more than the text in focus may have changed since the last frame.
    stirred: Cell<bool>,
    looks: Looks,
    /// For whom the slip that was kept last was asked for, and at which version of the habits.
    asked_last: (Id, u64),
    counting: Counting,
    /// What who sits at the desk did last, the newest last.
    deeds: Vec<commits::Deed>,
    practice: Practice,
    practise_soon: bool,
    /// Whether the handover that was asked for last is to be shown whatever it says.
    hands_over: bool,
    /// Whether the April round may still be spoken of today.
    reminds: bool,
}

/// The bars as they were drawn last.
#[derive(Default)]
struct Panes {
    head: PaneCache,
    calls: PaneCache,
    foot: PaneCache,
    /// What was drawn last over the frame before it, and as which frame.
    scene: Cell<Option<(Scene, Frame)>>,
}

impl App {
    /// An app that waits for its data folder.
    pub fn new(config: Config) -> Self {
        Self {
            model: Model::new(config.now),
            screen: ScreenName::Queue,
            intake: Intake::default(),
            queue: Queue::default(),
            directory: Directory::default(),
            meeting: MeetingScreen::default(),
            upkeep: upkeep::screen(),
            keeping: keeping::screen(),
            start: Start::default(),
            gate: Gate::default(),
            popups: Vec::new(),
            covered: Vec::new(),
            early: Vec::new(),
            touched: config.now,
            keymap: config.keymap,
            locale: Locale::new(config.lang.unwrap_or_default()),
            lang_given: config.lang.is_some(),
            theme: config.theme,
            ids: Ids::new(config.seed),
            chord: Vec::new(),
            notice: None,
            pending: BTreeMap::new(),
            tickets: 0,
            effects: Vec::new(),
            dirty: true,
            told_ime: false,
            panes: Panes::default(),
            stirred: Cell::new(true),
            looks: Looks::default(),
            asked_last: (Id::NIL, 0),
            counting: Counting::default(),
            deeds: Vec::new(),
            practice: Practice::default(),
            practise_soon: false,
            hands_over: false,
            reminds: false,
        }
    }

    /// Shows a sentence at the foot until the next key: what was found before there was a desk.
    pub fn warn(&mut self, say: Say) {
        self.say(say, Tone::Warning);
    }

    /// Takes in what happened and says what is to be done outside.
    pub fn update(&mut self, now: Now, msg: Msg) -> Vec<Effect> {
        let before = std::mem::replace(&mut self.model.now, now);
        let shown = self.before_key(&msg, before);
        if self.lock_when_idle(&msg) {
            self.stirred.set(true);
            return std::mem::take(&mut self.effects);
        }
        let from_outside = matches!(
            msg,
            Msg::Opened(_)
                | Msg::Arrived(_)
                | Msg::Committed { .. }
                | Msg::Loaded { .. }
                | Msg::Backup(_)
                | Msg::Sheets(_)
        );
        match msg {
            Msg::Key(key) => {
                let counted = self.count_key(key);
                self.key(key);
                self.count_after(counted);
            }
            Msg::Paste(text) => {
                let counted = self.count_paste(&text);
                self.typed(&text);
                self.count_after(counted);
            }
            Msg::Resize(..) | Msg::Wake => self.dirty = true,
            Msg::Opened(opening) => self.opened(*opening),
            Msg::NotOpened(say) => {
                self.model.phase = Phase::Failed;
                self.open(Box::new(Message::new(vec![say])));
            }
            Msg::Shut { say, instead } => {
                self.model.phase = Phase::Failed;
                self.open(Box::new(Shut::new(say, instead)));
            }
            Msg::Arrived(arrival) => {
                self.model.arrive(arrival);
                self.dirty = true;
            }
            Msg::Committed { ticket, receipt } => self.committed(ticket, receipt),
            Msg::NotCommitted { ticket, say } => self.not_committed(ticket, say),
            Msg::NothingToUndo { ticket } => self.nothing_to_undo(ticket),
            Msg::DraftSaved { id, version } => {
                self.model.saved_at = Some(now.wall);
                self.intake.draft_saved(id, version);
                self.dirty = true;
            }
            Msg::DraftNotSaved { id, say } => {
                self.intake.draft_not_saved(id, now.mono);
                self.say(say, Tone::Bad);
            }
            Msg::Noted(say) => self.say(say, Tone::Good),
            Msg::Warned(told) => self.open(Box::new(Message::new(told))),
            Msg::Loaded { answer, .. } => self.loaded(answer),
            Msg::Backup(news) => self.backed_up(*news),
            Msg::Sheets(news) => self.sheets_came(*news),
            Msg::AskPassphrase { demo, wait } => self.ask_passphrase(demo, wait),
            Msg::AskSeal { operators } => self.ask_seal(operators),
            Msg::Unlocked { operator } => self.unlocked(operator),
            Msg::NotUnlocked { say, code_needed, wait } => self.not_unlocked(say, code_needed, wait),
            Msg::Recovering { operators } => self.recovering(operators),
            Msg::RecoveryKey { key } => self.open(Box::new(Recovery::new(key))),
            Msg::KeysDone { ticket, result } => self.keys_done(ticket, &result),
        }
        if from_outside {
            if self.model.phase == Phase::Locked {
                // What happens behind the lock is nobody's to read.
                self.notice = None;
            }
            self.look_again();
        }
        self.watch_caller();
        self.watch_last();
        // A locked desk keeps nothing; every draft went to the disk before.
        if self.model.phase != Phase::Locked {
            self.intake.save_drafts(&self.model, &mut self.effects);
            self.model.in_call = self.intake.calls().iter().any(Call::is_running);
            self.watch_case();
            self.watch_clock(before);
        }
        self.watch_backups();
        self.remind_of_april();
        self.watch_practice();
        self.note_steady(shown);
        std::mem::take(&mut self.effects)
    }

    /// Whether something changed since the last call: then the screen is to be drawn.
    pub fn take_dirty(&mut self) -> bool {
        std::mem::take(&mut self.dirty)
    }

    /// The screen in front.
    pub const fn screen(&self) -> ScreenName {
        self.screen
    }

    /// The language on the screen.
    pub const fn lang(&self) -> Lang {
        self.locale.lang()
    }

    /// The calls in progress.
    pub const fn intake(&self) -> &Intake {
        &self.intake
    }

    /// Whether a popup is on top.
    pub const fn has_popup(&self) -> bool {
        !self.popups.is_empty()
    }

    fn opened(&mut self, mut opening: Opening) {
        let (drafts, cut_off) = (std::mem::take(&mut opening.drafts), opening.cut_off);
        let notices = std::mem::take(&mut opening.notices);
        if let Some(remark) = std::mem::take(&mut opening.remarks).into_iter().next() {
            self.say(remark, Tone::Warning);
        }
        self.model.open(opening);
        if self.model.phase == Phase::Ready {
            if !self.lang_given {
                self.follow_language();
            }
            let left = drafts.len();
            self.intake.restore(&drafts, cut_off, &self.model);
            if left > 0 {
                self.screen = ScreenName::Intake;
                self.say(Say::new("app-drafts-restored").with("count", left.to_string()), Tone::Warning);
            }
            self.advise_backups();
            self.ask_handover(false);
            self.practise_if_asked();
        }
        if !notices.is_empty() {
            self.open(Box::new(Message::new(notices)));
        }
        self.touched = self.model.now;
        self.dirty = true;
        self.press_early_keys();
    }

    fn loaded(&mut self, answer: Answer) {
        for popup in self.popups.iter_mut().chain(&mut self.covered) {
            popup.answered(&answer);
        }
        match answer {
            Answer::CaseFile(file) => self.model.file = Some(*file),
            Answer::Persons(history) => {
                self.model.history = Some(*history);
                self.model.history_version += 1;
            }
            // Meanwhile another one may have been kept, or somebody else sat down.
            Answer::Slip(slip) if self.model.habits.last_of(self.model.me) != Some(slip.id) => {}
            Answer::Slip(slip) => self.model.last_slip = Some(*slip),
            Answer::Log(page) => self.model.log = Some(*page),
            Answer::Reviews(reviews) => self.model.reviews = Some(*reviews),
            Answer::Usage(report) => self.model.usage = Some(*report),
            Answer::Recent(recent) => self.hand_over(&recent),
            Answer::Reach(part) => {
                if let Some(after) = self.model.reach.take(part) {
                    self.carry_out(vec![Request::Load(Query::Reach(after))]);
                }
            }
            Answer::History(..) | Answer::Looks(..) | Answer::Nothing => {}
            Answer::Failed(say) => self.say(say, Tone::Bad),
        }
        self.dirty = true;
    }

    fn open(&mut self, popup: Box<dyn Popup>) {
        // What comes in behind the lock waits there.
        let stack = if self.model.phase == Phase::Locked { &mut self.covered } else { &mut self.popups };
        stack.push(popup);
        self.dirty = true;
    }

    fn say(&mut self, say: Say, tone: Tone) {
        self.notice = Some((say, tone));
        self.dirty = true;
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "what means nothing to the app may still mean something to calls"
    )]
    fn act_as_app(&mut self, action: Action) -> bool {
        match action {
            Action::Undo => self.undo(false),
            Action::Redo => self.undo(true),
            Action::Quit => self.quit(),
            Action::Redraw => self.effects.push(Effect::Redraw),
            Action::Lock => self.lock(),
            Action::Language => self.speak(self.locale.lang().other()),
            Action::Help => self.open(Box::new(Help::new(self.contexts()))),
            Action::Palette => self.open_palette(),
            Action::GoQueue => self.go(ScreenName::Queue),
            Action::GoDirectory => self.go(ScreenName::Directory),
            Action::Find => {
                self.directory.clear();
                self.go(ScreenName::Directory);
            }
            Action::GoMeeting => self.go(ScreenName::Meeting),
            Action::GoUpkeep => self.go(ScreenName::Upkeep),
            Action::GoKeeping => self.go(ScreenName::Keeping),
            Action::SwitchOperator => self.choose_operator(),
            Action::Handover => self.ask_handover(true),
            Action::Practice => self.practise(),
            _ => return self.act_on_calls(action),
        }
        true
    }

    fn open_palette(&mut self) {
        let contexts = self.contexts();
        let actions = self.keymap.commands(contexts).into_iter().map(|hint| hint.action).collect();
        self.open(Box::new(Palette::new(contexts, actions)));
    }

    fn quit(&mut self) {
        self.leave();
        // Drafts that are not on the disk yet go there before the program ends.
        self.intake.flush_drafts(&self.model, &mut self.effects);
        self.effects.push(Effect::Quit);
    }

    fn go(&mut self, screen: ScreenName) {
        if self.model.phase != Phase::Ready {
            return;
        }
        // Nothing of the upkeep reaches who may only look: empty pages would say that there is nothing.
        if screen == ScreenName::Upkeep && self.model.role() == Role::Viewer {
            _ = self.refuse_to_write();
            return;
        }
        self.leave();
        self.screen = screen;
        self.at_front(|front, hands| {
            if let Front::Screen(screen) = front {
                screen.entered(hands);
            }
            Flow::Stay
        });
        self.dirty = true;
    }

    /// Lets the screen in front end what it has begun, before another comes to the front.
    fn leave(&mut self) {
        let popups = std::mem::take(&mut self.popups);
        self.at_front(|front, hands| {
            if let Front::Screen(screen) = front {
                screen.left(hands);
            }
            Flow::Stay
        });
        self.popups = popups;
    }
}
