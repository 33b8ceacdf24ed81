//! When spellings fold together, and the properties of keys.
