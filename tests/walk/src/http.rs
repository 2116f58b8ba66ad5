//! HTTP/1.1 as far as a server on loopback needs it (RFC 9112): requests with a length or in chunks, connections that stay open.

use std::io::{self, BufRead, Read, Write};

use crate::wire::Request;

/// Reads a request; `None` where the client has closed the connection.
pub(crate) fn read(stream: &mut impl BufRead) -> io::Result<Option<Request>> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut parts = line.split_whitespace().map(str::to_owned);
    let (Some(method), Some(target)) = (parts.next(), parts.next()) else {
        return Err(io::ErrorKind::InvalidData.into());
    };
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let line = line.trim_end_matches(['\r', '\n']);
        let Some((name, value)) = line.split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let pair = |pair: &str| match pair.split_once('=') {
        Some((key, value)) => (key.to_owned(), value.to_owned()),
        None => (pair.to_owned(), String::new()),
    };
    let query = query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect();
    let mut request = Request { method, path: path.to_owned(), query, headers, body: Vec::new() };
    if request.header("transfer-encoding").is_some_and(|coding| coding.contains("chunked")) {
        request.body = chunks(stream)?;
    } else if let Some(length) = request.header("content-length").and_then(|text| text.parse::<u64>().ok()) {
        stream.take(length).read_to_end(&mut request.body)?;
    }
    Ok(Some(request))
}

fn chunks(stream: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let size = line.split(';').next().unwrap_or_default().trim();
        let size = u64::from_str_radix(size, 16).map_err(|_| io::ErrorKind::InvalidData)?;
        stream.take(size).read_to_end(&mut body)?;
        stream.read_line(&mut String::new())?;
        if size == 0 {
            return Ok(body);
        }
    }
}

/// Writes an answer; one without a media type has no body.
pub(crate) fn write(stream: &mut impl Write, status: u16, content: Option<(&str, &[u8])>) -> io::Result<()> {
    let mut text = format!("HTTP/1.1 {status} Answer\r\n").into_bytes();
    match content {
        Some((media, body)) => {
            text.extend(format!("content-type: {media}\r\ncontent-length: {}\r\n\r\n", body.len()).bytes());
            text.extend(body);
        }
        // RFC 9110 §8.6: no length beside 204.
        None if status == 204 => text.extend(b"\r\n"),
        None => text.extend(b"content-length: 0\r\n\r\n"),
    }
    stream.write_all(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_follow_each_other() {
        let mut text = &b"PUT /a%2Fb?x=1&y HTTP/1.1\r\nContent-Length: 2\r\nX-A: b \r\n\r\n{}\
            POST /c HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n"[..];
        let first = read(&mut text).unwrap().unwrap();
        assert_eq!((first.method.as_str(), first.path.as_str(), first.body.as_slice()), ("PUT", "/a%2Fb", &b"{}"[..]));
        assert_eq!(first.query, [("x".to_owned(), "1".to_owned()), ("y".to_owned(), String::new())]);
        assert_eq!(first.header("x-a"), Some("b"));
        assert_eq!(read(&mut text).unwrap().unwrap().body, b"abcd");
        assert!(read(&mut text).unwrap().is_none());
    }
}
