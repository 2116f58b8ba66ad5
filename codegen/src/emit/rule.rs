//! Rules: a chain of calls a value that is judged, a call a rule; and what documentation tells of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::ident;
use super::{Crate, Here, docs};
use crate::ir::{Extra, Rule, Shape, Struct, Tuple, Ty, TypeId, Union, Use};
use crate::name::TypeNames;

impl Crate<'_> {
    /// The calls that judge a value, to stand behind a `Checked` of its bare type; `None` where there is nothing to judge.
    pub(super) fn rules(&self, value: &Use) -> Option<TokenStream> {
        let chain = self.bare_rules(value)?;
        if !value.nullable {
            return Some(chain);
        }
        let null = self.null_rules(value);
        Some(quote!(#null.not_null()#chain))
    }

    /// The rules that `null` breaks where a type is used beside it: what they say of anything else is a call of that type's own.
    fn null_rules(&self, value: &Use) -> Option<TokenStream> {
        let Ty::Named(id) = &value.ty else { return None };
        let own = null_calls(self.ir.rules.of_type(*id));
        let inner = match self.ir.get(*id).map(|definition| &definition.shape) {
            Some(Shape::Alias(inner)) => self.null_rules(inner),
            _ => None,
        };
        (own.is_some() || inner.is_some()).then(|| quote!(#own #inner))
    }

    /// The same behind a `Checked` of what is not `null`.
    fn bare_rules(&self, value: &Use) -> Option<TokenStream> {
        let mut chain = TokenStream::new();
        match &value.ty {
            _ if !self.ir.rules.concern(value) => return None,
            Ty::List(item) => {
                let inner = self.rules(item)?;
                chain.extend(quote!(.items(|item| { item #inner; })));
            }
            Ty::Map(item) => {
                let inner = self.rules(item)?;
                chain.extend(quote!(.values(|value| { value #inner; })));
            }
            Ty::Named(id) => match self.ir.get(*id).map(|definition| &definition.shape) {
                // These have no function of their own.
                Some(Shape::Alias(inner)) => {
                    chain.extend(self.as_json(self.ir.rules.of_type(*id)));
                    chain.extend(self.bare_rules(inner));
                }
                Some(Shape::Enum(_)) => chain.extend(self.as_json(self.ir.rules.of_type(*id))),
                _ => chain.extend(quote!(.judged())),
            },
            _ => return None,
        }
        Some(if value.boxed { quote!(.unboxed()#chain) } else { chain })
    }

    /// A call a rule, each about the value as JSON.
    fn calls_of(&self, rules: &[Rule]) -> Option<TokenStream> {
        let calls = rules.iter().map(|rule| {
            let (written, predicate) = (written(rule), self.predicate_path(rule.predicate));
            quote!(.rule(&#written, #predicate))
        });
        let calls: TokenStream = calls.collect();
        (!calls.is_empty()).then_some(calls)
    }

    fn as_json(&self, rules: &[Rule]) -> Option<TokenStream> {
        self.calls_of(rules).map(|calls| quote!(.as_json(|value| { value #calls; })))
    }

    /// The type that is being made, where there is something to judge in its values.
    fn judged_type(&self) -> Option<TypeId> {
        match self.here {
            Here::Type(id) if self.ir.rules.judged.contains(&id) => Some(id),
            _ => None,
        }
    }

    /// `Validate::judge` of an object.
    pub(super) fn judge_object(&self, names: &TypeNames, shape: &Struct) -> Option<TokenStream> {
        let id = self.judged_type()?;
        let mut statements: Vec<TokenStream> = Vec::new();
        let whole = self.calls_of(self.ir.rules.of_type(id));
        statements.extend(whole.map(|calls| quote!(members.whole(|value| { value #calls; });)));
        for (wire, member) in &shape.members {
            let name = ident(names.fields.get(wire).map_or("", String::as_str));
            let own = self.as_json(self.ir.rules.of_member(id, wire));
            let (method, inner) = match member.required {
                true => ("required", self.rules(&member.value)),
                false => ("optional", self.bare_rules(&member.value)),
            };
            let method = ident(method);
            if member.value.nullable && !member.required {
                let null = [null_calls(self.ir.rules.of_member(id, wire)), self.null_rules(&member.value)];
                let null = null.into_iter().flatten();
                statements.extend(null.map(|chain| quote!(members.required(#wire, &self.#name)#chain;)));
            }
            for chain in [own, inner].into_iter().flatten() {
                statements.push(quote!(members.#method(#wire, &self.#name)#chain;));
            }
        }
        for (wire, value) in &shape.withheld {
            let chain = self.rules(value);
            statements.extend(chain.map(|chain| quote!(members.withheld(#wire)#chain;)));
        }
        if let Extra::Typed(value) = &shape.extra {
            let chain = self.rules(value);
            statements.extend(chain.map(|chain| quote!(members.additional(|value| { value #chain; });)));
        }
        judge(&quote!(let mut members = runtime::Scope::judged(self, at, report);), &statements)
    }

    /// `Validate::judge` of a tuple.
    pub(super) fn judge_tuple(&self, tuple: &Tuple) -> Option<TokenStream> {
        let id = self.judged_type()?;
        let mut statements: Vec<TokenStream> = Vec::new();
        let whole = self.calls_of(self.ir.rules.of_type(id));
        statements.extend(whole.map(|calls| quote!(elements.whole(|value| { value #calls; });)));
        for (index, element) in tuple.elements.iter().enumerate() {
            let (method, chain) = match index < tuple.required {
                true => ("required", self.rules(&element.value)),
                false => ("optional", self.bare_rules(&element.value)),
            };
            let (is_optional, method) = (index >= tuple.required, ident(method));
            let index = proc_macro2::Literal::usize_unsuffixed(index);
            if element.value.nullable && is_optional {
                let null = self.null_rules(&element.value);
                statements.extend(null.map(|chain| quote!(elements.required(#index, &self.#index)#chain;)));
            }
            statements.extend(chain.map(|chain| quote!(elements.#method(#index, &self.#index)#chain;)));
        }
        if let Extra::Typed(value) = &tuple.tail {
            let chain = self.rules(value);
            statements.extend(chain.map(|chain| quote!(elements.tail(|item| { item #chain; });)));
        }
        judge(&quote!(let mut elements = runtime::Cells::new(self, at, report);), &statements)
    }

    /// `Validate::judge` of a union.
    pub(super) fn judge_union(&self, union: &Union, variants: &[proc_macro2::Ident]) -> Option<TokenStream> {
        let id = self.judged_type()?;
        let own = self.as_json(self.ir.rules.of_type(id));
        let own = own.map(|chain| quote!(runtime::Checked::new(Some(self), *at, report)#chain;));
        // Some branches hold nothing to judge.
        let branches = union.variants.iter().zip(variants).filter_map(|(variant, name)| {
            let chain = self.rules(&variant.value)?;
            Some(quote!(if let Self::#name(value) = self { runtime::Checked::new(Some(value), *at, report)#chain; }))
        });
        judge(&TokenStream::new(), &own.into_iter().chain(branches).collect::<Vec<_>>())
    }

    /// `Validate::judge` of a type around another one.
    pub(super) fn judge_newtype(&self, value: &Use) -> Option<TokenStream> {
        let id = self.judged_type()?;
        let chains = [self.as_json(self.ir.rules.of_type(id)), self.rules(value)];
        let statements = chains.into_iter().flatten();
        let statements = statements.map(|chain| quote!(runtime::Checked::new(Some(&self.0), *at, report)#chain;));
        judge(&TokenStream::new(), &statements.collect::<Vec<_>>())
    }

    /// What the documentation of the type that is being made tells of its rules.
    pub(super) fn rules_of_type(&self) -> Option<TokenStream> {
        match self.here {
            Here::Type(id) => told(self.ir.rules.of_type(id), "Rules of the prose, which `rules()` judges:"),
            _ => None,
        }
    }

    /// What the documentation of a member tells of its rules.
    pub(super) fn rules_of_member(&self, wire: &str) -> Option<TokenStream> {
        match self.here {
            Here::Type(id) => told(self.ir.rules.of_member(id, wire), "Rules of the prose, which `rules()` judges:"),
            _ => None,
        }
    }
}

/// A rule as the runtime takes it.
fn written(Rule { level, when, message, .. }: &Rule) -> TokenStream {
    let level = ident(&level.to_string());
    let when = when.as_ref().map(|when| quote!(.when(#when)));
    quote!(runtime::Rule::#level(#message)#when)
}

/// A call a rule that `null` breaks, behind a `Checked` of what may be `null`.
fn null_calls(rules: &[Rule]) -> Option<TokenStream> {
    let calls = rules.iter().filter(|rule| rule.against_null).map(|rule| {
        let rule = written(rule);
        quote!(.null_breaks(&#rule))
    });
    let calls: TokenStream = calls.collect();
    (!calls.is_empty()).then_some(calls)
}

fn judge(scope: &TokenStream, statements: &[TokenStream]) -> Option<TokenStream> {
    (!statements.is_empty()).then(|| {
        quote! {
            #[inline]
            fn judge(&self, at: &runtime::Path<'_>, report: &mut runtime::Report) {
                #scope
                #(#statements)*
            }
        }
    })
}

/// A list of rules, a line each, behind what is said of the thing itself.
fn told(rules: &[Rule], head: &str) -> Option<TokenStream> {
    let lines = rules.iter().map(|Rule { level, when, message, .. }| {
        let when = when.as_ref().map(|when| format!(", when {}", docs::code(when))).unwrap_or_default();
        // What goes on belongs to the same item of the list.
        let message = crate::markdown::from_description(message).replace('\n', "\n  ");
        format!("* {level}{when}: {message}")
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| docs::lines(&format!("\n{head}\n\n{}", lines.join("\n"))))
}
