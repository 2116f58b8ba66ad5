//! The strongly connected components of the types: which hold each other (Tarjan, Depth-First Search and Linear Graph
//! Algorithms, 1972).

use crate::ir::TypeId;

/// Which types hold each other.
pub(super) struct Components {
    /// The component of each type.
    of: Vec<usize>,
    /// The types, each after those that it holds and that do not hold it.
    pub(super) order: Vec<TypeId>,
    /// The types that hold themselves directly.
    own: Vec<bool>,
}

impl Components {
    /// Whether two types hold each other; a type itself, where it holds itself.
    pub(super) fn are_one(&self, one: TypeId, other: TypeId) -> bool {
        if one == other {
            return self.own.get(one.0) == Some(&true);
        }
        self.of.get(one.0).is_some_and(|component| self.of.get(other.0) == Some(component))
    }
}

/// The components of a graph, by the types that each holds.
pub(super) fn of(graph: &[Vec<TypeId>]) -> Components {
    let count = graph.len();
    let mut search = Search {
        graph,
        found: vec![None; count],
        lowest: vec![0; count],
        open: Vec::new(),
        component: vec![None; count],
        order: Vec::new(),
        components: 0,
    };
    (0..count).for_each(|index| search.visit(index));
    let own = graph.iter().enumerate().map(|(index, held)| held.contains(&TypeId(index))).collect();
    let of = search.component.into_iter().map(|component| component.unwrap_or(usize::MAX)).collect();
    Components { of, order: search.order, own }
}

struct Search<'g> {
    graph: &'g [Vec<TypeId>],
    /// When each type was found.
    found: Vec<Option<usize>>,
    /// The type found first that each leads back to.
    lowest: Vec<usize>,
    /// The types without a component yet, as they were found.
    open: Vec<usize>,
    component: Vec<Option<usize>>,
    order: Vec<TypeId>,
    components: usize,
}

impl Search<'_> {
    /// Follows a type; on a stack of its own, since a chain of types may be as long as the document.
    fn visit(&mut self, root: usize) {
        let mut path: Vec<(usize, usize)> = Vec::new();
        self.enter(root, &mut path);
        while let Some((at, next)) = path.last_mut() {
            let (at, held) = (*at, self.graph.get(*at).and_then(|held| held.get(*next)));
            match held {
                Some(TypeId(held)) => {
                    *next = next.saturating_add(1);
                    self.enter(*held, &mut path);
                    self.lower(at, *held);
                }
                None => {
                    path.pop();
                    self.leave(at);
                    path.last().copied().into_iter().for_each(|(holder, _)| self.lower(holder, at));
                }
            }
        }
    }

    fn enter(&mut self, at: usize, path: &mut Vec<(usize, usize)>) {
        let time = self.open.len().saturating_add(self.order.len());
        if let (Some(found @ None), Some(lowest)) = (self.found.get_mut(at), self.lowest.get_mut(at)) {
            *found = Some(time);
            *lowest = time;
            self.open.push(at);
            path.push((at, 0));
        }
    }

    /// A type leads back as far as one that it holds, as long as that has no component.
    fn lower(&mut self, holder: usize, held: usize) {
        let is_open = self.component.get(held) == Some(&None);
        let (reached, own) = (self.lowest.get(held).copied(), self.lowest.get_mut(holder));
        if let (true, Some(reached), Some(own)) = (is_open, reached, own) {
            *own = reached.min(*own);
        }
    }

    /// A type that leads back no further than to itself closes a component.
    fn leave(&mut self, at: usize) {
        if self.found.get(at).copied().flatten() != self.lowest.get(at).copied() {
            return;
        }
        while let Some(member) = self.open.pop() {
            if let Some(component) = self.component.get_mut(member) {
                *component = Some(self.components);
            }
            self.order.push(TypeId(member));
            if member == at {
                break;
            }
        }
        self.components = self.components.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn components(graph: &[&[usize]]) -> Components {
        let graph: Vec<Vec<TypeId>> =
            graph.iter().map(|held| held.iter().map(|index| TypeId(*index)).collect()).collect();
        of(&graph)
    }

    #[test]
    fn what_leads_back_is_one() {
        let found = components(&[&[1], &[2], &[0, 3], &[4], &[], &[5]]);
        let one = |one, other| found.are_one(TypeId(one), TypeId(other));
        assert!(one(0, 1) && one(1, 2) && one(2, 0), "a circle");
        assert!(!one(2, 3) && !one(3, 4), "a way without a way back");
        assert!(one(5, 5) && !one(0, 0), "alone, or not");
    }

    #[test]
    fn what_is_held_comes_first() {
        let found = components(&[&[1, 2], &[2], &[3], &[]]);
        assert_eq!(found.order, [3, 2, 1, 0].map(TypeId));
    }

    #[test]
    fn components_agree_with_reaching() {
        // Every graph of four types.
        for bits in 0..1_u32 << 16 {
            let edge = |from: usize, to: usize| bits >> (from * 4 + to) & 1 == 1;
            let graph: Vec<Vec<TypeId>> =
                (0..4).map(|from| (0..4).filter(|to| edge(from, *to)).map(TypeId).collect()).collect();
            let found = of(&graph);
            let mut reaches = [[false; 4]; 4];
            (0..4).for_each(|from| (0..4).for_each(|to| reaches[from][to] = edge(from, to)));
            for over in 0..4 {
                for from in 0..4 {
                    for to in 0..4 {
                        reaches[from][to] |= reaches[from][over] && reaches[over][to];
                    }
                }
            }
            let pairs = (0..4).flat_map(|from| (0..4).map(move |to| (from, to)));
            for (from, to) in pairs.filter(|(from, to)| edge(*from, *to)) {
                let are_one = found.are_one(TypeId(from), TypeId(to));
                assert_eq!(are_one, reaches[to][from], "{graph:?}: {from} and {to}");
            }
        }
    }
}
