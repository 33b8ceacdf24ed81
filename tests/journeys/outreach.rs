//! Activities: written with few keys, offices added by typing, whom one met, and tours made of who never called.

use madoguchi::desk::activity::Activity;
use madoguchi::desk::record::Kind;
use madoguchi::locale::Lang;

use crate::desk::{Desk, demo};
use crate::support::{PASSPHRASE, shows};

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
