//! activity on the demo.

use super::{Demo, members};

#[test]
fn activities_are_listed_written_and_counted() {
    let demo = Demo::new();
    let before = demo.json(&["activity", "list"]);
    let first = &before.as_array().unwrap()[0];
    assert_eq!(
        members(first),
        [
            "flyers",
            "heads",
            "id",
            "islands",
            "kind",
            "met",
            "next_on",
            "offices",
            "on",
            "operators",
            "result",
            "text",
            "title",
            "yen"
        ]
    );
    let offices = demo.json(&["activity", "never-called"]);
    let office = offices[0]["name"].as_str().unwrap();
    let line = [
        "activity",
        "add",
        "1",
        "架空島の挨拶",
        "--on",
        "今日",
        "--office",
        office,
        "--fare",
        "船 1580 架空島",
        "--fare",
        "車 600",
        "--flyers",
        "５",
        "--heads",
        "3",
    ];

    let added = demo.json(&line);
    assert_eq!(
        (added["yen"].as_u64(), added["flyers"].as_u64(), added["heads"].as_u64()),
        (Some(2180), Some(5), Some(3))
    );
    assert_eq!((added["islands"][0].as_str(), added["offices"][0]["name"].as_str()), (Some("架空島"), Some(office)));
    assert!(!added["operators"][0].as_str().unwrap().is_empty());
    let after = demo.json(&["activity", "list"]);
    assert_eq!(after.as_array().unwrap().len(), before.as_array().unwrap().len() + 1);
    let report = demo.json(&["activity", "report"]);
    assert_eq!(report["months"].as_array().unwrap().len(), 12);
    assert!(report["total"]["island_yen"].as_u64().unwrap() >= 2180);
    assert!(report["total"]["yen"].as_u64() >= report["total"]["island_yen"].as_u64());
    assert!(report["routes"]["5"].as_array().unwrap().iter().any(|count| count.as_u64() > Some(0)));
    for (args, wanted) in [
        (&["list"][..], "架空島の挨拶"),
        (&["report"], "うち離島"),
        (&["never-called"], office),
        (&["list", "--year", "1999"], "活動はまだありません"),
    ] {
        let out = demo.run(&[&["activity"], args].concat()).ends(0).out;
        assert!(out.contains(wanted), "{args:?}: {out}");
    }
    let english = demo.run(&["--lang", "en", "activity", "report"]).ends(0).out;
    assert!(english.contains("Island yen") && !english.contains("outreach-"), "{english}");
}

#[test]
fn what_is_wrong_with_an_activity_is_told_and_nothing_is_written() {
    let demo = Demo::new();
    let before = demo.json(&["activity", "list"]);
    for (args, exit, says) in [
        (&["Q", "挨拶"][..], 2, "「Q」という活動の種類"),
        (&["1", "挨拶", "--on", "きのうのきのう"], 2, "日付として読めません"),
        (&["1", "挨拶", "--fare", "船 架空島"], 2, "交通費は"),
        (&["1", "挨拶", "--heads", "たくさん"], 2, "数を入れて"),
        (&["1", "挨拶", "--who", "だれでもない"], 2, "「だれでもない」"),
        (&["1", "挨拶", "--office", "どこにもない医院"], 1, "どこにもない医院"),
    ] {
        let run = demo.run(&[&["activity", "add"], args].concat()).ends(exit);
        assert!(run.err.contains(says), "{args:?}: {}", run.err);
    }
    assert_eq!(demo.json(&["activity", "list"]), before);
}

#[test]
fn a_year_is_written_as_excel_and_csv() {
    let demo = Demo::new();
    let file = |name: &str| demo.computer.arg(name);
    demo.run(&["activity", "export", &file("活動.xlsx")]).ends(0);
    demo.run(&["activity", "export", &file("月.csv"), "--table", "months"]).ends(0);
    demo.run(&["activity", "export", &file("経路.csv"), "--table", "routes"]).ends(0);
    demo.run(&["activity", "export", &file("活動.csv"), "--cp932"]).ends(0);
    let months = std::fs::read_to_string(demo.computer.path("月.csv")).unwrap();
    assert!(months.starts_with('\u{feff}') && months.contains("うち離島") && months.lines().count() == 14, "{months}");
    assert!(std::fs::read_to_string(demo.computer.path("経路.csv")).unwrap().contains("チラシ"));
    assert!(std::fs::read(demo.computer.path("活動.csv")).unwrap().starts_with(&[0x93, 0xFA]));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(demo.computer.path("活動.xlsx")).unwrap();
    let names = calamine::Reader::sheet_names(&book);
    assert_eq!(names, ["活動", "月別", "把握経路"]);
    let sheet = calamine::Reader::worksheet_range(&mut book, "月別").unwrap();
    assert_eq!(sheet.height(), 14);
    assert!(sheet.get_value((13, 7)).unwrap().to_string().parse::<f64>().unwrap() > 0.0);
    for (args, exit, says) in [
        (&["活動.txt"][..], 2, ".xlsx .csv .json"),
        (&["活動.xlsx", "--cp932"], 2, "--cp932"),
        (&["活動.csv", "--table", "年"], 2, "年"),
    ] {
        let name = file(args[0]);
        let run = demo.run(&[&["activity", "export", name.as_str()], &args[1..]].concat()).ends(exit);
        assert!(run.err.contains(says), "{args:?}: {}", run.err);
    }
}
