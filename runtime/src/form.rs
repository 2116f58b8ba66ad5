//! Bodies out of forms: every input is optional, and one switch says what a blank one means.
//!
//! What a blank input can become is the type's to say, member by member: `null` where that is allowed, an object that is wiped
//! where the server merges it, and nothing where the member cannot be cleared at all.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::decode::{Slot, Taken, from_value, try_member};
use crate::object::{Giving, Member, Object, Visit};
use crate::path::Path;
use crate::violation::{Violation, Violations};

/// What a blank input means: the empty text or `null`; of what the server merges, also the empty object and each such key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Blanks {
    /// The member is cleared. Secrets are not, unless [`Form::clear`] names them.
    Clear,
    /// The member stays as it is: nothing is sent of it.
    Keep,
}

/// One input of a form.
#[derive(Clone, PartialEq)]
pub struct Input(Value);

impl From<Value> for Input {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

macro_rules! input_from {
    ($($type:ty)*) => {$(
        impl From<$type> for Input {
            fn from(value: $type) -> Self {
                Self(Value::from(value))
            }
        }
    )*};
}

input_from!(&str String bool i32 i64 u32 u64 f64 Map<String, Value> Vec<Value>);

/// `None` is blank.
impl<T: Into<Self>> From<Option<T>> for Input {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self(Value::Null), Into::into)
    }
}

/// The inputs of a form, by the wire names of the members that they are for. `Debug` shows the names alone.
///
/// A text stands for a boolean, a number, a list or an object where that is what the member holds: `"true"`, `"42"`.
#[derive(Clone, Default, PartialEq)]
#[must_use]
pub struct Form {
    inputs: BTreeMap<String, Input>,
    cleared: Vec<String>,
    kept: Vec<String>,
}

impl Form {
    /// No inputs.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the input for a member; the last one counts.
    pub fn set(mut self, member: impl Into<String>, input: impl Into<Input>) -> Self {
        self.inputs.insert(member.into(), input.into());
        self
    }

    /// Sets the input for one key of a member that is an object; an input for the whole of it that is no object is forgotten.
    pub fn set_key(mut self, member: impl Into<String>, key: impl Into<String>, input: impl Into<Input>) -> Self {
        let Input(whole) = self.inputs.entry(member.into()).or_insert(Input(Value::Null));
        if !whole.is_object() {
            *whole = Value::Object(Map::new());
        }
        if let (Some(keys), Input(value)) = (whole.as_object_mut(), input.into()) {
            keys.insert(key.into(), value);
        }
        self
    }

    /// Clears a member whatever else is said of it: by its name, secrets are cleared as well.
    pub fn clear(mut self, member: impl Into<String>) -> Self {
        self.cleared.push(member.into());
        self
    }

    /// Keeps a member as it is where its input is blank, as secrets are.
    pub fn keep(mut self, member: impl Into<String>) -> Self {
        self.kept.push(member.into());
        self
    }

    /// Makes the body.
    ///
    /// The limits of the schema are not asked: a client does that before it sends the body, and
    /// [`Validate::validate`](crate::Validate::validate) does at any time.
    ///
    /// # Errors
    /// Every input that names no member, or whose kind does not fit, and every required member that is not there.
    pub fn fill<T: Object + DeserializeOwned>(&self, blanks: Blanks) -> Result<Filled<T>, Violations> {
        let about = Survey::of::<T>();
        let mut filling =
            Filling { form: self, blanks, body: Map::new(), not_cleared: Vec::new(), violations: Vec::new() };
        for member in &about.members {
            filling.member::<T>(member);
        }
        let named = self.inputs.keys().chain(&self.cleared).chain(&self.kept);
        let unnamed = named.filter(|name| about.members.iter().all(|member| member.name != name.as_str()));
        for name in unnamed {
            filling.report(name, "properties", "is not a member that a request sends".to_owned());
        }
        let Filling { body, not_cleared, mut violations, .. } = filling;
        violations.dedup();
        if let Some(violations) = Violations::new(violations) {
            return Err(violations);
        }
        if body.is_empty() {
            return Ok(Filled::Nothing { not_cleared });
        }
        let body =
            from_value(&Value::Object(body)).map_err(|error| Violation::new(error.pointer, "type", error.message))?;
        Ok(Filled::Update { body, not_cleared })
    }
}

impl<K: Into<String>, I: Into<Input>> FromIterator<(K, I)> for Form {
    fn from_iter<T: IntoIterator<Item = (K, I)>>(inputs: T) -> Self {
        inputs.into_iter().fold(Self::new(), |form, (member, input)| form.set(member, input))
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.inputs.keys().collect();
        f.debug_struct("Form")
            .field("inputs", &names)
            .field("cleared", &self.cleared)
            .field("kept", &self.kept)
            .finish()
    }
}

/// What a form comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Filled<T> {
    /// Something is to be sent.
    Update {
        /// The body.
        body: T,
        /// The members that were to be cleared and stay as they are, by their wire names.
        not_cleared: Vec<&'static str>,
    },
    /// Every input is blank, and nothing is cleared: no request is needed.
    Nothing {
        /// The members that were to be cleared and stay as they are, by their wire names.
        not_cleared: Vec<&'static str>,
    },
}

impl<T> Filled<T> {
    /// The body, where something is to be sent.
    #[must_use]
    pub fn body(&self) -> Option<&T> {
        match self {
            Self::Update { body, .. } => Some(body),
            Self::Nothing { .. } => None,
        }
    }

    /// The members that were to be cleared and stay as they are: those that cannot be, and those that are left out.
    #[must_use]
    pub fn not_cleared(&self) -> &[&'static str] {
        match self {
            Self::Update { not_cleared, .. } | Self::Nothing { not_cleared } => not_cleared,
        }
    }
}

/// What there is to know of a member.
struct About {
    name: &'static str,
    required: bool,
    secret: bool,
    /// Whether the server merges it key by key.
    merged: bool,
    /// What fits, where that can be told.
    expected: Option<&'static str>,
}

/// The members of a type that a request sends.
struct Survey {
    members: Vec<About>,
}

impl Survey {
    fn of<T: Object>() -> Self {
        let mut survey = Self { members: Vec::new() };
        match Giving::to(&mut survey, |visit| T::blank().give(visit)) {
            Ok(()) => survey,
            Err(never) => match never {},
        }
    }

    fn add_optional<S: Slot>(&mut self, name: &'static str, secret: bool) {
        self.members.push(About { name, required: false, secret, merged: S::MERGED, expected: Some(S::EXPECTED) });
    }

    fn add_required(&mut self, name: &'static str, secret: bool) {
        self.members.push(About { name, required: true, secret, merged: false, expected: None });
    }
}

impl Visit for Survey {
    type Error = Infallible;

    fn required<T: Member>(&mut self, name: &'static str, _value: &T) -> Result<(), Infallible> {
        self.add_required(name, false);
        Ok(())
    }

    fn required_secret<T: Member>(&mut self, name: &'static str, _value: &T) -> Result<(), Infallible> {
        self.add_required(name, true);
        Ok(())
    }

    fn optional<S: Slot>(&mut self, name: &'static str, _slot: &S) -> Result<(), Infallible> {
        self.add_optional::<S>(name, false);
        Ok(())
    }

    fn optional_secret<S: Slot>(&mut self, name: &'static str, _slot: &S) -> Result<(), Infallible> {
        self.add_optional::<S>(name, true);
        Ok(())
    }

    fn read_only<S: Slot>(&mut self, _name: &'static str, _slot: &S) -> Result<(), Infallible> {
        Ok(())
    }

    fn read_only_secret<S: Slot>(&mut self, _name: &'static str, _slot: &S) -> Result<(), Infallible> {
        Ok(())
    }
}

/// A body in the making.
struct Filling<'f> {
    form: &'f Form,
    blanks: Blanks,
    body: Map<String, Value>,
    not_cleared: Vec<&'static str>,
    violations: Vec<Violation>,
}

impl Filling<'_> {
    fn report(&mut self, member: &str, keyword: &'static str, message: String) {
        self.violations.push(Violation::new(Path::ROOT.key(member).to_string(), keyword, message));
    }

    fn member<T: Object>(&mut self, about: &About) {
        let is_named = |names: &[String]| names.iter().any(|name| name == about.name);
        if is_named(&self.form.cleared) {
            self.clear::<T>(about);
        } else if let Some(Input(value)) = self.form.inputs.get(about.name) {
            match self.understood::<T>(about, value) {
                Some(value) => {
                    self.body.insert(about.name.to_owned(), value);
                }
                None if self.blanks == Blanks::Keep || self.is_reported(about) => {}
                None if is_named(&self.form.kept) || about.secret => self.not_cleared.push(about.name),
                None => self.clear::<T>(about),
            }
        }
        if about.required && !self.body.contains_key(about.name) && !self.is_reported(about) {
            self.report(about.name, "required", "must be set".to_owned());
        }
    }

    fn is_reported(&self, about: &About) -> bool {
        let place = Path::ROOT.key(about.name).to_string();
        self.violations.iter().any(|violation| violation.pointer == place)
    }

    /// Clears a member as far as its type allows it.
    fn clear<T: Object>(&mut self, about: &About) {
        let nothing = if about.merged { Value::Object(Map::new()) } else { Value::Null };
        if fits::<T>(about.name, &nothing) {
            self.body.insert(about.name.to_owned(), nothing);
        } else {
            self.not_cleared.push(about.name);
        }
    }

    /// The value that an input stands for; `None` for a blank one, and for one that does not fit, which is reported.
    fn understood<T: Object>(&mut self, about: &About, input: &Value) -> Option<Value> {
        if is_blank(input) {
            return None;
        }
        // Of a merged object, `null` deletes a key: a blank key is decided about before the type looks at it.
        let meant = match input {
            Value::String(text) if !fits::<T>(about.name, input) => meant_by(text).unwrap_or_else(|| input.clone()),
            other => other.clone(),
        };
        let meant = if about.merged { self.merged(meant)? } else { meant };
        match try_member::<T>(about.name, &meant) {
            Ok(Taken::Field) => return Some(meant),
            Ok(_) => {
                let expected = about.expected.unwrap_or("something else");
                self.report(about.name, "type", format!("must be {expected}, not {}", crate::json::kind(input)));
            }
            Err(error) => self.report(about.name, "type", error.message),
        }
        None
    }

    /// The keys of a merged object that are not blank, and those to delete; `None` where there are none.
    fn merged(&self, value: Value) -> Option<Value> {
        let Value::Object(keys) = value else { return Some(value) };
        let keys = keys.into_iter().filter_map(|(key, value)| match (is_blank(&value), self.blanks) {
            (false, _) => Some((key, value)),
            (true, Blanks::Clear) => Some((key, Value::Null)),
            (true, Blanks::Keep) => None,
        });
        let keys: Map<String, Value> = keys.collect();
        (!keys.is_empty()).then_some(Value::Object(keys))
    }
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("")
}

/// Whether a member can hold a value.
fn fits<T: Object>(name: &str, value: &Value) -> bool {
    matches!(try_member::<T>(name, value), Ok(Taken::Field))
}

/// What a text stands for that is not meant as one.
fn meant_by(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().filter(|value: &Value| !value.is_null() && !value.is_string())
}
