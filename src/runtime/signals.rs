//! What the system asks of the program: to end, or to stop for a while. On Windows a closed window ends the process,
//! Ctrl-C is a key, and there is nothing to listen to; drafts are on the disk by then.

/// What was asked.
#[cfg_attr(not(unix), expect(dead_code, reason = "only unix asks"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// End; the exit code is 128 and this signal number.
    End(i32),
    /// Stop until continued (SIGTSTP).
    Stop,
}

/// Calls `tell` for what the system asks, on a thread of its own, as long as the program runs.
///
/// Asked a second time to end, the program ends at once: the loop that should have answered does not.
#[cfg(unix)]
pub fn listen(tell: impl Fn(Asked) + Send + 'static) -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP};

    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP])?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        let mut asked_to_end = false;
        for signal in signals.forever() {
            if signal == SIGTSTP {
                tell(Asked::Stop);
            } else if asked_to_end {
                super::terminal::restore();
                std::process::exit(128 + signal);
            } else {
                asked_to_end = true;
                tell(Asked::End(signal));
            }
        }
    })?;
    Ok(())
}

/// There is nothing to listen to.
#[cfg(not(unix))]
pub fn listen(_tell: impl Fn(Asked) + Send + 'static) -> std::io::Result<()> {
    Ok(())
}

/// Stops the program as the terminal's stop key would; comes back when it is continued.
#[cfg(unix)]
pub fn stop() {
    // The stop signal itself cannot fail; were it refused, the program simply goes on.
    let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
}

/// Nothing stops a program here.
#[cfg(not(unix))]
pub fn stop() {}
