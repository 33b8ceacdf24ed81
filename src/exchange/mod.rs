//! Files in and out. Makes edits; never writes to the journal itself.
