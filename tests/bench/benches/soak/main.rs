//! A soak run: the generated client of Auth0's users API and bare reqwest against one server on loopback, in turns, for a bounded
//! number of requests. It prints the requests a second of both, what the client costs beside reqwest, and the memory of the process,
//! which must not grow.
//!
//! `cargo bench -p codegen-benches --bench soak`, or with the number of requests of a turn: `… --bench soak -- 5000`.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark prints its figures, and ends where the machine fails it"
)]

mod server;

use std::future::Future;
use std::time::{Duration, Instant};

use auth0_users::types::UpdateUserRequestContent;
use auth0_users::{Client, reqwest};

/// Requests on their way at once.
const AT_ONCE: usize = 16;
/// Turns of each side; the first warms connections and allocators up.
const TURNS: usize = 8;
const REQUESTS: usize = 10_000;
const ID: &str = "auth0|6725e0af91c3d47b60a8e512";

fn main() {
    let requests = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(REQUESTS);
    let url = server::start();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(run(&url, requests));
}

async fn run(url: &str, requests: usize) {
    let client = Client::builder().base_url(url).token("soak").build().expect("a client");
    let bare = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
    let target = format!("{url}/users/auth0%7C6725e0af91c3d47b60a8e512");
    let of_client = move || update(client.clone());
    let of_reqwest = move || update_bare(bare.clone(), target.clone());
    let (mut ours, mut theirs, mut memory) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TURNS {
        ours.push(turn(requests, &of_client).await);
        theirs.push(turn(requests, &of_reqwest).await);
        memory.push(resident());
    }
    let [ours, theirs] = [ours, theirs].map(|turns| median(&turns[1..]));
    let rate = |time: Duration| requests as f64 / time.as_secs_f64();
    let each = |time: Duration| time.as_secs_f64() * 1e6 / requests as f64;
    println!("{} requests, {AT_ONCE} at once, medians of {} turns", requests * TURNS * 2, TURNS - 1);
    println!("generated client: {:.0} requests a second", rate(ours));
    println!("bare reqwest:     {:.0} requests a second", rate(theirs));
    println!(
        "the client costs {:.1} µs a request ({:.2} of bare reqwest's time)",
        each(ours) - each(theirs),
        ours.as_secs_f64() / theirs.as_secs_f64()
    );
    match (memory[0], memory[TURNS - 1]) {
        (Some(warm), Some(end)) => println!("memory: {warm} KiB after the first turn, {end} KiB after the last"),
        _ => println!("memory: not known on this system"),
    }
}

/// Checks, encodes, sends, decodes.
async fn update(client: Client) {
    let body = UpdateUserRequestContent::new().nickname("Ann").given_name("Ann").blocked(false);
    let user = client.users().update(ID, &body).await.expect("an answer");
    assert_eq!(user.user_id.as_deref(), Some(ID));
}

/// The same request with a body that is written already, and an answer that nobody reads.
async fn update_bare(http: reqwest::Client, url: String) {
    let body = r#"{"blocked":false,"given_name":"Ann","nickname":"Ann"}"#;
    let request = http.patch(url).header("authorization", "Bearer soak").header("content-type", "application/json");
    let answer = request.body(body).send().await.and_then(reqwest::Response::error_for_status).expect("an answer");
    assert!(!answer.bytes().await.expect("a body").is_empty());
}

/// How long so many requests take, some of them at once.
async fn turn<F>(requests: usize, request: &(impl Fn() -> F + Clone + Send + 'static)) -> Duration
where
    F: Future<Output = ()> + Send + 'static,
{
    let begun = Instant::now();
    let workers: Vec<_> = (0..AT_ONCE)
        .map(|worker| {
            let request = request.clone();
            let share = requests / AT_ONCE + usize::from(worker < requests % AT_ONCE);
            tokio::spawn(async move {
                for _ in 0..share {
                    request().await;
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.expect("a worker");
    }
    begun.elapsed()
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times[times.len() / 2]
}

/// The resident memory of the process in KiB, where the system tells it.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.trim().parse().ok())
}
