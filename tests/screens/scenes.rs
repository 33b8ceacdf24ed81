//! How each scene is reached: by keys, as a person would.

use std::time::Duration;

use chrono::DateTime;
use madoguchi::app::msg::{Instead, Msg};
use madoguchi::desk::id::Id;
use madoguchi::desk::say::Say;
use madoguchi::desk::secret::Secret;
use madoguchi::journal::faulty::Plan;
use madoguchi::locale::{Lang, Locale};
use madoguchi::runtime::headless::{Headless, World};
use madoguchi::widgets::theme::{Borders, Colours, Theme};

/// Something that is worth a picture.
#[derive(Debug, Clone, Copy)]
pub enum Scene {
    /// A new data folder.
    Start,
    /// A slip that was just opened.
    SlipEmpty,
    /// A slip with much on it, the focus on its memo.
    SlipFilled,
    /// A field with several choices.
    SlipCodes,
    /// The memo with the offices open at the caret.
    SlipList,
    /// Who may be calling, with what the desk knows of them.
    SlipKnown,
    /// The same once taken: the policy of all desks over the slip.
    SlipTaken,
    /// A call for another desk, on the brief form.
    SlipBrief,
    /// A hospital that tells of a discharge, on its form.
    SlipDischarge,
    /// A citizen at a desk that is for professionals, handed on.
    SlipReferred,
    /// A canned text with its first place to fill.
    SlipCanned,
    /// The cases.
    Queue,
    /// One case with its contacts.
    CaseFile,
    /// The directory with something typed.
    Directory,
    /// The directory with words that narrow.
    DirectoryChips,
    /// What an office can do, being written down.
    Abilities,
    /// The doctors who fit a case.
    Doctors,
    /// An inquiry to a doctor.
    Inquiry,
    /// The way through hospitals.
    Path,
    /// Doctors and deputies by school district.
    Pairs,
    /// How evenly doctors are asked.
    Fairness,
    /// The next meeting.
    Meeting,
    /// The keys that work.
    Help,
    /// The palette over Japanese.
    Palette,
    /// A picker over Japanese.
    Picker,
    /// A save that failed.
    NotSaved,
    /// A desk being set up.
    SetUp,
    /// Its second factor.
    Pairing,
    /// The start of a sealed desk.
    Passphrase,
    /// A desk that an earlier version left in clear.
    Seal,
    /// The lock, over a call.
    Locked,
    /// The recovery key.
    RecoveryKey,
    /// Who works here.
    Operators,
    /// A new operator's passphrase.
    NewKey,
    /// What the desk is set to.
    Settings,
    /// What the desk writes again and again.
    Texts,
    /// The editions of lists, with what changed.
    Editions,
    /// A change notice that waits.
    Notice,
    /// A survey that half have answered.
    Survey,
    /// What they answered.
    SurveyResults,
    /// The rounds of checks.
    Rounds,
    /// One of them, with the office in front and its questions.
    Round,
    /// What came of it.
    RoundReport,
    /// What the desk did besides its cases.
    Outreach,
    /// Who never called.
    NeverCalled,
    /// How callers found the desk.
    Routes,
    /// What outreach cost by month.
    Months,
    /// The page that the desk hands on.
    Handover,
    /// A desk that does not open, and what can be done instead.
    Shut,
}

impl Scene {
    pub const ALL: [Self; 49] = [
        Self::Start,
        Self::SlipEmpty,
        Self::SlipFilled,
        Self::SlipCodes,
        Self::SlipList,
        Self::SlipBrief,
        Self::SlipDischarge,
        Self::SlipReferred,
        Self::SlipCanned,
        Self::SlipKnown,
        Self::SlipTaken,
        Self::Queue,
        Self::CaseFile,
        Self::Directory,
        Self::DirectoryChips,
        Self::Abilities,
        Self::Doctors,
        Self::Inquiry,
        Self::Path,
        Self::Pairs,
        Self::Fairness,
        Self::Meeting,
        Self::Help,
        Self::Palette,
        Self::Picker,
        Self::NotSaved,
        Self::SetUp,
        Self::Pairing,
        Self::Passphrase,
        Self::Seal,
        Self::Locked,
        Self::RecoveryKey,
        Self::Operators,
        Self::NewKey,
        Self::Settings,
        Self::Handover,
        Self::Texts,
        Self::Editions,
        Self::Notice,
        Self::Survey,
        Self::SurveyResults,
        Self::Rounds,
        Self::Round,
        Self::RoundReport,
        Self::Outreach,
        Self::NeverCalled,
        Self::Routes,
        Self::Months,
        Self::Shut,
    ];

    /// The name of its snapshots.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::SlipEmpty => "slip-empty",
            Self::SlipFilled => "slip-filled",
            Self::SlipCodes => "slip-codes",
            Self::SlipList => "slip-list",
            Self::SlipBrief => "slip-brief",
            Self::SlipDischarge => "slip-discharge",
            Self::SlipReferred => "slip-referred",
            Self::SlipCanned => "slip-canned",
            Self::SlipKnown => "slip-known",
            Self::SlipTaken => "slip-taken",
            Self::Queue => "queue",
            Self::CaseFile => "case-file",
            Self::Directory => "directory",
            Self::DirectoryChips => "directory-chips",
            Self::Abilities => "abilities",
            Self::Doctors => "doctors",
            Self::Inquiry => "inquiry",
            Self::Path => "path",
            Self::Pairs => "pairs",
            Self::Fairness => "fairness",
            Self::Meeting => "meeting",
            Self::Help => "help",
            Self::Palette => "palette",
            Self::Picker => "picker",
            Self::NotSaved => "not-saved",
            Self::SetUp => "set-up",
            Self::Pairing => "pairing",
            Self::Passphrase => "passphrase",
            Self::Seal => "seal",
            Self::Locked => "locked",
            Self::RecoveryKey => "recovery-key",
            Self::Operators => "operators",
            Self::NewKey => "new-key",
            Self::Settings => "settings",
            Self::Texts => "texts",
            Self::Editions => "editions",
            Self::Notice => "notice",
            Self::Survey => "survey",
            Self::SurveyResults => "survey-results",
            Self::Rounds => "rounds",
            Self::Round => "round",
            Self::RoundReport => "round-report",
            Self::Outreach => "outreach",
            Self::NeverCalled => "never-called",
            Self::Routes => "outreach-routes",
            Self::Months => "outreach-months",
            Self::Handover => "handover",
            Self::Shut => "shut",
        }
    }

    /// The keys that lead there from a new data folder.
    const fn keys(self) -> &'static str {
        match self {
            Self::Start | Self::Passphrase | Self::Seal | Self::Shut => "",
            Self::SetUp => "\"2\" \"架空窓口\" tab \"山田 花子\" tab tab \"雨の日は縁側で\"",
            Self::Pairing => {
                "\"2\" \"架空窓口\" tab \"山田 花子\" tab \"2\" \"green-tea\" tab \"green-tea\" enter \"123\""
            }
            Self::Locked => "\"1\" f7 tab \"架空 一郎\"",
            Self::Operators => "\"1\" shift-f10",
            Self::NewKey => "\"1\" shift-f10 n \"試験 美紀\" ctrl-s enter \"やまだ\"",
            Self::Settings => "\"1\" shift-f10 right down down down",
            Self::Handover => "\"1\" f3 H",
            Self::SlipEmpty => "\"1\" f7",
            // Caller, name, office, phone, method, first time; then the memo, by the key for the time.
            Self::SlipFilled => {
                "\"1\" f7 \"2架空 一郎\" tab \"架空居宅介護支援事業所\" tab \"０８３４００１２３４\" tab \"11\" \
                 tab \"4\" \"2\" ctrl-t \"来週退院。訪問診療をしてくれる医師を探している。\" enter \"家族は夜間の対応を心配\""
            }
            Self::SlipList => "\"1\" f7 \"1\" ctrl-t \"通院困難。家で最期まで #mitori\" enter \">kakuu\" down",
            Self::SlipCanned => "\"1\" f7 \"1\" ctrl-t \";os\"",
            Self::SlipBrief => {
                "\"1\" f7 tab tab tab tab tab tab \"架空 花枝\" shift-tab alt-f \"F\" tab tab tab \"qs\" tab \"1\" \"5\" \
                 \"架空の窓口\" tab \"介護の申し込みをしたい\""
            }
            Self::SlipDischarge => {
                "\"1\" f7 alt-f alt-f \"3架空 次郎\" tab \"試験病院\" tab \"0834009999\" tab tab \"3階東\" tab tab \"試験医師\" \
                 tab \"架空 花枝\" tab \"82\" \"12/5\" tab \"1\" \"23\" \"試験居宅\" tab tab \"9d\" tab \"訪問看護を探したい\" tab"
            }
            Self::SlipReferred => "\"1\" f7 \"F\" alt-r",
            Self::SlipKnown => "\"1\" f7 tab tab \"架空中央病院\" down down",
            Self::SlipTaken => "\"1\" f7 \"F架空幸枝\" enter",
            Self::Texts => "\"1\" shift-f10 right right right down",
            Self::SlipCodes => "\"1\" f7 tab tab tab tab \"11\" tab tab tab tab tab tab tab tab tab \"eg4\"",
            Self::Queue | Self::NotSaved | Self::RecoveryKey => "\"1\" f3",
            Self::CaseFile => "\"1\" f3 down enter",
            Self::Directory => "\"1\" f4 \"hou\"",
            Self::Abilities => "\"1\" f4 \"架空在宅\" tab \"c\" \"6a\" tab",
            Self::Doctors => "\"1\" f3 \"/看取りたい\" enter \"i0\" down",
            Self::Inquiry => "\"1\" f3 \"/看取りたい\" enter \"i0\" enter",
            Self::Path => "\"1\" f3 \"/転院先\" enter \"b\" down",
            Self::DirectoryChips => "\"1\" f4 \"看取り 可 中央\"",
            Self::Meeting => "\"1\" f5",
            Self::Editions
            | Self::Notice
            | Self::Survey
            | Self::SurveyResults
            | Self::Pairs
            | Self::Fairness
            | Self::Rounds
            | Self::Round
            | Self::RoundReport
            | Self::Outreach
            | Self::NeverCalled
            | Self::Routes
            | Self::Months => "\"1\" f3 \"U\"",
            Self::Help => "\"1\" f3 f1",
            Self::Palette => "\"1\" f3 f10",
            Self::Picker => "\"1\" f3 s",
        }
    }

    /// The page of 名簿整備 that it shows, by the key of its title, and the keys there.
    #[allow(clippy::wildcard_enum_match_arm, reason = "a scene that is no page of it says nothing here")]
    const fn page(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::Editions => ("edition-page", "down s"),
            Self::Notice => ("proposal-page", "enter down"),
            Self::Survey => ("survey-page", ""),
            Self::SurveyResults => ("survey-page", "tab"),
            Self::Pairs => ("inquiry-page", "down"),
            Self::Fairness => ("inquiry-page", "tab"),
            Self::Rounds => ("rounds-page", ""),
            Self::Round => ("rounds-page", "enter \"t\""),
            Self::RoundReport => ("rounds-page", "enter \"r\""),
            Self::Outreach => ("outreach-page", ""),
            Self::NeverCalled => ("outreach-page", "\"v\""),
            Self::Routes => ("outreach-page", "\"v\" \"v\" \"v\""),
            Self::Months => ("outreach-page", "\"v\" \"v\" \"v\" \"v\""),
            _ => return None,
        })
    }

    /// The program in this scene.
    pub fn reach(self, mut world: World) -> Headless {
        let mut desk = world.start();
        desk.keys(self.keys()).unwrap();
        if let Some((title, keys)) = self.page() {
            turn_to(&mut desk, title);
            desk.keys(keys).unwrap();
        }
        // Whoever holds the keys: what is drawn does not depend on it.
        desk.app.model.sealed |= matches!(self, Self::Locked);
        if matches!(self, Self::NotSaved) {
            world.disk.plan(Plan { fail_at: Some(1), lasting: true, ..Plan::default() });
            desk.keys("f8").unwrap();
        }
        let people = || {
            vec![(Id::from_bytes([1; 16]), "試験 花子".to_owned()), (Id::from_bytes([2; 16]), "試験 健一".to_owned())]
        };
        if matches!(self, Self::Passphrase) {
            desk.take(Msg::AskPassphrase { demo: true, wait: None });
            desk.keys("\"dem\"").unwrap();
        } else if matches!(self, Self::Shut) {
            let instead = vec![Instead::UseReserve, Instead::ReadOnly, Instead::Again];
            desk.take(Msg::Shut { say: Say::new("runtime-full-reserve"), instead });
        } else if matches!(self, Self::Seal) {
            desk.take(Msg::AskSeal { operators: people() });
        } else if matches!(self, Self::RecoveryKey) {
            let key = Secret::new("AB12 CD34 EF56 GH78 JK9M NP0Q RS1T VW2X 7K2M");
            desk.take(Msg::RecoveryKey { key });
        } else if matches!(self, Self::Locked) {
            desk.keys("ctrl-l").unwrap();
        }
        // Drafts get to the disk meanwhile.
        desk.advance(Duration::from_secs(2));
        desk
    }
}

/// Turns the pages until the one of this title is in front, wherever it stands among them.
fn turn_to(desk: &mut Headless, title: &str) {
    let title = format!("[{}]", Locale::new(desk.app.lang()).t(title));
    for _ in 0..12 {
        if desk.text().contains(&title) {
            return;
        }
        desk.keys("right").unwrap();
    }
    panic!("there is no page {title}:\n{}", desk.text());
}

/// An empty folder on a Tuesday, no colours, the program's own keymap.
pub fn world(lang: Lang) -> World {
    let mut world = World::new(DateTime::parse_from_rfc3339("2026-11-24T14:29:00+09:00").unwrap());
    world.lang = Some(lang);
    world.theme = Theme::new(Colours::None, Borders::LINE);
    world
}
