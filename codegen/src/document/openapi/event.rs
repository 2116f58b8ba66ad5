//! Requests that the API makes: webhooks (OpenAPI 3.1 §4.8.1) and callbacks (§4.8.18). What they send gives types.

use super::content::is_json;
use super::{At, METHODS, Reader};
use crate::document::Event;

impl<'r> Reader<'r> {
    /// The webhooks of the document.
    pub(super) fn webhooks(&mut self) {
        for (name, written) in self.root.child("webhooks").map(|webhooks| webhooks.members()).unwrap_or_default() {
            self.events_of(&name, written, false);
        }
    }

    /// The callbacks of an operation.
    pub(super) fn callbacks(&mut self, operation: &At<'r>) {
        for (name, written) in operation.child("callbacks").map(|callbacks| callbacks.members()).unwrap_or_default() {
            let Some(callback) = self.follow(written) else { continue };
            for (_, written) in callback.members().into_iter().filter(|(expression, _)| !expression.starts_with("x-")) {
                self.events_of(&name, written, true);
            }
        }
    }

    fn events_of(&mut self, name: &str, written: At<'r>, is_callback: bool) {
        let Some(item) = self.item(written) else { return };
        for at in METHODS.iter().filter_map(|method| item.child(method)) {
            let Some(body) = at.child("requestBody").and_then(|body| self.follow(body)) else { continue };
            let offered = body.child("content").map(|content| content.members()).unwrap_or_default();
            let json = offered.into_iter().find(|(media_type, _)| is_json(media_type));
            let Some(schema) = json.and_then(|(_, media)| media.child("schema")) else {
                self.warn("not-generated", "what this sends is no JSON with a schema: it has no type", &at);
                continue;
            };
            self.events.push(Event {
                location: at.location(),
                name: name.to_owned(),
                is_callback,
                summary: at.text("summary"),
                description: at.text("description"),
                deprecated: at.flag("deprecated") == Some(true),
                schema: schema.location(),
            });
        }
    }
}
