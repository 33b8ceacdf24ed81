# The access log: what was done. The names are those of the table in desk/access.rs.
access-login = Logged in
access-login-failed = Login refused
access-lock = Locked
access-unlock = Unlocked
access-unlock-failed = Unlock refused
access-open = Looked at a case
access-search = Searched cases
access-list = Looked at a list
access-history = Looked at a history
access-copy = Copied out
access-print = Printed
access-export = Exported
access-import = Imported
access-backup = Backup
access-restore = Restored
access-restore-drill = Restore drill
access-settings = Settings or keys
access-log = Looked at the access log
access-review = Monthly review
access-clock = Clock step

access-not-kept = The access log cannot be written to the disk. Check that the disk has room and is connected. What waits is written as soon as that works.
access-clock-back = The computer's clock went back by about { $minutes } minutes. Check the time. The access log says so.
access-clock-ahead = The computer's clock went ahead by about { $minutes } minutes (it does so after sleep, too). Check the time.

# Why a case of another operator is looked at.
access-reason-title = { $number } is a case of { $name }. Why do you look at it?
access-reason-cover = I stand in for its operator
access-reason-asked = Its operator asked me to
access-reason-caller = The person, the family or somebody involved asked
access-reason-meeting = To prepare a meeting or a circulation
access-reason-check = To check or to train
access-reason-own = Another reason, in my words
access-reason-about = It is kept in the access log.
access-reason-empty = Write a word about why.
access-reason-wanted = A case of another operator. { $key } opens it and asks why you look at it.

# One entry of the access log in words.
access-told-between = {", "}
access-told-failed = did not succeed
access-told-other = a case of another operator
access-told-preview = beside the list
access-told-by-itself = by itself
access-told-command-line = by the command line
access-told-task = { $task }
access-told-reason = reason: { $reason }
access-told-query = "{ $query }"
access-told-file = file { $file }
access-told-count = { $count } { $count ->
    [one] entry
   *[other] entries
 }
access-told-back = back by about { $minutes } minutes
access-told-ahead = ahead by about { $minutes } minutes (sleep counts, too)
access-told-month = review of { $month }
access-told-head = up to number { $seq }, { $head }
access-task-contact = to add a contact
access-task-edit = to change it
access-task-close = to close it
access-task-phone = telephone number
access-task-inquiry = to ask a doctor
access-task-case = cases
access-task-fax = FAX cover sheet to the doctor
access-told-to = to { $to }
access-task-office = offices
access-task-activity = activities
access-task-survey-missing = who has not answered
access-task-meeting = meetings
access-task-handover = handover
access-task-read-only = to read only
access-task-without-passphrase = without the passphrase
access-task-note-unreadable = a note left at a reading does not open

# The list and the monthly review.
access-head-when = When
access-head-who = Who
access-head-what = What
access-head-record = Which
access-head-details = Details
access-none = There is no such entry.
access-own-only = Only your own entries are shown. A supervisor sees everybody's.
access-unreadable = { $count } do not read: of cases that were disposed of, or damaged. madoguchi verify tells which.
access-review-title = Review of the access log of { $month }
access-figure-refused = Refused logins
access-figure-failed = Other failures
access-figure-others = Others' cases
access-figure-without-reason = without a reason
access-figure-odd = At odd hours
access-figure-total = All
access-figure-logins = Logins
access-figure-opens = Cases
access-figure-searches = Searches
access-figure-prints = Prints
access-figure-exports = Exports
access-figure-others-short = Others'
access-figure-odd-short = Odd
access-signed = Reviewed by { $name } on { $at } (up to number { $seq }, { $head }).
access-not-signed = This month has not been reviewed yet.
access-open-months = Months that have not been reviewed: { $months }
access-sign-supervisor = Only a supervisor can sign a review off.
access-sign-early = { $month } is not over yet. Review it in the month after.

# The page of the keeping screen.
access-title = Access log
access-count = { $count } { $count ->
    [one] entry
   *[other] entries
 }
access-count-more = { $count } entries and more
access-number = number { $seq }
access-kind-all = all kinds
access-kind-failures = failures only
access-kind-others = others' cases only
access-kind-changes = everyday changes too
access-who-all = everybody
access-which-kind = What do you want to see
access-which-operator = Whose entries do you want to see
access-older = Older ones show by kind or operator, or by madoguchi audit.
access-no-case = There is no case to open for this entry.
access-to-months = review by the month
access-months = Months
access-month-open = open
access-month-signed = done
access-month-running = running
access-counting = Counting.
access-sign-key = { $key } records that this month was reviewed.
access-sign-question = Have you reviewed the access log of { $month }?
