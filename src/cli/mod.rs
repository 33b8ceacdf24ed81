//! The command line: one file a subcommand. Knows no screen; what opens one is handed in.
//!
//! A new subcommand is a file with its `Args` and `run`, a variant of [`Command`], a row in [`Command::run`], and its
//! help in `locale/*/cli.ftl`: `cli-NAME` for itself, `cli-NAME-arg-ID` for each argument.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{ArgAction, FromArgMatches, Parser, Subcommand};
use serde::Serialize;

use crate::desk::record::Explain;
use crate::desk::say::Say;
use crate::desk::secret::Secret;
use crate::locale::{Lang, Locale};
use crate::runtime::eyes::Act;
use crate::runtime::paths::Paths;
use crate::runtime::{detect, speak};

mod activity;
mod audit;
mod backup;
mod case;
mod completions;
mod demo;
mod desk;
mod doctor;
mod edition;
mod export;
mod handover;
mod help;
mod history;
mod import;
mod init;
mod inquiry;
mod keys;
mod meeting;
mod office;
mod operator;
mod passphrase;
mod print;
mod proposal;
mod refuse;
mod restore;
mod retention;
mod round;
mod survey;
mod usage;
mod verify;
mod words;

/// The exit codes (README, "Exit codes").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// 0: done.
    Done = 0,
    /// 1: failed; the sentence on standard error says why.
    Failed = 1,
    /// 2: the command line makes no sense.
    Usage = 2,
    /// 3: an input file was refused; nothing was changed.
    BadInput = 3,
    /// 4: the data folder is open elsewhere.
    OpenElsewhere = 4,
    /// 5: the passphrase is wrong.
    WrongPassphrase = 5,
}

/// Why a subcommand ends without having done its work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What is told on standard error, one line each.
    pub says: Vec<Say>,
}

impl Failure {
    /// A failure with one sentence.
    pub fn new(exit: Exit, say: Say) -> Self {
        Self { exit, says: vec![say] }
    }

    /// What an error has to say, with the exit code that belongs to it here.
    pub fn of(exit: Exit, error: &impl Explain) -> Self {
        Self::new(exit, error.say())
    }
}

impl From<io::Error> for Failure {
    /// What could not be written to standard output.
    fn from(error: io::Error) -> Self {
        // A reader that had enough, such as `head`, is no fault.
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self { exit: Exit::Done, says: Vec::new() };
        }
        Self::new(Exit::Failed, Say::new("cli-output-failed").with("why", error.to_string()))
    }
}

/// Options that every subcommand takes.
#[derive(Debug, Clone, Default, PartialEq, Eq, clap::Args)]
pub struct Global {
    /// The data folder; the platform's own without it.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The language; without it the operator's setting and the locale variables tell.
    #[arg(long, global = true, value_name = "ja|en", value_parser = lang)]
    pub lang: Option<Lang>,
    /// The keymap: the name of a shipped one, or a file.
    #[arg(long, global = true, value_name = "NAME|FILE")]
    pub keymap: Option<String>,
    /// A file that holds the passphrase in its first line.
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// The desk to be opened is a demo that this program has just made: its passphrase is known.
    #[arg(skip)]
    pub demo: bool,
    /// The demo begins with a practice call.
    #[arg(skip)]
    pub practice: bool,
    /// Print one JSON value for other programs.
    #[arg(long, global = true)]
    pub json: bool,
    /// Draw borders with `+-|`.
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Open the desk only to read it: nothing is written, and it does not matter who else has it open.
    #[arg(long, global = true)]
    pub read_only: bool,
}

fn lang(text: &str) -> Result<Lang, &'static str> {
    match text {
        "ja" => Ok(Lang::Ja),
        "en" => Ok(Lang::En),
        // Never shown: `refuse` says it in the reader's language.
        _ => Err("ja, en"),
    }
}

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "madoguchi", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true)]
struct Arguments {
    #[command(flatten)]
    global: Global,
    #[arg(short = 'h', long, action = ArgAction::Help, global = true)]
    help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    command: Option<Command>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Args),
    Init(init::Args),
    Case(case::Args),
    Office(office::Args),
    Meeting(meeting::Args),
    Inquiry(inquiry::Args),
    Doctor(doctor::Args),
    Edition(edition::Args),
    Round(round::Args),
    Activity(activity::Args),
    Print(print::Args),
    Proposal(proposal::Args),
    Survey(survey::Args),
    Verify(verify::Args),
    Backup(backup::Args),
    Restore(restore::Args),
    Export(export::Args),
    Import(import::Args),
    Handover(handover::Args),
    Usage(usage::Args),
    History(history::Args),
    Audit(audit::Args),
    Retention(retention::Args),
    Operator(operator::Args),
    Keys(keys::Args),
    Completions(completions::Args),
}

impl Command {
    /// Does it and gives the exit code: that of the screen, where one was opened.
    fn run(&self, cx: &mut Cx<'_>) -> Result<u8, Failure> {
        if cx.global.read_only && !self.only_reads() {
            return Err(Failure::new(Exit::Usage, Say::new("cli-read-only-not-here")));
        }
        let done = match self {
            Self::Demo(args) => return demo::run(args, cx),
            Self::Init(args) => init::run(args, cx),
            Self::Case(args) => case::run(args, cx),
            Self::Office(args) => office::run(args, cx),
            Self::Meeting(args) => meeting::run(args, cx),
            Self::Inquiry(args) => inquiry::run(args, cx),
            Self::Doctor(args) => doctor::run(args, cx),
            Self::Edition(args) => edition::run(args, cx),
            Self::Round(args) => round::run(args, cx),
            Self::Activity(args) => activity::run(args, cx),
            Self::Print(args) => print::run(args, cx),
            Self::Proposal(args) => proposal::run(args, cx),
            Self::Survey(args) => survey::run(args, cx),
            Self::Verify(args) => verify::run(args, cx),
            Self::Backup(args) => backup::run(args, cx),
            Self::Restore(args) => restore::run(args, cx),
            Self::Export(args) => export::run(args, cx),
            Self::Import(args) => import::run(args, cx),
            Self::Handover(args) => handover::run(args, cx),
            Self::Usage(args) => usage::run(args, cx),
            Self::History(args) => history::run(args, cx),
            Self::Audit(args) => audit::run(args, cx),
            Self::Retention(args) => retention::run(args, cx),
            Self::Operator(args) => operator::run(args, cx),
            Self::Keys(args) => keys::run(args, cx),
            Self::Completions(args) => completions::run(args, cx),
        };
        done.map(|()| Exit::Done as u8)
    }

    /// What it is, for the roles: `runtime::eyes` says who may. A new subcommand finds its place here.
    const fn act(&self) -> Act {
        match self {
            Self::Case(args) => args.act(),
            Self::Office(args) => args.act(),
            Self::Meeting(args) => args.act(),
            Self::Inquiry(args) => args.act(),
            Self::Doctor(args) => args.act(),
            Self::Edition(args) => args.act(),
            Self::Round(_) => round::ACT,
            Self::Activity(_) => activity::ACT,
            Self::Operator(args) => args.act(),
            Self::Verify(args) => args.act(),
            // Who may approve or sign off is decided where the screen asks too.
            Self::Handover(_)
            | Self::Print(_)
            | Self::Proposal(_)
            | Self::Survey(_)
            | Self::Usage(_)
            | Self::Backup(_)
            | Self::History(_)
            | Self::Audit(_)
            | Self::Retention(_) => Act::Work,
            // Everything that the desk ever knew leaves it in clear, or comes in unseen.
            Self::Export(_) | Self::Import(_) => Act::Supervise,
            Self::Demo(_) | Self::Init(_) | Self::Restore(_) | Self::Keys(_) | Self::Completions(_) => Act::Free,
        }
    }

    /// Whether a desk that is open only to read is enough. What takes data out of the desk is not among them: without
    /// writing nobody would find in the access log that they left.
    const fn only_reads(&self) -> bool {
        match self {
            Self::Case(args) => args.only_reads(),
            Self::Office(args) => args.only_reads(),
            Self::Meeting(args) => args.only_reads(),
            Self::Inquiry(args) => args.only_reads(),
            Self::Edition(args) => args.only_reads(),
            Self::Round(args) => args.only_reads(),
            Self::Activity(args) => args.only_reads(),
            Self::Verify(args) => args.only_reads(),
            Self::Audit(args) => args.only_reads(),
            Self::Proposal(args) => args.only_reads(),
            Self::Survey(args) => args.only_reads(),
            Self::Doctor(_)
            | Self::Handover(_)
            | Self::Usage(_)
            | Self::History(_)
            | Self::Keys(_)
            | Self::Completions(_) => true,
            Self::Demo(_)
            | Self::Init(_)
            | Self::Backup(_)
            | Self::Restore(_)
            | Self::Export(_)
            | Self::Import(_)
            | Self::Print(_)
            | Self::Retention(_)
            | Self::Operator(_) => false,
        }
    }
}

/// What the program runs in, handed in so that tests can hand in theirs.
pub struct Surroundings<'a> {
    /// The environment's variables.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
    /// The folder of the user's own settings, where the platform has one.
    pub config: Option<PathBuf>,
    /// Opens the desk and gives its exit code.
    pub open_desk: &'a dyn Fn(&Global) -> u8,
    /// Asks for something that must not be seen while it is typed; `None` where nobody is at a terminal.
    pub ask: &'a dyn Fn(&str) -> Option<Secret>,
    /// Standard output.
    pub out: &'a mut dyn Write,
    /// Standard error.
    pub err: &'a mut dyn Write,
}

/// What a subcommand works with.
pub struct Cx<'a> {
    /// The options for every subcommand.
    pub global: &'a Global,
    /// What the subcommand is, for the role of who opens the desk.
    pub act: Act,
    /// The sentences in the language of the command line.
    pub locale: &'a Locale,
    /// The environment's variables.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
    /// The folder of the user's own settings, where the platform has one.
    pub config: Option<PathBuf>,
    /// Opens the desk and gives its exit code.
    pub open_desk: &'a dyn Fn(&Global) -> u8,
    /// Asks for something that must not be seen while it is typed; `None` where nobody is at a terminal.
    pub ask: &'a dyn Fn(&str) -> Option<Secret>,
    /// Standard output: what was asked for, and nothing else.
    pub out: &'a mut dyn Write,
    /// Standard error: what there is to say about it.
    pub err: &'a mut dyn Write,
}

impl Cx<'_> {
    /// Prints one JSON value and a newline.
    pub fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(value).map_err(io::Error::from)?;
        Ok(writeln!(self.out, "{text}")?)
    }

    /// Prints a sentence.
    pub fn print(&mut self, say: &Say) -> Result<(), Failure> {
        Ok(writeln!(self.out, "{}", self.locale.say(say))?)
    }

    /// Tells something on standard error; where nobody reads, the exit code still tells.
    pub fn tell(&mut self, say: &Say) {
        let _ = writeln!(self.err, "{}", self.locale.say(say));
    }

    /// The folders of the program: `--data`, else the platform's own.
    pub fn paths(&self) -> Result<Paths, Failure> {
        Paths::find(self.global.data.as_deref()).map_err(|error| Failure::of(Exit::Failed, &error))
    }

    /// The file with the passphrase: `--passphrase-file`, else `MADOGUCHI_PASSPHRASE_FILE`.
    pub fn passphrase_file(&self) -> Option<PathBuf> {
        let named = (self.variable)("MADOGUCHI_PASSPHRASE_FILE").filter(|name| !name.is_empty());
        self.global.passphrase_file.clone().or_else(|| named.map(PathBuf::from))
    }
}

/// The passphrase in the first line of a file.
///
/// # Errors
/// The file does not read, is no text, or begins with an empty line.
pub fn passphrase_in(file: &std::path::Path) -> Result<Secret, Failure> {
    passphrase::in_file(file).map(|given| given.passphrase)
}

/// Does what the arguments (the program's name first) ask for, and gives the exit code: [`Exit`], or the desk's own.
pub fn run(arguments: impl IntoIterator<Item = impl Into<OsString>>, around: Surroundings<'_>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
    let spoken = detect::language(help::asked_language(&arguments), around.variable);
    speak(spoken.unwrap_or_default());
    let locale = Locale::new(spoken.unwrap_or_default());
    let parsed = help::command(&locale)
        .try_get_matches_from(&arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let Surroundings { variable, config, open_desk, ask, out, err } = around;
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => return refuse::answer(&error, &locale, out, err) as u8,
    };
    let Some(command) = arguments.command else { return open_desk(&arguments.global) };
    let act = command.act();
    let mut cx = Cx { global: &arguments.global, act, locale: &locale, variable, config, open_desk, ask, out, err };
    let ended = command.run(&mut cx).and_then(|code| Ok(cx.out.flush().map(|()| code)?));
    match ended {
        Ok(code) => code,
        Err(failure) => {
            failure.says.iter().for_each(|say| cx.tell(say));
            failure.exit as u8
        }
    }
}

#[cfg(test)]
mod tests;
