//! Dialects (2020-12 Core §4.3.3): which keywords a schema has, and what those mean that have changed.

use std::collections::BTreeMap;

/// A published dialect, in the order of the columns of [`keyword`](super::keyword)'s table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Release {
    /// Draft 4, and draft 5, which has its meta-schema.
    Draft4,
    /// Draft 6
    Draft6,
    /// Draft 7
    Draft7,
    /// 2019-09
    Draft201909,
    /// 2020-12
    #[default]
    Draft202012,
    /// The schema object of OpenAPI 3.0 (§4.7.24).
    OpenApi30,
    /// The base dialect of OpenAPI 3.1 (§4.8.24).
    OpenApi31,
}

impl Release {
    /// Every one, in their order.
    pub const ALL: [Self; 7] = [
        Self::Draft4,
        Self::Draft6,
        Self::Draft7,
        Self::Draft201909,
        Self::Draft202012,
        Self::OpenApi30,
        Self::OpenApi31,
    ];

    /// The one whose meta-schema has a URI. Its scheme does not matter, nor does an empty fragment.
    #[must_use]
    pub fn from_uri(uri: &str) -> Option<Self> {
        let uri = without_scheme(uri.strip_suffix('#').unwrap_or(uri))?;
        // Editions of the same dialect, whose URI ends with a date; 3.2 changed no keyword that limits anything.
        if ["3.1", "3.2"].iter().any(|minor| uri.starts_with(&format!("spec.openapis.org/oas/{minor}/dialect/"))) {
            return Some(Self::OpenApi31);
        }
        Self::ALL.into_iter().find(|release| release.uri().and_then(without_scheme) == Some(uri))
    }

    /// The URI of its meta-schema, where it has one, without a fragment.
    #[must_use]
    pub const fn uri(self) -> Option<&'static str> {
        match self {
            Self::Draft4 => Some("http://json-schema.org/draft-04/schema"),
            Self::Draft6 => Some("http://json-schema.org/draft-06/schema"),
            Self::Draft7 => Some("http://json-schema.org/draft-07/schema"),
            Self::Draft201909 => Some("https://json-schema.org/draft/2019-09/schema"),
            Self::Draft202012 => Some("https://json-schema.org/draft/2020-12/schema"),
            Self::OpenApi30 => None,
            Self::OpenApi31 => Some("https://spec.openapis.org/oas/3.1/dialect/base"),
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Draft4 => "draft 4",
            Self::Draft6 => "draft 6",
            Self::Draft7 => "draft 7",
            Self::Draft201909 => "2019-09",
            Self::Draft202012 => "2020-12",
            Self::OpenApi30 => "OpenAPI 3.0",
            Self::OpenApi31 => "OpenAPI 3.1",
        }
    }

    /// The keyword that names a resource, where there are resources.
    #[must_use]
    pub const fn id(self) -> Option<&'static str> {
        match self {
            Self::Draft4 => Some("id"),
            Self::OpenApi30 => None,
            _ => Some("$id"),
        }
    }

    /// Whether a fragment in the keyword that names a resource is an anchor (draft 7 Core §8.2.3), not a mistake.
    #[must_use]
    pub const fn has_anchors_in_ids(self) -> bool {
        matches!(self, Self::Draft4 | Self::Draft6 | Self::Draft7)
    }

    /// Whether everything beside a `$ref` is ignored (draft 7 Core §8.3, OpenAPI 3.0 §4.7.23).
    #[must_use]
    pub const fn hides_beside_references(self) -> bool {
        matches!(self, Self::Draft4 | Self::Draft6 | Self::Draft7 | Self::OpenApi30)
    }

    /// Whether `true` and `false` are schemas (draft 6 Core §4.4).
    #[must_use]
    pub const fn has_boolean_schemas(self) -> bool {
        !matches!(self, Self::Draft4 | Self::OpenApi30)
    }

    /// Whether the elements that `contains` accepts are evaluated ones for `unevaluatedItems` (2020-12 Core §11.2).
    #[must_use]
    pub const fn evaluates_contained(self) -> bool {
        matches!(self, Self::Draft202012 | Self::OpenApi31)
    }

    /// The vocabularies that were published with it.
    #[must_use]
    pub const fn modules(self) -> &'static [Module] {
        match self {
            Self::Draft201909 => MODULES_OF_2019_09,
            Self::Draft202012 => MODULES_OF_2020_12,
            Self::OpenApi31 => &[Module { name: "base", holds: &[Vocabulary::OpenApi] }],
            _ => &[],
        }
    }

    /// Where the URIs of these vocabularies begin: with `/vocab/` and the name they go on.
    #[must_use]
    pub const fn modules_home(self) -> Option<&'static str> {
        match self {
            Self::Draft201909 => Some("https://json-schema.org/draft/2019-09"),
            Self::Draft202012 => Some("https://json-schema.org/draft/2020-12"),
            Self::OpenApi31 => Some("https://spec.openapis.org/oas/3.1"),
            _ => None,
        }
    }

    const fn is_openapi(self) -> bool {
        matches!(self, Self::OpenApi30 | Self::OpenApi31)
    }
}

fn without_scheme(uri: &str) -> Option<&str> {
    uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))
}

/// A set of keywords that belong together (2020-12 Core §4.3.3). Drafts before 2019-09 have them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vocabulary {
    /// What every dialect has (§8).
    Core,
    /// Subschemas (§10).
    Applicator,
    /// `unevaluated…` (§11); a part of the applicators in 2019-09.
    Unevaluated,
    /// Assertions (2020-12 Validation §6).
    Validation,
    /// Annotations (§9).
    MetaData,
    /// `format` (§7).
    Format,
    /// Strings that hold documents (§8).
    Content,
    /// OpenAPI's own (OpenAPI 3.1 §4.8.24).
    OpenApi,
    /// No vocabulary: keywords that this generator knows in every dialect.
    Extension,
}

/// A vocabulary as it was published.
#[derive(Debug)]
pub struct Module {
    /// How its URI ends.
    pub name: &'static str,
    /// What it is in the terms of the table of keywords.
    pub holds: &'static [Vocabulary],
}

const MODULES_OF_2019_09: &[Module] = &[
    Module { name: "core", holds: &[Vocabulary::Core] },
    Module { name: "applicator", holds: &[Vocabulary::Applicator, Vocabulary::Unevaluated] },
    Module { name: "validation", holds: &[Vocabulary::Validation] },
    Module { name: "meta-data", holds: &[Vocabulary::MetaData] },
    Module { name: "format", holds: &[Vocabulary::Format] },
    Module { name: "content", holds: &[Vocabulary::Content] },
];

const MODULES_OF_2020_12: &[Module] = &[
    Module { name: "core", holds: &[Vocabulary::Core] },
    Module { name: "applicator", holds: &[Vocabulary::Applicator] },
    Module { name: "unevaluated", holds: &[Vocabulary::Unevaluated] },
    Module { name: "validation", holds: &[Vocabulary::Validation] },
    Module { name: "meta-data", holds: &[Vocabulary::MetaData] },
    Module { name: "format-annotation", holds: &[Vocabulary::Format] },
    Module { name: "format-assertion", holds: &[Vocabulary::Format] },
    Module { name: "content", holds: &[Vocabulary::Content] },
];

/// A set of vocabularies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Vocabularies(u16);

impl Vocabularies {
    const ALL: Self = Self(u16::MAX);
    /// What is there whatever a meta-schema says (2020-12 Core §8).
    const ALWAYS: Self = Self(1 << Vocabulary::Core as u16 | 1 << Vocabulary::Extension as u16);

    const fn with(self, vocabulary: Vocabulary) -> Self {
        Self(self.0 | 1 << vocabulary as u16)
    }

    const fn has(self, vocabulary: Vocabulary) -> bool {
        self.0 & 1 << vocabulary as u16 != 0
    }
}

/// How a schema is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dialect {
    /// The published dialect that it is, or is made of.
    pub release: Release,
    /// Whether `format` is an assertion (2020-12 Validation §7.2.2).
    pub asserts_formats: bool,
    vocabularies: Vocabularies,
}

impl Default for Dialect {
    fn default() -> Self {
        Self::of(Release::default())
    }
}

impl Dialect {
    /// A published dialect. OpenAPI's assert formats: servers that name one check it.
    #[must_use]
    pub const fn of(release: Release) -> Self {
        Self { release, asserts_formats: release.is_openapi(), vocabularies: Vocabularies::ALL }
    }

    /// Whether it has the keywords of a vocabulary.
    #[must_use]
    pub const fn has(self, vocabulary: Vocabulary) -> bool {
        self.vocabularies.has(vocabulary)
    }

    /// The dialect of a meta-schema of this dialect that lists vocabularies, and whether each is required (2020-12 Core §8.1.2).
    ///
    /// # Errors
    /// The required ones that nobody knows.
    pub fn of_vocabularies(self, listed: &BTreeMap<String, bool>) -> Result<Self, Vec<String>> {
        let start = Self { asserts_formats: false, vocabularies: Vocabularies::ALWAYS, ..self };
        let (mut dialect, mut unknown) = (start, Vec::new());
        for (uri, required) in listed {
            let Some((release, module)) = module(uri) else {
                unknown.extend(required.then(|| uri.clone()));
                continue;
            };
            for vocabulary in module.holds {
                dialect.vocabularies = dialect.vocabularies.with(*vocabulary);
            }
            match (release, module.name) {
                (_, "format-assertion") => dialect.asserts_formats = true,
                // Only who requires it wants it to assert (2019-09 Validation §7.2).
                (_, "format") => dialect.asserts_formats |= *required,
                (Release::OpenApi31, _) => {
                    dialect.release = Release::OpenApi31;
                    dialect.asserts_formats = true;
                }
                _ => {}
            }
        }
        if unknown.is_empty() { Ok(dialect) } else { Err(unknown) }
    }
}

/// The vocabulary of a URI, and where it was published.
fn module(uri: &str) -> Option<(Release, &'static Module)> {
    let (home, name) = uri.rsplit_once("/vocab/")?;
    let releases = Release::ALL.into_iter().filter(|release| release.modules_home() == Some(home));
    releases
        .flat_map(|release| release.modules().iter().map(move |module| (release, module)))
        .find(|(_, module)| module.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialect_is_found_by_the_uri_of_its_meta_schema() {
        let table = [
            ("http://json-schema.org/draft-04/schema#", Some(Release::Draft4)),
            ("https://json-schema.org/draft-06/schema", Some(Release::Draft6)),
            ("http://json-schema.org/draft-07/schema", Some(Release::Draft7)),
            ("http://json-schema.org/draft/2019-09/schema#", Some(Release::Draft201909)),
            ("https://json-schema.org/draft/2020-12/schema", Some(Release::Draft202012)),
            ("https://spec.openapis.org/oas/3.1/dialect/base", Some(Release::OpenApi31)),
            ("https://spec.openapis.org/oas/3.1/dialect/2024-11-10", Some(Release::OpenApi31)),
            ("https://spec.openapis.org/oas/3.2/dialect/2025-09-17", Some(Release::OpenApi31)),
            ("http://json-schema.org/draft-03/schema#", None),
            ("json-schema.org/draft-07/schema", None),
            ("https://json-schema.org/draft/2020-12/schema#/x", None),
        ];
        for (uri, release) in table {
            assert_eq!(Release::from_uri(uri), release, "{uri}");
        }
    }

    fn listed(listed: &[(&str, bool)]) -> Result<Dialect, Vec<String>> {
        let listed = listed.iter().map(|(uri, required)| ((*uri).to_owned(), *required)).collect();
        Dialect::default().of_vocabularies(&listed)
    }

    #[test]
    fn a_meta_schema_has_the_vocabularies_that_it_lists() {
        let dialect = listed(&[("https://json-schema.org/draft/2020-12/vocab/applicator", true)]).unwrap();
        assert!(dialect.has(Vocabulary::Core) && dialect.has(Vocabulary::Applicator));
        assert!(!dialect.has(Vocabulary::Validation) && !dialect.asserts_formats);
        let dialect = listed(&[("https://json-schema.org/draft/2020-12/vocab/format-assertion", false)]).unwrap();
        assert!(dialect.has(Vocabulary::Format) && dialect.asserts_formats);
        let old = "https://json-schema.org/draft/2019-09/vocab/format";
        assert!(listed(&[(old, true)]).unwrap().asserts_formats);
        assert!(!listed(&[(old, false)]).unwrap().asserts_formats);
        let openapi = listed(&[("https://spec.openapis.org/oas/3.1/vocab/base", false)]).unwrap();
        assert_eq!(openapi.release, Release::OpenApi31);
    }

    #[test]
    fn a_vocabulary_that_nobody_knows_matters_where_it_is_required() {
        let unknown = "https://example.com/vocab/units";
        assert!(listed(&[(unknown, false)]).is_ok());
        assert_eq!(listed(&[(unknown, true)]), Err(vec![unknown.to_owned()]));
    }
}
