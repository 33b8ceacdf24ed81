//! A fictional desk, as edits. Knows no disk.
