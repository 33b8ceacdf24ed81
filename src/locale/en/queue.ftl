# 案件: the queue and the case file.
queue-title = Cases
queue-counts = { $count } { $count ->
    [one] case
   *[other] cases
 }  { $late } late
queue-order = by urgency, due date, age
queue-count = { $count } { $count ->
    [one] case
   *[other] cases
 }
queue-contacts = { $count } { $count ->
    [one] contact
   *[other] contacts
 }
queue-marked = { $count } marked
queue-arriving = closed cases are being read
queue-reading = Being read.

# Column heads.
queue-head-number = No.
queue-head-status = State
queue-head-urgency = Urgency
queue-head-due = Due
queue-head-caller = Caller
queue-head-matter = Matter
queue-head-meeting = Mtg
queue-head-operator = Operator
queue-flag-sign = flag

# What narrows the list.
queue-typing = Text:
queue-text-any = any text
queue-states-open = open
queue-states-all = all states
queue-states-late = late
queue-operators-all = everybody
queue-areas-all = all areas
queue-areas-none = no area
queue-flagged-any = flagged or not
queue-flagged-only = flagged
queue-asked-any = asked or not
queue-asked-only = waits for a doctor
queue-clear = clear filters
queue-filter-status = Which cases to see
queue-filter-operator = Whose cases to see
queue-filter-area = The cases of which area

# Where there is nothing to see.
queue-empty = There are no cases yet. { $key } opens a slip; once saved it stands here.
queue-empty-open = No case is open. { $call } takes a new call, { $key } shows closed cases too.
queue-empty-narrowed = No case fits what the list is narrowed to. { $key } clears the filters.

# The look at a case.
queue-label-next = Next
queue-label-meeting = Meeting
queue-label-office = Office
queue-given = (told)
queue-referred = (referred)
queue-label-person = Person
queue-label-doctor = Doctor
queue-label-matter = Matter
queue-flagged = flagged
queue-anonymous = (anonymous)
queue-age = { $age } years
queue-told = (telling: { $how })
queue-group-matter = The matter
queue-group-person = The person
queue-group-state = Condition and wishes

# Titles of what is asked.
queue-set-status = Change the state: { $what }
queue-set-urgency = Change the urgency: { $what }
queue-set-operator = Hand over: { $what }
queue-due-title = Next action and due date: { $what }
queue-due-about = e.g. +7  tue  12/5 ask for the answer. - takes the date away
queue-flag-title = Flag for the meeting: { $what }
queue-flag-about = The reason (may be empty)
queue-edit-title = Edit the case: { $what }
queue-close-title = Close: { $what }

# What is said at the foot.
queue-no-case = No case is chosen.
queue-same = Nothing changed.
queue-not-closed = This case is not closed.
queue-already-closed = This case is closed already.
queue-close-one = Cases are closed one at a time. Take the marks off.
queue-no-phone = This case has no telephone number.
queue-unreadable = A value cannot be read; nothing was saved.
queue-paused = { $pauses }, for { $away }; on the phone { $active }
