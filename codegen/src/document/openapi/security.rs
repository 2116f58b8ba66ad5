//! Security (OpenAPI 3.1 §4.8.27 and §4.8.30): what operations demand, and how it is proved.

use std::collections::{BTreeMap, BTreeSet};

use super::{At, Reader};
use crate::document::{Flow, Operation, ParameterPlace, Scheme, Security};

impl<'r> Reader<'r> {
    /// What the document or an operation demands; none where it does not say.
    pub(super) fn requirements(&mut self, at: &At<'r>) -> Option<Security> {
        let requirements = at.child("security")?;
        let mut security = Security::new();
        for requirement in requirements.items() {
            let schemes = requirement.members().into_iter().map(|(name, _)| name).collect();
            // Scopes, which are for the server to check, are all that tells some of them apart.
            if !security.contains(&schemes) {
                security.push(schemes);
            }
        }
        Some(security)
    }

    /// The schemes that operations demand.
    pub(super) fn schemes(&mut self, operations: &[Operation]) -> BTreeMap<String, Scheme> {
        let demanded: BTreeSet<&String> = operations.iter().flat_map(|one| one.security.iter().flatten()).collect();
        let home = self.described_schemes();
        let mut schemes = BTreeMap::new();
        for name in demanded {
            let Some(written) = home.as_ref().and_then(|home| home.child(name)) else {
                let message =
                    format!("the security scheme `{name}` is described nowhere: it is taken for a bearer token");
                let at = self.root.child("components").unwrap_or_else(|| self.root.clone());
                self.warn("undescribed-scheme", message, &at);
                schemes.insert(name.clone(), Scheme::Bearer);
                continue;
            };
            let scheme = self.follow(written).map_or(Scheme::Bearer, |at| self.scheme(&at));
            schemes.insert(name.clone(), scheme);
        }
        schemes
    }

    /// How a program gets a token for some of these schemes.
    pub(super) fn flows(&mut self, schemes: &BTreeMap<String, Scheme>) -> BTreeMap<String, Flow> {
        let mut flows = BTreeMap::new();
        let home = self.described_schemes();
        for name in schemes.keys() {
            let Some(written) = home.as_ref().and_then(|home| home.child(name)) else { continue };
            let scheme = self.follow(written).filter(|at| at.text("type").as_deref() == Some("oauth2"));
            let flow = scheme.and_then(|at| at.child("flows")).and_then(|flows| flows.child("clientCredentials"));
            let Some(flow) = flow else { continue };
            let Some(token_url) = flow.text("tokenUrl").filter(|url| !url.is_empty()) else {
                let message = format!("the flow of `{name}` has no `tokenUrl`: no token can be fetched for it");
                self.warn("no-token-url", message, &flow);
                continue;
            };
            let scopes = flow.child("scopes").map(|scopes| scopes.members()).unwrap_or_default();
            let scopes = scopes.into_iter().map(|(scope, _)| scope).collect();
            flows.insert(name.clone(), Flow { token_url, scopes });
        }
        flows
    }

    fn described_schemes(&self) -> Option<At<'r>> {
        self.root.child("components")?.child("securitySchemes")
    }

    fn scheme(&mut self, at: &At<'r>) -> Scheme {
        let kind = at.text("type").unwrap_or_default();
        match kind.as_str() {
            "oauth2" | "openIdConnect" => Scheme::Bearer,
            "mutualTLS" => Scheme::Connection,
            "http" => {
                let scheme = at.text("scheme").unwrap_or_default();
                match scheme.to_ascii_lowercase().as_str() {
                    "bearer" => Scheme::Bearer,
                    "basic" => Scheme::Basic,
                    _ => {
                        let message = format!(
                            "what `{scheme}` proves an identity with is not known: it is sent in `Authorization` as it is given"
                        );
                        self.warn("unknown-scheme", message, at);
                        Scheme::Http(scheme)
                    }
                }
            }
            "apiKey" => {
                let place = match at.text("in").as_deref() {
                    Some("query") => ParameterPlace::Query,
                    Some("cookie") => ParameterPlace::Cookie,
                    _ => ParameterPlace::Header,
                };
                Scheme::ApiKey(place, at.text("name").unwrap_or_default())
            }
            _ => {
                let message = format!("a security scheme of the type `{kind}` is taken for a bearer token");
                self.warn("unknown-scheme", message, at);
                Scheme::Bearer
            }
        }
    }
}
