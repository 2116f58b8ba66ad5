//! What an OpenAPI document says of its operations, read but not yet lowered.

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::Location;

/// Where an API is reached (OpenAPI 3.1 §4.8.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The URL, with variables in braces.
    pub template: String,
    /// The variables.
    pub variables: BTreeMap<String, Variable>,
}

/// A variable of a server's URL (OpenAPI 3.1 §4.8.6).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variable {
    /// `default`; empty where there is none.
    pub default: String,
    /// `enum`: the values that it may have; any where there are none.
    pub allowed: Vec<String>,
    /// `description`
    pub description: Option<String>,
}

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it stands.
    pub location: Location,
    /// `GET`, in capitals.
    pub method: String,
    /// The path template.
    pub path: String,
    /// `operationId`
    pub id: Option<String>,
    /// `x-operation-group`
    pub group: Option<String>,
    /// `x-operation-name`
    pub name: Option<String>,
    /// `tags`
    pub tags: Vec<String>,
    /// `summary`
    pub summary: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// The URL of `externalDocs`.
    pub external_docs: Option<String>,
    /// `deprecated`
    pub deprecated: bool,
    /// The parameters, those of the path first and in its order, then by place and name.
    pub parameters: Vec<Parameter>,
    /// The body.
    pub body: Option<Body>,
    /// The answers of success, by status; `default` where no other is described.
    pub successes: Vec<Answer>,
    /// Statuses and what they mean.
    pub responses: BTreeMap<String, Option<String>>,
    /// Which schemes it demands: one of these sets; none where it demands nothing.
    pub security: Security,
    /// The server of the operation or its path, where it is not the document's.
    pub server: Option<Server>,
}

/// What a request proves its identity with: all schemes of one of these sets (OpenAPI 3.1 §4.8.30).
pub type Security = Vec<BTreeSet<String>>;

/// How an identity is proved (OpenAPI 3.1 §4.8.27).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// A bearer token: `http` with `bearer`, `oauth2`, `openIdConnect`.
    Bearer,
    /// A user name and a password (RFC 7617).
    Basic,
    /// Any other scheme of `Authorization` (RFC 9110 §11), by its name.
    Http(String),
    /// A key, at a place and by a name.
    ApiKey(ParameterPlace, String),
    /// The connection itself (`mutualTLS`): a request has nothing to add.
    Connection,
}

/// The OAuth2 flow `clientCredentials` of a security scheme (OpenAPI 3.1 §4.8.29).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The token endpoint, relative to the server.
    pub token_url: String,
    /// The scopes that there are.
    pub scopes: Vec<String>,
}

/// One parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Where it stands.
    pub location: Location,
    /// Its name on the wire.
    pub name: String,
    /// Where it goes.
    pub place: ParameterPlace,
    /// How it is written.
    pub form: Form,
    /// Whether it must be given.
    pub required: bool,
    /// `description`
    pub description: Option<String>,
    /// `deprecated`
    pub deprecated: bool,
    /// Its schema; without one it is a string.
    pub schema: Option<Location>,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterPlace {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// How a value is written where it is no JSON document (OpenAPI 3.1 §4.8.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Form {
    /// `style`
    pub style: Style,
    /// `explode`
    pub explode: bool,
    /// `allowReserved`
    pub allow_reserved: bool,
}

/// The styles of parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;id=a;id=b`
    Matrix,
    /// `id=a&id=b`
    Form,
    /// `id=a%20b`
    SpaceDelimited,
    /// `id=a|b`
    PipeDelimited,
    /// `id[member]=a`
    DeepObject,
    /// JSON text: parameters with `content`.
    Json,
}

/// A body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Where it stands.
    pub location: Location,
    /// The media type that is sent.
    pub media_type: String,
    /// How it is written.
    pub format: BodyFormat,
    /// Its schema.
    pub schema: Option<Location>,
    /// The schemas in it that are files.
    pub files: BTreeSet<Location>,
    /// The other media types in which it may be sent, as bytes.
    pub others: Vec<String>,
    /// Whether it must be sent.
    pub required: bool,
    /// `description`
    pub description: Option<String>,
}

/// How a body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyFormat {
    /// JSON
    Json,
    /// `application/x-www-form-urlencoded`, with what is said of some members.
    Form(BTreeMap<String, Form>),
    /// `multipart/form-data`, with the content types of some parts.
    Multipart(BTreeMap<String, String>),
    /// Text
    Text,
    /// Bytes
    Bytes,
}

/// One answer of success.
#[derive(Clone, Debug)]
pub struct Answer {
    /// `200`, `2XX` or `default`.
    pub status: String,
    /// `description`
    pub description: Option<String>,
    /// What its body is.
    pub content: Content,
    /// The stream that may be asked for instead.
    pub stream: Option<Content>,
}

/// What the body of an answer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The media types that are asked for.
    pub media_types: Vec<String>,
    /// How it is read.
    pub format: ContentFormat,
    /// Its schema, or that of its items.
    pub schema: Option<Location>,
}

/// How the body of an answer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContentFormat {
    /// It does not matter.
    Empty,
    /// JSON
    Json,
    /// Text
    Text,
    /// Bytes
    Bytes,
    /// `text/event-stream`
    Events,
    /// JSON values, a line each.
    Lines,
}

/// A request that the API makes: a webhook or a callback.
#[derive(Clone, Debug)]
pub struct Event {
    /// Where its operation stands.
    pub location: Location,
    /// What it is called.
    pub name: String,
    /// Whether it is a callback of an operation.
    pub is_callback: bool,
    /// `summary`
    pub summary: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `deprecated`
    pub deprecated: bool,
    /// The schema of what it sends.
    pub schema: Location,
}
