//! App: model, screens, popup stack. Pure: no I/O, no clock, no terminal.
