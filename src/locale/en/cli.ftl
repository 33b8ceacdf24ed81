# Headings
cli-heading-usage = Usage:
cli-heading-commands = Commands
cli-heading-arguments = Arguments
cli-heading-options = Options
cli-heading-global = Options of every command
cli-value-command = COMMAND

# For every command
cli = The front desk of a home care consultation centre. Without a command it opens the screen.
cli-arg-data = Data folder (the usual place of this computer without it)
cli-arg-lang = Language: ja (Japanese) or en (English)
cli-arg-keymap = Keymap: default, vim, function-keys, or a file
cli-arg-passphrase-file = File with the passphrase in its first line (also by MADOGUCHI_PASSPHRASE_FILE)
cli-arg-json = Print the result as JSON for other programs
cli-arg-ascii = Draw borders with +-|
cli-arg-read-only = Opens the desk to read only: no case is written to, and it may be open elsewhere
cli-arg-help = Print this help
cli-arg-version = Print the version

# keys
cli-keys = Show the keymap in force, or with --check what is wrong with a keymap file
cli-keys-arg-check = File to check; what is wrong is told with its line
cli-keys-arg-print = Print the keymap in force as a keymap file
cli-keys-sound = { $file }: nothing is wrong.
cli-keys-refused = { $file }: rows that cannot be used: { $count }. Until they are put right, those keys stay as they were.
cli-keys-unreadable = { $file } cannot be read ({ $why }). Check the name, and that it is UTF-8 text.

# completions
cli-completions = Print the completion script of a shell
cli-completions-arg-shell = Shell: bash, elvish, fish, powershell, zsh

# office
cli-office = Searches, lists, imports and exports the directory of offices
cli-office-search = Finds offices (romaji, kana, kanji, part of a phone number)
cli-office-search-arg-query = What to look for; of several words all must be there
cli-office-list = Lists the offices by their reading
cli-office-show = Shows one office in full
cli-office-show-arg-id = The code at the left of the list (its first characters will do)
cli-office-import = Imports lists of offices (CSV, Excel, JSON)
cli-office-import-arg-files = The files
cli-office-import-arg-dry-run = Only show what would change
cli-office-export = Writes the directory to a file
cli-office-export-arg-file = The file; its ending (.csv, .xlsx, .json) says the kind
cli-office-export-arg-cp932 = Write CSV in Shift_JIS (CP932)
cli-office-export-arg-similar = Write look-alikes of signs that CP932 lacks (～ for 〜, ― for —)
cli-office-export-arg-hsds = Write HSDS 3.0 (openreferral.org) JSON: with the offices' staff, without the desk's notes and operators
cli-no-chance = No random numbers can be had ({ $why }).
cli-record-unreadable = The record { $record } can't be read. Check with madoguchi verify.

# demo
cli-demo = Try it with fictional people and calls (nothing is left behind)
cli-demo-arg-keep = Folder in which the demo stays (empty, or still to be made)
cli-demo-arg-no-open = Only make it, without opening the screen (with --keep)
cli-demo-arg-practice = Begin with a practice call
cli-demo-made = The demo is in { $folder }. Open it with madoguchi --data { $folder }
cli-demo-not-empty = { $folder } is not empty. Give a folder that is empty or not there yet.
cli-demo-not-usable = { $folder } cannot be used ({ $why }). Give another folder.
cli-demo-no-folder = No temporary folder can be made ({ $why }). Give a folder with --keep.

# init
cli-init = Sets a desk up without questions
cli-init-arg-desk = The desk's name
cli-init-arg-operator = The first operator's name
cli-init-done = The desk “{ $desk }” is in { $folder }. Operator: { $operator }

# case
cli-case = Lists, shows, imports and exports cases
cli-case-list = Lists the open cases in the order of the queue
cli-case-list-arg-all = Closed cases too
cli-case-list-arg-closed = Only closed cases
cli-case-show = Shows one case with everything that happened on it
cli-case-show-arg-id = The number (such as R8-0123) or the ID
cli-case-import = Takes back JSON that case export wrote
cli-case-import-arg-file = The file
cli-case-export = Writes all cases to a file (which only you can read)
cli-case-export-arg-file = The file; its ending (.json, .csv, .xlsx) says the kind; .json can be imported again
cli-case-none = There are no cases.
cli-no-such-case = There is no case “{ $id }”. See the numbers with madoguchi case list --all.

# meeting
cli-meeting = Lists, shows and prints meetings with their agendas
cli-meeting-list = Lists the meetings by day
cli-meeting-show = Shows one meeting with its agenda and decisions
cli-meeting-show-arg-id = The code at the left of the list (its first characters will do), the day (2026-12-08), or next
cli-meeting-print = Prints the agenda as a page of plain text
cli-meeting-print-arg-id = The code at the left of the list (its first characters will do), the day (2026-12-08), or next
cli-meeting-print-arg-file = The file to write (its owner alone may read it); standard output without it
cli-meeting-printed = The agenda was written to { $file }.
cli-meeting-head-id = Code
cli-meeting-head-day = Day
cli-meeting-head-kind = Kind
cli-meeting-head-items = Items
cli-meeting-next = next
cli-meeting-matter = About
cli-meeting-caller = Caller
cli-meeting-topics = Topics
cli-meeting-reason = Flagged for
cli-meeting-no-items = Nothing is on the agenda.
cli-no-such-meeting = There is no meeting “{ $id }”. See madoguchi meeting list; the next one is called next.
cli-several-meetings = Several meetings fit “{ $id }”. Give more of it.

# print
cli-inquiry = Inquiries to doctors, and their answers
cli-inquiry-list = Lists the inquiries, the newest first
cli-inquiry-list-arg-case = Only those of this case (its number)
cli-inquiry-list-arg-office = Only those to this office in the last year (its name, or the beginning of its identity)
cli-inquiry-list-arg-late = Only those whose answer is late by the setting
cli-inquiry-list-arg-waiting = Only those without an answer
cli-inquiry-add = Notes that a doctor was asked
cli-inquiry-add-arg-case = The case's number (R8-0123)
cli-inquiry-add-arg-office = The office: its name, or its identity or the beginning of it
cli-inquiry-add-arg-doctor = The doctor's name, where there are several
cli-inquiry-add-arg-purpose = The purpose's code (1 to 9)
cli-inquiry-add-arg-means = The code of the means (1 telephone, 4 fax ...)
cli-inquiry-add-arg-on = The day (2026-11-22); today without it
cli-inquiry-add-arg-want = What was asked for (home-visit, end-of-life ...); may be given several times
cli-inquiry-answer = Notes what the doctor answered
cli-inquiry-answer-arg-id = The inquiry's identity or the beginning of it
cli-inquiry-answer-arg-answer = accepted, conditional, declined or waiting
cli-inquiry-answer-arg-reason = Why declined: full, hands, outside, beyond, person or other
cli-inquiry-answer-arg-text = What was said
cli-inquiry-answer-arg-on = The day of the answer; today without it
cli-inquiry-answer-arg-rest-until = Not to be asked until this day is over
cli-inquiry-answer-arg-take = The doctor is that of the case from now on
cli-inquiry-kept = Inquiry { $id } ({ $doctor }) is kept.
cli-inquiry-no-answer = There is no answer "{ $answer }". Give accepted, conditional, declined or waiting.
cli-inquiry-no-code = List { $list } has no "{ $code }". Give one of these: { $codes }
cli-inquiry-no-doctor = { $office } has no doctor "{ $doctor }". Its doctors: { $doctors }
cli-no-such-inquiry = No inquiry begins with "{ $id }". See madoguchi inquiry list.
cli-doctor = The doctors who fit a case, doctors by school district, and how evenly they are asked
cli-doctor-fit = Lists the doctors who fit a case, in the order in which to ask them
cli-doctor-fit-arg-case = The case's number (R8-0123)
cli-doctor-fit-arg-want = What is asked for in place of what the case needs (home-visit ...); may be given several times
cli-doctor-fit-arg-weekday = The day of the week (mon to sun)
cli-doctor-pairs = Lists doctors and deputies by school district, with gaps
cli-doctor-load = Lists how often each doctor was asked, and the answers
cli-print = Makes forms on paper
cli-print-fax = Makes the FAX cover sheet to the doctor from an open case (initials, reply slip, one A4 page)
cli-print-fax-arg-case = The case's number (R8-0123)
cli-print-fax-arg-to = The recipient: the office's name, or its identity or the beginning of it. The number is the directory's
cli-print-fax-arg-out = Write it to this file, which its owner alone may read; else HTML goes to standard output
cli-print-fax-arg-pdf = Make a PDF (needs Chromium, Chrome or Edge, and --out)
cli-print-fax-arg-purpose = Purpose of the inquiry (1 to 9); without it that of the inquiry without an answer
cli-print-fax-arg-full-name = Show the full name instead of initials
cli-print-fax-written = The sheet is in { $file }. It goes to { $office }, FAX { $fax }. Check the number before sending.

# verify
cli-verify = Checks from end to end whether the records are whole
cli-verify-arg-repair = Put right what can be put right
cli-verify-sound = Nothing is damaged (changes checked: { $changes }, records: { $records }).
cli-verify-damaged = There was damage (changes checked: { $changes }, records: { $records }).
cli-verify-backup-hint = What can be put right has been put right. Next, make a backup (madoguchi backup) and have the disk checked. Compare the records named above with the newest backup.
cli-verify-repair-hint = madoguchi verify --repair puts it right from what is left.

cli-verify-arg-file = A backup to check (the desk's own data without it)

# backup, restore, export
cli-backup = Make a backup and read it back
cli-backup-arg-target = The file, or a folder for the next generation (the desk's own folder without it)
cli-backup-arg-list = List the backups in the folder
cli-backup-arg-drill = Restore the newest one on trial and check it (nothing is left behind)
cli-restore = Restore a backup into a folder that has no desk (--data)
cli-restore-arg-file = The backup
cli-export = Write everything (not sealed): JSON Lines, or tables in Excel (.xlsx) or CSV
cli-export-arg-all = Every record (in JSON Lines every change too)
cli-export-arg-yes = Write without asking
cli-export-arg-csv = CSV tables in UTF-8, one for each kind, in a folder
cli-export-arg-cp932 = CSV tables in CP932 (Shift_JIS); characters that it lacks are named, and nothing is written
cli-export-arg-similar = Write look-alikes of signs that CP932 lacks (～ for 〜, ― for —)
cli-export-arg-target = A folder that is empty or not there yet, or a file whose name ends in .jsonl or .xlsx
cli-import = Take in the tables of export --all (Excel, a folder of CSV)
cli-import-arg-all = Every record
cli-import-arg-dry-run = Only show what would change
cli-import-arg-overwrite = Take the file's word where this desk has another (without it the desk's stays)
cli-import-arg-source = The .xlsx or the folder of CSV that export --all wrote

# handover
cli-handover = Prints the handover: slips not saved, promises of today, what is late, what was done lately
cli-usage = Prints how many keys and seconds calls took: the desk's medians and your own
cli-handover-drafts = The slips that are not saved yet cannot be read: { $why }

# history
cli-history = Shows when, by whom and how a record was changed
cli-history-arg-id = The number of a case, or the ID of any record
cli-history-unreadable = Changes that are damaged and cannot be read: { $count }. Check with madoguchi verify.
cli-read-only-hint = To look only, add --read-only: that opens it as it is (case list, case show, office search, history, verify and others).
cli-read-only-not-here = With --read-only nothing can be written, imported, exported, printed or backed up, because no record of it could be kept. Leave out --read-only.
cli-no-such-record = There is no record “{ $id }”.

# audit
cli-audit = Show the access log (who looked at which record, when), and review it by the month
cli-audit-arg-from = From this day on
cli-audit-arg-to = Up to and with this day
cli-audit-arg-operator = Only what this operator did (name or ID)
cli-audit-arg-record = Only of this record (a case's number, or the ID of any record)
cli-audit-arg-kind = Only this kind: login, open, search, print, export, import, backup, settings and others
cli-audit-arg-failures = Only what was refused or did not succeed
cli-audit-arg-others = Only looks at cases of another operator
cli-audit-arg-changes = Everyday changes too
cli-audit-arg-limit = At most so many, the newest
cli-audit-arg-month = The figures of this month on one page
cli-audit-arg-sign-off = Record that the month was reviewed (supervisors)
cli-audit-no-operator = There is no operator called “{ $name }”.

cli-yes = yes
cli-no = no

# Wrong usage
cli-unknown-argument = { $argument } is not known here.
cli-unknown-command = There is no command { $command }.
cli-suggested = Did you mean { $nearest }?
cli-value-missing = { $argument } needs a value.
cli-value-wrong = { $argument } cannot be “{ $value }”.
cli-value-not-one-of = { $argument } cannot be “{ $value }”. It can be { $valid }.
cli-argument-missing = Give { $argument }.
cli-arguments-conflict = { $argument } and { $other } cannot be used together.
cli-not-utf8 = Part of the command line is no text. Write it in UTF-8.
cli-wrong-usage = The command line makes no sense.
cli-see-help = See madoguchi --help.
cli-output-failed = The result cannot be written ({ $why }).

# retention
cli-retention = Finds cases that were kept long enough, proposes and approves their disposal
cli-retention-list = Lists the cases that may be disposed of, those that are held, and the proposals
cli-retention-propose = Proposes a disposal (another supervisor approves it)
cli-retention-propose-arg-ids = Numbers or IDs; without any, all that may be disposed of
cli-retention-approve = Approves a disposal and removes the records (cannot be undone)
cli-retention-approve-arg-id = The proposal's ID (its first characters are enough)
cli-retention-approve-arg-count = How many cases are disposed of, to make sure
cli-retention-withdraw = Withdraws a proposal
cli-retention-withdraw-arg-id = The proposal's ID (its first characters are enough)
cli-retention-hold = Holds a case: it is not disposed of (a request to see it, a dispute)
cli-retention-hold-arg-id = Number or ID
cli-retention-hold-arg-reason = Why it is held
cli-retention-release = Releases a held case
cli-retention-release-arg-id = Number or ID
cli-retention-log = Lists the disposals so far
cli-retention-none = No case has been kept for longer than { $years } fiscal years after the one in which it was closed.
cli-retention-due = Kept for longer than { $years } fiscal years after the one in which it was closed: { $count } { $count ->
    [one] case
   *[other] cases
 }.
cli-retention-number = Number
cli-retention-closed = Closed
cli-retention-since = Due since
cli-retention-what = Matter
cli-retention-held = Held: { $number } ({ $day }, { $by }) { $reason }
cli-retention-proposed = To be approved { $id }: { $count } { $count ->
    [one] case
   *[other] cases
 } ({ $numbers }), proposed by { $proposer } on { $proposed }. Another supervisor approves it with madoguchi retention approve { $id } --count { $count }.
cli-retention-withdrawn = Proposal { $id } ({ $count } { $count ->
    [one] case
   *[other] cases
 }) is withdrawn.
cli-retention-done = Disposed of { $id }: { $count } { $count ->
    [one] case
   *[other] cases
 }, { $contacts } contacts ({ $numbers }). Proposed by { $proposer } on { $proposed }, approved by { $approver } on { $approved }.
cli-retention-done-again = Disposed of { $id }: { $count } { $count ->
    [one] case
   *[other] cases
 } ({ $numbers }). Applied to a restored backup on { $approved }.
cli-retention-holds = { $number } is held.
cli-retention-released = { $number } is released.
cli-retention-several = Several proposals begin with “{ $id }”. Type more of it.
cli-passphrase-ask = Passphrase:{" "}
cli-code-ask = Code (6 digits):{" "}
cli-passphrase-new = New passphrase:{" "}
cli-passphrase-again = Once more:{" "}
cli-passphrase-differs = The two passphrases are not the same. Nothing was changed.
cli-passphrase-missing = No passphrase was given. Name a file with --passphrase-file FILE or the variable MADOGUCHI_PASSPHRASE_FILE, or run this at a terminal.
cli-passphrase-file = The passphrase file { $file } cannot be read ({ $why }).
cli-passphrase-file-text = The passphrase file { $file } is no UTF-8 text.
cli-passphrase-file-empty = The first line of the passphrase file { $file } is empty. Write the passphrase there.
cli-sealed = The desk in { $folder } is sealed (encrypted) now: from now on its passphrase opens it.
cli-recovery-key = Recovery key (shown this once; write it down and keep it in the safe): { $key }
cli-operator = See and change who can open this desk
cli-operator-list = List the operators, and who has a key and a second factor
cli-operator-add = Add an operator and give them a key (supervisors only)
cli-operator-add-arg-name = Name
cli-operator-add-arg-kana = Its reading
cli-operator-add-arg-role = What they may do: supervisor, operator or viewer; operator without it
cli-operator-add-arg-qualification = A qualification; repeat it for several
cli-operator-add-arg-new-passphrase-file = File with the passphrase that they get in its first line
cli-operator-add-arg-second-factor = With a second factor too (a passphrase of 8 characters is enough then): shows what to scan and asks for the six digits
cli-operator-add-arg-secret-file = File with the secret (32 letters of base32) in its first line and the current code in its second, instead of --second-factor
cli-operator-remove = Take an operator's key away and seal the data with a new one (supervisors only)
cli-operator-remove-arg-name = Name, its reading, or ID
cli-operator-passphrase = Change your own passphrase; with --of give one to somebody who forgot theirs (supervisors only)
cli-operator-passphrase-arg-of = Name of who forgot their passphrase
cli-operator-passphrase-arg-new-passphrase-file = File with the new passphrase in its first line
cli-operator-second-factor = Set up your own second factor (six digits from an authenticator), or do without it
cli-operator-second-factor-arg-drop = Do without it (with a passphrase of at least 13 characters)
cli-operator-second-factor-arg-secret-file = File with the secret (32 letters of base32) in its first line and the current code in its second
cli-operator-recovery-key = Make a new recovery key; the one before stops working (supervisors only)
cli-operator-recover = Open the desk with the recovery key and give an operator a new passphrase
cli-operator-recover-arg-name = Name of who gets a new passphrase
cli-operator-recover-arg-recovery-key-file = File with the recovery key in its first line
cli-operator-recover-arg-new-passphrase-file = File with the new passphrase in its first line
cli-operator-name = Name
cli-operator-role = Role
cli-operator-qualifications = Qualifications
cli-operator-key = Key
cli-operator-second = Second factor
cli-operator-since = Since
cli-operator-yes = yes
cli-operator-no = no
cli-operator-several = There are several called “{ $name }”. Name one by the ID that operator list --json shows.
cli-operator-added = { $name } has a key now.
cli-operator-removed = { $name } has no key any more. The data are sealed with a new one.
cli-operator-changed = { $name } has a new passphrase.
cli-recovery-ask = Recovery key:{" "}
cli-recovery-missing = There is no recovery key. Name a file by --recovery-key-file FILE, or run this at a terminal.
cli-second-letters = Scan this with your authenticator, or type these letters into it: { $letters }
cli-second-no-terminal = Nobody can be asked for the code. Run this at a terminal, or use --secret-file FILE (secret in its first line, code in its second).
cli-second-set = The second factor is set up. From now on its code is asked for.
cli-second-dropped = There is no second factor any more.
cli-edition = Makes editions of the lists that are given away; shows recipients and changes
cli-edition-list = Lists the editions
cli-edition-make = Makes a new edition from the directory as it is now
cli-edition-make-arg-list = The list: liaison, medical, facility, or its title
cli-edition-make-arg-kind = Only offices of this kind (its code; may be repeated)
cli-edition-make-arg-area = Only offices of this area
cli-edition-make-arg-able = Only offices that can do this (its code; may be repeated)
cli-edition-make-arg-staff = With the contact persons
cli-edition-make-arg-no-staff = Without the contact persons
cli-edition-make-arg-note = Why it was made, or what was changed
cli-edition-show = Shows what stands in an edition
cli-edition-changes = Shows what changed since an edition
cli-edition-sent = Shows who received an edition or has an older one, and records recipients
cli-edition-sent-arg-to = It went to this office: its name, or its identity or the beginning of it (may be repeated)
cli-edition-sent-arg-name = It went to somebody who is not in the directory (may be repeated)
cli-edition-sent-arg-all = It went to every office that stands in it
cli-edition-sent-arg-renew = It went to everybody who has an older edition
cli-edition-sent-arg-how = How (a code of the ways of contact; 6: on paper)
cli-edition-sent-arg-copies = How many copies each
cli-edition-sent-arg-on = When (2026-12-01); today without it
cli-edition-sent-arg-old = Lists who has an older edition and has not received the newest
cli-edition-export = Writes an edition: Excel, CSV, JSON, and HTML or PDF to print
cli-edition-export-arg-file = The file; its ending says the form: .xlsx .csv .json .html .pdf
cli-edition-export-arg-cp932 = CSV in CP932 (Shift_JIS)
cli-edition-export-arg-changes = The page of changes instead of the list (.html .pdf)
cli-edition-export-arg-recall = The page of holders of older editions instead of the list (.html .pdf)
cli-edition-head-list = List
cli-edition-head-number = Edition
cli-edition-head-on = Day
cli-edition-head-offices = Offices
cli-edition-head-sent = Sent
cli-edition-head-extent = Extent
cli-edition-head-name = Name
cli-edition-head-what = What
cli-edition-head-before = Before
cli-edition-head-after = After
cli-edition-head-recipient = Recipient
cli-edition-head-how = How
cli-edition-head-copies = Copies
cli-edition-head-back = Returned
cli-edition-show-arg-list = The list: liaison, medical, facility, or its title
cli-edition-show-arg-number = The number of the edition; the newest without it
cli-edition-sent-arg-list = The list: liaison, medical, facility, or its title
cli-edition-sent-arg-number = The number of the edition; the newest without it
cli-edition-export-arg-list = The list: liaison, medical, facility, or its title
cli-edition-export-arg-number = The number of the edition; the newest without it
cli-edition-changes-arg-list = The list: liaison, medical, facility, or its title
cli-edition-changes-arg-since = Since this edition; the newest without it
cli-edition-changes-arg-until = Until this edition; the directory as it is now without it
cli-edition-export-arg-since = Since this edition; the newest without it
cli-edition-export-arg-until = Until this edition; the directory as it is now without it
cli-edition-export-arg-similar = With --cp932: signs that look alike are written as those that CP932 has

# proposal
cli-proposal = Makes change notices (Excel) for offices and takes over what comes back
cli-proposal-make = Makes a sheet for each office
cli-proposal-make-arg-offices = Names of offices, or their codes
cli-proposal-make-arg-out = The folder for the sheets
cli-proposal-read = Reads sheets that came back (the directory does not change yet)
cli-proposal-read-arg-files = Excel files, or folders with such
cli-proposal-list = Lists what waits, item by item
cli-proposal-accept = Takes items over into the directory
cli-proposal-accept-arg-id = The code of the notice (its first characters will do)
cli-proposal-accept-arg-items = The items (such as office.phone); without them all but those that the directory has changed since
cli-proposal-accept-arg-office = Whose it is, where the sheet does not say
cli-proposal-refuse = Puts items away
cli-proposal-refuse-arg-id = The code of the notice (its first characters will do)
cli-proposal-refuse-arg-items = The items; without them all

# survey
cli-survey = Makes surveys (Excel) from the directory, reads answers and counts them
cli-survey-make = Makes a survey with a sheet for each office and a table of all
cli-survey-make-arg-name = Its name
cli-survey-make-arg-out = The folder for the sheets
cli-survey-make-arg-kinds = Only offices of these kinds (codes of list office-kind)
cli-survey-make-arg-areas = Only offices of these areas
cli-survey-make-arg-abilities = What to ask for (codes of list capability); all without it
cli-survey-make-arg-accepting = Ask for the present acceptance too
cli-survey-make-arg-question = A question of your own: TEXT or TEXT|ANSWER|ANSWER; may be repeated
cli-survey-make-arg-due = Until when (12/20, +14 and so on)
cli-survey-make-arg-cover = The text above the questions
cli-survey-read = Reads answers that came back
cli-survey-read-arg-files = Excel files, or folders with such
cli-survey-report = Response rate, answers in numbers and percent, who is missing
cli-survey-report-arg-survey = The survey's name or code
cli-survey-report-arg-out = Write it as Excel into this folder
cli-survey-list = Lists the surveys
# round
cli-round = Shows and begins rounds of checks of the directory
cli-round-list = Lists the rounds, the open ones first
cli-round-begin = Begins a round
cli-round-begin-arg-scope = expired (or never checked), kind, area, april (transfers) or never (checked)
cli-round-begin-arg-of = For kind its code (such as 6), for area its name
cli-round-show = Lists the offices of a round in the order in which they are to be called
cli-round-show-arg-id = The code on the left of the list; its first few letters are enough
cli-round-report = Counts what came of a round by kind and area
cli-round-report-arg-id = The code on the left of the list; its first few letters are enough
cli-round-head-id = Code
cli-round-head-state = Outcome
cli-round-head-calls = Calls
cli-round-head-office = Office
cli-round-head-phone = Telephone
cli-round-none = There is no round yet.
cli-round-begun = Round { $id } has begun with { $count } offices.
cli-round-of-missing = After kind give the code of the kind, after area its name (such as: madoguchi round begin kind 6).
cli-round-of-not-here = Only kind and area take something after them.
cli-round-no-such-kind = There is no kind "{ $code }".
cli-no-such-round = There is no round "{ $id }". See madoguchi round list.
cli-several-rounds = Several rounds begin with "{ $id }". Give a little more of it.
cli-activity = Shows and writes activities: greetings, publicity, training
cli-activity-list = Lists the activities of a fiscal year, the newest first
cli-activity-list-arg-year = The year in which it begins (such as 2026); this one without it
cli-activity-add = Writes an activity
cli-activity-add-arg-kind = The code of its kind (1 greetings, 2 flyers and so on, as on the page)
cli-activity-add-arg-title = Name or place
cli-activity-add-arg-on = The day (such as 11/22); today without it
cli-activity-add-arg-office = An office that was gone to, by its name or code; may be given several times
cli-activity-add-arg-flyers = Flyers at each of them
cli-activity-add-arg-heads = Participants
cli-activity-add-arg-fare = A fare (such as "ferry 1580 Kaku island"); may be given several times
cli-activity-add-arg-who = Who went, by the beginning of the name; whoever runs the command without it
cli-activity-add-arg-text = What was done
cli-activity-add-arg-result = What came of it
cli-activity-add-arg-next = When to go again
cli-activity-never-called = Lists the offices that called in none of all contacts so far, by area
cli-activity-report = Counts a fiscal year by month: activities, travel (islands told apart), how callers found the desk
cli-activity-report-arg-year = The year in which it begins (such as 2026); this one without it
cli-activity-export = Writes the activities of a fiscal year to a file
cli-activity-export-arg-file = The file: .xlsx has all tables, .csv and .json have one
cli-activity-export-arg-year = The year in which it begins (such as 2026); this one without it
cli-activity-export-arg-table = The table for .csv and .json: activities, months or routes
cli-activity-export-arg-cp932 = Write CSV in CP932 (Shift_JIS) instead of UTF-8
cli-activity-none = There is no activity of { $year } yet.
cli-activity-all-called = Every office has called at least once.
cli-activity-no-such-kind = There is no kind of activity "{ $code }". Give the code that the page shows.
cli-activity-no-such-operator = No operator's name begins with "{ $name }", or more than one does.
cli-activity-added = The activity of { $day } is kept ({ $count } offices, { $yen } yen).
cli-activity-no-such-form = The form is .xlsx, .csv or .json. Change the ending of the file's name.
cli-survey-missing = Lists who has not answered, by area
cli-survey-missing-arg-survey = The survey: its name or code
cli-survey-missing-arg-out = Write it to this file: .csv, .xlsx, or a page to print (.html, .pdf)
