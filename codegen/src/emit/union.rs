//! Unions: an enum with a variant a branch, and one for what fits none.

use proc_macro2::TokenStream;
use quote::quote;

use super::check::Patterns;
use super::ty::ident;
use super::{Crate, docs};
use crate::ir::{Choice, Scalar, Shape, Ty, TypeDef, TypeId, Union, Use, Variant};
use crate::name::TypeNames;

impl Crate<'_> {
    pub(super) fn union(
        &self,
        definition: &TypeDef,
        names: &TypeNames,
        union: &Union,
        patterns: &mut Patterns,
    ) -> Vec<TokenStream> {
        let (head, rules) = (docs::of_type(definition, &names.name), self.rules_of_type());
        let (name, unknown) = (ident(&names.name), ident(&names.unknown));
        let variants: Vec<_> = names.variants.iter().map(|variant| ident(variant)).collect();
        let types: Vec<_> = union.variants.iter().map(|variant| self.ty(&variant.value)).collect();
        let described = union.variants.iter().map(|variant| docs::lines(&self.described(variant)));
        let decode = match &union.choice {
            Choice::Kind => self.by_kind(union, &variants),
            Choice::Tag { property, values, demanded } => {
                self.by_tag(union, &variants, property, values, *demanded, patterns)
            }
            Choice::Key { keys, refused } => self.by_key(union, &variants, keys, *refused, patterns),
            Choice::Try => self.by_trying(union, &variants, &quote!(None), patterns),
        };
        let check = self.union_check(union, &variants, patterns);
        let judge = self.judge_union(union, &variants);
        let conversions = self.conversions(&name, union, &variants);
        let mut items = vec![
            quote! {
                #head
                #rules
                #[derive(Clone, PartialEq)]
                #[non_exhaustive]
                pub enum #name {
                    #(#described #variants(#types),)*
                    #[doc = " What fits no branch; `validate` reports it."]
                    #unknown(runtime::Value),
                }
            },
            quote! {
                impl runtime::Decode for #name {
                    const EXPECTED: &'static str = "a value of a union";
                    #decode
                    #[inline]
                    fn blank() -> Self {
                        Self::#unknown(runtime::Value::Null)
                    }
                }
            },
            quote! {
                impl runtime::Encode for #name {
                    fn encode<S: runtime::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                        match self {
                            #(Self::#variants(value) => value.encode(serializer),)*
                            Self::#unknown(value) => value.encode(serializer),
                        }
                    }
                }
            },
            quote! {
                impl std::fmt::Debug for #name {
                    #[inline]
                    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        match self {
                            #(Self::#variants(value) => runtime::DebugMember::debug(value, f),)*
                            Self::#unknown(value) => runtime::DebugMember::debug(value, f),
                        }
                    }
                }
            },
            quote! {
                impl runtime::Validate for #name {
                    #[inline]
                    fn check(&self, at: &runtime::Path<'_>, report: &mut runtime::Report) {
                        #check
                    }
                    #judge
                }
            },
            quote!(runtime::serde_by_codec!(#name);),
        ];
        items.extend(definition.is_made().then_some(conversions).into_iter().flatten());
        items
    }

    fn described(&self, variant: &Variant) -> String {
        match &self.resolved(&variant.value).ty {
            Ty::Any => "Any value.".to_owned(),
            Ty::Never => "No value.".to_owned(),
            Ty::Null => "`null`".to_owned(),
            Ty::Bool => "A boolean.".to_owned(),
            Ty::Integer | Ty::Unsigned => "An integer.".to_owned(),
            Ty::Number => "A number.".to_owned(),
            Ty::String => "A string.".to_owned(),
            Ty::List(_) => "An array.".to_owned(),
            Ty::Map(_) => "An object.".to_owned(),
            Ty::Foreign(foreign) => docs::code(&foreign.path),
            Ty::Named(id) => {
                let path = self.path(*id).to_string().replace(' ', "");
                format!("[`{}`]({path})", self.names.get(*id).map_or("", |names| &names.name))
            }
        }
    }

    /// A function a kind: the kind of the value decides.
    fn by_kind(&self, union: &Union, variants: &[proc_macro2::Ident]) -> TokenStream {
        let mut functions = TokenStream::new();
        // A branch of any value takes the kinds that the others leave.
        let mut rest = quote!(Unknown);
        for (variant, name) in union.variants.iter().zip(variants) {
            if self.resolved(&variant.value).ty == Ty::Any {
                rest = quote!(#name);
                continue;
            }
            let ty = self.ty(&variant.value);
            functions.extend(match self.kind(&variant.value) {
                "boolean" => quote! {
                    #[inline]
                    fn from_bool(value: bool) -> Option<Self> {
                        <#ty as runtime::Decode>::from_bool(value).map(Self::#name)
                    }
                },
                "number" => quote! {
                    #[inline]
                    fn from_number(value: &runtime::Number) -> Option<Self> {
                        <#ty as runtime::Decode>::from_number(value).map(Self::#name)
                    }
                },
                "string" => quote! {
                    #[inline]
                    fn from_text(value: &str) -> Option<Self> {
                        <#ty as runtime::Decode>::from_text(value).map(Self::#name)
                    }
                },
                "array" => quote! {
                    fn from_array<'de, A: runtime::SeqAccess<'de>>(elements: A) -> Result<runtime::Fit<Self>, A::Error> {
                        Ok(<#ty as runtime::Decode>::from_array(elements)?.map(Self::#name))
                    }
                },
                _ => quote! {
                    fn from_object<'de, A: runtime::MapAccess<'de>>(members: A) -> Result<runtime::Fit<Self>, A::Error> {
                        Ok(<#ty as runtime::Decode>::from_object(members)?.map(Self::#name))
                    }
                },
            });
        }
        quote! {
            #functions
            #[inline]
            fn from_other(value: runtime::Value) -> runtime::Fit<Self> {
                Ok(Self::#rest(value))
            }
        }
    }

    /// The kind of value that a branch chosen by kind takes.
    pub(super) fn kind(&self, value: &Use) -> &'static str {
        match self.enumerated(value) {
            Some(Scalar::String) => return "string",
            Some(Scalar::Integer) => return "number",
            Some(Scalar::Boolean) => return "boolean",
            None => {}
        }
        match &self.resolved(value).ty {
            Ty::Named(id) if self.is_tuple(*id) => "array",
            Ty::Bool => "boolean",
            Ty::Integer | Ty::Unsigned | Ty::Number => "number",
            Ty::String => "string",
            Ty::List(_) => "array",
            Ty::Foreign(foreign) => match foreign.kind {
                Some("integer") => "number",
                Some(kind) => kind,
                None => "object",
            },
            Ty::Any | Ty::Never | Ty::Null | Ty::Map(_) | Ty::Named(_) => "object",
        }
    }

    fn is_tuple(&self, id: TypeId) -> bool {
        matches!(self.ir.get(id).map(|definition| &definition.shape), Some(Shape::Tuple(_)))
    }

    fn by_tag(
        &self,
        union: &Union,
        variants: &[proc_macro2::Ident],
        property: &str,
        values: &[Vec<String>],
        demanded: bool,
        patterns: &mut Patterns,
    ) -> TokenStream {
        if !demanded {
            let arms = values.iter().enumerate().map(|(index, values)| quote!(Some(#(#values)|*) => Some(#index)));
            let hint = quote!(match runtime::tag(&value, #property).as_deref() { #(#arms,)* _ => None });
            return self.by_trying(union, variants, &hint, patterns);
        }
        let arms = union.variants.iter().zip(variants).zip(values).map(|((variant, name), values)| {
            let branch = self.branch(&variant.value, name);
            quote!(Some(#(#values)|*) => #branch)
        });
        quote! {
            #[inline]
            fn from_other(value: runtime::Value) -> runtime::Fit<Self> {
                let chosen = match runtime::tag(&value, #property).as_deref() {
                    #(#arms,)*
                    _ => None,
                };
                Ok(chosen.unwrap_or(Self::Unknown(value)))
            }
        }
    }

    /// The branch is the one that requires a member which is there.
    fn by_key(
        &self,
        union: &Union,
        variants: &[proc_macro2::Ident],
        keys: &[Option<String>],
        refused: bool,
        patterns: &mut Patterns,
    ) -> TokenStream {
        if !refused {
            let arms = keys.iter().enumerate().filter_map(|(index, key)| {
                let key = key.as_ref()?;
                Some(quote!(if value.get(#key).is_some() { Some(#index) }))
            });
            let rest = match keys.iter().position(Option::is_none) {
                Some(index) => quote!(Some(#index)),
                None => quote!(None),
            };
            return self.by_trying(union, variants, &quote!(#(#arms else)* { #rest }), patterns);
        }
        let all = || union.variants.iter().zip(variants).zip(keys);
        let arms = all().filter_map(|((variant, name), key)| {
            let (key, branch) = (key.as_ref()?, self.branch(&variant.value, name));
            Some(quote!(if value.get(#key).is_some() { #branch }))
        });
        let rest = all().find(|(_, key)| key.is_none()).map(|((variant, name), _)| self.branch(&variant.value, name));
        let rest = rest.unwrap_or_else(|| quote!(None));
        quote! {
            #[inline]
            fn from_other(value: runtime::Value) -> runtime::Fit<Self> {
                let chosen = #(#arms else)* { #rest };
                Ok(chosen.unwrap_or(Self::Unknown(value)))
            }
        }
    }

    /// The branch is the one that accepts the value, else one that it decodes as; `hint` is the index of the one to try first.
    fn by_trying(
        &self,
        union: &Union,
        variants: &[proc_macro2::Ident],
        hint: &TokenStream,
        patterns: &mut Patterns,
    ) -> TokenStream {
        let mut strict = Vec::new();
        let mut tolerant = Vec::new();
        for (variant, name) in union.variants.iter().zip(variants) {
            let ty = self.ty(&variant.value);
            let closure = self.variant_closure(&variant.value, patterns);
            strict.push(quote!(&|value| runtime::valid_branch::<#ty, _>(value, Self::#name, #closure)));
            tolerant.push(quote!(&|value| runtime::branch::<#ty, _>(value, Self::#name)));
        }
        quote! {
            #[inline]
            fn from_other(value: runtime::Value) -> runtime::Fit<Self> {
                let hint = #hint;
                let chosen = runtime::choose(&value, hint, &[#(#strict),*], &[#(#tolerant),*]);
                Ok(chosen.unwrap_or(Self::Unknown(value)))
            }
        }
    }

    fn branch(&self, value: &Use, name: &proc_macro2::Ident) -> TokenStream {
        let ty = self.ty(value);
        quote!(runtime::branch::<#ty, _>(&value, Self::#name))
    }

    fn variant_closure(&self, value: &Use, patterns: &mut Patterns) -> TokenStream {
        match self.checks(value, "branch", patterns) {
            Some(chain) => quote!(|value| { value #chain; }),
            None => quote!(|_| {}),
        }
    }

    fn union_check(&self, union: &Union, variants: &[proc_macro2::Ident], patterns: &mut Patterns) -> TokenStream {
        let arms = union.variants.iter().zip(variants).map(|(variant, name)| {
            match self.checks(&variant.value, "branch", patterns) {
                Some(chain) => quote!(Self::#name(value) => { runtime::Checked::new(Some(value), *at, report)#chain; }),
                None => quote!(Self::#name(_) => {}),
            }
        });
        let arms: Vec<_> = arms.collect();
        let keyword = union.keyword;
        let overlap = (keyword == "oneOf" && union.proof.is_none()).then(|| {
            let branches: Vec<_> = union
                .variants
                .iter()
                .map(|variant| {
                    let ty = self.ty(&variant.value);
                    let closure = self.variant_closure(&variant.value, patterns);
                    quote!(&|value| runtime::accepts::<#ty>(value, #closure))
                })
                .collect();
            quote!(runtime::check_overlap(self, at, report, &[#(#branches),*]);)
        });
        quote! {
            match self {
                #(#arms)*
                Self::Unknown(_) => runtime::report_unmatched(at, report, #keyword),
            }
            #overlap
        }
    }

    /// `From` for each type that only one branch has.
    fn conversions(
        &self,
        name: &proc_macro2::Ident,
        union: &Union,
        variants: &[proc_macro2::Ident],
    ) -> Vec<TokenStream> {
        // Whoever makes a union of a value need not know which of its variants are boxed.
        let unboxed = |variant: &Variant| Use { boxed: false, ..variant.value.clone() };
        let values: Vec<Use> = union.variants.iter().map(unboxed).collect();
        let resolved: Vec<String> = values.iter().map(|value| self.ty(self.resolved(value)).to_string()).collect();
        let mut items = Vec::new();
        for (index, ((value, branch), variant)) in values.iter().zip(&union.variants).zip(variants).enumerate() {
            let ty = self.ty(value);
            let text = resolved.get(index).map_or("", String::as_str);
            let alone = resolved.iter().filter(|other| *other == text).count() == 1;
            if !alone || text == "runtime :: Value" {
                continue;
            }
            let made = if branch.value.boxed { quote!(Box::new(value)) } else { quote!(value) };
            items.push(
                quote!(impl From<#ty> for #name { #[inline] fn from(value: #ty) -> Self { Self::#variant(#made) } }),
            );
            if text == "String" {
                items.push(quote!(impl From<&str> for #name { #[inline] fn from(value: &str) -> Self { Self::#variant(value.to_owned()) } }));
            }
        }
        items
    }
}
