//! Checks: a chain of calls a value, a call a keyword.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Number;

use super::Crate;
use super::literal::raw;
use super::ty::ident;
use crate::ir::{Check, Regex, Shape, Ty, Use};
use crate::name::{is_part, is_start};

/// The patterns of a file, each once.
#[derive(Default)]
pub(super) struct Patterns {
    names: BTreeMap<Regex, Ident>,
    taken: BTreeMap<String, usize>,
}

impl Patterns {
    /// The static that holds a pattern; a new one is called after what it is checked for.
    pub(super) fn name(&mut self, pattern: &Regex, place: &str) -> Ident {
        if let Some(name) = self.names.get(pattern) {
            return name.clone();
        }
        let upper: String = place.chars().map(|character| if is_part(character) { character } else { '_' }).collect();
        let upper = upper.trim_start_matches(|first| first == '_' || !is_start(first));
        let upper = upper.trim_end_matches('_').to_uppercase();
        let count = self.taken.entry(upper.clone()).or_insert(0);
        *count = count.saturating_add(1);
        let name = if *count == 1 { format!("{upper}_PATTERN") } else { format!("{upper}_PATTERN_{count}") };
        let name = ident(name.trim_start_matches('_'));
        self.names.insert(pattern.clone(), name.clone());
        name
    }

    pub(super) fn items(self) -> Vec<TokenStream> {
        let mut items: Vec<(Ident, Regex)> = self.names.into_iter().map(|(pattern, name)| (name, pattern)).collect();
        items.sort();
        items
            .into_iter()
            .map(|(name, pattern)| {
                let (source, unicode) = (raw(&pattern.source), pattern.unicode);
                let made = match &pattern.linear {
                    Some(linear) => {
                        let linear = raw(linear);
                        quote!(runtime::Pattern::linear(#source, #linear))
                    }
                    None => quote!(runtime::Pattern::backtracking(#source, #unicode)),
                };
                quote!(static #name: runtime::Pattern = #made;)
            })
            .collect()
    }
}

impl Crate<'_> {
    /// The calls that check a value of a type, to stand behind a `Checked` of its bare type; `None` where there is nothing to
    /// check. `place` is what patterns are called after.
    pub(super) fn checks(&self, value: &Use, place: &str, patterns: &mut Patterns) -> Option<TokenStream> {
        let chain = self.bare_checks(value, place, patterns)?;
        Some(if value.nullable { quote!(.not_null()#chain) } else { chain })
    }

    /// The same behind a `Checked` of what is not `null`.
    pub(super) fn bare_checks(&self, value: &Use, place: &str, patterns: &mut Patterns) -> Option<TokenStream> {
        let mut chain = TokenStream::new();
        if let Some(inner) = self.aliased(value) {
            chain.extend(self.bare_checks(inner, place, patterns));
        }
        for check in &value.checks {
            chain.extend(self.check(check, place, patterns));
        }
        match &value.ty {
            Ty::List(item) => {
                let inner = self.checks(item, place, patterns);
                chain.extend(inner.map(|inner| quote!(.items(|item| { item #inner; }))));
            }
            Ty::Map(item) => {
                let inner = self.checks(item, place, patterns);
                chain.extend(inner.map(|inner| quote!(.values(|value| { value #inner; }))));
            }
            Ty::Never => chain.extend(quote!(.nested())),
            Ty::Named(id) => {
                let alias = matches!(self.ir.get(*id).map(|definition| &definition.shape), Some(Shape::Alias(_)));
                if !alias {
                    chain.extend(quote!(.nested()));
                }
            }
            Ty::Foreign(foreign) => {
                chain.extend(quote!(.nested()));
                if !foreign.checks.is_empty() {
                    let closure = self.closure(&foreign.checks, patterns, place);
                    chain.extend(quote!(.as_json(#closure)));
                }
            }
            _ => {}
        }
        if chain.is_empty() {
            return None;
        }
        Some(if value.boxed { quote!(.unboxed()#chain) } else { chain })
    }

    /// A closure that makes checks of a value.
    fn closure(&self, checks: &[Check], patterns: &mut Patterns, place: &str) -> TokenStream {
        let chain: TokenStream = checks.iter().map(|check| self.check(check, place, patterns)).collect();
        if chain.is_empty() { quote!(|_| {}) } else { quote!(|value| { value #chain; }) }
    }

    /// One call.
    pub(super) fn check(&self, check: &Check, place: &str, patterns: &mut Patterns) -> TokenStream {
        match check {
            Check::MinLength(limit) => count("min_length", *limit),
            Check::MaxLength(limit) => count("max_length", *limit),
            Check::MinItems(limit) => count("min_items", *limit),
            Check::MaxItems(limit) => count("max_items", *limit),
            Check::MinProperties(limit) => count("min_properties", *limit),
            Check::MaxProperties(limit) => count("max_properties", *limit),
            Check::Minimum(limit) => number("minimum", limit),
            Check::Maximum(limit) => number("maximum", limit),
            Check::ExclusiveMinimum(limit) => number("exclusive_minimum", limit),
            Check::ExclusiveMaximum(limit) => number("exclusive_maximum", limit),
            Check::MultipleOf(limit) => number("multiple_of", limit),
            Check::UniqueItems => quote!(.unique_items()),
            Check::Pattern(pattern) => {
                let name = patterns.name(pattern, place);
                quote!(.pattern(&#name))
            }
            Check::Format { name, function, .. } => {
                let function = ident(function);
                quote!(.format(#name, runtime::format::#function))
            }
            Check::Contains { min, max, checks, encoded } => {
                let closure = self.closure(checks, patterns, place);
                let (min, max) = (Literal::u64_unsuffixed(*min), optional_count(*max));
                let method = ident(if *encoded { "contains_encoded" } else { "contains" });
                quote!(.#method(#min, #max, #closure))
            }
            Check::PropertyNames(checks) => {
                let closure = self.closure(checks, patterns, place);
                quote!(.property_names(#closure))
            }
            Check::OneOf(values) => {
                let values = values.iter().map(|value| raw(&value.to_json()));
                quote!(.one_of(&[#(#values),*]))
            }
            Check::Satisfies { keywords, predicate } => {
                let path = self.predicate_path(*predicate);
                quote!(.satisfies(&[#(#keywords),*], #path))
            }
            Check::Kinds(kinds) => quote!(.kinds(&[#(#kinds),*])),
            Check::Never => quote!(.never()),
            Check::Branches { keyword, branches } => {
                let closures = branches.iter().map(|checks| self.closure(checks, patterns, place));
                let method = ident(if *keyword == "oneOf" { "one_of_checks" } else { "any_of_checks" });
                quote!(.#method(&[#(&#closures),*]))
            }
        }
    }
}

/// `Some(3)`, `None`
pub(super) fn optional_count(count: Option<u64>) -> TokenStream {
    match count.map(Literal::u64_unsuffixed) {
        Some(count) => quote!(Some(#count)),
        None => quote!(None),
    }
}

fn count(method: &str, limit: u64) -> TokenStream {
    let method = ident(method);
    let limit = Literal::u64_unsuffixed(limit);
    quote!(.#method(#limit))
}

fn number(method: &str, limit: &Number) -> TokenStream {
    let method = ident(method);
    let limit = number_literal(limit);
    quote!(.#method(#limit))
}

fn number_literal(number: &Number) -> TokenStream {
    if let Some(integer) = number.as_i64() {
        let literal = Literal::i64_suffixed(integer);
        return quote!(#literal);
    }
    if let Some(integer) = number.as_u64() {
        let literal = Literal::u64_suffixed(integer);
        return quote!(#literal);
    }
    let float = number.as_f64().filter(|float| float.is_finite()).unwrap_or(0.0);
    let literal = Literal::f64_suffixed(float.abs());
    if float < 0.0 { quote!(-#literal) } else { quote!(#literal) }
}
