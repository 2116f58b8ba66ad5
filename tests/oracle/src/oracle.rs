//! The independent validator: what the `jsonschema` crate says of an instance.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use codegen_runtime::format::{is_email, is_strict_uri};
use jsonschema::{Draft, Retrieve, Uri, Validator};
use serde_json::Value;

/// The dialects, by the value of `$schema`, with the name of their folder in the JSON-Schema-Test-Suite.
const DIALECTS: [(&str, &str, Draft); 5] = [
    ("draft2020-12", "https://json-schema.org/draft/2020-12/schema", Draft::Draft202012),
    ("draft2019-09", "https://json-schema.org/draft/2019-09/schema", Draft::Draft201909),
    ("draft7", "http://json-schema.org/draft-07/schema#", Draft::Draft7),
    ("draft6", "http://json-schema.org/draft-06/schema#", Draft::Draft6),
    ("draft4", "http://json-schema.org/draft-04/schema#", Draft::Draft4),
];

/// A folder that stands for a part of the web: the schemas that others refer to by URI.
#[derive(Clone, Debug)]
pub struct Remotes {
    /// How the URIs begin.
    pub prefix: String,
    /// The folder that answers for them.
    pub folder: PathBuf,
}

impl Remotes {
    /// The remotes of the JSON-Schema-Test-Suite, as its README asks for them.
    pub fn of_suite(folder: &Path) -> Self {
        Self { prefix: "http://localhost:1234/".to_owned(), folder: folder.to_owned() }
    }
}

impl Retrieve for Remotes {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn Error + Send + Sync>> {
        let path = uri.as_str().strip_prefix(&self.prefix).ok_or_else(|| format!("{uri} is not mapped"))?;
        let path = path.split('#').next().unwrap_or_default();
        Ok(serde_json::from_slice(&fs::read(self.folder.join(path))?)?)
    }
}

/// How schemas are compiled.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Whether `format` is checked.
    pub formats: bool,
    /// What answers for URIs.
    pub remotes: Option<Remotes>,
}

/// A compiled schema.
#[derive(Debug)]
pub struct Oracle {
    validator: Validator,
}

impl Oracle {
    /// Compiles a schema of the dialect that its `$schema` names, 2020-12 where it names none.
    ///
    /// `email` and `strict-uri` are what servers check that name these formats (see [`codegen_runtime::format`]); all other
    /// formats are the validator's own.
    ///
    /// # Errors
    /// The schema is none, or refers to what is not there.
    pub fn new(schema: &Value, settings: &Settings) -> Result<Self, String> {
        let named = schema.get("$schema").and_then(Value::as_str);
        let trimmed = named.map(|uri| uri.trim_end_matches('#'));
        let draft = DIALECTS.iter().find(|(_, uri, _)| Some(uri.trim_end_matches('#')) == trimmed);
        let mut options = jsonschema::options()
            .should_validate_formats(settings.formats)
            .with_format("email", is_email)
            .with_format("strict-uri", is_strict_uri);
        // A meta-schema of its own says by itself which dialect it is.
        if let Some((.., draft)) = draft {
            options = options.with_draft(*draft);
        } else if named.is_none() {
            options = options.with_draft(Draft::Draft202012);
        }
        let validator = match &settings.remotes {
            Some(remotes) => options.with_retriever(remotes.clone()).build(schema),
            None => options.build(schema),
        };
        validator.map(|validator| Self { validator }).map_err(|error| error.to_string())
    }

    /// The verdict.
    pub fn accepts(&self, instance: &Value) -> bool {
        self.validator.is_valid(instance)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn oracle(schema: Value, formats: bool) -> Oracle {
        Oracle::new(&schema, &Settings { formats, remotes: None }).unwrap()
    }

    #[test]
    fn a_schema_is_read_in_its_own_dialect() {
        // A boolean until draft 4, a number since draft 6.
        let limit = |uri: &str| oracle(json!({"$schema": uri, "maximum": 3, "exclusiveMaximum": true}), false);
        assert!(!limit("http://json-schema.org/draft-04/schema#").accepts(&json!(3)));
        // A list of items until 2019-09, `prefixItems` since 2020-12.
        let tuple = json!({"$schema": "http://json-schema.org/draft-07/schema", "items": [{"type": "string"}]});
        assert!(!oracle(tuple, false).accepts(&json!([1])));
        assert!(Oracle::new(&json!({"items": [{"type": "string"}]}), &Settings::default()).is_err());
    }

    #[test]
    fn formats_are_checked_where_asked_and_as_servers_do() {
        let email = json!({"format": "email"});
        assert!(oracle(email.clone(), false).accepts(&json!("a@localhost")));
        assert!(!oracle(email, true).accepts(&json!("a@localhost")));
        assert!(!oracle(json!({"format": "strict-uri"}), true).accepts(&json!("data:,x")));
    }

    #[test]
    fn what_no_remote_answers_for_is_an_error() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/remotes");
        let settings = Settings { formats: false, remotes: Some(Remotes::of_suite(&folder)) };
        let refer = |uri: &str| Oracle::new(&json!({"$ref": uri}), &settings);
        assert!(!refer("http://localhost:1234/whole.json#/$defs/number").unwrap().accepts(&json!("1")));
        assert!(refer("http://localhost:1234/nowhere.json").is_err());
        assert!(refer("http://example.com/whole.json").is_err());
    }
}
