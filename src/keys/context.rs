//! Where a key is looked up.

/// A table of a keymap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// `[global]`: everywhere.
    Global,
    /// `[intake]`: 受付.
    Intake,
    /// `[queue]`: 案件.
    Queue,
    /// `[directory]`: 連携先.
    Directory,
    /// `[meeting]`: 会議.
    Meeting,
    /// `[statistics]`: 集計.
    Statistics,
    /// `[upkeep]`: 名簿整備.
    Upkeep,
    /// `[keeping]`: 管理.
    Keeping,
    /// `[entry]`: the passphrase, at the start and after a lock.
    Entry,
    /// `[form]`: a form with a field in focus, on whatever screen.
    Form,
    /// `[popup]`: a popup over a screen.
    Popup,
    /// `[list]`: rows to choose from, on whatever screen.
    List,
}

impl Context {
    /// All tables, in the order in which help shows them.
    pub const ALL: [Self; 12] = [
        Self::Global,
        Self::Intake,
        Self::Queue,
        Self::Directory,
        Self::Meeting,
        Self::Statistics,
        Self::Upkeep,
        Self::Keeping,
        Self::Entry,
        Self::Form,
        Self::Popup,
        Self::List,
    ];

    /// The groups of tables that are looked up together, the nearest first. A caller of `Keymap::resolve` passes one
    /// of these (or fewer tables): the check of a keymap judges hidden keys and unreachable actions by them.
    ///
    /// `form` among them says that a field has the focus: keys that type a character are no commands then. A list that
    /// is narrowed by typing has both `list` and `form`.
    pub const STACKS: [&[Self]; 20] = [
        &[Self::Intake, Self::Form, Self::Global],
        &[Self::Intake, Self::List, Self::Global],
        &[Self::Queue, Self::List, Self::Global],
        &[Self::Queue, Self::List, Self::Form, Self::Global],
        &[Self::Directory, Self::List, Self::Global],
        &[Self::Directory, Self::List, Self::Form, Self::Global],
        &[Self::Meeting, Self::List, Self::Global],
        &[Self::Meeting, Self::List, Self::Form, Self::Global],
        &[Self::Statistics, Self::List, Self::Global],
        &[Self::Upkeep, Self::List, Self::Global],
        &[Self::Upkeep, Self::List, Self::Form, Self::Global],
        &[Self::Keeping, Self::List, Self::Global],
        &[Self::Keeping, Self::List, Self::Form, Self::Global],
        &[Self::Entry, Self::Form, Self::Global],
        &[Self::Form, Self::Global],
        &[Self::Popup, Self::Form, Self::Global],
        &[Self::Popup, Self::List, Self::Global],
        &[Self::Popup, Self::List, Self::Form, Self::Global],
        &[Self::Popup, Self::Global],
        &[Self::List, Self::Popup, Self::Global],
    ];

    /// Its name in a keymap.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Intake => "intake",
            Self::Queue => "queue",
            Self::Directory => "directory",
            Self::Meeting => "meeting",
            Self::Statistics => "statistics",
            Self::Upkeep => "upkeep",
            Self::Keeping => "keeping",
            Self::Entry => "entry",
            Self::Form => "form",
            Self::Popup => "popup",
            Self::List => "list",
        }
    }

    /// The locale key of its title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Global => "keys-context-global",
            Self::Intake => "keys-context-intake",
            Self::Queue => "keys-context-queue",
            Self::Directory => "keys-context-directory",
            Self::Meeting => "keys-context-meeting",
            Self::Statistics => "keys-context-statistics",
            Self::Upkeep => "keys-context-upkeep",
            Self::Keeping => "keys-context-keeping",
            Self::Entry => "keys-context-entry",
            Self::Form => "keys-context-form",
            Self::Popup => "keys-context-popup",
            Self::List => "keys-context-list",
        }
    }

    /// The table of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|context| context.name() == name)
    }
}
