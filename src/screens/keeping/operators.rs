//! 相談員: who works at this desk, what they may do, and their keys. Everybody sees the list and their own keys;
//! the rest is a supervisor's.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Page, keys};
use crate::app::hands::{Hands, Request, Tone};
use crate::app::model::Model;
use crate::app::msg::KeysTask;
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
use crate::widgets::bar::{Segment, draw_bar};
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

/// What can be done, by whom it is about.
const OF_DESK: (&str, &[Action]) = ("keeping-keys-desk", &[Action::AddOperator, Action::NewRecoveryKey]);
const OF_CHOSEN: (&str, &[Action]) =
    ("keeping-keys-chosen", &[Action::Edit, Action::GivePassphrase, Action::RemoveOperator]);
const OWN: (&str, &[Action]) = ("keeping-keys-own", &[Action::ChangePassphrase, Action::SecondFactor]);

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

    fn of_chosen(&self, work: fn(Id, &Operator, &mut Hands<'_>), hands: &mut Hands<'_>) {
        if let Some((id, operator)) = self.chosen(hands.model) {
            let operator = operator.clone();
            work(id, &operator, hands);
        }
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

/// Asks for a new operator: who it is, then their key.
fn add(hands: &mut Hands<'_>) {
    let id = hands.ids.fresh();
    let title = Say::new("keeping-add-operator");
    let values = filled(&Operator::default());
    hands.open(Sheet::new(title, Form::new(OPERATOR, values), move |hands, values| {
        let operator = read(&Operator::default(), id, values, hands.model)?;
        keys::add(id, operator, hands);
        Ok(())
    }));
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
        // A role that was never written down stays so: whoever corrects their own name has not changed it.
        role: if was == Some(role) { before.role.clone() } else { role.code().to_owned() },
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
            Action::ChangePassphrase => keys::change_own(hands),
            Action::SecondFactor => keys::second_factor(hands),
            Action::AddOperator | Action::GivePassphrase | Action::RemoveOperator | Action::NewRecoveryKey
                if !self.supervisor =>
            {
                hands.say(Say::new("keeping-supervisors-only"), Tone::Warning);
            }
            Action::AddOperator => add(hands),
            Action::GivePassphrase => self.of_chosen(keys::give, hands),
            Action::RemoveOperator => self.of_chosen(keys::remove, hands),
            Action::NewRecoveryKey => keys::renew_recovery(hands),
            _ => return lists::go(&mut self.list, action, hands.model.present_operators().len()),
        }
        true
    }

    fn text(&mut self, _text: &str, _hands: &mut Hands<'_>) {}

    fn edit(&mut self, _edit: Edit<'_>, _hands: &mut Hands<'_>) {}

    fn entered(&mut self, hands: &mut Hands<'_>) {
        self.changed(hands);
        if hands.model.sealed {
            hands.ask(Request::Keys(KeysTask::Holders));
        }
    }

    fn changed(&mut self, hands: &mut Hands<'_>) {
        self.supervisor = hands.model.role() == Role::Supervisor;
    }

    fn hints(&self) -> &'static [Action] {
        if self.supervisor {
            &[
                Action::AddOperator,
                Action::Edit,
                Action::ChangePassphrase,
                Action::SecondFactor,
                Action::GivePassphrase,
                Action::RemoveOperator,
                Action::NewRecoveryKey,
                Action::NextPage,
                Action::Help,
            ]
        } else {
            &[Action::ChangePassphrase, Action::SecondFactor, Action::Edit, Action::NextPage, Action::Help]
        }
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = Panel::new(look.theme).title(&look.t("keeping-operators")).focused(true).draw(buf, area);
        let present = model.present_operators();
        let head = Rect { height: inner.height.min(1), ..inner };
        let foot = inner.height.saturating_sub(1).min(5);
        let rows = Rect { y: inner.y + head.height, height: inner.height - head.height - foot, ..inner };
        let columns = [
            Column::new(look.t("keeping-head-name"), 10, 16, 9),
            Column::new(look.t("keeping-head-role"), 8, 10, 8),
            Column::new(look.t("keeping-head-key"), 8, 10, 7),
            Column::new(look.t("keeping-head-since"), 10, 10, 4),
            Column::new(look.t("keeping-head-qualifications"), 10, Column::REST, 5),
        ];
        let columns = Columns::new(columns, ListState::row_area(rows).width);
        columns.draw_head(buf, ListState::row_area(head), look.theme);
        self.list.draw(buf, rows, look.theme, present.len(), true, |buf, slot| {
            let Some((id, operator)) = present.get(slot.index) else { return };
            let holder = model.holders.iter().find(|holder| holder.operator == *id);
            columns.draw_row(buf, slot.area, |column| {
                let text: Cow<'_, str> = match column {
                    0 => operator.name.as_str().into(),
                    1 => look.code("role", Role::from_code(&operator.role).code()).into(),
                    2 if !keys::has_key(*id, model) => look.t("keeping-key-none"),
                    2 => look.t(match holder.and_then(|holder| holder.second) {
                        Some(true) => "keeping-key-second",
                        Some(false) | None => "keeping-key-plain",
                    }),
                    3 => holder
                        .and_then(|holder| holder.since)
                        .map(|at| look.day(at.date_naive()))
                        .unwrap_or_default()
                        .into(),
                    _ => operator.qualifications.join(" ").into(),
                };
                (text, look.theme.text)
            });
        });
        let about = if self.supervisor { "keeping-operators-about" } else { "keeping-operators-own" };
        let lines = Rect { x: inner.x + 1, y: rows.bottom(), width: inner.width.saturating_sub(2), height: foot };
        let told = put_wrapped(buf, lines, &look.t(about), look.theme.muted);
        let groups: &[(&str, &[Action])] = if self.supervisor { &[OF_DESK, OF_CHOSEN, OWN] } else { &[OWN] };
        for (line, (title, actions)) in lines.rows().skip(usize::from(told)).zip(groups) {
            let mut parts = vec![Segment::new(look.t(title), look.theme.label, 9)];
            let hint = |action: &Action| {
                Some(Segment::hint(super::key(*action, look)?, look.t(action.title()), look.theme, 5))
            };
            parts.extend(actions.iter().filter_map(hint));
            draw_bar(buf, line, look.theme.text, &parts, &[]);
        }
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
