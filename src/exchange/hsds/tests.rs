//! The export against what the specification asks for, on the demo's directory and on an office that has everything.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};

use super::*;
use crate::desk::office::{Capability, Verified};
use crate::desk::patch;
use crate::desk::record::Kind;

const SCHEMA: &str = include_str!("../../../tests/fixtures/hsds-3.0.json");

/// Checks an object against the specification, and gathers the identities.
fn check(schema: &Value, name: &str, object: &Value, ids: &mut Vec<String>) {
    let Some(rules) = schema[name].as_object() else { panic!("{name}: no such object in HSDS") };
    let members = object.as_object().unwrap_or_else(|| panic!("{name} is no object: {object}"));
    for required in rules["required"].as_array().unwrap() {
        assert!(members.contains_key(required.as_str().unwrap()), "{name} lacks {required}");
    }
    if name != "organization" && name != "taxonomy_term" {
        ids.push(object["id"].as_str().unwrap().to_owned());
    }
    for (member, value) in members {
        let rule = &rules["members"][member];
        if let Some(list) = rule.as_array() {
            assert!(list.contains(value), "{name}.{member}: {value} is in no list");
            continue;
        }
        let kind = rule.as_str().unwrap_or_else(|| panic!("HSDS 3.0 has no {name}.{member}"));
        if let Some(of) = kind.strip_suffix('*') {
            value.as_array().unwrap().iter().for_each(|one| check(schema, of, one, ids));
        } else if schema.get(kind).is_some() {
            check(schema, kind, value, ids);
        } else {
            assert!(is(kind, value), "{name}.{member}: {value} is no {kind}");
        }
    }
}

/// Whether everything inside of a service points at what is there: its identity, its organization, its place.
fn points_right(service: &Value) {
    let each = |list: &'static str| service[list].as_array().into_iter().flatten();
    assert_eq!(service["organization_id"], service["organization"]["id"]);
    for list in ["phones", "schedules", "service_areas", "service_at_locations", "contacts"] {
        assert!(each(list).all(|one| one["service_id"] == service["id"]), "{list}");
    }
    assert!(each("service_at_locations").all(|at| at["location_id"] == at["location"]["id"]));
    let contacts = each("contacts");
    assert!(
        contacts
            .flat_map(|c| c["phones"].as_array().into_iter().flatten().map(|p| p["contact_id"] == c["id"]))
            .all(|right| right)
    );
    assert!(
        each("attributes").all(|a| a["link_id"] == service["id"] && a["taxonomy_term_id"] == a["taxonomy_term"]["id"])
    );
    assert!(each("metadata").all(|m| m["resource_id"] == service["id"]));
    for schedule in each("schedules") {
        let at = |end: &str| schedule[end].as_str().map(str::to_owned);
        assert!(at("opens_at") < at("closes_at") || at("opens_at").is_none(), "{schedule}");
        let days = schedule["byday"].as_str().unwrap_or_default();
        assert!(days.split(',').all(|day| day.is_empty() || DAYS.contains(&day)), "{days}");
    }
}

fn is(kind: &str, value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    match kind {
        "number" => value.is_number(),
        "string" => value.is_string(),
        "uuid" => {
            let parts: Vec<&str> = text.split('-').collect();
            parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
                && parts.concat().bytes().all(|b| b.is_ascii_hexdigit())
                && parts[2].starts_with('8')
                && parts[3].starts_with(['8', '9', 'a', 'b'])
        }
        "date" => text.parse::<NaiveDate>().is_ok(),
        "time" => {
            text.len() == 11
                && text.ends_with("+09:00")
                && chrono::NaiveTime::parse_from_str(text.trim_end_matches("+09:00"), "%H:%M").is_ok()
        }
        "uri" => url(text).is_some(),
        "email" => email(text).is_some(),
        other => panic!("{other}"),
    }
}

fn around(openings: &dyn Fn(&Office) -> Vec<Opening>) -> Around<'_> {
    Around { desk: "架空窓口", openings, word: &|list, code| format!("{list} {code}") }
}

fn everything() -> (Id, Office) {
    let on = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let by = Id::from_bytes([7; 16]);
    let capability = |answer| Capability { answer, source: "phone".into(), on: Some(on), by };
    let staff = |name: &str, left| Staff {
        name: name.into(),
        role: "MSW".into(),
        phone: "0834-00-0002".into(),
        extension: "0012".into(),
        left,
        ..Staff::default()
    };
    let office = Office {
        name: "架空中央病院".into(),
        department: "地域医療連携室".into(),
        kind: "1".into(),
        phone: "0834-00-0001".into(),
        extension: "12".into(),
        fax: "0834-00-0003".into(),
        email: "renkei@example.jp".into(),
        url: "https://example.jp/".into(),
        postal_code: "7450000".into(),
        address: "山口県周南市架空町1-1".into(),
        building: "2階".into(),
        latitude: Some(34.05),
        longitude: Some(131.8),
        corporation: "医療法人架空会".into(),
        official_id: "iryo:3511350000011".into(),
        services: vec!["内科".into()],
        hours: "月～金 9:00～17:00".into(),
        serves: "港中学校区、架空島".into(),
        alert: "面会は予約制".into(),
        note: "窓口だけのメモ".into(),
        how_to_contact: "午前は電話".into(),
        capabilities: [
            ("end-of-life", capability(Answer::Yes)),
            ("ivh", capability(Answer::Ask)),
            ("suction", capability(Answer::Unknown)),
        ]
        .map(|(code, known)| (code.to_owned(), known))
        .into(),
        accepting: "ask".into(),
        waiting: "14".into(),
        accepting_until: Some(on),
        staff: [
            (Id::from_bytes([1; 16]), staff("架空 一郎", false)),
            (Id::from_bytes([2; 16]), staff("退職 花子", true)),
        ]
        .into(),
        verified: Some(Verified { on, by, how: "1".into() }),
        updated_on: Some(on),
        ..Office::default()
    };
    (Id::from_bytes([5; 16]), office)
}

#[test]
fn the_demos_directory_is_hsds_3() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let mut n = 0_u128;
    let mut ids = || {
        n += 1;
        Id::from_bytes((n << 64 | n).to_be_bytes())
    };
    let mut values = std::collections::BTreeMap::new();
    for (_, batch) in crate::demo::batches(DateTime::parse_from_rfc3339("2026-11-23T09:00:00+09:00").unwrap(), &mut ids)
    {
        for edit in
            batch.edits.iter().filter(|edit| edit.record.kind == Kind::Office && !batch.what.starts_with("access-"))
        {
            patch::apply(values.entry(edit.record.id).or_insert_with(|| json!({})), &edit.patch);
        }
    }
    let mut offices: Vec<(Id, Office)> =
        values.into_iter().map(|(id, value)| (id, serde_json::from_value(value).unwrap())).collect();
    offices.push(everything());
    offices.push((Id::from_bytes([9; 16]), Office { name: "名だけ".into(), ..Office::default() }));
    offices.push((Id::from_bytes([8; 16]), Office { name: "外した".into(), removed: true, ..Office::default() }));
    let nine_to_five = |office: &Office| {
        let open = Opening { days: vec![0, 1, 4], hours: Some((540, 1020)) };
        if office.hours.is_empty() { Vec::new() } else { vec![open, Opening { days: vec![5], hours: None }] }
    };
    let list = services(&offices, &around(&nine_to_five));
    assert_eq!(list, services(&offices, &around(&nine_to_five)), "each export gives the same identities");
    let all = list.as_array().unwrap();
    assert_eq!(all.len(), offices.len() - 1);
    assert!(all.len() > 30, "the demo is not there");
    let mut seen = Vec::new();
    for service in all {
        check(&schema, "service", service, &mut seen);
        points_right(service);
    }
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len(), "an identity stands twice");
    let text = list.to_string();
    assert!(!text.contains("外した") && !text.contains("窓口だけのメモ") && !text.contains("退職 花子"));
    assert!(!text.contains(&Id::from_bytes([7; 16]).to_string()), "no operator");
}

#[test]
fn an_office_says_all_that_a_printed_directory_says() {
    let (id, office) = everything();
    let open = |_: &Office| vec![Opening { days: vec![0, 1, 2, 3, 4], hours: Some((540, 1020)) }];
    let list = services(&[(id, office)], &around(&open));
    let service = &list[0];
    assert_eq!(
        (&service["name"], &service["assured_date"]),
        (&json!("架空中央病院 地域医療連携室"), &json!("2026-11-20"))
    );
    let schedule = &service["schedules"][0];
    assert_eq!(
        (&schedule["byday"], &schedule["opens_at"], &schedule["closes_at"]),
        (&json!("MO,TU,WE,TH,FR"), &json!("09:00+09:00"), &json!("17:00+09:00"))
    );
    let phones: Vec<_> =
        service["phones"].as_array().unwrap().iter().map(|p| (&p["number"], &p["type"], &p["extension"])).collect();
    assert_eq!(phones[0], (&json!("0834-00-0001"), &json!("voice"), &json!(12)));
    assert_eq!(phones[1].1, "fax");
    let contact = &service["contacts"][0];
    assert_eq!((&contact["name"], &contact["title"]), (&json!("架空 一郎"), &json!("MSW")));
    assert_eq!(contact["phones"][0]["description"], "内線 0012", "no zero is lost");
    let location = &service["service_at_locations"][0]["location"];
    assert_eq!(
        (&location["external_identifier_type"], &location["external_identifier"]),
        (&json!("iryo"), &json!("3511350000011"))
    );
    let address = &location["addresses"][0];
    assert_eq!(
        (&address["city"], &address["state_province"], &address["country"]),
        (&json!("周南市"), &json!("山口県"), &json!("JP"))
    );
    let areas: Vec<_> = service["service_areas"].as_array().unwrap().iter().map(|area| &area["name"]).collect();
    assert_eq!(areas, ["港中学校区", "架空島"]);
    let attributes: Vec<(&str, &str, &str)> = service["attributes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| {
            let text = |v: &'static str| a[v].as_str().unwrap_or_default();
            (text("link_type"), a["taxonomy_term"]["code"].as_str().unwrap(), text("value"))
        })
        .collect();
    assert_eq!(
        attributes,
        [
            ("office-kind", "1", ""),
            ("service", "内科", ""),
            ("capability", "end-of-life", "yes"),
            ("capability", "ivh", "ask"),
            ("accepting", "now", "ask, until 2026-11-20, waiting 14"),
        ],
        "what nobody asked is no answer"
    );
    assert_eq!(service["organization"]["name"], "医療法人架空会");
    assert_eq!(service["metadata"][0]["updated_by"], "架空窓口");
}

#[test]
fn values_that_the_specification_would_refuse_are_left_out() {
    for (text, sound) in [
        ("https://example.jp/a?b=1", true),
        ("http://example.jp:8080/%E7%97%85#top", true),
        ("https://[2001:db8::1]/", true),
        ("example.jp", false),
        ("https://例え.jp", false),
        ("https://", false),
        ("https:///a", false),
        ("https://example.jp/a|b", false),
        ("https://example.jp/a b", false),
        ("https://example.jp/100%", false),
        ("https://example.jp/%7", false),
        ("https://example.jp/#a#b", false),
        ("", false),
    ] {
        assert_eq!(url(text).is_some(), sound, "{text}");
    }
    for (text, sound) in [
        ("a@example.jp", true),
        ("renkei.shitsu+fax@mail.example.or.jp", true),
        ("a", false),
        ("@example.jp", false),
        ("あ@example.jp", false),
        ("a@example", false),
        ("a@b@example.jp", false),
        ("a..b@example.jp", false),
        (".a@example.jp", false),
        ("a@example..jp", false),
        ("a@-example.jp", false),
        ("a@example.jp.", false),
        ("a b@example.jp", false),
        ("", false),
    ] {
        assert_eq!(email(text).is_some(), sound, "{text}");
    }
    for (address, wanted) in [
        ("山口県周南市", "山口県"),
        ("京都府京都市", "京都府"),
        ("神奈川県横浜市", "神奈川県"),
        ("東京都港区", "東京都"),
        ("架空市港町", ""),
        ("", ""),
    ] {
        assert_eq!(prefecture(address), wanted);
    }
}
