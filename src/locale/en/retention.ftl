# How long cases are kept, and disposal

# Why a case is not disposed of yet.
retention-kept-open = { $number } is not closed.
retention-kept-no-day = Nobody wrote down when { $number } was closed, so its time cannot be counted. Fill in the day.
retention-kept-until = { $number } is kept until the day before { $day }.
retention-kept-held = { $number } is held.
retention-kept-meeting = { $number } is to be talked about in a meeting to come.
retention-kept-named = { $number } is named in { $by }, which is not closed.
retention-kept-call = A call about { $number } is open. Save or drop it first.
retention-kept-gone = There is no such case any more.

# Who may agree.
retention-no-proposal = There is no such proposal. It may have been withdrawn.
retention-done-already = This disposal is done already.
retention-supervisors-only = Only a supervisor can approve a disposal.
retention-own-proposal = Nobody approves what they proposed. Another supervisor has to.
retention-second-needed = A disposal needs the approval of a supervisor who did not propose it, and there is no other one. Add an operator and make them a supervisor.
retention-viewer = Viewers can neither propose a disposal nor hold a case.

# What is told with a disposal.
retention-goes-on = The disposal is approved. Removing the records goes on at the next start.
retention-removed = The records of the disposed cases are removed.
retention-draft-stays = A draft of a call that was saved could not be removed. The next start removes it.
retention-list-waits = The list of disposals cannot be put into the backup folder { $folder } yet. Connect the stick or share: the next backup puts it there. Until then, restoring an older backup brings the records back.
retention-read-note = The notes of the meeting on { $day } stay. Make sure that they say nothing of what was disposed of.
retention-proposed-already = The disposal of { $number } is proposed already.
retention-count-differs = This proposal has { $count } { $count ->
    [one] case
   *[other] cases
 } ({ $typed } was typed). Look again and type the number. Nothing was changed.
retention-no-reason = Say why it is held.
retention-log-empty = Nothing was disposed of yet.

# What is told after opening.
retention-not-settled = What was left of a disposal could not be finished. The next start tries again.
retention-list-damaged = The list of disposals (disposals) was damaged and was made anew from the records. Nothing that was disposed of is back.
retention-resumed = An approved disposal was cut off. Removing the records goes on.
retention-restored = Disposals from after the restored backup: { $count } of them were applied to this desk too.

# The page on the keeping screen.
retention-title = Retention
retention-head-state = State
retention-head-number = Number
retention-head-closed = Closed
retention-head-since = Due since
retention-head-what = Matter
retention-state-due = Due
retention-state-held = Held
retention-state-proposed = Proposed
retention-state-done = Disposed
retention-count = { $count } { $count ->
    [one] case
   *[other] cases
 }
retention-page-about = Cases are kept for { $years } fiscal years after the one in which they were closed. One operator proposes a disposal, another supervisor approves it. After that the text of cases and contacts cannot be brought back.
retention-page-empty = No case has been kept for longer than { $years } fiscal years after the one in which it was closed.
retention-told-proposed = Proposed by { $proposer } on { $proposed }.
retention-told-done = Proposed by { $proposer } on { $proposed }, approved by { $approver } on { $approved }.
retention-told-again = Applied to a restored backup on { $restored }.
retention-register = Numbers: { $numbers }
retention-nothing-due = Choose a case.
retention-choose-proposal = Choose a line that waits for approval.
retention-approve = Dispose of { $count } { $count ->
    [one] case
   *[other] cases
 }
retention-approve-about = This cannot be undone. Type how many cases are disposed of.
retention-hold = Hold { $count } { $count ->
    [one] case
   *[other] cases
 }
retention-hold-about = Why they are held (a request to see them, a dispute)
retention-release = Release { $count } { $count ->
    [one] case
   *[other] cases
 }?
