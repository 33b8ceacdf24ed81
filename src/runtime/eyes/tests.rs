//! Roles: what passes to a viewer, and what is refused to whom.

use chrono::DateTime;
use serde_json::json;

use super::*;
use crate::app::msg::{CaseFile, Query, Ticket};
use crate::desk::case::{Case, Flag, Hold};
use crate::desk::record::{Edit, Stamp};

const ME: Id = Id::from_bytes([1; 16]);
const OTHER: Id = Id::from_bytes([2; 16]);
const NAME: &str = "架空花枝";

fn case() -> Case {
    Case {
        number: "R8-0001".to_owned(),
        subject_name: NAME.to_owned(),
        subject_kana: NAME.to_owned(),
        caller: NAME.to_owned(),
        summary: NAME.to_owned(),
        next_action: NAME.to_owned(),
        area: NAME.to_owned(),
        topics: vec!["h".to_owned(), NAME.to_owned()],
        caller_kind: NAME.to_owned(),
        flag: Some(Flag {
            at: DateTime::parse_from_rfc3339("2026-11-24T10:00:00+09:00").unwrap(),
            by: OTHER,
            reason: NAME.to_owned(),
        }),
        hold: Some(Hold {
            at: DateTime::parse_from_rfc3339("2026-11-24T10:00:00+09:00").unwrap(),
            by: OTHER,
            reason: NAME.to_owned(),
        }),
        ..Case::default()
    }
}

fn row() -> (Brief, Keys) {
    let brief = Brief::of(OTHER, &case());
    let keys = Keys::of(&case_entry(&brief));
    (brief, keys)
}

fn opening(role: &str) -> Msg {
    let record = |kind, id, value| (RecordKey::new(kind, id), value);
    Msg::Opened(Box::new(Opening {
        records: vec![
            record(Kind::Desk, OTHER, json!({"areas": ["架空中央"]})),
            record(Kind::Operator, ME, json!({"name": "閲覧", "role": role})),
            record(Kind::Operator, OTHER, json!({"name": "管理", "role": "supervisor"})),
            record(Kind::Policy, OTHER, json!({"text": NAME})),
            record(Kind::Meeting, OTHER, json!({"note": NAME, "place": NAME})),
        ],
        cases: vec![row()],
        drafts: vec![(OTHER, json!({"slip": NAME}))],
        last_operator: Some(ME),
        ..Opening::default()
    }))
}

/// Everything that comes from the store, as text.
fn everything(eyes: &mut Eyes, role: &str) -> String {
    let office = Office { name: "架空病院".to_owned(), note: NAME.to_owned(), ..Office::default() };
    let keys = Keys::of(&crate::app::entries::office_entry(&office));
    let file = CaseFile { id: OTHER, case: case(), contacts: vec![] };
    let record = (RecordKey::new(Kind::Case, OTHER), serde_json::to_value(case()).unwrap());
    let batch = Batch::new("done-edit-case", OTHER, vec![]);
    let receipt = Committed {
        batch: Stamp::default(),
        at: DateTime::parse_from_rfc3339("2026-11-24T10:00:00+09:00").unwrap(),
        what: batch.what,
        records: vec![record],
    };
    let messages = vec![
        opening(role),
        Msg::Arrived(Arrival::Cases(vec![row()])),
        Msg::Arrived(Arrival::Offices(vec![(OTHER, office, keys)])),
        Msg::Committed { ticket: Ticket(1), receipt },
        Msg::Loaded { ticket: Ticket(2), answer: Answer::CaseFile(Box::new(file)) },
    ];
    let seen: Vec<Msg> = messages.into_iter().map(|message| eyes.pass(message)).collect();
    format!("{seen:?}")
}

#[test]
fn no_name_reaches_a_viewer_by_any_way() {
    let mut eyes = Eyes::default();
    let seen = everything(&mut eyes, "viewer");
    assert!(!seen.contains(NAME), "{seen}");
    assert!(seen.contains("R8-0001") && seen.contains("架空病院"), "{seen}");
    assert!(everything(&mut Eyes::default(), "operator").contains(NAME));
}

#[test]
fn a_viewer_changes_and_opens_nothing() {
    let (mut viewer, mut operator) = (Eyes::default(), Eyes::default());
    viewer.pass(opening("viewer"));
    operator.pass(opening("operator"));
    let ticket = Ticket(3);
    for (effect, refused) in [
        (Effect::Commit { ticket, batch: Batch::new("done-edit-case", ME, vec![]) }, true),
        (Effect::Undo { ticket, operator: ME }, true),
        (Effect::Load { ticket, query: Query::CaseFile(OTHER) }, true),
        (Effect::SaveDraft { id: OTHER, version: 1, draft: json!({}) }, true),
        (Effect::Keys { ticket, task: KeysTask::RemoveOperator { id: OTHER } }, true),
        (Effect::Keys { ticket, task: KeysTask::NewRecoveryKey }, true),
        (Effect::Keys { ticket, task: KeysTask::Holders }, false),
        (Effect::Lock, false),
    ] {
        assert_eq!(viewer.refuses(&effect).is_some(), refused, "{effect:?}");
        assert!(operator.refuses(&effect).is_none(), "{effect:?}");
    }
}

#[test]
fn only_a_supervisor_changes_the_desk_and_who_works_there() {
    let edit = |kind, id, patch| Edit::new(RecordKey::new(kind, id), patch);
    let may = |eyes: &Eyes, edits: Vec<Edit>| {
        let batch = Batch::new("done-edit-operator", ME, edits);
        match eyes.refuses(&Effect::Commit { ticket: Ticket(1), batch }) {
            None => true,
            Some(Msg::NotCommitted { ticket: Ticket(1), say }) if say.key == "vault-supervisors-only" => false,
            other => panic!("{other:?}"),
        }
    };
    let own = || edit(Kind::Operator, ME, json!({"name": "見本", "kana": null, "language": "en"}));
    let kept = || {
        [
            edit(Kind::Desk, OTHER, json!({"backup_folder": "/media/usb"})),
            edit(Kind::Operator, OTHER, json!({"name": "見本"})),
            edit(Kind::Operator, Id::from_bytes([3; 16]), json!({"role": "supervisor"})),
            edit(Kind::Operator, ME, json!({"role": "supervisor"})),
            edit(Kind::Operator, ME, json!({"left": true})),
            edit(Kind::Operator, ME, Value::Null),
        ]
    };
    let mut operator = Eyes::default();
    operator.pass(opening("operator"));
    for edit in kept() {
        assert!(!may(&operator, vec![edit.clone()]), "{edit:?}");
        assert!(!may(&operator, vec![own(), edit.clone()]), "hidden behind another: {edit:?}");
    }
    assert!(may(&operator, vec![own()]) && may(&operator, vec![edit(Kind::Case, OTHER, json!({"n": 1}))]));
    let mut supervisor = Eyes::default();
    supervisor.pass(opening("supervisor"));
    assert!(may(&supervisor, kept().to_vec()));
    // Roles that change meanwhile count, and where nobody is a supervisor everybody is.
    let changed = |id, role: &str| {
        let record = (RecordKey::new(Kind::Operator, id), json!({"name": "見本", "role": role}));
        Msg::Arrived(Arrival::Changed(vec![record]))
    };
    supervisor.pass(changed(ME, "operator"));
    assert!(!may(&supervisor, kept().to_vec()));
    supervisor.pass(changed(OTHER, "operator"));
    assert!(may(&supervisor, kept().to_vec()));
}

#[test]
fn a_role_may_what_its_name_says_and_who_is_not_known_only_views() {
    let acts = [Act::Free, Act::List, Act::Work, Act::Supervise];
    for (role, may) in [
        (Role::Viewer, [true, true, false, false]),
        (Role::Operator, [true, true, true, false]),
        (Role::Supervisor, [true; 4]),
    ] {
        assert_eq!(acts.map(|act| allows(role, act).is_ok()), may, "{role:?}");
    }
    let known = [(ME, Operator { role: "supervisor".to_owned(), ..Operator::default() })];
    assert_eq!((role_in(&known, ME), role_in(&known, OTHER)), (Role::Supervisor, Role::Viewer));
}

#[test]
fn who_opens_next_is_looked_at_anew() {
    let mut eyes = Eyes::default();
    eyes.pass(opening("viewer"));
    let seen = format!("{:?}", eyes.pass(opening("operator")));
    assert!(seen.contains(NAME));
}
