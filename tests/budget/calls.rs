//! The calls, as an operator who has not learnt the program takes them, and what they leave.

use madoguchi::locale::Lang;
use madoguchi::screens::ScreenName;
use madoguchi::screens::form::field::Target;
use serde_json::{Value, json};

use crate::desk::{Desk, demo};
use crate::player::Step::{Begin, Coded, End, Search, Text};
use crate::player::{Count, Kept, Step, play};
use crate::support::{hides, shows};

/// The sizes of terminals on which every call is played: what is shown differs, the keys don't.
pub const SIZES: [(u16, u16); 2] = [(80, 24), (100, 30)];

/// A call that ends as a case.
pub struct Call {
    /// What it is, in the table.
    pub title: &'static str,
    steps: &'static [Step],
    /// The most coded keys.
    pub most: u32,
    kept: fn() -> [Value; 2],
}

/// The calls of the table, in its order.
pub const CALLS: [Call; 6] = [
    Call {
        title: "Told 1: a care manager looks for a doctor for the dying",
        steps: &[
            Begin("f7"),
            Coded("\"1\""),
            Search("tamu"),
            Coded("enter"),
            // By telephone as nearly always; the first time.
            Coded("tab \"1\""),
            // Nobody's name is told; in the nineties, a woman; the area, care level 4.
            Coded("tab \"92\""),
            Coded("\"24\""),
            // At home, with a spouse; there is a doctor.
            Coded("\"12\""),
            Coded("\"1\""),
            Text("架空駅前医院"),
            Coded("tab"),
            Coded("\"ha\" tab"),
            // The scene, and how soon.
            Coded("\"42\""),
            Text("通院困難。入院したくない(本人)。家で最期まで(家族)。看取りのできる主治医を紹介してほしい。"),
            Coded("tab \"14\" tab"),
            Coded("\"3\""),
            Coded("\"1\""),
            Coded("ctrl-f"),
            Search("zaita"),
            Coded("enter"),
            Coded("f8"),
            End("ctrl-s"),
        ],
        most: 45,
        kept: care_manager,
    },
    Call {
        title: "Told 2: a hospital tells of a family that asks every desk",
        steps: &[
            Begin("f7"),
            Coded("\"3\""),
            Search("kubo"),
            Coded("enter"),
            Coded("tab \"2\""),
            Coded("tab \"72\""),
            // In hospital; nothing else of the person was told.
            Coded("tab tab \"2\""),
            Coded("tab tab tab"),
            Coded("\"tf\" tab"),
            Coded("\"22\""),
            Text(
                "最新治療を受けに他院の外来へ通いたいとの訴え。入院中は困難と説明しても納得されず、各窓口へ同じ相談。",
            ),
            Coded("tab \"c\" tab"),
            Coded("\"6\""),
            Coded("f8"),
            End("ctrl-s"),
        ],
        most: 45,
        kept: family,
    },
    Call {
        title: "Told 3: a support centre asks why a patient was moved four times",
        steps: &[
            Begin("f7"),
            Coded("\"2\""),
            Text("小野"),
            Coded("tab"),
            Search("toubuchi"),
            Coded("enter"),
            Coded("tab \"1\""),
            Coded("tab \"82\""),
            Coded("\"43\""),
            Coded("\"2\""),
            Coded("tab tab tab"),
            Coded("\"fe\" tab"),
            Coded("\"23\""),
            Text("短期間に4病院へ転院。一か所で面倒を看てもらえないのか。病状に応じた病院の機能による転院と説明。"),
            Coded("tab \"3\" tab"),
            Coded("\"1\""),
            End("ctrl-s"),
        ],
        most: 45,
        kept: moved,
    },
    Call {
        title: "Handed on: a citizen whose matter is another desk's (the brief form)",
        steps: &[
            Begin("f7"),
            Coded("\"f\""),
            // The desk is for professionals: the right one is named, and a key hands on.
            Coded("alt-r"),
            Text("窓口の係"),
            Coded("tab"),
            Text("その場でつないだ"),
            Coded("tab"),
            Text("母の介護の申し込み方を知りたい"),
            Coded("shift-tab shift-tab shift-tab"),
            Coded("\"2\""),
            Coded("shift-tab shift-tab"),
            Coded("\"q\""),
            End("ctrl-s"),
        ],
        most: 20,
        kept: handed_on,
    },
    Call {
        title: "A hospital tells of somebody who goes home (the discharge form)",
        steps: &[
            Begin("f7"),
            Coded("alt-f alt-f"),
            Coded("\"3\""),
            Search("kubo"),
            Coded("enter"),
            Coded("tab"),
            Text("3階東"),
            Coded("tab tab"),
            Text("架空 医師"),
            Coded("tab tab"),
            Coded("\"82\""),
            Search("12/5"),
            Coded("tab"),
            Coded("\"1\""),
            Coded("\"23\""),
            Text("田村 一枝"),
            Coded("tab tab tab"),
            Text("往診の先生を決めたい"),
            Coded("tab"),
            Text("胃ろうあり。娘が介護。"),
            Coded("tab \"3\""),
            Coded("\"2\""),
            End("ctrl-s"),
        ],
        most: 45,
        kept: discharge,
    },
    Call {
        title: "A caller who gives everything backwards",
        steps: &[
            Begin("f7"),
            Coded("ctrl-t"),
            // First until when, then who was named, what it is about, at last who is calling.
            Coded("\"!\""),
            Search("+7"),
            Coded("enter"),
            Coded("\"*\""),
            Coded("enter"),
            Coded("\">\""),
            Search("zaita"),
            Coded("enter"),
            Coded("\"#\""),
            Search("mito"),
            Coded("enter"),
            Text("痛みが強い。往診の先生を探してほしい。"),
            Coded("\"@\""),
            Search("tamu"),
            Coded("enter"),
            Coded("tab tab"),
            Coded("\"3\""),
            // Back up to the person, whose age and sex come last.
            Coded("shift-tab shift-tab shift-tab shift-tab shift-tab shift-tab shift-tab"),
            Coded("shift-tab shift-tab shift-tab shift-tab shift-tab shift-tab shift-tab"),
            Coded("\"82\""),
            End("ctrl-s"),
        ],
        most: 60,
        kept: backwards,
    },
];

/// Plays a call on the demo's desk; what it leaves is as it must be.
pub fn played(call: &Call, size: (u16, u16)) -> Count {
    let mut desk = demo(Lang::Ja, size);
    let kept = Kept::before(&desk);
    let count = play(&mut desk, call.title, call.steps);
    shows(&desk, "受付票を保存しました");
    let found = kept.since(&desk);
    for (found, wanted) in found.iter().zip(&(call.kept)()) {
        assert_eq!(found, wanted, "{}: {found:#}", call.title);
    }
    count
}

/// Somebody who called before: what one Enter writes on the slip.
const TAMURA: [&str; 5] = ["1", "田村 一枝", "たむら かずえ", "架空居宅介護支援事業所", "0834-00-6100"];

/// The case and the contact of a call: what both have, then what each has alone.
fn records(both: &Value, caller: [&str; 5], case: &Value, contact: &Value) -> [Value; 2] {
    let [kind, name, kana, office, phone] = caller;
    let of_case = json!({ "caller_kind": kind, "caller": name, "caller_kana": kana });
    let of_contact = json!({
        "caller_kind": kind, "caller_name": name, "caller_kana": kana, "caller_office": office, "phone": phone,
        "method": "1",
    });
    [[both, &of_case, case], [both, &of_contact, contact]].map(|parts| {
        let members = parts.into_iter().filter_map(Value::as_object).flatten();
        let there = members.filter(|(_, value)| value.as_str() != Some(""));
        Value::Object(there.map(|(name, value)| (name.clone(), value.clone())).collect())
    })
}

fn care_manager() -> [Value; 2] {
    let text = "通院困難。入院したくない(本人)。家で最期まで(家族)。看取りのできる主治医を紹介してほしい。";
    let case = json!({
        "age_band": "9", "sex": "2", "area": "港", "care_level": "24", "whereabouts": "1", "household": "2",
        "has_doctor": "1", "doctor": "架空駅前医院", "doctor_notice": "1", "urgency": "2", "flag": true, "summary": text,
    });
    let contact = json!({
        "visit": "1", "text": text, "information": ["1", "4"], "response": "3", "offices": ["架空在宅クリニック"],
    });
    records(&json!({ "topics": ["h", "a"], "scene": "4" }), TAMURA, &case, &contact)
}

fn family() -> [Value; 2] {
    let text = "最新治療を受けに他院の外来へ通いたいとの訴え。入院中は困難と説明しても納得されず、各窓口へ同じ相談。";
    let caller = ["3", "窪田 由美", "くぼた ゆみ", "架空中央病院", "0834-00-2100"];
    let case = json!({
        "age_band": "7", "sex": "2", "whereabouts": "2", "urgency": "2", "flag": true, "summary": text,
    });
    let contact = json!({ "visit": "2", "text": text, "information": ["C"], "response": "6" });
    records(&json!({ "topics": ["t", "f"], "scene": "2" }), caller, &case, &contact)
}

fn moved() -> [Value; 2] {
    let text = "短期間に4病院へ転院。一か所で面倒を看てもらえないのか。病状に応じた病院の機能による転院と説明。";
    let caller = ["2", "小野", "", "架空市東部地域包括支援センター", "0834-00-7400"];
    let case = json!({
        "age_band": "8", "sex": "2", "area": "東部", "care_level": "23", "whereabouts": "2", "urgency": "3",
        "summary": text,
    });
    let contact = json!({
        "visit": "1", "text": text, "information": ["3"], "response": "1", "fax": "0834-00-7401",
    });
    records(&json!({ "topics": ["f", "e"], "scene": "2" }), caller, &case, &contact)
}

fn handed_on() -> [Value; 2] {
    let text = "14:29 温かい引継ぎ: 架空市福祉総合相談窓口 むすび 0834-00-8700 窓口の係へその場でつないだ。\
                伝えたこと: 母の介護の申し込み方を知りたい";
    let case = json!({
        "area": "港",
        "summary": "14:29 温かい引継ぎ: 架空市福祉総合相談窓口 むすび 0834-00-8700 窓口の係へその場でつないだ。伝えた",
    });
    let contact = json!({
        "form": "brief", "text": text, "response": "5", "referred_to": "架空市福祉総合相談窓口 むすび",
        "offices": ["架空市福祉総合相談窓口 むすび"],
    });
    records(&json!({ "topics": ["q"] }), ["F", "", "", "", ""], &case, &contact)
}

fn discharge() -> [Value; 2] {
    let caller = ["3", "窪田 由美", "くぼた ゆみ", "架空中央病院", "0834-00-2100"];
    let text = "胃ろうあり。娘が介護。";
    let case = json!({
        "facility": "架空中央病院", "ward": "3階東", "hospital_staff": "窪田 由美", "hospital_doctor": "架空 医師",
        "age_band": "8", "sex": "2", "discharge_on": "2026-12-05", "discharge_to": "1", "area": "港",
        "care_level": "23", "care_manager": "田村 一枝", "urgency": "2", "summary": text,
    });
    let contact = json!({
        "form": "discharge", "request": "往診の先生を決めたい", "text": text, "response": "3",
    });
    records(&json!({ "topics": ["e"], "scene": "2" }), caller, &case, &contact)
}

fn backwards() -> [Value; 2] {
    let text = "14:29 !12/1(火) *定例会 >架空在宅クリニック #看取り 痛みが強い。往診の先生を探してほしい。\
                @架空居宅介護支援事業所 田村 一枝 ";
    let case = json!({
        "age_band": "8", "sex": "2", "due": "2026-12-01", "flag": true,
        "summary": "14:29 !12/1(火) *定例会 >架空在宅クリニック #看取り 痛みが強い。往診の先生を探してほしい。@架空居宅",
    });
    let contact = json!({ "text": text, "response": "3", "offices": ["架空在宅クリニック"] });
    records(&json!({ "topics": ["h"] }), TAMURA, &case, &contact)
}

#[test]
fn the_keys_of_every_call_stand_on_the_screen_and_its_case_holds_what_was_told() {
    for call in &CALLS {
        let counts = SIZES.map(|size| played(call, size));
        assert_eq!(counts[0], counts[1], "{}: the keys are the same in every window", call.title);
        let Count { begin, coded, end, .. } = counts[0];
        assert!(begin == 1 && end <= 2 && coded <= call.most, "{}: {:?}", call.title, counts[0]);
    }
}

/// A wrong number: nothing stays of it. Gives its keys.
pub fn wrong_number(size: (u16, u16)) -> Count {
    let mut desk = demo(Lang::Ja, size);
    let kept = Kept::before(&desk);
    let count = play(&mut desk, "a wrong number", &[Begin("f7"), End("ctrl-x d")]);
    assert!(desk.app.intake().is_idle() && kept.is_all(&desk));
    hides(&desk, "受付票 下書き");
    count
}

/// A second call on top of the first, to the first one and back while it goes on, and ended. Gives its own keys.
pub fn second_call(size: (u16, u16)) -> Count {
    let mut desk = demo(Lang::Ja, size);
    let what = "a second call";
    play(&mut desk, "the first call", &[Begin("f7"), Coded("\"1\""), Text("架空 一郎"), Coded("tab")]);
    let kept = Kept::before(&desk);
    let parked = |desk: &Desk, call: usize| !desk.app.intake().calls()[call].is_running();
    // No key keeps the first one, and one begins the second.
    let mut count = play(&mut desk, what, &[Begin("f7"), Coded("\"f\""), Text("架空 花")]);
    assert!(parked(&desk, 0) && !parked(&desk, 1));
    desk.advance(std::time::Duration::from_secs(20));
    count = count.and(play(&mut desk, what, &[Coded("f9")]));
    assert!(!parked(&desk, 0) && parked(&desk, 1), "one key leads back");
    play(&mut desk, "the first call", &[Text("架空居宅")]);
    desk.advance(std::time::Duration::from_secs(5));
    count =
        count.and(play(&mut desk, what, &[Coded("f9"), Coded("ctrl-t"), Text("退院後の生活の相談。"), End("ctrl-s")]));
    let [case, contact] = kept.since(&desk);
    assert_eq!((&case["caller"], &contact["text"]), (&json!("架空 花"), &json!("14:29 退院後の生活の相談。")));
    // The first one is in front again, as it was left, and its clock goes on.
    let call = desk.app.intake().current().unwrap();
    let of = |member| call.form.values().text(Target::Contact, member);
    assert_eq!((of("caller_kind"), of("caller_name"), of("caller_office")), ("1", "架空 一郎", "架空居宅"));
    assert_eq!((desk.app.screen(), call.is_running(), call.seconds_at(desk.now().mono)), (ScreenName::Intake, true, 5));
    count
}

#[test]
fn a_wrong_number_and_a_second_call_take_few_keys() {
    let wrong = SIZES.map(wrong_number);
    assert_eq!((wrong[0].begin, wrong[0].end, wrong[0].coded), (1, 2, 3));
    let second = SIZES.map(second_call);
    assert_eq!((second[0].begin, second[0].end), (1, 1));
    assert!(second[0].coded <= 8 && wrong[0] == wrong[1] && second[0] == second[1], "{second:?}");
}
