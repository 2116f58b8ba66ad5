//! Numbers as exact decimals: comparison and divisibility without rounding.

use std::cmp::Ordering;
use std::fmt::{self, Write};

use serde_json::Number;

/// A decimal number: `± digits · 10^exponent`.
///
/// An `f64` that is whole and no larger than an integer may be is taken as it is. Every other one is taken for the shortest
/// decimal that reads as it, which is the one that was written.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    negative: bool,
    digits: u64,
    exponent: i32,
}

impl Decimal {
    fn new(negative: bool, digits: u64, exponent: i32) -> Self {
        let mut decimal = Self { negative, digits, exponent };
        if decimal.digits == 0 {
            return Self { negative: false, digits: 0, exponent: 0 };
        }
        while decimal.digits.is_multiple_of(10) {
            decimal.digits /= 10;
            decimal.exponent = decimal.exponent.saturating_add(1);
        }
        decimal
    }

    /// The order of two numbers.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        match (self.sign(), other.sign()) {
            (left, right) if left != right => left.cmp(&right),
            (-1, _) => other.magnitude(self),
            _ => self.magnitude(other),
        }
    }

    fn sign(&self) -> i8 {
        match (self.digits, self.negative) {
            (0, _) => 0,
            (_, true) => -1,
            (_, false) => 1,
        }
    }

    /// The order of two absolute values, neither of them zero.
    fn magnitude(&self, other: &Self) -> Ordering {
        // The position of the first digit decides; where it is the same, both scale to the same exponent within a `u128`.
        let first =
            |decimal: &Self| i64::from(decimal.digits.checked_ilog10().unwrap_or(0)) + i64::from(decimal.exponent);
        first(self).cmp(&first(other)).then_with(|| {
            let lowest = self.exponent.min(other.exponent);
            let scaled = |decimal: &Self| {
                let shift = u32::try_from(decimal.exponent.saturating_sub(lowest)).unwrap_or(u32::MAX);
                10_u128
                    .checked_pow(shift)
                    .and_then(|power| power.checked_mul(decimal.digits.into()))
                    .unwrap_or(u128::MAX)
            };
            scaled(self).cmp(&scaled(other))
        })
    }

    /// Whether this has no fraction.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.exponent >= 0
    }

    /// Whether this is a whole multiple of `divisor`; a divisor of 0 divides nothing but 0.
    #[must_use]
    pub fn is_multiple_of(&self, divisor: &Self) -> bool {
        if self.digits == 0 {
            return true;
        }
        if divisor.digits == 0 {
            return false;
        }
        // digits · 10^shift ≡ 0 (mod divisor.digits). For a negative shift the power of ten goes to the other side, and no
        // multiple of ten divides the digits of a normalised number.
        u32::try_from(i64::from(self.exponent) - i64::from(divisor.exponent))
            .is_ok_and(|shift| multiply_by_power_of_ten(self.digits % divisor.digits, shift, divisor.digits) == 0)
    }
}

/// `value · 10^power mod modulus`, by squaring; the modulus is not 0.
fn multiply_by_power_of_ten(value: u64, power: u32, modulus: u64) -> u128 {
    // Below 2^64, so that their products fit.
    let modulus = u128::from(modulus);
    let mut result = u128::from(value) % modulus;
    let mut base = 10 % modulus;
    let mut rest = power;
    while rest > 0 {
        if rest & 1 == 1 {
            result = result * base % modulus;
        }
        base = base * base % modulus;
        rest >>= 1;
    }
    result
}

/// The integer that a number is, if it is whole and within what an `i64` or a `u64` holds: there, an `f64` is exact.
pub(crate) fn whole(value: f64) -> Option<i128> {
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and within the range")]
    let whole = (value.fract() == 0.0 && value.abs() < 18_446_744_073_709_551_616.0).then_some(value as i128)?;
    (whole >= i64::MIN.into()).then_some(whole)
}

/// A number without a fraction where it has none: numbers are equal if and only if these are.
pub(crate) fn plain(number: &Number) -> Number {
    let whole = number.as_f64().filter(|_| number.is_f64()).and_then(whole);
    whole.and_then(Number::from_i128).unwrap_or_else(|| number.clone())
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self::new(value < 0, value.unsigned_abs(), 0)
    }
}

impl From<u64> for Decimal {
    fn from(value: u64) -> Self {
        Self::new(false, value, 0)
    }
}

/// A value that is not finite (JSON has none) is taken for 0.
impl From<f64> for Decimal {
    fn from(value: f64) -> Self {
        if let Some(magnitude) = whole(value).and_then(|whole| u64::try_from(whole.unsigned_abs()).ok()) {
            return Self::new(value < 0.0, magnitude, 0);
        }
        let mut text = Short::default();
        // `{:e}` writes the shortest digits that read as the value: `-1.25e-3`.
        if !value.is_finite() || write!(text, "{:e}", value.abs()).is_err() {
            return Self::new(false, 0, 0);
        }
        let (mut digits, mut exponent, mut fraction) = (0_u64, 0_i32, false);
        let mut characters = text.as_str().split('e');
        for character in characters.next().unwrap_or_default().chars() {
            match character.to_digit(10) {
                Some(digit) => {
                    digits = digits.saturating_mul(10).saturating_add(digit.into());
                    exponent = exponent.saturating_sub(fraction.into());
                }
                None => fraction = true,
            }
        }
        let written = characters.next().and_then(|written| written.parse::<i32>().ok()).unwrap_or(0);
        Self::new(value.is_sign_negative(), digits, exponent.saturating_add(written))
    }
}

impl From<&Number> for Decimal {
    fn from(value: &Number) -> Self {
        match (value.as_i64(), value.as_u64()) {
            (Some(value), _) => value.into(),
            (None, Some(value)) => value.into(),
            (None, None) => value.as_f64().unwrap_or(0.0).into(),
        }
    }
}

/// Without an exponent where the number is of ordinary size.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negative {
            f.write_str("-")?;
        }
        let places = self.exponent.unsigned_abs();
        let digits = u128::from(self.digits);
        match (self.exponent, 10_u128.checked_pow(places)) {
            (0, _) => write!(f, "{digits}"),
            (1..=20, Some(power)) => match digits.checked_mul(power) {
                Some(whole) => write!(f, "{whole}"),
                None => write!(f, "{digits}e{}", self.exponent),
            },
            (-20..=-1, Some(power)) => {
                let width = usize::try_from(places).unwrap_or(0);
                write!(f, "{}.{:0width$}", digits / power, digits % power)
            }
            _ => write!(f, "{digits}e{}", self.exponent),
        }
    }
}

/// A text on the stack, long enough for any `f64` as `{:e}` writes it.
#[derive(Default)]
struct Short {
    bytes: [u8; 32],
    length: usize,
}

impl Short {
    fn as_str(&self) -> &str {
        self.bytes.get(..self.length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

impl Write for Short {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length.saturating_add(text.len());
        self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divides(value: f64, divisor: f64) -> bool {
        Decimal::from(value).is_multiple_of(&Decimal::from(divisor))
    }

    #[test]
    fn decimals_divide_without_rounding() {
        assert!(divides(0.3, 0.1));
        assert!(divides(19.99, 0.01));
        assert!(divides(0.0075, 0.0001));
        assert!(!divides(0.00751, 0.0001));
        assert!(divides(4.5, 1.5));
        assert!(!divides(1e308, 0.123_456_789));
        assert!(divides(1e308, 0.5));
        assert!(divides(0.0, 0.3));
        assert!(!divides(35.0, 1.5));
        assert!(!divides(2.5, 10.0));
        assert!(divides(-9.0, 3.0));
    }

    #[test]
    fn large_numbers_divide_without_rounding() {
        assert!(divides(1e308, 1e307));
        assert!(divides(1e308, 1e-8));
        assert!(!divides(1e-8, 1e308));
        assert!(divides(12_391_239_123.0, 1e-8));
        assert!(!divides(1e308, 3.0));
        assert!(divides(3e300, 3.0));
        let divides = |value: u64, divisor: u64| Decimal::from(value).is_multiple_of(&divisor.into());
        assert!(divides(u64::MAX, 3));
        assert!(divides(u64::MAX, u64::MAX));
        assert!(!divides(u64::MAX - 1, u64::MAX));
        assert!(!divides(u64::MAX, 2));
        assert!(divides(9_007_199_254_740_993, 3_002_399_751_580_331));
        assert!(!divides(9_007_199_254_740_993, 2));
        assert!(Decimal::from(i64::MIN).is_multiple_of(&(1_u64 << 63).into()));
        assert!(Decimal::from(u64::MAX).is_multiple_of(&0.5.into()));
        assert!(!Decimal::from(u64::MAX).is_multiple_of(&0.4.into()));
        // 17 divides 2^64 - 1.
        assert!(Decimal::from(u64::MAX).is_multiple_of(&1.7e-15.into()));
    }

    #[test]
    fn nothing_but_zero_is_a_multiple_of_zero() {
        assert!(divides(0.0, 0.0));
        assert!(divides(-0.0, 0.0));
        assert!(!divides(1.0, 0.0));
    }

    #[test]
    fn whole_floats_are_what_they_are() {
        let equal = |float: f64, integer: u64| Decimal::from(float).compare(&integer.into()) == Ordering::Equal;
        assert!(equal(72_057_594_037_927_936.0, 1 << 56));
        assert!(equal(9_223_372_036_854_775_808.0, 1 << 63));
        assert!(divides(72_057_594_037_927_936.0, 65_536.0));
        assert!(!divides(72_057_594_037_927_936.0, 5.0));
        // Beyond the integers, what was written is more likely the shortest: 1e23 is no `f64`.
        assert!(divides(1e23, 1e22));
    }

    #[test]
    fn an_exponent_makes_no_fraction() {
        for whole in ["1e2", "1E2", "1.50e1", "100e-2", "-1.0", "0.0", "1e308", "18446744073709551615", "1e20"] {
            assert!(Decimal::from(&whole.parse::<Number>().unwrap()).is_whole(), "{whole}");
        }
        for fraction in ["1e-2", "1.5", "0.1e0", "-1.50e0", "5e-324", "4503599627370495.5"] {
            assert!(!Decimal::from(&fraction.parse::<Number>().unwrap()).is_whole(), "{fraction}");
        }
    }

    #[test]
    fn plain_numbers_are_equal_if_the_numbers_are() {
        for (written, text) in [
            ("1.0", "1"),
            ("1e2", "100"),
            ("-0.0", "0"),
            ("-5.0", "-5"),
            ("9223372036854775808.0", "9223372036854775808"),
            ("-9223372036854775808.0", "-9223372036854775808"),
            ("1.5", "1.5"),
            ("1.8446744073709552e19", "1.8446744073709552e+19"),
            ("-1e19", "-1e+19"),
            ("18446744073709551615", "18446744073709551615"),
        ] {
            assert_eq!(plain(&written.parse().unwrap()).to_string(), text);
        }
    }

    #[test]
    fn numbers_are_compared_across_types() {
        let order = |left: Decimal, right: Decimal| left.compare(&right);
        assert_eq!(order(1_i64.into(), 1.0.into()), Ordering::Equal);
        assert_eq!(order(u64::MAX.into(), 18_446_744_073_709_551_616.0.into()), Ordering::Less);
        assert_eq!(order((-5_i64).into(), (-4.5).into()), Ordering::Less);
        assert_eq!(order(0.1.into(), 0.0.into()), Ordering::Greater);
        assert_eq!(order((-0.1).into(), 0_i64.into()), Ordering::Less);
        assert_eq!(order(1e300.into(), 1e-300.into()), Ordering::Greater);
    }

    #[test]
    fn a_number_is_written_as_people_write_it() {
        for (value, text) in
            [(1.0, "1"), (0.01, "0.01"), (-1.5, "-1.5"), (1e3, "1000"), (1e300, "1e300"), (100.25, "100.25")]
        {
            assert_eq!(Decimal::from(value).to_string(), text);
        }
    }
}
