//! `multipart/form-data`, read back (RFC 7578, RFC 2046 §5.1): a part a member, a part an element of a list, objects as JSON.

use serde_json::Value;

use crate::form::together;

/// The value of the parts, read as something like the one that was meant; `None` where the body is not in that form.
pub(crate) fn read(media: &str, body: &[u8], meant: &Value) -> Option<Value> {
    let boundary = media.split(';').find_map(|parameter| parameter.trim().strip_prefix("boundary="))?;
    let boundary = format!("--{}", boundary.trim_matches('"'));
    let text = std::str::from_utf8(body).ok()?;
    let (_, rest) = text.split_once(&boundary)?;
    let (rest, _) = rest.rsplit_once(&format!("\r\n{boundary}--"))?;
    let parts = rest.split(&format!("\r\n{boundary}")).map(part).collect::<Option<Vec<_>>>()?;
    Some(together(parts.into_iter(), meant))
}

/// The name and the content of a part.
fn part(text: &str) -> Option<(String, String)> {
    let (head, content) = text.strip_prefix("\r\n")?.split_once("\r\n\r\n")?;
    let disposition = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-disposition").then_some(value)
    })?;
    let (_, rest) = disposition.split_once("name=\"")?;
    let (name, _) = rest.split_once('"')?;
    // WHATWG HTML §4.10.22.8: what ends a name or a line is escaped.
    let name = name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    Some((name, content.to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn parts_are_read_back() {
        let meant = json!({"file": "a\r\n", "n": [1, 2], "o": {"k": null}});
        let part = |name: &str, text: &str| {
            format!("--xy\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"f\"\r\nA: b\r\n\r\n{text}\r\n")
        };
        let body =
            [part("file", "a\r\n"), part("n", "1"), part("n", "2"), part("o", "{\"k\":null}"), "--xy--\r\n".to_owned()]
                .concat();
        let read = |body: &str| super::read("multipart/form-data; boundary=xy", body.as_bytes(), &meant);
        assert_eq!(read(&body), Some(meant.clone()));
        assert_eq!(read("--xy--"), None);
    }
}
