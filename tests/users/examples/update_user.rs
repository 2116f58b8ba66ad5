//! Updates a user, and prints the result or everything that is wrong.
//!
//! ```console
//! $ AUTH0_DOMAIN=tenant.example.auth0.com AUTH0_TOKEN=… AUTH0_USER_ID='auth0|…' \
//!     cargo run -p users-tests --example update_user
//! ```
//!
//! `AUTH0_BASE_URL` takes the place of `AUTH0_DOMAIN` where the API is somewhere else, such as a server for tests.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::env;
use std::process::ExitCode;

use auth0_users::types::UpdateUserRequestContent;
use auth0_users::{Client, Error, Maybe, Merge};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), String> {
    let builder = Client::builder().token(variable("AUTH0_TOKEN")?);
    let builder = match env::var("AUTH0_BASE_URL") {
        Ok(url) => builder.base_url(url),
        Err(_) => builder.domain(variable("AUTH0_DOMAIN")?),
    };
    let client = builder.build().map_err(|error| error.to_string())?;

    let body = UpdateUserRequestContent::new()
        .phone_number("+15559876543")
        .nickname(Maybe::Null) // clears it; a field that is not mentioned stays as it is
        .user_metadata(Merge::new().set("plan", "gold").delete("trial"));

    match client.users().update(variable("AUTH0_USER_ID")?, &body).await {
        Ok(user) => {
            println!("{:#?}", *user);
            println!("{:?}", user.rate_limit());
            Ok(())
        }
        Err(Error::Invalid(violations)) => Err(format!("nothing was sent:\n{violations}")),
        Err(error) => {
            let message = error.failure().and_then(|failure| failure.error()).map(|body| body.message.clone());
            Err(format!("{error}\n{}", message.unwrap_or_default()))
        }
    }
}

fn variable(name: &str) -> Result<String, String> {
    env::var(name).map_err(|_| format!("the variable {name} is not set"))
}
