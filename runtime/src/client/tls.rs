//! TLS: rustls with ring, as a configuration of one client; nothing is installed for the process.

use std::sync::Arc;

use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;

/// Trusts what the operating system trusts; where it has no certificates at all (a bare container), Mozilla's roots.
///
/// # Errors
/// What rustls reports.
pub(super) fn config() -> Result<ClientConfig, rustls::Error> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?;
    let verified =
        builder.clone().with_platform_verifier().unwrap_or_else(|_| builder.with_root_certificates(mozilla_roots()));
    Ok(verified.with_no_client_auth())
}

fn mozilla_roots() -> RootCertStore {
    webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect()
}
