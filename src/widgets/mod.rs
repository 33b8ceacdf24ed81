//! Draw and edit. Know no domain.
