//! Makes texts that a translated pattern should match, by reading it as a recipe.

use super::Numbers;

/// A text that the pattern, as the translator writes it, should match. Boundaries inside a pattern are not heeded.
pub(super) fn sample(regex: &str, numbers: &mut Numbers) -> String {
    let recipe: Vec<char> = regex.chars().collect();
    Sampler { recipe: &recipe, at: 0, numbers }.alternatives()
}

struct Sampler<'a> {
    recipe: &'a [char],
    at: usize,
    numbers: &'a mut Numbers,
}

impl Sampler<'_> {
    fn peek(&self) -> Option<char> {
        self.recipe.get(self.at).copied()
    }

    fn next(&mut self) -> char {
        self.at += 1;
        self.recipe[self.at - 1]
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = text.chars().eq(self.recipe[self.at..].iter().copied().take(text.chars().count()));
        if found {
            self.at += text.chars().count();
        }
        found
    }

    fn alternatives(&mut self) -> String {
        let mut texts = vec![self.sequence()];
        while self.eat("|") {
            texts.push(self.sequence());
        }
        texts.swap_remove(self.numbers.below(texts.len()))
    }

    fn sequence(&mut self) -> String {
        let mut text = String::new();
        while !matches!(self.peek(), None | Some('|' | ')')) {
            let start = self.at;
            let first = self.atom();
            let (minimum, maximum) = self.bounds();
            let end = self.at;
            let times = minimum + self.numbers.below(maximum.min(minimum + 3) - minimum + 1);
            if times > 0 {
                text.push_str(&first);
            }
            for _ in 1..times {
                self.at = start;
                text.push_str(&self.atom());
            }
            self.at = end;
        }
        text
    }

    fn bounds(&mut self) -> (usize, usize) {
        let bounds = match self.peek() {
            Some('*') => (0, 3),
            Some('+') => (1, 4),
            Some('?') => (0, 1),
            Some('{') => return self.braces(),
            _ => return (1, 1),
        };
        self.at += 1;
        bounds
    }

    fn braces(&mut self) -> (usize, usize) {
        let text = self.braced();
        let (minimum, maximum) = text.split_once(',').unwrap_or((&text, &text));
        let minimum: usize = minimum.parse().unwrap();
        (minimum, maximum.parse().unwrap_or(minimum + 3))
    }

    fn braced(&mut self) -> String {
        assert!(self.eat("{"));
        let mut text = String::new();
        while !self.eat("}") {
            text.push(self.next());
        }
        text
    }

    fn atom(&mut self) -> String {
        if self.eat("(?:") {
            let text = self.alternatives();
            assert!(self.eat(")"));
            return text;
        }
        match self.next() {
            '^' | '$' => String::new(),
            '[' => self.class().to_string(),
            '\\' => self.escape().to_string(),
            character => character.to_string(),
        }
    }

    fn escape(&mut self) -> char {
        match self.next() {
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'u' => u32::from_str_radix(&self.braced(), 16).ok().and_then(char::from_u32).unwrap(),
            'p' => {
                assert_eq!(self.braced(), "Letter", "the only property that the data has");
                'é'
            }
            character => character,
        }
    }

    fn class(&mut self) -> char {
        let negated = self.eat("^");
        let ranges = self.ranges();
        if negated {
            let allowed = |character: &char| !ranges.iter().any(|(first, last)| (first..=last).contains(&character));
            let candidates: Vec<char> = "aZ0 -_.é中😀\t\n\0".chars().filter(allowed).collect();
            candidates[self.numbers.below(candidates.len())]
        } else {
            let (first, last) = ranges[self.numbers.below(ranges.len())];
            let all: Vec<char> = (first..=last).collect();
            all[self.numbers.below(all.len())]
        }
    }

    /// The rest of a class; a class inside it adds its ranges, which is right for those that are not negated.
    fn ranges(&mut self) -> Vec<(char, char)> {
        let mut ranges = Vec::new();
        while !self.eat("]") {
            if self.eat("[") {
                ranges.append(&mut self.ranges());
                continue;
            }
            let first = self.member();
            let last = if self.eat("-") { self.member() } else { first };
            ranges.push((first, last));
        }
        ranges
    }

    fn member(&mut self) -> char {
        match self.next() {
            '\\' => self.escape(),
            character => character,
        }
    }
}
