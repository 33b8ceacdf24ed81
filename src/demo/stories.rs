//! The demo's cases as they are told. Every person is invented. The three cases that the minutes of 2017-02-09 tell are
//! in [`told`]; the figures (50 contacts, 15 of care managers, 12 of citizens …) are those of the same page.

mod early;
mod late;
mod middle;
mod open;
mod told;

/// When a call came.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    /// On this thousandth of the demo's opening days; at most 870, so that it is before the last twenty.
    At(u32),
    /// So many opening days before the last one; at most 20.
    Ago(u32),
    /// So many opening days after the past meeting.
    AfterMeeting(u32),
}

/// One call of a story. An empty text is that of the story's caller.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call {
    pub when: When,
    /// Hour and minute.
    pub at: (u32, u32),
    pub minutes: u32,
    /// Code of list `method`.
    pub method: &'static str,
    /// Code of list `caller-kind`.
    pub kind: &'static str,
    pub caller: (&'static str, &'static str),
    pub office: &'static str,
    pub topics: &'static [&'static str],
    pub information: &'static [&'static str],
    /// Offices named to the caller.
    pub offices: &'static [&'static str],
    /// Code of list `response`.
    pub response: &'static str,
    pub complaint: &'static str,
    pub text: &'static str,
    pub done: &'static str,
}

/// How a story stands today.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    /// Closed so many opening days after its last call or meeting: outcome, note.
    Closed { days: u32, outcome: &'static str, note: &'static str },
    /// Open: state (a code of list `status`), next action, due so many days from today (negative: overdue).
    Open { status: &'static str, next: &'static str, due: Option<i64> },
}

/// What the past meeting said of a case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Talked {
    pub reason: &'static str,
    pub deferred: bool,
    pub report: bool,
    pub minutes: u32,
    pub decision: &'static str,
    /// Due so many days after the meeting.
    pub due: Option<u32>,
}

/// 統一対応方針 that was agreed for a story.
#[derive(Debug, Clone, Copy)]
pub(super) struct Agreed {
    pub say: &'static str,
    pub avoid: &'static str,
    pub desks: &'static str,
    /// Days from today.
    pub review: i64,
    pub expires: i64,
}

/// A case of the demo. Codes are those of the lists named in `desk::case`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Story {
    pub summary: &'static str,
    pub caller_kind: &'static str,
    /// Name and kana.
    pub caller: (&'static str, &'static str),
    /// 所属.
    pub office: &'static str,
    pub relation: &'static str,
    /// The last four digits of the caller's number, where they are no office of the directory.
    pub phone: u16,
    pub operator: usize,
    pub urgency: &'static str,
    pub scene: &'static str,
    pub route: &'static str,
    /// Name and kana; empty: anonymous.
    pub subject: (&'static str, &'static str),
    pub sex: &'static str,
    pub age: &'static str,
    pub area: usize,
    pub whereabouts: &'static str,
    pub facility: &'static str,
    pub household: &'static str,
    pub care_level: &'static str,
    pub mobility: &'static str,
    pub dementia: &'static str,
    pub treatments: &'static [&'static str],
    pub illness: &'static str,
    /// The doctor's name; empty: none.
    pub doctor: &'static str,
    /// 主治医への伝達: 必要, and told in this way (list `method`); empty with a doctor: 不要.
    pub told_by: &'static str,
    pub consent: &'static str,
    pub wish_of_person: &'static str,
    pub wish_of_family: &'static str,
    pub difficulty: &'static str,
    pub local_issue: &'static str,
    pub calls: &'static [Call],
    pub talked: Option<Talked>,
    pub policy: Option<Agreed>,
    pub end: End,
    /// The reason of its flag for the next meeting.
    pub flag: Option<&'static str>,
}

/// A call without anything told; stories fill in what is.
const CALL: Call = Call {
    when: When::Ago(0),
    at: (10, 0),
    minutes: 8,
    method: "1",
    kind: "",
    caller: ("", ""),
    office: "",
    topics: &[],
    information: &[],
    offices: &[],
    response: "1",
    complaint: "",
    text: "",
    done: "",
};

/// A story without anything told.
const STORY: Story = Story {
    summary: "",
    caller_kind: "",
    caller: ("", ""),
    office: "",
    relation: "",
    phone: 0,
    operator: 0,
    urgency: "3",
    scene: "1",
    route: "1",
    subject: ("", ""),
    sex: "2",
    age: "8",
    area: 0,
    whereabouts: "1",
    facility: "",
    household: "4",
    care_level: "",
    mobility: "",
    dementia: "",
    treatments: &[],
    illness: "",
    doctor: "",
    told_by: "",
    consent: "5",
    wish_of_person: "",
    wish_of_family: "",
    difficulty: "",
    local_issue: "",
    calls: &[],
    talked: None,
    policy: None,
    end: End::Open { status: "received", next: "", due: None },
    flag: None,
};

/// Every case of the demo, in no order.
pub(super) fn all() -> impl Iterator<Item = &'static Story> {
    told::STORIES.iter().chain(early::STORIES).chain(middle::STORIES).chain(late::STORIES).chain(open::STORIES)
}
