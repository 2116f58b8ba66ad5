//! Texts that are meant to do harm: long, deep, or random.

use std::time::{Duration, Instant};

use super::super::{from_description, is_quiet};

/// Far more than a linear pass takes, far less than a quadratic one.
const PATIENCE: Duration = Duration::from_secs(20);

/// Asserts that a text of `size` bytes, of nothing but `piece`, is done with in time.
fn ends_in_time(piece: &str, size: usize) {
    let text = piece.repeat(size / piece.len());
    let begun = Instant::now();
    let written = from_description(&text);
    let taken = begun.elapsed();
    assert!(taken < PATIENCE, "{piece:?} took {taken:?}");
    assert!(is_quiet(&written), "{piece:?}");
}

#[test]
fn a_megabyte_of_one_character_ends_in_time() {
    for piece in ["[", "<", "`", "*"] {
        ends_in_time(piece, 1_000_000);
    }
}

#[test]
fn what_opens_and_never_closes_ends_in_time() {
    let pieces = [
        "[",
        "<",
        "`",
        "*",
        "_",
        "~",
        "&",
        "> ",
        "- ",
        "|",
        "![",
        "](",
        "<a ",
        "<a \"",
        "<code>",
        "<ul><li>",
        "<b>",
        "<!--",
        "a*_",
        "`` ` ",
        "\\",
        "http://",
        "http://a).",
        "&#",
        "\n",
        "\n\n    x\n",
        "|-\n|",
        "[a](",
        "<pre>\n",
        "*a **b ",
        "<?",
        "a ",
        "1. ",
        "# ",
        "[^",
        "<p>`",
        "<blockquote>",
        "\u{202e}",
    ];
    for piece in pieces {
        ends_in_time(piece, 150_000);
    }
}

#[test]
fn random_texts_are_quiet_and_stay_as_they_become() {
    let pieces = [
        "a",
        "b",
        " ",
        " ",
        "\n",
        "\n\n",
        "*",
        "**",
        "_",
        "`",
        "```",
        "~~",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<code>",
        "</code>",
        "<ul>",
        "<li>",
        "</ul>",
        "<p>",
        "<pre>",
        "</pre>",
        "<a href='https://x.example/'>",
        "</a>",
        "https://y.example",
        "- ",
        "1. ",
        "# ",
        "> ",
        "|",
        "|-|",
        "    ",
        "!",
        "&",
        "&lt;",
        "\\",
        ".",
        "\"",
        "é",
        "“",
        "—",
        "=",
        "+",
        "[x](https://z.example)",
        "<br>",
        "<tag>",
        ":",
        "-",
        "*/",
    ];
    let mut state = 7_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap()
    };
    let rounds = 10_000;
    let mut changed = Vec::new();
    for _ in 0..rounds {
        let text: String = (0..next() % 24).map(|_| pieces[next() % pieces.len()]).collect();
        let written = from_description(&text);
        assert!(is_quiet(&written), "{text:?} became {written:?}");
        if from_description(&written) != written {
            changed.push((text, written.clone(), from_description(&written)));
        }
    }
    changed.sort_by_key(|(text, ..)| text.len());
    assert_eq!(changed.first(), None, "and {} more of {rounds}", changed.len());
}
