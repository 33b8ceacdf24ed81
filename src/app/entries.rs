//! What a case and an office offer to the search.

use crate::desk::brief::Brief;
use crate::desk::office::Office;
use crate::search::Entry;

/// What can be searched of a case.
pub fn case_entry(brief: &Brief) -> Entry<'_> {
    Entry {
        name: &brief.number,
        kana: &brief.kana,
        words: vec![&brief.subject, &brief.caller, &brief.summary, &brief.next_action, &brief.area],
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
        &office.corporation,
        &office.building,
        &office.note,
        &office.fax,
    ];
    words.extend(office.services.iter().map(String::as_str));
    for staff in office.staff.values().filter(|staff| !staff.left) {
        phones.push(&staff.phone);
        words.extend([staff.name.as_str(), &staff.kana, &staff.role, &staff.department, &staff.handles]);
    }
    phones.push(&office.fax);
    phones.retain(|text| !text.is_empty());
    words.retain(|text| !text.is_empty());
    Entry {
        name: &office.name,
        kana: &office.kana,
        short_name: &office.short_name,
        phones,
        address: &office.address,
        words,
        recent: 0,
    }
}
