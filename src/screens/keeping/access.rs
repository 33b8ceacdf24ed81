//! アクセス記録: who looked at what, and the monthly review of it.

pub mod figures;
pub mod told;
