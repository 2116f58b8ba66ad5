//! `duration`: RFC 3339, appendix A, production `duration`.

/// Whether `value` is a duration: `P`, then years, months and days, then `T` with hours, minutes and seconds; or `P` and weeks.
///
/// The grammar leaves no gap between two units: `P1Y2D` lacks its months. Letters may be written in lower case, as in any ABNF
/// (RFC 5234, section 2.3).
pub fn is_duration(value: &str) -> bool {
    let Some(elements) = value.strip_prefix(['P', 'p']) else {
        return false;
    };
    match elements.split_once(['T', 't']) {
        Some((date, time)) => (date.is_empty() || is_run(date, "YMD")) && is_run(time, "HMS"),
        None => is_run(elements, "YMD") || is_run(elements, "W"),
    }
}

/// Whether `text` is one element or more, each a number with its unit, whose units stand in `units` side by side.
fn is_run(text: &str, units: &str) -> bool {
    let mut rest = text;
    let mut expected = None;
    while !rest.is_empty() {
        let unit_onwards = rest.trim_start_matches(|character: char| character.is_ascii_digit());
        let mut characters = unit_onwards.chars();
        let unit = characters.next().map(|unit| unit.to_ascii_uppercase());
        let Some(position) = unit.and_then(|unit| units.find(unit)) else {
            return false;
        };
        if unit_onwards.len() == rest.len() || expected.is_some_and(|expected| expected != position) {
            return false;
        }
        expected = Some(position + 1);
        rest = characters.as_str();
    }
    expected.is_some()
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_duration;

    #[test]
    fn units_in_order_are_accepted() {
        assert_accepts(
            is_duration,
            &[
                "P3Y",
                "P3M",
                "P3D",
                "P3W",
                "PT3H",
                "PT3M",
                "PT3S",
                "P3Y6M",
                "P3Y6M4D",
                "P6M4D",
                "PT2H3M",
                "PT2H3M4S",
                "PT3M4S",
                "P3Y6M4DT12H30M17S",
                "P1DT1S",
                "P1YT1S",
                "P0D",
                "PT007S",
                "p1dt1h",
            ],
        );
        assert!(is_duration(&format!("P{}D", "9".repeat(100_000))));
    }

    #[test]
    fn gaps_between_units_are_refused() {
        assert_refuses(is_duration, &["P1Y1D", "PT1H1S", "P1Y1DT1H", "P1DT1H1S"]);
    }

    #[test]
    fn units_out_of_order_or_place_are_refused() {
        assert_refuses(
            is_duration,
            &["P1M1Y", "P1D1M", "PT1M1H", "PT1S1M", "P1Y1Y", "P1H", "P1S", "PT1D", "PT1Y", "PT1W", "PT1HT1M"],
        );
    }

    #[test]
    fn weeks_stand_alone() {
        assert_refuses(is_duration, &["P1Y1W", "P1W1D", "P1W1W", "P1WT1H", "PT1H1W"]);
    }

    #[test]
    fn other_notations_are_refused() {
        assert_refuses(
            is_duration,
            &[
                "",
                "P",
                "PT",
                "T1H",
                "P1",
                "PD",
                "P1DT",
                "PT1",
                "PTH",
                "1D",
                "PP1D",
                "-P1D",
                "+P1D",
                "P-1D",
                "P+1D",
                "PT0.5S",
                "PT0,5S",
                "P1 D",
                " P1D",
                "P1D ",
                "P1D\n",
                "P1D\u{0}",
                "P١D",
                "P1Ｄ",
                "P0003-06-04T12:30:05",
                "P1D/P2D",
            ],
        );
    }
}
