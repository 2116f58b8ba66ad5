//! The labels of host names by IDNA2008 (RFC 5890 to 5893), for `hostname`, `idn-hostname` and `idn-email`.
//!
//! The crate `idna` implements UTS 46, which maps what people type to a name, and lets more pass than IDNA2008 does: symbols,
//! and characters in the wrong company. What it leaves as it is stands in NFC, does not change under case folding, begins with
//! no combining mark, has its joiners between letters that join (RFC 5892, appendices A.1 and A.2), and obeys the Bidi rule
//! (RFC 5893). What is missing for IDNA2008 is here: which code points there may be, the other contextual rules, hyphens.

use std::borrow::Cow;
use std::sync::LazyLock;

use ::idna::punycode;
use ::idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use ::regex::Regex;

/// Of a label, in ASCII (RFC 1035, section 2.3.4).
const MAX_LABEL_LENGTH: usize = 63;
/// Of a name in UTF-8: beyond, its ASCII form has more than the 253 characters that there may be.
const MAX_NAME_BYTES: usize = 4 * 253;
/// What an A-label begins with, in any case (RFC 5890, section 2.3.2.5).
const ACE_PREFIX: &str = "xn--";

/// The code points that may occur in a U-label, some of them in a context (RFC 5892, sections 2 and 3): letters, marks and
/// digits (2.1), but for certain blocks (2.4) and old Hangul Jamo (2.9), and the exceptions (2.6) and join controls (2.8) on
/// either side. Those that are unstable (2.2) or to be ignored (2.3) are what UTS 46 maps to something else.
static ONLY_PERMITTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let regex = r"(?x)^[
        [[\p{Ll}\p{Lu}\p{Lo}\p{Nd}\p{Lm}\p{Mn}\p{Mc}\-] -- [
            \u{20d0}-\u{20ff} \u{1d100}-\u{1d24f}
            \u{1100}-\u{11ff} \u{a960}-\u{a97f} \u{d7b0}-\u{d7ff}
            \u{640} \u{7fa} \u{302e} \u{302f} \u{3031}-\u{3035} \u{303b}
        ]]
        \u{6fd} \u{6fe} \u{f0b} \u{3007}
        \u{b7} \u{375} \u{5f3} \u{5f4} \u{30fb}
        \u{200c} \u{200d}
    ]+$";
    Regex::new(regex).ok()
});

/// Where a contextual rule is broken (RFC 5892, appendices A.3 to A.9): a middle dot that is not between two `l`, a Greek
/// keraia before something else, a Hebrew geresh or gershayim after something else, a Katakana middle dot where no Hiragana,
/// Katakana or Han is, and Arabic-Indic digits of both sorts.
static OUT_OF_CONTEXT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let regex = r"(?x)
        (?: ^ | [^l] ) \u{b7} | \u{b7} (?: [^l] | $ )
        | \u{375} (?: \P{Greek} | $ )
        | (?: ^ | \P{Hebrew} ) [\u{5f3}\u{5f4}]
        | ^ [^\p{Hiragana}\p{Katakana}\p{Han}]* \u{30fb} [^\p{Hiragana}\p{Katakana}\p{Han}]* $
        | [\u{660}-\u{669}] .* [\u{6f0}-\u{6f9}] | [\u{6f0}-\u{6f9}] .* [\u{660}-\u{669}]";
    Regex::new(regex).ok()
});

/// Whether `labels` make a host name: each of them an LDH label, an A-label or a U-label (RFC 5890, section 2.3), all of them
/// together obeying the Bidi rule and short enough for the DNS.
pub(super) fn is_name<'l>(labels: impl Iterator<Item = &'l str>) -> bool {
    let mut name = String::new();
    for label in labels {
        let Some(label) = in_unicode(label) else {
            return false;
        };
        if !name.is_empty() {
            name.push('.');
        }
        name.push_str(&label);
        if name.len() > MAX_NAME_BYTES {
            return false;
        }
    }
    // Nothing to encode, to order or to join: most names.
    if name.is_ascii() {
        return name.len() <= super::hostname::MAX_LENGTH;
    }
    is_left_as_it_is(&name)
}

/// Whether UTS 46 takes `name`, in Unicode and lower case, for what it maps to, and finds its ASCII form short enough.
fn is_left_as_it_is(name: &str) -> bool {
    let processor = Uts46::new();
    let (mapped, verdict) = processor.to_unicode(name.as_bytes(), AsciiDenyList::STD3, Hyphens::Allow);
    verdict.is_ok()
        && mapped == name
        && processor.to_ascii(name.as_bytes(), AsciiDenyList::STD3, Hyphens::Allow, DnsLength::Verify).is_ok()
}

/// A label as Unicode, in lower case as far as case does not matter; `None` if it is none.
fn in_unicode(label: &str) -> Option<Cow<'_, str>> {
    if !label.is_ascii() {
        return is_u_label(label).then_some(Cow::Borrowed(label));
    }
    if !is_ldh_label(label) {
        return None;
    }
    let lower = label.to_ascii_lowercase();
    let Some(encoded) = lower.strip_prefix(ACE_PREFIX) else {
        return Some(Cow::Owned(lower));
    };
    let decoded = punycode::decode_to_string(encoded)?;
    // An A-label is what its U-label is encoded as, and no other spelling of it.
    let faithful = !decoded.is_ascii() && punycode::encode_str(&decoded).is_some_and(|again| again == encoded);
    (faithful && is_u_label(&decoded)).then_some(Cow::Owned(decoded))
}

/// Whether a label claims to be an A-label.
pub(super) fn has_ace_prefix(label: &str) -> bool {
    label.get(..ACE_PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(ACE_PREFIX))
}

/// Letters, digits and inner hyphens of ASCII (RFC 5890, section 2.3.1).
pub(super) fn is_ldh_label(label: &str) -> bool {
    (1..=MAX_LABEL_LENGTH).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// What RFC 5891, section 4.2.3, asks of a U-label, but for what UTS 46 looks at.
fn is_u_label(label: &str) -> bool {
    let hyphens = label.starts_with('-') || label.ends_with('-') || label.chars().skip(2).take(2).eq("--".chars());
    let matches = |regex: &Option<Regex>| regex.as_ref().is_some_and(|regex| regex.is_match(label));
    !hyphens && matches(&ONLY_PERMITTED) && !matches(&OUT_OF_CONTEXT)
}
