//! The thread that owns the store: it carries out effects in order and answers as messages, and reads the rest of the
//! desk in small steps whenever nothing else is asked for. A save never waits for more than one such step.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::app::msg::Effect;

use super::keeper::{Answered, Keeper};

/// How long the end of the program waits for the store. What was called saved is on the disk long before; a store that
/// hangs must not keep the terminal.
const PATIENCE: Duration = Duration::from_secs(10);

enum Request {
    Do(Effect),
    Stop,
}

/// The store's thread, seen from the loop. Dropping it lets the store finish: after a panic of the screen too.
#[derive(Debug)]
pub struct Worker {
    requests: Sender<Request>,
    ended: Receiver<()>,
}

impl Worker {
    /// Opens the data folder and serves it, on a thread of its own; `tell` brings the answers to the loop.
    pub fn start(keeper: Keeper, tell: impl Fn(Answered) + Send + 'static) -> std::io::Result<Self> {
        let (requests, inbox) = channel();
        let (end, ended) = channel();
        std::thread::Builder::new().name("store".to_owned()).spawn(move || {
            serve(keeper, &inbox, &tell);
            // The loop may have stopped waiting.
            let _ = end.send(());
        })?;
        Ok(Self { requests, ended })
    }

    /// Has an effect carried out after those that were asked for before.
    pub fn ask(&self, effect: Effect) {
        // Without a store there is nobody to ask; the app was told when it ended.
        let _ = self.requests.send(Request::Do(effect));
    }
}

impl Drop for Worker {
    /// Waits until everything that was asked for is done and the store is closed.
    fn drop(&mut self) {
        let _ = self.requests.send(Request::Stop);
        if self.ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            tracing::error!("the store did not close in time");
        }
    }
}

fn serve(mut keeper: Keeper, inbox: &Receiver<Request>, tell: &dyn Fn(Answered)) {
    let tell: &mut dyn FnMut(Answered) = &mut |answered| tell(answered);
    keeper.open(tell);
    let mut waiting = VecDeque::new();
    loop {
        if waiting.is_empty() && !keeper.has_more() {
            waiting.extend(inbox.try_recv());
            if waiting.is_empty() {
                keeper.idle();
                let Ok(request) = inbox.recv() else { break };
                waiting.push_back(request);
            }
        }
        waiting.extend(inbox.try_iter());
        match waiting.pop_front() {
            Some(Request::Do(effect)) => {
                if !overtaken(&effect, &waiting) {
                    keeper.carry_out(effect, tell);
                }
            }
            Some(Request::Stop) => break,
            None => keeper.read_on(tell),
        }
    }
    keeper.close();
}

/// Whether a newer version of the same draft waits behind this one.
fn overtaken(effect: &Effect, waiting: &VecDeque<Request>) -> bool {
    let Effect::SaveDraft { id, .. } = effect else { return false };
    waiting.iter().any(|request| matches!(request, Request::Do(Effect::SaveDraft { id: newer, .. }) if newer == id))
}
