//! What a process costs.

use std::fmt;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Serialize;
use wait4::Wait4;

/// The cost of a process and of those that it waited for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
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
/// # Errors
/// It does not start.
pub(crate) fn run(command: &mut Command, log: &Path) -> Result<Ran, String> {
    let wrong = |error: std::io::Error| format!("{}: {error}", command.get_program().display());
    let file = File::create(log).map_err(|error| format!("{}: {error}", log.display()))?;
    let both = file.try_clone().map_err(wrong)?;
    let child = command.stdin(Stdio::null()).stdout(file).stderr(both).spawn();
    let wrong = |error: std::io::Error| format!("{}: {error}", command.get_program().display());
    let ended = child.map_err(wrong)?.wait4().map_err(wrong)?;
    let cpu = ended.rusage.utime.saturating_add(ended.rusage.stime).as_secs_f64();
    let printed = fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    Ok(Ran { usage: Usage { cpu, memory: ended.rusage.maxrss }, succeeded: ended.status.success(), printed })
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
    fn processes_of_a_process_count_and_both_streams_are_kept() {
        let log = std::env::temp_dir().join(format!("codegen-usage-{}", std::process::id()));
        let script = "echo out; echo err >&2; sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'; exit 3";
        let ran = run(Command::new("sh").args(["-c", script]), &log).unwrap();
        fs::remove_file(&log).unwrap();
        assert!(!ran.succeeded);
        assert_eq!(ran.printed, "out\nerr\n");
        assert!(ran.usage.cpu > 0.01, "{:?}", ran.usage);
        assert!(ran.usage.memory > 100_000, "{:?}", ran.usage);
    }
}
