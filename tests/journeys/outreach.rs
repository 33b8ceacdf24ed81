//! Activities: written with few keys, offices added by typing, whom one met, and tours made of who never called.

use madoguchi::desk::activity::Activity;
use madoguchi::desk::contact::Contact;
use madoguchi::desk::id::Id;
use madoguchi::desk::office::Office;
use madoguchi::desk::record::{Batch, Edit, Kind, RecordKey};
use madoguchi::locale::Lang;
use serde_json::json;

use crate::desk::{Desk, again_with, demo};
use crate::support::{PASSPHRASE, hides, shows};

fn of_today(desk: &Desk) -> Activity {
    let all = desk.records(Kind::Activity, PASSPHRASE).into_values();
    let mut all = all.map(|value| serde_json::from_value::<Activity>(value).unwrap());
    all.find(|activity| activity.on.is_some_and(|on| on.to_string() == "2026-11-24")).unwrap()
}

#[test]
fn an_island_trip_is_written_with_its_fares_its_offices_and_whom_one_met() {
    for size in [(80, 24), (100, 30), (140, 40)] {
        let mut desk = demo(Lang::Ja, size);
        desk.keys("f3 \"U\" left").unwrap();
        shows(&desk, "活動 R8年度");
        shows(&desk, "島1回");
        desk.keys("\"n\" \"1\" tab \"架空島の挨拶\" tab \"3\" tab tab \"船1580 架空島、車 600\" ctrl-s").unwrap();
        shows(&desk, "架空島の挨拶");
        shows(&desk, "2180円");
        desk.keys("\"a\" \"架空外科医院\" enter \"架空山手医院\" enter esc").unwrap();
        shows(&desk, "2か所");
        // Flyers at the first office.
        desk.keys("tab \"p\" \"f\" ctrl-u \"15\" enter enter").unwrap();
        shows(&desk, "15枚");
        let activity = of_today(&desk);
        assert_eq!((activity.heads, activity.yen(), activity.flyers()), (3, 2180, 15));
        assert_eq!(activity.islands().into_iter().collect::<Vec<_>>(), ["架空島"]);
        // The directory tells when one was there last.
        desk.keys("f4 \"架空外科医院\"").unwrap();
        if size.0 > 100 {
            shows(&desk, "最後に会った日: 11/24(火)");
        }
    }
}

#[test]
fn a_tour_is_made_of_the_offices_that_never_called_area_by_area() {
    let mut desk = demo(Lang::Ja, (100, 30));
    desk.keys("f3 \"U\" left \"v\"").unwrap();
    shows(&desk, "相談のない連携先");
    desk.keys("\" \" \" \" down \" \"").unwrap();
    shows(&desk, "印 3件");
    desk.keys("\"n\"").unwrap();
    shows(&desk, "訪問先 3か所");
    desk.keys("\"1\" ctrl-s").unwrap();
    shows(&desk, "3か所");
    assert_eq!(of_today(&desk).tour().len(), 3);
    desk.keys("\"v\" \"v\"").unwrap();
    shows(&desk, "会ったことのない連携先");
    // What is taken out counts no more, and comes back.
    desk.keys("esc \"D\" \"y\"").unwrap();
    assert!(of_today(&desk).removed);
    desk.keys("\"u\"").unwrap();
    assert!(!of_today(&desk).removed);
}

fn called(n: u16, office: Id, name: &str, on: &str) -> Batch {
    let mut bytes = [0xC0; 16];
    bytes[..2].copy_from_slice(&n.to_be_bytes());
    let patch = json!({
        "at": format!("{on}T10:00:00+09:00"), "caller_office_id": office, "caller_office": name, "route": "5",
        "direction": "1",
    });
    Batch::new("done-save-call", Id::NIL, vec![Edit::new(RecordKey::new(Kind::Contact, Id::from_bytes(bytes)), patch)])
}

/// The offices that no contact on the disk names as the one that called.
fn never_called(desk: &Desk) -> Vec<(Id, Office)> {
    let contacts = desk.records(Kind::Contact, PASSPHRASE).into_values();
    let contacts: Vec<Contact> = contacts.map(|value| serde_json::from_value(value).unwrap()).collect();
    let came = |contact: &&Contact| contact.direction != "2";
    let named = |id: Id, office: &Office| {
        contacts.iter().filter(came).any(|contact| {
            contact.caller_office_id == id
                || (contact.caller_office_id.is_nil() && contact.caller_office == office.name)
        })
    };
    let offices = desk.records(Kind::Office, PASSPHRASE).into_iter();
    let offices = offices.map(|(id, value)| (id, serde_json::from_value::<Office>(value).unwrap()));
    offices.filter(|(id, office)| !office.removed && !named(*id, office)).collect()
}

#[test]
fn an_office_that_called_once_long_ago_is_not_among_those_that_never_called() {
    let mut desk = demo(Lang::Ja, (140, 40));
    let before = never_called(&desk);
    desk.keys("f3 \"U\" left \"v\"").unwrap();
    shows(&desk, &format!("{}件、印", before.len()));
    // One chosen, one only named; and after them more contacts than the start reads.
    let (chosen, named) = (&before[0], &before[1]);
    let mut batches = vec![called(0, chosen.0, "", "2026-04-02"), called(1, Id::NIL, &named.1.name, "2026-04-02")];
    batches.extend((2..350).map(|n| called(n, Id::NIL, "", "2026-10-01")));
    let mut desk = again_with(desk, &batches);
    assert_eq!(never_called(&desk).len(), before.len() - 2);
    desk.keys("f3 \"U\" left \"v\"").unwrap();
    shows(&desk, &format!("{}件、印", before.len() - 2));
    hides(&desk, &chosen.1.name);
    hides(&desk, &named.1.name);
    // The flyers by which they all heard of the desk are counted in their month.
    desk.keys("\"v\" \"v\"").unwrap();
    shows(&desk, "どこで知ったか");
    shows(&desk, "348");
}

#[test]
fn the_year_is_counted_by_month_with_island_trips_apart_and_written_to_files() {
    for size in [(80, 24), (100, 30), (140, 40)] {
        let mut desk = demo(Lang::Ja, size);
        desk.keys("f3 \"U\" left \"n\" \"1\" tab \"架空島の挨拶\" tab tab tab \"船1580 架空島、車 600\" ctrl-s")
            .unwrap();
        desk.keys("\"v\" \"v\" \"v\" \"v\"").unwrap();
        shows(&desk, "月別の活動と交通費 R8年度");
        shows(&desk, "離島(円)");
        shows(&desk, "合計");
        let all: Vec<Activity> = desk
            .records(Kind::Activity, PASSPHRASE)
            .into_values()
            .map(|value| serde_json::from_value::<Activity>(value).unwrap())
            .filter(|activity| {
                activity.year() == Some(2026) && activity.on.unwrap().to_string().as_str() <= "2026-11-24"
            })
            .collect();
        let island: u64 = all.iter().filter(|a| !a.islands().is_empty()).map(Activity::yen).sum();
        assert!(island > 2180, "the demo has a trip of its own");
        shows(&desk, &island.to_string());
        shows(&desk, &all.iter().map(Activity::yen).sum::<u64>().to_string());
        // The year before has nothing, and the same keys lead back.
        desk.keys("\"[\"").unwrap();
        shows(&desk, "月別の活動と交通費 R7年度");
        desk.keys("\"]\" esc").unwrap();
        shows(&desk, "架空島の挨拶");
    }
}
