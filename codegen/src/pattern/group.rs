//! The groups that are open while a pattern is read, and the names that may not be used twice.

use super::NotEcma;
use super::cursor::Cursor;
use super::grammar::Grammar;

/// What the opening of a group says of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `(…)`, `(?<name>…)`, `(?:…)`
    Plain,
    /// `(?=…)`, `(?!…)`
    LookAhead,
    /// `(?<=…)`, `(?<!…)`
    LookBehind,
    /// `(?i-s:…)`
    Modified,
}

/// A group that is open: the offset of its `(`, its kind, and which of its alternatives is being read.
struct Group {
    start: usize,
    kind: Kind,
    alternative: usize,
}

/// The groups around the place that is being read, and the named groups so far.
#[derive(Default)]
pub(super) struct Groups {
    open: Vec<Group>,
    top_alternative: usize,
    names: Vec<(String, Vec<Step>)>,
    references: Vec<(String, usize)>,
}

/// One step of the way from the top of the pattern: a group (by its offset; `None` is the pattern) and its alternative.
type Step = (Option<usize>, usize);

impl Groups {
    /// Reads what follows `(` and opens the group.
    pub(super) fn open(&mut self, cursor: &mut Cursor) -> Result<Kind, NotEcma> {
        let start = cursor.position().saturating_sub(1);
        let kind = if !cursor.eat("?") || cursor.eat(":") {
            Kind::Plain
        } else if cursor.eat("=") || cursor.eat("!") {
            Kind::LookAhead
        } else if cursor.eat("<=") || cursor.eat("<!") {
            Kind::LookBehind
        } else if cursor.eat("<") {
            self.name(cursor, start)?;
            Kind::Plain
        } else {
            modifiers(cursor, start)?;
            Kind::Modified
        };
        self.open.push(Group { start, kind, alternative: 0 });
        Ok(kind)
    }

    /// Closes the innermost group, if one is open.
    pub(super) fn close(&mut self) -> Option<Kind> {
        self.open.pop().map(|group| group.kind)
    }

    /// Notes a `|`.
    pub(super) fn next_alternative(&mut self) {
        match self.open.last_mut() {
            Some(group) => group.alternative += 1,
            None => self.top_alternative += 1,
        }
    }

    /// Reads `<name>`, a reference, which begins at `start`. The group may come later.
    pub(super) fn refer(&mut self, cursor: &mut Cursor, start: usize) -> Result<(), NotEcma> {
        let name = if cursor.eat("<") { group_name(cursor) } else { None };
        let Some(name) = name else {
            return Err(Cursor::error(start, "`\\k` needs the name of a group in angle brackets"));
        };
        self.references.push((name, start));
        Ok(())
    }

    /// At the end of the pattern: every group must be closed and every reference lead to a group.
    pub(super) fn finish(&self) -> Result<(), NotEcma> {
        if let Some(group) = self.open.last() {
            return Err(Cursor::error(group.start, "`(` is never closed"));
        }
        let dangling = self.references.iter().find(|(name, _)| self.names.iter().all(|(other, _)| other != name));
        match dangling {
            Some((name, start)) => Err(Cursor::error(*start, format!("no group is called `{name}`"))),
            None => Ok(()),
        }
    }

    /// Reads `name>`. A name may come again only where both groups can't take part in the same match.
    fn name(&mut self, cursor: &mut Cursor, start: usize) -> Result<(), NotEcma> {
        let Some(name) = group_name(cursor) else {
            return Err(Cursor::error(start, "`(?<` needs a name and `>`"));
        };
        let way = self.way();
        if self.names.iter().any(|(other, other_way)| *other == name && !exclude(other_way, &way)) {
            return Err(Cursor::error(start, format!("two groups are called `{name}`")));
        }
        self.names.push((name, way));
        Ok(())
    }

    fn way(&self) -> Vec<Step> {
        let groups = self.open.iter().map(|group| (Some(group.start), group.alternative));
        std::iter::once((None, self.top_alternative)).chain(groups).collect()
    }
}

/// Whether two places lie in different alternatives of the same group.
fn exclude(one: &[Step], other: &[Step]) -> bool {
    let parting = one.iter().zip(other).find(|(one, other)| one != other);
    parting.is_some_and(|((one_group, _), (other_group, _))| one_group == other_group)
}

/// Reads `name>`, where a name may be spelled with escapes. Which characters a name may hold, `regress` has judged.
fn group_name(cursor: &mut Cursor) -> Option<String> {
    let mut name = String::new();
    loop {
        match cursor.next()? {
            '>' => break,
            '\\' => name.push(escaped_character(cursor)?),
            character => name.push(character),
        }
    }
    (!name.is_empty()).then_some(name)
}

/// `u0061` or `u{61}`: names are always read as with the `u` flag.
fn escaped_character(cursor: &mut Cursor) -> Option<char> {
    let with_u = Grammar { unicode: true, named: true, captures: 0 };
    let code_point = cursor.next_if(|next| next == 'u').and_then(|_| super::escape::unicode(cursor, with_u))?;
    char::from_u32(code_point)
}

/// Reads the `i-s:` of a group with modifiers: at least one, none twice.
fn modifiers(cursor: &mut Cursor, start: usize) -> Result<(), NotEcma> {
    let written = cursor.take_while(|next| matches!(next, 'i' | 'm' | 's' | '-'));
    let once = "ims-".chars().all(|flag| written.matches(flag).count() <= 1);
    if once && written.contains(['i', 'm', 's']) && cursor.eat(":") {
        Ok(())
    } else {
        Err(Cursor::error(start, "`(?` begins no group that ECMA-262 knows"))
    }
}
