//! The root of a schema document: always a type of its own, whatever it is.

use crate::document::Document;
use crate::ir::{Check, Origin, Shape, Ty, TypeDef, TypeId, Use};
use crate::schema::Location;

use super::facets::{Facets, Part};
use super::{Lowering, root_name};

impl Lowering<'_> {
    /// Lowers the root of a document. What is no type of its own, or may be `null` besides, stands in one.
    pub(super) fn root(&mut self, document: &Document, location: &Location) -> Option<TypeId> {
        let id = self.schemas.find(location)?;
        let origin = Origin::Root(root_name(document));
        let before = self.types.len();
        let value = if self.is_dynamic(id) {
            // Inside, nobody knows which way a value was reached by: the whole is asked at the root, and only there.
            let check = Check::Satisfies { keywords: vec!["$dynamicRef"], predicate: self.judge(id) };
            Use { checks: vec![check], ..Use::plain(Ty::Any) }
        } else {
            self.lower(id, &origin)
        };
        // A title may be that of another document as well.
        let called_so = |(index, definition): &(usize, &TypeDef)| {
            definition.origin == origin && (*index >= before || definition.location.file == location.file)
        };
        let called_so: Vec<TypeId> =
            self.types.iter().enumerate().filter(called_so).map(|(index, _)| TypeId(index)).collect();
        if let Ty::Named(named) = value.ty
            && called_so.contains(&named)
            && value == Use::plain(Ty::Named(named))
            && self.types.get(named.0).is_some_and(|definition| definition.location.file == location.file)
        {
            return Some(named);
        }
        let root = TypeId(self.types.len());
        for inner in called_so {
            if let Some(inner) = self.types.get_mut(inner.0) {
                inner.origin = Origin::Within(root, "Value".to_owned());
            }
        }
        let facets = Facets::of(self.schemas, &[Part::whole(id)]);
        let docs = self.docs(&facets.parts);
        self.types.push(TypeDef { shape: Shape::Newtype(value), ..TypeDef::new(location.clone(), origin, docs) });
        Some(root)
    }
}
