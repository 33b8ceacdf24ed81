//! What is true: an append-only file, and sled, the store that it folds into. Only this room names sled.
