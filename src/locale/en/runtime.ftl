# terminal, folders, start and end
runtime-fault = The program ended because of a fault of its own ({ $place }). What was saved and the drafts are still there. Please start it again; if it happens again, give { $log } to whoever looks after this computer.
runtime-fault-here = The program ended because of a fault of its own ({ $place }). What was saved is still there. Please check with madoguchi verify and run it again; if it happens again, give this sentence to whoever looks after this computer.
runtime-no-home = There is no folder for the data on this computer. Name one with --data.
runtime-no-terminal = The program needs a terminal. Start it without redirecting its input or output.
runtime-terminal-lost = The terminal was closed, so the program ended. The drafts are still there.
runtime-not-open = The data are not ready yet. Please wait a moment and try again.
runtime-store-fault = Reading or writing the data failed because of a fault of the program. What was shown as saved is still there. Please end the program and start it again.
runtime-draft-not-saved = The draft could not be written to the disk. What you typed is still on the screen. Please check the free space of the disk.
runtime-full-reserve = The desk cannot be opened: the disk is full. No data were changed. Giving up the reserve opens it with room for some more saves.
runtime-drafts-wait = { $count } { $count ->
    [one] slip is not finished. It cannot be opened to read only, but it is not lost: it shows
   *[other] slips are not finished. They cannot be opened to read only, but they are not lost: they show
 } when the desk is opened to write.
runtime-reserve-used = The disk is full and the room kept back for this was used. Little more can be saved. Please delete files that are not needed now.
runtime-case-gone = This case was taken back and is no longer there. Choose again from the list. A slip becomes a new case when you save it again.
