# 変更届: the sheet, its page and its commands.
proposal-sheet-title = Change notice
proposal-sheet-lead = This is what our directory holds about you. Please write only what has changed into the white cells under "New value". To remove a value write "-". If nothing has changed, choose ○ at "No change" and send the sheet back as it is.
proposal-sheet-whose = { $name }  (as of { $day })
proposal-sheet-back = Return to / questions: { $desk }
proposal-sheet-unchanged = No change
proposal-sheet-who = Filled in by
proposal-sheet-when = Date
proposal-sheet-item = Item
proposal-sheet-now = Present value
proposal-sheet-after = New value
proposal-sheet-people = People: write over what has changed. Choose "Left" in the last column for who has left, and write new people into the empty rows (rows may be added).
proposal-sheet-left = Left
proposal-sheet-hint-phone = Such as 0834-00-1234 ext. 12
proposal-sheet-hint-day = Such as 2026/12/6
proposal-file = change-notice
proposal-source = change notice

proposal-no-sheet = { $file }: no change notice in it. Choose an Excel file (.xlsx) with the table of items, present values and new values. Nothing was changed.
proposal-expected-phone = { $file } [{ $sheet }] { $cell }: not a telephone number. It is written like 0834-00-1234.
proposal-expected-postal = { $file } [{ $sheet }] { $cell }: not a postal code. It has 7 digits.
proposal-expected-email = { $file } [{ $sheet }] { $cell }: not a mail address.
proposal-expected-day = { $file } [{ $sheet }] { $cell }: not a day. It is written like 2026/12/6.
proposal-expected-answer = { $file } [{ $sheet }] { $cell }: none of 可, 不可, 要相談 (yes, no, ask).
proposal-expected-name = { $file } [{ $sheet }] { $cell }: the name is empty.

done-read-proposals = Change notices read in
done-accept-changes = Changes accepted
done-refuse-changes = Changes refused
done-edit-change = Value of a change notice put right
done-name-proposal = Office of a change notice chosen

proposal-busy = Working on the sheets.
proposal-written = { $count } files are in { $folder }.
proposal-read = Change notices read: { $new } (nothing changed: { $nothing }, read before: { $known }).
proposal-more = And { $count } more.

proposal-none = No change notice waits.
proposal-unsure = check which office it is
proposal-all-holds = no change (everything still holds)
proposal-mark-unread = not readable
proposal-mark-conflict = the directory has changed since
proposal-no-such = There is no change notice { $id }. Use the code at the left of madoguchi proposal list.
proposal-no-such-item = No item { $item } waits. Nothing was changed.
proposal-say-whose = It is not known whose change notice "{ $name }" is. Name the office with --office.
proposal-nothing-to-accept = There is nothing to accept. Put right or refuse what is not readable.
proposal-accepted = { $count } items are in the directory.
proposal-refused = { $count } items refused.
proposal-left = { $count } items were left: the directory has changed since, or they are not readable. Name them to accept them one by one.
