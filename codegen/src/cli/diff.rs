//! Unified diffs.

use similar::TextDiff;

use super::summary::thousands;

/// The diff of a file from one text to another; `None` where there is no file.
pub(super) fn unified(path: &str, old: Option<&str>, new: Option<&str>) -> String {
    let name = |text: Option<&str>| text.map_or("/dev/null", |_| path);
    let (before, after) = (name(old), name(new));
    let diff = TextDiff::from_lines(old.unwrap_or(""), new.unwrap_or(""));
    diff.unified_diff().context_radius(3).header(before, after).to_string()
}

/// The first lines of a text, and how many more there are.
pub(super) fn cut(text: &str, limit: usize) -> String {
    let more = text.lines().count().saturating_sub(limit);
    if more == 0 {
        return text.to_owned();
    }
    let mut shown: String = text.split_inclusive('\n').take(limit).collect();
    shown.push_str(&format!("... and {} more lines\n", thousands(more)));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_diffs_are_cut() {
        assert_eq!(cut("1\n2\n3\n", 3), "1\n2\n3\n");
        assert_eq!(cut(&"x\n".repeat(2002), 2), "x\nx\n... and 2,000 more lines\n");
    }

    #[test]
    fn a_missing_file_has_no_name() {
        assert_eq!(unified("x", None, Some("1\n")), "--- /dev/null\n+++ x\n@@ -0,0 +1 @@\n+1\n");
        assert_eq!(unified("x", Some("1\n"), Some("2\n")), "--- x\n+++ x\n@@ -1 +1 @@\n-1\n+2\n");
    }
}
