//! How long the sign-in service asks to be left alone: `Retry-After` as seconds or as an HTTP date
//! (RFC 9110, section 10.2.3). Whoever waits decides how much of it is believed.

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// When the service may be asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    /// After a while.
    In(SignedDuration),
    /// At a moment of the service's clock, which did not tell its own time.
    At(Timestamp),
}

impl RetryAfter {
    /// Reads an answer's headers; what cannot be read is as if it were not there. A date counts
    /// from the answer's own `Date`, so that a wrong clock here does no harm.
    #[must_use]
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            // More digits than a number holds mean "very long".
            let seconds = text.parse().unwrap_or(i64::MAX);
            return Some(Self::In(SignedDuration::from_secs(seconds)));
        }
        let at = date(text)?;
        let sent = headers.get(DATE).and_then(|sent| sent.to_str().ok());
        Some(match sent.and_then(date) {
            Some(sent) => Self::In(at.duration_since(sent).max(SignedDuration::ZERO)),
            None => Self::At(at),
        })
    }

    /// How long that is, seen from `now`; zero when it is over.
    #[must_use]
    pub fn wait(self, now: Timestamp) -> SignedDuration {
        match self {
            Self::In(wait) => wait,
            Self::At(at) => at.duration_since(now).max(SignedDuration::ZERO),
        }
    }
}

/// An HTTP date in any of its three forms (RFC 9110, section 5.6.7).
fn date(text: &str) -> Option<Timestamp> {
    Timestamp::try_from(httpdate::parse_http_date(text).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[(&'static str, &str)]) -> Option<RetryAfter> {
        let mut headers = HeaderMap::new();
        for (name, value) in values {
            headers.insert(*name, value.parse().unwrap());
        }
        RetryAfter::of(&headers)
    }

    #[test]
    fn seconds_and_dates_are_understood() {
        let wait = |seconds| Some(RetryAfter::In(SignedDuration::from_secs(seconds)));
        assert_eq!(of(&[("retry-after", "120")]), wait(120));
        assert_eq!(of(&[("retry-after", " 0 ")]), wait(0));
        assert_eq!(
            of(&[("retry-after", "99999999999999999999999")]),
            wait(i64::MAX)
        );
        let later = "Fri, 31 Dec 1999 23:59:59 GMT";
        let sent = ("date", "Fri, 31 Dec 1999 23:57:59 GMT");
        assert_eq!(of(&[("retry-after", later), sent]), wait(120));
        let rfc850 = "Friday, 31-Dec-99 23:59:59 GMT";
        assert_eq!(of(&[("retry-after", rfc850), sent]), wait(120));
        let past = "Fri, 31 Dec 1999 23:00:00 GMT";
        assert_eq!(of(&[("retry-after", past), sent]), wait(0));
        let at: Timestamp = "1999-12-31T23:59:59Z".parse().unwrap();
        let alone = of(&[("retry-after", later)]).unwrap();
        assert_eq!(alone, RetryAfter::At(at));
        let minute = SignedDuration::from_mins(1);
        assert_eq!(alone.wait(at - minute), minute);
        assert_eq!(alone.wait(at + minute), SignedDuration::ZERO);
    }

    #[test]
    fn what_is_not_understood_is_not_there() {
        for text in [
            "",
            "soon",
            "-1",
            "1.5",
            "1e3",
            "\u{ff11}",
            "Fri, 99 Dec 1999",
        ] {
            assert_eq!(of(&[("retry-after", text)]), None, "{text}");
        }
        assert_eq!(of(&[]), None);
    }
}
