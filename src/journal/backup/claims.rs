//! Who may use the closed segments: a backup that reads them, or what replaces them, never both at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The journal's side: gives one claim at a time. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Claims(Arc<AtomicBool>);

/// A claim, for as long as it lives.
#[derive(Debug)]
pub struct Claim(Arc<AtomicBool>);

impl Claims {
    /// Takes the claim; `None` while another has it. Nobody waits in here: who finds it taken comes back later.
    pub fn take(&self) -> Option<Claim> {
        let free = self.0.compare_exchange(false, true, Ordering::AcqRel, Ordering::Acquire).is_ok();
        free.then(|| Claim(Arc::clone(&self.0)))
    }

    /// Whether somebody has the claim now: then there is no use in asking for it.
    pub fn is_taken(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_given_once_until_it_is_let_go() {
        let claims = Claims::default();
        let claim = claims.take();
        assert!(claim.is_some() && claims.is_taken());
        assert!(claims.clone().take().is_none());
        drop(claim);
        assert!(!claims.is_taken());
        assert!(claims.take().is_some());
    }
}
