//! What a run found: counts a keyword, and every case that is wrong.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::suite::Suite;
use super::{Verdict, Verdicts, why_not};
use crate::workshop::{Built, Engine, Strength};

/// The figures of a suite and an engine.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Figures {
    /// The folder of the draft.
    pub(crate) draft: String,
    /// The engine.
    pub(crate) engine: String,
    /// The counts, by the name of the test's file.
    pub(crate) keywords: BTreeMap<String, Row>,
    /// The cases about which a type, or the schema that it gives of itself, is wrong.
    pub(crate) wrong: Vec<Wrong>,
}

/// Counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Row {
    /// Schemas.
    pub(crate) schemas: usize,
    /// Schemas that are checked by types alone.
    pub(crate) typed: usize,
    /// Schemas of which a part is asked of the value as a whole, by predicates.
    pub(crate) predicates: usize,
    /// Cases.
    pub(crate) cases: usize,
    /// Cases about which the types are right.
    pub(crate) types: usize,
    /// Cases about which the schemas are right that types give of themselves.
    pub(crate) schema_for: usize,
    /// Cases about which the independent validator is right.
    pub(crate) oracle: usize,
}

/// A case that is wrong.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wrong {
    /// The module, which is the name of the schema's file as well.
    pub(crate) module: String,
    /// What the suite calls the group and the case.
    pub(crate) description: String,
    /// The instance.
    pub(crate) instance: String,
    /// Whether it is valid.
    pub(crate) valid: bool,
    /// Who is wrong, and how.
    pub(crate) found: String,
}

impl Figures {
    /// Counts.
    pub(crate) fn of(suite: &Suite, engine: Engine, built: &Built, verdicts: &Verdicts) -> Self {
        let mut figures = Self { draft: suite.draft.clone(), engine: engine.name().to_owned(), ..Self::default() };
        for group in &suite.groups {
            let row = figures.keywords.entry(group.keyword.clone()).or_default();
            row.schemas += 1;
            match built.modules.get(&group.module) {
                Some(Strength::Typed) => row.typed += 1,
                Some(Strength::Predicates) => row.predicates += 1,
                None => {}
            }
            for (number, case) in group.cases.iter().enumerate() {
                let Verdict { types, schema_for, oracle } =
                    verdicts.get(&(group.module.clone(), number)).copied().unwrap_or_default();
                let is_right = |verdict: Option<bool>| verdict == Some(case.valid);
                row.cases += 1;
                row.types += usize::from(is_right(types));
                row.schema_for += usize::from(is_right(schema_for));
                row.oracle += usize::from(is_right(oracle));
                let mut found = Vec::new();
                if !is_right(types) {
                    found.push(why_not(built, &group.module).unwrap_or_else(|| opinion("types", types)));
                }
                // Other engines do not give schemas of their types.
                if !is_right(schema_for) && engine == Engine::Native && built.modules.contains_key(&group.module) {
                    found.push(opinion("schema_for", schema_for));
                }
                if !found.is_empty() {
                    figures.wrong.push(Wrong {
                        module: group.module.clone(),
                        description: format!("{}: {}", group.description, case.description),
                        instance: case.data.get().split_whitespace().collect::<Vec<_>>().join(" "),
                        valid: case.valid,
                        found: found.join("; "),
                    });
                }
            }
        }
        figures
    }

    /// The sums.
    pub(crate) fn total(&self) -> Row {
        self.keywords.values().fold(Row::default(), |sum, row| Row {
            schemas: sum.schemas + row.schemas,
            typed: sum.typed + row.typed,
            predicates: sum.predicates + row.predicates,
            cases: sum.cases + row.cases,
            types: sum.types + row.types,
            schema_for: sum.schema_for + row.schema_for,
            oracle: sum.oracle + row.oracle,
        })
    }

    /// Whether nothing is wrong.
    pub(crate) fn is_perfect(&self) -> bool {
        self.wrong.is_empty()
    }
}

fn opinion(who: &str, verdict: Option<bool>) -> String {
    let verdict = verdict.map_or("gives no answer", |accepts| if accepts { "accepts it" } else { "refuses it" });
    format!("{who} {verdict}")
}
