//! `strict-uri`: the URLs that validator.js accepts (`isURL()` with its default options).
//!
//! Not RFC 3986: the scheme may be missing, the host must be a public domain name or an IP address,
//! and what follows the host is free of any rule but the one against white space and angle
//! brackets.
//!
//! Where the releases of validator.js differ, this is 13.15.0 to 13.15.15: 2,084 characters (2,082
//! before), and a scheme that only `://` ends (`:` may do so since, hence `http:example.com` passes).

use super::ecmascript;
use super::fqdn::is_fqdn;
use super::ipv4::is_ipv4;
use super::ipv6::is_ipv6;

/// In UTF-16 code units.
const MAX_LENGTH: usize = 2_084;
const SCHEMES: [&str; 3] = ["http", "https", "ftp"];

/// Whether `value` is a URL as validator.js understands it.
pub fn is_strict_uri(value: &str) -> bool {
    !value.chars().any(is_forbidden)
        && !value.starts_with("mailto:")
        && ecmascript::is_at_most(value, MAX_LENGTH)
        && authority(value).is_some_and(is_authority)
}

fn is_forbidden(character: char) -> bool {
    matches!(character, '<' | '>') || ecmascript::is_white_space(character)
}

/// What stands between the scheme, which may be missing, and the path; `None` if the scheme is an
/// unknown one, or if there is only the `//` that should follow it.
///
/// Fragment and query are cut off before the scheme is looked for, as either may hold another
/// `://`.
fn authority(url: &str) -> Option<&str> {
    let hierarchy = before(before(url, '#'), '?');
    let after_scheme = match hierarchy.split_once("://") {
        Some((scheme, rest)) => is_scheme(scheme).then_some(rest)?,
        None if hierarchy.starts_with("//") => return None,
        None => hierarchy,
    };
    Some(before(after_scheme, '/'))
}

/// The part of `text` that precedes `delimiter`; all of it where there is none.
fn before(text: &str, delimiter: char) -> &str {
    text.split_once(delimiter).map_or(text, |(head, _)| head)
}

fn is_scheme(scheme: &str) -> bool {
    SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

fn is_authority(authority: &str) -> bool {
    match authority.split_once('@') {
        Some((credentials, host_and_port)) => is_credentials(credentials) && is_host_and_port(host_and_port),
        None => is_host_and_port(authority),
    }
}

/// A user, a password or both, with at most one colon; the characters are free.
fn is_credentials(credentials: &str) -> bool {
    !matches!(credentials, "" | ":") && credentials.matches(':').count() <= 1
}

fn is_host_and_port(host_and_port: &str) -> bool {
    if let Some(bracketed) = host_and_port.strip_prefix('[') {
        return is_bracketed_host_and_port(bracketed);
    }
    match host_and_port.split_once(':') {
        Some((host, port)) => is_host(host) && (port.is_empty() || is_port(port)),
        None => is_host(host_and_port),
    }
}

/// An IPv6 address and its port, the opening bracket already taken off. Other than after a name, a
/// colon needs its port.
fn is_bracketed_host_and_port(bracketed: &str) -> bool {
    let Some((address, rest)) = bracketed.split_once(']') else {
        return false;
    };
    is_ipv6_with_zone(address) && (rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port))
}

fn is_ipv6_with_zone(address: &str) -> bool {
    match address.split_once('%') {
        Some((address, zone)) => is_zone(zone) && is_ipv6(address),
        None => is_ipv6(address),
    }
}

fn is_zone(zone: &str) -> bool {
    !zone.is_empty() && zone.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
}

fn is_host(host: &str) -> bool {
    is_ipv4(host) || is_fqdn(host)
}

/// A number from 1 to 65,535; leading zeros do not count.
fn is_port(port: &str) -> bool {
    port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|number| number > 0)
}

#[cfg(test)]
mod tests {
    use super::super::table::{assert_accepts, assert_refuses};
    use super::is_strict_uri;

    #[test]
    fn urls_of_the_three_schemes_are_accepted() {
        assert_accepts(
            is_strict_uri,
            &[
                "https://example.com/a.png",
                "http://example.com",
                "ftp://example.com/a",
                "HTTPS://EXAMPLE.COM/",
                "http://127.0.0.1:8080/a",
                "http://[::1]/a",
                "https://u:p@example.com/a",
            ],
        );
    }

    #[test]
    fn the_scheme_may_be_missing() {
        assert_accepts(
            is_strict_uri,
            &[
                "example.com/a.png",
                "example.com",
                "example.com:8080/a",
                "127.0.0.1",
                "[::1]:80",
                "u:p@example.com",
                "example.com?next=https://example.com",
                "example.com#s3://bucket",
                "MAILTO:a@example.com",
            ],
        );
    }

    #[test]
    fn path_query_and_fragment_are_free() {
        assert_accepts(
            is_strict_uri,
            &[
                "https://example.com/%zz",
                "https://example.com/é.png",
                "https://example.com/a|b",
                "https://example.com/{id}",
                r"https://example.com/a\b",
                "https://example.com/?q[]=1",
                "https://example.com?q",
                "https://example.com#f",
                "https://example.com/a?b?c#d#e",
                "https://example.com/a@b:c",
                "https://example.com/a://b",
                "https://example.com//",
                "https://example.com/\"'`^",
                "https://example.com/😀",
                "https://example.com/\u{0}",
                "https://example.com/\u{85}",
            ],
        );
    }

    #[test]
    fn international_hosts_are_accepted() {
        assert_accepts(
            is_strict_uri,
            &["https://exämple.com/", "https://пример.рф", "https://例え.テスト/a", "https://xn--exmple-cua.com/"],
        );
    }

    #[test]
    fn urls_without_a_host_are_refused() {
        assert_refuses(
            is_strict_uri,
            &[
                "",
                "/rel/a.png",
                "a/",
                "//cdn.example.com/a",
                "//",
                "://example.com",
                "https://",
                "https:///a",
                "https://?q",
                "https://#f",
                "?q",
                "#f",
                "/",
                ".",
                "..",
                "https://:80/",
                "https:",
                "https:/example.com",
                "https:example.com",
                "https//example.com",
            ],
        );
    }

    #[test]
    fn hosts_that_are_no_public_names_are_refused() {
        assert_refuses(
            is_strict_uri,
            &[
                "http://localhost/a",
                "http://localhost:3000",
                "http://intranet/a",
                "https://ex_ample.com/a",
                "https://example.com./a",
                "https://-a.com/",
                "https://a-.com/",
                "https://.example.com",
                "https://example..com",
                "https://*.example.com",
                "https://example.123/a",
                "https://example.c/a",
                "https://{tenant}.example.com/",
                r"https://example.com\a",
                "https://%65xample.com/",
                "https://\u{ff45}xample.com/",
                "https://exam\u{0}ple.com/",
            ],
        );
    }

    #[test]
    fn other_schemes_are_refused() {
        assert_refuses(
            is_strict_uri,
            &[
                "data:,x",
                "data:image/png;base64,AAAA",
                "urn:example:a",
                "urn:uuid:12345678-1234-1234-1234-123456789012",
                "mailto:a@example.com",
                "s3://bucket/a",
                "s3://example.com/a",
                "file:///etc/hosts",
                "file://example.com/a",
                "javascript:alert(1)",
                "javascript://example.com/%0aalert(1)",
                "ws://example.com",
                "ftps://example.com",
                "htt://example.com",
                "http ://example.com",
                "h\u{212a}://example.com",
                "example.com/a://b",
            ],
        );
    }

    #[test]
    fn ports_are_numbers_from_1_to_65535() {
        assert_accepts(
            is_strict_uri,
            &[
                "https://example.com:1/",
                "https://example.com:65535/",
                "https://example.com:00080/",
                "https://example.com:/",
                "http://[::1]:65535",
            ],
        );
        assert_refuses(
            is_strict_uri,
            &[
                "https://example.com:99999/",
                "https://example.com:65536/",
                "https://example.com:0/",
                "https://example.com:+80/",
                "https://example.com:-80/",
                "https://example.com:8o/",
                "https://example.com:80:80/",
                "https://example.com:٨٠/",
                "https://example.com:99999999999999999999999999/",
                "http://[::1]:0",
                "http://[::1]:65536",
                "http://[::1]:",
                "http://[::1]80",
            ],
        );
    }

    #[test]
    fn ip_addresses_are_accepted() {
        assert_accepts(
            is_strict_uri,
            &[
                "http://0.0.0.0",
                "http://255.255.255.255/",
                "http://[::]",
                "http://[2001:db8::1]:8080/a",
                "http://[::ffff:192.0.2.1]/",
                "http://[fe80::1%25eth0]/",
                "http://u@[::1]/",
            ],
        );
    }

    #[test]
    fn malformed_ip_addresses_are_refused() {
        assert_refuses(
            is_strict_uri,
            &[
                "http://256.0.0.1",
                "http://1.2.3",
                "http://1.2.3.4.5",
                "http://01.2.3.4",
                "http://2130706433",
                "http://[127.0.0.1]/",
                "http://[example.com]/",
                "http://[]",
                "http://[",
                "http://]",
                "http://[::1",
                "http://[::1]]",
                "http://[[::1]]",
                "http://::1/",
                "http://[1::2::3]",
                "http://[fe80::1%]/",
                "http://[fe80::1%eth-0]/",
            ],
        );
    }

    #[test]
    fn credentials_are_a_user_and_a_password() {
        assert_accepts(
            is_strict_uri,
            &[
                "https://u@example.com",
                "https://u:@example.com",
                "https://:p@example.com",
                "https://ü$(%zz:[]@example.com",
            ],
        );
        assert_refuses(
            is_strict_uri,
            &[
                "@",
                "https://@",
                "https://@example.com",
                "https://:@example.com",
                "https://::@example.com",
                "https://u:p:q@example.com",
                "https://u@v@example.com",
                "https://u:p@",
                "https://u:p@localhost",
            ],
        );
    }

    #[test]
    fn white_space_and_angle_brackets_are_refused() {
        assert_refuses(
            is_strict_uri,
            &[
                " ",
                " https://example.com",
                "https://example.com ",
                "https://example.com/a b",
                "https://example.com/a\tb",
                "https://example.com/\n",
                "https://example.com\n",
                "https://example.com/\r",
                "https://example.com/\u{b}",
                "https://example.com/\u{c}",
                "https://example.com/\u{a0}",
                "https://example.com/\u{2003}",
                "https://example.com/\u{2028}",
                "https://example.com/\u{feff}",
                "https://example.com/<",
                "https://example.com/>",
                "<https://example.com>",
            ],
        );
    }

    #[test]
    fn urls_have_at_most_2084_code_units() {
        let with_length = |length: usize| {
            let url = "https://example.com/";
            is_strict_uri(&format!("{url}{}", "a".repeat(length - url.len())))
        };
        assert!(with_length(2_082));
        assert!(with_length(2_084));
        assert!(!with_length(2_085));
        assert!(!with_length(1_000_000));
        assert!(is_strict_uri(&format!("https://example.com/{}", "😀".repeat(1_032))));
        assert!(!is_strict_uri(&format!("https://example.com/{}", "😀".repeat(1_033))));
    }
}
