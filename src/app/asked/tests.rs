//! What is understood of typed words, in every script, and that names with the same words are found all the same.

use std::collections::BTreeMap;

use super::*;
use crate::app::entries::office_entry;
use crate::desk::id::Id;
use crate::desk::office::Capability;

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn office(name: &str, kind: &str, area: &str, hours: &str, able: &[(&str, Answer)]) -> Office {
    let able =
        able.iter().map(|(code, answer)| ((*code).to_owned(), Capability { answer: *answer, ..Capability::default() }));
    Office {
        name: name.to_owned(),
        kind: kind.to_owned(),
        area: area.to_owned(),
        address: if area.is_empty() { String::new() } else { format!("山口県{area}市架空町1-1") },
        hours: hours.to_owned(),
        capabilities: able.collect::<BTreeMap<_, _>>(),
        ..Office::default()
    }
}

fn index() -> Index {
    let mut index = Index::directory();
    let all = [
        office("架空内科医院", "2", "周南", "月～金 9:00～17:00、土 9:00～12:00", &[("end-of-life", Answer::Yes)]),
        office("架空外科医院", "2", "光", "月～金 9:00～19:00", &[("end-of-life", Answer::No)]),
        office("架空訪看さくら", "5", "周南", "", &[("end-of-life", Answer::Ask), ("round-clock", Answer::Yes)]),
        office("架空光病院", "1", "下松", "毎日 24時間", &[]),
        office("架空看取り可部医院", "2", "", "日休み", &[("night-holiday", Answer::Yes)]),
        office("架空今薬局", "4", "", "", &[]),
    ];
    for (n, office) in (1..).zip(&all) {
        index.insert(id(n), &office_entry(office));
    }
    index
}

/// Tuesday, 24 November 2026, 18:10.
fn at() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-24T18:10:00+09:00").unwrap()
}

fn asked(typed: &str) -> (Vec<u8>, Vec<Chip>) {
    let index = index();
    let asked = Asked::new(typed, &index, &Codebook::default(), at());
    let mut found: Vec<u8> = index.search(&asked.query, 20).iter().map(|hit| hit.id.bytes()[0]).collect();
    found.sort_unstable();
    (found, asked.chips)
}

#[test]
fn words_among_names_narrow_by_what_they_mean_and_by_name() {
    let able = |answer| Chip::Able("end-of-life".to_owned(), answer);
    let area = |area: &str| Chip::Area(area.to_owned());
    for (typed, found, chips) in [
        // 5 has both words in its name.
        ("看取り 可", &[1, 5][..], vec![able(Some(Answer::Yes))]),
        ("看取り可", &[1, 5], vec![able(Some(Answer::Yes))]),
        ("みとり ○", &[1], vec![able(Some(Answer::Yes))]),
        ("mitori　可", &[1], vec![able(Some(Answer::Yes))]),
        ("看取り 不可", &[2], vec![able(Some(Answer::No))]),
        ("看取り 要相談", &[3], vec![able(Some(Answer::Ask))]),
        // A pharmacy is not asked for it.
        ("看取り 未確認", &[4, 5], vec![able(Some(Answer::Unknown))]),
        ("看取り", &[1, 3, 5], vec![able(None)]),
        // English labels have several words.
        ("end of life", &[1, 3], vec![able(None)]),
        ("shunan End of Life yes", &[1], vec![area("shunan"), able(Some(Answer::Yes))]),
        ("home nursing 周南", &[3], vec![Chip::Kind("5".to_owned()), area("周南")]),
        ("end of", &[], vec![]),
        ("看取り 可 周南 土曜", &[1], vec![able(Some(Answer::Yes)), area("周南"), Chip::Day(5)]),
        ("周南市", &[1, 3], vec![area("周南市")]),
        ("shunan", &[1, 3], vec![area("shunan")]),
        ("しゅうなん", &[1, 3], vec![area("しゅうなん")]),
        // The city and the hospital of that name.
        ("光", &[2, 4], vec![area("光")]),
        ("どようび", &[1, 4], vec![Chip::Day(5)]),
        // Open at ten past six, or called so.
        ("今", &[2, 4, 6], vec![Chip::Now]),
        ("夜間", &[2, 3, 4, 5], vec![Chip::Night]),
        ("休日", &[4, 5], vec![Chip::Holiday]),
        ("訪看", &[3], vec![Chip::Kind("5".to_owned())]),
        ("薬局 周南", &[], vec![Chip::Kind("4".to_owned()), area("周南")]),
        ("架空 診療所 光", &[2], vec![Chip::Kind("2".to_owned()), area("光")]),
        ("内科", &[1], vec![]),
        ("可部", &[5], vec![]),
        ("", &[1, 2, 3, 4, 5, 6], vec![]),
    ] {
        assert_eq!(asked(typed), (found.to_vec(), chips), "{typed}");
    }
}

#[test]
fn days_with_their_weeks_and_halves_and_what_is_not_known_beside_them() {
    let hours = [
        "月～金 9:00～17:00、第1・第3土曜 9:00～12:00",
        "月～土 9:00～17:00",
        "月～金 9:00～12:00、土 14:00～17:00",
        "要予約",
        "",
        "月火水木金土",
        "年中無休 24時間",
    ];
    let mut index = Index::directory();
    for (n, hours) in (1..).zip(hours) {
        let answer = [Answer::Yes, Answer::No, Answer::Ask, Answer::Unknown][usize::from(n) % 4];
        index.insert(id(n), &office_entry(&office("架空医院", "2", "", hours, &[("end-of-life", answer)])));
    }
    for (typed, wanted, unknown, chips) in [
        ("土曜", &[1, 2, 3, 6, 7][..], &[4, 5][..], vec![Chip::Day(5)]),
        ("第1・第3土曜", &[1, 2, 3, 6, 7], &[4, 5], vec![Chip::Nth(5, 0b101)]),
        ("第2土曜日", &[2, 3, 6, 7], &[4, 5], vec![Chip::Nth(5, 0b10)]),
        ("土曜 午後", &[2, 3, 7], &[4, 5, 6], vec![Chip::Day(5), Chip::Half(Some(5), true)]),
        ("午後 土曜", &[2, 3, 7], &[4, 5, 6], vec![Chip::Half(Some(5), true), Chip::Day(5)]),
        ("土午前", &[1, 2, 7], &[4, 5, 6], vec![Chip::Half(Some(5), false)]),
        ("第２土曜午前", &[2, 7], &[4, 5, 6], vec![Chip::Nth(5, 0b10), Chip::Half(Some(5), false)]),
        ("ごご", &[1, 2, 3, 7], &[4, 5, 6], vec![Chip::Half(None, true)]),
        ("祝日", &[7], &[1, 2, 3, 4, 5, 6], vec![Chip::PublicHoliday]),
        // n % 4: 4 is 可, 2 and 6 are 要相談, 1 and 5 不可, 3 and 7 未確認.
        ("看取り 可", &[4], &[3, 7], vec![Chip::Able("end-of-life".to_owned(), Some(Answer::Yes))]),
        ("看取り", &[2, 4, 6], &[3, 7], vec![Chip::Able("end-of-life".to_owned(), None)]),
        ("看取り 未確認", &[3, 7], &[], vec![Chip::Able("end-of-life".to_owned(), Some(Answer::Unknown))]),
        ("看取り 不可", &[1, 5], &[3, 7], vec![Chip::Able("end-of-life".to_owned(), Some(Answer::No))]),
        (
            "看取り 可 土曜",
            &[],
            &[3, 4, 7],
            vec![Chip::Able("end-of-life".to_owned(), Some(Answer::Yes)), Chip::Day(5)],
        ),
        ("架空", &[1, 2, 3, 4, 5, 6, 7], &[], vec![]),
    ] {
        let asked = Asked::new(typed, &index, &Codebook::default(), at());
        let found = |query: &Query| {
            let mut found: Vec<u8> = index.search(query, 20).iter().map(|hit| hit.id.bytes()[0]).collect();
            found.sort_unstable();
            found
        };
        let sure = found(&asked.query);
        let more = asked.or_unknown.as_ref().map(&found).unwrap_or_default();
        let more: Vec<u8> = more.into_iter().filter(|n| !sure.contains(n)).collect();
        assert_eq!((sure.as_slice(), more.as_slice(), asked.chips), (wanted, unknown, chips), "{typed}");
    }
}

#[test]
fn an_office_of_a_kind_that_is_never_asked_is_not_unknown_but_what_it_said_counts() {
    let offices = [
        ("架空配食サービス", "z", None),
        ("架空みとり配食", "z", Some(Answer::Yes)),
        ("架空弁当", "z", Some(Answer::No)),
        ("架空相談配食", "z", Some(Answer::Ask)),
        ("架空医院", "2", None),
        ("架空の種別なし", "", None),
        ("架空の独自の種別", "own", None),
        ("架空看取り食堂", "z", None),
    ];
    let mut index = Index::directory();
    for (n, (name, kind, answer)) in (1..).zip(offices) {
        let told: Vec<_> = answer.map(|answer| ("end-of-life", answer)).into_iter().collect();
        index.insert(id(n), &office_entry(&office(name, kind, "", "毎日 9:00～17:00", &told)));
    }
    for (typed, wanted, unknown) in [
        ("看取り", &[2, 4, 8][..], &[5, 6, 7][..]),
        ("看取り 可", &[2], &[5, 6, 7]),
        ("看取り 要相談", &[4], &[5, 6, 7]),
        ("看取り 不可", &[3], &[5, 6, 7]),
        ("看取り 未確認", &[5, 6, 7], &[]),
        ("看取り未確認", &[5, 6, 7], &[]),
        // Anybody may be there around the clock.
        ("24時間 未確認", &[1, 2, 3, 4, 5, 6, 7, 8], &[]),
        ("看取り 可 土曜", &[2], &[5, 6, 7]),
    ] {
        let asked = Asked::new(typed, &index, &Codebook::default(), at());
        let found = |query: &Query| {
            let mut found: Vec<u8> = index.search(query, 20).iter().map(|hit| hit.id.bytes()[0]).collect();
            found.sort_unstable();
            found
        };
        let (sure, all) = (found(&asked.query), asked.or_unknown.as_ref().map(&found).unwrap_or_default());
        // The screen and the command line count the unknown as the difference: those who are sure are among all.
        assert!(all.is_empty() || sure.iter().all(|n| all.contains(n)), "{typed}: {sure:?} {all:?}");
        let more: Vec<u8> = all.into_iter().filter(|n| !sure.contains(n)).collect();
        assert_eq!((sure.as_slice(), more.as_slice()), (wanted, unknown), "{typed}");
    }
}

#[test]
fn names_stand_before_what_only_a_meaning_has_found() {
    let index = index();
    let asked = Asked::new("光", &index, &Codebook::default(), at());
    let found: Vec<Id> = index.search(&asked.query, 20).iter().map(|hit| hit.id).collect();
    assert_eq!(found, [id(4), id(2)]);
}

#[test]
fn a_desks_own_word_for_a_code_is_understood() {
    let record = serde_json::json!({"list": "capability", "entries": {"end-of-life": {"label": "おみとり"}}});
    let codebook = Codebook::from_records(&[record]);
    let index = index();
    let asked = Asked::new("おみとり 可", &index, &codebook, at());
    assert_eq!(asked.chips, [Chip::Able("end-of-life".to_owned(), Some(Answer::Yes))]);
}

#[test]
fn places_now_narrow_until_their_last_day_only_and_places_served_like_those_where_one_stands() {
    let place = |name: &str, accepting: &str, until: &str, serves: &str| Office {
        name: name.to_owned(),
        accepting: accepting.to_owned(),
        accepting_until: until.parse().ok(),
        serves: serves.to_owned(),
        ..Office::default()
    };
    let mut index = Index::directory();
    let all = [
        place("架空一", "yes", "2026-11-24", "架空島、港中学校区"),
        place("架空二", "ask", "2027-01-10", "港"),
        place("架空三", "yes", "2026-11-23", ""),
        place("架空四", "no", "2026-12-31", ""),
        place("架空五", "yes", "", ""),
        place("受入中央病院", "", "", ""),
    ];
    for (n, office) in (1..).zip(&all) {
        index.insert(id(n), &office_entry(office));
    }
    for (typed, wanted, chip) in [
        ("受入中", &[1, 2, 6][..], Chip::Accepting),
        ("accepting", &[1, 2], Chip::Accepting),
        ("架空島", &[1], Chip::Area("架空島".to_owned())),
        ("港", &[1, 2], Chip::Area("港".to_owned())),
    ] {
        let asked = Asked::new(typed, &index, &Codebook::default(), at());
        let mut found: Vec<u8> = index.search(&asked.query, 20).iter().map(|hit| hit.id.bytes()[0]).collect();
        found.sort_unstable();
        assert_eq!((found.as_slice(), asked.chips), (wanted, vec![chip]), "{typed}");
    }
}
