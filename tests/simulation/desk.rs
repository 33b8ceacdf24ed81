//! One simulated desk: the app, its worker, the disk with its troubles, and the checks after each key.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use madoguchi::app::model::Phase;
use madoguchi::app::msg::{Effect, Msg, Now};
use madoguchi::app::{App, Config};
use madoguchi::desk::brief::Brief;
use madoguchi::desk::id::Id;
use madoguchi::desk::record::Kind;
use madoguchi::journal::MemoryStore;
use madoguchi::journal::faulty::{Plan, Random};
use madoguchi::keys::{Key, Keymap};
use madoguchi::locale::{Lang, Locale};
use madoguchi::widgets::held::Held;
use madoguchi::widgets::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use serde::de::DeserializeOwned;

use crate::inputs::{self, Input, Inputs};
use crate::ledger::{Ledger, Records, members, told};
use crate::screen;
use crate::start::{self, FaultyDisk};
use crate::worker::{Done, Wall, Worker};

/// How much goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Troubles {
    /// Nothing: only the operator's keys.
    None,
    /// The disk refuses, the program is killed, the power goes.
    Many,
}

/// What a run met, so that a run that met nothing is no success.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    pub keys: u64,
    pub frames: u64,
    pub commits: u64,
    pub taken_back: u64,
    pub refused: u64,
    pub drafts: u64,
    pub called_saved: u64,
    pub kills: u64,
    pub cuts: u64,
    pub stops: u64,
}

/// The desk.
pub struct Desk {
    seed: u64,
    random: Random,
    inputs: Inputs,
    keymap: Keymap,
    lang: Lang,
    troubles: Troubles,
    disk: FaultyDisk,
    store: MemoryStore,
    /// The store as it was a few batches ago, and how many: what a power cut may leave of it.
    older: (MemoryStore, usize),
    wall: Wall,
    mono: Duration,
    starts: u8,
    app: App,
    worker: Worker,
    ledger: Ledger,
    buffer: Buffer,
    held: Held,
    /// Keys until the disk is sound again.
    failing: u64,
    /// What the head says in both languages when everything is saved, as its cells hold it.
    saved: [String; 2],
    lately: std::collections::VecDeque<Input>,
    tally: Tally,
    ended: bool,
    /// Who works here, where that is asked for.
    me: Option<Id>,
}

impl Desk {
    pub fn new(seed: u64, keymap: &str, lang: Lang, troubles: Troubles) -> Self {
        let (disk, store) = start::desk();
        let (journal, records) = start::read(&disk);
        let keymap = inputs::keymap(keymap);
        let wall: Wall = Arc::new(Mutex::new(start::moment()));
        let mut desk = Self {
            seed,
            random: Random(seed),
            inputs: Inputs::new(&keymap),
            app: app(&keymap, lang, [0; 32], start::moment()),
            worker: Worker::new(&disk, &store, &wall, [0; 32]),
            older: (store.clone(), 0),
            keymap,
            lang,
            troubles,
            disk,
            store,
            wall,
            mono: Duration::ZERO,
            starts: 0,
            ledger: Ledger::of(&journal, records),
            buffer: Buffer::empty(Rect::new(0, 0, 80, 24)),
            held: Held::default(),
            failing: 0,
            saved: [Lang::Ja, Lang::En].map(saved),
            lately: std::collections::VecDeque::new(),
            tally: Tally::default(),
            ended: false,
            me: None,
        };
        desk.open();
        if troubles == Troubles::None {
            // What two people did to one field cannot be taken back by either alone, so there is one, whatever name she
            // chooses on the way.
            desk.me = Some(desk.app.model.me);
        }
        desk
    }

    /// What the run met.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Presses at least this many keys, with all that happens between them.
    pub fn press(&mut self, keys: u64) {
        let end = self.tally.keys + keys;
        while self.tally.keys < end {
            let contexts = self.app.contexts();
            let input = self.inputs.next(&mut self.random, contexts);
            self.lately.push_back(input.clone());
            if self.lately.len() > 40 {
                self.lately.pop_front();
            }
            self.input(input);
            if self.app.model.phase == Phase::Locked {
                self.come_back();
            }
            if self.troubles == Troubles::Many {
                self.trouble();
            }
            if self.ended {
                self.stop();
            }
        }
    }

    /// The end of the run: everything is at rest, and what was promised is there.
    pub fn finish(&mut self) {
        self.mend();
        self.stop();
        self.check_model();
        eprintln!("seed {}: {:?}", self.seed, self.tally);
    }

    /// Undoes until there is nothing to undo: then every record is as at the start.
    pub fn take_everything_back(&mut self) {
        // Out of every popup and form, to the cases, where undo is about what is kept.
        self.input(Input::Resize(100, 30));
        for _ in 0..8 {
            self.keys(&["esc"]);
        }
        self.keys(&["f3", "esc", "esc"]);
        self.drain();
        let mut before = self.tally.taken_back + 1;
        while before != self.tally.taken_back {
            before = self.tally.taken_back;
            self.keys(&["shift-f6"]);
            self.drain();
        }
        assert!(!self.app.has_popup(), "{}", self.text());
        let (journal, records) = start::read(&self.disk);
        let (_, begun) = start::read(&start::desk().0);
        let mut keys: Vec<_> = begun.keys().chain(records.keys()).collect();
        keys.sort();
        if let Some(key) = keys.into_iter().find(|key| begun.get(key) != records.get(key)) {
            let (was, is) = (begun.get(key), records.get(key));
            let (was, is) = (members(was, is), members(is, was));
            let history = told(&journal, *key);
            panic!("undo of everything leads elsewhere: {key}: {is}; was {was}\n{history}\n{}", self.text());
        }
        self.check_model();
    }

    /// Somebody comes back to a desk that has locked itself.
    fn come_back(&mut self) {
        self.mend();
        self.drain();
        for _ in 0..4 {
            if self.app.model.phase == Phase::Locked {
                // Wrong tries have to wait.
                self.wait(Duration::from_secs(301));
                self.keys(&["esc", "ctrl-u", "d", "e", "m", "o", "enter"]);
                self.drain();
            }
        }
        assert!(self.app.model.phase == Phase::Ready, "still locked:\n{}", self.text());
    }

    fn keys(&mut self, names: &[&str]) {
        let keys = names.iter().map(|name| name.parse().unwrap_or_else(|_| panic!("no key: {name}")));
        self.input(Input::Keys(keys.collect()));
    }

    fn input(&mut self, input: Input) {
        match input {
            Input::Keys(keys) => keys.into_iter().for_each(|key| self.key(key)),
            Input::Paste(text) => self.take(Msg::Paste(text)),
            Input::Resize(width, height) => {
                self.buffer = Buffer::empty(Rect::new(0, 0, width, height));
                self.held.set_level(false);
                self.take(Msg::Resize(width, height));
            }
            Input::Wait(ms) => self.wait(Duration::from_millis(ms)),
            Input::Clock(by) => {
                let moment = *self.wall.lock().unwrap() + by;
                // The eras of the case numbers end somewhere; no clock is put that far.
                let years = start::moment().signed_duration_since(moment).num_days() / 365;
                *self.wall.lock().unwrap() = if years.abs() > 6 { start::moment() } else { moment };
                self.take(Msg::Wake);
            }
        }
        self.work();
        self.frame();
    }

    fn key(&mut self, key: Key) {
        self.tally.keys += 1;
        self.take(Msg::Key(key));
        // Between two keys of a fast hand.
        self.pass(Duration::from_millis(40));
        // Small screens cost little: there each key is looked at.
        if self.buffer.area.area() < 300 {
            self.frame();
        }
    }

    fn now(&self) -> Now {
        Now { wall: *self.wall.lock().unwrap(), mono: self.mono }
    }

    fn pass(&mut self, by: Duration) {
        self.mono += by;
        *self.wall.lock().unwrap() += by;
        if self.app.deadline().is_some_and(|deadline| deadline <= self.mono) {
            self.take(Msg::Wake);
        }
    }

    fn wait(&mut self, by: Duration) {
        let end = self.mono + by;
        let mut wakes = 0;
        while let Some(deadline) = self.app.deadline().filter(|deadline| *deadline <= end) {
            // A call's clock asks for one a second; a night of them is left out.
            wakes += 1;
            if wakes > 200 {
                assert!(deadline > self.mono || wakes < 400, "the app's deadline does not move: {deadline:?}");
                self.pass(Duration::from_secs(1).min(end.saturating_sub(self.mono)));
                continue;
            }
            self.pass(deadline.saturating_sub(self.mono));
            self.work();
        }
        self.pass(end.saturating_sub(self.mono));
        if by > Duration::from_secs(1) && self.troubles == Troubles::None {
            self.drain();
            let late = self.app.intake().calls().iter().any(|call| !call.is_kept());
            assert!(!late, "a draft is not on the disk a second after the last key\n{}", self.text());
        }
    }

    fn take(&mut self, message: Msg) {
        let effects = self.app.update(self.now(), message);
        if let Some(me) = self.me {
            self.app.model.me = me;
        }
        for effect in effects {
            match effect {
                Effect::Quit => self.ended = true,
                Effect::Print(_) | Effect::Copy(_) | Effect::Redraw => {}
                effect => self.worker.ask(effect),
            }
        }
    }

    /// The worker gets on, sometimes with all that waits, sometimes not at all.
    fn work(&mut self) {
        let steps = [0, 1, 1, 2, 9][self.random.below(5)];
        for _ in 0..steps {
            if !self.step() {
                self.worker.rest();
                break;
            }
        }
    }

    fn drain(&mut self) {
        while self.step() {}
    }

    fn step(&mut self) -> bool {
        let Some(Done { answers, committed, taken_back, refused, draft }) = self.worker.step(&mut self.ledger) else {
            return false;
        };
        self.tally.commits += u64::from(committed);
        self.tally.taken_back += u64::from(committed && taken_back);
        self.tally.refused += u64::from(refused);
        self.tally.drafts += u64::from(draft);
        if committed {
            self.older.1 += 1;
            if self.older.1 > 3 {
                self.older = (self.store.snapshot(), 0);
            }
            assert_eq!(self.ledger.number_twice(), None);
        }
        for answer in answers {
            self.take(answer);
        }
        true
    }

    /// Draws, and looks at what was drawn.
    fn frame(&mut self) {
        if !self.app.take_dirty() {
            return;
        }
        // Large screens cost most of the run: of them a part is looked at.
        let area = self.buffer.area.area();
        if area > 300 && self.random.below(if area > 3_000 { 12 } else { 4 }) > 0 {
            return;
        }
        let caret = self.draw();
        self.tally.frames += 1;
        if let Some(fault) = screen::fault(&self.buffer, caret) {
            panic!("{fault}\n{}", self.text());
        }
        self.check_called_saved();
    }

    fn draw(&mut self) -> Option<Position> {
        let caret = self.app.view_over(&self.held, &mut self.buffer);
        self.held.set_level(true);
        let mut anew = Buffer::empty(self.buffer.area);
        assert_eq!(self.app.view(anew.area, &mut anew), caret, "the caret of a frame over the one before");
        if anew.content != self.buffer.content {
            let rows = |buffer: &Buffer| madoguchi::widgets::paint::screen_text(buffer);
            let differ: Vec<String> = rows(&anew)
                .lines()
                .zip(rows(&self.buffer).lines())
                .enumerate()
                .filter(|(_, (anew, over))| anew != over)
                .map(|(y, (anew, over))| format!("row {y}\n{anew}\n{over}"))
                .collect();
            panic!("a frame over the one before is not what is drawn anew:\n{}", differ.join("\n"));
        }
        caret
    }

    fn text(&self) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 100, 30));
        self.app.view(buffer.area, &mut buffer);
        madoguchi::widgets::paint::screen_text(&buffer)
    }

    /// Where the head says 保存済, all that was typed is on the disk.
    fn check_called_saved(&mut self) {
        let word = match self.app.lang() {
            Lang::Ja => &self.saved[0],
            Lang::En => &self.saved[1],
        };
        if !screen::first_row(&self.buffer).contains(word.as_str()) {
            return;
        }
        self.tally.called_saved += 1;
        assert!(!self.worker.waits_with_a_batch(), "called saved while a save is on its way\n{}", self.text());
        for call in self.app.intake().calls() {
            let kept = self.ledger.drafts.get(&call.id).and_then(|draft| draft.kept.as_ref());
            let slip = kept.and_then(|kept| kept.get("slip"));
            let typed = call.form.values().to_json();
            assert_eq!(slip, Some(&typed), "called saved, and is not\n{}", self.text());
        }
    }

    /// Now and then something goes wrong, and now and then it is over.
    fn trouble(&mut self) {
        if self.failing > 0 {
            self.failing -= 1;
            if self.failing == 0 {
                self.disk.plan(Plan::default());
            }
        }
        match self.random.below(3_000) {
            0..12 if self.failing == 0 => self.fail(),
            20..23 => self.kill(),
            30..33 => self.cut(),
            40..42 => self.ended = true,
            // The power goes in the middle of the next things that are written.
            50..52 => {
                let cut_at = u64::try_from(self.random.below(30) + 1).unwrap();
                self.disk.plan(Plan { cut_at: Some(cut_at), ..Plan::default() });
                for _ in 0..self.random.below(30) {
                    let input = self.inputs.next(&mut self.random, self.app.contexts());
                    self.lately.push_back(input.clone());
                    self.input(input);
                }
                self.cut();
            }
            _ => {}
        }
    }

    fn fail(&mut self) {
        let room = self.random.below(20_000);
        let mut below = |end: usize| u64::try_from(self.random.below(end)).unwrap();
        let plan = match below(4) {
            0 => Plan { fail_at: Some(below(12) + 1), torn: true, ..Plan::default() },
            1 => Plan { fail_at: Some(below(12) + 1), ..Plan::default() },
            2 => Plan { fail_at: Some(below(12) + 1), torn: below(2) == 0, lasting: true, ..Plan::default() },
            _ => Plan { room: Some(u64::try_from(room).unwrap()), ..Plan::default() },
        };
        self.failing = below(120) + 1;
        self.disk.plan(plan);
    }

    /// The disk is sound again.
    fn mend(&mut self) {
        self.failing = 0;
        self.disk.plan(Plan::default());
    }

    /// The operator leaves the program.
    fn stop(&mut self) {
        self.tally.stops += 1;
        self.ended = false;
        let (disk, store) = (self.disk.clone(), self.store.clone());
        let worker = std::mem::replace(&mut self.worker, Worker::new(&disk, &store, &self.wall, [0; 32]));
        worker.close(&mut self.ledger);
        self.open();
    }

    /// kill -9: the program is gone, the disk goes on.
    fn kill(&mut self) {
        self.tally.kills += 1;
        self.mend();
        self.open();
    }

    /// The power goes: what was not synced is there in part or not at all, and the store may lack its last batches.
    fn cut(&mut self) {
        self.tally.cuts += 1;
        self.disk = self.disk.after_cut(self.random.next_u64());
        self.failing = 0;
        self.store = match self.random.below(3) {
            0 => MemoryStore::default(),
            1 => self.older.0.snapshot(),
            _ => self.store.snapshot(),
        };
        self.open();
    }

    /// Starts the program over what is there, and checks what it finds.
    fn open(&mut self) {
        self.starts = self.starts.wrapping_add(1);
        let (mut seed, starts) = ([0; 32], self.tally.kills + self.tally.cuts + self.tally.stops);
        seed[..8].copy_from_slice(&starts.to_le_bytes());
        seed[8..16].copy_from_slice(&self.seed.to_le_bytes());
        let other = seed.map(|byte| !byte);
        // The lock of the program before goes with it.
        self.worker = Worker::new(&FaultyDisk::new(), &MemoryStore::default(), &self.wall, other);
        self.check_disk();
        let more = self.troubles == Troubles::Many && self.random.below(4) == 0;
        let fails = more || self.failing > 0;
        if more {
            let fail_at = Some(u64::try_from(self.random.below(14) + 1).unwrap());
            let (lasting, torn) = (self.random.below(2) == 0, self.random.below(2) == 0);
            self.disk.plan(Plan { fail_at, lasting, torn, ..Plan::default() });
        }
        self.worker = Worker::new(&self.disk, &self.store, &self.wall, other);
        let mut answers = self.worker.open();
        if fails {
            self.mend();
            if !answers.iter().any(|answer| matches!(answer, Msg::Opened(_))) {
                self.worker = Worker::new(&FaultyDisk::new(), &MemoryStore::default(), &self.wall, other);
                self.worker = Worker::new(&self.disk, &self.store, &self.wall, other);
                answers = self.worker.open();
            }
        }
        let now = *self.wall.lock().unwrap();
        self.mono = Duration::ZERO;
        self.app = app(&self.keymap, self.lang, seed, now);
        let opened = answers.iter().find_map(|answer| match answer {
            Msg::Opened(opening) => Some(opening),
            _ => None,
        });
        let Some(opening) = opened.filter(|opening| !opening.fresh) else { panic!("not opened: {answers:?}") };
        assert_eq!(self.ledger.drafts_missing(&opening.drafts), None);
        // Nothing was damaged, whatever happened.
        let damage: Vec<_> = opening.notices.iter().filter(|say| say.key != "journal-clock-back").collect();
        assert!(damage.is_empty(), "told at the start: {damage:?}");
        let drafts = opening.drafts.iter().map(|(id, value)| {
            (*id, crate::ledger::Draft { kept: Some(value.clone()), ..crate::ledger::Draft::default() })
        });
        self.ledger.drafts = drafts.collect();
        for answer in answers {
            self.take(answer);
        }
        // Some begin to type before everything has arrived.
        if self.random.below(2) == 0 {
            self.drain();
            self.check_model();
        }
        self.older = (self.store.snapshot(), 0);
        self.buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
        self.held.set_level(false);
        self.frame();
    }

    /// What was acknowledged is on the disk. From here on that is what the desk starts with.
    fn check_disk(&mut self) {
        let (journal, records) = start::read(&self.disk);
        assert_eq!(self.ledger.missing(&journal, &records), None);
        let drafts = std::mem::take(&mut self.ledger.drafts);
        self.ledger = Ledger { drafts, ..Ledger::of(&journal, records) };
        assert_eq!(self.ledger.number_twice(), None);
    }

    /// With nothing on its way the app knows what the journal says, no more and no less.
    fn check_model(&mut self) {
        self.drain();
        if self.ledger.doubtful > 0 {
            return;
        }
        let model = &self.app.model;
        let briefs = typed(&self.ledger.records, Kind::Case).map(|(id, case)| Brief::of(id, &case));
        assert_eq!(model.cases, briefs.collect(), "the cases on the screen are not those of the journal");
        assert_eq!(model.offices, typed(&self.ledger.records, Kind::Office).collect(), "the offices");
        assert_eq!(model.meetings, typed(&self.ledger.records, Kind::Meeting).collect(), "the meetings");
        assert_eq!(model.operators, typed(&self.ledger.records, Kind::Operator).collect(), "the operators");
    }
}

fn app(keymap: &Keymap, lang: Lang, seed: [u8; 32], wall: chrono::DateTime<chrono::FixedOffset>) -> App {
    let now = Now { wall, mono: Duration::ZERO };
    App::new(Config { lang: Some(lang), keymap: keymap.clone(), theme: Theme::default(), seed, now })
}

/// The word for saved, with a blank in the hidden half of each wide glyph.
fn saved(lang: Lang) -> String {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 1));
    let text = Locale::new(lang).f("app-saved", &[("at", "")]).into_owned();
    madoguchi::widgets::paint::put(&mut buffer, 0, 0, 40, text.trim_end(), ratatui::style::Style::new());
    screen::first_row(&buffer).trim_end().to_owned()
}

fn typed<T: DeserializeOwned>(records: &Records, kind: Kind) -> impl Iterator<Item = (Id, T)> + '_ {
    let of_kind = records.iter().filter(move |(key, _)| key.kind == kind);
    of_kind.map(|(key, value)| (key.id, serde_json::from_value(value.clone()).unwrap()))
}

impl Drop for Desk {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let lately: Vec<String> = self.lately.iter().map(shown).collect();
            eprintln!("seed {}, after {} keys; lately: {}", self.seed, self.tally.keys, lately.join(" · "));
        }
    }
}

fn shown(input: &Input) -> String {
    match input {
        Input::Keys(keys) => Key::print_chord(keys),
        other => format!("{other:?}"),
    }
}
