# The demo.
demo-note = A desk to try out. All people, offices and telephone numbers are fictional
demo-note-short = demo (fictional)
