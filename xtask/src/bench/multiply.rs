//! A document that is a multiple of another one: everything in it is there several times, each under a name of its own.

use serde_json::{Map, Value};

/// The members of a path item that are operations.
const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// A document with `times` copies of all paths, webhooks and components, the first of them as they are. Operations keep to the copy that
/// they belong to: `operationId`s, client groups, tags and references are renamed as well. Security schemes are shared.
pub(crate) fn multiply(document: &Value, times: usize) -> Value {
    let mut whole = document.clone();
    for number in 2..=times {
        let copy = Copy { number };
        for section in ["paths", "webhooks"] {
            let Some(Value::Object(items)) = document.get(section) else { continue };
            let copied = items.iter().filter(|(key, _)| !key.starts_with("x-")).map(|(key, item)| {
                let mut item = item.clone();
                copy.rename_references(&mut item);
                copy.rename_operations(&mut item);
                (if section == "paths" { copy.path(key) } else { copy.name(key) }, item)
            });
            add(&mut whole, &[section], copied.collect());
        }
        let Some(Value::Object(kinds)) = document.get("components") else { continue };
        for (kind, components) in kinds {
            let Value::Object(components) = components else { continue };
            if kind == "securitySchemes" || kind.starts_with("x-") {
                continue;
            }
            let copied = components.iter().map(|(name, component)| {
                let mut component = component.clone();
                copy.rename_references(&mut component);
                if matches!(kind.as_str(), "pathItems" | "callbacks") {
                    copy.rename_operations(&mut component);
                }
                (copy.name(name), component)
            });
            add(&mut whole, &["components", kind], copied.collect());
        }
    }
    whole
}

/// Adds members to an object of the document.
fn add(whole: &mut Value, path: &[&str], members: Map<String, Value>) {
    let place = path.iter().try_fold(whole, |value, key| value.get_mut(*key));
    if let Some(Value::Object(object)) = place {
        object.extend(members);
    }
}

/// One of the copies.
struct Copy {
    number: usize,
}

impl Copy {
    /// The name of a component, an operation or a webhook.
    fn name(&self, name: &str) -> String {
        format!("{name}Copy{}", self.number)
    }

    fn path(&self, path: &str) -> String {
        format!("/copy{}{path}", self.number)
    }

    /// Renames every reference into the document.
    fn rename_references(&self, value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.rename_references(item)),
            Value::Object(members) => {
                for (key, member) in members {
                    match member {
                        Value::String(text) if matches!(key.as_str(), "$ref" | "operationRef") => {
                            *text = self.reference(text);
                        }
                        Value::String(text) if key == "operationId" => *text = self.name(text),
                        Value::Object(hint) if key == "discriminator" && is_discriminator(hint) => {
                            self.rename_mapping(hint)
                        }
                        _ => self.rename_references(member),
                    }
                }
            }
            _ => {}
        }
    }

    /// Renames the schemas that a discriminator maps to: they are written as references, or by name.
    fn rename_mapping(&self, discriminator: &mut Map<String, Value>) {
        let Some(Value::Object(mapping)) = discriminator.get_mut("mapping") else { return };
        for target in mapping.values_mut() {
            if let Value::String(text) = target {
                *text = if text.contains(['#', '/']) { self.reference(text) } else { self.name(text) };
            }
        }
    }

    /// A reference, renamed where it leads to something that is copied.
    fn reference(&self, reference: &str) -> String {
        let Some(pointer) = reference.strip_prefix("#/") else { return reference.to_owned() };
        let mut tokens: Vec<String> = pointer.split('/').map(str::to_owned).collect();
        let renamed = match tokens.as_slice() {
            [section, path, ..] if section == "paths" => Some((1, format!("~1copy{}{path}", self.number))),
            [section, name, ..] if section == "webhooks" => Some((1, self.name(name))),
            [section, kind, name, ..] if section == "components" && kind != "securitySchemes" => {
                Some((2, self.name(name)))
            }
            _ => None,
        };
        if let Some((index, name)) = renamed
            && let Some(token) = tokens.get_mut(index)
        {
            *token = name;
        }
        format!("#/{}", tokens.join("/"))
    }

    /// Renames the client groups and tags of the operations in a path item, or in a map of path items.
    fn rename_operations(&self, value: &mut Value) {
        let Value::Object(members) = value else { return };
        for (key, member) in members {
            if !METHODS.contains(&key.as_str()) {
                self.rename_operations(member);
                continue;
            }
            let Value::Object(operation) = member else { continue };
            for key in ["tags", "x-operation-group"] {
                // The first decides which group an operation belongs to.
                let first = match operation.get_mut(key) {
                    Some(Value::Array(names)) => names.first_mut(),
                    other => other,
                };
                if let Some(Value::String(name)) = first {
                    *name = self.name(name);
                }
            }
        }
    }
}

/// Whether this is one, and no schema of a property that is called `discriminator`.
fn is_discriminator(members: &Map<String, Value>) -> bool {
    members.get("propertyName").is_some_and(Value::is_string)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Value {
        json!({
            "openapi": "3.1.0",
            "paths": {
                "/pets/{id}": {"get": {
                    "operationId": "getPet",
                    "tags": ["pets", "all"],
                    "x-operation-group": "pets",
                    "security": [{"token": []}],
                    "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}
                }}
            },
            "components": {
                "schemas": {
                    "Cat": {"type": "object"},
                    "Pet": {
                        "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/paths/~1pets~1%7Bid%7D/get/x"}],
                        "discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat", "c": "#/components/schemas/Cat"}}
                    }
                },
                "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}
            }
        })
    }

    #[test]
    fn one_copy_is_the_document() {
        assert_eq!(multiply(&document(), 1), document());
    }

    #[test]
    fn a_copy_keeps_to_itself() {
        let whole = multiply(&document(), 3);
        let keys = |pointer: &str| -> Vec<String> {
            whole.pointer(pointer).unwrap().as_object().unwrap().keys().cloned().collect()
        };
        assert_eq!(keys("/paths"), ["/copy2/pets/{id}", "/copy3/pets/{id}", "/pets/{id}"]);
        assert_eq!(keys("/components/schemas"), ["Cat", "CatCopy2", "CatCopy3", "Pet", "PetCopy2", "PetCopy3"]);
        assert_eq!(keys("/components/securitySchemes"), ["token"]);
        let operation = whole.pointer("/paths/~1copy2~1pets~1{id}/get").unwrap();
        assert_eq!(operation["operationId"], "getPetCopy2");
        assert_eq!(operation["tags"], json!(["petsCopy2", "all"]));
        assert_eq!(operation["x-operation-group"], "petsCopy2");
        assert_eq!(operation["security"], json!([{"token": []}]));
        let schema = operation.pointer("/responses/200/content/application~1json/schema/$ref").unwrap();
        assert_eq!(schema, "#/components/schemas/PetCopy2");
        let pet = whole.pointer("/components/schemas/PetCopy3").unwrap();
        assert_eq!(pet["oneOf"][0]["$ref"], "#/components/schemas/CatCopy3");
        assert_eq!(pet["oneOf"][1]["$ref"], "#/paths/~1copy3~1pets~1%7Bid%7D/get/x");
        let mapping = &pet["discriminator"]["mapping"];
        assert_eq!((&mapping["cat"], &mapping["c"]), (&json!("CatCopy3"), &json!("#/components/schemas/CatCopy3")));
    }

    #[test]
    fn what_is_no_reference_stays() {
        let copy = Copy { number: 2 };
        for reference in ["other.json#/components/schemas/A", "#anchor", "#/components/securitySchemes/a", "#/x/y"] {
            assert_eq!(copy.reference(reference), reference);
        }
    }
}
