//! Entering a sealed desk: what the app asks of the keys, and what comes back. Data only; the vault is the runtime's.

use chrono::{DateTime, FixedOffset};

use crate::desk::id::Id;
use crate::desk::operator::Operator;
use crate::desk::secret::Secret;

/// A second factor that is being set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSecond {
    /// The shared secret in base32 without padding: 20 bytes, 32 letters. What the QR code and the text showed.
    pub secret: Secret,
    /// The code that the operator's device showed for it: proves that the device has it. Digits as typed, folded.
    pub code: String,
}

/// Something to be done with the keys of the desk. Only the operator who unlocked it may ask.
///
/// Tasks about others and [`KeysTask::NewRecoveryKey`] are a supervisor's: the keeper refuses them for anybody else.
#[derive(Debug, Clone, PartialEq)]
pub enum KeysTask {
    /// A slot for a new operator, and then their record (`edits::add_operator` by who is at the desk). Answered by
    /// `Msg::Committed` with the same ticket when both are kept, then by `Msg::KeysDone`.
    AddOperator {
        /// The identity that the record gets.
        id: Id,
        /// The record.
        operator: Box<Operator>,
        /// What will open the desk.
        passphrase: Secret,
        /// A second factor, if one is wanted at once.
        second: Option<NewSecond>,
    },
    /// The slot goes, the record is marked as left, and a new key epoch begins. Answered as [`KeysTask::AddOperator`].
    /// Refused for the last supervisor.
    RemoveOperator {
        /// Who.
        id: Id,
    },
    /// Another operator forgot their passphrase: their slot is made anew with this one, without a second factor.
    GivePassphrase {
        /// Who.
        id: Id,
        /// What will open the desk.
        passphrase: Secret,
    },
    /// Who is at the desk changes their own passphrase.
    ChangePassphrase {
        /// The one so far.
        old: Secret,
        /// The one from now on.
        new: Secret,
        /// The code of the second factor, where there is one.
        code: Option<String>,
    },
    /// Who is at the desk sets up a second factor, in place of an earlier one.
    SetSecondFactor {
        /// Their passphrase.
        passphrase: Secret,
        /// The code of the second factor so far, where there is one.
        code: Option<String>,
        /// The new one.
        second: NewSecond,
    },
    /// Who is at the desk does without a second factor from now on: refused when the passphrase is too short for that.
    DropSecondFactor {
        /// Their passphrase.
        passphrase: Secret,
        /// The code of the second factor.
        code: String,
    },
    /// A new recovery key in place of the earlier one: comes as `Msg::RecoveryKey`, before `Msg::KeysDone`.
    NewRecoveryKey,
    /// Whether a code fits a second factor that is being set up. Works without a desk too.
    CheckSecond(NewSecond),
    /// Who has a key: answered by [`KeysResult::Holders`].
    Holders,
}

/// What came of a [`KeysTask`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeysResult {
    /// It is done and on the disk.
    Done,
    /// Who has a key.
    Holders(Vec<Holder>),
}

/// An operator who has a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub operator: Id,
    /// Whether a second factor is asked for; `None` where only their own slot would tell.
    pub second: Option<bool>,
    /// Since when the slot is as it is.
    pub since: Option<DateTime<FixedOffset>>,
}
