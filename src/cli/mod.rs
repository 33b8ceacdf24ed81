//! The command line: one file a subcommand. Knows no screen.
