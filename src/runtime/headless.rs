//! The whole program without a terminal, threads and the system's clock: key strings in, a screen out. For tests.
//!
//! The same app and the same keeper as at a desk; effects are carried out at once and their answers come back before
//! the next key, so that a test needs no waiting.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::msg::{Answer, Effect, LogQuery, Msg, Now, Query, Ticket};
use crate::app::{App, Config};
use crate::desk::access::Entry;
use crate::desk::say::Say;
use crate::desk::secret::Secret;
use crate::journal::vault::Cost;
use crate::journal::{FaultyDisk, MemoryStore, Options, StoreChoice};
use crate::keys::{Key, Keymap};
use crate::locale::Lang;
use crate::print::{Job, Made};
use crate::widgets::held::Held;
use crate::widgets::paint::screen_text;
use crate::widgets::theme::Theme;

use super::keeper::Keeper;
use super::paper;

/// A desk without a terminal.
pub struct Headless {
    /// The app, for assertions.
    pub app: App,
    /// What was put into the clipboard, oldest first.
    pub copied: Vec<String>,
    /// The pages that were made, oldest first.
    pub printed: Vec<String>,
    /// The files that were made for the desk's folder for papers: name and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// Whether the app asked to end.
    pub ended: bool,
    /// The recovery key that was shown last.
    pub recovery: Option<Secret>,
    keeper: Keeper,
    now: Now,
    buffer: Buffer,
    held: Held,
    caret: Option<Position>,
}

/// What outlives a program: the disk and the store; and what the next start is asked for.
#[derive(Clone)]
pub struct World {
    /// The disk; its faults can be planned.
    pub disk: FaultyDisk,
    /// The store.
    pub store: MemoryStore,
    /// The time of day at the next start.
    pub wall: DateTime<FixedOffset>,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The language of the command line.
    pub lang: Option<Lang>,
    /// The keymap in force.
    pub keymap: Keymap,
    /// Styles and borders.
    pub theme: Theme,
    /// The passphrase that the command line gives at each start; none: it is asked for.
    pub passphrase: Option<Secret>,
    starts: u64,
}

impl World {
    /// An empty folder at this moment; a terminal of 100×30, in Japanese, with the program's own keymap.
    pub fn new(wall: DateTime<FixedOffset>) -> Self {
        Self {
            disk: FaultyDisk::new(),
            store: MemoryStore::default(),
            wall,
            size: (100, 30),
            lang: Some(Lang::Ja),
            keymap: Keymap::default(),
            theme: Theme::default(),
            passphrase: None,
            starts: 0,
        }
    }

    /// Starts the program on what is there.
    pub fn start(&mut self) -> Headless {
        self.starts += 1;
        let config = Config {
            lang: self.lang,
            keymap: self.keymap.clone(),
            theme: self.theme.clone(),
            seed: self.seed(0),
            now: Now { wall: self.wall, mono: Duration::ZERO },
        };
        let store = StoreChoice::Memory(self.store.clone());
        let options = Options { store, who: "uketsuke".to_owned(), ..Options::small(self.wall) };
        let wall = self.wall;
        let disk = Arc::new(self.disk.clone());
        let keeper = Keeper::new(PathBuf::from("desk"), disk, options, Box::new(move || wall), self.seed(1));
        let keeper = keeper.with_cost(Cost::TEST).with_passphrase(self.passphrase.clone());
        Headless::start(config, keeper, self.size)
    }

    /// Another for each start, the same for the same start: identities must neither repeat nor differ between runs.
    fn seed(&self, what: u8) -> [u8; 32] {
        let mut seed = [what; 32];
        seed.iter_mut().zip(self.starts.to_le_bytes()).for_each(|(to, from)| *to = from);
        seed
    }
}

/// The text is no key script.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such key in a script: {0}")]
pub struct NotAKey(pub String);

impl Headless {
    /// Starts an app of this configuration over what `keeper` keeps, in a terminal of these columns and rows. Everything
    /// has arrived when this returns. From now on the keeper's clock is this desk's.
    pub fn start(config: Config, keeper: Keeper, (width, height): (u16, u16)) -> Self {
        let now = config.now;
        let mut desk = Self {
            app: App::new(config),
            copied: Vec::new(),
            printed: Vec::new(),
            files: Vec::new(),
            ended: false,
            recovery: None,
            keeper,
            now,
            buffer: Buffer::empty(Rect::new(0, 0, width, height)),
            held: Held::default(),
            caret: None,
        };
        desk.set_mono(now.mono);
        desk.paint();
        let mut answers = VecDeque::new();
        desk.keeper.open(&mut |answered| answers.push_back(answered.into_msg()));
        desk.digest(answers);
        desk.settle();
        desk
    }

    /// Ends the program as when the operator leaves: with the mark of a clean stop. Dropping it ends it as kill -9 does.
    pub fn stop(mut self) {
        self.keeper.close();
    }

    /// Lets the keeper read on until everything has arrived.
    pub fn settle(&mut self) {
        while self.keeper.has_more() {
            let mut answers = VecDeque::new();
            self.keeper.read_on(&mut |answered| answers.push_back(answered.into_msg()));
            self.digest(answers);
        }
    }

    /// Presses keys: names as in a keymap, and quoted text that is typed character by character: `f7 "山田" tab ctrl-s`.
    pub fn keys(&mut self, script: &str) -> Result<(), NotAKey> {
        for key in parse(script)? {
            self.take(Msg::Key(key));
        }
        Ok(())
    }

    /// Pastes a text.
    pub fn paste(&mut self, text: &str) {
        self.take(Msg::Paste(text.to_owned()));
    }

    /// One message from outside, as the loop would bring it.
    pub fn take(&mut self, message: Msg) {
        if let Msg::Resize(width, height) = message {
            self.buffer.resize(Rect::new(0, 0, width, height));
            self.held.set_level(false);
        }
        self.digest(VecDeque::from([message]));
        self.settle();
    }

    /// Lets time pass; the app is woken at each of its deadlines on the way.
    pub fn advance(&mut self, by: Duration) {
        let end = self.now.mono + by;
        // An app whose deadline never moves would keep a desk busy for ever; here it shows as a test that goes on.
        while let Some(deadline) = self.app.deadline().filter(|deadline| *deadline <= end) {
            self.set_mono(deadline.max(self.now.mono));
            self.take(Msg::Wake);
        }
        self.set_mono(end);
    }

    /// The rows of the screen, one a line, without the blanks at their ends.
    pub fn text(&self) -> String {
        let area = self.buffer.area;
        let mut text = String::new();
        for y in area.top()..area.bottom() {
            let mut row = String::new();
            let mut covered = 0;
            for x in area.left()..area.right() {
                let Some(cell) = self.buffer.cell((x, y)) else { continue };
                if covered > 0 {
                    covered -= 1;
                    continue;
                }
                row.push_str(cell.symbol());
                covered = crate::widgets::width::width(cell.symbol()).saturating_sub(1);
            }
            text.push_str(row.trim_end());
            text.push('\n');
        }
        text
    }

    /// The cells of the screen.
    pub fn buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// Where the caret is.
    pub fn caret(&self) -> Option<Position> {
        self.caret
    }

    /// The clocks at this desk.
    pub fn now(&self) -> Now {
        self.now
    }

    /// The access log as who sits here may see it, oldest first; for assertions.
    pub fn log(&mut self) -> Vec<Entry> {
        let mut entries = Vec::new();
        let mut query = LogQuery { who: self.app.model.me, ..LogQuery::default() };
        loop {
            let mut page = None;
            let load = Effect::Load { ticket: Ticket::default(), query: Query::Log(query.clone()) };
            self.keeper.carry_out(load, &mut |answered| {
                if let Msg::Loaded { answer: Answer::Log(found), .. } = answered.into_msg() {
                    page = Some(*found);
                }
            });
            let next = page.and_then(|page| {
                entries.extend(page.entries);
                page.next
            });
            match next {
                Some(next) => query.before = Some(next),
                None => break,
            }
        }
        entries.reverse();
        entries
    }

    /// Types the last group of the recovery key that is shown, as somebody does who has written it down.
    pub fn confirm_recovery_key(&mut self) {
        let last = self.recovery.take().and_then(|key| Some(key.expose().split_whitespace().last()?.to_owned()));
        for letter in last.unwrap_or_default().chars() {
            self.take(Msg::Key(Key::char(letter)));
        }
        if let Ok(enter) = Key::from_str("enter") {
            self.take(Msg::Key(enter));
        }
    }

    fn set_mono(&mut self, mono: Duration) {
        self.now.wall += mono.saturating_sub(self.now.mono);
        self.now.mono = mono;
        let wall = self.now.wall;
        self.keeper.set_clock(Box::new(move || wall));
    }

    fn digest(&mut self, mut messages: VecDeque<Msg>) {
        while let Some(message) = messages.pop_front() {
            if let Msg::RecoveryKey { key } = &message {
                self.recovery = Some(key.clone());
            }
            for effect in self.app.update(self.now, message) {
                match effect {
                    Effect::Quit => self.ended = true,
                    Effect::Redraw => {}
                    Effect::Copy(text) => self.copied.push(text),
                    Effect::Print(job) => messages.push_back(self.print(&job)),
                    kept @ (Effect::Commit { .. }
                    | Effect::OpenInstead(_)
                    | Effect::Dispose { .. }
                    | Effect::Look(_)
                    | Effect::Backup(_)
                    | Effect::Sheets(_)
                    | Effect::Undo { .. }
                    | Effect::Redo { .. }
                    | Effect::SaveDraft { .. }
                    | Effect::RemoveDraft { .. }
                    | Effect::Load { .. }
                    | Effect::SetUp(_)
                    | Effect::Unlock { .. }
                    | Effect::UnlockByRecovery { .. }
                    | Effect::Lock
                    | Effect::SealDesk { .. }
                    | Effect::Keys { .. }
                    | Effect::RememberOperator(_)) => {
                        self.keeper.carry_out(kept, &mut |answered| messages.push_back(answered.into_msg()));
                        for (task, today) in self.keeper.take_sheets() {
                            messages.push_back(Msg::Sheets(Box::new(super::sheets::run(task, today))));
                        }
                        for job in self.keeper.take_jobs() {
                            let done = job.run();
                            self.keeper.finish(done, &mut |answered| messages.push_back(answered.into_msg()));
                        }
                    }
                }
            }
        }
        if self.app.take_dirty() {
            self.paint();
        }
    }

    /// Makes a paper without a browser and without a disk: a PDF stays the page that it would be made of.
    fn print(&mut self, job: &Job) -> Msg {
        let made = match &job.made {
            Made::Opened => paper::html(job).map(|page| {
                self.printed.push(page);
                Msg::Noted(Say::new("print-opened"))
            }),
            _ if job.folder.is_empty() => Err(Say::new("print-no-folder")),
            Made::Pdf(name) => paper::html(job).map(|page| self.keep_file(name, page.into_bytes())),
            Made::Xlsx(name) | Made::Csv(name) | Made::CsvCp932(name) => {
                paper::table(job).map(|bytes| self.keep_file(name, bytes))
            }
        };
        made.unwrap_or_else(|say| Msg::Warned(vec![say]))
    }

    fn keep_file(&mut self, name: &str, bytes: Vec<u8>) -> Msg {
        self.files.push((name.to_owned(), bytes));
        Msg::Noted(Say::new("print-kept").with("file", name))
    }

    fn paint(&mut self) {
        self.caret = self.app.view_over(&self.held, &mut self.buffer);
        self.held.set_level(true);
        if cfg!(debug_assertions) {
            let mut anew = Buffer::empty(self.buffer.area);
            let caret = self.app.view(anew.area, &mut anew);
            assert!(
                caret == self.caret && anew.content == self.buffer.content,
                "a frame over the one before is not what is drawn anew:\n{}\n{}",
                screen_text(&self.buffer),
                screen_text(&anew)
            );
        }
    }
}

/// The keys of a script.
pub fn parse(script: &str) -> Result<Vec<Key>, NotAKey> {
    let mut keys = Vec::new();
    for (i, part) in script.split('"').enumerate() {
        if i % 2 == 1 {
            keys.extend(part.chars().map(Key::char));
            continue;
        }
        for name in part.split_whitespace() {
            keys.push(Key::from_str(name).map_err(|_| NotAKey(name.to_owned()))?);
        }
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::id::Id;
    use crate::journal::faulty::Plan;

    fn world() -> World {
        let world = World::new(DateTime::parse_from_rfc3339("2026-11-22T14:29:00+09:00").unwrap());
        World { passphrase: Some(Secret::passphrase("雨の日は縁側で猫とお茶を飲む")), ..world }
    }

    const SET_UP: &str = "2 \"架空窓口\" tab \"試験花子\" tab tab \"雨の日は縁側で猫とお茶を飲む\" tab \"雨の日は縁側で猫とお茶を飲む\" enter";

    fn set_up(desk: &mut Headless) {
        desk.keys(SET_UP).unwrap();
        if desk.recovery.is_some() {
            desk.confirm_recovery_key();
        }
    }

    #[test]
    fn a_desk_is_set_up_left_and_opened_again() {
        let mut world = world();
        let mut desk = world.start();
        set_up(&mut desk);
        assert_eq!(desk.app.model.desk.name, "架空窓口");
        let first = desk.app.model.me;
        desk.keys("ctrl-q").unwrap();
        assert!(desk.ended);
        desk.stop();
        let desk = world.start();
        assert_eq!((desk.app.model.desk.name.as_str(), desk.app.model.me), ("架空窓口", first));
        assert!(desk.app.model.complete && desk.text().contains("試験花子"));
    }

    #[test]
    fn the_demo_fills_an_empty_folder_once() {
        let mut world = world();
        let mut desk = world.start();
        desk.keys("1").unwrap();
        let (cases, offices) = (desk.app.model.cases.len(), desk.app.model.offices.len());
        assert!(cases > 10 && offices > 10, "{cases} {offices}");
        drop(desk);
        let desk = world.start();
        assert_eq!((desk.app.model.cases.len(), desk.app.model.offices.len()), (cases, offices));
        assert!(desk.app.model.desk.demo && desk.app.model.complete);
    }

    #[test]
    fn what_the_head_counts_is_what_there_is() {
        let mut desk = world().start();
        desk.keys("1").unwrap();
        let check = |desk: &Headless, after: &str| {
            let model = &desk.app.model;
            let open = model.cases.iter().filter(|case| case.is_open()).count();
            let flagged: Vec<Id> = model.cases.iter().filter(|case| case.flag.is_some()).map(|case| case.id).collect();
            assert_eq!(model.open_count(), open, "after {after}");
            assert!(model.flagged().map(|(id, _)| id).eq(flagged), "after {after}");
            (open, model.cases.len())
        };
        let (open, all) = check(&desk, "the demo");
        assert!(0 < open && open < all);
        for keys in
            ["f7 tab \"山田\" ctrl-s", "f3 m", "down m", "up m", "ctrl-z", "ctrl-z", "ctrl-z", "ctrl-z", "ctrl-y"]
        {
            desk.keys(keys).unwrap();
            check(&desk, keys);
        }
    }

    #[test]
    fn a_set_up_that_was_cut_off_begins_again() {
        for cut in 1..200 {
            let mut world = world();
            world.disk.plan(Plan { cut_at: Some(cut), ..Plan::default() });
            let mut desk = world.start();
            set_up(&mut desk);
            let done = desk.app.model.desk.name == "架空窓口";
            drop(desk);
            // What the power cut left on the disk, and a store that has nothing of it.
            (world.disk, world.store) = (world.disk.after_cut(cut), MemoryStore::default());
            let mut again = world.start();
            if !done && again.app.model.desk.name.is_empty() {
                again.keys("esc esc").unwrap();
                set_up(&mut again);
            }
            assert_eq!(again.app.model.desk.name, "架空窓口", "cut at {cut}\n{}", again.text());
            if done {
                return;
            }
        }
        panic!("a set-up takes more than 200 steps");
    }

    #[test]
    fn time_wakes_the_app_and_drafts_outlive_the_program() {
        let mut world = world();
        let mut desk = world.start();
        set_up(&mut desk);
        desk.keys("f7 tab \"山田\"").unwrap();
        desk.advance(Duration::from_secs(2));
        assert_eq!(desk.now().wall, world.wall + Duration::from_secs(2));
        drop(desk);
        let desk = world.start();
        assert!(desk.text().contains("山田"), "{}", desk.text());
    }

    #[test]
    fn a_script_holds_names_and_texts() {
        let keys = parse("f7 \"山 田\" tab ctrl-s").unwrap();
        let shown: Vec<String> = keys.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["f7", "山", "space", "田", "tab", "ctrl-s"]);
        assert_eq!(parse("f7 nokey"), Err(NotAKey("nokey".to_owned())));
        assert_eq!(parse("").unwrap(), []);
    }
}
