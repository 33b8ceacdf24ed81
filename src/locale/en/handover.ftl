# Handover
handover-title = Handover
handover-drafts = Slips not saved yet: { $count }
handover-overdue = Overdue: { $count }
handover-today = Promised for today: { $count }
handover-ask = To ask others again: { $count }
handover-done-today = Done today, { $day }: { $count }
handover-done-before = Done on { $day }: { $count }
handover-taken = New case
handover-closed = Closed
handover-contact = Contact
handover-changed = Changed
handover-nothing = There is nothing to hand over.
handover-left = left over
