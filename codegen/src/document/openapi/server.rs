//! Servers (OpenAPI 3.1 §4.8.5): that of the document, and those of paths and operations.

use std::collections::BTreeMap;

use super::{At, Reader};
use crate::document::{Server, Variable};
use crate::source::Node;

impl<'r> Reader<'r> {
    /// The first server of the document.
    pub(super) fn root_server(&mut self) -> Option<Server> {
        let root = self.root.clone();
        self.first_server(&root)
    }

    /// The server of an operation, or of its path, which goes before that of the document.
    pub(super) fn own_server(&mut self, item: &At<'r>, operation: &At<'r>) -> Option<Server> {
        self.first_server(operation).or_else(|| self.first_server(item))
    }

    fn first_server(&mut self, at: &At<'r>) -> Option<Server> {
        let at = at.child("servers")?.items().into_iter().next()?;
        let template = at.text("url")?;
        // A URL that begins with a variable is as absolute as its value.
        if !template.contains("://") && !template.starts_with('{') {
            let message =
                "this URL is relative to where the document is found: requests go to the base URL of the client";
            self.warn("relative-server", message, &at);
            return None;
        }
        let mut variables = BTreeMap::new();
        for (name, variable) in at.child("variables").map(|variables| variables.members()).unwrap_or_default() {
            let allowed = variable.node().get("enum").and_then(Node::as_array).unwrap_or_default();
            variables.insert(
                name,
                Variable {
                    default: variable.text("default").unwrap_or_default(),
                    allowed: allowed.iter().filter_map(Node::as_str).map(str::to_owned).collect(),
                    description: variable.text("description"),
                },
            );
        }
        Some(Server { template, variables })
    }
}
