//! What a process costs.

use std::fmt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use serde::{Deserialize, Serialize};
use wait4::Wait4;

/// The cost of a process and of those that it waited for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Usage {
    /// Seconds of CPU, user and system, of all of them.
    pub(crate) cpu: f64,
    /// Bytes of memory at the peak, of the largest of them.
    pub(crate) memory: u64,
}

/// The cost of something that may not work.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Measure {
    /// The median of the runs.
    Taken(Usage),
    /// Why there is none.
    Failed(String),
}

impl Measure {
    /// The seconds of CPU, where it worked.
    pub(crate) fn cpu(&self) -> Option<f64> {
        self.taken().map(|usage| usage.cpu)
    }

    /// The cost, where it worked.
    pub(crate) fn taken(&self) -> Option<Usage> {
        match self {
            Self::Taken(usage) => Some(*usage),
            Self::Failed(_) => None,
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken(usage) => write!(formatter, "{:.2} CPU s", usage.cpu),
            Self::Failed(why) => formatter.write_str(why),
        }
    }
}

/// A process that has ended.
pub(crate) struct Ran {
    pub(crate) usage: Usage,
    pub(crate) succeeded: bool,
    /// Both of its streams.
    pub(crate) printed: String,
}

/// Runs a process to its end. What it prints goes to a file, so that nobody has to read while it runs.
///
/// It is started by a process that does nothing else: to the peak of a process the system counts that of the one which started it, and
/// this one reads whole crates.
///
/// # Errors
/// It does not start.
pub(crate) fn run(command: &Command, log: &Path) -> Result<Ran, String> {
    let note = log.with_extension("json");
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut between = Command::new(program);
    between.args(["bench", "--note"]).arg(&note).arg("--").arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => between.env(name, value),
            None => between.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        between.current_dir(folder);
    }
    let wrong = |error: std::io::Error| format!("{}: {error}", log.display());
    let (status, printed) = captured(&mut between, log).map_err(wrong)?;
    if !status.success() {
        return Err(format!("{}: {}", command.get_program().display(), printed.trim()));
    }
    let noted = fs::read_to_string(&note).map_err(wrong)?;
    let Note { usage, succeeded } = serde_json::from_str(&noted).map_err(|error| error.to_string())?;
    Ok(Ran { usage, succeeded, printed })
}

/// Runs a command; what it prints on both streams goes to the log, and comes back.
fn captured(command: &mut Command, log: &Path) -> std::io::Result<(ExitStatus, String)> {
    let file = File::create(log)?;
    let both = file.try_clone()?;
    let status = command.stdin(Stdio::null()).stdout(file).stderr(both).status()?;
    let printed = fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    Ok((status, printed))
}

/// What the process between tells.
#[derive(Serialize, Deserialize)]
struct Note {
    usage: Usage,
    succeeded: bool,
}

/// The process between: runs a command, the program first, and notes what it cost in a file.
///
/// # Errors
/// It does not start, or there is no such file.
pub(crate) fn note(words: &[PathBuf], file: &Path) -> Result<(), String> {
    let (program, arguments) = words.split_first().ok_or("there is no command to run")?;
    let text = serde_json::to_string(&measured(Command::new(program).args(arguments))?);
    fs::write(file, text.map_err(|error| error.to_string())?).map_err(|error| format!("{}: {error}", file.display()))
}

fn measured(command: &mut Command) -> Result<Note, String> {
    let started = command.spawn().and_then(|child| child.wait4());
    let ended = started.map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    let cpu = ended.rusage.utime.saturating_add(ended.rusage.stime).as_secs_f64();
    Ok(Note { usage: Usage { cpu, memory: ended.rusage.maxrss }, succeeded: ended.status.success() })
}

/// The median of each figure; nothing where there is none.
pub(crate) fn median(usages: &[Usage]) -> Option<Usage> {
    let mut times: Vec<f64> = usages.iter().map(|usage| usage.cpu).collect();
    times.sort_by(f64::total_cmp);
    let mut sizes: Vec<u64> = usages.iter().map(|usage| usage.memory).collect();
    sizes.sort_unstable();
    // Of an even number, the larger of the two in the middle: nothing is made up.
    let middle = usages.len() / 2;
    Some(Usage { cpu: *times.get(middle)?, memory: *sizes.get(middle)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_taken_of_each_figure() {
        let usages = [(3.0, 10), (1.0, 30), (2.0, 20)].map(|(cpu, memory)| Usage { cpu, memory });
        assert_eq!(median(&usages), Some(Usage { cpu: 2.0, memory: 20 }));
        assert_eq!(median(&usages[..1]), Some(Usage { cpu: 3.0, memory: 10 }));
        assert_eq!(median(&[]), None);
    }

    #[test]
    #[cfg(unix)]
    fn processes_of_a_process_count_and_a_failure_is_noted() {
        let file = std::env::temp_dir().join(format!("codegen-usage-{}", std::process::id()));
        let script = "sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'; exit 3";
        note(&["sh".into(), "-c".into(), script.into()], &file).unwrap();
        let noted: Note = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        fs::remove_file(&file).unwrap();
        assert!(!noted.succeeded);
        assert!(noted.usage.cpu > 0.01, "{:?}", noted.usage);
        assert!(noted.usage.memory > 100_000, "{:?}", noted.usage);
        assert!(note(&[], &file).is_err());
    }

    #[test]
    #[cfg(unix)]
    fn both_streams_are_kept() {
        let log = std::env::temp_dir().join(format!("codegen-printed-{}", std::process::id()));
        let (status, printed) =
            captured(Command::new("sh").args(["-c", "echo out; echo err >&2; exit 3"]), &log).unwrap();
        fs::remove_file(&log).unwrap();
        assert_eq!((status.code(), printed.as_str()), (Some(3), "out\nerr\n"));
    }
}
