//! The way in, the lock and idling, on the app alone: what it asks for and what it shows.

use std::time::Duration;

use chrono::DateTime;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use serde_json::json;

use super::super::{App, Config};
use super::*;
use crate::app::msg::{Now, Opening};
use crate::desk::record::{Kind, RecordKey};
use crate::desk::secret::Secret;
use crate::keys::Keymap;
use crate::locale::Lang;
use crate::runtime::headless::parse;
use crate::widgets::screen_text;
use crate::widgets::theme::{Borders, Colours, Theme};

const HANAKO: Id = Id::from_bytes([1; 16]);
const KENICHI: Id = Id::from_bytes([2; 16]);

/// An app with its clock; whoever holds the vault is played by the tests.
struct Desk {
    app: App,
    now: Now,
    asked: Vec<Effect>,
}

impl Desk {
    fn new() -> Self {
        let wall = DateTime::parse_from_rfc3339("2026-11-24T14:29:00+09:00").unwrap();
        let now = Now { wall, mono: Duration::from_secs(5) };
        let (keymap, theme) = (Keymap::default(), Theme::new(Colours::None, Borders::LINE));
        let app = App::new(Config { lang: Some(Lang::Ja), keymap, theme, seed: [3; 32], now });
        Self { app, now, asked: Vec::new() }
    }

    /// A sealed desk of two, the first at it.
    fn open() -> Self {
        let mut desk = Self::new();
        desk.tell(Msg::AskPassphrase { demo: false, wait: None });
        desk.keys("\"demo\" enter");
        desk.tell(Msg::Unlocked { operator: HANAKO });
        desk.tell(Msg::Opened(Box::new(opening())));
        desk.asked.clear();
        desk
    }

    fn tell(&mut self, msg: Msg) {
        let effects = self.app.update(self.now, msg);
        for effect in effects {
            if !matches!(effect, Effect::Look(_)) {
                self.asked.push(effect);
            }
        }
    }

    fn keys(&mut self, script: &str) {
        for key in parse(script).unwrap() {
            self.tell(Msg::Key(key));
        }
    }

    /// Lets time pass, waking the app at each of its deadlines.
    fn wait(&mut self, seconds: u64) {
        let end = self.now.mono + Duration::from_secs(seconds);
        while let Some(at) = self.app.deadline().filter(|at| *at <= end) {
            assert!(at > self.now.mono, "a deadline that has passed: {at:?} at {:?}", self.now.mono);
            self.at(at);
            self.tell(Msg::Wake);
        }
        self.at(end);
    }

    fn at(&mut self, mono: Duration) {
        self.now.wall += mono.saturating_sub(self.now.mono);
        self.now.mono = mono;
    }

    fn screen(&self) -> (String, Option<Position>) {
        let mut buf = Buffer::empty(Rect::new(0, 0, 100, 30));
        let caret = self.app.view(buf.area, &mut buf);
        (screen_text(&buf), caret)
    }

    fn shows(&self, text: &str) {
        assert!(self.screen().0.contains(text), "`{text}` is not on the screen:\n{}", self.screen().0);
    }

    fn hides(&self, text: &str) {
        assert!(!self.screen().0.contains(text), "`{text}` is on the screen:\n{}", self.screen().0);
    }
}

fn opening() -> Opening {
    let record = |kind, id, value| (RecordKey::new(kind, id), value);
    Opening {
        sealed: true,
        desk: Id::from_bytes([9; 16]),
        records: vec![
            record(Kind::Desk, Id::from_bytes([9; 16]), json!({"name": "架空窓口"})),
            record(Kind::Operator, HANAKO, json!({"name": "試験 花子", "role": "supervisor"})),
            record(Kind::Operator, KENICHI, json!({"name": "試験 健一"})),
        ],
        last_operator: Some(HANAKO),
        ..Opening::default()
    }
}

fn unlock(passphrase: &str, code: Option<&str>) -> Effect {
    Effect::Unlock { passphrase: Secret::new(passphrase), code: code.map(str::to_owned) }
}

#[test]
fn a_sealed_desk_asks_for_its_passphrase_and_shows_nothing_of_it() {
    let mut desk = Desk::new();
    desk.tell(Msg::AskPassphrase { demo: true, wait: None });
    desk.shows("合言葉は demo（管理者）");
    desk.keys("enter");
    assert_eq!(desk.asked, [], "nothing was typed");
    desk.keys("\"ｄｅｍｏ\"");
    desk.shows("****");
    desk.hides("demo\n");
    let caret = desk.screen().1.unwrap();
    desk.keys("enter");
    assert_eq!(desk.asked, [unlock("demo", None)]);
    desk.keys("enter");
    assert_eq!(desk.asked.len(), 1, "one try at a time");
    desk.tell(Msg::NotUnlocked { say: Say::new("start-missing"), code_needed: false, wait: None });
    desk.hides("****");
    assert!(desk.screen().1.unwrap().x < caret.x, "the field is empty again");
}

#[test]
fn a_second_factor_is_asked_for_only_where_there_is_one() {
    let mut desk = Desk::new();
    desk.tell(Msg::AskPassphrase { demo: false, wait: None });
    desk.hides("6桁の番号");
    desk.keys("\"green-tea\" enter");
    desk.tell(Msg::NotUnlocked { say: Say::new("start-missing"), code_needed: true, wait: None });
    desk.shows("6桁の番号");
    desk.keys("\"１２３４５６\" enter");
    assert_eq!(desk.asked, [unlock("green-tea", None), unlock("green-tea", Some("123456"))]);
    desk.tell(Msg::NotUnlocked { say: Say::new("entry-code-digits"), code_needed: true, wait: None });
    desk.shows("6桁の数字を入れてください");
    desk.keys("\"654321\" enter");
    assert_eq!(desk.asked.last(), Some(&unlock("green-tea", Some("654321"))));
}

#[test]
fn after_wrong_tries_the_seconds_are_counted_down() {
    let mut desk = Desk::new();
    let wait = Some(Duration::from_millis(3_500));
    desk.tell(Msg::AskPassphrase { demo: false, wait });
    desk.shows("あと4秒");
    desk.keys("\"x\" enter");
    assert_eq!(desk.asked, []);
    desk.wait(2);
    desk.shows("あと2秒");
    desk.wait(2);
    desk.hides("秒待って");
    desk.keys("enter");
    assert_eq!(desk.asked, [unlock("x", None)]);
}

#[test]
fn keys_pressed_while_the_passphrase_is_tried_are_not_lost() {
    let mut desk = Desk::open();
    desk.keys("ctrl-l \"demo\" enter f7");
    desk.tell(Msg::Unlocked { operator: HANAKO });
    assert_eq!(desk.app.intake().calls().len(), 1, "passphrase, Enter, F7: the first field of a new call");
    desk.keys("ctrl-l \"demo\" enter f7");
    desk.tell(Msg::NotUnlocked { say: Say::new("start-missing"), code_needed: false, wait: None });
    desk.keys("\"demo\" enter");
    desk.tell(Msg::Unlocked { operator: HANAKO });
    assert_eq!(desk.app.intake().calls().len(), 1, "after a wrong one they are");
}

#[test]
fn the_lock_hides_everything_and_gives_it_back_as_it_was() {
    for there in [
        "f3",
        "f7 tab \"架空花枝\"",
        "f7 tab \"架空花枝\" left left",
        "f4 \"kakuu\" left",
        "shift-f10",
        "f3 f10 \"kaigi\"",
        "f3 f1 down down",
    ] {
        let mut desk = Desk::open();
        desk.keys(there);
        let before = desk.screen();
        desk.keys("ctrl-l");
        assert_eq!(desk.asked.last(), Some(&Effect::Lock), "{there}");
        for text in ["架空", "案件", "連携先", "保存", "kaku", "kaigi", "健一"] {
            desk.hides(text);
        }
        desk.shows("試験 花子 が 14:29 に施錠しました");
        desk.keys("\"demo\" enter");
        desk.tell(Msg::Unlocked { operator: HANAKO });
        let call = there.starts_with("f7");
        // What a draft's save has become by now differs in the head alone.
        let body = |screen: &str| screen.lines().skip(usize::from(call)).collect::<Vec<_>>().join("\n");
        let after = desk.screen();
        assert_eq!((body(&after.0), after.1), (body(&before.0), before.1), "{there}");
    }
}

#[test]
fn drafts_go_to_the_disk_before_the_keys_do_and_calls_go_on() {
    let mut desk = Desk::open();
    desk.keys("f7 tab \"架空花枝\" ctrl-l");
    let saved = desk.asked.iter().position(|effect| matches!(effect, Effect::SaveDraft { .. }));
    let locked = desk.asked.iter().position(|effect| *effect == Effect::Lock);
    assert!(saved.is_some() && saved < locked, "{:?}", desk.asked);
    desk.asked.clear();
    desk.shows("00:00");
    desk.wait(65);
    desk.shows("01:05");
    assert_eq!(desk.asked, [], "a locked desk asks for nothing");
    desk.keys("f7 f3 ctrl-s ctrl-z f11 f1 shift-f10 ctrl-e");
    assert_eq!(desk.asked, []);
    desk.shows("先に合言葉を入れてください");
    desk.keys("\"demo\" enter");
    assert_eq!(desk.asked, [unlock("demo", None)], "typed keys go into the passphrase alone");
}

#[test]
fn what_comes_in_behind_the_lock_waits_there() {
    let mut desk = Desk::open();
    desk.keys("f3 ctrl-l");
    desk.tell(Msg::Warned(vec![Say::new("app-not-saved")]));
    desk.hides("保存できていません");
    desk.keys("\"demo\" enter");
    desk.tell(Msg::Unlocked { operator: HANAKO });
    desk.shows("保存できていません");
}

#[test]
fn another_operator_may_unlock_and_finds_the_drafts() {
    let mut desk = Desk::open();
    desk.keys("f7 tab \"架空花枝\" ctrl-l \"xyz\" enter");
    desk.tell(Msg::Unlocked { operator: KENICHI });
    desk.shows("試験 健一");
    desk.shows("架空花枝");
    assert_eq!(desk.app.model.me, KENICHI);
}

#[test]
fn an_idle_desk_warns_and_locks_itself() {
    let mut desk = Desk::open();
    desk.keys("f3");
    desk.wait(4 * 60 + 29);
    desk.hides("秒で施錠します");
    desk.wait(2);
    desk.shows("あと29秒で施錠します");
    desk.keys("down");
    desk.hides("秒で施錠します");
    desk.wait(4 * 60 + 59);
    desk.shows("あと1秒で施錠します");
    assert_eq!(desk.asked, []);
    desk.wait(1);
    desk.shows("に施錠しました");
    assert_eq!(desk.asked, [Effect::Lock]);
    desk.wait(3_600);
    assert_eq!(desk.asked, [Effect::Lock], "once");
}

#[test]
fn a_desk_says_how_long_it_may_stand_idle_and_one_without_keys_never_locks() {
    let mut desk = Desk::open();
    desk.app.model.desk.idle_minutes = Some(1);
    desk.keys("f3");
    desk.wait(60);
    assert_eq!(desk.asked, [Effect::Lock]);
    let mut desk = Desk::open();
    desk.app.model.sealed = false;
    desk.wait(3_600);
    desk.keys("ctrl-l");
    assert_eq!(desk.asked, []);
    desk.shows("施錠できません");
}

#[test]
fn a_computer_that_slept_is_locked_and_the_key_that_woke_it_goes_nowhere() {
    let mut desk = Desk::open();
    desk.keys("f7 tab");
    desk.now.wall += chrono::TimeDelta::hours(1);
    desk.keys("\"架\"");
    assert!(desk.asked.contains(&Effect::Lock));
    desk.hides("*");
    desk.keys("\"demo\" enter");
    desk.tell(Msg::Unlocked { operator: HANAKO });
    desk.hides("架");
}

#[test]
fn a_desk_in_clear_is_sealed_by_one_of_its_operators() {
    let mut desk = Desk::new();
    desk.tell(Msg::AskSeal { operators: vec![(HANAKO, "試験 花子".into()), (KENICHI, "試験 健一".into())] });
    desk.shows("まだ鍵がかかっていません");
    desk.keys("\"2\" \"試験健一試験健一試験健一試験健一\" enter \"x\" enter");
    desk.shows("名前や窓口名に近い");
    assert_eq!(desk.asked, []);
    desk.keys("ctrl-u \"雨の日は縁側で猫とお茶を飲む\" enter ctrl-u \"雨の日は縁側で猫とお茶を飲む\" enter");
    let passphrase = Secret::new("雨の日は縁側で猫とお茶を飲む");
    assert_eq!(desk.asked, [Effect::SealDesk { operator: KENICHI, passphrase }]);
}

#[test]
fn the_recovery_key_opens_and_a_new_passphrase_is_set() {
    let mut desk = Desk::new();
    desk.tell(Msg::AskPassphrase { demo: false, wait: None });
    desk.keys("ctrl-x r \"abcd-efgh\" enter");
    let key = Secret::new("abcd-efgh");
    let tried = Effect::UnlockByRecovery { key: key.clone(), operator: None, passphrase: Secret::default() };
    assert_eq!(desk.asked, [tried]);
    desk.tell(Msg::Recovering { operators: vec![(HANAKO, "試験 花子".into())] });
    desk.keys("enter \"雨の日は縁側で猫とお茶を飲む\" enter \"雨の日は縁側で猫とお茶を飲む\" enter");
    let passphrase = Secret::new("雨の日は縁側で猫とお茶を飲む");
    assert_eq!(desk.asked.last(), Some(&Effect::UnlockByRecovery { key, operator: Some(HANAKO), passphrase }));
    desk.tell(Msg::Unlocked { operator: HANAKO });
    desk.tell(Msg::Opened(Box::new(opening())));
    desk.shows("試験 花子");
}

#[test]
fn a_recovery_key_that_somebody_left_on_the_screen_is_wiped() {
    let mut desk = Desk::new();
    desk.tell(Msg::AskPassphrase { demo: false, wait: None });
    desk.keys("ctrl-x r \"ab12cd34\"");
    desk.shows("ab12 cd34");
    desk.wait(299);
    desk.shows("ab12 cd34");
    desk.wait(1);
    desk.hides("ab12");
    desk.keys("ctrl-x r");
    desk.hides("ab12");
}

#[test]
fn the_recovery_key_is_shown_until_its_end_was_typed_back() {
    let mut desk = Desk::open();
    desk.tell(Msg::RecoveryKey { key: Secret::new("AB12 CD34 EF56 7K2M") });
    desk.shows("AB12  CD34  EF56  7K2M");
    desk.keys("esc");
    desk.shows("AB12");
    desk.keys("\"EF56\" enter");
    desk.shows("最後の4文字と違います");
    desk.keys("\"７ｋ２ｍ\" enter");
    desk.hides("AB12");
}

/// The last task about keys.
fn task(desk: &Desk) -> Option<(Ticket, &KeysTask)> {
    desk.asked.iter().rev().find_map(|effect| {
        let Effect::Keys { ticket, task } = effect else { return None };
        (*task != KeysTask::Holders).then_some((*ticket, task))
    })
}

#[test]
fn who_sits_down_next_gives_their_passphrase() {
    let mut desk = Desk::open();
    desk.keys("f11");
    assert_eq!(desk.asked, [Effect::Lock]);
}

#[test]
fn an_operator_is_added_with_a_passphrase_of_their_own() {
    let mut desk = Desk::open();
    desk.keys("shift-f10 n \"試験 美紀\" tab \"しけん みき\" tab \"2\" \"看護師、介護支援専門員\" ctrl-s");
    desk.shows("試験 美紀 さんの合言葉");
    desk.keys("enter \"しけんみきしけんみきしけんみき\" enter enter");
    desk.shows("名前や窓口名に近い");
    desk.keys("ctrl-u \"雨の日は縁側で猫とお茶を飲む\" enter \"雨の日は縁側で猫とお茶を飲む\" enter");
    let Some((ticket, KeysTask::AddOperator { operator, passphrase, second, .. })) = task(&desk) else {
        panic!("{:?}", desk.asked)
    };
    assert_eq!((operator.name.as_str(), operator.kana.as_str()), ("試験 美紀", "しけん みき"));
    assert_eq!((operator.role.as_str(), operator.qualifications.len()), ("operator", 2));
    assert_eq!((passphrase.expose(), second), ("雨の日は縁側で猫とお茶を飲む", &None));
    assert_eq!(desk.app.model.saving, 1);
    desk.tell(Msg::KeysDone { ticket, result: Err(Say::new("entry-weak-name")) });
    desk.shows("名前や窓口名に近い");
    assert_eq!(desk.app.model.saving, 0, "nothing was kept");
    desk.keys("enter");
    let (ticket, _) = task(&desk).unwrap();
    desk.tell(Msg::KeysDone { ticket, result: Ok(KeysResult::Done) });
    desk.hides("さんの合言葉");
    desk.shows("鍵を変えました");
}

#[test]
fn a_second_factor_is_shown_as_a_picture_and_as_text_and_proved_by_a_code() {
    let mut desk = Desk::open();
    desk.keys("shift-f10 s \"demo\" enter");
    desk.shows("認証アプリ");
    desk.shows("▀");
    desk.keys("\"12345\" enter");
    desk.shows("6桁の数字");
    desk.keys("\"６\" enter");
    let Some((ticket, KeysTask::SetSecondFactor { passphrase, code: None, second })) = task(&desk) else {
        panic!("{:?}", desk.asked)
    };
    assert_eq!((passphrase.expose(), second.code.as_str(), second.secret.expose().len()), ("demo", "123456", 32));
    desk.tell(Msg::KeysDone { ticket, result: Err(Say::new("entry-code-digits")) });
    desk.keys("\"654321\" enter");
    let (ticket, _) = task(&desk).unwrap();
    desk.tell(Msg::KeysDone { ticket, result: Ok(KeysResult::Done) });
    desk.hides("▀");
}

#[test]
fn only_a_supervisor_sees_and_does_what_is_theirs() {
    let mut desk = Desk::open();
    desk.keys("shift-f10");
    for text in ["相談員を加える", "相談員を外す", "予備の鍵", "設定"] {
        desk.shows(text);
    }
    desk.keys("ctrl-l \"x\" enter");
    desk.tell(Msg::Unlocked { operator: KENICHI });
    for text in ["相談員を加える", "予備の鍵", "設定"] {
        desk.hides(text);
    }
    for key in ["n", "f", "D", "r"] {
        desk.keys(key);
        desk.shows("管理者だけができます");
    }
    desk.keys("right");
    desk.hides("控えの置き場所");
    assert!(task(&desk).is_none(), "{:?}", desk.asked);
    desk.keys("c");
    desk.shows("自分の合言葉を変える");
}

#[test]
fn the_last_supervisor_stays() {
    let mut desk = Desk::open();
    desk.keys("shift-f10 down D");
    desk.shows("自分は外せません");
    desk.keys("e tab tab \"2\" ctrl-s");
    desk.shows("管理者がいなくなります");
    desk.keys("esc esc up D");
    desk.shows("試験 健一 さんを外しますか");
    desk.keys("y");
    assert!(matches!(task(&desk), Some((_, KeysTask::RemoveOperator { id })) if *id == KENICHI), "{:?}", desk.asked);
}

#[test]
fn settings_are_kept_with_their_ranges() {
    let mut desk = Desk::open();
    desk.keys("shift-f10 right down down down down down down enter ctrl-u \"0\" enter");
    desk.shows("1 から 60 までの数を入れてください");
    desk.keys("ctrl-u \"１０\" enter");
    let Some(Effect::Commit { batch, .. }) = desk.asked.iter().find(|e| matches!(e, Effect::Commit { .. })) else {
        panic!("{:?}", desk.asked)
    };
    assert_eq!(batch.edits[0].patch, json!({"idle_minutes": 10}));
}

#[test]
fn a_viewer_begins_no_call_and_changes_nothing() {
    let mut opening = opening();
    opening.records.push((RecordKey::new(Kind::Operator, KENICHI), json!({"name": "試験 健一", "role": "viewer"})));
    opening.last_operator = Some(KENICHI);
    let mut desk = Desk::new();
    desk.tell(Msg::Opened(Box::new(opening)));
    desk.shows("閲覧のみ");
    desk.keys("f7 f2 ctrl-n ctrl-z");
    desk.shows("閲覧のみの相談員です");
    assert!(desk.app.intake().is_idle());
    desk.keys("shift-f10 e tab tab tab \"看護師\" ctrl-s");
    assert!(desk.asked.iter().all(|effect| matches!(effect, Effect::Keys { .. })), "{:?}", desk.asked);
    desk.keys("esc esc ctrl-l \"x\" enter");
    desk.asked.clear();
    desk.tell(Msg::Unlocked { operator: HANAKO });
    desk.shows("終了してから開き直してください");
    assert_eq!(desk.asked, [Effect::Lock]);
}
