//! Real workbooks: made, answered, and read back.

use std::collections::BTreeMap;

use rust_xlsxwriter::Workbook;

use super::plan::{Left, Plan, plan};
use super::read::{Filled, from_bytes};
use super::*;
use crate::desk::codebook::Codebook;
use crate::desk::edits::compact;
use crate::desk::office::{Answer, Capability};
use crate::desk::operator::DeskProfile;
use crate::desk::patch;
use crate::desk::record::Kind;
use crate::desk::survey::{Question, Returned};
use crate::exchange::error::Refusal;
use crate::exchange::workbook;
use crate::locale::{Lang, Locale};
use chrono::NaiveDate;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn offices() -> BTreeMap<Id, Office> {
    let office = |name: &str, kind: &str, phone: &str| Office {
        name: name.into(),
        kind: kind.into(),
        phone: phone.into(),
        ..Office::default()
    };
    [
        (id(1), office("架空医院", "2", "0834-00-0001")),
        (id(2), office("架空クリニック", "2", "0834-00-0002")),
        (id(3), office("架空薬局", "4", "0834-00-0003")),
    ]
    .into()
}

fn survey() -> Survey {
    Survey {
        name: "在宅医療アンケート".into(),
        abilities: vec!["end-of-life".into(), "ivh".into()],
        accepting: true,
        due: NaiveDate::from_ymd_opt(2026, 12, 18),
        questions: vec![
            Question { text: "会議の形".into(), choices: vec!["対面".into(), "オンライン".into()] },
            Question { text: "困っていること".into(), choices: vec![] },
        ],
        asked: vec![id(1), id(2), id(3)],
        ..Survey::default()
    }
}

fn with_sender<T>(work: impl FnOnce(&Sender<'_>) -> T) -> T {
    let (words, codebook) = (Locale::new(Lang::Ja), Codebook::default());
    let desk = DeskProfile { name: "架空窓口".into(), phone: "0834-00-0099".into(), ..DeskProfile::default() };
    work(&Sender { desk: &desk, desk_id: id(9), on: today(), words: &words, codebook: &codebook })
}

fn one(office: u8) -> Vec<u8> {
    let offices = offices();
    with_sender(|sender| sheet((id(8), &survey()), (id(office), offices.get(&id(office)).unwrap()), sender).unwrap())
}

fn whole() -> Vec<u8> {
    let offices = offices();
    let all: Vec<(Id, &Office)> = offices.iter().map(|(id, office)| (*id, office)).collect();
    with_sender(|sender| list((id(8), &survey()), &all, sender).unwrap())
}

/// The workbook with these cells written, by key of the row or the column and text.
fn filled(bytes: &[u8], write: impl Fn(&mut BTreeMap<(u32, usize), String>)) -> Vec<u8> {
    let sheet = workbook::read_form("x", bytes).unwrap().remove(0);
    let mut cells = BTreeMap::new();
    for row in &sheet.rows {
        for (column, text) in row.cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            cells.insert((row.number - 1, column), text.clone());
        }
    }
    write(&mut cells);
    let mut book = Workbook::new();
    let out = book.add_worksheet();
    out.set_name(&sheet.name).unwrap();
    for ((row, column), text) in cells {
        out.write_string(row, u16::try_from(column).unwrap(), text).unwrap();
    }
    book.save_to_buffer().unwrap()
}

fn answered(office: u8, answers: &[(&str, &str)]) -> Vec<u8> {
    filled(&one(office), |cells| {
        for (key, text) in answers {
            let row = cells.iter().find(|(_, cell)| cell.as_str() == *key).unwrap().0.0;
            cells.insert((row, 4), (*text).to_owned());
        }
    })
}

fn read(bytes: &[u8]) -> Vec<Filled> {
    from_bytes("返送.xlsx", bytes, &Locale::new(Lang::Ja), today()).unwrap()
}

fn source(survey: &Survey) -> String {
    format!("アンケート {}", survey.name)
}

fn planned(filled: &[Filled], survey: &Survey, offices: &BTreeMap<Id, Office>) -> Plan {
    let surveys = [(id(8), survey.clone())].into();
    let refs = offices.iter().map(|(id, office)| (*id, office)).collect();
    plan(filled, &surveys, &refs, &source, today())
}

/// The survey and the directory after what was read was kept.
fn kept(plan: &Plan, survey: &Survey, offices: &BTreeMap<Id, Office>) -> (Survey, BTreeMap<Id, Office>) {
    let surveys = [(id(8), survey.clone())].into();
    let refs = offices.iter().map(|(id, office)| (*id, office)).collect();
    let batch = plan.batch(id(7), &surveys, &refs, &source, ("6", today())).unwrap();
    let (mut survey, mut offices) = (compact(survey), offices.clone());
    for edit in batch.edits {
        if edit.record.kind == Kind::Survey {
            patch::apply(&mut survey, &edit.patch);
        } else if let Some(office) = offices.get_mut(&edit.record.id) {
            let mut value = compact(office);
            patch::apply(&mut value, &edit.patch);
            *office = serde_json::from_value(value).unwrap();
        }
    }
    (serde_json::from_value(survey).unwrap(), offices)
}

const ANSWERS: [(&str, &str); 5] =
    [("able.end-of-life", "可"), ("accepting", "要相談"), ("own.1", "ｵﾝﾗｲﾝ"), ("own.2", "人手"), ("@when", "R8.11.20")];

#[test]
fn answers_come_into_the_survey_and_into_the_directory_with_their_source() {
    let plan = planned(&read(&answered(1, &ANSWERS)), &survey(), &offices());
    assert_eq!((plan.count(), plan.abilities, plan.left.len()), (1, 1, 0));
    let (survey, offices) = kept(&plan, &survey(), &offices());
    let on = NaiveDate::from_ymd_opt(2026, 11, 20);
    let returned = survey.returned.get(&id(1)).unwrap();
    assert_eq!(returned.on, on);
    let told: Vec<(&str, &str)> = returned.answers.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(told, [("able.end-of-life", "yes"), ("accepting", "ask"), ("own.1", "オンライン"), ("own.2", "人手")]);
    let office = offices.get(&id(1)).unwrap();
    let able = office.capabilities.get("end-of-life").unwrap();
    assert_eq!((able.answer, able.source.as_str(), able.on), (Answer::Yes, "アンケート 在宅医療アンケート", on));
    assert!(!office.capabilities.contains_key("ivh"), "what was not answered stays unconfirmed");
    assert_eq!((office.accepting.as_str(), office.accepting_until), ("ask", NaiveDate::from_ymd_opt(2026, 12, 4)));
    assert_eq!(office.verified.as_ref().map(|v| (Some(v.on), v.how.as_str())), Some((on, "6")));
    // The same file again changes nothing, nor does it without its day.
    assert_eq!(planned(&read(&answered(1, &ANSWERS)), &survey, &offices).known, 1);
    let plan = planned(&read(&answered(1, &ANSWERS[..4])), &survey, &offices);
    assert_eq!((plan.known, plan.count()), (1, 0));
}

#[test]
fn a_table_of_all_offices_is_read_row_by_row() {
    let bytes = filled(&whole(), |cells| {
        let row =
            |cells: &BTreeMap<(u32, usize), String>, key: &str| cells.iter().find(|(_, c)| *c == key).unwrap().0.0;
        let (first, second) = (row(cells, &id(1).to_string()), row(cells, &id(3).to_string()));
        let able = cells.iter().find(|(_, cell)| *cell == "able.ivh").unwrap().0.1;
        cells.insert((first, able), "不可".into());
        cells.insert((second, able), "△".into());
        // The key of the last row is lost: its number tells whose it is.
        cells.remove(&(second, 0));
    });
    let plan = planned(&read(&bytes), &survey(), &offices());
    assert_eq!((plan.count(), plan.left.len()), (2, 0));
    let (survey, offices) = kept(&plan, &survey(), &offices());
    assert_eq!(survey.missing(), [id(2)]);
    let answer = |n: u8| offices.get(&id(n)).and_then(|o| o.capabilities.get("ivh")).map(|c| c.answer);
    assert_eq!((answer(1), answer(3)), (Some(Answer::No), Some(Answer::Ask)));
    // A table that nobody filled in answers nothing.
    assert_eq!(read(&whole()).len(), 0);
}

#[test]
fn what_is_newer_in_the_directory_stays() {
    let mut offices = offices();
    let newer = Capability { answer: Answer::No, on: Some(today()), source: "phone".into(), by: id(7) };
    offices.get_mut(&id(1)).unwrap().capabilities.insert("end-of-life".into(), newer.clone());
    let plan = planned(&read(&answered(1, &ANSWERS)), &survey(), &offices);
    assert_eq!(plan.left, [Left::Newer("架空医院".into(), 1)]);
    let (survey, offices) = kept(&plan, &survey(), &offices);
    assert_eq!(offices.get(&id(1)).and_then(|o| o.capabilities.get("end-of-life")), Some(&newer));
    assert_eq!(survey.returned.len(), 1, "the survey still counts the answer");
    // A sheet of an earlier day than the one that was read.
    let older = answered(1, &[("able.end-of-life", "不可"), ("@when", "R8.11.1")]);
    assert!(matches!(planned(&read(&older), &survey, &offices).left.as_slice(), [Left::Older(_)]));
}

#[test]
fn what_cannot_be_read_is_told_by_its_cell_and_never_guessed() {
    let bytes = answered(
        1,
        &[("able.ivh", "状況による"), ("own.1", "電話"), ("able.end-of-life", "未確認"), ("own.2", "人手")],
    );
    let plan = planned(&read(&bytes), &survey(), &offices());
    let words = Locale::new(Lang::Ja);
    let told: Vec<String> = plan.left.iter().map(|left| words.say(&crate::desk::record::Explain::say(left))).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|say| say.starts_with("返送.xlsx [アンケート] E1")), "{told:?}");
    let (survey, offices) = kept(&plan, &survey(), &offices());
    assert_eq!(survey.returned.get(&id(1)).map(|r| r.answers.len()), Some(1));
    assert!(offices.get(&id(1)).unwrap().capabilities.is_empty());
    // A survey of another desk, and an office that nobody knows.
    let stranger = plan_of_stranger(&bytes);
    assert!(matches!(stranger.left.as_slice(), [Left::OtherSurvey(_)]));
    let gone = BTreeMap::new();
    assert!(matches!(planned(&read(&bytes), &survey, &gone).left.as_slice(), [Left::Whose(_)]));
}

fn plan_of_stranger(bytes: &[u8]) -> Plan {
    let offices = offices();
    let refs = offices.iter().map(|(id, office)| (*id, office)).collect();
    plan(&read(bytes), &BTreeMap::new(), &refs, &source, today())
}

#[test]
fn another_file_is_refused_and_a_long_list_of_choices_is_no_fault() {
    for bytes in [
        b"PK".to_vec(),
        crate::exchange::write::table(&["名称"], &[vec!["架空".into()]], crate::exchange::write::Format::Xlsx).unwrap(),
    ] {
        let refused = from_bytes("x.xlsx", &bytes, &Locale::new(Lang::Ja), today());
        assert_eq!(refused.map_err(|error| error.what), Err(Refusal::NoSurvey));
    }
    let long = Question { text: "どれ".into(), choices: (0..60).map(|n| format!("長い選択肢{n}")).collect() };
    let survey = Survey { questions: vec![long], ..survey() };
    let office = Office::default();
    with_sender(|sender| assert!(sheet((id(8), &survey), (id(1), &office), sender).is_ok()));
}

#[test]
fn results_are_a_workbook_that_reads_back() {
    let answers = [("able.ivh".to_owned(), "yes".to_owned())].into();
    let mut survey = survey();
    survey.returned.insert(id(1), Returned { on: Some(today()), file: String::new(), answers });
    let offices = offices();
    let office = |id: Id| offices.get(&id);
    let bytes = with_sender(|sender| report::workbook(&survey, &office, sender).unwrap());
    let sheets = crate::exchange::table::from_bytes("x.xlsx", &bytes).unwrap();
    let text = |n: usize| sheets[n].rows.iter().map(|row| row.cells.join("|")).collect::<Vec<_>>().join("\n");
    assert!(text(0).contains("全体||3|1|33%"), "{}", text(0));
    assert!(text(0).contains("種別|診療所|2|1|50%"), "{}", text(0));
    assert!(text(1).contains("|可|1|100%"), "{}", text(1));
    assert!(text(2).contains("架空薬局|薬局||0834-00-0003"), "{}", text(2));
}

#[test]
fn a_table_of_many_questions_is_printed_on_several_pages_and_not_smaller_than_can_be_read() {
    let widths = |questions: usize| {
        let questions = std::iter::repeat_n(10.0, questions);
        [30.0, 15.0].into_iter().chain(questions).chain([12.0]).collect::<Vec<f64>>()
    };
    for (questions, pages) in [(0, 1), (1, 1), (7, 1), (8, 2), (15, 2), (30, 4), (2_000, 20)] {
        assert_eq!(super::pages_wide(&widths(questions)), pages, "{questions}");
    }
    assert_eq!(super::pages_wide(&[]), 1);
}
