//! usage on the demo.

use super::{Demo, members};

#[test]
fn the_figures_are_printed_in_both_languages_and_have_their_members() {
    let demo = Demo::new();
    let report = demo.json(&["usage"]);
    assert_eq!(members(&report), ["all", "desk", "forms", "from", "hours", "own", "weeks"]);
    assert!(report["desk"]["calls"].as_u64().unwrap() > 5, "{report}");
    for (lang, head) in [("ja", "窓口全体"), ("en", "The desk")] {
        let out = demo.run(&["--lang", lang, "usage"]).ends(0).out;
        assert!(out.contains(head) && !out.contains("usage-"), "{out}");
    }
}
