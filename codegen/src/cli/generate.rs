//! The command `generate`: every crate is made in memory first, and written when nothing is wrong with any.

use std::path::Path;
use std::time::Duration;

use super::args::GenerateArguments;
use super::findings::{Finding, Findings, file_error, unwritable};
use super::host::Stream;
use super::job::Job;
use super::reconcile::{self, Plan};
use super::{Exit, Program, check, command, documents, report, settings, summary};
use crate::Input;
use crate::config;
use crate::diagnostic::{Diagnostic, Severity, Spot};
use crate::files::Generated;

/// A crate that was made, and what there is to do so that the disk holds it.
pub(super) struct Made<'a> {
    pub(super) job: Job<'a>,
    pub(super) generated: Generated,
    pub(super) plan: Option<Plan>,
    pub(super) time: Duration,
}

impl<'a> Program<'a> {
    /// Runs the command.
    pub(super) fn generate(&self, arguments: &GenerateArguments) -> Exit {
        let mut findings = Findings::default();
        let jobs = self.jobs(arguments, &mut findings);
        let made: Vec<Made<'a>> = jobs.into_iter().filter_map(|job| self.make(job, arguments, &mut findings)).collect();
        if arguments.strict {
            findings.make_warnings_errors();
        }
        let may_write = !arguments.check && !findings.has_errors();
        if may_write {
            self.write(&made, &mut findings);
        }
        if let Some(file) = &arguments.report {
            self.write_report(file, &made, &mut findings);
        }
        self.tell(&made, &findings, arguments);
        self.conclude(&made, &findings, arguments, may_write)
    }

    fn make(&self, job: Job<'a>, arguments: &GenerateArguments, findings: &mut Findings) -> Option<Made<'a>> {
        let start = self.host.elapsed();
        let Job { config, sources, options, library, .. } = &job;
        let outcome = (self.generate)(&Input { sources, config, options: options.clone(), library });
        findings.texts.extend(library.take_texts());
        let failed = outcome.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
        let problems = placed(outcome.diagnostics, &job, findings);
        findings.extend(problems);
        let Some(generated) = outcome.generated.filter(|_| !failed) else {
            if !failed {
                let file = sources.first().map_or("", |source| source.name.as_str());
                findings.add(file_error("internal", "the generator made nothing and does not say why", file));
            }
            return None;
        };
        let unused = placed(job.library.unused(job.config_file.is_some()), &job, findings);
        findings.extend(unused);
        let plan = reconcile::plan(self.host, &job.out, &generated, arguments.force, findings);
        if let Some(plan) = plan.as_ref().filter(|_| !arguments.force && !arguments.check) {
            findings.extend(plan.conflicts());
        }
        let time = job.reading + self.host.elapsed().saturating_sub(start);
        Some(Made { job, generated, plan, time })
    }

    fn write(&self, made: &[Made<'_>], findings: &mut Findings) {
        for plan in made.iter().filter_map(|made| made.plan.as_ref()) {
            self.host.show_progress("writing files");
            if let Err(problem) = plan.apply(self.host) {
                findings.add(problem);
            }
        }
    }

    fn write_report(&self, file: &Path, made: &[Made<'_>], findings: &mut Findings) {
        let text = report::text(made, findings);
        let written =
            self.host.current_folder().and_then(|folder| self.host.write(&folder.join(file), text.as_bytes()));
        if let Err(error) = written {
            findings.add(unwritable(&file.to_string_lossy(), &error));
        }
    }

    /// Prints what was found, and a line for each crate.
    fn tell(&self, made: &[Made<'_>], findings: &Findings, arguments: &GenerateArguments) {
        let color = self.host.color(Stream::Error);
        let sources = findings.sources();
        for Finding { diagnostic, diff } in &findings.list {
            let text = documents::render(diagnostic, &sources, color);
            self.host.print(Stream::Error, &format!("{text}\n{diff}\n"));
        }
        if findings.has_errors() {
            return;
        }
        for made in made {
            self.tell_of_crate(made);
        }
        if arguments.check {
            let plans = made.iter().filter_map(|made| made.plan.as_ref());
            self.host.print(Stream::Output, &check::diff_of(plans));
        }
    }

    fn tell_of_crate(&self, Made { job, generated, plan, time }: &Made<'_>) {
        let Some(plan) = plan else { return };
        let line = summary::crate_line(&job.config.package.name, generated, plan, *time);
        self.host.print(Stream::Output, &line);
        let way_out = match &job.config_file {
            Some(file) => format!("`formats.mode = \"assert\"` in {file}"),
            None => "--formats assert".to_owned(),
        };
        if let Some(note) = summary::unchecked_formats(&generated.summary, &way_out) {
            self.host.print(Stream::Error, &note);
        }
        if job.is_unlisted && plan.changes.is_none() {
            self.host.print(Stream::Error, &summary::unlisted(&job.out.shown));
        }
    }

    /// Prints the last line and decides the exit status.
    fn conclude(&self, made: &[Made<'_>], findings: &Findings, arguments: &GenerateArguments, wrote: bool) -> Exit {
        let (errors, warnings) = (findings.count(Severity::Error), findings.count(Severity::Warning));
        let nothing = if errors > 0 && !wrote { "; nothing was written" } else { "" };
        if let Some(problems) = summary::problems(errors, warnings) {
            self.host.print(Stream::Error, &format!("{problems}{nothing}\n"));
        }
        if errors > 0 {
            return Exit::Failure;
        }
        let is_stale = |made: &&Made<'_>| made.plan.as_ref().is_some_and(|plan| !plan.is_done());
        let stale: Vec<&str> = made.iter().filter(is_stale).map(|made| made.job.out.shown.as_str()).collect();
        if !arguments.check || stale.is_empty() {
            return Exit::Success;
        }
        let text = format!("stale: {}; run: {}\n", stale.join(", "), command::to_run(arguments));
        self.host.print(Stream::Error, &text);
        Exit::Failure
    }
}

/// Finds the places of entries in the `codegen.toml` of a job; what is wrong there comes first, in its order.
fn placed(mut problems: Vec<Diagnostic>, job: &Job<'_>, findings: &Findings) -> Vec<Diagnostic> {
    let Some(file) = &job.config_file else {
        // What was said on the command line stands in no file.
        problems.iter_mut().for_each(|problem| problem.places.retain(|place| place.file != config::FILE));
        return problems;
    };
    let text = findings.texts.get(file).map_or(&[][..], Vec::as_slice);
    problems.iter_mut().for_each(|problem| settings::place_entries(problem, file, text));
    problems.sort_by_key(|problem| {
        let place = problem.places.first().filter(|place| place.file == *file);
        place.map_or((true, Spot::File), |place| (false, place.spot.clone()))
    });
    problems
}
