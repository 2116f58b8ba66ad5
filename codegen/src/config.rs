//! `codegen.toml`: what a person decides about one generated crate.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diagnostic::Place;
use crate::source::pointer;

/// How diagnostics call the file of a [`Config`], whose path only the command line knows.
pub const FILE: &str = "codegen.toml";

/// The place of an entry of the file: a key of a table, or a string in a list, which `section` names: `client.idempotent`.
///
/// Places of the file are JSON Pointers into what its TOML stands for; where a list holds strings, one may stand for its index.
#[must_use]
pub fn place_of(section: &str, entry: &str) -> Place {
    Place::key(FILE, pointer_in(section, entry))
}

/// The place of a value of the file.
#[must_use]
pub fn place_of_value(section: &str, key: &str) -> Place {
    Place::value(FILE, pointer_in(section, key))
}

fn pointer_in(section: &str, entry: &str) -> String {
    section.split('.').chain([entry]).fold(String::new(), |parent, token| pointer::child(&parent, token))
}

/// The decisions about one crate. Entries that match nothing in the document are errors.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The document to read, relative to this file; or a list of JSON Schemas, which become a module each.
    pub document: Documents,
    /// The folder of the generated crate, relative to this file.
    pub output: String,
    /// What stands in the generated `Cargo.toml`.
    pub package: Package,
    /// Where the crate finds `codegen-runtime`: `path:DIR` (relative to this file), `git:URL#REV` or a version. Without it, the
    /// folder `runtime` beside the generator.
    #[serde(default)]
    pub runtime: Option<String>,
    /// What the client is told.
    #[serde(default)]
    pub client: Client,
    /// What is checked of `format`.
    #[serde(default)]
    pub formats: Formats,
    /// How schemas are read.
    #[serde(default)]
    pub schemas: Schemas,
    /// Members that never show in `Debug`, errors or logs: JSON Pointers of their schemas, `*` stands for one token.
    #[serde(default)]
    pub sensitive: Vec<String>,
    /// Object members that are merged by the server key by key, and so are written as `Merge`: JSON Pointers, as in
    /// `sensitive`.
    #[serde(default)]
    pub merge: Vec<String>,
    /// Required members that a server is known to leave out, made optional: JSON Pointers, as in `sensitive`.
    #[serde(default)]
    pub optional: Vec<String>,
    /// Names decided by hand, by JSON Pointer: of a schema, the name of its type, or of its field where it is that of a member and
    /// the name is in small letters; of a branch or a value of `enum`, its variant; of a parameter, its argument; of an operation,
    /// its method, or `group.method`. `group:NAME` renames a group of the client.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    /// Which operations are generated, and with them what they reach; all where nothing is said.
    #[serde(default)]
    pub select: Select,
    /// Warnings that are not told: a JSON Pointer, and the codes of what is not told of it and of what is in it.
    #[serde(default)]
    pub skip: BTreeMap<String, Vec<String>>,
    /// Schemas that are Rust types of yours instead of generated ones, as `x-rust-type` in the document does it: the JSON Pointer of
    /// a schema, and the path of the type from its crate on, `my_ids::Id`.
    #[serde(default)]
    pub types: BTreeMap<String, String>,
    /// What the generated `Cargo.toml` says of the crates of such types. It goes before the version that `x-rust-type` names.
    #[serde(default)]
    pub dependencies: BTreeMap<String, Dependency>,
    /// Rules that only the prose of the API states, told by `rules()` and judged before a request is sent. `validate()` stays
    /// as exact as the document.
    #[serde(default)]
    pub rule: Vec<Rule>,
    /// References that lead out of the document: the prefix as written, and the file (with an optional `#/pointer/`) or
    /// folder, relative to this file, that it stands for.
    #[serde(default)]
    pub map: BTreeMap<String, String>,
}

/// The documents of a crate.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "expected a file, or a list of files")]
pub enum Documents {
    /// One, of any kind.
    One(String),
    /// JSON Schemas, a module each.
    Several(Vec<String>),
}

impl Documents {
    /// The files, in their order.
    #[must_use]
    pub fn files(&self) -> &[String] {
        match self {
            Self::One(file) => std::slice::from_ref(file),
            Self::Several(files) => files,
        }
    }
}

impl Default for Documents {
    fn default() -> Self {
        Self::One(String::new())
    }
}

/// What stands in the generated `Cargo.toml`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Package {
    /// The name of the package.
    pub name: String,
    /// Its version.
    #[serde(default = "first_version")]
    pub version: String,
    /// One sentence; the document's title where there is none.
    #[serde(default)]
    pub description: Option<String>,
    /// An SPDX expression.
    #[serde(default)]
    pub license: Option<String>,
}

fn first_version() -> String {
    "0.1.0".to_owned()
}

/// What the client is told.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Client {
    /// The schema of error bodies, by JSON Pointer; without it they are open values.
    #[serde(default)]
    pub error: Option<String>,
    /// The `User-Agent` of every request, unless the caller sets another; without it, the name and version of the runtime.
    #[serde(default)]
    pub user_agent: Option<String>,
    /// The operations that are walked page by page.
    #[serde(default)]
    pub paging: Vec<Paging>,
    /// The header of every request that tells the name and version of the generated package: base64 of the JSON object
    /// `{"name", "version"}`. The caller may turn it off; without it, nothing is told.
    #[serde(default)]
    pub telemetry_header: Option<String>,
    /// The header of `correlation_id` of requests; without it, what most APIs call it: `X-Correlation-ID`.
    #[serde(default)]
    pub correlation_header: Option<String>,
    /// How many characters a correlation id may have.
    #[serde(default)]
    pub correlation_max_length: Option<u64>,
    /// Where an error body has the code that tells which error it is: a JSON Pointer within the body, `/errorCode`. With it,
    /// errors have `code()`, which is an `ErrorCode`.
    #[serde(default)]
    pub error_code: Option<String>,
    /// The codes that are known: the variants of `ErrorCode`, which has one for every other code as well.
    #[serde(default)]
    pub error_codes: Vec<String>,
    /// How tokens are asked for, where the document has a security scheme with the OAuth2 flow `clientCredentials`.
    #[serde(default)]
    pub token: Token,
    /// Operations that do no harm when they are done twice, although their method does not promise it: `users.update`, or JSON
    /// Pointers. They are sent again where the server may have acted on them.
    #[serde(default)]
    pub idempotent: Vec<String>,
    /// How many bytes the body of a request may have; without it, any number.
    #[serde(default)]
    pub max_request_size: Option<u64>,
    /// The headers that tell of the rate limit.
    #[serde(default)]
    pub rate_limit_headers: Option<RateLimitHeaders>,
}

/// What the token endpoint is sent beside the credentials of the program.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Token {
    /// Fields of the form, such as `audience`. `{name}` stands for the value of a variable of the server.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// The scopes that are asked for unless the caller sets others. Without them the field `scope` is not sent, since many servers
    /// refuse a program that asks for one scope more than it has been granted.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Whether the credentials go in `Authorization` instead of the form (RFC 6749 §2.3.1).
    #[serde(default)]
    pub basic: bool,
}

/// How an operation is walked page by page. The pointers are JSON Pointers into its answer.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Paging {
    /// Which one: `users.list`, its `operationId`, or the JSON Pointer of the operation.
    pub operation: String,
    /// What says where a page begins.
    pub style: PagingStyle,
    /// The parameter of the query that says where a page begins: a page, an offset, a checkpoint.
    pub position: String,
    /// The number of the first page, where pages are counted.
    #[serde(default)]
    pub first: u64,
    /// The parameter that says how many items a page is asked to have.
    #[serde(default)]
    pub size: Option<String>,
    /// What it says unless the caller does.
    #[serde(default)]
    pub usual_size: Option<u64>,
    /// The boolean parameter that asks for the total; a walk sends it as `true` unless the caller says otherwise.
    #[serde(default)]
    pub totals: Option<String>,
    /// Where the items are; the root of the answer unless set. An answer that is an array is one of items in any case.
    #[serde(default)]
    pub items: String,
    /// Where the number of all items is.
    #[serde(default)]
    pub total: Option<String>,
    /// Where the number of items before the page is.
    #[serde(default)]
    pub start: Option<String>,
    /// Where it is how many items the server would have put into the page.
    #[serde(default)]
    pub length: Option<String>,
    /// Where it is what the next page begins with; for checkpoints.
    #[serde(default)]
    pub next: Option<String>,
    /// How many items can be reached by paging; a request beyond is an error instead.
    #[serde(default)]
    pub most: Option<u64>,
}

/// What says where a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PagingStyle {
    /// The number of the page.
    Page,
    /// The number of items before it.
    Offset,
    /// What the page before gives.
    Checkpoint,
}

/// The names of the headers that tell of the rate limit.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RateLimitHeaders {
    /// How many requests a window has.
    #[serde(default = "rate_limit_limit")]
    pub limit: String,
    /// How many of them are left.
    #[serde(default = "rate_limit_remaining")]
    pub remaining: String,
    /// When the window ends: in seconds since 1970, or from the answer on.
    #[serde(default = "rate_limit_reset")]
    pub reset: String,
}

fn rate_limit_limit() -> String {
    "x-ratelimit-limit".to_owned()
}

fn rate_limit_remaining() -> String {
    "x-ratelimit-remaining".to_owned()
}

fn rate_limit_reset() -> String {
    "x-ratelimit-reset".to_owned()
}

/// A rule that only the prose of the API states.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rule {
    /// The JSON Pointer of the schema whose values it is about, as in `sensitive`: that of a type or a member. Of a member, it is
    /// judged where that is there and not `null`.
    pub at: String,
    /// The JSON Schema (2020-12) that a value has to satisfy besides.
    pub schema: serde_json::Map<String, serde_json::Value>,
    /// Whether a request that breaks it is kept from being sent.
    pub level: Level,
    /// What to do about it, in words that stand behind the place of the value: `must hold …`.
    pub message: String,
    /// The condition under which it is judged, which the caller has to name; always where there is none.
    #[serde(default)]
    pub when: Option<String>,
}

/// How much a rule counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// What breaks it is not sent.
    #[default]
    Error,
    /// It is told to whoever asks.
    Warning,
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// Which operations are generated. An entry is `tag:users`, `operation:users.update` or `operation:` and an `operationId`,
/// `group:users` (with the groups in it), or `path:/users/{id}`, in which `*` stands for one segment and `**` for any number.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Select {
    /// These alone; every operation where the list is empty.
    #[serde(default)]
    pub include: Vec<String>,
    /// Not these.
    #[serde(default)]
    pub exclude: Vec<String>,
}

/// How schemas are read.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Schemas {
    /// What a schema without `type` accepts whose keywords speak of one kind of value. `assume`: in an OpenAPI document, that
    /// kind alone. `exact`: as JSON Schema says, every other kind as well.
    #[serde(default)]
    pub implied_types: ImpliedTypes,
    /// Whether every schema among the components of an OpenAPI document is generated, and not only what operations reach. It is
    /// where the document has no operations.
    #[serde(default)]
    pub all: bool,
}

/// What a schema without `type` accepts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ImpliedTypes {
    /// In an OpenAPI document, the kind that its keywords speak of.
    #[default]
    Assume,
    /// Values of every kind.
    Exact,
}

/// What is checked of `format`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Formats {
    /// Whether formats are checked: `auto` does what the dialect of each schema says (OpenAPI, and meta-schemas with the
    /// format-assertion vocabulary: checked; JSON Schema: not). Those of JSON Schema 2020-12 and `strict-uri` can be; every
    /// other one is an annotation.
    #[serde(default)]
    pub mode: FormatMode,
    /// Formats read as another one: `"email-address" = "email"`, or `"none"` for no check.
    #[serde(default)]
    pub read_as: BTreeMap<String, String>,
    /// Formats whose values are of a Rust type of yours, as in `types`: `"uuid" = "uuid::Uuid"`.
    #[serde(default)]
    pub types: BTreeMap<String, String>,
}

/// An entry of `[dependencies]` in the generated `Cargo.toml`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Dependency {
    /// A version requirement.
    #[serde(default)]
    pub version: Option<String>,
    /// The folder of the crate, relative to the generated `Cargo.toml`.
    #[serde(default)]
    pub path: Option<String>,
    /// The URL of a Git repository.
    #[serde(default)]
    pub git: Option<String>,
    /// A commit of the repository.
    #[serde(default)]
    pub rev: Option<String>,
    /// The features of the crate that are turned on: the one for serde, in most cases.
    #[serde(default)]
    pub features: Vec<String>,
    /// Whether its default features are on.
    #[serde(default = "yes")]
    pub default_features: bool,
}

fn yes() -> bool {
    true
}

/// Whether `format` is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FormatMode {
    /// What the dialect says.
    #[default]
    Auto,
    /// Checked.
    Assert,
    /// Not checked.
    Annotate,
}
