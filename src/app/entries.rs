//! What a case and an office offer to the search.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::desk::brief::Brief;
use crate::desk::codebook::{label_key, list, short_key};
use crate::desk::office::{Answer, Capability, Office};
use crate::locale::{Lang, Locale};
use crate::search::Entry;

/// What the capabilities of the list are called, by code. Japanese whatever the screen speaks: callers ask in Japanese.
static ABLE: LazyLock<BTreeMap<&'static str, String>> = LazyLock::new(|| {
    let locale = Locale::new(Lang::Ja);
    let codes = list("capability").into_iter().flat_map(|list| list.entries).map(|code| code.code);
    let words = |code| {
        let keys = [label_key("capability", code), short_key("capability", code)];
        let labels: Vec<_> = keys.iter().filter(|key| locale.has(key)).map(|key| locale.t(key)).collect();
        labels.join(" ")
    };
    codes.map(|code| (code, words(code))).collect()
});

/// The words for what an office can do. What it cannot do is no reason to find it.
fn abilities(capabilities: &BTreeMap<String, Capability>) -> impl Iterator<Item = &str> {
    capabilities
        .iter()
        .filter(|(_, capability)| matches!(capability.answer, Answer::Yes | Answer::Ask))
        .filter_map(|(code, _)| ABLE.get(code.as_str()).map(String::as_str))
}

/// What can be searched of a case.
pub fn case_entry(brief: &Brief) -> Entry<'_> {
    Entry {
        name: brief.number(),
        kana: brief.kana(),
        words: vec![brief.subject(), brief.caller(), brief.summary(), brief.next_action(), brief.area()],
        ..Entry::default()
    }
}

/// What can be searched of an office: its people too.
pub fn office_entry(office: &Office) -> Entry<'_> {
    let mut phones = vec![office.phone.as_str()];
    let mut words = vec![
        office.department.as_str(),
        &office.handles,
        &office.area,
        &office.serves,
        &office.corporation,
        &office.building,
        &office.note,
        &office.fax,
    ];
    words.extend(office.services.iter().map(String::as_str));
    words.extend(abilities(&office.capabilities));
    for staff in office.staff.values().filter(|staff| !staff.left) {
        phones.push(&staff.phone);
        words.extend([staff.name.as_str(), &staff.kana, &staff.role, &staff.department, &staff.handles]);
    }
    phones.push(&office.fax);
    phones.retain(|text| !text.is_empty());
    words.retain(|text| !text.is_empty());
    Entry {
        name: &office.name,
        kana: office.reading(),
        short_name: &office.short_name,
        phones,
        address: &office.address,
        address_kana: &office.address_kana,
        words,
        recent: 0,
        tags: super::asked::tags(office),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_is_found_by_what_it_does_or_may_do_and_not_by_what_it_does_not() {
        for (answer, found) in [(Answer::Yes, true), (Answer::Ask, true), (Answer::No, false), (Answer::Unknown, false)]
        {
            let capability = Capability { answer, ..Capability::default() };
            let office = Office {
                name: "架空医院".to_owned(),
                capabilities: [("end-of-life".to_owned(), capability)].into(),
                ..Office::default()
            };
            assert_eq!(office_entry(&office).words.contains(&"看取り"), found, "{answer:?}");
        }
    }

    #[test]
    fn every_capability_of_the_list_has_words() {
        assert!(!ABLE.is_empty());
        for (code, words) in ABLE.iter() {
            assert!(!words.is_empty(), "{code}");
        }
    }
}
