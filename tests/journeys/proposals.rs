//! 案: what an empty field proposes in brackets, Enter takes and Tab leaves; nothing of it is kept unless it was taken.

use madoguchi::desk::contact::Contact;
use madoguchi::runtime::headless::Headless;
use madoguchi::screens::form::field::Target;

use crate::desk::{Desk, again, empty_desk};
use crate::support::{hides, shows};

const SIZE: (u16, u16) = (100, 30);

fn on_slip(desk: &Headless, target: Target, member: &str) -> String {
    desk.app.intake().current().unwrap().form.values().text(target, member).to_owned()
}

fn contact(desk: &Headless, member: &str) -> String {
    on_slip(desk, Target::Contact, member)
}

/// The member of the field in focus.
fn focus(desk: &Headless) -> &'static str {
    desk.app.intake().current().unwrap().form.field().unwrap().member
}

/// What the contact that was kept last says.
fn kept(desk: &Headless) -> Contact {
    let file = desk.app.model.file.as_ref().unwrap();
    file.contacts.last().unwrap().1.clone()
}

/// As many saved calls, each with this way of calling.
fn calls(desk: &mut Desk, method: &str, times: usize) {
    for n in 0..times {
        desk.keys(&format!("f7 \"1架空{n}\" tab tab tab \"{method}\" ctrl-t \"相談{n}\" ctrl-s")).unwrap();
    }
}

#[test]
fn what_an_operator_mostly_answers_is_proposed_and_kept_only_when_taken() {
    let mut desk = empty_desk(SIZE);
    calls(&mut desk, "42", 4);
    desk.keys("f7 tab tab tab tab").unwrap();
    assert_eq!((focus(&desk), contact(&desk, "method")), ("method", "1".to_owned()), "four are no habit");
    desk.keys("ctrl-x d y").unwrap();
    calls(&mut desk, "42", 1);
    desk.keys("f7 \"1架空\" tab tab tab").unwrap();
    assert_eq!((focus(&desk), contact(&desk, "method")), ("method", String::new()));
    shows(&desk, "(FAX)");
    shows(&desk, "(継続)");
    shows(&desk, "Enter で入る: FAX（いつもの答え）");
    // Tab leaves it empty, Enter takes it.
    desk.keys("tab enter").unwrap();
    assert_eq!((focus(&desk), contact(&desk, "visit")), ("subject_name", "2".to_owned()));
    hides(&desk, "(継続)");
    shows(&desk, "(FAX)");
    desk.keys("ctrl-s enter").unwrap();
    assert_eq!((kept(&desk).method, kept(&desk).visit), (String::new(), "2".to_owned()));
}

#[test]
fn what_is_usual_is_known_after_a_restart() {
    let mut desk = empty_desk(SIZE);
    calls(&mut desk, "42", 5);
    let mut desk = again(desk);
    desk.keys("f7 tab tab tab tab").unwrap();
    shows(&desk, "Enter で入る: FAX（いつもの答え）");
    desk.keys("enter").unwrap();
    assert_eq!(contact(&desk, "method"), "4");
}

#[test]
fn a_key_takes_another_answer_and_an_emptied_field_proposes_again() {
    let mut desk = empty_desk(SIZE);
    calls(&mut desk, "42", 5);
    desk.keys("f7 tab tab tab tab \"2\" shift-tab").unwrap();
    assert_eq!(contact(&desk, "method"), "2");
    hides(&desk, "Enter で入る");
    desk.keys("backspace").unwrap();
    shows(&desk, "Enter で入る: FAX");
    desk.keys("enter").unwrap();
    assert_eq!((focus(&desk), contact(&desk, "method")), ("visit", "4".to_owned()));
    desk.keys("enter ctrl-z").unwrap();
    assert_eq!((focus(&desk), contact(&desk, "visit")), ("visit", String::new()), "undo takes back what was taken");
}

#[test]
fn a_slip_of_proposals_alone_is_blank() {
    let mut desk = empty_desk(SIZE);
    calls(&mut desk, "42", 5);
    desk.keys("f7 tab tab tab tab tab ctrl-s").unwrap();
    shows(&desk, "(FAX)");
    shows(&desk, "まだ何も書かれていません");
}

#[test]
fn how_far_the_desk_goes_is_proposed_with_the_reason_and_taken_by_enter() {
    for (keys, told, code) in [
        ("", "", ""),
        ("\"a\"", "連絡調整（往診医を探す）", "3"),
        ("\"d\"", "助言（主治医への聞き方）", "2"),
        ("\"at\" tab tab \"2\"", "連絡調整（往診医を探す + 急ぐ）", "3"),
        ("\"t\"", "傾聴（苦情）", "9"),
    ] {
        let mut desk = empty_desk(SIZE);
        desk.keys(&format!("f7 {} {keys}", "tab ".repeat(15))).unwrap();
        while focus(&desk) != "response" {
            desk.keys("tab").unwrap();
        }
        if told.is_empty() {
            hides(&desk, "Enter で入る");
        } else {
            shows(&desk, &format!("Enter で入る: {told}"));
        }
        desk.keys("enter").unwrap();
        assert_eq!((contact(&desk, "response").as_str(), focus(&desk)), (code, "doctor_notice"), "{keys}");
    }
}

#[test]
fn the_key_of_a_code_stands_apart_from_its_label() {
    let mut desk = empty_desk(SIZE);
    desk.keys(&format!("f7 {} \"ah\" tab", "tab ".repeat(15))).unwrap();
    shows(&desk, "a 往診医を探す  h 看取り");
}

/// A desk that 架空 幸枝 called once about herself.
fn called_once() -> Desk {
    let mut desk = empty_desk(SIZE);
    let keys = "f7 \"K架空 幸枝\" tab tab \"0834-00-5678\" tab \"4\" tab \"架空 幸枝\" tab tab tab \"東部\" tab \"3\" \"2\" \"1\" \"1架空 医師\"";
    desk.keys(keys).unwrap();
    desk.keys("ctrl-t \"一度目\" ctrl-s").unwrap();
    shows(&desk, "R8-0001");
    desk
}

fn case(desk: &Headless, member: &str) -> String {
    on_slip(desk, Target::Case, member)
}

#[test]
fn what_was_said_of_a_known_person_is_proposed_with_the_day() {
    let mut desk = called_once();
    desk.keys("f7 tab tab tab \"0834005678\" enter").unwrap();
    // The telephone stands there by itself; emptied, the field proposes how she called the last time.
    desk.keys("backspace").unwrap();
    shows(&desk, "(FAX)");
    desk.keys("tab").unwrap();
    shows(&desk, "Enter で入る: 継続（前回 11/24(火)）");
    desk.keys("enter enter tab tab").unwrap();
    assert_eq!((focus(&desk), case(&desk, "area")), ("area", String::new()));
    shows(&desk, "(要介護3)");
    shows(&desk, "(架空 医師)");
    desk.keys("enter enter").unwrap();
    assert_eq!((case(&desk, "area"), case(&desk, "care_level")), ("東部".into(), "23".into()));
    // A doctor is not proposed to somebody who has none now.
    desk.keys("tab tab \"2\"").unwrap();
    hides(&desk, "(架空 医師)");
}

#[test]
fn a_family_that_calls_again_goes_on_with_its_case() {
    let mut desk = empty_desk(SIZE);
    calls(&mut desk, "11", 5);
    desk.keys("f7 \"F試験 花\" tab tab \"0834-00-5679\" ctrl-t \"一度目\" ctrl-s").unwrap();
    desk.keys("f7 \"F\" tab tab \"0834005679\" enter tab").unwrap();
    shows(&desk, "Enter で入る: 継続（前回 11/24(火)）");
    // Of a colleague who calls about many people it says nothing: the usual answer stands.
    desk.keys("ctrl-x d y").unwrap();
    desk.keys("f7 \"1試験 次郎\" tab \"架空居宅\" tab \"0834-00-5680\" ctrl-t \"一度目\" ctrl-s").unwrap();
    desk.keys("f7 tab tab tab \"0834005680\" enter tab").unwrap();
    shows(&desk, "Enter で入る: 初回（いつもの答え）");
}

#[test]
fn of_somebody_else_nothing_is_proposed_any_more() {
    for change in ["alt-u \"架空 花\"", "backspace backspace", "alt-u"] {
        let mut desk = called_once();
        desk.keys("f7 tab tab tab \"0834005678\" enter").unwrap();
        shows(&desk, "(要介護3)");
        desk.keys("shift-tab shift-tab shift-tab").unwrap();
        assert_eq!(focus(&desk), "caller_name");
        desk.keys(change).unwrap();
        for told in ["(要介護3)", "(東部)", "(架空 医師)", "(継続)"] {
            hides(&desk, told);
        }
    }
    // Another caller than the person: nothing of the person either.
    let mut desk = called_once();
    desk.keys("f7 tab tab tab \"0834005678\" enter shift-tab shift-tab shift-tab shift-tab \"1\"").unwrap();
    hides(&desk, "(要介護3)");
}

#[test]
fn two_strokes_repeat_the_last_call_also_after_a_restart() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 tab tab \"//\"").unwrap();
    shows(&desk, "繰り返せる前回の電話が、まだありません");
    desk.keys("ctrl-x d y").unwrap();
    desk.keys("f7 \"1架空 一郎\" tab \"架空居宅\" ctrl-t \"一度目\" ctrl-s").unwrap();
    desk.keys("f7 tab tab \"//\"").unwrap();
    assert_eq!(contact(&desk, "caller_office"), "架空居宅");
    desk.keys("ctrl-x d y").unwrap();
    let mut desk = again(desk);
    desk.keys("f7 \"//\" \"//\" \"//\"").unwrap();
    assert_eq!(contact(&desk, "caller_kind"), "1");
    assert_eq!(contact(&desk, "caller_name"), "架空 一郎");
    assert_eq!((contact(&desk, "caller_office"), focus(&desk)), ("架空居宅".into(), "phone"));
    desk.keys("\"//\"").unwrap();
    shows(&desk, "前回の電話では、この欄は空でした");
}

#[test]
fn a_call_that_was_taken_back_is_not_repeated() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 tab tab \"架空居宅\" ctrl-t \"一度目\" ctrl-s").unwrap();
    desk.keys("f7 tab tab \"架空薬局\" ctrl-t \"二度目\" ctrl-s ctrl-z").unwrap();
    desk.keys("f7 tab tab \"//\"").unwrap();
    assert_eq!(contact(&desk, "caller_office"), "架空居宅");
}

#[test]
fn what_came_of_an_earlier_case_stands_beside_the_slip() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 \"F架空 幸枝\" tab tab \"0834-00-5678\" ctrl-t \"一度目\" tab tab \"2\" ctrl-s").unwrap();
    desk.keys("c \"1\" ctrl-s").unwrap();
    shows(&desk, "案件を終結しました");
    desk.keys("f7 tab tab tab \"0834005678\"").unwrap();
    shows(&desk, "R8-0001 解決");
}
