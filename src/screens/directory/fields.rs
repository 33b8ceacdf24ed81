//! The fields of an office and of a person there, as the directory's sheets ask for them.

use crate::screens::form::field::{Field, FieldKind, Target, field};

use FieldKind::{Area, Code, Due, Line, Memo, Phone};
use Target::{Office, Staff};

/// The fields of an office.
pub const OFFICE: &[Field] = &[
    field(Office, "name", Line, 0, 0, 1),
    field(Office, "kana", Line, 0, 1, 1),
    field(Office, "kind", Code("office-kind"), 0, 2, 1),
    field(Office, "short_name", Line, 0, 2, 1),
    field(Office, "department", Line, 0, 3, 1),
    field(Office, "phone", Phone, 0, 4, 1),
    field(Office, "extension", Line, 0, 4, 1),
    field(Office, "fax", Phone, 0, 5, 1),
    field(Office, "email", Line, 0, 5, 1),
    field(Office, "postal_code", Line, 0, 6, 1),
    field(Office, "area", Area, 0, 6, 1),
    field(Office, "address", Line, 0, 7, 1),
    field(Office, "building", Line, 0, 8, 1),
    field(Office, "serves", Line, 0, 8, 1),
    field(Office, "handles", Line, 0, 9, 1),
    field(Office, "hours", Line, 0, 10, 1),
    field(Office, "closed", Line, 0, 10, 1),
    field(Office, "how_to_contact", Line, 0, 11, 2),
    field(Office, "best_time", Line, 0, 11, 1),
    field(Office, "alert", Line, 0, 12, 1),
    field(Office, "corporation", Line, 1, 0, 1),
    field(Office, "official_id", Line, 1, 1, 1),
    field(Office, "url", Line, 1, 2, 1),
    field(Office, "capacity", Line, 1, 3, 1),
    field(Office, "note", Memo, 1, 4, 1),
];

/// 受入 just now: asked for by itself, because it is told in a call and holds for a while only.
pub const ACCEPTING: &[Field] = &[
    field(Office, "accepting", Code("accepting"), 0, 0, 1),
    field(Office, "waiting", Line, 0, 0, 1),
    field(Office, "accepting_until", Due, 0, 1, 1),
];

/// The fields of a person at an office.
pub const STAFF: &[Field] = &[
    field(Staff, "name", Line, 0, 0, 1),
    field(Staff, "kana", Line, 0, 0, 1),
    field(Staff, "role", Line, 0, 1, 1),
    field(Staff, "department", Line, 0, 1, 1),
    field(Staff, "phone", Phone, 0, 2, 1),
    field(Staff, "extension", Line, 0, 2, 1),
    field(Staff, "handles", Line, 0, 3, 1),
];
