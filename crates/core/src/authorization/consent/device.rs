//! A code for another device (RFC 8628): asking for it, and asking again and again whether it was
//! used, as slowly as the service wants.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use url::{Host, Url};

use super::asking::Terms;
use super::{ConsentPorts, ConsentRequest};
use crate::authorization::Grant;
use crate::authorization::token::{Fault, Tokens, post_form, tokens_of};
use crate::diagnosis::Stage;
use crate::problem::{Outcome, Problem};
use crate::qr::qr;
use crate::secret::Secret;
use crate::view::ConsentEvent;

/// RFC 8628, section 3.4.
const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// The pause between two questions when the service names none (section 3.2).
const INTERVAL: u64 = 5;
/// A service cannot make us ask more often, or hardly ever.
const INTERVALS: std::ops::RangeInclusive<u64> = 1..=60;
/// By this much every `slow_down` lengthens the pause (section 3.5).
const SLOWER: Duration = Duration::from_secs(5);
/// The longest pause while the network is away.
const MAX_PAUSE: Duration = Duration::from_secs(60);
/// How long a code may be good, in seconds; Microsoft's is good for 15 minutes.
const LIVES: std::ops::RangeInclusive<u64> = 1..=3600;
/// The longest code that a person is asked to type.
const MAX_USER_CODE: usize = 40;

/// A code to be typed in somewhere else.
#[derive(Debug)]
pub(super) struct DeviceCode {
    /// Ours, which buys the tokens.
    code: Secret,
    /// The user's.
    user_code: String,
    /// Where it is typed in.
    address: Url,
    /// The same with the code in it, if the service has such.
    complete: Option<Url>,
    /// How long it is good from when it was issued.
    pub(super) life: Duration,
    until: Timestamp,
    pace: Pace,
}

#[derive(Deserialize)]
struct Issued {
    device_code: String,
    user_code: String,
    // The name of drafts, which some services kept.
    #[serde(alias = "verification_url")]
    verification_uri: String,
    verification_uri_complete: Option<String>,
    expires_in: u64,
    interval: Option<u64>,
}

impl DeviceCode {
    /// Asks for a code. Performs I/O.
    ///
    /// # Errors
    /// The service has none to give, or cannot be reached.
    pub(super) async fn ask(
        terms: &Terms,
        request: &ConsentRequest,
        ports: &ConsentPorts,
    ) -> Outcome<Self> {
        let host = terms.endpoints.host();
        let unavailable = || Problem::DeviceCodeUnavailable {
            host: host.to_owned(),
        };
        let endpoint = terms.endpoints.device.as_ref().ok_or_else(unavailable)?;
        let scope = terms.scope();
        let form = [
            ("client_id", request.client_id.trim()),
            ("scope", scope.as_str()),
        ];
        let answer = post_form(&ports.http, endpoint, &form, &[])
            .await
            .map_err(|fault| fault.into_problem(Stage::DeviceCode, host))?;
        let issued: Issued = serde_json::from_slice(&answer.body).map_err(|_| unavailable())?;
        Self::of(issued, ports.clock.now()).ok_or_else(unavailable)
    }

    /// `None` where the service sends the user to a page that is no safe one.
    fn of(issued: Issued, now: Timestamp) -> Option<Self> {
        let user_code = issued.user_code.trim().to_owned();
        let typable = |letter: char| letter.is_ascii_graphic() || letter == ' ';
        if user_code.is_empty()
            || user_code.len() > MAX_USER_CODE
            || !user_code.chars().all(typable)
            || issued.device_code.is_empty()
        {
            return None;
        }
        let life = issued.expires_in.clamp(*LIVES.start(), *LIVES.end());
        let interval = issued.interval.unwrap_or(INTERVAL);
        let interval = Duration::from_secs(interval.clamp(*INTERVALS.start(), *INTERVALS.end()));
        let complete = issued.verification_uri_complete.as_deref();
        Some(Self {
            code: Secret::new(issued.device_code),
            user_code,
            address: page(&issued.verification_uri)?,
            complete: complete.and_then(page),
            life: Duration::from_secs(life),
            until: now
                .saturating_add(SignedDuration::from_secs(i64::try_from(life).ok()?))
                .ok()?,
            pace: Pace::new(interval),
        })
    }

    /// What the user is told.
    pub(super) fn event(&self) -> ConsentEvent {
        let target = self.complete.as_ref().unwrap_or(&self.address);
        ConsentEvent::DeviceCode {
            user_code: self.user_code.clone(),
            address: self.address.to_string(),
            qr: qr(target.as_str()),
            deadline: self.until.as_second(),
        }
    }

    /// Waits until the code was used, and proves what came. Performs I/O.
    ///
    /// # Errors
    /// The code was declined or not used in time, or what came cannot be kept.
    pub(super) async fn grant(
        mut self,
        terms: &Terms,
        request: &ConsentRequest,
        ports: &ConsentPorts,
    ) -> Outcome<Grant> {
        let tokens = loop {
            tokio::time::sleep(self.pace.pause).await;
            let answer = self.poll(terms, request, ports).await;
            match self.pace.take(answer) {
                Next::Done(tokens) => break tokens,
                Next::Ended(Fault::Refused { error, .. })
                    if error == "expired_token" || self.is_over(&error, ports) =>
                {
                    return Err(Problem::DeviceCodeExpired);
                }
                Next::Ended(fault) => {
                    return Err(fault.into_problem(Stage::DeviceCode, terms.endpoints.host()));
                }
                // After a sleep the time can be over although no answer said so.
                Next::Again(fault) if ports.clock.now() >= self.until => {
                    return Err(match fault {
                        Some(fault) => fault.into_problem_of(terms.endpoints.host()),
                        None => Problem::DeviceCodeExpired,
                    });
                }
                Next::Again(_) => {}
            }
        };
        match terms.grant(*tokens, None, request, ports) {
            Err(Problem::RefreshTokenMissing) => Err(Problem::DeviceRefreshTokenMissing),
            outcome => outcome,
        }
    }

    /// Whether a refusal only means that the time is over: some services do not know a code any
    /// more that they gave.
    fn is_over(&self, error: &str, ports: &ConsentPorts) -> bool {
        error == "invalid_grant" && ports.clock.now() >= self.until
    }

    async fn poll(
        &self,
        terms: &Terms,
        request: &ConsentRequest,
        ports: &ConsentPorts,
    ) -> Result<Tokens, Fault> {
        let form = [
            ("grant_type", GRANT_TYPE),
            ("client_id", request.client_id.trim()),
            ("device_code", self.code.expose()),
        ];
        let hidden = [self.code.clone()];
        let answer = post_form(&ports.http, &terms.endpoints.token, &form, &hidden).await?;
        tokens_of(&answer)
    }
}

/// A page that a user may be sent to: over TLS, or on this computer.
fn page(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let here = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    let fits = url.scheme() == "https" || (url.scheme() == "http" && here);
    fits.then_some(url)
}

/// How often is asked.
#[derive(Debug)]
struct Pace {
    /// What the service wants.
    interval: Duration,
    /// The next pause.
    pause: Duration,
}

/// What an answer leads to.
#[derive(Debug)]
enum Next {
    /// The code was used.
    Done(Box<Tokens>),
    /// Ask again after the pause; with what the network said, if it was that.
    Again(Option<Fault>),
    /// No more use.
    Ended(Fault),
}

impl Pace {
    const fn new(interval: Duration) -> Self {
        Self {
            interval,
            pause: interval,
        }
    }

    /// Takes an answer (section 3.5).
    fn take(&mut self, answer: Result<Tokens, Fault>) -> Next {
        let fault = match answer {
            Ok(tokens) => return Next::Done(Box::new(tokens)),
            Err(fault) => fault,
        };
        let (error, passing) = match &fault {
            Fault::Unreachable(_) | Fault::Busy { .. } => ("", true),
            Fault::NotThere => ("", false),
            Fault::Refused { error, passing, .. } => (error.as_str(), *passing),
        };
        match error {
            "authorization_pending" => {}
            "slow_down" => self.interval += SLOWER,
            _ if passing => {
                self.pause = (self.pause * 2).min(MAX_PAUSE).max(self.interval);
                return Next::Again(Some(fault));
            }
            _ => return Next::Ended(fault),
        }
        self.pause = self.interval;
        Next::Again(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(error: &str, passing: bool) -> Result<Tokens, Fault> {
        Err(Fault::Refused {
            error: error.to_owned(),
            raw: String::new(),
            passing,
            retry_after: None,
        })
    }

    fn issued(address: &str, code: &str) -> Issued {
        Issued {
            device_code: "d".to_owned(),
            user_code: code.to_owned(),
            verification_uri: address.to_owned(),
            verification_uri_complete: Some(format!("{address}?user_code={code}")),
            expires_in: 900,
            interval: None,
        }
    }

    #[test]
    fn the_pace_is_the_services() {
        let seconds = Duration::from_secs;
        let mut pace = Pace::new(seconds(5));
        for (answer, pause) in [
            (refused("authorization_pending", false), 5),
            (refused("slow_down", true), 10),
            (refused("authorization_pending", false), 10),
            (refused("slow_down", true), 15),
            // The network's faults: twice as slow each time, and back as soon as it is.
            (Err(Fault::Unreachable(String::new())), 30),
            (refused("temporarily_unavailable", true), 60),
            (Err(Fault::Unreachable(String::new())), 60),
            (refused("authorization_pending", false), 15),
        ] {
            assert!(matches!(pace.take(answer), Next::Again(_)));
            assert_eq!(pace.pause, seconds(pause));
        }
        for error in [
            "expired_token",
            "access_denied",
            "bad_verification_code",
            "",
        ] {
            assert!(
                matches!(pace.take(refused(error, false)), Next::Ended(_)),
                "{error}"
            );
        }
    }

    #[test]
    fn a_code_leads_to_a_safe_page_and_can_be_typed() {
        let now = Timestamp::UNIX_EPOCH;
        let code = DeviceCode::of(issued("https://id.example/device", "BDWP-HQPK"), now).unwrap();
        assert_eq!(
            (code.until.as_second(), code.pace.pause.as_secs()),
            (900, 5)
        );
        assert!(!format!("{code:?}").contains("\"d\""));
        let ConsentEvent::DeviceCode { qr: Some(qr), .. } = code.event() else {
            panic!("no picture")
        };
        assert!(qr.size > 20 && qr.path.starts_with('M'));
        for (address, user_code) in [
            ("http://id.example/device", "BDWP"),
            ("javascript:alert(1)", "BDWP"),
            ("device", "BDWP"),
            ("https://id.example/device", ""),
            ("https://id.example/device", "a\u{202e}b"),
            ("https://id.example/device", &"x".repeat(41)),
        ] {
            assert!(
                DeviceCode::of(issued(address, user_code), now).is_none(),
                "{address} {user_code}"
            );
        }
        // Neither a flood of questions nor a code without end.
        let mut hasty = issued("http://127.0.0.1:1/device", "B");
        (hasty.interval, hasty.expires_in) = (Some(0), u64::MAX);
        let hasty = DeviceCode::of(hasty, now).unwrap();
        assert_eq!(
            (hasty.pace.pause.as_secs(), hasty.life.as_secs()),
            (1, 3600)
        );
    }
}
