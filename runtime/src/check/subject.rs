//! Schemas as predicates over JSON values: what can't be said of a typed value alone, such as `not` and `if`.
//!
//! A generated predicate is a chain of calls, a call a keyword. It tracks which members and elements it has looked at, for
//! `unevaluatedProperties` and `unevaluatedItems` (Core 2020-12 §11).

use std::collections::BTreeSet;

use serde_json::Value;

use super::Checked;
use crate::encode::{Encode, Encoded};
use crate::path::Path;
use crate::pattern::Pattern;
use crate::violation::Report;

/// A schema as a function.
pub type Predicate = fn(&mut Subject<'_>);

/// A schema resource: the dynamic anchors in it (Core 2020-12 §8.2.2).
pub type Resource = [(&'static str, Predicate)];

/// A value that a schema is asked about.
pub struct Subject<'v> {
    value: &'v Value,
    holds: bool,
    members: BTreeSet<&'v str>,
    elements: BTreeSet<usize>,
    applied: Applied,
    /// The resources that were entered on the way here, the outermost first, each once (Core 2020-12 §7.1): of one that is
    /// entered again, no anchor is looked for that was not found before.
    scope: Vec<&'static Resource>,
}

/// The schemas that are being applied to the same value, each with how many resources had been entered. Few are kept in place:
/// most schemas hold no more of each other, and to apply one must not cost an allocation.
#[derive(Clone, Default)]
struct Applied {
    few: [Option<(Predicate, usize)>; 4],
    others: Vec<(Predicate, usize)>,
}

impl Applied {
    fn has(&self, predicate: Predicate, entered: usize) -> bool {
        let mut all = self.few.iter().flatten().chain(&self.others);
        all.any(|(other, scope)| *scope == entered && std::ptr::fn_addr_eq(*other, predicate))
    }

    fn push(&mut self, predicate: Predicate, entered: usize) {
        match self.few.iter_mut().find(|place| place.is_none()) {
            Some(place) => *place = Some((predicate, entered)),
            None => self.others.push((predicate, entered)),
        }
    }
}

impl<'v> Subject<'v> {
    fn new(value: &'v Value, scope: Vec<&'static Resource>) -> Self {
        let (members, elements) = (BTreeSet::new(), BTreeSet::new());
        Self { value, holds: true, members, elements, applied: Applied::default(), scope }
    }

    /// The same value, for another schema; `None` where that schema is being applied to it already: a schema that leads back to
    /// itself at the same value says nothing by that.
    fn same(&self, predicate: Predicate) -> Option<Self> {
        let entered = self.scope.len();
        if self.applied.has(predicate, entered) {
            return None;
        }
        let mut subject = Self::new(self.value, self.scope.clone());
        subject.applied.clone_from(&self.applied);
        subject.applied.push(predicate, entered);
        Some(subject)
    }

    /// Whether a schema, the outermost one, accepts a value.
    pub(crate) fn accepts(value: &Value, predicate: Predicate) -> bool {
        let mut subject = Subject::new(value, Vec::new());
        subject.applied.push(predicate, 0);
        predicate(&mut subject);
        subject.holds
    }

    /// Applies a schema to a value inside this one.
    fn inside(&self, value: &Value, predicate: Predicate) -> bool {
        let mut subject = Subject::new(value, self.scope.clone());
        subject.applied.push(predicate, self.scope.len());
        predicate(&mut subject);
        subject.holds
    }

    /// The schema belongs to a resource.
    pub fn enter(&mut self, resource: &'static Resource) -> &mut Self {
        if !self.scope.iter().any(|entered| std::ptr::eq(*entered, resource)) {
            self.scope.push(resource);
        }
        self
    }

    /// `$dynamicRef`: the outermost resource that has the anchor, else the schema that the reference leads to by itself.
    pub fn dynamic_ref(&mut self, anchor: &str, initial: Predicate) -> &mut Self {
        let mut entered = self.scope.iter().flat_map(|resource| resource.iter());
        let found = entered.find(|(name, _)| *name == anchor).map(|(_, predicate)| *predicate);
        self.all_of(&[found.unwrap_or(initial)])
    }

    /// Applies a schema to the same value; what it has evaluated counts where it holds.
    fn apply(&mut self, predicate: Predicate) -> bool {
        let Some(mut subject) = self.same(predicate) else { return true };
        predicate(&mut subject);
        if subject.holds {
            self.members.append(&mut subject.members);
            self.elements.append(&mut subject.elements);
        }
        subject.holds
    }

    fn demand(&mut self, holds: bool) -> &mut Self {
        self.holds &= holds;
        self
    }

    /// Keywords that look at the value alone.
    pub fn check(&mut self, check: impl FnOnce(Checked<'_, Value>)) -> &mut Self {
        let mut probe = Report::probe();
        check(Checked::new(Some(self.value), Path::ROOT, &mut probe));
        self.demand(!probe.failed())
    }

    /// `$ref` and `allOf`
    pub fn all_of(&mut self, branches: &[Predicate]) -> &mut Self {
        for branch in branches {
            let holds = self.apply(*branch);
            self.demand(holds);
        }
        self
    }

    /// `anyOf`: every branch is asked, because every one that holds evaluates.
    pub fn any_of(&mut self, branches: &[Predicate]) -> &mut Self {
        let holding = branches.iter().filter(|branch| self.apply(**branch)).count();
        self.demand(holding > 0)
    }

    /// `oneOf`
    pub fn one_of(&mut self, branches: &[Predicate]) -> &mut Self {
        let holding = branches.iter().filter(|branch| self.apply(**branch)).count();
        self.demand(holding == 1)
    }

    /// `not`
    pub fn not(&mut self, predicate: Predicate) -> &mut Self {
        let refuses = self.same(predicate).is_none_or(|mut subject| {
            predicate(&mut subject);
            !subject.holds
        });
        self.demand(refuses)
    }

    /// `if`, `then`, `else`
    pub fn conditional(
        &mut self,
        condition: Predicate,
        then: Option<Predicate>,
        otherwise: Option<Predicate>,
    ) -> &mut Self {
        let next = if self.apply(condition) { then } else { otherwise };
        let holds = next.is_none_or(|next| self.apply(next));
        self.demand(holds)
    }

    /// `required`
    pub fn required(&mut self, names: &[&str]) -> &mut Self {
        let holds = self.value.as_object().is_none_or(|object| names.iter().all(|name| object.contains_key(*name)));
        self.demand(holds)
    }

    /// `dependentRequired`
    pub fn dependent_required(&mut self, name: &str, names: &[&str]) -> &mut Self {
        if self.value.get(name).is_some() { self.required(names) } else { self }
    }

    /// `dependentSchemas`
    pub fn dependent_schema(&mut self, name: &str, predicate: Predicate) -> &mut Self {
        let holds = self.value.get(name).is_none() || self.apply(predicate);
        self.demand(holds)
    }

    /// `properties`, `patternProperties` and `additionalProperties`, which see each other.
    pub fn members(
        &mut self,
        properties: &[(&str, Predicate)],
        patterns: &[(&Pattern, Predicate)],
        additional: Option<Predicate>,
    ) -> &mut Self {
        let value = self.value;
        for (key, member) in value.as_object().into_iter().flatten() {
            let named = properties.iter().filter(|(name, _)| name == key).map(|(_, predicate)| predicate);
            let matching = patterns.iter().filter(|(pattern, _)| pattern.is_match(key)).map(|(_, predicate)| predicate);
            let mut applied = named.chain(matching).copied().peekable();
            let rest = additional.filter(|_| applied.peek().is_none());
            let mut applied = applied.chain(rest).peekable();
            if applied.peek().is_some() {
                self.members.insert(key);
            }
            let holds = applied.all(|predicate| self.inside(member, predicate));
            self.demand(holds);
        }
        self
    }

    /// `propertyNames`
    pub fn names(&mut self, predicate: Predicate) -> &mut Self {
        let mut keys = self.value.as_object().into_iter().flat_map(serde_json::Map::keys);
        let holds = keys.all(|key| self.inside(&Value::from(key.as_str()), predicate));
        self.demand(holds)
    }

    /// `prefixItems` and `items`
    pub fn elements(&mut self, prefix: &[Predicate], rest: Option<Predicate>) -> &mut Self {
        for (index, element) in self.value.as_array().into_iter().flatten().enumerate() {
            let Some(predicate) = prefix.get(index).copied().or(rest) else { break };
            self.elements.insert(index);
            self.demand(self.inside(element, predicate));
        }
        self
    }

    /// `contains`, `minContains`, `maxContains`: the elements that it accepts are evaluated.
    pub fn contains(&mut self, predicate: Predicate, min: u64, max: Option<u64>) -> &mut Self {
        let accepted = self.accepted(predicate);
        let count = accepted.len();
        self.elements.extend(accepted);
        self.demand_count(count, min, max)
    }

    /// `contains` before 2020-12, which evaluates nothing (2019-09 Core §9.3.1.4).
    pub fn counts(&mut self, predicate: Predicate, min: u64, max: Option<u64>) -> &mut Self {
        let count = self.accepted(predicate).len();
        self.demand_count(count, min, max)
    }

    /// The elements that a schema accepts.
    fn accepted(&self, predicate: Predicate) -> Vec<usize> {
        let elements = self.value.as_array().into_iter().flatten().enumerate();
        elements.filter(|(_, element)| self.inside(element, predicate)).map(|(index, _)| index).collect()
    }

    fn demand_count(&mut self, count: usize, min: u64, max: Option<u64>) -> &mut Self {
        let count = count as u64;
        let holds = count >= min && max.is_none_or(|max| count <= max);
        self.demand(!self.value.is_array() || holds)
    }

    /// `unevaluatedProperties`, after everything else.
    pub fn unevaluated_members(&mut self, predicate: Predicate) -> &mut Self {
        let value = self.value;
        for (key, member) in value.as_object().into_iter().flatten() {
            if self.members.insert(key) {
                self.demand(self.inside(member, predicate));
            }
        }
        self
    }

    /// `unevaluatedItems`, after everything else.
    pub fn unevaluated_elements(&mut self, predicate: Predicate) -> &mut Self {
        for (index, element) in self.value.as_array().into_iter().flatten().enumerate() {
            if self.elements.insert(index) {
                self.demand(self.inside(element, predicate));
            }
        }
        self
    }
}

impl<T: Encode + ?Sized> Checked<'_, T> {
    /// A schema that has to look at the value as a whole, for the sake of `keywords`.
    pub fn satisfies(self, keywords: &[&'static str], predicate: Predicate) -> Self {
        let keyword = keywords.first().copied().unwrap_or("schema");
        let message = format_args!("must satisfy what `{}` demands", super::Listed(keywords));
        // A value that JSON can't hold satisfies nothing.
        let fails = |value: &T| match serde_json::to_value(Encoded(value)) {
            Ok(value) => !Subject::accepts(&value, predicate),
            Err(_) => true,
        };
        self.unless(keyword, fails, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn text(subject: &mut Subject<'_>) {
        subject.check(|value| {
            value.kinds(&["string"]);
        });
    }

    fn nothing(subject: &mut Subject<'_>) {
        subject.check(|value| {
            value.never();
        });
    }

    fn itself(subject: &mut Subject<'_>) {
        subject.all_of(&[itself]).any_of(&[itself, text, itself]).not(itself);
    }

    fn either(subject: &mut Subject<'_>) {
        fn a(subject: &mut Subject<'_>) {
            subject.members(&[("a", text)], &[], None).required(&["a"]);
        }
        fn b(subject: &mut Subject<'_>) {
            subject.members(&[("b", text)], &[], None).required(&["b"]);
        }
        subject.any_of(&[a, b]).unevaluated_members(nothing);
    }

    #[test]
    fn branches_that_hold_evaluate_their_members() {
        for (value, accepted) in [
            (json!({"a": "x"}), true),
            (json!({"a": "x", "b": "y"}), true),
            (json!({"a": "x", "b": 1}), false),
            (json!({"a": "x", "c": "y"}), false),
            (json!({}), false),
        ] {
            assert_eq!(Subject::accepts(&value, either), accepted, "{value}");
        }
    }

    #[test]
    fn only_since_2020_12_contains_evaluates() {
        fn contains(subject: &mut Subject<'_>) {
            subject.contains(text, 1, None).unevaluated_elements(nothing);
        }
        fn counts(subject: &mut Subject<'_>) {
            subject.counts(text, 1, None).unevaluated_elements(nothing);
        }
        for (value, contained, counted) in [
            (json!(["x"]), true, false),
            (json!(["x", 1]), false, false),
            (json!([]), false, false),
            (json!(1), true, true),
        ] {
            assert_eq!(Subject::accepts(&value, contains), contained, "{value}");
            assert_eq!(Subject::accepts(&value, counts), counted, "{value}");
        }
    }

    #[test]
    fn schemas_may_hold_each_other_at_any_depth() {
        fn six(subject: &mut Subject<'_>) {
            subject.all_of(&[one, five]).required(&["a"]);
        }
        fn five(subject: &mut Subject<'_>) {
            subject.all_of(&[six, three]);
        }
        fn four(subject: &mut Subject<'_>) {
            subject.not(five);
        }
        fn three(subject: &mut Subject<'_>) {
            subject.all_of(&[four]);
        }
        fn two(subject: &mut Subject<'_>) {
            subject.all_of(&[three]);
        }
        fn one(subject: &mut Subject<'_>) {
            subject.all_of(&[two]);
        }
        assert!(Subject::accepts(&json!({}), one));
        assert!(!Subject::accepts(&json!({"a": 1}), one));
    }

    #[test]
    fn a_schema_that_leads_back_to_itself_says_nothing() {
        assert!(Subject::accepts(&json!(1), itself));
        assert!(Subject::accepts(&json!("a"), itself));
    }
}
