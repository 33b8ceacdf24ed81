//! Another table of fields over the same values: what the new one has no field for stays as it is.

use super::field::Field;
use super::{Around, Form};

impl Form {
    /// Goes on with these fields. The focus stays on its field; where that has no place any more, it goes to the first
    /// field that nothing was put into.
    pub fn set_fields(&mut self, fields: &'static [Field], around: &Around<'_>) {
        self.leave(around);
        let before = std::mem::replace(&mut self.fields, fields);
        let place = |index: usize| {
            let field = before.get(index)?;
            fields.iter().position(|other| (other.target, other.member) == (field.target, field.member))
        };
        for (_, index) in &mut self.earlier {
            *index = place(*index).unwrap_or(0);
        }
        if let Some(same) = place(self.focus) {
            self.focus = same;
            self.refresh();
        } else {
            let empty = fields.iter().position(|field| !self.values.is_filled(field));
            self.enter_without_mark(empty.unwrap_or(0));
        }
        self.version += 1;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::NaiveDate;

    use super::*;
    use crate::desk::codebook::Codebook;
    use crate::screens::form::field::{FieldKind, Target, field};
    use crate::screens::form::values::Values;
    use crate::widgets::edit::Edit;

    const LONG: &[Field] = &[
        field(Target::Case, "facility", FieldKind::Line, 0, 0, 1),
        field(Target::Case, "birth", FieldKind::Birth, 0, 1, 1),
        field(Target::Contact, "text", FieldKind::Memo, 0, 2, 1),
    ];
    const SHORT: &[Field] = &[
        field(Target::Contact, "text", FieldKind::Memo, 0, 0, 1),
        field(Target::Case, "ward", FieldKind::Line, 0, 1, 1),
    ];

    #[test]
    fn the_focus_and_the_caret_stay_on_their_field_or_go_to_the_first_empty_one() {
        let codebook = Codebook::default();
        let (areas, operators) = ([], BTreeMap::new());
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let around = Around { today, codebook: &codebook, areas: &areas, operators: &operators };
        let mut form = Form::new(LONG, Values::default());
        form.focus_on(2, &around);
        form.insert("看取り", &around);
        form.edit(Edit::Left, &around);
        form.set_fields(SHORT, &around);
        assert_eq!((form.focused(), form.caret()), (0, Some(6)), "the memo and its caret");
        form.set_fields(LONG, &around);
        form.focus_on(1, &around);
        form.insert("昭和15年13月", &around);
        form.set_fields(SHORT, &around);
        assert_eq!(form.focused(), 1, "the memo is not empty, the ward is");
        form.insert("3階東", &around);
        form.set_fields(LONG, &around);
        assert_eq!(form.values().raw(&LONG[1]), Some("昭和15年13月"), "what is no date stays as it was typed");
        assert_eq!(form.values().text(Target::Case, "ward"), "3階東");
        // Taking back goes to fields of the table that is there now.
        while form.undo() {
            assert!(form.field().is_some());
        }
        assert!(form.values().is_empty());
    }
}
