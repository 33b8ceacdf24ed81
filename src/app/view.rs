//! How the whole screen is drawn: head, the screen in front, popups from bottom to top, foot. Changes no state.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::App;
use super::backups::{Standing, age};
use super::hands::Tone;
use super::model::Phase;
use crate::desk::operator::Role;
use crate::keys::Action;
use crate::screens::ScreenName;
use crate::screens::intake::{clocks, head};
use crate::screens::look::Look;
use crate::search::fold;
use crate::widgets::bar::{Segment, draw_bar};
use crate::widgets::cache::version;
use crate::widgets::held::Held;
use crate::widgets::paint::{put, put_line, put_wrapped};
use crate::widgets::width::truncate;

/// Below this there is no room to work in: one sentence says so.
const LEAST: (u16, u16) = (40, 10);
/// From this width on the head has room for what is not for every day.
const WIDE: u16 = 120;

/// What has to be the same for one frame to be drawn over another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scene {
    area: Rect,
    /// The page and the field in focus.
    place: (u8, usize),
    /// The call in front.
    call: usize,
}

const fn too_small(area: Rect) -> bool {
    area.width < LEAST.0 || area.height < LEAST.1
}

impl App {
    /// Draws everything on a blank buffer; returns where the caret stands, if a text field has the focus.
    pub fn view(&self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        self.paint(&self.look_of(), area, buf)
    }

    /// The same on the whole of a buffer that may hold the frame before: while somebody types, most of it stays.
    pub fn view_over(&self, held: &Held, buf: &mut Buffer) -> Option<Position> {
        let area = buf.area;
        let scene = self.scene(area);
        let before = self.panes.scene.take();
        let same = scene.is_some() && before.is_some_and(|(was, frame)| Some(was) == scene && held.is_last(frame));
        held.begin(same, buf);
        self.panes.scene.set(scene.map(|scene| (scene, held.frame())));
        if !self.stirred.replace(false)
            && held.stands()
            && let Some(caret) = self.intake.view_text(held, &self.theme, buf)
        {
            return Some(caret);
        }
        self.paint(&Look { held: Some(held), ..self.look_of() }, area, buf)
    }

    /// What is the same as long as a frame can be drawn over the one before; `None` where it has to be drawn anew.
    fn scene(&self, area: Rect) -> Option<Scene> {
        let open = self.model.phase == Phase::Ready && self.screen == ScreenName::Intake && !too_small(area);
        let alone = self.popups.is_empty() && self.chord.is_empty() && self.notice.is_none();
        let alone = alone
            && !self.offers_practice()
            && self.strip_rows(area.height) == 0
            && !self.strip_covers_foot(area.height);
        let place = self.intake.place().filter(|_| open && alone && self.seconds_to_lock().is_none())?;
        Some(Scene { area, place, call: self.intake.current_index() })
    }

    fn paint(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        if too_small(area) {
            let text = look.t("app-too-small");
            put_wrapped(buf, area, &text, look.theme.text);
            return None;
        }
        let rows = |y: u16, height: u16| Rect { y: area.y + y, height, ..area };
        let seen = self.head_version();
        self.panes.head.draw(look.held, buf, rows(0, 1), seen, |buf, area| self.head(look, area, buf));
        self.calls(look, rows(1, 1), buf);
        let strip = self.strip_rows(area.height);
        let body = rows(2, area.height - 4 - strip);
        let mut caret = self.body(look, body, buf);
        for popup in &self.popups {
            caret = popup.view(look, &self.model.around(), body, buf);
        }
        if strip > 0 {
            self.strip(look, rows(area.height - 4, strip), false, buf);
        }
        self.notice(look, rows(area.height - 2, 1), buf);
        if self.strip_covers_foot(area.height) {
            let noticed = self.notice.is_some() || self.seconds_to_lock().is_some();
            self.strip(look, rows(area.height - 2, 2), noticed, buf);
            return caret;
        }
        // What the keys are takes longer to look up than to draw, and changes with the focus only.
        let seen = version(&(self.lang(), look.contexts, self.hinted(), self.only_looks(), &self.chord));
        self.panes.foot.draw(look.held, buf, rows(area.height - 1, 1), seen, |buf, area| self.foot(look, area, buf));
        caret
    }

    /// What everything is drawn with.
    pub(super) fn look_of(&self) -> Look<'_> {
        Look {
            theme: &self.theme,
            locale: &self.locale,
            keymap: &self.keymap,
            contexts: self.contexts(),
            codebook: &self.model.codebook,
            today: self.model.today(),
            held: None,
        }
    }

    /// What the head depends on.
    fn head_version(&self) -> u64 {
        let typing = self.intake.calls().iter().any(|call| !call.is_kept());
        let saved = (self.model.saving > 0, typing, self.model.saved_at);
        let counts = (self.intake.calls().len(), self.model.open_count(), self.model.flagged_count());
        let may = (self.model.role() == Role::Viewer, self.model.read_only);
        let who = (self.model.operator_name(self.model.me), may, self.model.desk.demo);
        let standing = self.model.backup_standing();
        let age = match standing {
            Standing::Good(at) | Standing::Old(at) => Some(age(at, self.model.now.wall.naive_local()).args),
            Standing::Unknown | Standing::NoFolder | Standing::Missing => None,
        };
        version(&(
            self.lang(),
            (self.screen, self.contexts_below()),
            self.model.phase,
            saved,
            counts,
            who,
            (standing, age),
        ))
    }

    /// The actions whose keys stand at the foot.
    fn hinted(&self) -> &'static [Action] {
        match self.popups.last() {
            Some(popup) => popup.hints(),
            None => self.front().map_or(&[Action::Quit], |front| front.hints()),
        }
    }

    /// Whether nothing can be written on the screen in front.
    pub(super) fn only_looks(&self) -> bool {
        let open = self.model.phase == Phase::Ready && self.popups.is_empty();
        open && self.model.refusal().is_some()
    }

    fn body(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        if let Some(front) = self.front() {
            return front.view(&self.model, look, area, buf);
        }
        let key = if self.model.phase == Phase::Failed { "app-failed" } else { "app-opening" };
        put(buf, area.x + 2, area.y + 1, area.width.saturating_sub(3), &look.t(key), look.theme.text);
        None
    }

    /// The screens with their keys, who sits at the desk, what is saved.
    fn head(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let theme = look.theme;
        let mut left = vec![Segment::new(look.t("app-name"), theme.title, 5)];
        if self.model.phase == Phase::Ready {
            let shown = |screen: &ScreenName| area.width >= WIDE || *screen == self.screen || !screen.is_seldom();
            left.extend(ScreenName::ALL.into_iter().filter(shown).filter_map(|screen| self.tab(screen, look)));
        }
        let mut right = Vec::new();
        let name = self.model.operator_name(self.model.me);
        let open = self.model.phase == Phase::Ready;
        if open && !name.is_empty() {
            right.push(Segment::new(name.to_owned(), theme.bar, 3));
            if self.model.role() == Role::Viewer {
                right.push(Segment::new(look.t("entry-viewer-mark"), theme.warning, 4));
            }
        }
        if open && self.model.desk.demo {
            right.insert(0, Segment::new(look.t("app-demo"), theme.warning, 2));
        }
        if let Some(backup) = self.backup(look) {
            right.push(backup);
        }
        if open && self.model.read_only {
            right.push(Segment::new(look.t("app-read-only"), theme.warning, 8));
        } else if let Some(saved) = self.saved(look).filter(|_| open) {
            right.push(saved);
        }
        draw_bar(buf, area, theme.bar, &left, &right);
    }

    /// Nothing where no key leads to it: the lists' key for a seldom one types a letter where a field has the focus.
    fn tab<'a>(&self, screen: ScreenName, look: &Look<'a>) -> Option<Segment<'a>> {
        let (action, title, count) = match screen {
            ScreenName::Intake => (Action::GoIntake, "app-tab-intake", self.intake.calls().len()),
            ScreenName::Queue => (Action::GoQueue, "app-tab-queue", self.model.open_count()),
            ScreenName::Directory => (Action::GoDirectory, "app-tab-directory", 0),
            ScreenName::Meeting => (Action::GoMeeting, "app-tab-meeting", self.model.flagged_count()),
            ScreenName::Upkeep => (Action::GoUpkeep, "app-tab-upkeep", 0),
            ScreenName::Keeping => (Action::GoKeeping, "app-tab-keeping", 0),
        };
        let global = look.keymap.keys_for(action, &[crate::keys::Context::Global]);
        let key = global.or_else(|| look.keymap.keys_for(action, self.contexts_below())).or_else(|| {
            // In front it stands there all the same.
            (screen == self.screen).then(String::new)
        })?;
        let title = look.t(title);
        let count = if count == 0 { String::new() } else { format!(" {count}") };
        Some(if screen == self.screen {
            let key = if key.is_empty() { key } else { key + " " };
            Segment::new(format!("[{key}{title}{count}]"), look.theme.bar_active, 9)
        } else {
            Segment {
                parts: vec![
                    (" ".into(), look.theme.bar),
                    (key.into(), look.theme.key),
                    (" ".into(), look.theme.bar),
                    (title, look.theme.bar),
                    (count.into(), look.theme.bar),
                ],
                priority: 6,
            }
        })
    }

    /// 保存済 only after the bytes are on the disk; 保存中 while they are on their way.
    fn saved<'a>(&self, look: &Look<'a>) -> Option<Segment<'a>> {
        let typing = self.intake.calls().iter().any(|call| !call.is_kept());
        if self.model.saving > 0 || typing {
            return Some(Segment::new(look.t("app-saving"), look.theme.warning, 8));
        }
        let at = self.model.saved_at?.format("%H:%M:%S").to_string();
        Some(Segment::new(look.locale.f("app-saved", &[("at", &at)]).into_owned(), look.theme.ok, 8))
    }

    /// The age of the last good backup; red and with a word when somebody must do something.
    fn backup<'a>(&self, look: &Look<'a>) -> Option<Segment<'a>> {
        let standing = self.model.backup_standing();
        if self.model.phase != Phase::Ready || (self.model.desk.demo && standing == Standing::NoFolder) {
            return None;
        }
        let age = |at| look.locale.say(&age(at, self.model.now.wall.naive_local()));
        let (text, style, priority) = match standing {
            Standing::Unknown => return None,
            Standing::NoFolder => (look.t("backup-head-no-folder").into_owned(), look.theme.error, 4),
            Standing::Missing => (look.t("backup-head-missing").into_owned(), look.theme.error, 7),
            Standing::Old(at) => {
                (look.locale.f("backup-head-old", &[("age", &age(at))]).into_owned(), look.theme.error, 7)
            }
            Standing::Good(at) => (look.locale.f("backup-head", &[("age", &age(at))]).into_owned(), look.theme.bar, 2),
        };
        Some(Segment::new(text, style, priority))
    }

    /// The calls in progress with their clocks.
    fn calls(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        // The telephone rings on any screen: the key that takes the call stands on each of them.
        let ready = self.model.phase == Phase::Ready && !self.only_looks();
        let global = [crate::keys::Context::Global];
        let mut right: Vec<Segment<'_>> = Vec::new();
        let calls = self.intake.calls().len();
        let more = (Action::NewCall, "app-one-more-call", calls > 0, 8);
        let switch = (Action::NextCall, "app-switch-call", calls > 1, 9);
        for (action, title, wanted, priority) in [more, switch] {
            let key = look.keymap.keys_for(action, &global).filter(|_| ready && wanted);
            right.extend(key.map(|key| Segment::hint(key, look.t(title), look.theme, priority)));
        }
        if self.intake.is_idle() {
            let narrow = area.width < WIDE;
            let area = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
            let key = look.keymap.keys_for(Action::NewCall, &global).filter(|_| ready);
            let hint = key.map(|key| Segment::hint(key, look.t(Action::NewCall.title()), look.theme, 8));
            // Where the head is too narrow for the screens that are seldom wanted.
            let seldom = |screen: &ScreenName| ready && narrow && screen.is_seldom() && *screen != self.screen;
            let rest: Vec<_> =
                ScreenName::ALL.into_iter().filter(seldom).filter_map(|screen| self.tab(screen, look)).collect();
            return draw_bar(buf, area, look.theme.text, hint.as_slice(), &rest);
        }
        let mut left = vec![Segment::new(look.t("app-calls"), look.theme.muted, 1)];
        for (index, call) in self.intake.calls().iter().enumerate() {
            let clock = clocks::clocks(call, &self.model, look);
            // A lock leaves the number of a call and its clock.
            let hidden = self.model.phase == Phase::Locked;
            let who = if hidden { String::new() } else { crate::screens::intake::who(call, look) };
            let front = index == self.intake.current_index();
            let state = if call.is_running() { String::new() } else { look.t("app-call-parked").into_owned() };
            let mark = if front { ">" } else { " " };
            let style = if front { look.theme.bar_active } else { look.theme.bar };
            let text = format!("{mark}{} {} {clock}{state}", index + 1, truncate(&who, 20));
            left.push(Segment::new(text, style, if front { 9 } else { 7 }));
        }
        let front = self.screen == ScreenName::Intake && self.model.phase == Phase::Ready;
        let about = if front { head::segments(&self.intake, &self.model, look, area.width) } else { Vec::new() };
        right.splice(0..0, about);
        let texts: Vec<_> = left.iter().chain(&right).flat_map(|segment| &segment.parts).collect();
        self.panes.calls.draw(look.held, buf, area, version(&texts), |buf, area| {
            draw_bar(buf, area, look.theme.bar, &left, &right);
        });
    }

    fn notice(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        if let Some(seconds) = self.seconds_to_lock() {
            let text = look.locale.f("entry-locks-soon", &[("seconds", &seconds.to_string())]).into_owned();
            put_line(
                buf,
                Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area },
                &text,
                look.theme.urgent,
            );
            return;
        }
        if !self.chord.is_empty() {
            let keys = crate::keys::Key::display_chord(&self.chord);
            put(
                buf,
                area.x + 1,
                area.y,
                area.width.saturating_sub(1),
                &look.locale.f("app-chord", &[("keys", &keys)]),
                look.theme.warning,
            );
            return;
        }
        let Some((say, tone)) = &self.notice else {
            if self.offers_practice() {
                let key = look.key(Action::Practice).unwrap_or_default();
                let text = look.locale.f("practice-offer", &[("key", &key)]);
                put_line(
                    buf,
                    Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area },
                    &text,
                    look.theme.ok,
                );
            }
            return;
        };
        let style: Style = match tone {
            Tone::Good => look.theme.ok,
            Tone::Warning => look.theme.warning,
            Tone::Bad => look.theme.error,
        };
        let text = look.locale.say(say);
        put(
            buf,
            area.x + 1,
            area.y,
            area.width.saturating_sub(1),
            &truncate(&text, area.width.saturating_sub(1)),
            style,
        );
    }

    /// The keys that work here and now, made from the keymap.
    fn foot(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        if !self.chord.is_empty() {
            let next = self.keymap.continuations(look.contexts, &self.chord, fold::command_key);
            let left: Vec<Segment<'_>> = (0..=u8::MAX)
                .rev()
                .zip(next)
                .map(|(priority, (keys, title))| Segment::hint(keys, look.t(title), look.theme, priority))
                .collect();
            return draw_bar(buf, area, look.theme.bar, &left, &[]);
        }
        let actions = self.hinted();
        let left: Vec<Segment<'_>> = actions
            .iter()
            .enumerate()
            // Without a call there is nothing that an office could be taken into.
            .filter(|(_, action)| **action != Action::TakeOffice || !self.intake.is_idle())
            .filter(|(_, action)| !(self.only_looks() && action.writes()))
            .filter_map(|(i, action)| {
                // Help stays when there is no room for the rest.
                let rank = u8::try_from(actions.len() - i).unwrap_or(u8::MAX);
                let priority = if *action == Action::Help { 200 } else { rank };
                Some(Segment::hint(look.key(*action)?, look.t(action.title()), look.theme, priority))
            })
            .collect();
        draw_bar(buf, area, look.theme.bar, &left, &[]);
    }
}
