//! 相談員: who works at this desk, what they may do, and their keys. Everybody sees the list and their own keys;
//! the rest is a supervisor's.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Page;
use crate::app::hands::{Hands, Tone};
use crate::app::model::Model;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::operator::{Operator, Role};
use crate::desk::say::Say;
use crate::keys::Action;
use crate::popups::sheet::Sheet;
use crate::screens::form::field::{Field, FieldKind, Target, field};
use crate::screens::form::values::Values;
use crate::screens::form::{Focus, Form};
use crate::screens::look::Look;
use crate::screens::{Screen, lists};
use crate::search::fold;
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;
use crate::widgets::paint::put_wrapped;
use crate::widgets::panel::Panel;
use crate::widgets::table::{Column, Columns};

/// What is known of an operator. Qualifications are one line of words: a desk's people have several.
const OPERATOR: &[Field] = &[
    field(Target::Operator, "name", FieldKind::Line, 0, 0, 1),
    field(Target::Operator, "kana", FieldKind::Line, 0, 1, 1),
    field(Target::Operator, "role", FieldKind::Code("role"), 0, 2, 1),
    field(Target::Operator, "qualifications", FieldKind::Line, 0, 3, 1),
];

/// What goes between qualifications where one writes them in a line.
const BETWEEN: [char; 5] = ['、', '，', ',', '・', '/'];

/// The page.
#[derive(Debug, Default)]
pub struct Operators {
    list: ListState,
    /// Whether who sits here is a supervisor: decides which keys are worth showing.
    supervisor: bool,
}

impl Operators {
    /// The operator that is chosen.
    fn chosen<'m>(&self, model: &'m Model) -> Option<(Id, &'m Operator)> {
        let present = model.present_operators();
        self.list.selected(present.len()).and_then(|at| present.get(at).copied())
    }

    fn edit_chosen(&self, hands: &mut Hands<'_>) {
        let Some((id, before)) = self.chosen(hands.model) else { return };
        if !self.supervisor && id != hands.model.me {
            hands.say(Say::new("keeping-supervisors-only"), Tone::Warning);
            return;
        }
        let before = before.clone();
        let title = Say::new("keeping-edit-operator").with("name", before.name.clone());
        let supervisor = self.supervisor;
        hands.open(Sheet::new(title, Form::new(OPERATOR, filled(&before)), move |hands, values| {
            let after = read(&before, id, values, hands.model)?;
            if after.role != before.role && !supervisor {
                return Err(Say::new("keeping-supervisors-only"));
            }
            if let Some(batch) = edits::edit_operator(hands.model.me, id, &before, &after) {
                hands.commit(batch);
            }
            Ok(())
        }));
    }
}

/// The values of a sheet about this operator.
fn filled(operator: &Operator) -> Values {
    let mut values = Values::default();
    values.set_text(Target::Operator, "name", &operator.name);
    values.set_text(Target::Operator, "kana", &operator.kana);
    values.set_text(Target::Operator, "role", Role::from_code(&operator.role).code());
    values.set_text(Target::Operator, "qualifications", &operator.qualifications.join(" "));
    values
}

/// The operator that a sheet leads to, or what is wrong with it.
fn read(before: &Operator, id: Id, values: &Values, model: &Model) -> Result<Operator, Say> {
    let text = |member| fold::one_line(values.text(Target::Operator, member));
    let name = text("name");
    if name.is_empty() {
        return Err(Say::new("people-no-name"));
    }
    let others = || model.present_operators().into_iter().filter(|(other, _)| *other != id);
    if others().any(|(_, other)| fold::same(&other.name, &name)) {
        return Err(Say::new("people-same-name"));
    }
    let role = Role::from_code(values.text(Target::Operator, "role"));
    let was = model.operators.contains_key(&id).then(|| Role::from_code(&before.role));
    let last = !others().any(|(_, other)| Role::from_code(&other.role) == Role::Supervisor);
    if was == Some(Role::Supervisor) && role != Role::Supervisor && last {
        return Err(Say::new("keeping-last-supervisor"));
    }
    let words = text("qualifications");
    let words = words.split(|c: char| c.is_whitespace() || BETWEEN.contains(&c));
    Ok(Operator {
        name,
        kana: text("kana"),
        role: role.code().to_owned(),
        qualifications: words.filter(|word| !word.is_empty()).map(str::to_owned).collect(),
        ..before.clone()
    })
}

impl Screen for Operators {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        match action {
            Action::Open | Action::Edit => self.edit_chosen(hands),
            _ => return lists::go(&mut self.list, action, hands.model.present_operators().len()),
        }
        true
    }

    fn text(&mut self, _text: &str, _hands: &mut Hands<'_>) {}

    fn edit(&mut self, _edit: Edit<'_>, _hands: &mut Hands<'_>) {}

    fn entered(&mut self, hands: &mut Hands<'_>) {
        self.changed(hands);
    }

    fn changed(&mut self, hands: &mut Hands<'_>) {
        self.supervisor = hands.model.role() == Role::Supervisor;
    }

    fn hints(&self) -> &'static [Action] {
        if self.supervisor {
            &[Action::AddOperator, Action::Edit, Action::NextPage, Action::Undo, Action::Help]
        } else {
            &[Action::Edit, Action::Help]
        }
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = Panel::new(look.theme).title(&look.t("keeping-operators")).focused(true).draw(buf, area);
        let present = model.present_operators();
        let head = Rect { height: inner.height.min(1), ..inner };
        let foot = inner.height.saturating_sub(1).min(3);
        let rows = Rect { y: inner.y + head.height, height: inner.height - head.height - foot, ..inner };
        let columns = [
            Column::new(look.t("keeping-head-name"), 10, 16, 9),
            Column::new(look.t("keeping-head-role"), 8, 10, 8),
            Column::new(look.t("keeping-head-qualifications"), 10, Column::REST, 5),
        ];
        let columns = Columns::new(columns, ListState::row_area(rows).width);
        columns.draw_head(buf, ListState::row_area(head), look.theme);
        self.list.draw(buf, rows, look.theme, present.len(), true, |buf, slot| {
            let Some((_, operator)) = present.get(slot.index) else { return };
            columns.draw_row(buf, slot.area, |column| {
                let text: Cow<'_, str> = match column {
                    0 => operator.name.as_str().into(),
                    1 => look.code("role", Role::from_code(&operator.role).code()).into(),
                    _ => operator.qualifications.join(" ").into(),
                };
                (text, look.theme.text)
            });
        });
        let about = if self.supervisor { "keeping-operators-about" } else { "keeping-operators-own" };
        let lines = Rect { x: inner.x + 1, y: rows.bottom(), width: inner.width.saturating_sub(2), height: foot };
        put_wrapped(buf, lines, &look.t(about), look.theme.muted);
        None
    }
}

impl Page for Operators {
    fn title(&self) -> &'static str {
        "keeping-operators"
    }

    fn seen_by(&self, _role: Role) -> bool {
        true
    }
}
