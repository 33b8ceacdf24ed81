//! The meeting through the whole app, with a store that keeps records in memory.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde_json::{Value, json};

use super::*;
use crate::app::entries::case_entry;
use crate::app::msg::{Answer, CaseFile, Committed, Effect, Msg, Now, Opening};
use crate::app::{App, Config};
use crate::desk::agenda::MONTHLY;
use crate::desk::brief::Brief;
use crate::desk::case::{Case, Flag, Status};
use crate::desk::contact::Contact;
use crate::desk::meeting::Meeting;
use crate::desk::operator::{DeskProfile, Operator};
use crate::desk::patch;
use crate::desk::record::Stamp;
use crate::keys::{self, Key};
use crate::locale::Lang;
use crate::screens::ScreenName;
use crate::search::Keys;
use crate::widgets::screen_text;
use crate::widgets::theme::Theme;

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

/// The app with the records that it would have on the disk.
struct Desk {
    app: App,
    kept: BTreeMap<RecordKey, Value>,
    now: Now,
    loads: Vec<Query>,
    /// Commits that the disk has not acknowledged.
    waiting: Vec<Effect>,
    slow: bool,
}

fn case(n: u8, summary: &str, reason: Option<&str>) -> (RecordKey, Value) {
    let flag = reason.map(|reason| Flag {
        reason: reason.into(),
        at: at(&format!("2026-11-{:02}T09:00:00+09:00", 10 + n)),
        by: id(101),
    });
    let case = Case {
        number: format!("R8-010{n}"),
        summary: summary.into(),
        status: Status::WaitingMeeting,
        caller: "架空 太郎".into(),
        area: "架空中央".into(),
        operator: id(101),
        due: Some(day(2026, 11, 18 + u32::from(n))),
        next_action: "先方へ確認".into(),
        flag,
        ..Case::default()
    };
    (RecordKey::new(Kind::Case, id(n)), edits::compact(&case))
}

fn records() -> Vec<(RecordKey, Value)> {
    let operator = |name: &str, kana: &str| Operator { name: name.into(), kana: kana.into(), ..Operator::default() };
    let deferred = AgendaItem { treatment: Treatment::Defer, order: 20, ..AgendaItem::default() };
    let decided =
        AgendaItem { decision: "各窓口とも同じ答えにする".into(), order: 10, ..AgendaItem::default() };
    let past = Meeting {
        kind: MONTHLY.into(),
        on: Some(day(2026, 11, 10)),
        starts_at: NaiveTime::from_hms_opt(13, 30, 0),
        place: "センター相談室".into(),
        chair: id(101),
        held: true,
        items: [(id(4), decided), (id(3), deferred)].into(),
        ..Meeting::default()
    };
    vec![
        (
            RecordKey::new(Kind::Desk, id(100)),
            edits::compact(&DeskProfile { name: "架空窓口".into(), ..DeskProfile::default() }),
        ),
        (RecordKey::new(Kind::Operator, id(101)), edits::compact(&operator("山田 花子", "やまだ はなこ"))),
        (RecordKey::new(Kind::Operator, id(102)), edits::compact(&operator("佐藤 健一", "さとう けんいち"))),
        (RecordKey::new(Kind::Meeting, id(90)), edits::compact(&past)),
        case(1, "同じ相談を各窓口へ", Some("複数の窓口で答えが違うと混乱する")),
        case(2, "転院先の受入調整", Some("")),
        case(3, "看取りの主治医を探す", Some("往診医が足りない")),
        case(4, "主治医意見書の作成医", None),
    ]
}

impl Desk {
    fn open(lang: Lang, records: Vec<(RecordKey, Value)>) -> Self {
        let now = Now { wall: at("2026-11-22T14:30:00+09:00"), mono: Duration::from_secs(5) };
        let keymap = keys::load(None, None).keymap;
        let app = App::new(Config { lang: Some(lang), keymap, theme: Theme::default(), seed: [7; 32], now });
        let mut desk = Self {
            app,
            kept: records.iter().cloned().collect(),
            now,
            loads: Vec::new(),
            waiting: Vec::new(),
            slow: false,
        };
        let (cases, records) = records.into_iter().partition::<Vec<_>, _>(|(key, _)| key.kind == Kind::Case);
        let brief = |(key, value): (RecordKey, Value)| {
            let brief = Brief::of(key.id, &serde_json::from_value::<Case>(value).unwrap());
            let keys = Keys::of(&case_entry(&brief));
            (brief, keys)
        };
        let cases = cases.into_iter().map(brief).collect();
        let opening = Opening { records, desk: id(100), cases, last_operator: Some(id(101)), ..Opening::default() };
        desk.tell(Msg::Opened(Box::new(opening)));
        // The queue was in front for a moment and asked for its own case.
        desk.loads.clear();
        desk.keys("f5");
        desk
    }

    fn tell(&mut self, msg: Msg) {
        let effects = self.app.update(self.now, msg);
        for effect in effects {
            match effect {
                Effect::Commit { .. } if self.slow => self.waiting.push(effect),
                Effect::Commit { .. } => self.acknowledge(effect),
                Effect::Load { query, .. } => self.loads.push(query),
                _ => {}
            }
        }
    }

    fn acknowledge(&mut self, effect: Effect) {
        let Effect::Commit { ticket, batch } = effect else { return };
        let mut changed = Vec::new();
        for edit in &batch.edits {
            let value = self.kept.entry(edit.record).or_insert_with(|| json!({}));
            patch::apply(value, &edit.patch);
            changed.push((edit.record, value.clone()));
        }
        let receipt = Committed { batch: Stamp::default(), at: self.now.wall, what: batch.what, records: changed };
        self.tell(Msg::Committed { ticket, receipt });
    }

    fn disk_answers(&mut self) {
        self.slow = false;
        for effect in std::mem::take(&mut self.waiting) {
            self.acknowledge(effect);
        }
    }

    /// Keys by name, with blanks between; a chord is only several keys.
    fn keys(&mut self, keys: &str) {
        for key in Key::chord(keys).unwrap() {
            self.tell(Msg::Key(key));
        }
    }

    fn typed(&mut self, text: &str) {
        self.tell(Msg::Paste(text.into()));
    }

    fn screen(&self, width: u16, height: u16) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        let area = buf.area;
        self.app.view(area, &mut buf);
        screen_text(&buf)
    }

    /// The meetings on the disk that are not the one of November.
    fn made(&self) -> Vec<Meeting> {
        let meetings = self.kept.iter().filter(|(key, _)| key.kind == Kind::Meeting && key.id != id(90));
        meetings.map(|(_, value)| serde_json::from_value(value.clone()).unwrap()).collect()
    }

    fn next(&self) -> Meeting {
        let made = self.made();
        assert_eq!(made.len(), 1);
        made[0].clone()
    }

    fn case(&self, n: u8) -> Case {
        serde_json::from_value(self.kept[&RecordKey::new(Kind::Case, id(n))].clone()).unwrap()
    }

    /// The cases of the agenda as the screen orders them.
    fn agenda(&self) -> Vec<u8> {
        let sitting = Sitting::find(&self.app.model, Shown::Next, None);
        sitting.rows.iter().map(|row| row.case.bytes()[0]).collect()
    }
}

#[test]
fn flags_make_the_agenda_of_the_meeting_that_the_rule_says() {
    let desk = Desk::open(Lang::Ja, records());
    assert_eq!(desk.app.screen(), ScreenName::Meeting);
    assert_eq!(desk.agenda(), [1, 2, 3]);
    let screen = desk.screen(80, 24);
    for text in ["12/08(火)", "13:30", "センター相談室", "司会 山田 花子", "要決定 3", "目安 30分", "複数の窓口"]
    {
        assert!(screen.contains(text), "{text}\n{screen}");
    }
    assert_eq!(desk.loads.last(), Some(&Query::CaseFile(id(1))));
    assert!(desk.made().is_empty(), "looking at a meeting writes nothing");
}

#[test]
fn the_order_is_kept_and_the_chosen_case_stays_chosen() {
    let mut desk = Desk::open(Lang::Ja, records());
    desk.keys("J J");
    assert_eq!(desk.agenda(), [2, 3, 1]);
    assert_eq!(desk.next().on, Some(day(2026, 12, 8)));
    desk.keys("K");
    assert_eq!(desk.agenda(), [2, 1, 3]);
    assert!(desk.screen(100, 30).contains("2 R8-0101  要決定"));
    desk.keys("home K");
    assert_eq!(desk.agenda(), [2, 1, 3], "the first one has nowhere to go");
}

#[test]
fn keys_that_come_faster_than_the_disk_build_on_each_other() {
    let mut desk = Desk::open(Lang::Ja, records());
    desk.slow = true;
    desk.keys("J J t t");
    assert_eq!(desk.agenda(), [1, 2, 3], "nothing shows before it is kept");
    desk.disk_answers();
    assert_eq!(desk.agenda(), [2, 3, 1]);
    assert_eq!(desk.next().items[&id(1)].treatment, Treatment::Defer);
}

#[test]
fn a_treatment_goes_round() {
    let mut desk = Desk::open(Lang::Ja, records());
    for expected in [Treatment::Report, Treatment::Defer, Treatment::Decide] {
        desk.keys("down t up");
        assert_eq!(desk.next().items[&id(2)].treatment, expected);
    }
    assert_eq!(desk.agenda(), [1, 2, 3]);
    desk.keys("home t t");
    assert!(desk.screen(80, 24).contains("議題の扱いを変更しました"), "no decision was written");
    let screen = desk.screen(80, 24);
    assert!(screen.contains("見送り 1") && screen.contains("目安 20分"), "{screen}");
}

#[test]
fn a_decision_is_written_with_its_operator_its_day_and_its_minutes() {
    let mut desk = Desk::open(Lang::Ja, records());
    desk.keys("d");
    desk.typed("窓口の答えを揃える");
    desk.keys("tab 1 1 2 / 1 1 tab 1 5 f12");
    let item = desk.next().items[&id(1)].clone();
    assert_eq!(item.decision, "窓口の答えを揃える");
    assert_eq!(item.operator, id(102), "the first by reading is 佐藤");
    assert_eq!(item.due, Some(day(2026, 12, 11)));
    assert_eq!(item.minutes, 15);
    let screen = desk.screen(80, 24);
    for text in ["窓口の答えを揃える", "担当 佐藤 健一", "12/11(金)", "15分", "済"] {
        assert!(screen.contains(text), "{text}\n{screen}");
    }
    desk.keys("d tab tab tab");
    desk.typed("九百");
    desk.keys("f12");
    assert!(desk.app.has_popup(), "what is not understood keeps the sheet open");
    assert_eq!(desk.next().items[&id(1)], item);
}

#[test]
fn a_held_meeting_keeps_its_decisions_and_leaves_what_was_put_off() {
    let mut desk = Desk::open(Lang::Ja, records());
    desk.keys("d");
    desk.typed("窓口の答えを揃える");
    desk.keys("tab 1 1 2 / 1 1 f12 end t t H");
    assert!(desk.screen(80, 24).contains("見送り 1件"), "{}", desk.screen(80, 24));
    desk.keys("n");
    assert!(!desk.next().held);
    desk.keys("H y");
    assert!(desk.next().held);
    assert_eq!([1, 2, 3].map(|n| desk.case(n).flag.is_some()), [false, false, true]);
    let decided = desk.case(1);
    assert_eq!((decided.next_action.as_str(), decided.due), ("窓口の答えを揃える", Some(day(2026, 12, 11))));
    assert_eq!((decided.operator, decided.status), (id(102), Status::Active));
    let screen = desk.screen(80, 24);
    assert!(screen.contains("開催済") && screen.contains("12/08"), "it stays in front\n{screen}");
    assert!(screen.contains("前回から見送り"), "R8-0103 was put off in November too\n{screen}");
    desk.keys("J t");
    assert_eq!(desk.made().len(), 1, "its agenda changes no more");
    desk.keys("right");
    assert_eq!(desk.agenda(), [3]);
    let screen = desk.screen(80, 24);
    assert!(screen.contains("2027/01/12") && screen.contains("前回から見送り"), "{screen}");
    desk.keys("t");
    assert_eq!(desk.made().len(), 2);
}

#[test]
fn past_meetings_show_what_was_decided() {
    let mut desk = Desk::open(Lang::Ja, records());
    desk.keys("left");
    let screen = desk.screen(80, 24);
    for text in ["11/10(火)", "開催済", "R8-0104", "各窓口とも同じ答えにする"] {
        assert!(screen.contains(text), "{text}\n{screen}");
    }
    assert_eq!(desk.loads.last(), Some(&Query::CaseFile(id(4))));
    let foot = screen.lines().last().unwrap();
    assert!(foot.contains("次の会議") && !foot.contains("順番"), "only what can be done here\n{foot}");
    desk.keys("left");
    assert!(desk.screen(80, 24).contains("これより前の会議はありません"));
    desk.keys("right right");
    assert!(desk.screen(80, 24).contains("これより後の会議はありません"));
}

#[test]
fn a_flag_is_taken_off_and_its_reason_written() {
    let mut desk = Desk::open(Lang::Ja, records());
    desk.keys("down M");
    desk.typed("受入先が決まらない");
    desk.keys("enter");
    let flag = desk.case(2).flag.unwrap();
    assert_eq!((flag.reason.as_str(), flag.at), ("受入先が決まらない", at("2026-11-12T09:00:00+09:00")));
    desk.keys("m");
    assert_eq!(desk.case(2).flag, None);
    assert_eq!(desk.agenda(), [1, 3]);
    assert_eq!(desk.loads.last(), Some(&Query::CaseFile(id(3))), "the next row is chosen");
    assert!(desk.screen(80, 24).contains("往診医が足りない"));
}

#[test]
fn day_time_and_place_are_set() {
    let mut desk = Desk::open(Lang::Ja, records());
    desk.keys("e alt-u");
    desk.typed("12/15");
    desk.keys("tab alt-u");
    desk.typed("午後2時");
    desk.keys("tab alt-u");
    desk.typed("架空会館");
    desk.keys("tab 1 f12");
    let next = desk.next();
    assert_eq!((next.on, next.starts_at), (Some(day(2026, 12, 15)), NaiveTime::from_hms_opt(14, 0, 0)));
    assert_eq!((next.place.as_str(), next.chair), ("架空会館", id(102)));
    desk.keys("e alt-u");
    desk.typed("R8.11.10");
    desk.keys("f12");
    assert!(desk.app.has_popup(), "two meetings on one day could not be told apart");
}

#[test]
fn without_flags_the_screen_tells_how_to_flag() {
    let none: Vec<_> = records().into_iter().filter(|(key, _)| key.kind != Kind::Case).collect();
    let mut desk = Desk::open(Lang::Ja, none);
    let screen = desk.screen(80, 24);
    assert!(screen.contains("F3") && screen.contains("F8"), "{screen}");
    desk.keys("J K t d m M enter h");
    assert!(desk.made().is_empty() && !desk.app.has_popup());
}

#[test]
fn the_operator_at_a_desk_in_clear_is_switched() {
    let mut desk = Desk::open(Lang::Ja, records());
    desk.keys("f11 1");
    assert_eq!(desk.app.model.me, id(102));
    desk.keys("ctrl-x w esc");
    assert_eq!(desk.app.model.me, id(102));
}

#[test]
fn the_screen_is_as_it_was() {
    for (lang, name) in [(Lang::Ja, "ja"), (Lang::En, "en")] {
        let mut desk = Desk::open(lang, records());
        let contact = Contact {
            case: id(1),
            at: Some(at("2026-11-20T10:00:00+09:00")),
            operator: id(101),
            method: "1".into(),
            text: "入院中に他院の外来へ通いたいと、各窓口へ同じ相談".into(),
            ..Contact::default()
        };
        let case = desk.case(1);
        let file = CaseFile { id: id(1), case, contacts: vec![(id(50), contact)] };
        let answer = Answer::CaseFile(Box::new(file));
        desk.tell(Msg::Loaded { ticket: crate::app::msg::Ticket(0), answer });
        desk.keys("d");
        desk.typed("窓口の答えを揃える");
        desk.keys("tab 1 1 2 / 1 1 f12 down t up");
        if lang == Lang::Ja {
            desk.keys("H");
            let screen = desk.screen(80, 24);
            assert!(screen.contains("件です。決定と期限は"), "{screen}");
            desk.keys("n");
        }
        for (width, height) in [(80, 24), (100, 30), (140, 40)] {
            insta::assert_snapshot!(format!("meeting_{name}_{width}x{height}"), desk.screen(width, height));
        }
    }
}

#[test]
fn any_size_is_drawn() {
    let mut desk = Desk::open(Lang::Ja, records());
    for width in [0, 1, 20, 40, 41, 60, 95, 96, 200] {
        for height in [0, 1, 5, 10, 11, 14, 60] {
            desk.screen(width, height);
        }
    }
    desk.keys("left");
    desk.screen(40, 10);
}
