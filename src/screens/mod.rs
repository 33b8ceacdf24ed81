//! One folder a screen. They never write: they return effects.
