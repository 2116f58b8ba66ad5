//! The goals that compile time and generating have, and whether they are met.

use serde::Serialize;

use super::figures::{DocumentFigures, Row};
use super::usage::{Measure, Usage};

/// A goal: a figure of this project divided by one that it is compared to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Goal {
    /// What is compared to what.
    pub(crate) what: String,
    /// The most that the ratio may be.
    pub(crate) limit: f64,
    /// The ratio, where both were measured.
    pub(crate) ratio: Option<f64>,
    /// Whether emitted code decides it.
    #[serde(skip)]
    pub(crate) is_about_compiling: bool,
}

impl Goal {
    fn new(what: impl Into<String>, limit: f64, own: Option<f64>, other: Option<f64>) -> Self {
        let ratio = own.zip(other).filter(|(_, other)| *other > 0.0).map(|(own, other)| own / other);
        let what = what.into();
        let is_about_compiling = !what.starts_with("generating");
        Self { what, limit, ratio, is_about_compiling }
    }

    /// Whether it is met; unknown where something was not measured.
    pub(crate) fn is_met(&self) -> Option<bool> {
        self.ratio.map(|ratio| ratio <= self.limit)
    }

    /// The same in words.
    pub(crate) fn verdict(&self) -> &'static str {
        match self.is_met() {
            Some(true) => "met",
            Some(false) => "**missed**",
            None => "not measured",
        }
    }
}

fn check(row: &Row) -> Option<Usage> {
    row.check.as_ref().and_then(Measure::taken)
}

fn build(row: &Row) -> Option<Usage> {
    row.build.as_ref().and_then(Measure::taken)
}

fn generate(row: &Row) -> Option<Usage> {
    row.generate.as_ref().and_then(Measure::taken)
}

/// The goals, as far as the figures go.
pub(crate) fn judge(figures: &DocumentFigures) -> Vec<Goal> {
    let own = |figure: fn(&Row) -> Option<Usage>| figures.own().and_then(figure).map(|usage| usage.cpu);
    let baseline = |figure: fn(&Row) -> Option<Usage>| figures.baseline().and_then(figure).map(|usage| usage.cpu);
    let group = figures.group.as_ref();
    let name = group.map_or("one group", |figures| figures.group.as_str());
    let mut goals = vec![
        against_best(figures, "check", 0.5, check),
        Goal::new("check, to the baseline", 0.6, own(check), baseline(check)),
        Goal::new("build, to the baseline", 1.0, own(build), baseline(build)),
        Goal::new(
            format!("check of `{name}` alone, to the whole"),
            0.1,
            group.and_then(|figures| figures.check.cpu()),
            own(check),
        ),
        generating(figures),
    ];
    let times = |times: usize| figures.multiples.iter().find(|multiple| multiple.times == times);
    let once = times(1).and_then(|multiple| multiple.generate.cpu());
    for (number, divisor, name) in [(2, 2.0, "doubled"), (4, 4.0, "quadrupled")] {
        let each = times(number).and_then(|multiple| multiple.generate.cpu()).map(|cpu| cpu / divisor);
        goals.push(Goal::new(format!("generating the document {name}, a copy to one alone"), 1.1, each, once));
    }
    goals
}

fn against_best(figures: &DocumentFigures, what: &str, limit: f64, figure: fn(&Row) -> Option<Usage>) -> Goal {
    let own = figures.own().and_then(figure).map(|usage| usage.cpu);
    let best = figures.best(figure);
    let peer = best.map_or("no peer", |(row, _)| row.generator.as_str());
    Goal::new(format!("{what}, to the best peer ({peer})"), limit, own, best.map(|(_, cpu)| cpu))
}

/// Half of the best peer or one and a half times the floor, whichever allows more.
fn generating(figures: &DocumentFigures) -> Goal {
    let own = figures.own().and_then(generate).map(|usage| usage.cpu);
    let floor = figures.floor.as_ref().and_then(Measure::cpu);
    let to_floor = Goal::new("generating, to the floor", 1.5, own, floor);
    let to_best = against_best(figures, "generating", 0.5, generate);
    let allowance = |goal: &Goal| goal.ratio.map(|ratio| ratio / goal.limit);
    match (allowance(&to_floor), allowance(&to_best)) {
        (Some(floor), Some(best)) if best < floor => to_best,
        (Some(floor), None) if floor > 1.0 => Goal { ratio: None, ..to_best },
        (Some(_), _) => to_floor,
        (None, _) => to_best,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::figures::{BASELINE, GroupFigures, Multiple};

    fn taken(cpu: f64) -> Measure {
        Measure::Taken(Usage { cpu, memory: 0 })
    }

    fn row(generator: &str, is_peer: bool, [generate, check, build]: [f64; 3]) -> Row {
        let [generate, check, build] = [generate, check, build].map(|cpu| Some(taken(cpu)));
        Row { generator: generator.to_owned(), is_peer, generate, size: None, check, build }
    }

    fn figures() -> DocumentFigures {
        let broken =
            Row { check: Some(Measure::Failed("2 errors".to_owned())), ..row("broken", true, [0.1, 1.0, 1.0]) };
        DocumentFigures {
            rows: vec![
                row("this project", false, [1.2, 30.0, 55.0]),
                row("typify", false, [0.1, 1.0, 1.0]),
                row("slow", true, [3.0, 80.0, 80.0]),
                row("fast", true, [2.0, 58.0, 66.0]),
                broken,
                row(BASELINE, false, [9.0, 50.0, 50.0]),
            ],
            floor: Some(taken(0.9)),
            group: Some(GroupFigures { group: "users".to_owned(), check: taken(3.0) }),
            multiples: [(1, 1.2), (2, 2.4), (4, 6.0)]
                .map(|(times, cpu)| Multiple { times, generate: taken(cpu) })
                .into(),
            ..DocumentFigures::default()
        }
    }

    #[test]
    fn goals_compare_with_whoever_is_best_and_compiles() {
        let found: Vec<(String, String, f64, &str)> = judge(&figures())
            .iter()
            .map(|goal| (goal.what.clone(), format!("{:.2}", goal.ratio.unwrap()), goal.limit, goal.verdict()))
            .collect();
        let expected = [
            ("check, to the best peer (fast)", "0.52", 0.5, "**missed**"),
            ("check, to the baseline", "0.60", 0.6, "met"),
            ("build, to the baseline", "1.10", 1.0, "**missed**"),
            ("check of `users` alone, to the whole", "0.10", 0.1, "met"),
            ("generating, to the floor", "1.33", 1.5, "met"),
            ("generating the document doubled, a copy to one alone", "1.00", 1.1, "met"),
            ("generating the document quadrupled, a copy to one alone", "1.25", 1.1, "**missed**"),
        ];
        let expected =
            expected.map(|(what, ratio, limit, verdict)| (what.to_owned(), ratio.to_owned(), limit, verdict));
        assert_eq!(found, expected);
    }

    #[test]
    fn generating_may_cost_whichever_is_more() {
        let mut figures = figures();
        figures.floor = Some(taken(0.5));
        assert_eq!(generating(&figures).what, "generating, to the best peer (fast)");
        assert_eq!(generating(&figures).is_met(), Some(false));
        figures.rows.retain(|row| !row.is_peer);
        assert_eq!(generating(&figures).is_met(), None, "a peer might be slow enough");
        figures.floor = Some(taken(0.8));
        assert_eq!(generating(&figures).is_met(), Some(true));
    }

    #[test]
    fn what_was_not_measured_is_neither_met_nor_missed() {
        let goals = judge(&DocumentFigures::default());
        assert!(goals.iter().all(|goal| goal.is_met().is_none()));
        assert_eq!((goals[0].what.as_str(), goals[0].verdict()), ("check, to the best peer (no peer)", "not measured"));
    }
}
