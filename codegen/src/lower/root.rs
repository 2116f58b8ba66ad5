//! The root of a schema document: always a type of its own, whatever it is.

use crate::ir::{Check, Origin, Shape, Ty, TypeDef, TypeId, Use};
use crate::schema::Location;

use super::Lowering;
use super::facets::{Facets, Part};

impl Lowering<'_> {
    /// Lowers the root. What is no type of its own, or may be `null` besides, stands in one.
    pub(super) fn root(&mut self, location: &Location) {
        let Some(id) = self.schemas.find(location) else { return };
        let origin = Origin::Root(self.root_name());
        let value = if self.is_dynamic() {
            // Inside, nobody knows which way a value was reached by: the whole is asked at the root, and only there.
            let check = Check::Satisfies { keywords: vec!["$dynamicRef"], predicate: self.judge(id) };
            Use { checks: vec![check], ..Use::plain(Ty::Any) }
        } else {
            self.lower(id, &origin)
        };
        let named = self.types.iter().position(|definition| definition.origin == origin).map(TypeId);
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
