//! The measurements, in their order.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::baseline::{self, baseline};
use super::compile::{self, Action, Subject};
use super::document::Document;
use super::figures::{BASELINE, DocumentFigures, GroupFigures, KindFigures, Multiple, Row};
use super::generator::{self, Generator, Job, Own, Role};
use super::goals::{self, Goal};
use super::kinds::{self, KINDS, Kind};
use super::multiply::multiply;
use super::sources::{self, Trees};
use super::usage::{self, Measure};
use super::{Step, floor};
use crate::data::tell;
use crate::workshop::{Engine, home, write};

/// The group whose share of the whole is a goal, where a document has it.
const GROUP: &str = "users";

/// Everything that a run needs.
pub(crate) struct Bench {
    folder: PathBuf,
    runs: usize,
    /// What was asked for; everything, if nothing was.
    steps: BTreeSet<Step>,
    own: Own,
    /// This project's program, for the floor.
    program: PathBuf,
    others: Vec<Box<dyn Generator>>,
}

impl Bench {
    /// Builds this project's programs for release, and finds the others'.
    ///
    /// # Errors
    /// They do not build.
    pub(crate) fn new(runs: usize, steps: BTreeSet<Step>) -> Result<Self, String> {
        let folder = home().join("target/bench");
        let program = built(&folder, Engine::Native)?;
        let own = Own::new(program.clone(), Engine::Native);
        let mut bench = Self { folder, runs, steps, own, program, others: Vec::new() };
        if bench.compares() {
            let typify = Own::new(built(&bench.folder, Engine::Typify)?, Engine::Typify);
            let (peers, missing) = generator::peers(&bench.folder);
            if !missing.is_empty() {
                tell(&format!("not installed, and left out: {}", missing.join(", ")));
            }
            bench.others.push(Box::new(typify));
            bench.others.extend(peers);
        }
        Ok(bench)
    }

    fn asks_for(&self, step: Step) -> bool {
        self.steps.is_empty() || self.steps.contains(&step)
    }

    /// Whether other generators have a part in what is asked for.
    fn compares(&self) -> bool {
        [Step::Generate, Step::Check, Step::Build].into_iter().any(|step| self.asks_for(step))
    }

    /// All figures of a document.
    ///
    /// # Errors
    /// It can't be read, or something that is not the fault of one generator.
    pub(crate) fn document(&self, path: &Path) -> Result<DocumentFigures, String> {
        let document = Document::read(path)?;
        let mut figures = DocumentFigures { document: document.name.clone(), ..DocumentFigures::default() };
        let own: &dyn Generator = &self.own;
        figures.rows.push(self.row(own, &document)?);
        let out = self.job(own, &document).out;
        let is_generated = out.join("src/lib.rs").exists();
        if is_generated && (self.asks_for(Step::Check) || self.asks_for(Step::Build)) {
            figures.rows.push(self.baseline(&document, &out)?);
        }
        for other in &self.others {
            figures.rows.push(self.row(other.as_ref(), &document)?);
        }
        if is_generated {
            self.own_figures(&document, &out, &mut figures)?;
        }
        Ok(figures)
    }

    /// What is measured of this project alone.
    fn own_figures(&self, document: &Document, out: &Path, figures: &mut DocumentFigures) -> Result<(), String> {
        if self.asks_for(Step::Floor) {
            tell(&format!("{}: floor", document.name));
            let command = || floor::command(&self.program, &document.path, out);
            figures.floor = Some(self.repeat(|| Ok(()), command)?);
        }
        if self.asks_for(Step::Group) {
            figures.group = self.group(document, out)?;
        }
        if self.asks_for(Step::Linear) {
            figures.multiples = self.multiples(document)?;
        }
        figures.goals = goals::judge(figures);
        let is_slow = figures.goals.iter().any(|goal| goal.is_about_compiling && Goal::is_met(goal) == Some(false));
        if self.steps.contains(&Step::Kinds) || self.steps.is_empty() && is_slow {
            figures.kinds = self.kinds(document, out)?;
        }
        Ok(())
    }

    fn job<'j>(&self, generator: &dyn Generator, document: &'j Document) -> Job<'j> {
        let folder = self.folder.join(&document.slug).join(generator.folder());
        Job {
            document,
            out: folder.join("crate"),
            scratch: folder,
            package: format!("bench-{}-{}", generator.folder(), document.slug),
        }
    }

    /// One generator's figures.
    fn row(&self, generator: &dyn Generator, document: &Document) -> Result<Row, String> {
        let label = generator.label();
        let is_peer = generator.role() == Role::Peer;
        let mut row = Row { generator: label.clone(), is_peer, ..Row::default() };
        tell(&format!("{}: {label}: generate", document.name));
        let job = self.job(generator, document);
        let generated = self.repeat(
            || {
                self.put_aside(&job.out)?;
                fs::create_dir_all(&job.scratch).map_err(|error| format!("{}: {error}", job.scratch.display()))?;
                generator.prepare(&job)
            },
            || generator.command(&job),
        );
        let generated = match generated {
            Ok(measure) => measure,
            Err(why) if generator.role() == Role::Own => return Err(why),
            Err(why) => Measure::Failed(why),
        };
        let finished = match &generated {
            Measure::Taken(_) => generator.finish(&job),
            Measure::Failed(_) => {
                row.generate = Some(generated);
                return Ok(row);
            }
        };
        row.generate = Some(generated);
        if let Err(why) = finished {
            row.check = Some(Measure::Failed(why));
            return Ok(row);
        }
        row.size = Some(sources::size(&job.out.join("src"))?);
        let subject = self.subject(&job.out, generator.folder());
        if generator.is_of_this_workspace() {
            subject.pin()?;
        }
        self.compile(&subject, &format!("{}: {label}", document.name), &mut row)?;
        Ok(row)
    }

    /// Compiles a crate in both ways, as far as they are asked for.
    fn compile(&self, subject: &Subject, label: &str, row: &mut Row) -> Result<(), String> {
        if self.asks_for(Step::Check) {
            tell(&format!("{label}: check"));
            let check = subject.measure(Action::Check, self.runs)?;
            tell(&format!("{label}: check: {check}"));
            row.check = Some(check);
        }
        if matches!(row.check, Some(Measure::Failed(_))) {
            return Ok(());
        }
        if self.asks_for(Step::Build) {
            tell(&format!("{label}: build"));
            let build = subject.measure(Action::Build, self.runs)?;
            tell(&format!("{label}: build: {build}"));
            row.build = Some(build);
        }
        Ok(())
    }

    fn subject(&self, folder: &Path, generator: &str) -> Subject {
        let target = self.folder.join("target").join(generator);
        Subject { folder: folder.to_owned(), target, features: None, log: self.log() }
    }

    fn trash(&self) -> PathBuf {
        self.folder.join("trash")
    }

    /// Moves a folder out of the way, if it is there. It is not deleted yet: where thousands of files have just been, some file systems
    /// (ext4) are slow to make new ones, and generating would be measured with that.
    fn put_aside(&self, folder: &Path) -> Result<(), String> {
        let wrong = |error: std::io::Error| format!("{}: {error}", folder.display());
        if !folder.exists() {
            return Ok(());
        }
        let trash = self.trash();
        fs::create_dir_all(&trash).map_err(wrong)?;
        let aside = (0_u32..).map(|number| trash.join(number.to_string())).find(|path| !path.exists());
        aside.map_or(Ok(()), |aside| fs::rename(folder, aside)).map_err(wrong)
    }

    /// Deletes what was put aside.
    ///
    /// # Errors
    /// Those of the file system.
    pub(crate) fn tidy(&self) -> Result<(), String> {
        sources::clear(&self.trash())
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log.txt")
    }

    /// The median cost of a process that does the same every time.
    fn repeat(
        &self,
        prepare: impl Fn() -> Result<(), String>,
        command: impl Fn() -> Command,
    ) -> Result<Measure, String> {
        let mut usages = Vec::new();
        for _ in 0..self.runs {
            prepare()?;
            let ran = usage::run(&command(), &self.log())?;
            if !ran.succeeded {
                return Ok(Measure::Failed(first_error(&ran.printed)));
            }
            usages.push(ran.usage);
        }
        Ok(usage::median(&usages).map_or_else(|| Measure::Failed("no run".to_owned()), Measure::Taken))
    }

    /// The types of the generated crate as plain serde types.
    fn baseline(&self, document: &Document, out: &Path) -> Result<Row, String> {
        let folder = self.folder.join(&document.slug).join(BASELINE);
        let trees = baseline(trees_of(out)?);
        sources::write_trees(&folder.join("src"), &trees)?;
        let manifest = format!(
            "[package]\nname = \"bench-baseline-{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n{}\n[workspace]\n",
            document.slug,
            baseline::DEPENDENCIES
        );
        write(&folder.join("Cargo.toml"), &manifest)?;
        let subject = self.subject(&folder, BASELINE);
        subject.pin()?;
        let mut row = Row { generator: BASELINE.to_owned(), ..Row::default() };
        row.size = Some(sources::size(&folder.join("src"))?);
        self.compile(&subject, &format!("{}: {BASELINE}", document.name), &mut row)?;
        Ok(row)
    }

    /// One client group with the client, and nothing else.
    fn group(&self, document: &Document, out: &Path) -> Result<Option<GroupFigures>, String> {
        let groups = compile::groups(out)?;
        let Some(group) = groups.iter().find(|name| *name == GROUP).or(groups.first()) else { return Ok(None) };
        tell(&format!("{}: `{group}` alone: check", document.name));
        let mut subject = self.subject(out, self.own.folder());
        subject.features = Some(vec!["client".to_owned(), group.clone()]);
        let check = subject.measure(Action::Check, self.runs)?;
        Ok(Some(GroupFigures { group: group.clone(), check }))
    }

    /// Generating the document once, twice and four times over.
    fn multiples(&self, document: &Document) -> Result<Vec<Multiple>, String> {
        let mut found = Vec::new();
        for times in [1, 2, 4] {
            tell(&format!("{}: {times} times: generate", document.name));
            let folder = self.folder.join(&document.slug).join(format!("times-{times}"));
            let spec = folder.join("openapi.json");
            let text = serde_json::to_string(&multiply(&document.value, times)).map_err(|error| error.to_string())?;
            write(&spec, &text)?;
            let out = folder.join("crate");
            let generate = self.repeat(|| self.put_aside(&out), || self.own.generate(&spec, &out, "bench-multiple"))?;
            found.push(Multiple { times, generate });
        }
        Ok(found)
    }

    /// The crate without each kind of emitted code; none of them asks for lints, since what is left unused would be reported.
    fn kinds(&self, document: &Document, out: &Path) -> Result<Vec<KindFigures>, String> {
        let texts = sources::texts(&out.join("src"))?;
        // As deep as the crate itself, for the relative paths in its manifest.
        let folder = self.folder.join(&document.slug).join("kinds/crate");
        let manifest = fs::read_to_string(out.join("Cargo.toml")).map_err(|error| error.to_string())?;
        let manifest = without_lints(&manifest);
        let subject = self.subject(&folder, self.own.folder());
        let variant = |name: &str, remove: &dyn Fn(&mut Trees)| -> Result<(), String> {
            tell(&format!("{}: without {name}: check", document.name));
            let mut trees = sources::parse(&texts)?;
            remove(&mut trees);
            kinds::permit(&mut trees);
            sources::write_trees(&folder.join("src"), &trees)?;
            write(&folder.join("Cargo.toml"), &manifest)?;
            subject.pin()
        };
        variant("lints", &|_| {})?;
        let whole = subject.measure(Action::Check, self.runs)?;
        let mut found = vec![KindFigures { kind: "nothing but lints".to_owned(), check: whole }];
        for Kind { name, remove } in KINDS {
            variant(name, &|trees| remove(trees))?;
            found.push(KindFigures { kind: name.to_owned(), check: subject.again(Action::Check, self.runs)? });
        }
        variant("all of these", &kinds::all)?;
        found.push(KindFigures { kind: "all of these".to_owned(), check: subject.again(Action::Check, self.runs)? });
        Ok(found)
    }
}

/// The syntax trees of a crate.
fn trees_of(out: &Path) -> Result<Trees, String> {
    sources::parse(&sources::texts(&out.join("src"))?)
}

/// Builds this project's program with an engine, and keeps it from being built over.
fn built(folder: &Path, engine: Engine) -> Result<PathBuf, String> {
    tell(&format!("building xtask for release, engine {}", engine.name()));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--release", "--quiet", "--package", env!("CARGO_PKG_NAME")]);
    if engine == Engine::Typify {
        command.args(["--features", "typify"]);
    }
    let status = command.current_dir(home()).status().map_err(|error| format!("cargo does not start: {error}"))?;
    if !status.success() {
        return Err("xtask does not build".to_owned());
    }
    let suffix = std::env::consts::EXE_SUFFIX;
    let from = home().join(format!("target/release/{}{suffix}", env!("CARGO_PKG_NAME")));
    let to = folder.join("programs").join(format!("{}{suffix}", engine.name()));
    fs::create_dir_all(folder.join("programs")).map_err(|error| format!("{}: {error}", folder.display()))?;
    fs::copy(&from, &to).map_err(|error| format!("{}: {error}", from.display()))?;
    Ok(to)
}

/// The first line that tells of an error, else the last one that says something.
fn first_error(printed: &str) -> String {
    let lines = || printed.lines().map(str::trim).filter(|line| !line.is_empty());
    let found = lines().find(|line| line.to_ascii_lowercase().contains("error")).or(lines().next_back());
    let line: String = found.unwrap_or("it says nothing").chars().take(120).collect();
    format!("refused: {line}")
}

/// A manifest without its tables of lints.
fn without_lints(manifest: &str) -> String {
    let mut kept = String::new();
    let mut is_lints = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            is_lints = line.starts_with("[lints");
        }
        if !is_lints {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lints_are_taken_out_of_a_manifest() {
        let manifest =
            "[package]\nname = \"a\"\n\n[lints.rust]\nx = \"y\"\n\n[lints.clippy]\nz = \"y\"\n\n[workspace]\n";
        assert_eq!(without_lints(manifest), "[package]\nname = \"a\"\n\n[workspace]\n");
    }

    #[test]
    fn a_refusal_shows_its_first_error() {
        assert_eq!(first_error("reading\nError: no such thing\nmore\n"), "refused: Error: no such thing");
        assert_eq!(first_error("reading\nstopped\n\n"), "refused: stopped");
        assert_eq!(first_error(""), "refused: it says nothing");
    }
}
