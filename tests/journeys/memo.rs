//! The memo as a form: signs that open a list, tokens that are fields, texts that come in by two letters.

use madoguchi::locale::Lang;
use madoguchi::runtime::headless::Headless;
use madoguchi::screens::form::field::Target;

use crate::desk::{again, demo, empty_desk};
use crate::support::{hides, shows};

const SIZE: (u16, u16) = (100, 30);

fn text<'d>(desk: &'d Headless, target: Target, member: &str) -> &'d str {
    desk.app.intake().current().unwrap().form.values().text(target, member)
}

/// The memo without the time that opened it.
fn memo(desk: &Headless) -> &str {
    let text = text(desk, Target::Contact, "text");
    text.strip_prefix("14:29 ").unwrap_or(text)
}

fn topics(desk: &Headless) -> Vec<&str> {
    desk.app.intake().current().unwrap().form.values().codes(Target::Contact, "topics")
}

fn offices(desk: &Headless) -> Vec<String> {
    let offices = desk.app.intake().current().unwrap().form.values().get(Target::Contact, "offices");
    let offices = offices.and_then(|o| o.as_object()).into_iter().flatten();
    offices.map(|(_, office)| office["name"].as_str().unwrap().to_owned()).collect()
}

fn is_flagged(desk: &Headless) -> bool {
    desk.app.intake().current().unwrap().form.values().get(Target::Case, "flag").is_some()
}

#[test]
fn each_sign_in_half_and_full_width_sets_its_field_and_stays_readable() {
    for (sign, typed, written) in [
        ("#", "mitori", "#看取り "),
        ("＃", "みとり", "#看取り "),
        ("#", "看取", "#看取り "),
        ("#", "h", "#看取り "),
        (">", "kakuuzaitaku", ">架空在宅クリニック "),
        ("＞", "架空在宅", ">架空在宅クリニック "),
        ("@", "keamane", "@ケアマネ "),
        ("＠", "けあまね", "@ケアマネ "),
        ("@", "窪田", "@架空中央病院 窪田 由美 "),
        ("!", "+7 返事を確認", "!12/1(火) 返事を確認\n"),
        ("！", "＋７　返事を確認", "!12/1(火) 返事を確認\n"),
        ("*", "", "*定例会 "),
        ("＊", "ていれい", "*定例会 "),
    ] {
        let mut desk = demo(Lang::Ja, SIZE);
        desk.keys(&format!("f7 ctrl-t \"{sign}{typed}\"")).unwrap();
        shows(&desk, "Enter 入れる");
        desk.keys("enter").unwrap();
        hides(&desk, "Enter 入れる");
        assert_eq!(memo(&desk), written, "{sign}{typed}");
        match sign {
            "#" | "＃" => assert_eq!(topics(&desk), ["h"]),
            ">" | "＞" => assert_eq!(offices(&desk), ["架空在宅クリニック"]),
            "*" | "＊" => assert!(is_flagged(&desk)),
            "!" | "！" => {
                assert_eq!(text(&desk, Target::Case, "due"), "2026-12-01");
                assert_eq!(text(&desk, Target::Case, "next_action"), "返事を確認");
            }
            _ if typed == "窪田" => {
                let of = |member| text(&desk, Target::Contact, member);
                assert_eq!(
                    (of("caller_name"), of("caller_office"), of("caller_kind")),
                    ("窪田 由美", "架空中央病院", "3")
                );
                assert!(of("phone").starts_with("0834-00-") && of("caller_office_id").len() == 26);
            }
            _ => assert_eq!(text(&desk, Target::Contact, "caller_kind"), "1"),
        }
        // What was chosen is saved with the call.
        desk.keys("ctrl-s").unwrap();
        shows(&desk, "保存済");
    }
}

#[test]
fn somebody_who_called_before_is_named_with_all_that_is_known() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f7 \"2\" ctrl-t \"@tamura\"").unwrap();
    shows(&desk, "架空居宅介護支援事業所 田村 一枝");
    desk.keys("enter").unwrap();
    assert_eq!(memo(&desk), "@架空居宅介護支援事業所 田村 一枝 ");
    let of = |desk: &Headless, member: &str| text(desk, Target::Contact, member).to_owned();
    assert_eq!(of(&desk, "caller_kind"), "1", "their own, not what was guessed");
    assert!(of(&desk, "phone").starts_with("0834-00-"));
    desk.keys("backspace backspace").unwrap();
    // What is left names the office alone.
    assert_eq!((of(&desk, "caller_name"), of(&desk, "caller_kana")), (String::new(), String::new()));
    assert_eq!(of(&desk, "caller_office"), "架空居宅介護支援事業所");
    desk.keys("alt-u").unwrap();
    assert_eq!((of(&desk, "caller_office"), of(&desk, "phone")), (String::new(), String::new()));
}

#[test]
fn a_canned_text_behind_what_is_to_be_done_stands_on_its_own_line() {
    for typed in ["\"!12/1(火) 返事を確認\" esc \" ;si\"", "\"！12/1(火)　返事を確認\" esc \"　；ｓｉ\""]
    {
        let mut desk = demo(Lang::Ja, SIZE);
        desk.keys(&format!("f7 ctrl-t {typed}")).unwrap();
        assert_eq!(text(&desk, Target::Case, "next_action"), "返事を確認", "{typed}");
        assert_eq!(text(&desk, Target::Case, "due"), "2026-12-01", "{typed}");
        let (next, canned) = memo(&desk).split_once('\n').unwrap();
        assert!(next.ends_with("返事を確認") && canned.chars().count() > 10, "{typed}: {next}|{canned}");
    }
}

#[test]
fn one_character_less_clears_the_field() {
    for (typed, backspaces) in [("#mitori", 2), (">kakuuzaitaku", 2), ("@keamane", 2), ("*", 2)] {
        let mut desk = demo(Lang::Ja, SIZE);
        desk.keys(&format!("f7 ctrl-t \"{typed}\" enter")).unwrap();
        let before = (topics(&desk).len(), offices(&desk).len(), is_flagged(&desk));
        let kind = text(&desk, Target::Contact, "caller_kind").to_owned();
        assert!(before.0 + before.1 + usize::from(before.2) + kind.len() == 1, "{typed}");
        // The blank, and the last letter of the label.
        desk.keys(&"backspace ".repeat(backspaces)).unwrap();
        assert_eq!((topics(&desk).len(), offices(&desk).len(), is_flagged(&desk)), (0, 0, false), "{typed}");
        assert_eq!(text(&desk, Target::Contact, "caller_kind"), "", "{typed}");
        // Undo brings text and field back together.
        desk.keys("ctrl-z").unwrap();
        assert_eq!((topics(&desk).len(), offices(&desk).len(), is_flagged(&desk)), (0, 0, false), "{typed}");
    }
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f7 ctrl-t \"!+7 返事を確認\" enter \"以上\"").unwrap();
    desk.keys("up home delete").unwrap();
    assert_eq!(memo(&desk).lines().next(), Some("4:29 !12/1(火) 返事を確認"));
    assert_eq!(text(&desk, Target::Case, "due"), "2026-12-01", "another word went, not the token");
    desk.keys("right right right right right delete").unwrap();
    assert_eq!(text(&desk, Target::Case, "due"), "", "the sign went");
}

#[test]
fn what_matches_nothing_stays_text_and_esc_leaves_what_was_typed() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f7 ctrl-t \"体温 >38度 !! * 印 #\" esc \"1\" enter \"a@b\"").unwrap();
    assert_eq!(memo(&desk), "体温 >38度 !! * 印 #1\na@b");
    assert_eq!((topics(&desk).len(), offices(&desk).len(), is_flagged(&desk)), (0, 0, false));
    // The first Esc closed the list; this one parks the call.
    desk.keys("esc").unwrap();
    shows(&desk, "保留");
}

#[test]
fn tokens_may_be_typed_out_or_pasted() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f7 ctrl-t").unwrap();
    desk.paste("#看取り・緩和ケア、>架空在宅クリニック\n!12/5(土) 返事を待つ\n＊定例会");
    assert_eq!((topics(&desk), offices(&desk)), (vec!["h"], vec!["架空在宅クリニック".to_owned()]));
    assert_eq!(text(&desk, Target::Case, "due"), "2026-12-05");
    assert!(is_flagged(&desk));
    // All of it at once again.
    desk.keys("alt-u").unwrap();
    assert_eq!((topics(&desk).len(), offices(&desk).len(), is_flagged(&desk)), (0, 0, false));
    assert_eq!(text(&desk, Target::Case, "next_action"), "");
    desk.keys("ctrl-z").unwrap();
    assert_eq!((topics(&desk), is_flagged(&desk)), (vec!["h"], true));
}

#[test]
fn a_field_that_is_changed_makes_its_token_plain_words() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f7 ctrl-t \"#mitori\" enter \"*\" enter \"!+7 返事\" enter \"@keamane\" enter").unwrap();
    assert_eq!(memo(&desk), "#看取り *定例会 !12/1(火) 返事\n@ケアマネ ");
    // The flag by its key, the topic by its own, the kind of caller, the day.
    desk.keys("f8").unwrap();
    assert_eq!(memo(&desk), "#看取り 定例会 !12/1(火) 返事\n@ケアマネ ");
    desk.keys("shift-tab shift-tab shift-tab \"h\"").unwrap();
    assert_eq!(memo(&desk), "看取り 定例会 !12/1(火) 返事\n@ケアマネ ");
    assert_eq!(topics(&desk), [""; 0]);
    desk.keys("pageup pagedown \"2\"").unwrap();
    assert_eq!(text(&desk, Target::Contact, "caller_kind"), "2");
    assert_eq!(memo(&desk), "看取り 定例会 !12/1(火) 返事\nケアマネ ");
}

#[test]
fn a_new_choice_for_one_field_leaves_the_old_one_as_words() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f7 ctrl-t \"@keamane\" enter \"@houkatsu\" enter").unwrap();
    assert_eq!(text(&desk, Target::Contact, "caller_kind"), "2");
    assert_eq!(memo(&desk), "ケアマネ @包括 ");
    desk.keys("\"!+7 電話\" enter \"!+1 訪問\" enter").unwrap();
    assert_eq!(memo(&desk), "ケアマネ @包括 12/1(火) 電話\n!11/25(水) 訪問\n");
    assert_eq!(text(&desk, Target::Case, "due"), "2026-11-25");
}

#[test]
fn two_letters_put_a_text_in_and_tab_goes_from_place_to_place() {
    for typed in [";os", "；os", "；ｏｓ", "；おし"] {
        let mut desk = demo(Lang::Ja, SIZE);
        desk.keys(&format!("f7 ctrl-t \"{typed}\"")).unwrap();
        assert!(memo(&desk).starts_with("{地区}から近い、"), "{typed}: {}", memo(&desk));
        desk.keys("\"徳山\" tab").unwrap();
        desk.keys("\"架空内科\" tab").unwrap();
        assert!(memo(&desk).starts_with("徳山から近い、"), "{}", memo(&desk));
        assert!(memo(&desk).contains("架空内科を案内した") && !memo(&desk).contains('{'), "{}", memo(&desk));
        // The last Tab went to the next field.
        desk.keys("\"1\"").unwrap();
        assert!(!memo(&desk).contains('1'));
    }
}

#[test]
fn the_five_commonest_answers_take_few_strokes() {
    for (name, filled) in [("kk", 1), ("kb", 1), ("os", 2), ("ik", 1), ("kh", 2)] {
        let mut desk = demo(Lang::Ja, SIZE);
        let mut strokes = 3;
        desk.keys(&format!("f7 ctrl-t \";{name}\"")).unwrap();
        for _ in 0..filled {
            // A name of four characters by romaji: ten strokes (japanese: 2.4 a character), and Tab.
            desk.keys("\"架空病院\" tab").unwrap();
            strokes += 11;
        }
        assert!(!memo(&desk).contains('{'), "{name}: {}", memo(&desk));
        assert!(memo(&desk).chars().count() > 80 && strokes <= 60, "{name}: {strokes}");
    }
}

#[test]
fn tokens_survive_a_restart_and_a_change_of_language() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f7 ctrl-t \"#mitori\" enter \">kakuuzaitaku\" enter").unwrap();
    desk.advance(std::time::Duration::from_secs(2));
    let mut desk = again(desk);
    assert_eq!(memo(&desk), "#看取り >架空在宅クリニック ");
    desk.keys("ctrl-e backspace backspace").unwrap();
    assert_eq!((topics(&desk), offices(&desk).len()), (vec!["h"], 0));
    desk.keys("ctrl-u").unwrap();
    assert_eq!(topics(&desk).len(), 0);
}

#[test]
fn arrows_choose_and_a_new_line_has_its_own_key() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 ctrl-t \"#\" down enter").unwrap();
    assert_eq!((topics(&desk), memo(&desk)), (vec!["b"], "#主治医なし "));
    desk.keys("\"#\" ctrl-b \"x\"").unwrap();
    assert_eq!(memo(&desk), "#主治医なし #\nx");
    shows(&desk, "@相談者 #内容 >連携先");
}

#[test]
fn a_key_tells_what_the_field_is_for() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 shift-f1").unwrap();
    shows(&desk, "電話をかけてきた人の立場です");
    desk.keys("esc pagedown shift-f1").unwrap();
    shows(&desk, "名前のとおりの欄です");
}

#[test]
fn two_slashes_repeat_what_the_last_call_had_in_the_field() {
    for slashes in ["//", "／／", "・・"] {
        let mut desk = empty_desk(SIZE);
        desk.keys("f7 \"//\"").unwrap();
        shows(&desk, "繰り返せる前回の電話が、まだありません");
        desk.keys("\"2架空 一郎\" tab \"架空包括\" ctrl-s f7").unwrap();
        desk.keys(&format!("\"{slashes}\" \"花\" tab \"{slashes}\"")).unwrap();
        let of = |member| text(&desk, Target::Contact, member);
        assert_eq!((of("caller_kind"), of("caller_name"), of("caller_office")), ("2", "花", "架空包括"), "{slashes}");
        desk.keys("shift-tab shift-tab ctrl-d").unwrap();
        assert_eq!(text(&desk, Target::Contact, "caller_name"), "架空 一郎");
        // One is a sign among others.
        desk.keys("ctrl-t \"a//b\"").unwrap();
        assert!(text(&desk, Target::Contact, "text").ends_with("a//b"));
    }
}
