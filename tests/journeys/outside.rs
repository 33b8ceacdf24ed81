//! A caller for whom the desk is not there: said, with the right desk, and handed on by one key. Nobody is turned away.

use madoguchi::desk::slip::SlipForm;
use madoguchi::locale::Lang;
use madoguchi::runtime::headless::Headless;
use madoguchi::screens::form::field::Target;

use crate::desk::{demo, empty_desk};
use crate::support::{hides, shows};

fn text(desk: &Headless, target: Target, member: &str) -> String {
    desk.app.intake().current().unwrap().form.values().text(target, member).to_owned()
}

#[test]
fn a_citizen_at_a_desk_for_professionals_is_handed_on_warmly_by_one_key() {
    for size in [(80, 24), (100, 30), (140, 40)] {
        let mut desk = demo(Lang::Ja, size);
        desk.keys("f7 \"1\"").unwrap();
        hides(&desk, "対象外");
        desk.keys("shift-tab \"F\"").unwrap();
        shows(&desk, "対象外の方 Alt-r");
        shows(&desk, "0834-00-8700");
        shows(&desk, "このまま受けても構いません");
        desk.keys("alt-r").unwrap();
        let call = desk.app.intake().current().unwrap();
        assert_eq!(call.form_kind(), SlipForm::Brief);
        assert_eq!(call.form.field().unwrap().member, "text");
        assert_eq!(text(&desk, Target::Contact, "referred_to"), "架空市福祉総合相談窓口 むすび");
        assert_eq!(text(&desk, Target::Contact, "response"), "5");
        hides(&desk, "対象外の方");
        // The places of the line are filled one after the other.
        desk.keys("\"和泉さん\" tab \"先に電話した\" tab \"母の介護申請\"").unwrap();
        let told = text(&desk, Target::Contact, "text");
        assert!(told.ends_with("和泉さんへ先に電話した。伝えたこと: 母の介護申請"), "{told}");
        desk.keys("ctrl-s").unwrap();
        shows(&desk, "保存済");
    }
}

#[test]
fn the_desk_of_the_callers_area_comes_first() {
    let mut desk = demo(Lang::Ja, (100, 30));
    desk.keys("f7 \"F\" alt-f tab tab tab tab \"4\"").unwrap();
    assert_eq!(text(&desk, Target::Case, "area"), "東部");
    shows(&desk, "架空市認知症相談センター");
    desk.keys("alt-r").unwrap();
    assert_eq!(text(&desk, Target::Contact, "referred_to"), "架空市認知症相談センター");
}

#[test]
fn the_call_may_be_taken_all_the_same_and_what_was_done_is_taken_back() {
    let mut desk = demo(Lang::Ja, (100, 30));
    desk.keys("f7 \"F架空 花枝\" tab alt-r ctrl-z").unwrap();
    let call = desk.app.intake().current().unwrap();
    assert_eq!(call.form_kind(), SlipForm::Standard);
    assert_eq!(text(&desk, Target::Contact, "referred_to"), "");
    assert_eq!(text(&desk, Target::Contact, "caller_name"), "架空 花枝");
    desk.keys("ctrl-t \"看取りの相談\" ctrl-s").unwrap();
    assert!(desk.app.intake().is_idle());
}

#[test]
fn any_other_caller_is_handed_on_to_a_desk_that_is_chosen() {
    let mut desk = demo(Lang::Ja, (100, 30));
    desk.keys("f7 \"1\" alt-r").unwrap();
    shows(&desk, "どの窓口を案内しますか");
    desk.keys("2").unwrap();
    assert_eq!(desk.app.intake().current().unwrap().form_kind(), SlipForm::Brief);
    assert!(!text(&desk, Target::Contact, "referred_to").is_empty());
    // Of a directory without other desks it is said how one gets there.
    let mut desk = empty_desk((100, 30));
    desk.keys("f7 \"F\" alt-r").unwrap();
    shows(&desk, "案内できる窓口が連携先にありません");
}

#[test]
fn whom_the_desk_is_there_for_is_a_setting() {
    let mut desk = empty_desk((100, 30));
    desk.keys("shift-f10").unwrap();
    for _ in 0..8 {
        if desk.text().contains("窓口の対象者") {
            break;
        }
        desk.keys("right").unwrap();
    }
    shows(&desk, "制限なし");
    desk.keys("down down down down down enter \"2\"").unwrap();
    shows(&desk, "専門職のみ");
    desk.keys("f7 \"N\"").unwrap();
    shows(&desk, "この窓口の対象外の方です");
}
