# What the rules of the desk say (src/desk), and the names of what was done (done-…).

# Due dates in lists: short.
desk-due-none = -
desk-due-over = late { $days } d
desk-due-today = today
desk-due-tomorrow = tomorrow
desk-due-ahead = in { $days } d
desk-ask-over = ask, { $days } d late
desk-ask-today = ask today

# Why a case stands where it stands in the queue.
desk-why-over = { $urgency ->
    [urgent] Urgent, and late by { $days } d
    [soon] To be done soon, and late by { $days } d
    [planned] Planned, but late by { $days } d
   *[normal] Late by { $days } d
 }
desk-why-today = { $urgency ->
    [urgent] Urgent, and due today
    [soon] To be done soon, and due today
    [planned] Planned, and due today
   *[normal] Due today
 }
desk-why-ahead = { $urgency ->
    [urgent] Urgent; due in { $days } d
    [soon] To be done soon; due in { $days } d
    [planned] Planned; due in { $days } d
   *[normal] Due in { $days } d
 }
desk-why-no-due = { $urgency ->
    [urgent] Urgent, but without a due date (taken { $days } d ago)
    [soon] To be done soon, but without a due date (taken { $days } d ago)
    [planned] Planned, without a due date (taken { $days } d ago)
   *[normal] Without a due date (taken { $days } d ago)
 }
desk-why-ask-over = { $urgency ->
    [urgent] Urgent; they should have been asked again { $days } d ago
    [soon] To be done soon; they should have been asked again { $days } d ago
    [planned] Planned; they should have been asked again { $days } d ago
   *[normal] They should have been asked again { $days } d ago
 }
desk-why-ask-today = { $urgency ->
    [urgent] Urgent; ask them again today
    [soon] To be done soon; ask them again today
    [planned] Planned; ask them again today
   *[normal] Ask them again today
 }
desk-why-ask-ahead = { $urgency ->
    [urgent] Urgent, but waiting for their answer (ask again in { $days } d)
    [soon] To be done soon, but waiting for their answer (ask again in { $days } d)
    [planned] Planned, waiting for their answer (ask again in { $days } d)
   *[normal] Waiting for their answer (ask again in { $days } d)
 }
desk-why-closed = Closed

# What a case lacks before it can be closed, and what to look at.
desk-missing-outcome = The outcome is not filled in
desk-missing-response = No contact says what the response was
desk-missing-doctor-notice = Whether the doctor has to be told is not decided
desk-missing-doctor-notice-on = The day on which the doctor was told is missing
desk-missing-doctor-notice-by = The way in which the doctor was told is missing
desk-warn-no-caller-kind = No caller kind: it will be missing from the statistics
desk-warn-no-topic = No topic: it will be missing from the statistics
desk-warn-no-scene = No scene
desk-warn-doctor-unknown = It is not known whether there is a doctor
desk-warn-next-action = A next action is still set
desk-warn-flagged = Flagged for the meeting: it stays on the agenda

# What was done: said by the history, and by undo and redo.
setup-desk = Desk set up
done-save-call = Call saved
done-add-contact = Contact added
done-edit-contact = Contact edited
done-edit-case = Case edited
done-set-status = State changed
done-set-next = Next action set
done-set-urgency = Urgency changed
done-set-operator = Handed to another operator
done-close-case = Case closed
done-reopen-case = Case reopened
done-flag = Flagged for the meeting
done-unflag = Flag removed
done-open-meeting = Meeting created
done-edit-meeting = Meeting edited
done-decide = Decision written
done-set-treatment = Treatment changed
done-reorder = Agenda reordered
done-hold-meeting = Meeting ended
done-add-office = Office added
done-edit-office = Office edited
done-verify-office = Office verified
done-add-activity = Activity added
done-edit-activity = Activity changed
done-set-visit = Office of an activity written down
done-remove-activity = Activity taken out
done-begin-round = Round of checks begun
done-answer-in-round = Outcome of a check written down
done-correct-in-round = Outcome with corrections written down
done-note-in-round = Note in a round of checks
done-close-round = Round of checks closed
done-add-inquiry = Inquiry to a doctor noted
done-answer-inquiry = Doctor's answer noted
done-keep-district = School district kept
done-remove-district = School district removed
done-keep-pair = Doctor and deputy kept
done-remove-pair = Doctor and deputy removed
done-set-abilities = Abilities written down
done-remove-office = Office taken out
done-restore-office = Office put back
done-add-staff = Staff added
done-edit-staff = Staff edited
done-staff-left = Staff marked as left
done-add-operator = Operator added
done-edit-operator = Operator edited
done-edit-desk = Desk settings changed
done-edit-codes = Code list changed
done-keep-canned = Canned text changed
done-remove-canned = Canned text removed
done-derive-persons = Persons made of earlier records
done-edit-person = Person changed
done-merge-persons = Persons merged
done-write-policy = Shared policy saved
done-end-policy = Shared policy ended
done-hold-case = Case held
done-release-case = Hold released
done-propose-disposal = Disposal proposed
done-withdraw-disposal = Proposal of a disposal withdrawn
disposal-done = Disposal approved, records removed
disposal-restored = Disposal applied to a restored backup
done-number-edition = Number of an edition recorded
done-make-edition = Edition of a list made
done-give-edition = Recipients recorded
done-ungive-edition = Recipient taken out
done-edition-back = Return of an older edition recorded
