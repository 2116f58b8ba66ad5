//! `iri-reference`: RFC 3987, section 2.2, production `IRI-reference`.

use iri_string::types::IriReferenceStr;

/// Whether `value` is an IRI or a reference relative to one.
pub fn is_iri_reference(value: &str) -> bool {
    IriReferenceStr::new(value).is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_iri_reference;

    #[test]
    fn iris_and_relative_references_are_accepted() {
        assert_accepts(
            is_iri_reference,
            &[
                "https://exämple.com/é?ü#ñ",
                "",
                "é",
                "é/ü:ñ",
                "../é",
                "/é",
                "//exämple.com/é",
                "?é",
                "?\u{e000}",
                "#é",
                "#",
            ],
        );
    }

    #[test]
    fn everything_else_is_refused() {
        assert_refuses(
            is_iri_reference,
            &["é b", "é:ü", ":é", r"\é", "#é\\", "#é#ü", "#\u{e000}", "{é}", "%é", "/[é]", "//[é]/", "//é@ü@ñ", "é\n"],
        );
    }
}
