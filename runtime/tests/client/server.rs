//! A server that keeps every request word for word and answers what it is told to.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What the server does once it has read a request.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// Writes these bytes and closes the connection.
    Bytes(Vec<u8>),
    /// Writes these bytes and then nothing, without closing.
    Stall(Vec<u8>),
    /// Writes these bytes and resets the connection.
    #[allow(dead_code, reason = "not every package has such a server")]
    Reset(Vec<u8>),
}

/// A whole answer with a JSON body.
pub(crate) fn json(status: &str, body: &str) -> Answer {
    with_headers(status, "content-type: application/json\r\n", body)
}

/// A whole answer; every header ends in a line break.
pub(crate) fn with_headers(status: &str, headers: &str, body: &str) -> Answer {
    let length = body.len();
    let text = format!("HTTP/1.1 {status}\r\n{headers}connection: close\r\ncontent-length: {length}\r\n\r\n{body}");
    Answer::Bytes(text.into_bytes())
}

pub(crate) struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// From the method to the last header.
    pub(crate) head: String,
    /// The body; what is not UTF-8 in it is replaced.
    pub(crate) body: String,
    /// The body as it came, with the sizes of its chunks where it has some.
    #[allow(dead_code, reason = "not every package sends what is no text")]
    pub(crate) bytes: Vec<u8>,
}

impl Request {
    /// The first line.
    pub(crate) fn line(&self) -> &str {
        self.head.lines().next().unwrap_or_default()
    }

    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let line = |line: &'_ str| line.split_once(": ").filter(|(key, _)| *key == name).is_some();
        let found = self.head.lines().find(|text| line(text))?;
        found.split_once(": ").map(|(_, value)| value)
    }
}

impl Server {
    /// A server that answers every request alike.
    pub(crate) fn new(answer: Answer) -> Self {
        Self::in_turn([answer])
    }

    /// A server that answers the first request with the first answer and so on, and what comes after the last alike.
    pub(crate) fn in_turn(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").unwrap(), answers)
    }

    /// The same on a port that is known before.
    pub(crate) fn on(listener: TcpListener, answers: impl IntoIterator<Item = Answer>) -> Self {
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&requests);
        let answers: Arc<[Answer]> = answers.into_iter().collect();
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (kept, answers) = (Arc::clone(&kept), Arc::clone(&answers));
                thread::spawn(move || serve(connection, &kept, &answers));
            }
        });
        Self { address, requests }
    }

    /// A server that answers a request by what that says.
    #[allow(dead_code, reason = "not every package has such a server")]
    pub(crate) fn answering(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&requests);
        thread::spawn(move || {
            for mut connection in listener.incoming().flatten() {
                let Some(request) = read(&mut connection) else { continue };
                let answer = answer(&request);
                kept.lock().unwrap().push(request);
                write(connection, &answer);
            }
        });
        Self { address, requests }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every request so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// The one request.
    pub(crate) fn request(&self) -> Request {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests[0].clone()
    }
}

fn serve(mut connection: TcpStream, kept: &Mutex<Vec<Request>>, answers: &[Answer]) {
    let answer = &answers[kept.lock().unwrap().len().min(answers.len() - 1)];
    if let Answer::Reset(bytes) = answer {
        // A connection that is closed while something is left to read is reset.
        if let Some(request) = peek(&connection) {
            kept.lock().unwrap().push(request);
            drop(connection.write_all(bytes));
        }
        return;
    }
    let Some(request) = read(&mut connection) else {
        return;
    };
    kept.lock().unwrap().push(request);
    write(connection, answer);
}

fn write(mut connection: TcpStream, answer: &Answer) {
    // The client may have gone; that is its own affair.
    match answer {
        Answer::Bytes(bytes) => drop(connection.write_all(bytes)),
        Answer::Stall(bytes) | Answer::Reset(bytes) => {
            drop(connection.write_all(bytes));
            drop(connection.read(&mut [0]));
        }
    }
}

/// The head of a request, which is left unread.
fn peek(connection: &TcpStream) -> Option<Request> {
    let mut buffer = [0; 4096];
    loop {
        let count = connection.peek(&mut buffer).ok().filter(|count| *count > 0)?;
        if let Some(end) = buffer[..count].windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8(buffer[..end].to_vec()).ok()?;
            return Some(Request { head, body: String::new(), bytes: Vec::new() });
        }
        thread::yield_now();
    }
}

fn read(connection: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        more(connection, &mut bytes)?;
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).ok()?;
    let mut request = Request { head, body: String::new(), bytes: Vec::new() };
    let chunked = request.header("transfer-encoding") == Some("chunked");
    while chunked && !bytes.ends_with(b"0\r\n\r\n") {
        more(connection, &mut bytes)?;
    }
    let length = request.header("content-length").map_or(Some(0), |text| text.parse().ok())?;
    while bytes.len() < head_end + 4 + length {
        more(connection, &mut bytes)?;
    }
    request.bytes = bytes[head_end + 4..].to_vec();
    request.body = String::from_utf8_lossy(&request.bytes).into_owned();
    Some(request)
}

fn more(connection: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut buffer = [0; 4096];
    let count = connection.read(&mut buffer).ok().filter(|count| *count > 0)?;
    bytes.extend_from_slice(&buffer[..count]);
    Some(())
}
