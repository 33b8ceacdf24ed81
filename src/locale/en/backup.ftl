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
