//! How an operation is walked page by page: what the document does not say, and a person has written down.

use std::borrow::Cow;

/// What a request says to get one page, and where its answer has what the walk needs.
///
/// Pointers are JSON Pointers (RFC 6901) into the answer. An answer that is an array at its root is a page of items without
/// anything around them, whatever the pointers say.
///
/// ```
/// use codegen_runtime::client::Paging;
///
/// const USERS: Paging = Paging::by_number("page", 0)
///     .size("per_page", Some(100))
///     .totals("include_totals")
///     .items("/users")
///     .total("/total")
///     .start("/start")
///     .length("/limit")
///     .most(1000);
/// # let _ = USERS;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Paging {
    pub(super) step: Step,
    /// The parameter of the query that says where a page begins.
    pub(super) position: &'static str,
    /// The parameter that says how many items a page is asked to have.
    pub(super) size: Option<&'static str>,
    /// What it says unless the caller does.
    pub(super) usual_size: Option<u64>,
    /// The parameter that asks for the total.
    pub(super) totals: Option<&'static str>,
    pub(super) items: &'static str,
    pub(super) total: Option<&'static str>,
    pub(super) start: Option<&'static str>,
    pub(super) length: Option<&'static str>,
    /// How many items can be reached by paging.
    pub(super) most: Option<u64>,
}

/// What says where a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The number of the page, and that of the first.
    Number { first: u64 },
    /// The number of items before the page.
    Offset,
    /// What the page before gives, at a pointer.
    Checkpoint { next: &'static str },
}

impl Paging {
    const fn new(step: Step, position: &'static str) -> Self {
        Self {
            step,
            position,
            size: None,
            usual_size: None,
            totals: None,
            items: "",
            total: None,
            start: None,
            length: None,
            most: None,
        }
    }

    /// Pages that are counted: the parameter that says which one, and the number of the first.
    pub const fn by_number(parameter: &'static str, first: u64) -> Self {
        Self::new(Step::Number { first }, parameter)
    }

    /// Pages that begin after so many items: the parameter that says how many.
    pub const fn by_offset(parameter: &'static str) -> Self {
        Self::new(Step::Offset, parameter)
    }

    /// Pages that begin where the one before says: the parameter that repeats it, and the pointer to it. Where it is missing,
    /// `null` or empty, there is no other page.
    pub const fn by_checkpoint(parameter: &'static str, next: &'static str) -> Self {
        Self::new(Step::Checkpoint { next }, parameter)
    }

    /// The parameter that says how many items a page is asked to have, and what it says unless the caller sets it.
    pub const fn size(mut self, parameter: &'static str, usual: Option<u64>) -> Self {
        self.size = Some(parameter);
        self.usual_size = usual;
        self
    }

    /// The parameter that asks for the total. It is sent as `true` unless the caller sets it.
    pub const fn totals(mut self, parameter: &'static str) -> Self {
        self.totals = Some(parameter);
        self
    }

    /// Where the items are; the root unless set.
    pub const fn items(mut self, pointer: &'static str) -> Self {
        self.items = pointer;
        self
    }

    /// Where the number of all items is.
    pub const fn total(mut self, pointer: &'static str) -> Self {
        self.total = Some(pointer);
        self
    }

    /// Where the number of items before the page is.
    pub const fn start(mut self, pointer: &'static str) -> Self {
        self.start = Some(pointer);
        self
    }

    /// Where it is how many items the server would have put into the page: less than was asked for, where it has a limit of its
    /// own.
    pub const fn length(mut self, pointer: &'static str) -> Self {
        self.length = Some(pointer);
        self
    }

    /// How many items can be reached by paging. A request that would reach beyond is not sent.
    pub const fn most(mut self, items: u64) -> Self {
        self.most = Some(items);
        self
    }
}

/// What an answer says of the walk, besides its items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// How many items came.
    pub(super) count: u64,
    pub(super) total: Option<u64>,
    pub(super) start: Option<u64>,
    pub(super) length: Option<u64>,
    /// Where the next page begins.
    pub(super) next: Option<String>,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// A request with these values of its parameters: where the page begins, and its size.
    Ask(Option<Cow<'static, str>>, Option<u64>),
    /// Nothing: every item has come.
    End,
    /// Nothing: the API does not page any further.
    Beyond { most: u64, total: Option<u64> },
    /// The server says that the next page begins where this one or another one before did, so that the walk would not end.
    Stuck,
}
