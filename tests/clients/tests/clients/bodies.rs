//! Bodies of every media type.

use clients_tests::File;
use clients_tests::types::{Order, OrderAddress, OrderOptions, SamplesSendPartsRequestBody};
use codegen_runtime::client::{Bytes, Payload, Stream};

use crate::{client, rgb, silent, told, wait};

#[test]
fn a_form_is_written_as_its_encoding_says() {
    let server = silent();
    let body = Order::new("a b&c")
        .amount(3)
        .tags(["x", "y z"])
        .sizes([1, 2])
        .address(OrderAddress::new().city("Ü"))
        .options(OrderOptions::new().gift(true));
    wait(client(&server).samples().send_form(&body)).unwrap();
    let request = server.request();
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    let expected =
        "address%5Bcity%5D=%C3%9C&amount=3&item=a+b%26c&options=%7B%22gift%22%3Atrue%7D&sizes=1&sizes=2&tags=x+y+z";
    assert_eq!(request.body, expected);
}

#[test]
fn a_form_is_checked() {
    let server = silent();
    let client = client(&server);
    let request = client.samples().send_form(&Order::new("longer than ten"));
    assert_eq!(told(wait(request)), ["/body/item: must have at most 10 characters"]);
    assert!(server.requests().is_empty());
}

fn parts(title: &str) -> SamplesSendPartsRequestBody {
    let image = File::new(b"\x89PNG\xff".to_vec()).name("a \"b\".png");
    SamplesSendPartsRequestBody::new(image, title)
}

#[test]
fn parts_have_names_and_types() {
    let server = silent();
    let body = parts("Title")
        .attachments([File::new("one").content_type("text/plain"), File::new("two").name("2.bin")])
        .rgb(rgb(1, 2, 3))
        .note("*hi*");
    wait(client(&server).samples().send_parts(&body)).unwrap();
    let request = server.request();
    assert_eq!(request.header("content-type"), Some("multipart/form-data; boundary=codegen-boundary-0"));
    let mut expected = Vec::new();
    for (head, body) in [
        ("name=\"attachments\"; filename=\"attachments\"\r\nContent-Type: text/plain", &b"one"[..]),
        ("name=\"attachments\"; filename=\"2.bin\"\r\nContent-Type: application/octet-stream", b"two"),
        ("name=\"image\"; filename=\"a %22b%22.png\"\r\nContent-Type: image/png", b"\x89PNG\xff"),
        ("name=\"note\"\r\nContent-Type: text/markdown", b"*hi*"),
        ("name=\"rgb\"\r\nContent-Type: application/json", br#"{"B":3,"G":2,"R":1}"#),
        ("name=\"title\"", b"Title"),
    ] {
        expected.extend_from_slice(b"--codegen-boundary-0\r\nContent-Disposition: form-data; ");
        expected.extend_from_slice(head.as_bytes());
        expected.extend_from_slice(b"\r\n\r\n");
        expected.extend_from_slice(body);
        expected.extend_from_slice(b"\r\n");
    }
    expected.extend_from_slice(b"--codegen-boundary-0--\r\n");
    assert_eq!(String::from_utf8_lossy(&request.bytes), String::from_utf8_lossy(&expected));
    assert_eq!(request.bytes, expected);
}

#[test]
fn parts_are_checked_and_files_do_not_show() {
    let server = silent();
    let body = parts("T");
    assert!(!format!("{body:?}").contains("PNG"), "{body:?}");
    let client = client(&server);
    let request = client.samples().send_parts(&body);
    assert_eq!(told(wait(request)), ["/body/title: must have at least 2 characters"]);
    assert!(server.requests().is_empty());
}

#[test]
fn json_goes_by_the_name_that_the_document_gives_it() {
    let server = silent();
    wait(client(&server).samples().send_patch(&rgb(1, 2, 3))).unwrap();
    let request = server.request();
    assert_eq!(request.header("content-type"), Some("application/merge-patch+json"));
    assert_eq!(request.body, r#"{"B":3,"G":2,"R":1}"#);
}

#[test]
fn another_media_type_is_sent_as_bytes() {
    let server = silent();
    let client = client(&server);
    let request = client.samples().send_patch(&rgb(1, 2, 3)).body_bytes("application/xml", "<rgb/>");
    wait(request).unwrap();
    let request = server.request();
    assert_eq!((request.header("content-type"), &*request.body), (Some("application/xml"), "<rgb/>"));
}

#[test]
fn a_content_type_that_no_header_can_hold_is_refused() {
    let server = silent();
    let client = client(&server);
    let request = client.samples().send_patch(&rgb(1, 2, 3)).body_bytes("a\r\nb: c", "<rgb/>");
    assert_eq!(told(wait(request)), ["/body: must have a content type that a header can hold"]);
    assert!(server.requests().is_empty());
}

#[test]
fn texts_and_bytes_go_as_they_are() {
    let server = silent();
    wait(client(&server).samples().send_text("# é")).unwrap();
    let request = server.request();
    assert_eq!((request.header("content-type"), &*request.body), (Some("text/markdown"), "# é"));

    let server = silent();
    wait(client(&server).samples().send_bytes().body(vec![0, 255])).unwrap();
    let request = server.request();
    assert_eq!((request.header("content-type"), &*request.bytes), (Some("application/octet-stream"), &[0, 255][..]));

    let server = silent();
    wait(client(&server).samples().send_bytes()).unwrap();
    assert_eq!(server.request().header("content-type"), None);
}

/// Two pieces, one after the other.
struct Pieces(Vec<&'static str>);

impl Stream for Pieces {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.pop().map(|piece| Ok(Bytes::from_static(piece.as_bytes()))))
    }
}

#[test]
fn a_stream_is_sent_while_it_is_made() {
    let server = silent();
    let body = Payload::stream(Pieces(vec!["second", "first"]));
    wait(client(&server).samples().send_bytes().body(body)).unwrap();
    let request = server.request();
    assert_eq!(request.header("transfer-encoding"), Some("chunked"));
    assert_eq!(request.body, "5\r\nfirst\r\n6\r\nsecond\r\n0\r\n\r\n");
}
