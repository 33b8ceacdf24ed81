# 管理: operators, settings, and what else a desk needs kept.
keeping-operators = Operators
keeping-settings = Settings
keeping-head-name = Name
keeping-head-role = Role
keeping-head-qualifications = Qualifications
keeping-operators-about = Each operator opens the desk by a passphrase of their own. Remove those who have left.
keeping-operators-own = You can change your own passphrase and second factor. Ask a supervisor for the rest.
keeping-edit-operator = Correct operator: { $name }
keeping-supervisors-only = Only a supervisor can do this.
keeping-last-supervisor = Nobody would be a supervisor. Make another operator one first.
keeping-not-set = (not set yet)
keeping-yes = yes
keeping-no = no
keeping-unchanged = Nothing changed.
keeping-needed = This cannot be empty.
keeping-not-in-range = Give a number from { $least } to { $most }.
keeping-unit-minutes = { $count } min
keeping-unit-months = { $count } { $count ->
    [one] month
   *[other] months
 }
keeping-unit-generations = { $count } { $count ->
    [one] generation
   *[other] generations
 }
keeping-unit-fiscal-years = { $count } { $count ->
    [one] fiscal year
   *[other] fiscal years
 }
keeping-set-name = Desk's name
keeping-set-name-about = The name on the screen and on paper.
keeping-set-founder = Run by
keeping-set-founder-about = The body that runs the desk. May be empty.
keeping-set-phone = Phone of the desk
keeping-set-phone-about = Stands on cover sheets and lists as the sender. Empty: a line to write on.
keeping-set-fax = FAX of the desk
keeping-set-fax-about = Stands on cover sheets and lists as the sender. Empty: a line to write on.
keeping-set-areas = Areas
keeping-set-areas-about = The names of the areas with blanks between, in the order in which they are offered.
keeping-set-verify = Checks of offices hold for
keeping-set-verify-about = After that the directory says "ask again" ({ $least } to { $most } months; empty: { $standard }).
keeping-set-idle = Lock by itself after
keeping-set-idle-about = Locks when no key was pressed for this long ({ $least } to { $most } minutes; empty: { $standard }), and says so 30 seconds before.
keeping-set-callers = Who may call
keeping-set-callers-about = Whom the desk is there for. For other callers the slip names the right desk; the call may be taken all the same.
keeping-set-inquiry = Days over which inquiries count
keeping-set-inquiry-about = Doctors who were asked more within these days stand further down in the list of doctors. { $least } to { $most } days; empty: { $standard }.
keeping-set-answer = Days to wait for an answer
keeping-set-answer-about = An inquiry to a doctor without an answer after these days shows as late in the list of cases. { $least } to { $most } days; empty: { $standard }.
keeping-unit-days = { $count } days
keeping-set-reason = Reason for others' cases
keeping-set-reason-about = With yes, opening a case that is not one's own asks for the reason.
keeping-set-backup-folder = Backups go to
keeping-set-backup-folder-about = The folder for backups: a USB stick or a share.
keeping-set-backup-daily = Daily backups
keeping-set-backup-daily-about = How many daily backups are kept ({ $least } to { $most }; empty: { $standard }).
keeping-set-backup-weekly = Weekly backups
keeping-set-backup-weekly-about = How many weekly backups are kept ({ $least } to { $most }; empty: { $standard }).
keeping-set-retention = Retention
keeping-set-retention-about = How many fiscal years a closed case is kept ({ $least } to { $most }; empty: { $standard }). Older ones are listed for disposal.
keeping-set-paper-folder = Paper and exports go to
keeping-set-paper-folder-about = The folder for what is printed and exported.
keeping-head-key = Key
keeping-head-since = Since
keeping-key-none = none
keeping-key-plain = passphrase
keeping-key-second = + code
keeping-add-operator = New operator
keeping-key-of = Passphrase of { $name }
keeping-key-add-about = Let them type it themselves, unseen. Enter goes on to the next line; on the last it keeps.
keeping-key-give-about = Let them type a new passphrase. The old one and the second factor open nothing any more.
keeping-key-own = Change my passphrase
keeping-key-own-about = Your passphrase so far, and the new one twice.
keeping-key-old = Passphrase so far
keeping-key-old-missing = Type your passphrase so far.
keeping-second = Second factor
keeping-second-add-about = Besides the passphrase, the six digits that a phone shows will be asked for. Your passphrase first.
keeping-second-about = Your passphrase and the six digits of now. Without a second factor a passphrase needs at least 13 characters.
keeping-second-what = What is to be done
keeping-second-replace = move it to another device
keeping-second-drop = take it away
keeping-remove-self = You cannot remove yourself. Ask another supervisor.
keeping-remove-question = Remove { $name }? They can open this desk no more at once, and the data get a new key (rewritten behind the screen). Their name stays on records. Their open cases: { $cases }.
keeping-recovery-question = Make a new recovery key? The one in the safe opens nothing any more. The new one is shown once.
keeping-keys-desk = Desk:
keeping-keys-chosen = Chosen:
keeping-keys-own = Mine:
