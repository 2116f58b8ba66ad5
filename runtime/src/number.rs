//! Numbers as exact decimals: comparison and divisibility without rounding.

use std::cmp::Ordering;
use std::fmt::{self, Write};

use serde_json::Number;

/// A decimal number: `± digits · 10^exponent`. An `f64` is taken for the shortest decimal that reads as it, which is the one
/// that was written.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    negative: bool,
    digits: u128,
    exponent: i32,
}

impl Decimal {
    fn new(negative: bool, digits: u128, exponent: i32) -> Self {
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
                10_u128.checked_pow(shift).and_then(|power| decimal.digits.checked_mul(power)).unwrap_or(u128::MAX)
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

/// `value · 10^power mod modulus`, by squaring.
fn multiply_by_power_of_ten(value: u128, power: u32, modulus: u128) -> u128 {
    let mut result = value % modulus;
    let mut base = 10 % modulus;
    let mut rest = power;
    while rest > 0 {
        if rest & 1 == 1 {
            result = multiply(result, base, modulus);
        }
        base = multiply(base, base, modulus);
        rest >>= 1;
    }
    result
}

/// `left · right mod modulus`, by doubling where the product is too large.
fn multiply(left: u128, right: u128, modulus: u128) -> u128 {
    if let Some(product) = left.checked_mul(right) {
        return product % modulus;
    }
    let add = |a: u128, b: u128| {
        if a >= modulus - b { a - (modulus - b) } else { a + b }
    };
    let (mut result, mut term, mut rest) = (0, left % modulus, right % modulus);
    while rest > 0 {
        if rest & 1 == 1 {
            result = add(result, term);
        }
        term = add(term, term);
        rest >>= 1;
    }
    result
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self::new(value < 0, value.unsigned_abs().into(), 0)
    }
}

impl From<u64> for Decimal {
    fn from(value: u64) -> Self {
        Self::new(false, value.into(), 0)
    }
}

/// A value that is not finite (JSON has none) is taken for 0.
impl From<f64> for Decimal {
    fn from(value: f64) -> Self {
        let mut text = Short::default();
        // `{:e}` writes the shortest digits that read as the value: `-1.25e-3`.
        if !value.is_finite() || write!(text, "{:e}", value.abs()).is_err() {
            return Self::new(false, 0, 0);
        }
        let (mut digits, mut exponent, mut fraction) = (0_u128, 0_i32, false);
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
        match (self.exponent, 10_u128.checked_pow(places)) {
            (0, _) => write!(f, "{}", self.digits),
            (1..=20, Some(power)) => match self.digits.checked_mul(power) {
                Some(whole) => write!(f, "{whole}"),
                None => write!(f, "{}e{}", self.digits, self.exponent),
            },
            (-20..=-1, Some(power)) => {
                let width = usize::try_from(places).unwrap_or(0);
                write!(f, "{}.{:0width$}", self.digits / power, self.digits % power)
            }
            _ => write!(f, "{}e{}", self.digits, self.exponent),
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
