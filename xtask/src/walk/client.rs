//! The calls of a generated client, as its source has them: what a driver has to write to make them.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Expr, FnArg, GenericArgument, ImplItem, ImplItemFn, Item, Lit, Pat, PathArguments, Type, TypeParamBound};

/// One operation of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Operation {
    /// In capitals.
    pub(super) method: String,
    /// The path template.
    pub(super) path: String,
    /// The method of the client that gives the group.
    pub(super) group: String,
    /// The method of the group.
    pub(super) function: String,
    /// What the method takes.
    pub(super) arguments: Vec<Argument>,
    /// The setters of the request builder.
    pub(super) setters: Vec<(String, Argument)>,
    /// What comes back.
    pub(super) answer: Answer,
    /// What a driver can't write, where there is something.
    pub(super) unknown: Option<String>,
}

/// How an answer is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// JSON, a text or nothing: what can be encoded.
    Encoded,
    /// Bytes.
    Bytes,
    /// Events, whose data counts.
    Events,
    /// Lines.
    Lines,
    /// An enumeration of these by the status: its name, and its variants.
    Choice(String, Vec<(String, Content)>),
}

/// What a variant of an answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Nothing,
    Encoded,
    Bytes,
}

/// A value that a call is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Argument {
    /// `path`, `query`, `header`, `cookie` or `body`.
    pub(super) place: String,
    /// The name of the parameter on the wire.
    pub(super) wire: String,
    /// The type to decode.
    pub(super) ty: String,
    /// Whether the call borrows it.
    pub(super) is_borrowed: bool,
}

/// Reads the file of a client group.
///
/// # Errors
/// The file is no Rust.
pub(super) fn read(group: &str, text: &str) -> Result<Vec<Operation>, String> {
    let file = syn::parse_file(text).map_err(|error| format!("the client of `{group}` does not parse: {error}"))?;
    let mut methods: Vec<&ImplItemFn> = Vec::new();
    let mut setters: BTreeMap<String, Vec<&ImplItemFn>> = BTreeMap::new();
    for item in &file.items {
        let Item::Impl(block) = item else { continue };
        if block.trait_.is_some() {
            continue;
        }
        let owner = last_segment(&block.self_ty);
        for function in block.items.iter().filter_map(|item| match item {
            ImplItem::Fn(function) => Some(function),
            _ => None,
        }) {
            let takes_itself = |receiver: &&syn::Receiver| matches!(receiver.kind, syn::ReceiverKind::Value);
            if function.sig.receiver().filter(takes_itself).is_some() {
                setters.entry(owner.clone()).or_default().push(function);
            } else if function.sig.receiver().is_some() {
                methods.push(function);
            }
        }
    }
    let answers = answers(&file);
    let operations = methods.into_iter().filter_map(|function| {
        let builder = match &function.sig.output {
            syn::ReturnType::Type(_, ty) => last_segment(ty),
            syn::ReturnType::Default => return None,
        };
        let setters = setters.get(&builder).map(Vec::as_slice).unwrap_or_default();
        let mut operation = operation(group, function, setters)?;
        match answers.get(&builder) {
            Some(answer) => operation.answer = answer.clone(),
            None => operation.unknown = Some(format!("the answer of `{builder}`")),
        }
        Some(operation)
    });
    Ok(operations.collect())
}

/// How the answers of request builders are read, by builder: `request_builder!(Get, json User, Error)`.
fn answers(file: &syn::File) -> BTreeMap<String, Answer> {
    let mut found = BTreeMap::new();
    for item in &file.items {
        let Item::Macro(call) = item else { continue };
        if call.mac.path.segments.last().is_none_or(|segment| segment.ident != "request_builder") {
            continue;
        }
        let names = call.mac.tokens.clone().into_iter().filter_map(|tree| match tree {
            TokenTree::Ident(name) => Some(name.to_string()),
            _ => None,
        });
        let names: Vec<String> = names.collect();
        let [builder, kind, rest @ ..] = names.as_slice() else { continue };
        let answer = match kind.as_str() {
            "json" | "text" | "empty" => Answer::Encoded,
            "bytes" => Answer::Bytes,
            "events" => Answer::Events,
            "lines" => Answer::Lines,
            "choice" => match rest.first() {
                Some(name) => Answer::Choice(name.clone(), variants(file, name)),
                None => continue,
            },
            _ => continue,
        };
        found.insert(builder.clone(), answer);
    }
    found
}

/// The variants of an answer, but for that of other statuses.
fn variants(file: &syn::File, name: &str) -> Vec<(String, Content)> {
    let enumeration = file.items.iter().find_map(|item| match item {
        Item::Enum(item) if item.ident == name => Some(item),
        _ => None,
    });
    let variants = enumeration.into_iter().flat_map(|enumeration| &enumeration.variants);
    let content = |fields: &syn::Fields| match fields.iter().next().map(|field| last_segment(&field.ty)) {
        None => Content::Nothing,
        Some(ty) if ty == "Bytes" => Content::Bytes,
        Some(_) => Content::Encoded,
    };
    let named = variants.map(|variant| (variant.ident.to_string(), content(&variant.fields)));
    named.filter(|(name, _)| name != "Other").collect()
}

/// The setters of credentials of the client, from the file that has its builder, with how many texts each takes.
///
/// # Errors
/// The file is no Rust.
pub(super) fn credentials(text: &str) -> Result<Vec<(String, usize)>, String> {
    let file = syn::parse_file(text).map_err(|error| format!("the client does not parse: {error}"))?;
    let mut found = Vec::new();
    for item in &file.items {
        let Item::Impl(block) = item else { continue };
        for item in &block.items {
            if let ImplItem::Fn(function) = item
                && calls(&function.block.to_token_stream()).iter().any(|call| call.name == "credential")
            {
                found.push((function.sig.ident.to_string(), inputs(function).len()));
            }
        }
    }
    Ok(found)
}

/// An operation, from its method and the setters of its request builder; `None` where the method makes no call.
fn operation(group: &str, function: &ImplItemFn, setters: &[&ImplItemFn]) -> Option<Operation> {
    let calls = calls(&function.block.to_token_stream());
    let opening = calls.iter().find(|call| call.name == "call")?;
    let mut unknown = None;
    let mut arguments = Vec::new();
    for (name, ty) in inputs(function) {
        match argument(&name, ty, &calls) {
            Some(argument) => arguments.push(argument),
            None => unknown = Some(format!("the argument `{name}: {}`", ty.to_token_stream())),
        }
    }
    let mut optional = Vec::new();
    for setter in setters {
        let calls = self::calls(&setter.block.to_token_stream());
        let inputs = inputs(setter);
        // A body of another media type, instead.
        if inputs.len() > 1 {
            continue;
        }
        for (name, ty) in inputs {
            match argument(&name, ty, &calls) {
                Some(argument) => optional.push((setter.sig.ident.to_string(), argument)),
                None => unknown = Some(format!("the setter `{}({})`", setter.sig.ident, ty.to_token_stream())),
            }
        }
    }
    Some(Operation {
        method: opening.verb.clone()?,
        path: opening.text.clone()?,
        group: group.to_owned(),
        function: function.sig.ident.to_string(),
        arguments,
        setters: optional,
        answer: Answer::Encoded,
        unknown,
    })
}

/// What a function takes besides `self`.
fn inputs(function: &ImplItemFn) -> Vec<(String, &Type)> {
    let typed = function.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(typed),
        FnArg::Receiver(_) => None,
    });
    let named = typed.map(|typed| match &*typed.pat {
        Pat::Ident(name) => (name.ident.to_string(), &*typed.ty),
        other => (other.to_token_stream().to_string(), &*typed.ty),
    });
    named.collect()
}

/// A call of the runtime in the body of a function: `.query("page", &page, …)`.
#[derive(Debug)]
struct RuntimeCall {
    name: String,
    /// The first string among its arguments.
    text: Option<String>,
    /// `Method::GET` or `Place::Query` among its arguments.
    verb: Option<String>,
    /// The names that stand in its arguments, but for those of closures.
    names: Vec<String>,
}

/// Every `.name(…)` in tokens.
fn calls(tokens: &TokenStream) -> Vec<RuntimeCall> {
    let mut found = Vec::new();
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (index, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else { continue };
        let before = |back: usize| index.checked_sub(back).and_then(|index| trees.get(index));
        if let (Some(TokenTree::Punct(dot)), Some(TokenTree::Ident(name))) = (before(2), before(1))
            && dot.as_char() == '.'
            && group.delimiter() == Delimiter::Parenthesis
        {
            found.push(runtime_call(name, group));
        }
        found.extend(calls(&group.stream()));
    }
    found
}

fn runtime_call(name: &Ident, group: &Group) -> RuntimeCall {
    let mut call = RuntimeCall { name: name.to_string(), text: None, verb: None, names: Vec::new() };
    let arguments = syn::parse::Parser::parse2(
        syn::punctuated::Punctuated::<Expr, syn::Token![,]>::parse_terminated,
        group.stream(),
    );
    for argument in arguments.into_iter().flatten() {
        match &argument {
            Expr::Lit(literal) => {
                if let (Lit::Str(text), None) = (&literal.lit, &call.text) {
                    call.text = Some(text.value());
                }
            }
            Expr::Closure(_) => continue,
            Expr::Path(path) => {
                let mut segments = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
                let last = segments.next();
                if segments.next().is_some_and(|owner| ["Method", "Place"].contains(&owner.as_str())) {
                    call.verb = last;
                }
            }
            _ => {}
        }
        collect_names(&argument.to_token_stream(), &mut call.names);
    }
    call
}

fn collect_names(tokens: &TokenStream, names: &mut Vec<String>) {
    for tree in tokens.clone() {
        match tree {
            TokenTree::Ident(name) => names.push(name.to_string()),
            TokenTree::Group(group) => collect_names(&group.stream(), names),
            _ => {}
        }
    }
}

/// The value of an argument: where it goes, by the call that it is handed to, and what to decode.
fn argument(name: &str, ty: &Type, calls: &[RuntimeCall]) -> Option<Argument> {
    let places = ["path", "query", "header", "cookie", "styled", "json", "checked_json", "multipart", "bytes"];
    let call =
        calls.iter().find(|call| places.contains(&call.name.as_str()) && call.names.iter().any(|one| one == name))?;
    let (place, wire) = match call.name.as_str() {
        "json" | "checked_json" | "multipart" | "bytes" => ("body".to_owned(), String::new()),
        "styled" => (call.verb.as_ref()?.to_lowercase(), call.text.clone()?),
        place => (place.to_owned(), call.text.clone()?),
    };
    let (ty, is_borrowed) = match ty {
        Type::Reference(reference) => (reference.elem.to_token_stream(), true),
        // Whatever becomes bytes: a text does.
        Type::ImplTrait(_) if call.name == "bytes" => (quote!(String), false),
        Type::ImplTrait(_) => (taken(ty)?, false),
        owned => (owned.to_token_stream(), false),
    };
    Some(Argument { place, wire, ty: from_outside(ty).to_string(), is_borrowed })
}

/// The type to give to something that takes `impl …`: `AsRef<str>`, `Into<T>`, or `IntoIterator` of them.
fn taken(ty: &Type) -> Option<TokenStream> {
    let Type::ImplTrait(ty) = ty else { return Some(ty.to_token_stream()) };
    let Some(TypeParamBound::Trait(bound)) = ty.bounds.first() else { return None };
    let segment = bound.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    match (segment.ident.to_string().as_str(), arguments.args.first()?) {
        ("AsRef", GenericArgument::Type(_)) => Some(quote!(String)),
        ("Into", GenericArgument::Type(ty)) => Some(ty.to_token_stream()),
        ("IntoIterator", GenericArgument::AssocType(item)) => {
            let item = taken(&item.ty)?;
            Some(quote!(Vec<#item>))
        }
        _ => None,
    }
}

/// Types of the crate as another one reaches them.
fn from_outside(tokens: TokenStream) -> TokenStream {
    let rename = |tree: TokenTree| match tree {
        TokenTree::Ident(name) if name == "crate" => TokenTree::Ident(Ident::new("api", name.span())),
        TokenTree::Ident(name) if name == "runtime" => TokenTree::Ident(Ident::new("codegen_runtime", name.span())),
        TokenTree::Group(group) => TokenTree::Group(Group::new(group.delimiter(), from_outside(group.stream()))),
        other => other,
    };
    tokens.into_iter().map(rename).collect()
}

fn last_segment(ty: &Type) -> String {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"
        pub struct Users<'c>(&'c runtime::client::Client);
        impl<'c> Users<'c> {
            pub(super) fn new(client: &'c runtime::client::Client) -> Self { Self(client) }
            pub fn update(&self, id: impl AsRef<str>, kinds: impl IntoIterator<Item = impl Into<crate::types::Kind>>, body: &Option<crate::types::Update>) -> Update<'c> {
                Update(self.0.call(Method::PATCH, "/users/{id}").path("id", id.as_ref(), |_| {})
                    .query("kind", &kinds.into_iter().map(Into::into).collect::<Vec<crate::types::Kind>>(), |_| {}).json(body))
            }
        }
        pub struct Update<'c>(Call<'c>);
        runtime::request_builder!(Update, choice UpdateResponse, runtime::Value);
        pub enum UpdateResponse { Ok(crate::types::User), Created(runtime::client::Bytes), NoContent, Other(runtime::client::StatusCode) }
        impl Update<'_> {
            pub fn body_bytes(self, content_type: impl Into<String>, body: impl Into<runtime::client::Payload>) -> Self {
                Self(self.0.bytes(content_type.into(), body))
            }
            pub fn colour(self, value: impl Into<crate::types::Colour>) -> Self {
                Self(self.0.styled(runtime::client::Place::Cookie, "c", runtime::client::Style::Form.joined(), &value.into(), |_| {}))
            }
            pub fn page(self, value: impl Into<i64>) -> Self { Self(self.0.query("page[]", &value.into(), |value| { value.minimum("0"); })) }
        }
    "#;

    #[test]
    fn calls_are_read_from_the_source() {
        let found = read("users", SOURCE).unwrap();
        let argument = |place: &str, wire: &str, ty: &str, is_borrowed| Argument {
            place: place.to_owned(),
            wire: wire.to_owned(),
            ty: ty.to_owned(),
            is_borrowed,
        };
        let expected = Operation {
            method: "PATCH".to_owned(),
            path: "/users/{id}".to_owned(),
            group: "users".to_owned(),
            function: "update".to_owned(),
            arguments: vec![
                argument("path", "id", "String", false),
                argument("query", "kind", "Vec < api :: types :: Kind >", false),
                argument("body", "", "Option < api :: types :: Update >", true),
            ],
            setters: vec![
                ("colour".to_owned(), argument("cookie", "c", "api :: types :: Colour", false)),
                ("page".to_owned(), argument("query", "page[]", "i64", false)),
            ],
            answer: Answer::Choice(
                "UpdateResponse".to_owned(),
                vec![
                    ("Ok".to_owned(), Content::Encoded),
                    ("Created".to_owned(), Content::Bytes),
                    ("NoContent".to_owned(), Content::Nothing),
                ],
            ),
            unknown: None,
        };
        assert_eq!(found, [expected]);
    }

    #[test]
    fn credentials_are_found() {
        let source = r#"impl ClientBuilder {
            pub fn key(self, key: impl Into<String>) -> Self { Self(self.0.credential("Key", key)) }
            pub fn basic(self, user: &str, password: &str) -> Self { Self(self.0.credential("Basic", format!("{user}:{password}"))) }
            pub fn tenant(self, value: impl Into<String>) -> Self { Self(self.0.variable("tenant", value)) }
        }"#;
        assert_eq!(credentials(source).unwrap(), [("key".to_owned(), 1), ("basic".to_owned(), 2)]);
    }

    #[test]
    fn what_a_driver_cannot_write_is_told() {
        let source = SOURCE.replace("impl AsRef<str>", "impl Stream");
        assert_eq!(
            read("users", &source).unwrap()[0].unknown.as_deref(),
            Some("the argument `id : impl Stream`").map(|text| text.replace(" :", ":")).as_deref()
        );
    }
}
