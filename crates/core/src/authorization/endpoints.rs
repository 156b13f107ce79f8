//! Where a cloud's consent is asked for and tokens are bought, and which issuer its id_tokens may
//! name. Microsoft's clouds are known and cost no request; a custom authority is asked for its
//! discovery document, and taken to be laid out like Microsoft's when it has none.

use serde::Deserialize;
use url::Url;

use super::token::{Fault, fetch_json};
use crate::cloud::Authority;
use crate::kind::PERSONAL_TENANT as CONSUMERS;
use crate::problem::{Outcome, Problem};

/// Microsoft's sign-in services, which are laid out alike. Source: Microsoft identity platform,
/// "National clouds".
const ENTRA: [&str; 3] = [
    "login.microsoftonline.com",
    "login.microsoftonline.us",
    "login.partner.microsoftonline.cn",
];
/// What stands for the tenant in the issuer of a document for any tenant.
const TENANT_MARK: &str = "{tenantid}";

/// The sign-in service's addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Endpoints {
    /// Where the browser goes.
    pub(super) authorize: Url,
    /// Where codes and refresh tokens are redeemed.
    pub(super) token: Url,
    /// Where a code for another device is asked for, if the service has such (RFC 8628).
    pub(super) device: Option<Url>,
    /// Who may have issued an answer.
    pub(super) issuer: Issuer,
    /// Whether answers must name their issuer (RFC 9207, section 3).
    pub(super) names_issuer: bool,
    /// Whether it is Microsoft's own service.
    pub(super) entra: bool,
}

/// Which issuers are accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Issuer {
    /// A text in which `{tenantid}`, if it occurs, stands for the tenant; and the tenant, when the
    /// authority names one.
    Template {
        /// The issuer.
        text: String,
        /// `common`, `organizations`, `consumers`, an id or a domain; empty if not Microsoft's.
        tenant: String,
    },
    /// Not announced: anything of the authority's own origin.
    Origin(String),
}

impl Endpoints {
    /// Finds the endpoints of an authority. Performs I/O for custom authorities only.
    pub(super) async fn find(authority: &str, http: &reqwest::Client) -> Outcome<Self> {
        let base = Url::parse(authority).map_err(anyhow::Error::from)?;
        let host = base.host_str().unwrap_or_default().to_owned();
        if base.scheme() == "https" && ENTRA.contains(&host.as_str()) {
            let tenant = base.path().trim_matches('/').to_owned();
            let text = format!("https://{host}/{TENANT_MARK}/v2.0");
            return Self::laid_out(authority, Issuer::Template { text, tenant }, true);
        }
        // Microsoft's place for the document first, then that of OpenID Connect Discovery.
        for middle in ["/v2.0", ""] {
            let document = format!("{authority}{middle}/.well-known/openid-configuration");
            let document = Url::parse(&document).map_err(anyhow::Error::from)?;
            match fetch_json(http, document).await {
                Ok(value) => {
                    let Ok(found) = serde_json::from_value::<Discovery>(value) else {
                        continue;
                    };
                    return found.into_endpoints(&host);
                }
                Err(Fault::NotThere) => {}
                Err(fault) => return Err(fault.into_problem_of(&host)),
            }
        }
        let origin = base.origin().ascii_serialization();
        Self::laid_out(authority, Issuer::Origin(origin), false)
    }

    fn laid_out(authority: &str, issuer: Issuer, entra: bool) -> Outcome<Self> {
        let at = |path| Url::parse(&format!("{authority}{path}")).map_err(anyhow::Error::from);
        Ok(Self {
            authorize: at("/oauth2/v2.0/authorize")?,
            token: at("/oauth2/v2.0/token")?,
            device: Some(at("/oauth2/v2.0/devicecode")?),
            issuer,
            names_issuer: false,
            entra,
        })
    }

    /// The host that tokens come from, for messages.
    pub(super) fn host(&self) -> &str {
        self.token.host_str().unwrap_or_default()
    }
}

impl Issuer {
    /// Whether `issuer` may have issued an answer; `tenant` is the id_token's `tid`, or `None`
    /// for the answer in the browser, which does not tell it apart.
    pub(super) fn admits(&self, issuer: &str, tid: Option<&str>) -> bool {
        match self {
            Self::Origin(origin) => issuer
                .strip_prefix(origin.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
            Self::Template { text, tenant } => {
                let Some((before, after)) = text.split_once(TENANT_MARK) else {
                    return issuer == text;
                };
                let Some(named) = issuer
                    .strip_prefix(before)
                    .and_then(|rest| rest.strip_suffix(after))
                else {
                    return false;
                };
                match tid {
                    None => !named.is_empty() && !named.contains('/'),
                    Some(tid) => named.eq_ignore_ascii_case(tid) && tenant_admits(tenant, tid),
                }
            }
        }
    }
}

/// Whether an authority of `tenant` gives tokens of the tenant `tid`.
fn tenant_admits(tenant: &str, tid: &str) -> bool {
    match tenant {
        "consumers" => tid.eq_ignore_ascii_case(CONSUMERS),
        "organizations" => !tid.eq_ignore_ascii_case(CONSUMERS),
        // 8-4-4-4-12: a tenant's id. `common` is any tenant, and a domain does not tell its id.
        id if id.len() == CONSUMERS.len() && !id.contains('.') => id.eq_ignore_ascii_case(tid),
        _ => !tid.is_empty(),
    }
}

/// What is needed of a discovery document (OpenID Connect Discovery 1.0, section 3).
#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    /// RFC 8628, section 4.
    device_authorization_endpoint: Option<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl Discovery {
    fn into_endpoints(self, host: &str) -> Outcome<Endpoints> {
        // As strict as with an authority that is typed in: no token over a bare network.
        let (Some(_), Some(_)) = (
            Authority::new(&self.authorization_endpoint),
            Authority::new(&self.token_endpoint),
        ) else {
            return Err(Problem::SignInUnreachable {
                host: host.to_owned(),
                detail: "the discovery document names an endpoint without TLS".to_owned(),
            });
        };
        // Without TLS it is as good as not there: the other ways do without it.
        let device = self.device_authorization_endpoint.as_deref();
        let device = device.filter(|text| Authority::new(text).is_some());
        Ok(Endpoints {
            device: device.and_then(|text| Url::parse(text).ok()),
            authorize: Url::parse(&self.authorization_endpoint).map_err(anyhow::Error::from)?,
            token: Url::parse(&self.token_endpoint).map_err(anyhow::Error::from)?,
            issuer: Issuer::Template {
                text: self.issuer,
                tenant: String::new(),
            },
            names_issuer: self.authorization_response_iss_parameter_supported,
            entra: false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TENANT: &str = "6b5f0a4e-2f1b-4a68-9b0e-0c9a5d1f7e21";

    async fn known(authority: &str) -> Endpoints {
        let http = crate::authorization::tests::http();
        Endpoints::find(authority, &http).await.unwrap()
    }

    #[tokio::test]
    async fn microsofts_clouds_are_known_without_a_request() {
        let common = known("https://login.microsoftonline.us/common").await;
        assert_eq!(
            common.token.as_str(),
            "https://login.microsoftonline.us/common/oauth2/v2.0/token"
        );
        let issuer = |tid: &str| format!("https://login.microsoftonline.us/{tid}/v2.0");
        assert!(common.issuer.admits(&issuer(TENANT), Some(TENANT)));
        assert!(common.issuer.admits(&issuer(CONSUMERS), Some(CONSUMERS)));
        assert!(common.issuer.admits(&issuer(TENANT), None));
        assert!(!common.issuer.admits(&issuer(TENANT), Some(CONSUMERS)));
        assert!(!common.issuer.admits(&issuer("a/b"), None));
        for foreign in [
            "https://login.microsoftonline.com/x/v2.0",
            "https://login.microsoftonline.us.evil.example/x/v2.0",
            "",
        ] {
            assert!(!common.issuer.admits(foreign, None), "{foreign}");
        }
    }

    #[tokio::test]
    async fn an_authority_of_one_tenant_takes_that_tenant_only() {
        let issuer = |tid: &str| format!("https://login.microsoftonline.com/{tid}/v2.0");
        let admits = async |tenant: &str, tid: &str| {
            let found = known(&format!("https://login.microsoftonline.com/{tenant}")).await;
            found.issuer.admits(&issuer(tid), Some(tid))
        };
        assert!(admits(TENANT, TENANT).await);
        assert!(!admits(TENANT, CONSUMERS).await);
        assert!(admits("hana.example", TENANT).await);
        assert!(admits("consumers", CONSUMERS).await && !admits("consumers", TENANT).await);
        assert!(admits("organizations", TENANT).await && !admits("organizations", CONSUMERS).await);
    }

    #[test]
    fn endpoints_without_tls_are_refused() {
        let discovery = |token: &str| Discovery {
            issuer: "https://id.example".to_owned(),
            authorization_endpoint: "https://id.example/authorize".to_owned(),
            token_endpoint: token.to_owned(),
            device_authorization_endpoint: Some(token.to_owned()),
            authorization_response_iss_parameter_supported: false,
        };
        assert!(
            discovery("https://id.example/token")
                .into_endpoints("id.example")
                .is_ok()
        );
        assert!(
            discovery("http://127.0.0.1:1/token")
                .into_endpoints("id.example")
                .is_ok()
        );
        assert!(
            discovery("http://id.example/token")
                .into_endpoints("id.example")
                .is_err()
        );
    }
}
