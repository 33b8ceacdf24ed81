//! Opening the desk: from the command line's wishes to the exit code.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};

use crate::app::{App, Config};
use crate::cli::Exit;
use crate::desk::record::Explain;
use crate::desk::say::Say;
use crate::desk::secret::Secret;
use crate::keys::{self, Keymap};
use crate::locale::{Lang, Locale};
use crate::widgets::theme::{Borders, Colours, Theme};

use super::clock::Clock;
use super::detect::Background;
use super::keeper::{Answered, Keeper};
use super::paper::Papers;
use super::paths::Paths;
use super::screen::Screen;
use super::turn::{Ending, Event, Turn};
use super::worker::Worker;
use super::{detect, fault, input, log, signals, terminal};

/// What the command line wishes.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// `--data DIR`.
    pub data: Option<PathBuf>,
    /// `--lang ja|en`.
    pub lang: Option<Lang>,
    /// `--keymap NAME|FILE`.
    pub keymap: Option<String>,
    /// `--ascii`: borders of `+-|`.
    pub ascii: bool,
    /// `--read-only`: nothing is written.
    pub read_only: bool,
    /// `--passphrase-file FILE`: tried before anything is asked.
    pub passphrase_file: Option<PathBuf>,
    /// The desk is a demo that was just made: its passphrase is known.
    pub demo: bool,
    /// The demo begins with a practice call.
    pub practice: bool,
}

/// Opens the desk and runs until the operator leaves; gives the exit code.
pub fn open_desk(wishes: &Wishes) -> u8 {
    let variable = |name: &str| std::env::var(name).ok();
    fault::speak(detect::language(wishes.lang, variable).unwrap_or_default());
    if !terminal::is_there() {
        return refuse(&Say::new("runtime-no-terminal"), Exit::Usage);
    }
    let paths = match Paths::find(wishes.data.as_deref()) {
        Ok(paths) => paths,
        Err(error) => return refuse(&error.say(), Exit::Failed),
    };
    let given = match (&wishes.passphrase_file, wishes.demo) {
        (Some(file), _) => match crate::cli::passphrase_in(file) {
            Ok(passphrase) => Some(passphrase),
            Err(failure) => {
                return failure.says.first().map_or(failure.exit as u8, |say| refuse(say, failure.exit));
            }
        },
        (None, true) => Some(Secret::passphrase(super::entry::DEMO)),
        (None, false) => None,
    };
    fault::install(paths.log());
    // The hook has said what there is to say; what is left is to close the store in order.
    let (ending, said) = match fault::survived(|| run(wishes, &paths, given.clone())) {
        Ok(Ok(ended)) => ended,
        Ok(Err(_)) => return refuse(&Say::new("runtime-terminal-lost"), Exit::Failed),
        Err(fault::Fault) => return fault::EXIT_FAULT,
    };
    match ending {
        Ending::Quit => match said {
            Some(say) => refuse(&say, Exit::OpenElsewhere),
            None => Exit::Done as u8,
        },
        Ending::Signal(signal) => u8::try_from(128 + signal).unwrap_or(Exit::Failed as u8),
        Ending::Lost => refuse(&Say::new("runtime-terminal-lost"), Exit::Failed),
    }
}

/// Says it on standard error, in the language that was on the screen last.
fn refuse(say: &Say, exit: Exit) -> u8 {
    // Where nobody reads, the exit code still tells.
    let _ = writeln!(io::stderr(), "{}", Locale::new(fault::spoken()).say(say));
    exit as u8
}

fn run(wishes: &Wishes, paths: &Paths, given: Option<Secret>) -> io::Result<(Ending, Option<Say>)> {
    let clock = Clock::start();
    let (tell, events) = channel();
    let guard = terminal::Guard::enter()?;
    let (width, height) = terminal::size()?;
    let keymap = keys::load(wishes.keymap.as_deref(), paths.keymap().as_deref());
    let refused = keymap.say();
    let mut app = App::new(config(wishes, keymap.keymap, &clock, random()?));
    app.suggest_language(fault::spoken());
    if wishes.practice {
        app.practise_when_open();
    }
    if let Some(say) = refused {
        app.warn(say);
    }
    let mut turn = Turn::new(app, Screen::new(io::stdout(), width, height), events, clock, guard);
    // The first frame is there before the disk was looked at.
    turn.draw()?;
    let mut keeper = Keeper::on_disk(paths.data.clone(), random()?).with_passphrase(given);
    if wishes.read_only {
        keeper.only_read();
    } else {
        log::start(paths.log());
    }
    let answers = tell.clone();
    turn.employ(Worker::start(keeper, move |answered| {
        // When the loop has ended nobody waits for an answer.
        let _ = answers.send(Event::Store(answered));
    })?);
    let told = tell.clone();
    turn.print_by(Papers::new(&paths.data, move |message| {
        let _ = told.send(Event::Store(Answered::Said(message)));
    }));
    listen(tell)?;
    let ending = turn.run();
    Ok((ending, turn.close()))
}

/// Identities are made of these: without chance in them two desks would give the same.
fn random() -> io::Result<[u8; 32]> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(io::Error::other)?;
    Ok(seed)
}

/// Signals and input, each from a thread of its own.
///
/// To read in the loop itself would save the hop from thread to thread (0.03 ms), but the terminal library blocks in the
/// middle of a sequence: a paste that never ends would keep drafts from the disk.
fn listen(tell: Sender<Event>) -> io::Result<()> {
    let asked = tell.clone();
    signals::listen(move |asked_for| {
        let _ = asked.send(Event::Asked(asked_for));
    })?;
    std::thread::Builder::new().name("input".to_owned()).spawn(move || {
        // A fault in here leaves a program that hears nothing: it ends like one whose terminal is gone.
        while let Ok(Ok(messages)) = fault::guarded(input::burst) {
            if tell.send(Event::Input(messages)).is_err() {
                return;
            }
        }
        let _ = tell.send(Event::Lost);
    })?;
    Ok(())
}

fn config(wishes: &Wishes, keymap: Keymap, clock: &Clock, seed: [u8; 32]) -> Config {
    let variable = |name: &str| std::env::var(name).ok();
    let colours = match detect::background(variable) {
        _ if detect::no_colour(variable) => Colours::None,
        Background::Light => Colours::Light,
        Background::Unknown if detect::many_colours(variable) => Colours::Either,
        Background::Dark | Background::Unknown => Colours::Dark,
    };
    let borders = if wishes.ascii { Borders::ASCII } else { Borders::LINE };
    Config { lang: wishes.lang, keymap, theme: Theme::new(colours, borders), seed, now: clock.now() }
}
