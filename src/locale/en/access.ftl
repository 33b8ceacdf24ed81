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
access-settings = Settings, operators or keys
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
