//! Cargo features: one a client group, exact about the types that groups share.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Ir, TypeId};
use crate::lower::{named, uses};
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
        let mut types = vec![BTreeSet::new(); ir.types.len()];
        for (operation, name) in ir.operations.iter().zip(&names.operations) {
            let feature = name.feature.clone();
            features.insert(name.group.clone(), feature.clone());
            let roots = operation.sent().into_iter().chain(operation.received());
            let mut waiting: Vec<TypeId> = roots.filter_map(named).collect();
            while let Some(id) = waiting.pop() {
                let fresh =
                    types.get_mut(id.0).is_some_and(|reached: &mut BTreeSet<String>| reached.insert(feature.clone()));
                if fresh {
                    waiting.extend(
                        ir.get(id).into_iter().flat_map(|definition| uses(&definition.shape)).filter_map(named),
                    );
                }
            }
        }
        // What error bodies and the API's own requests reach is there for every group.
        let events = ir.events.iter().map(|event| &event.value);
        let mut waiting: Vec<TypeId> = ir.error.iter().chain(events).filter_map(named).collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = waiting.pop() {
            if seen.insert(id) {
                if let Some(reached) = types.get_mut(id.0) {
                    reached.clear();
                }
                waiting.extend(ir.get(id).into_iter().flat_map(|definition| uses(&definition.shape)).filter_map(named));
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
