//! Changes of activities.

use serde_json::{Value, json};

use super::super::activity::{Activity, Visit};
use super::super::id::Id;
use super::super::record::{Batch, Edit, Kind, RecordKey};
use super::{change, compact, create};

fn activity_edit(what: &str, by: Id, id: Id, patch: Value) -> Batch {
    Batch::new(what, by, vec![Edit::new(RecordKey::new(Kind::Activity, id), patch)])
}

/// A new activity.
pub fn add_activity(by: Id, id: Id, activity: &Activity) -> Batch {
    Batch::new("done-add-activity", by, vec![create(Kind::Activity, id, activity)])
}

/// Fields of an activity were changed; `None` when nothing differs.
pub fn edit_activity(by: Id, id: Id, before: &Activity, after: &Activity) -> Option<Batch> {
    change(Kind::Activity, id, before, after).map(|edit| Batch::new("done-edit-activity", by, vec![edit]))
}

/// An office was gone to: whom one met there, how many flyers it got. `None` takes it out of the activity.
pub fn set_visit(by: Id, activity: Id, office: Id, visit: Option<&Visit>) -> Batch {
    let visit = visit.map_or(Value::Null, compact);
    activity_edit("done-set-visit", by, activity, json!({ "offices": { office.to_string(): visit } }))
}

/// The activity is taken out.
pub fn remove_activity(by: Id, id: Id) -> Batch {
    activity_edit("done-remove-activity", by, id, json!({ "removed": true }))
}

#[cfg(test)]
mod tests {
    use super::super::super::patch;
    use super::*;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    #[test]
    fn two_operators_add_offices_and_neither_is_lost() {
        let before = Activity { kind: "1".into(), on: "2026-11-22".parse().ok(), ..Activity::default() };
        let mut value = compact(&before);
        let visit = Visit { visited: true, met: [(id(11), true)].into(), flyers: 5, order: 1 };
        let after = Activity { text: "年度のはじめの挨拶".into(), ..before.clone() };
        let batches = [
            set_visit(id(9), id(50), id(1), Some(&visit)),
            set_visit(id(8), id(50), id(2), Some(&Visit { visited: true, ..Visit::default() })),
            edit_activity(id(9), id(50), &before, &after).unwrap(),
            set_visit(id(8), id(50), id(2), None),
        ];
        for batch in &batches {
            assert!(super::super::DONE.contains(&batch.what.as_str()), "{}", batch.what);
            batch.edits.iter().for_each(|edit| patch::apply(&mut value, &edit.patch));
        }
        let kept: Activity = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(kept.tour(), [(id(1), &visit)]);
        assert_eq!(kept.text, after.text);
        assert_eq!(edit_activity(id(9), id(50), &kept, &kept), None);
        let gone = remove_activity(id(9), id(50));
        gone.edits.iter().for_each(|edit| patch::apply(&mut value, &edit.patch));
        assert!(serde_json::from_value::<Activity>(value).unwrap().removed);
    }
}
