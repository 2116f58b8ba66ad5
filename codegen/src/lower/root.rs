//! The root of a schema document: always a type of its own, whatever it is.

use crate::document::Document;
use crate::ir::{Check, Origin, Shape, Ty, TypeDef, TypeId, Use};
use crate::schema::Location;

use super::facets::{Facets, Part};
use super::{Lowering, root_name};

impl Lowering<'_> {
    /// Lowers the root. What is no type of its own, or may be `null` besides, stands in one.
    pub(super) fn root(&mut self, document: &Document, location: &Location) {
        let Some(id) = self.schemas.find(location) else { return };
        let origin = Origin::Root(root_name(document));
        let value = if self.is_dynamic(id) {
            // Inside, nobody knows which way a value was reached by: the whole is asked at the root, and only there.
            let check = Check::Satisfies { keywords: vec!["$dynamicRef"], predicate: self.judge(id) };
            Use { checks: vec![check], ..Use::plain(Ty::Any) }
        } else {
            self.lower(id, &origin)
        };
        let is_root = |definition: &TypeDef| definition.origin == origin && definition.location.file == location.file;
        let named = self.types.iter().position(is_root).map(TypeId);
        if named.is_some_and(|named| value == Use::plain(Ty::Named(named))) {
            return;
        }
        let root = TypeId(self.types.len());
        if let Some(inner) = named.and_then(|named| self.types.get_mut(named.0)) {
            inner.origin = Origin::Within(root, "Value".to_owned());
        }
        let facets = Facets::of(self.schemas, &[Part::whole(id)]);
        self.types.push(TypeDef {
            location: location.clone(),
            origin,
            docs: self.docs(&facets.parts),
            shape: Shape::Newtype(value),
            request: false,
            response: false,
        });
    }
}
