//! handover on the demo.

use super::{Demo, members};

#[test]
fn the_page_is_printed_in_both_languages_and_has_its_members() {
    let demo = Demo::new();
    let page = demo.json(&["handover"]);
    assert_eq!(members(&page), ["ask", "days", "drafts", "overdue", "today"]);
    let overdue = page["overdue"].as_array().unwrap();
    assert!(!overdue.is_empty());
    for (lang, head) in [("ja", "期限超過"), ("en", "Overdue")] {
        let out = demo.run(&["--lang", lang, "handover"]).ends(0).out;
        assert!(out.contains(&format!("■ {head}")), "{out}");
        let number = overdue[0]["number"].as_str().unwrap();
        assert!(out.contains(number) && !out.contains("code-") && !out.contains("handover-"), "{out}");
    }
    let log = demo.json(&["audit", "--kind", "list"]);
    assert!(log.as_array().unwrap().iter().any(|entry| entry["details"]["task"] == "handover"), "{log}");
}
