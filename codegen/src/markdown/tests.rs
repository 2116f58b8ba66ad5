//! What becomes of descriptions, one by one and in the mass.

mod corpus;
mod hostile;

use super::from_description;

/// Asserts what each description becomes, and that this becomes itself.
fn becomes(cases: &[(&str, &str)]) {
    for (description, expected) in cases {
        let written = from_description(description);
        assert_eq!(written, *expected, "of {description:?}");
        assert_eq!(from_description(&written), written, "read again, of {description:?}");
    }
}

#[test]
fn html_becomes_markdown() {
    becomes(&[
        ("Set <code>true</code> or <code>a_b*c*</code>.", "Set `true` or `a_b*c*`."),
        ("<b>Note</b>: <i>one</i> <strong>two</strong> <em>three</em>", "**Note**: _one_ **two** _three_"),
        ("See <a href=\"https://a.example/x\">this</a>.", "See [this](https://a.example/x)."),
        ("See <a target='' href ='https://a.example/x'>this</a>.", "See [this](https://a.example/x)."),
        ("See <a href=https://a.example/x target=_blank>this</a>.", "See [this](https://a.example/x)."),
        ("One<br>two<br />three", "One\\\ntwo\\\nthree"),
        ("One<br><br>two", "One\n\ntwo"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<ul><li>One</li><li>Two <b>b</b></li></ul>", "- One\n- Two **b**"),
        ("Either:<ol><li>One<li>Two<ul><li>Inner</ul></ol>After", "Either:\n\n1. One\n2. Two\n   - Inner\n\nAfter"),
        ("<h2>Title</h2>Text", "## Title\n\nText"),
        ("<pre><code>a &lt; b\n  c</code></pre>", "```text\na < b\n  c\n```"),
        ("<p>Use `x` or **y**</p>", "Use `x` or **y**"),
        ("a &lt;b&gt; &amp; c&nbsp;d &amp;lt; &hellip;", "a \\<b> & c d \\&lt; …"),
        ("A <!-- hidden --> comment", "A comment"),
        ("<b>never closed", "**never closed**"),
        ("Closed only</b></ul></li>", "Closed only"),
    ]);
}

#[test]
fn what_is_no_html_is_escaped() {
    becomes(&[
        ("Use <tenant>.example.com", "Use \\<tenant>.example.com"),
        ("a < b > c <5", "a < b > c <5"),
        ("<a href=\"x>broken", "\\<a href=\"x>broken"),
        ("> not <closed", "> not \\<closed"),
        ("Map<String, Vec<u8>>", "Map\\<String, Vec\\<u8>>"),
        ("code `<b>` stays", "code `<b>` stays"),
    ]);
}

#[test]
fn only_absolute_links_stay() {
    becomes(&[
        ("[a](/docs/x) [b](#y) [c](../z)", "a b c"),
        ("<a href='/docs/x'>a</a> <a name=x>b</a>", "a b"),
        ("[a](https://a.example/x_(y))", "[a](https://a.example/x_%28y%29)"),
        ("[mail](mailto:a@b.example)", "[mail](mailto:a@b.example)"),
        ("[run](javascript:x)", "run"),
        ("See https://a.example/x_y.", "See <https://a.example/x_y>."),
        ("See <https://a.example/x>.", "See <https://a.example/x>."),
        ("(https://a.example/x)", "(<https://a.example/x>)"),
        ("https://{tenant}.example.com/a", "`https://{tenant}.example.com/a`"),
        ("https://<tenant>.example.com", "`https://<tenant>.example.com`"),
        ("![a logo](https://a.example/x.png)", "[a logo](https://a.example/x.png)"),
        ("![a logo](x.png)", "a logo"),
        ("`https://a.example`", "`https://a.example`"),
        ("[a][1]\n\n[1]: https://a.example", "[a](https://a.example)"),
    ]);
}

#[test]
fn brackets_name_no_items() {
    becomes(&[
        ("[foo] and [Foo::bar]", "\\[foo\\] and \\[Foo::bar\\]"),
        ("items[0]", "items\\[0\\]"),
        ("[^1] note", "\\[^1\\] note"),
        ("- [ ] task", "- \\[ \\] task"),
        ("[x]: not a definition", "\\[x\\]: not a definition"),
    ]);
}

#[test]
fn code_is_fenced_text() {
    becomes(&[
        ("```\nlet x;\n```", "```text\nlet x;\n```"),
        ("```rust,no_run\nlet x;\n```", "```text\nlet x;\n```"),
        ("~~~json\n{}\n~~~", "```text\n{}\n```"),
        ("```json\n{}", "```text\n{}\n```"),
        ("````\n```\n````", "````text\n```\n````"),
        ("Text:\n\n    let x = 1;\n\n    y", "Text:\n\n```text\nlet x = 1;\n\ny\n```"),
        ("Text:\n\n    - one\n    - two", "Text:\n\n- one\n- two"),
        ("Text:\n\n    This is a sentence, indented.", "Text:\n\nThis is a sentence, indented."),
        ("Text:\n\n    <b>Earlier</b>: this was a sentence.", "Text:\n\n**Earlier**: this was a sentence."),
        ("Text:\n\n    <Tag>This is an example.</Tag>", "Text:\n\n```text\n<Tag>This is an example.</Tag>\n```"),
        ("    All of it\n    is indented", "All of it is indented"),
        ("``` all in one line", "```text\nall in one line\n```"),
        ("one ` two", "one \\` two"),
        ("`` a`b ``", "``a`b``"),
        ("- a\n\n  ```\n  x\n  ```", "- a\n\n  ```text\n  x\n  ```"),
    ]);
}

#[test]
fn characters_that_do_harm_are_gone() {
    becomes(&[
        ("\u{feff}a\r\nb\rc\u{0}\u{1b}[0m", "a b c\\[0m"),
        ("a\u{202e}b\u{2066}c &#x202e;d `&\u{202e}`", "abc d `&`"),
        ("a\tb  \n\n\n\n\nc\n\n", "a b\n\nc"),
        ("", ""),
        (" \n\t\n", ""),
        ("<b></b> <p></p> []()", ""),
    ]);
}

#[test]
fn text_begins_no_block() {
    becomes(&[
        ("\\# no heading", "\\# no heading"),
        ("1986\\. A year", "1986\\. A year"),
        ("\\- no item", "\\- no item"),
        ("\\+1", "+1"),
        ("*/ \"\"\" $ {} #x", "\\*/ \"\"\" $ {} #x"),
        ("/* x", "/\\* x"),
        ("snake_case \\_\\_init\\_\\_ 2 * 3 ~5", "snake_case \\_\\_init\\_\\_ 2 \\* 3 \\~5"),
        ("use --force", "use -\\-force"),
        ("a | b", "a | b"),
        ("un**frigging**believable _a_b", "un**frigging**believable \\_a_b"),
        ("<b>\"a\"</b>b", "\"a\"b"),
        ("C:\\dir", "C:\\\\dir"),
    ]);
}

#[test]
fn blocks_are_written_in_one_way() {
    becomes(&[
        ("Title\n=====\n\ntext", "# Title\n\ntext"),
        ("* a\n* b\n  lazy\nlines\n\n+ c", "- a\n- b lazy lines\n\n* c"),
        ("3) a\n4) b", "3. a\n4. b"),
        ("> quoted\nlazily", "> quoted lazily"),
        ("> [!NOTE]\n> Careful.", "> **Note**\n>\n> Careful."),
        ("a\n\n---\n\nb", "a\n\n___\n\nb"),
        ("|a|b|\n|-|:-:|\n|1|`x\\|y`|", "| a | b |\n| --- | :-: |\n| 1 | `x\\|y` |"),
        ("- a\n    - b\n        - c", "- a\n  - b\n    - c"),
    ]);
}

#[test]
fn prose_is_wrapped_where_no_line_begins_with_a_marker() {
    let words = "word ".repeat(19);
    becomes(&[
        (&format!("{words}four five"), &format!("{words}four\nfive")),
        (&format!("{words}four - five"), &format!("{}\nfour - five", words.trim_end())),
        (&format!("- {words}four"), &format!("- {}\n  four", words.trim_end())),
    ]);
}
