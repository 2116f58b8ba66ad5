//! What a YAML scalar means: the core schema of YAML 1.2 (§10.3), as far as JSON can hold it.

use serde_json::Number;

use super::Node;

/// Why a plain scalar is no JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoValue {
    /// Infinity or not-a-number.
    NotFinite,
    /// A number that neither 64 bits of integer nor a float holds.
    OutOfRange,
}

/// The value of a plain scalar, one without quotes and without a tag.
pub(super) fn resolve(text: &str) -> Result<Node, NoValue> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Node::Null),
        "true" | "True" | "TRUE" => return Ok(Node::Bool(true)),
        "false" | "False" | "FALSE" => return Ok(Node::Bool(false)),
        _ => {}
    }
    // Most scalars are words: those cannot be numbers.
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
        return Ok(Node::String(text.to_owned()));
    }
    match number(text)? {
        Some(number) => Ok(Node::Number(number)),
        None => Ok(Node::String(text.to_owned())),
    }
}

fn number(text: &str) -> Result<Option<Number>, NoValue> {
    for (prefix, radix) in [("0o", 8), ("0x", 16)] {
        if let Some(digits) = text.strip_prefix(prefix).filter(|digits| all_digits(digits, radix)) {
            let value = u64::from_str_radix(digits, radix).map_err(|_| NoValue::OutOfRange)?;
            return Ok(Some(value.into()));
        }
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Err(NoValue::NotFinite);
    }
    if all_digits(unsigned, 10)
        && let Some(integer) = integer(text)
    {
        return Ok(Some(integer));
    }
    if !is_decimal(unsigned) {
        return Ok(None);
    }
    let float = text.parse().map_err(|_| NoValue::OutOfRange)?;
    Number::from_f64(float).map(Some).ok_or(NoValue::OutOfRange)
}

fn integer(text: &str) -> Option<Number> {
    text.parse::<u64>().map(Number::from).or_else(|_| text.parse::<i64>().map(Number::from)).ok()
}

fn all_digits(text: &str, radix: u32) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_digit(radix))
}

/// `. digits`, or `digits` with an optional `.` and digits; then an optional exponent.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_holds =
        exponent.is_none_or(|exponent| all_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent), 10));
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty()) && exponent_holds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> String {
        resolve(text).unwrap().to_json()
    }

    #[test]
    fn null_and_booleans_have_three_spellings() {
        for text in ["", "~", "null", "Null", "NULL"] {
            assert_eq!(json(text), "null");
        }
        assert_eq!(["true", "True", "TRUE"].map(json), ["true"; 3]);
        assert_eq!(["false", "False", "FALSE"].map(json), ["false"; 3]);
    }

    #[test]
    fn yes_no_and_other_yaml_1_1_spellings_are_strings() {
        for text in ["yes", "no", "on", "off", "y", "tRUE", "nUll", "1_000", "0b11", "12:30:45", "0o8", "0xg", "+0x1"] {
            assert_eq!(resolve(text), Ok(Node::String(text.to_owned())));
        }
    }

    #[test]
    fn integers_are_decimal_octal_or_hexadecimal() {
        assert_eq!(json("0"), "0");
        assert_eq!(json("+12"), "12");
        assert_eq!(json("-19"), "-19");
        assert_eq!(json("007"), "7");
        assert_eq!(json("0o14"), "12");
        assert_eq!(json("0xFf"), "255");
        assert_eq!(json("18446744073709551615"), "18446744073709551615");
        assert_eq!(json("-9223372036854775808"), "-9223372036854775808");
        assert_eq!(json("18446744073709551616"), "1.8446744073709552e+19");
    }

    #[test]
    fn floats_need_digits() {
        assert_eq!(json("1."), "1.0");
        assert_eq!(json(".5"), "0.5");
        assert_eq!(json("-0.25e+2"), "-25.0");
        assert_eq!(json("12e03"), "12000.0");
        for text in [".", "-", "+", "-.", "1e", "1e+", ".e1", "1.2.3", "3.1.0", "1.5x", "-1-", "- 1", "1e5.5"] {
            assert_eq!(resolve(text), Ok(Node::String(text.to_owned())));
        }
    }

    #[test]
    fn what_json_cannot_hold_is_no_value() {
        for text in [".inf", "-.Inf", "+.INF", ".nan", ".NaN", ".NAN"] {
            assert_eq!(resolve(text), Err(NoValue::NotFinite), "{text}");
        }
        for text in ["1e999", "-1e999", "0xffffffffffffffffff"] {
            assert_eq!(resolve(text), Err(NoValue::OutOfRange), "{text}");
        }
    }
}
