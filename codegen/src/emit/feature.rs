//! Cargo features: one a client group, exact about the types that groups share.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Ir, TypeId, Use};
use crate::lower::{named, reached, uses};
use crate::name::Names;

/// Which features reach what.
pub(super) struct Groups {
    /// The features of the groups, by the group's method.
    features: BTreeMap<String, String>,
    /// The features whose operations reach each type.
    types: Vec<BTreeSet<String>>,
}

impl Groups {
    pub(super) fn of(ir: &Ir, names: &Names) -> Self {
        let mut features = BTreeMap::new();
        let mut roots: BTreeMap<String, Vec<&Use>> = BTreeMap::new();
        for (operation, name) in ir.operations.iter().zip(&names.operations) {
            let feature = name.feature.clone();
            features.insert(name.group.clone(), feature.clone());
            roots.entry(feature).or_default().extend(operation.sent().chain(operation.received()));
        }
        // What error bodies and the API's own requests reach is there for every group, and what stands by itself for none.
        let events = ir.events.iter().map(|event| &event.value);
        let everywhere = reached(ir, ir.error.iter().chain(&ir.free).chain(events));
        let mut types = vec![BTreeSet::new(); ir.types.len()];
        for (feature, roots) in roots {
            // The steps are as many as the features of all types together, which are written down.
            let mut waiting: Vec<TypeId> = roots.into_iter().filter_map(named).collect();
            while let Some(id) = waiting.pop() {
                let own = types.get_mut(id.0).filter(|_| everywhere.get(id.0) != Some(&true));
                if own.is_some_and(|reached: &mut BTreeSet<String>| reached.insert(feature.clone())) {
                    let held = ir.get(id).into_iter().flat_map(|definition| uses(&definition.shape));
                    waiting.extend(held.filter_map(named));
                }
            }
        }
        Self { features, types }
    }

    /// The features of the groups, sorted.
    pub(super) fn features(&self) -> BTreeSet<&str> {
        self.features.values().map(String::as_str).collect()
    }

    /// The feature of a group.
    pub(super) fn feature(&self, group: &str) -> &str {
        self.features.get(group).map_or("", String::as_str)
    }

    /// `#[cfg]` of a type; none where every build has it.
    pub(super) fn gate_of_type(&self, id: TypeId) -> Option<TokenStream> {
        let reached: Vec<&String> = self.types.get(id.0).into_iter().flatten().collect();
        match reached.as_slice() {
            [] => None,
            [feature] => Some(quote!(#[cfg(feature = #feature)])),
            features => Some(quote!(#[cfg(any(#(feature = #features),*))])),
        }
    }
}
