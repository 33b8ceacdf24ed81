//! What a form is made of: fields as a table. Knows no value.

/// Which record a field belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// The case.
    Case,
    /// The contact: the call itself.
    Contact,
    /// An office of the directory.
    Office,
    /// A person at an office.
    Staff,
    /// The desk and its first operator, on the start screen.
    Desk,
    /// A meeting, or what it says of one case.
    Meeting,
    /// An operator of the desk.
    Operator,
    /// A canned text.
    Canned,
    /// A policy that desks share.
    Policy,
    /// An edition of a list, or who receives it.
    Edition,
    /// A survey, and whom sheets are for.
    Survey,
    /// What a desk does besides its cases.
    Activity,
    /// An inquiry to a doctor.
    Inquiry,
}

impl Target {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Case,
        Self::Contact,
        Self::Office,
        Self::Staff,
        Self::Desk,
        Self::Meeting,
        Self::Operator,
        Self::Canned,
        Self::Policy,
        Self::Edition,
        Self::Survey,
        Self::Activity,
        Self::Inquiry,
    ];

    /// The name in drafts and in the keys of labels.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Contact => "contact",
            Self::Office => "office",
            Self::Staff => "staff",
            Self::Desk => "desk",
            Self::Meeting => "meeting",
            Self::Operator => "operator",
            Self::Canned => "canned",
            Self::Policy => "policy",
            Self::Edition => "edition",
            Self::Survey => "survey",
            Self::Activity => "activity",
            Self::Inquiry => "inquiry",
        }
    }
}

/// How a field is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of text.
    Line,
    /// One line that is a telephone number in any spelling.
    Phone,
    /// A date in any spelling; kept as an ISO date.
    Date,
    /// A birth date: never in the future; two digits without an era are asked about.
    Birth,
    /// A due date: also `+7`, a weekday, the end of the month.
    Due,
    /// One code of a list.
    Code(&'static str),
    /// Several codes of a list.
    Codes(&'static str),
    /// One of the desk's own areas, by its number, or typed.
    Area,
    /// Several lines of text.
    Memo,
    /// One of the desk's operators, by number; kept as their identity.
    Operator,
}

impl FieldKind {
    /// Whether it is kept as a day.
    pub const fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::Birth | Self::Due)
    }

    /// The code list that the field is chosen from.
    pub const fn list(self) -> Option<&'static str> {
        match self {
            Self::Code(list) | Self::Codes(list) => Some(list),
            Self::Line
            | Self::Phone
            | Self::Date
            | Self::Birth
            | Self::Due
            | Self::Area
            | Self::Memo
            | Self::Operator => None,
        }
    }
}

/// One field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The record that it belongs to.
    pub target: Target,
    /// Its member in the record, in snake case.
    pub member: &'static str,
    /// How it is typed.
    pub kind: FieldKind,
    /// The page of the form, from 0.
    pub page: u8,
    /// The row on the page: fields of one row stand side by side.
    pub row: u8,
    /// Its share of the row's width.
    pub weight: u16,
}

impl Field {
    /// The key of its label in the locale files, such as `field-case-subject-name`.
    pub fn label_key(&self) -> String {
        label_key(self.target.name(), self.member)
    }

    /// Its name in a draft, such as `case.subject_name`.
    pub fn name(&self) -> String {
        format!("{}.{}", self.target.name(), self.member)
    }
}

/// The key of a member's label in the locale files.
pub fn label_key(target: &str, member: &str) -> String {
    format!("field-{target}-{}", member.replace('_', "-"))
}

/// A field alone on its row, or beside the one before it when `row` is the same.
pub const fn field(target: Target, member: &'static str, kind: FieldKind, page: u8, row: u8, weight: u16) -> Field {
    Field { target, member, kind, page, row, weight }
}
