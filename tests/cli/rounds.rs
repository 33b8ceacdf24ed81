//! round on the demo.

use super::{Demo, members};

#[test]
fn the_rounds_are_listed_shown_and_counted() {
    let demo = Demo::new();
    let list = demo.json(&["round", "list"]);
    let round = &list.as_array().unwrap()[0];
    assert_eq!(members(round), ["by", "closed_on", "done", "id", "left", "of", "on", "scope", "seconds"]);
    let (done, left) = (round["done"].as_u64().unwrap(), round["left"].as_u64().unwrap());
    assert!(done > 0 && left > 0);
    let id = &round["id"].as_str().unwrap()[..10];
    let shown = demo.json(&["round", "show", id]);
    let offices = shown["offices"].as_array().unwrap();
    assert_eq!(offices.len() as u64, done + left);
    // Those that are left first, of these the ones never checked before all others.
    assert!(offices.is_sorted_by_key(|office| office["done"].as_bool()));
    assert!(offices[0]["verified_on"].is_null());
    let report = demo.json(&["round", "report", id]);
    assert_eq!(report["all"]["offices"].as_u64(), Some(done + left));
    let kinds = report["kinds"].as_object().unwrap();
    assert_eq!(kinds.values().map(|part| part["offices"].as_u64().unwrap()).sum::<u64>(), done + left);
    for (args, wanted) in
        [(["round", "list", ""], "進行中"), (["round", "show", id], "残"), (["round", "report", id], "回答率")]
    {
        let args: Vec<&str> = args.into_iter().filter(|arg| !arg.is_empty()).collect();
        let out = demo.run(&args).ends(0).out;
        assert!(out.contains(wanted), "{out}");
    }
    let english = demo.run(&["--lang", "en", "round", "report", id]).ends(0).out;
    assert!(english.contains("Refused") && !english.contains("rounds-"), "{english}");
}

#[test]
fn a_round_begins_over_what_was_named_and_a_wrong_name_changes_nothing() {
    let demo = Demo::new();
    let begun = demo.json(&["round", "begin", "kind", "4"]);
    assert_eq!(
        (begun["scope"].as_str(), begun["of"].as_str(), begun["done"].as_u64()),
        (Some("2"), Some("4"), Some(0))
    );
    assert!(demo.run(&["round", "begin", "april"]).ends(0).out.contains("始めました"));
    assert_eq!(demo.json(&["round", "list"]).as_array().unwrap().len(), 3);
    for (args, exit, says) in [
        (vec!["kind"], 2, "種別の番号"),
        (vec!["kind", "Q"], 2, "「Q」という種別"),
        (vec!["never", "港"], 2, "kind と area だけ"),
        (vec!["area", "どこにもない圏域"], 1, "当てはまる連携先はありません"),
        (vec!["sometime"], 2, "sometime"),
    ] {
        let run = demo.run(&[&["round", "begin"], &args[..]].concat()).ends(exit);
        assert!(run.err.contains(says), "{args:?}: {}", run.err);
    }
    assert!(demo.run(&["round", "show", "zzzz"]).ends(1).err.contains("という巡回はありません"));
    assert_eq!(demo.json(&["round", "list"]).as_array().unwrap().len(), 3);
}
