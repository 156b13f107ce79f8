//! Fetches what is published for mail programs: from the domain's own web server and from
//! Mozilla's list. Only the domain is told, never the address. Pages are bounded in size and time;
//! redirects are followed a few times, and never from https to http.

use reqwest::header::LOCATION;
use url::Url;

use crate::tls::read_limited;

/// Of a page; Mozilla's largest file has about 15 kB.
const MAX_PAGE: usize = 64 * 1024;
/// Web servers of shops send from the bare domain to `www.` and to a hoster's.
const MAX_REDIRECTS: usize = 3;

/// Where to ask; `{domain}` stands for the domain. Source: Mozilla wiki,
/// "Thunderbird:Autoconfiguration", and its draft at the IETF, draft-ietf-mailmaint-autoconfig.
#[derive(Debug, Clone)]
pub struct Pages {
    /// The domain's own, in the order of their worth.
    pub(super) own: Vec<String>,
    /// The domain's own over http, which is asked where nothing else is known.
    pub(super) own_in_the_clear: Vec<String>,
    /// Mozilla's list.
    pub(super) database: Vec<String>,
    /// Whether the pages, and then the servers they name, are on this computer.
    pub(super) on_this_computer: bool,
}

impl Default for Pages {
    fn default() -> Self {
        let owned = |list: &[&str]| list.iter().map(|url| (*url).to_owned()).collect();
        Self {
            own: owned(&[
                "https://autoconfig.{domain}/.well-known/mail-v1.xml",
                "https://autoconfig.{domain}/mail/config-v1.1.xml",
                "https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml",
            ]),
            own_in_the_clear: owned(&["http://autoconfig.{domain}/mail/config-v1.1.xml"]),
            database: owned(&["https://autoconfig.thunderbird.net/v1.1/{domain}"]),
            on_this_computer: false,
        }
    }
}

impl Pages {
    /// Pages of a web server on this computer, at `base`, for tests: `/own/DOMAIN`, `/clear/DOMAIN`
    /// and `/list/DOMAIN`. The servers that they name may be on this computer as well.
    #[must_use]
    pub fn on_this_computer(base: &str) -> Self {
        Self {
            own: vec![format!("{base}/own/{{domain}}")],
            own_in_the_clear: vec![format!("{base}/clear/{{domain}}")],
            database: vec![format!("{base}/list/{{domain}}")],
            on_this_computer: true,
        }
    }
}

/// A page's text; `None` where there is none. Performs I/O.
pub(super) async fn fetch(page: &str, domain: &str, http: &reqwest::Client) -> Option<String> {
    let mut url = Url::parse(&page.replace("{domain}", domain)).ok()?;
    for _ in 0..=MAX_REDIRECTS {
        let response = http.get(url.clone()).send().await.ok()?;
        if response.status().is_redirection() {
            let next = response.headers().get(LOCATION)?.to_str().ok()?;
            let next = url.join(next).ok()?;
            let safe =
                next.scheme() == "https" || (url.scheme() == "http" && next.scheme() == "http");
            if !safe {
                return None;
            }
            url = next;
            continue;
        }
        if response.status() != reqwest::StatusCode::OK {
            return None;
        }
        let body = read_limited(response, MAX_PAGE).await.ok()?;
        return String::from_utf8(body).ok();
    }
    None
}
