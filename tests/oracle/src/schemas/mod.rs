//! Schemas to ask about: those of the JSON-Schema-Test-Suite, those of real OpenAPI documents, compositions of both, and small ones
//! over all keywords.

mod compose;
mod documents;
mod small;
mod suite;

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use crate::oracle::{Remotes, Settings};
use crate::pick::{Picked, pick};
use crate::random::Random;

/// What schemas are drawn from, and how many.
#[derive(Debug)]
pub struct Sources {
    /// Decides what is drawn.
    pub seed: u64,
    /// How many schemas.
    pub schemas: usize,
    /// How many instances of each.
    pub instances: usize,
    /// The folder of draft 2020-12 in the JSON-Schema-Test-Suite.
    pub suite: Option<PathBuf>,
    /// The suite's folder of schemas that others refer to.
    pub remotes: Option<PathBuf>,
    /// OpenAPI 3.1 documents, as JSON.
    pub documents: Vec<PathBuf>,
    /// Whether formats are checked.
    pub formats: bool,
}

/// A schema, and what is asked about it.
#[derive(Debug)]
pub struct Drawn {
    /// A name that is a Rust module.
    pub module: String,
    /// Where it comes from, for people.
    pub origin: String,
    /// The schema.
    pub schema: Value,
    /// Its instances.
    pub picked: Picked,
}

/// A schema that stands somewhere.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) origin: String,
    pub(crate) schema: Value,
}

/// What was drawn.
#[derive(Debug, Default)]
pub struct Harvest {
    /// The schemas.
    pub drawn: Vec<Drawn>,
    /// How many compositions and small schemas were drawn in vain: the oracle refuses them, or one verdict or a keyword's violation
    /// was not found, as it is where two drawn schemas contradict each other.
    pub dropped: usize,
    /// What the oracle refuses of the schemas that somebody wrote.
    pub unjudged: Vec<String>,
}

/// Draws schemas, and instances of them.
///
/// Of the schemas that somebody wrote, none is dropped that the oracle reads: what is missing of their instances is seen in their
/// tallies.
///
/// # Errors
/// A source cannot be read.
pub fn draw(sources: &Sources) -> Result<Harvest, String> {
    let settings = Settings { formats: sources.formats, remotes: sources.remotes.as_deref().map(Remotes::of_suite) };
    let suite = sources.suite.as_deref().map(suite::read).transpose()?.unwrap_or_default();
    let mut components = Vec::new();
    for file in &sources.documents {
        components.extend(documents::read(file)?);
    }
    let mut random = Random::named(sources.seed, "schemas");
    let mut harvest = Harvest::default();
    let mut taken = BTreeSet::new();
    let plan =
        [("suite", &suite, sources.schemas.saturating_mul(2) / 5), ("document", &components, sources.schemas / 5)];
    for (kind, given, count) in plan {
        for found in sample(given, count, &mut random) {
            match picked(&found.schema, sources, &settings, &found.origin) {
                Some(picked) => harvest.drawn.push(named(kind, &mut taken, found, picked)),
                None => harvest.unjudged.push(found.origin),
            }
        }
    }
    let all: Vec<Found> = suite.into_iter().chain(components).collect();
    let mut number: usize = 0;
    while harvest.drawn.len() < sources.schemas && number < sources.schemas.saturating_mul(20) {
        number = number.saturating_add(1);
        let name = format!("drawn {number}");
        let mut random = Random::named(sources.seed, &name);
        let composed = (!number.is_multiple_of(3)).then(|| compose::compose(&all, number, &mut random)).flatten();
        let (kind, schema) =
            composed.map_or_else(|| ("small", small::draw(&mut random)), |schema| ("composed", schema));
        let found = Found { origin: name, schema };
        match picked(&found.schema, sources, &settings, &found.origin) {
            Some(picked) if picked.tally.shortfalls().is_empty() && picked.tally.unprobed.is_empty() => {
                harvest.drawn.push(named(kind, &mut taken, found, picked));
            }
            _ => harvest.dropped = harvest.dropped.saturating_add(1),
        }
    }
    Ok(harvest)
}

fn picked(schema: &Value, sources: &Sources, settings: &Settings, name: &str) -> Option<Picked> {
    pick(schema, settings, sources.instances, Random::named(sources.seed, name)).ok()
}

fn named(kind: &str, taken: &mut BTreeSet<String>, Found { origin, schema }: Found, picked: Picked) -> Drawn {
    let number = taken.len();
    let module = format!("{kind}_{number:04}");
    taken.insert(module.clone());
    Drawn { module, origin, schema, picked }
}

/// Some of the schemas, each at most once.
fn sample(given: &[Found], count: usize, random: &mut Random) -> Vec<Found> {
    let mut left: Vec<&Found> = given.iter().collect();
    let mut chosen = Vec::new();
    while chosen.len() < count && !left.is_empty() {
        let index = random.below(left.len());
        chosen.push(left.swap_remove(index).clone());
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(seed: u64) -> Vec<String> {
        let (suite, remotes, documents) = (None, None, Vec::new());
        let sources = Sources { seed, schemas: 12, instances: 20, suite, remotes, documents, formats: false };
        let harvest = draw(&sources).unwrap();
        assert_eq!(harvest.drawn.len(), 12);
        let texts = harvest.drawn.iter().map(|drawn| {
            assert_eq!(drawn.picked.tally.shortfalls(), [""; 0], "{}", drawn.schema);
            format!("{} {} {:?}", drawn.module, drawn.schema, drawn.picked.instances)
        });
        texts.collect()
    }

    #[test]
    fn the_seed_decides_schemas_and_instances() {
        assert_eq!(drawn(3), drawn(3));
        assert_ne!(drawn(3), drawn(4));
    }

    #[test]
    fn a_sample_holds_each_at_most_once() {
        let given: Vec<Found> =
            (0..5).map(|number| Found { origin: number.to_string(), schema: Value::Bool(true) }).collect();
        let origins = |count| -> BTreeSet<String> {
            sample(&given, count, &mut Random::new(1)).into_iter().map(|found| found.origin).collect()
        };
        assert_eq!((origins(3).len(), origins(9).len()), (3, 5));
    }
}
