//! The only impure room: terminal, threads, clock.
