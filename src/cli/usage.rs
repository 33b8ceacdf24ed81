//! `madoguchi usage`: how many keys and seconds calls took, as the page 自己点検 shows it.

use super::desk::Desk;
use super::words::Words;
use super::{Cx, Exit, Failure};
use crate::runtime::reading;
use crate::screens::keeping::usage::lines;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Prints the figures of who opens the desk, and the desk's medians.
pub fn run(_args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    Desk::with(cx, |desk, cx| {
        let words = Words::of(desk)?;
        let report = reading::usage(desk.journal(), desk.operator(), words.today);
        let report = report.map_err(|error| Failure::of(Exit::Failed, &error))?;
        if cx.global.json {
            return cx.json(&report);
        }
        for line in lines(&report, &words.look(cx.locale)) {
            writeln!(cx.out, "{}", line.text.trim_end())?;
        }
        Ok(())
    })
}
