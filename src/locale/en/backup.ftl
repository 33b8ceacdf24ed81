# backup: making, checking and restoring backups
backup-folder-missing = The folder for backups, { $path }, is not there. Plug in the stick or connect the share, then try again.
backup-folder-inside = The folder for backups, { $path }, lies with the desk's own data. One broken disk would take both: choose another place, such as a stick or a share.
backup-full = No backup was made: there is not enough room in { $path }. Earlier backups are still there. Remove files that are not needed, or choose another folder.
backup-read-only = Nothing may be written to { $path }. Check the lock of the stick and your access rights. Earlier backups are still there.
backup-missing = There is no file { $path }. Check its place and its name.
backup-not-ours = { $path } is not a backup of a desk. Check the file. Nothing was changed.
backup-cut-short = The end of { $path } is missing or damaged. This backup cannot be used; use another one.
backup-damaged = In { $path }, { $member } is damaged. This backup cannot be used; use another one.
backup-damaged-contents = The table of contents of { $path } is damaged. This backup cannot be used; use another one.
backup-newer = { $path } was made by a newer version of the program (format { $version }). Update the program.
backup-other-desk = { $path } is the backup of another desk. Choose one of this desk.
backup-busy = No backup can be made just now: another one is being made, or the journal is being rewritten. Wait a little, then try again.
backup-disk = { $path } cannot be read or written ({ $error }). Check the disk and your access rights. Earlier backups are still there.

# How it is done, and what came of it
backup-none-there = There is no backup of this desk in { $path }. madoguchi backup makes one.
backup-clear = The desk in { $path } is not sealed yet. Open its screen once and choose a passphrase, then make a backup.
backup-no-folder = No folder for backups is chosen. Choose one under Keeping, Backups, or name a file or folder behind madoguchi backup.
backup-made = A backup was made and read back: { $file } ({ $changes } changes)
backup-of-damaged = The journal was backed up with damage in it. No older backup was removed. madoguchi verify --repair mends what can be mended.
backup-sound = Nothing is damaged in { $file } (backup of { $at }, { $changes } changes).
backup-daily = daily
backup-weekly = weekly
backup-age-now = under 1 h old
backup-age-hours = { $n } h old
backup-age-days = { $n } days old
backup-drill-good = { $file } was restored on trial, opened and checked. All { $changes } changes and { $records } records ({ $cases } cases) read, and they belong to this desk's chain.
backup-drill-unopened = { $file } was restored on trial ({ $changes } changes). The present keys do not open it, so its records were not looked at.
backup-drill-keys = The keys inside { $file } are damaged or are not this desk's: it may not open with a passphrase. Make a new backup.
backup-drill-other-way = { $file } reads ({ $changes } changes), but does not belong to this desk's present chain. The desk or the backup was restored from another backup.
backup-drill-bad = { $file } was restored on trial, and damaged records were found ({ $changes } changes, { $records } records). Make a new backup.
backup-drill-no-folder = No folder for the trial could be made ({ $why }). Check the room in the temporary folder.
backup-restored = The backup of { $at } was restored into { $folder } ({ $changes } changes).
backup-restored-disposed = The text of { $changes } changes was disposed of after that backup and was left out.
backup-restored-list-damaged = The list of disposals beside the backup is damaged. Records that were disposed of after this backup may be back. Check with madoguchi retention log.
backup-restored-sound = The restored records were checked. Nothing is damaged.
backup-restored-damaged = The restored records have damage. madoguchi verify --repair mends what can be mended.
backup-restored-closed = Every byte of the backup was checked. To check the records too, run madoguchi verify with the passphrase.
backup-export-warning = What is written is not sealed. Whoever gets it can read names, illnesses and telephone numbers.
backup-export-ask = To write it, type yes and press Enter.
backup-export-yes-needed = Add --yes to write it. Nothing was written.
backup-export-not-done = Nothing was written.
backup-export-used = { $path } is in use. Name a folder that is empty or not there yet, or a new file whose name ends in .jsonl or .xlsx.
backup-exported = { $count } { $count ->
    [one] line was
   *[other] lines were
 } written to { $path }. Remove them when you are done.

# The screen
backup-head = Backup { $age }
backup-head-old = Backup { $age }: check
backup-head-missing = No backup: check
backup-head-no-folder = No backup folder
backup-advice-folder = No folder for backups is chosen. Choose a stick or a share under Keeping, Backups.
backup-notice-folder = No folder for backups is chosen. Choose one under Keeping, Backups.
backup-advice-missing = There is no usable backup. Connect the folder and make one under Keeping, Backups.
backup-advice-old = No backup could be made for over 48 hours. Connect the folder and make one under Keeping, Backups.
backup-title = Backups
backup-where = Folder
backup-last = Last backup
backup-last-none = none
backup-doing-list = Looking at the folder
backup-doing-make = Making a backup (you can go on working)
backup-doing-drill = Restoring one on trial (you can go on working)
backup-head-at = Made
backup-head-age = Age
backup-head-rank = Kind
backup-head-size = Size
backup-head-state = State
backup-state-good = read back
backup-state-bad = unusable
backup-about = A backup is made by itself at the start and once a day. Each is read back and compared.
backup-folder-prompt = Folder for backups
backup-folder-about = Such as E:\backups or /media/usb. The folder must be there.
backup-folder-absolute = Give the whole path, from the drive or from / on.
