//! The screen in a whole app: cases come in as after a commit, keys are pressed, effects and the screen are read.

use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde_json::{Value, json};

use super::due::{Day, Told, read};
use crate::app::msg::{Answer, Arrival, CaseFile, Committed, Effect, Msg, Now, Opening, Query, Ticket};
use crate::app::{App, Config};
use crate::desk::case::{Case, Flag, Status};
use crate::desk::contact::Contact;
use crate::desk::edits::compact;
use crate::desk::id::Id;
use crate::desk::patch;
use crate::desk::queue::CaseFilter;
use crate::desk::record::{Batch, Kind, RecordKey, Stamp};
use crate::keys::{Key, KeyCode, Keymap};
use crate::locale::Lang;
use crate::screens::ScreenName;
use crate::widgets::screen_text;
use crate::widgets::theme::{Borders, Colours, Theme};

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn at(day: u32, hour: u32) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(&format!("2026-11-{day:02}T{hour:02}:32:07+09:00")).unwrap()
}

fn day(d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
}

fn now() -> Now {
    Now { wall: at(22, 14), mono: Duration::from_secs(60) }
}

/// An app with its answers: what it asks to be kept is kept at once, as a store would.
struct Desk {
    app: App,
    cases: Vec<(Id, Case)>,
    contacts: Vec<(Id, Contact)>,
    committed: Vec<Batch>,
    copied: Vec<String>,
    /// The undo that was asked for last.
    undone: Option<Ticket>,
    /// Whether questions are answered at once; else they are left lying.
    answers: bool,
}

impl Desk {
    fn new(lang: Lang, cases: Vec<(Id, Case)>, contacts: Vec<(Id, Contact)>) -> Self {
        let config = Config {
            lang: Some(lang),
            keymap: Keymap::default(),
            theme: Theme::new(Colours::None, Borders::LINE),
            seed: [7; 32],
            now: now(),
        };
        let mut records = vec![
            (RecordKey::new(Kind::Desk, id(90)), json!({"name": "架空窓口", "areas": ["架空中央", "架空西部"]})),
            (RecordKey::new(Kind::Operator, id(91)), json!({"name": "山田花子"})),
            (RecordKey::new(Kind::Operator, id(92)), json!({"name": "佐藤次郎"})),
        ];
        records.extend(cases.iter().map(|(id, case)| (RecordKey::new(Kind::Case, *id), compact(case))));
        let opening = Opening { records, desk: id(90), last_operator: Some(id(91)), ..Opening::default() };
        let app = App::new(config);
        let mut desk =
            Self { app, cases, contacts, committed: Vec::new(), copied: Vec::new(), undone: None, answers: true };
        desk.tell(Msg::Opened(Box::new(opening)));
        desk.tell(Msg::Arrived(Arrival::Complete));
        desk
    }

    fn tell(&mut self, msg: Msg) {
        for effect in self.app.update(now(), msg) {
            match effect {
                Effect::Commit { ticket, batch } => self.keep(ticket, batch),
                Effect::Load { ticket, query } if self.answers => self.answer(ticket, &query),
                Effect::Undo { ticket, .. } => self.undone = Some(ticket),
                Effect::Copy(text) => self.copied.push(text),
                _ => {}
            }
        }
    }

    fn answer(&mut self, ticket: Ticket, query: &Query) {
        let answer = match query {
            Query::CaseFile(case) => self.file(*case).map_or(Answer::Nothing, |f| Answer::CaseFile(Box::new(f))),
            Query::History(record) => Answer::History(*record, Vec::new()),
            Query::Persons(_)
            | Query::Slip(_)
            | Query::Looks(..)
            | Query::Log(_)
            | Query::Reviews
            | Query::Recent(..)
            | Query::Usage(..)
            | Query::Reach(_) => Answer::Nothing,
        };
        self.tell(Msg::Loaded { ticket, answer });
    }

    fn file(&self, case: Id) -> Option<CaseFile> {
        let (id, found) = self.cases.iter().find(|(id, _)| *id == case)?;
        let contacts = self.contacts.iter().filter(|(_, c)| c.case == case).cloned().collect();
        Some(CaseFile { id: *id, case: found.clone(), contacts })
    }

    fn keep(&mut self, ticket: Ticket, batch: Batch) {
        let mut records = Vec::new();
        for edit in &batch.edits {
            let id = edit.record.id;
            let mut value = match edit.record.kind {
                Kind::Case => self.cases.iter().find(|(i, _)| *i == id).map_or(Value::Null, |(_, c)| compact(c)),
                _ => self.contacts.iter().find(|(i, _)| *i == id).map_or(Value::Null, |(_, c)| compact(c)),
            };
            patch::apply(&mut value, &edit.patch);
            if edit.record.kind == Kind::Case {
                let case = serde_json::from_value(value.clone()).unwrap();
                self.cases.retain(|(i, _)| *i != id);
                self.cases.push((id, case));
            } else {
                let contact = serde_json::from_value(value.clone()).unwrap();
                self.contacts.retain(|(i, _)| *i != id);
                self.contacts.push((id, contact));
            }
            records.push((edit.record, value));
        }
        let receipt = Committed { batch: Stamp::default(), at: now().wall, what: batch.what.clone(), records };
        self.committed.push(batch);
        self.tell(Msg::Committed { ticket, receipt });
    }

    /// Presses keys: one a character, named ones in angle brackets.
    fn press(&mut self, keys: &str) {
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            if let Some((name, after)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
                for key in Key::chord(name).unwrap() {
                    self.tell(Msg::Key(key));
                }
                rest = after;
            } else {
                self.tell(Msg::Key(Key::plain(KeyCode::Char(c))));
                rest = rest.get(c.len_utf8()..).unwrap();
            }
        }
    }

    fn case(&self, n: u8) -> &Case {
        &self.cases.iter().find(|(i, _)| *i == id(n)).unwrap().1
    }

    fn screen(&self, width: u16, height: u16) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        let area = buf.area;
        self.app.view(area, &mut buf);
        screen_text(&buf)
    }

    /// The numbers of the cases in the list, from the top.
    fn numbers(&self) -> Vec<String> {
        let screen = self.screen(100, 40);
        let rows = screen.lines().filter(|line| line.starts_with('│'));
        rows.filter_map(|line| line.split_whitespace().find(|word| word.starts_with("R8-")).map(str::to_owned))
            .collect()
    }

    fn chosen(&self) -> String {
        let screen = self.screen(100, 40);
        let row = screen.lines().find(|line| line.starts_with("│>")).unwrap_or_default();
        row.split_whitespace().find(|word| word.starts_with("R8-")).unwrap_or_default().to_owned()
    }
}

/// The screen without head, notice and foot.
fn body(screen: &str) -> Vec<&str> {
    screen.lines().filter(|line| line.starts_with(['│', '┌', '└'])).collect()
}

fn case(number: &str, status: Status, urgency: &str, due: Option<u32>, opened: u32) -> Case {
    Case {
        number: number.to_owned(),
        status,
        urgency: urgency.to_owned(),
        due: due.map(day),
        opened_at: Some(at(opened, 9)),
        operator: id(91),
        ..Case::default()
    }
}

/// Four open cases and a closed one, in no order; the first in the queue has a file with two contacts.
fn cases() -> Vec<(Id, Case)> {
    vec![
        (
            id(1),
            Case {
                caller_kind: "1".into(),
                caller: "田中 一郎".into(),
                caller_kana: "たなか いちろう".into(),
                topics: vec!["h".into(), "a".into()],
                summary: "通院困難、家で最期まで".into(),
                area: "架空中央".into(),
                flag: Some(Flag {
                    reason: "看取りの主治医が見つからない".into(), at: at(20, 9), by: id(91)
                }),
                ..case("R8-0123", Status::Received, "2", Some(22), 22)
            },
        ),
        (
            id(2),
            Case {
                caller_kind: "3".into(),
                caller: "架空病院 連携室".into(),
                topics: vec!["e".into()],
                summary: "短期間に4病院への転院。家族「一か所で面倒を看てもらえないのか」".into(),
                age_band: "8".into(),
                sex: "2".into(),
                area: "架空西部".into(),
                has_doctor: "1".into(),
                doctor: "架空内科 山本".into(),
                next_action: "徳山架空病院へ受入の返事を確認".into(),
                ..case("R8-0119", Status::Active, "1", Some(20), 16)
            },
        ),
        (
            id(3),
            Case {
                caller_kind: "2".into(),
                caller: "鈴木".into(),
                topics: vec!["c".into()],
                next_action: "医師の回答".into(),
                operator: id(92),
                ..case("R8-0120", Status::WaitingOther, "2", Some(25), 18)
            },
        ),
        (
            id(4),
            Case {
                caller_kind: "F".into(),
                summary: "ﾃｽﾄ半角の相談".into(),
                ..case("R8-0104", Status::WaitingMeeting, "", None, 2)
            },
        ),
        (
            id(5),
            Case {
                outcome: "7".into(),
                closed_at: Some(at(21, 9)),
                ..case("R8-0098", Status::Closed, "1", Some(1), 3)
            },
        ),
    ]
}

fn contacts() -> Vec<(Id, Contact)> {
    let contact = |day, text: &str| Contact {
        case: id(2),
        at: Some(at(day, 10)),
        operator: id(91),
        method: "1".into(),
        phone: "0834-00-2100".into(),
        text: text.into(),
        ..Contact::default()
    };
    vec![
        (id(31), Contact { direction: "1".into(), caller_kind: "3".into(), ..contact(18, "受入先を探している") }),
        (
            id(32),
            Contact {
                direction: "2".into(),
                caller_name: "徳山架空病院".into(),
                ..contact(20, "病床の機能を説明。\n12/1 に退院調整会議")
            },
        ),
    ]
}

fn desk() -> Desk {
    Desk::new(Lang::Ja, cases(), contacts())
}

#[test]
fn the_order_is_urgency_due_age_and_closed_ones_come_newest_first() {
    let mut desk = desk();
    assert_eq!(desk.numbers(), ["R8-0119", "R8-0123", "R8-0120", "R8-0104"]);
    let older = Case { closed_at: Some(at(2, 9)), ..case("R8-0001", Status::Closed, "1", None, 1) };
    desk.tell(Msg::Committed {
        ticket: Ticket(99),
        receipt: Committed {
            batch: Stamp::default(),
            at: now().wall,
            what: "done-save-call".into(),
            records: vec![(RecordKey::new(Kind::Case, id(6)), compact(&older))],
        },
    });
    desk.press("fsa");
    assert_eq!(desk.numbers()[3..], ["R8-0104", "R8-0098", "R8-0001"]);
}

#[test]
fn status_by_two_keys_moves_nothing_else_and_the_choice_stays_on_its_case() {
    let mut desk = desk();
    desk.press("<down>s2");
    assert_eq!(desk.case(1).status, Status::Active);
    assert_eq!(desk.committed.len(), 1);
    desk.press("!1");
    assert_eq!(desk.case(1).urgency, "1");
    assert_eq!(desk.numbers()[..2], ["R8-0119", "R8-0123"]);
    desk.press("<up>!4");
    assert_eq!(desk.numbers()[3], "R8-0119", "it went to the end of the queue");
    assert_eq!(desk.chosen(), "R8-0119", "and the choice with it");
    desk.press("s2");
    assert_eq!(desk.committed.len(), 3, "the state that it has already is no change");
}

#[test]
fn marked_cases_are_changed_in_one_batch() {
    let mut desk = desk();
    desk.press("  s3");
    assert_eq!(desk.committed.len(), 1);
    assert_eq!(desk.committed[0].edits.len(), 2);
    assert_eq!((desk.case(2).status, desk.case(1).status), (Status::WaitingOther, Status::WaitingOther));
    desk.press("d+7<enter>");
    assert_eq!((desk.case(2).due, desk.case(1).due), (Some(day(29)), Some(day(29))));
    assert_eq!(desk.case(2).next_action, "徳山架空病院へ受入の返事を確認");
    desk.press("s7");
    assert!(desk.app.has_popup(), "several cases are not closed at once: there is no such choice");
    desk.press("<esc>c");
    assert!(desk.screen(100, 30).contains("終結は1件ずつ"));
    desk.press("<esc>!4");
    assert_eq!(desk.committed.last().unwrap().edits.len(), 1, "Esc took the marks off");
}

#[test]
fn one_key_flags_and_unflags_and_a_reason_can_be_written() {
    let mut desk = desk();
    desk.press("m");
    assert!(desk.case(2).flag.is_some());
    desk.press("m");
    assert_eq!(desk.case(2).flag, None);
    desk.press("M");
    desk.tell(Msg::Paste("転院のたびの負担".into()));
    desk.press("<enter>");
    assert_eq!(desk.case(2).flag.as_ref().map(|f| f.reason.as_str()), Some("転院のたびの負担"));
    desk.press("<enter><f8>");
    assert_eq!(desk.case(2).flag, None, "in an open file too, by the key that works everywhere");
}

#[test]
fn next_actions_and_days_are_read_from_one_line() {
    let today = day(22);
    let on = |d| Day::On(day(d));
    let told = |due, next: Option<&str>| Ok(Told { due, next: next.map(str::to_owned) });
    for (typed, expected) in [
        ("+7", told(on(29), None)),
        ("＋７", told(on(29), None)),
        ("火", told(on(24), None)),
        ("月末", told(on(30), None)),
        ("11/25", told(on(25), None)),
        ("11月 25日", told(on(25), None)),
        ("火 返事を確認", told(on(24), Some("返事を確認"))),
        ("火　返事を 確認", told(on(24), Some("返事を 確認"))),
        ("返事を確認", told(Day::Keep, Some("返事を確認"))),
        ("火曜に 電話", told(Day::Keep, Some("火曜に 電話"))),
        ("-", told(Day::Away, None)),
        ("ー 様子を見る", told(Day::Away, Some("様子を見る"))),
    ] {
        assert_eq!(read(typed, today), expected, "{typed}");
    }
    for (typed, key) in [
        ("", "date-empty"),
        ("　", "date-empty"),
        ("13/45", "date-no-such-day"),
        ("+x 電話", "date-unreadable"),
        ("9999999", "date-unreadable"),
    ] {
        assert_eq!(read(typed, today).map_err(|say| say.key), Err(key), "{typed}");
    }
}

#[test]
fn a_day_that_is_none_is_said_and_changes_nothing() {
    let mut desk = desk();
    desk.press("d2/30<enter>");
    assert!(desk.committed.is_empty());
    assert!(desk.app.has_popup());
    desk.press("<ctrl-u>+1<enter>");
    assert_eq!(desk.case(2).due, Some(day(23)));
}

#[test]
fn closing_asks_for_what_is_missing_and_for_nothing_else() {
    let mut desk = desk();
    desk.press("c<ctrl-s>");
    assert!(desk.screen(100, 30).contains("対応区分がどの経過にもありません"));
    assert!(desk.screen(100, 30).contains("次の対応が残っています"), "worth a look, and no more");
    // Outcome, response of the last contact, and the doctor has to be told: then the day is missing.
    desk.press("131<ctrl-s>");
    assert!(desk.screen(100, 30).contains("主治医に伝えた日が未記入です"));
    assert!(desk.committed.is_empty());
    desk.press("<shift-tab>2<ctrl-s>");
    assert_eq!(desk.case(2).status, Status::Closed);
    let closed = desk.case(2).clone();
    assert_eq!(
        (closed.outcome.as_str(), closed.doctor_notice.as_str(), closed.closed_at),
        ("1", "2", Some(now().wall))
    );
    assert_eq!(desk.contacts.iter().find(|(i, _)| *i == id(32)).unwrap().1.response, "3");
    assert_eq!(desk.committed.len(), 1);
    assert_eq!(desk.committed[0].what, "done-close-case");
    assert_eq!(desk.numbers()[0], "R8-0123", "it is gone from the open cases");
}

#[test]
fn a_case_without_contacts_gets_one_when_it_is_closed() {
    let mut desk = desk();
    desk.press("<end>c12<ctrl-s>");
    assert_eq!(desk.case(4).status, Status::Closed);
    let own: Vec<_> = desk.contacts.iter().filter(|(_, c)| c.case == id(4)).collect();
    assert_eq!(own.len(), 1);
    assert_eq!((own[0].1.response.as_str(), own[0].1.operator), ("2", id(91)));
}

#[test]
fn a_closed_case_is_reopened_and_an_open_one_is_not() {
    let mut desk = desk();
    desk.press("o");
    assert!(desk.committed.is_empty());
    desk.press("fs7");
    assert_eq!(desk.numbers()[0], "R8-0098");
    desk.press("c");
    assert!(!desk.app.has_popup(), "it is closed already");
    desk.press("o");
    assert_eq!(
        (desk.case(5).status, desk.case(5).outcome.as_str(), desk.case(5).closed_at),
        (Status::Active, "", None)
    );
}

#[test]
fn typed_text_narrows_in_every_spelling_and_filters_combine() {
    let mut desk = desk();
    for (typed, number) in
        [("tanaka", "R8-0123"), ("田中", "R8-0123"), ("teni", "R8-0119"), ("0120", "R8-0120"), ("テスト", "R8-0104")]
    {
        desk.press("/");
        desk.tell(Msg::Paste(typed.into()));
        assert_eq!(desk.numbers()[0], number, "{typed}");
        assert_eq!(desk.chosen(), number);
        desk.press("<esc>");
        assert_eq!(desk.numbers().len(), 4, "everything is back");
    }
    desk.press("/R8<tab>");
    assert_eq!(desk.numbers().len(), 4);
    desk.press("fm");
    assert_eq!(desk.numbers(), ["R8-0123"], "flagged");
    desk.press("ff");
    assert_eq!(desk.numbers().len(), 4);
    desk.press("fo2");
    assert_eq!(desk.numbers()[0], "R8-0120");
    desk.press("fffa2");
    assert_eq!(desk.numbers()[0], "R8-0119");
    desk.press("fffsx");
    assert_eq!(desk.numbers(), ["R8-0119"]);
    desk.press("ff/存在しない<tab>");
    assert!(desk.screen(80, 24).contains("当てはまる案件はありません"));
}

#[test]
fn letters_typed_to_narrow_are_no_commands() {
    let mut desk = desk();
    desk.press("/smcdo");
    assert!(!desk.app.has_popup());
    assert!(desk.committed.is_empty());
    desk.press("<esc>s2");
    assert_eq!(desk.committed.len(), 0, "it was in that state already, so the list is back in the keys' hands");
}

#[test]
fn what_needs_the_whole_case_waits_for_it() {
    let mut desk = desk();
    desk.answers = false;
    desk.press("<down>a");
    assert_eq!(desk.app.screen(), ScreenName::Queue);
    let file = desk.file(id(1)).unwrap();
    desk.tell(Msg::Loaded { ticket: Ticket(9), answer: Answer::CaseFile(Box::new(file)) });
    assert_eq!(desk.app.screen(), ScreenName::Intake);
    let about = desk.app.intake().current().and_then(|call| call.about.clone()).unwrap();
    assert_eq!((about.0, about.1.number.as_str()), (id(1), "R8-0123"));

    let mut desk = self::desk();
    desk.answers = false;
    desk.press("<down>a<up>");
    let file = desk.file(id(1)).unwrap();
    desk.tell(Msg::Loaded { ticket: Ticket(9), answer: Answer::CaseFile(Box::new(file)) });
    assert_eq!(desk.app.screen(), ScreenName::Queue, "another key gave it up");
}

#[test]
fn the_file_opens_scrolls_and_closes_and_keys_act_on_its_case() {
    let mut desk = desk();
    desk.press("<enter>");
    let screen = desk.screen(80, 24);
    assert!(screen.contains("病床の機能を説明。") && screen.contains("12/1 に退院調整会議"));
    assert!(!screen.contains("R8-0123"));
    desk.press("s3");
    assert_eq!(desk.case(2).status, Status::WaitingOther);
    desk.screen(60, 12);
    let first = desk.screen(60, 12);
    desk.press("<end>");
    assert_ne!(desk.screen(60, 12), first);
    desk.press("<home>");
    assert_eq!(body(&desk.screen(60, 12)), body(&first));
    desk.press("y");
    assert_eq!(desk.copied, ["0834-00-2100"]);
    desk.press("h");
    assert!(desk.app.has_popup());
    desk.press("<esc><esc>");
    assert!(desk.screen(100, 30).contains("R8-0123"));
}

#[test]
fn edited_fields_are_written_alone() {
    let mut desk = desk();
    desk.press("e<ctrl-u>転院の相談<ctrl-s>");
    assert_eq!(desk.case(2).summary, "転院の相談");
    assert_eq!(desk.committed[0].edits[0].patch, json!({"summary": "転院の相談"}));
    desk.press("e<ctrl-s>");
    assert_eq!(desk.committed.len(), 1);
}

#[test]
fn a_case_is_handed_to_another_operator() {
    let mut desk = desk();
    desk.press("t2");
    assert_eq!(desk.case(2).operator, id(92));
}

#[test]
fn showing_a_case_takes_filters_away_only_where_they_hide_it() {
    let mut queue = super::Queue::default();
    let desk = desk();
    let model = &desk.app.model;
    queue.filter(CaseFilter { flagged: true, ..CaseFilter::default() });
    queue.show(id(1), model);
    assert!(queue.filter.flagged);
    assert_eq!(queue.chosen, Some(id(1)));
    queue.show(id(3), model);
    assert_eq!((queue.filter.flagged, queue.chosen), (false, Some(id(3))));
    queue.show(id(5), model);
    assert_eq!(queue.chosen, Some(id(5)), "a closed one too");
}

#[test]
fn rows_are_made_anew_only_when_something_changed() {
    let desk = desk();
    let model = &desk.app.model;
    let mut rows = super::Rows::default();
    let filter = CaseFilter::default();
    assert!(rows.renew(model, &filter, ""));
    assert!(!rows.renew(model, &filter, ""));
    assert!(rows.renew(model, &filter, "田中"));
    assert_eq!(rows.ids(), [id(1)]);
    assert!(rows.renew(model, &filter, ""));
    assert_eq!((rows.ids().len(), rows.overdue()), (4, 1));
}

#[test]
fn undo_shows_the_case_that_it_changed() {
    let mut desk = desk();
    desk.press("c131<shift-tab>2<ctrl-s>");
    assert_eq!(desk.chosen(), "R8-0123", "the next one");
    desk.press("u");
    let case = json!({"number": "R8-0119", "urgency": "1", "opened_at": at(16, 9)});
    let records = vec![(RecordKey::new(Kind::Case, id(2)), case)];
    let ticket = desk.undone.expect("an undo was asked for");
    let receipt = Committed { batch: Stamp::default(), at: now().wall, what: "done-close-case".into(), records };
    desk.tell(Msg::Committed { ticket, receipt });
    assert_eq!(desk.chosen(), "R8-0119");
}

#[test]
fn closed_cases_that_have_not_arrived_are_said() {
    let mut desk = desk();
    desk.app.model.complete = false;
    assert!(!desk.screen(100, 30).contains("読み込み中"));
    desk.press("fsa");
    assert!(desk.screen(100, 30).contains("終結した案件を読み込み中"));
    desk.tell(Msg::Arrived(Arrival::Complete));
    assert!(!desk.screen(100, 30).contains("読み込み中"));
}

#[test]
fn an_empty_queue_says_how_to_begin() {
    let desk = Desk::new(Lang::Ja, Vec::new(), Vec::new());
    assert!(desk.screen(80, 24).contains("まだ案件がありません。n で"));
    let mut one = cases();
    one.retain(|(i, _)| *i == id(5));
    let desk = Desk::new(Lang::En, one, Vec::new());
    assert!(desk.screen(80, 24).contains("No case is open."));
}

#[test]
fn the_list_and_the_file_look_so() {
    for (lang, name) in [(Lang::Ja, "ja"), (Lang::En, "en")] {
        let mut desk = Desk::new(lang, cases(), contacts());
        desk.press(" <up>");
        for (width, height) in [(80, 24), (100, 30), (140, 40), (20, 5)] {
            insta::assert_snapshot!(format!("list_{name}_{width}x{height}"), desk.screen(width, height));
        }
        desk.press("<esc><enter>");
        for (width, height) in [(80, 24), (140, 40)] {
            insta::assert_snapshot!(format!("file_{name}_{width}x{height}"), desk.screen(width, height));
        }
    }
}

#[test]
fn any_size_is_drawn() {
    let mut desk = desk();
    for keys in ["", "/", "<esc>fs", "<esc>c", "<esc><esc>e", "<esc><enter>"] {
        desk.press(keys);
        for (width, height) in (0..50).flat_map(|w| [(w * 3, w), (w, 30), (100, w)]) {
            desk.screen(width, height);
        }
    }
}
