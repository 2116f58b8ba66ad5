//! Which page comes next, by what the ones before were like. No requests: [`pages`](super::pages) makes them.
//!
//! Servers give fewer items than they are asked for: because there are no more, because they have a limit of their own, or
//! because some may not be seen. So a short page is no end; the total is, and an empty page.

use super::paging::{Move, Paging, Step, Told};

/// How far a walk is.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    paging: &'static Paging,
    place: Place,
    /// How many items the next page is asked to have.
    size: Option<u64>,
    /// Whether the next page can't be smaller than `size` but where the items end.
    is_size_known: bool,
    /// The pages so far, while all had one length.
    alike: Option<Alike>,
    total: Option<u64>,
    /// What has come so far, where the walk began at the first item.
    seen: Option<u64>,
}

#[derive(Clone, Debug)]
enum Place {
    /// How many pages come before, of the size that is asked for. The first request names it where the caller does.
    Page {
        before: u64,
        is_named: bool,
    },
    /// How many items come before.
    Item {
        before: u64,
        is_named: bool,
    },
    Checkpoint(Option<String>, Seen),
}

/// One of the checkpoints before, to find out whether they go round in a circle (Brent's algorithm): the next one that is kept comes
/// after twice as many.
#[derive(Clone, Debug, Default)]
struct Seen {
    kept: Option<String>,
    since: u64,
    until: u64,
}

impl Seen {
    /// Whether a checkpoint has been there before; one of a circle is found after a few turns at most.
    fn again(&mut self, next: &str) -> bool {
        if self.kept.as_deref() == Some(next) {
            return true;
        }
        self.since = self.since.saturating_add(1);
        if self.since >= self.until {
            let until = self.until.saturating_mul(2).max(1);
            *self = Self { kept: Some(next.to_owned()), since: 0, until };
        }
        false
    }
}

#[derive(Clone, Copy, Debug)]
struct Alike {
    pages: u64,
    length: u64,
}

impl Walk {
    /// A walk that begins where the caller says, with pages of the usual size; none where pages or items are counted and the
    /// position is no number.
    pub(super) fn new(paging: &'static Paging, position: Option<String>) -> Option<Self> {
        let number = match (&position, paging.step) {
            (Some(text), Step::Number { .. } | Step::Offset) => Some(text.parse::<u64>().ok()?),
            _ => None,
        };
        let place = match paging.step {
            Step::Number { first } => {
                Place::Page { before: number.map_or(0, |page| page.saturating_sub(first)), is_named: number.is_some() }
            }
            Step::Offset => Place::Item { before: number.unwrap_or(0), is_named: number.is_some() },
            Step::Checkpoint { .. } => Place::Checkpoint(position, Seen::default()),
        };
        let seen = match place {
            Place::Page { before: 0, .. } | Place::Item { before: 0, .. } => Some(0),
            _ => None,
        };
        Some(Self {
            paging,
            place,
            size: paging.usual_size.filter(|_| paging.size.is_some()),
            is_size_known: false,
            alike: Some(Alike { pages: 0, length: 0 }).filter(|_| seen == Some(0)),
            total: None,
            seen,
        })
    }

    /// The same with pages of the size that the caller asks for.
    pub(super) fn in_pages_of(mut self, size: u64) -> Self {
        self.size = Some(size);
        self
    }

    /// The next request.
    pub(super) fn next(&mut self) -> Move {
        if let Some(most) = self.paging.most
            && !self.keep_within(most)
        {
            return Move::Beyond { most, total: self.total };
        }
        let position = match (&self.place, self.paging.step) {
            (Place::Page { before, is_named }, Step::Number { first }) => {
                is_named.then(|| before.saturating_add(first).to_string())
            }
            (Place::Item { before, is_named }, _) => is_named.then(|| before.to_string()),
            (Place::Checkpoint(at, _), _) => at.clone(),
            (Place::Page { .. }, _) => None,
        };
        Move::Ask(position.map(Into::into), self.size.filter(|_| self.paging.size.is_some()))
    }

    /// Makes the next page one that ends where the API ends to page, or before; false where there is none.
    fn keep_within(&mut self, most: u64) -> bool {
        match &mut self.place {
            Place::Item { before, .. } => {
                let left = most.saturating_sub(*before);
                self.size = self.size.map(|size| size.min(left));
                left > 0
            }
            Place::Page { before, is_named } => {
                let Some(size) = self.size.filter(|size| *size > 0) else { return true };
                let start = before.saturating_mul(size);
                let left = most.saturating_sub(start);
                if size <= left {
                    return true;
                }
                // The largest pages that are no larger than what is left, and of which some end where this one begins.
                let Some(fitting) = (1..=left).rev().find(|smaller| start.is_multiple_of(*smaller)) else {
                    return false;
                };
                // Without a parameter for it, the size of pages can't change.
                if self.paging.size.is_none() {
                    return false;
                }
                *before = start.checked_div(fitting).unwrap_or(0);
                *is_named |= *before > 0;
                self.size = Some(fitting);
                true
            }
            Place::Checkpoint(..) => true,
        }
    }

    /// Takes note of a page, and says what comes next where that needs no request.
    pub(super) fn took(&mut self, told: &Told) -> Option<Move> {
        self.total = told.total.or(self.total);
        self.seen = self.seen.map(|seen| seen.saturating_add(told.count));
        if let Place::Checkpoint(at, seen) = &mut self.place {
            let Some(next) = told.next.as_ref().filter(|next| !next.is_empty()) else { return Some(Move::End) };
            let is_stuck = at.as_ref() == Some(next) || seen.again(next);
            *at = Some(next.clone());
            return is_stuck.then_some(Move::Stuck);
        }
        if told.count == 0 || self.is_complete(told) {
            return Some(Move::End);
        }
        self.learn_size(told);
        match &mut self.place {
            Place::Page { before, is_named } => (*before, *is_named) = (before.saturating_add(1), true),
            Place::Item { before, is_named } => {
                let start = told.start.unwrap_or(*before);
                (*before, *is_named) = (start.saturating_add(told.count), true);
            }
            Place::Checkpoint(..) => {}
        }
        None
    }

    /// Whether the page reaches the total.
    fn is_complete(&self, told: &Told) -> bool {
        let Some(total) = self.total else { return false };
        let by_place = match self.place {
            Place::Item { before, .. } => Some(told.start.unwrap_or(before)),
            _ => told.start,
        };
        let reached = by_place.map(|start| start.saturating_add(told.count)).or(self.seen);
        reached.is_some_and(|reached| reached >= total)
    }

    /// Finds out how large pages are where the server makes them smaller than it is asked to: pages are counted in that size.
    fn learn_size(&mut self, told: &Told) {
        let Place::Page { .. } = self.place else { return };
        if let Some(length) = told.length.filter(|length| *length > 0) {
            self.size = Some(self.size.map_or(length, |size| size.min(length)));
            self.is_size_known = true;
            return;
        }
        self.alike = self.alike.and_then(|Alike { pages, length }| {
            (pages == 0 || length == told.count).then(|| Alike { pages: pages.saturating_add(1), length: told.count })
        });
        if self.is_size_known {
            return;
        }
        // Two full pages of one length, with nothing between: the server's own limit.
        if let Some(Alike { pages: 2.., length }) = self.alike {
            self.size = Some(self.size.map_or(length, |size| size.min(length)));
            self.is_size_known = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFSETS: Paging = Paging::by_offset("offset").size("limit", Some(40)).total("/total").most(100);
    const CHECKPOINTS: Paging = Paging::by_checkpoint("from", "/next").size("take", None);

    fn ask(position: Option<&str>, size: Option<u64>) -> Move {
        Move::Ask(position.map(|text| text.to_owned().into()), size)
    }

    #[test]
    fn offsets_move_by_what_came_and_stop_where_the_api_does() {
        let mut walk = Walk::new(&OFFSETS, None).unwrap();
        assert_eq!(walk.next(), ask(None, Some(40)));
        assert_eq!(walk.took(&Told { count: 25, total: Some(300), ..Told::default() }), None);
        assert_eq!(walk.next(), ask(Some("25"), Some(40)));
        assert_eq!(walk.took(&Told { count: 40, ..Told::default() }), None);
        assert_eq!(walk.next(), ask(Some("65"), Some(35)));
        assert_eq!(walk.took(&Told { count: 35, ..Told::default() }), None);
        assert_eq!(walk.next(), Move::Beyond { most: 100, total: Some(300) });
    }

    #[test]
    fn offsets_end_at_the_total_from_wherever_they_begin() {
        let mut walk = Walk::new(&OFFSETS, Some("60".to_owned())).unwrap().in_pages_of(10);
        assert_eq!(walk.next(), ask(Some("60"), Some(10)));
        assert_eq!(walk.took(&Told { count: 10, total: Some(70), ..Told::default() }), Some(Move::End));
    }

    #[test]
    fn checkpoints_are_followed_through_empty_pages_until_there_is_none() {
        let told = |next: Option<&str>| Told { next: next.map(str::to_owned), ..Told::default() };
        let mut walk = Walk::new(&CHECKPOINTS, None).unwrap().in_pages_of(2);
        assert_eq!(walk.next(), ask(None, Some(2)));
        assert_eq!(walk.took(&told(Some("a/b"))), None);
        assert_eq!(walk.next(), ask(Some("a/b"), Some(2)));
        assert_eq!(walk.clone().took(&told(Some(""))), Some(Move::End));
        assert_eq!(walk.clone().took(&told(None)), Some(Move::End));
        assert_eq!(walk.took(&told(Some("a/b"))), Some(Move::Stuck));
    }

    #[test]
    fn checkpoints_that_go_round_in_a_circle_are_found() {
        for (before, circle) in [(0, 1), (0, 2), (3, 1), (5, 4), (40, 7)] {
            let mut walk = Walk::new(&CHECKPOINTS, None).unwrap();
            let at = |number: u64| if number < before { number } else { before + (number - before) % circle };
            let told = |number| Told { next: Some(format!("{}", at(number))), ..Told::default() };
            let steps = (0..).find(|number| walk.took(&told(*number)) == Some(Move::Stuck));
            assert!(steps.is_some_and(|steps| steps >= before + circle && steps <= 4 * (before + circle)), "{steps:?}");
        }
        // A thousand that differ are none.
        let mut walk = Walk::new(&CHECKPOINTS, None).unwrap();
        assert!(
            (0..1000).all(|number| walk.took(&Told { next: Some(number.to_string()), ..Told::default() }).is_none())
        );
    }
}
