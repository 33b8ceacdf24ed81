//! Everything that a key can ask for: one closed list, named in the keymaps, titled in the locale files.

use std::fmt;
use std::str::FromStr;

macro_rules! actions {
    ($($variant:ident $name:literal),+ $(,)?) => {
        /// What a key asks for. Titles: `action-NAME`, one line about it: `action-NAME-help` (`locale/*/keys.ftl`).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $(#[doc = concat!("`", $name, "`")] $variant),+
        }

        impl Action {
            /// All actions, in the order in which help and the palette show them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in a keymap.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The locale key of its title.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => concat!("action-", $name)),+ }
            }

            /// The locale key of the line that explains it.
            pub const fn help(self) -> &'static str {
                match self { $(Self::$variant => concat!("action-", $name, "-help")),+ }
            }
        }
    };
}

actions! {
    // Anywhere.
    NewCall "new-call", SaveCall "save-call", ParkCall "park-call", NextCall "next-call", PreviousCall "previous-call",
    GoIntake "go-intake", GoQueue "go-queue", GoDirectory "go-directory", GoMeeting "go-meeting", GoKeeping "go-keeping",
    GoUpkeep "go-upkeep",
    GoStatistics "go-statistics", Find "find", FlagMeeting "flag-meeting", FlagReason "flag-reason", Circulate "circulate",
    StampRead "stamp-read", Attach "attach", Print "print", Undo "undo", Redo "redo", History "history",
    Palette "palette", Help "help", Language "language", Redraw "redraw", Lock "lock", Quit "quit",
    Handover "handover", Practice "practice",
    SwitchOperator "switch-operator", AddOperator "add-operator",
    Call1 "call-1", Call2 "call-2", Call3 "call-3", Call4 "call-4", Call5 "call-5", Call6 "call-6", Call7 "call-7",
    Call8 "call-8", Call9 "call-9",
    // The caller beside a slip.
    NextForm "next-form", ReferOn "refer-on", ShowCalls "show-calls", TakeCaller "take-caller", ContinueCase "continue-case", MergePersons "merge-persons", SharedPolicy "shared-policy",
    // Lists.
    Up "up", Down "down", PageUp "page-up", PageDown "page-down", First "first", Last "last", Open "open",
    Narrow "narrow", NextPane "next-pane", Mark "mark", Back "back",
    // Queue.
    AddContact "add-contact", SetStatus "set-status", SetDue "set-due", SetUrgency "set-urgency",
    SetOperator "set-operator",
    AskDoctor "ask-doctor", ShowPath "show-path",
    CloseCase "close-case", ReopenCase "reopen-case", Edit "edit", FilterStatus "filter-status",
    FilterOperator "filter-operator", FilterFlag "filter-flag", FilterInquiry "filter-inquiry", FilterArea "filter-area",
    ClearFilters "clear-filters",
    // Directory.
    TakeOffice "take-office", CopyPhone "copy-phone", Verify "verify", SetAbilities "set-abilities", SetAccepting "set-accepting",
    AddOffice "add-office", AddStaff "add-staff",
    RemoveOffice "remove-office", FilterKind "filter-kind", FilterAble "filter-able",
    ShowInquiries "show-inquiries",
    OpenNow "open-now", FixReading "fix-reading", Import "import",
    // Meeting.
    MoveUp "move-up", MoveDown "move-down", WriteDecision "write-decision", CycleTreatment "cycle-treatment",
    NextMeeting "next-meeting", PreviousMeeting "previous-meeting", HoldMeeting "hold-meeting",
    // Upkeep.
    AddEntry "add-entry", RemoveEntry "remove-entry", WriteNote "write-note", NextView "next-view",
    AnswerUnchanged "answer-unchanged", AnswerChanged "answer-changed", AnswerAbsent "answer-absent",
    AnswerRefused "answer-refused", AnswerGone "answer-gone", AnswerOutside "answer-outside",
    SaveTable "save-table", CallClock "call-clock", CloseRound "close-round", RoundReport "round-report",
    AddVisit "add-visit", SetMet "set-met", PreviousYear "previous-year", NextYear "next-year",
    // Keeping.
    ChangePassphrase "change-passphrase", SecondFactor "second-factor", GivePassphrase "give-passphrase",
    RemoveOperator "remove-operator", NewRecoveryKey "new-recovery-key", SignOff "sign-off",
    ProposeDisposal "propose-disposal", ApproveDisposal "approve-disposal", WithdrawDisposal "withdraw-disposal",
    HoldCase "hold-case",
    MakeBackup "make-backup", DrillBackup "drill-backup",
    AddText "add-text", RemoveText "remove-text",
    // Editions.
    MakeEdition "make-edition", GiveEdition "give-edition", UngiveEdition "ungive-edition",
    EditionBack "edition-back", EditionSide "edition-side",
    // Sheets for offices.
    ReadSheets "read-sheets", MakeSheets "make-sheets", AcceptChange "accept-change", AcceptAll "accept-all",
    RefuseChange "refuse-change", AddSurvey "add-survey", SurveyReport "survey-report",
    // Upkeep.
    AddPair "add-pair", AddDistrict "add-district", RemovePair "remove-pair",
    // Entering.
    UseRecovery "use-recovery",
    // Forms.
    NextField "next-field", PreviousField "previous-field", NextPage "next-page", PreviousPage "previous-page",
    SameAsLast "same-as-last", ExplainField "explain-field", StampTime "stamp-time", Pick "pick",
    ClearField "clear-field", Newline "newline", DropDraft "drop-draft",
    // Popups.
    Accept "accept", Cancel "cancel", ConfirmYes "confirm-yes", ConfirmNo "confirm-no",
    CopyText "copy-text",
}

impl Action {
    /// Whether the program can do it yet. What it cannot is neither shown nor looked up; a keymap may already bind it.
    pub const fn available(self) -> bool {
        use Action::{Attach, Circulate, GoStatistics, Import, Pick, StampRead};
        !matches!(self, Pick | Circulate | StampRead | Attach | GoStatistics | Import)
    }

    /// Whether it is worth finding by its name: not what only moves about, answers a popup or opens the palette itself.
    pub const fn is_command(self) -> bool {
        use Action::{
            Accept, Cancel, ConfirmNo, ConfirmYes, Down, First, Last, Newline, NextField, NextPane, PageDown, PageUp,
            Palette, PreviousField, Up,
        };
        let rows = matches!(self, Up | Down | PageUp | PageDown | First | Last | NextPane);
        let fields = matches!(self, NextField | PreviousField | Newline);
        !rows && !fields && !matches!(self, Accept | Cancel | ConfirmYes | ConfirmNo | Palette)
    }

    /// Whether it only makes sense where something may be written: a desk that is open to be read does not offer it.
    pub const fn writes(self) -> bool {
        use Action::{
            AddContact, AddEntry, AddOffice, AddOperator, AddStaff, AddText, AddVisit, ApproveDisposal, CloseCase,
            CloseRound, ContinueCase, CycleTreatment, Edit, FixReading, FlagMeeting, FlagReason, HoldCase, HoldMeeting,
            MakeBackup, MergePersons, MoveDown, MoveUp, NewCall, NextForm, Print, Redo, ReferOn, RemoveEntry,
            RemoveOffice, RemoveText, ReopenCase, SaveCall, SaveTable, SetAbilities, SetAccepting, SetDue, SetMet,
            SetOperator, SetStatus, SetUrgency, SharedPolicy, Undo, Verify, WriteDecision, WriteNote,
        };
        let sheets = matches!(
            self,
            Self::ReadSheets | Self::MakeSheets | Self::AcceptChange | Self::AcceptAll | Self::RefuseChange
        );
        let sheets = sheets || matches!(self, Self::AddSurvey | Self::SurveyReport);
        let case = matches!(self, AddContact | SetStatus | SetDue | SetUrgency | SetOperator | CloseCase | ReopenCase);
        let cases = matches!(self, Edit | FlagMeeting | FlagReason | HoldCase | SharedPolicy | Print | Undo | Redo);
        let calls = matches!(self, NewCall | SaveCall | NextForm | ReferOn | ContinueCase | MergePersons);
        let offices =
            matches!(self, Verify | FixReading | SetAbilities | SetAccepting | AddOffice | AddStaff | RemoveOffice);
        let meeting = matches!(self, MoveUp | MoveDown | WriteDecision | CycleTreatment | HoldMeeting);
        let doctors = matches!(self, Self::AskDoctor | Self::AddPair | Self::AddDistrict | Self::RemovePair);
        let keeping = matches!(self, AddOperator | AddText | RemoveText | ApproveDisposal | MakeBackup);
        let editions = matches!(self, Self::MakeEdition | Self::GiveEdition | Self::UngiveEdition | Self::EditionBack);
        let upkeep = matches!(self, AddEntry | RemoveEntry | WriteNote | CloseRound | AddVisit | SetMet | SaveTable);
        let more = sheets || editions || doctors || upkeep || self.is_answer();
        more || case || cases || calls || offices || meeting || keeping
    }

    /// Whether it says what came of a call in a round of checks.
    pub const fn is_answer(self) -> bool {
        use Action::{AnswerAbsent, AnswerChanged, AnswerGone, AnswerOutside, AnswerRefused, AnswerUnchanged};
        matches!(self, AnswerUnchanged | AnswerChanged | AnswerAbsent | AnswerRefused | AnswerGone | AnswerOutside)
    }

    /// Which call `call-1` to `call-9` switch to, from 1.
    pub fn call_number(self) -> Option<usize> {
        const CALLS: [Action; 9] = [
            Action::Call1,
            Action::Call2,
            Action::Call3,
            Action::Call4,
            Action::Call5,
            Action::Call6,
            Action::Call7,
            Action::Call8,
            Action::Call9,
        ];
        CALLS.iter().position(|call| *call == self).map(|at| at + 1)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No action has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownAction;

impl FromStr for Action {
    type Err = UnknownAction;

    fn from_str(name: &str) -> Result<Self, UnknownAction> {
        Self::ALL.iter().copied().find(|action| action.name() == name).ok_or(UnknownAction)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::locale::{Lang, Locale};

    #[test]
    fn names_are_kebab_case_single_and_read_back() {
        let mut seen = BTreeSet::new();
        for action in Action::ALL {
            let name = action.name();
            assert!(seen.insert(name), "{name} stands twice");
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{name}");
            assert_eq!(name.parse(), Ok(*action));
        }
        for name in ["", "none", "Save-Call", "save_call", "保存", "quit "] {
            assert_eq!(name.parse::<Action>(), Err(UnknownAction), "{name}");
        }
    }

    #[test]
    fn each_action_is_titled_and_explained_in_both_languages() {
        for lang in [Lang::Ja, Lang::En] {
            let locale = Locale::new(lang);
            for action in Action::ALL {
                assert!(locale.has(action.title()), "{lang:?} {}", action.title());
                assert!(locale.has(action.help()), "{lang:?} {}", action.help());
            }
        }
    }

    #[test]
    fn what_keeps_something_about_doctors_is_not_offered_to_who_may_only_look() {
        for action in [Action::AskDoctor, Action::AddPair, Action::AddDistrict, Action::RemovePair, Action::Edit] {
            assert!(action.writes(), "{action}");
        }
        for action in [Action::ShowPath, Action::ShowInquiries, Action::FilterInquiry] {
            assert!(!action.writes(), "{action}");
        }
    }

    #[test]
    fn calls_are_numbered_from_one_to_nine() {
        let numbers: Vec<_> = Action::ALL.iter().filter_map(|a| a.call_number()).collect();
        assert_eq!(numbers, (1..=9).collect::<Vec<_>>());
        for number in 1..=9 {
            let action: Action = format!("call-{number}").parse().unwrap();
            assert_eq!(action.call_number(), Some(number));
        }
    }
}
