# terminal, folders, start and end
runtime-fault = The program ended because of a fault of its own ({ $place }). What was saved and the drafts are still there. Please start it again; if it happens again, give { $log } to whoever looks after this computer.
runtime-no-home = There is no folder for the data on this computer. Name one with --data.
runtime-no-terminal = The program needs a terminal. Start it without redirecting its input or output.
runtime-terminal-lost = The terminal was closed, so the program ended. The drafts are still there.
