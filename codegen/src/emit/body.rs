//! The body of an operation: what its method takes, and the call that sends it.

use proc_macro2::TokenStream;
use quote::quote;

use super::check::Patterns;
use super::ty::ident;
use super::{Crate, docs};
use crate::document::{BodyFormat, Form, Style};
use crate::ir::{BodyUse, Shape, Ty, Use};

impl Crate<'_> {
    /// The type of the argument, and the call.
    pub(super) fn body(&self, body: &BodyUse, patterns: &mut Patterns) -> (TokenStream, TokenStream) {
        let media_type = &body.media_type;
        match &body.format {
            BodyFormat::Text => (quote!(impl Into<String>), quote!(.bytes(#media_type, body.into()))),
            BodyFormat::Bytes => (quote!(impl Into<runtime::client::Payload>), quote!(.bytes(#media_type, body))),
            BodyFormat::Json => {
                let (ty, call) = self.typed(&body.value, patterns);
                let name =
                    (!media_type.eq_ignore_ascii_case("application/json")).then(|| quote!(.content_type(#media_type)));
                (ty, quote!(#call #name))
            }
            BodyFormat::Form(forms) => {
                let (ty, call) = self.typed(&body.value, patterns);
                let forms = forms.iter().map(|(name, value)| {
                    let form = form(*value);
                    quote!((#name, #form))
                });
                (ty, quote!(#call.as_form(&[#(#forms),*])))
            }
            BodyFormat::Multipart(types) => {
                let types = types.iter().map(|(name, media_type)| quote!((#name, #media_type)));
                let types = quote!(&[#(#types),*]);
                if self.is_object(&body.value) {
                    let ty = self.ty(&body.value);
                    let judge = self.judge_body(&body.value);
                    return (quote!(&#ty), quote!(.multipart(body, #types) #judge));
                }
                let (ty, call) = self.typed(&body.value, patterns);
                (ty, quote!(#call.as_multipart(#types)))
            }
        }
    }

    /// A value that is written as JSON; one whose type is not its own brings its checks along.
    fn typed(&self, value: &Use, patterns: &mut Patterns) -> (TokenStream, TokenStream) {
        let ty = self.ty(value);
        let own = matches!(value.ty, Ty::Named(_)) && self.aliased(value).is_none() && value.checks.is_empty();
        let call = match self.checks(value, "body", patterns).filter(|_| !own) {
            Some(chain) => quote!(.checked_json(body, |body| { body #chain; })),
            None => quote!(.json(body)),
        };
        let judge = self.judge_body(value);
        (quote!(&#ty), quote!(#call #judge))
    }

    /// The call that judges a body by the rules of the API's prose, where there are any.
    fn judge_body(&self, value: &Use) -> Option<TokenStream> {
        self.rules(value).map(|chain| quote!(.judge(body, |body| { body #chain; })))
    }

    /// Whether a value is a generated struct, whose members can be looked at one by one.
    fn is_object(&self, value: &Use) -> bool {
        let Ty::Named(id) = value.ty else { return false };
        let shape = self.ir.get(id).map(|definition| &definition.shape);
        matches!(shape, Some(Shape::Struct(_))) && !value.nullable && !value.boxed && value.checks.is_empty()
    }
}

/// The setter of a body in one of the other media types.
pub(super) fn other_body(body: &BodyUse) -> Option<TokenStream> {
    if body.others.is_empty() {
        return None;
    }
    let others: Vec<String> = body.others.iter().map(|media_type| docs::code(media_type)).collect();
    let head = docs::lines(&format!("Sends a body of another media type instead: {}.", others.join(", ")));
    Some(quote! {
        #head
        pub fn body_bytes(self, content_type: impl Into<String>, body: impl Into<runtime::client::Payload>) -> Self {
            Self(self.0.bytes(content_type.into(), body))
        }
    })
}

/// How a value is written.
pub(super) fn form(form: Form) -> TokenStream {
    let Form { style, explode, allow_reserved } = form;
    let style = ident(match style {
        Style::Simple => "Simple",
        Style::Label => "Label",
        Style::Matrix => "Matrix",
        Style::Form => "Form",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
        Style::Json => "Json",
    });
    let applied = ident(if explode { "exploded" } else { "joined" });
    let reserved = allow_reserved.then(|| quote!(.reserved()));
    quote!(runtime::client::Style::#style.#applied() #reserved)
}
