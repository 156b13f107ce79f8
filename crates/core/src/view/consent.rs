//! An authorization as shown, and what happens while consent is being asked for.

use super::{Deserialize, JsonSchema, ProblemView, Serialize, TS};
use crate::browsers::Browser;

/// The state of an account's authorization.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(
    tag = "state",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum AuthorizationState {
    /// Never authorized, or signs in by password.
    None,
    /// Authorized.
    Authorized {
        /// OAuth認可更新日時, Unix seconds.
        #[ts(type = "number")]
        renewed_at: i64,
        /// 90 days later, Unix seconds.
        #[ts(type = "number")]
        valid_until: i64,
        /// Days left, to the nearest; 0 in the last half day.
        #[ts(type = "number")]
        days_left: i64,
        /// When it is renewed by itself, if the program runs; Unix seconds.
        #[ts(type = "number")]
        next_renewal: i64,
    },
    /// Authorized, but renewing it fails for now.
    Failing {
        /// OAuth認可更新日時, Unix seconds.
        #[ts(type = "number")]
        renewed_at: i64,
        /// 90 days later, Unix seconds.
        #[ts(type = "number")]
        valid_until: i64,
        /// Days left, to the nearest; 0 in the last half day.
        #[ts(type = "number")]
        days_left: i64,
        /// The first failure, Unix seconds.
        #[ts(type = "number")]
        since: i64,
        /// How often it has failed.
        attempts: u32,
        /// The next try, Unix seconds.
        #[ts(type = "number")]
        next_try: i64,
        /// Why.
        problem: Box<ProblemView>,
    },
    /// The 90 days are over by the calendar; Microsoft has not confirmed it yet.
    Lapsed {
        /// The end, Unix seconds.
        #[ts(type = "number")]
        since: i64,
    },
    /// Microsoft refused the refresh token.
    Refused {
        /// When, Unix seconds.
        #[ts(type = "number")]
        since: i64,
        /// Why.
        problem: Box<ProblemView>,
    },
    /// Consent is being asked for just now; until it is given, everything is as it was.
    BeingAuthorized {
        /// How it stands meanwhile.
        before: Box<Self>,
    },
}

impl AuthorizationState {
    /// How it stands, whether or not consent is being asked for just now.
    #[must_use]
    pub const fn settled(&self) -> &Self {
        match self {
            Self::BeingAuthorized { before } => before.settled(),
            Self::None
            | Self::Authorized { .. }
            | Self::Failing { .. }
            | Self::Lapsed { .. }
            | Self::Refused { .. } => self,
        }
    }
}

/// What its user has to be warned of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum WarningView {
    /// The authorization ends within 30 days, and renewing it fails.
    EndsSoon,
    /// It has lapsed, and could not be renewed.
    Lapsed,
    /// Microsoft refused it.
    Refused,
}

/// Progress of asking for consent, in order.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(
    tag = "event",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum ConsentEvent {
    /// Whatever goes to the listener comes back; the browser is being opened on `url`.
    Opening {
        /// For copying: carries no secret, only what the browser's address bar shows.
        url: String,
        /// The end of the wait, Unix seconds.
        #[ts(type = "number")]
        deadline: i64,
        /// When help unfolds by itself, Unix seconds.
        #[ts(type = "number")]
        help_at: i64,
    },
    /// Nothing comes back from a browser by itself on this computer, so none was opened. The other
    /// ways are there, and so is the link.
    LoopbackFailed {
        /// As of `Opening`.
        url: String,
        /// As of `Opening`.
        #[ts(type = "number")]
        deadline: i64,
        /// Who swallows it.
        problem: Box<ProblemView>,
    },
    /// The browser could not be started; the link has to be copied.
    BrowserNotOpened,
    /// The wait ends at another time than was said: the computer slept, or its clock was set.
    Deadline {
        /// The end of the wait, Unix seconds.
        #[ts(type = "number")]
        deadline: i64,
    },
    /// A code to be used on another device.
    DeviceCode {
        /// What is typed in there.
        user_code: String,
        /// Where.
        address: String,
        /// The address as a picture, with the code in it where the service has such.
        qr: Option<QrView>,
        /// How long the code is good, Unix seconds.
        #[ts(type = "number")]
        deadline: i64,
    },
    /// The code leads nowhere any more; the browser is waited for as before.
    DeviceEnded {
        /// Why.
        problem: Box<ProblemView>,
    },
    /// The browser came back; the code is being redeemed.
    Returned,
    /// The new authorization is tried out on the mail servers, before it takes the old one's place.
    Checking,
}

/// A QR code.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, TS)]
#[ts(export)]
pub struct QrView {
    /// Fields on a side, with the empty frame.
    pub size: u32,
    /// The dark fields, as the `d` of an SVG path.
    pub path: String,
}

/// A browser that the page can be opened in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct BrowserView {
    /// What it is called here.
    pub id: String,
    /// What its maker calls it.
    pub name: String,
    /// Whether a private window can be asked for.
    pub private: bool,
}

impl From<Browser> for BrowserView {
    fn from(browser: Browser) -> Self {
        Self {
            id: browser.code().to_owned(),
            name: browser.name().to_owned(),
            private: browser.private_flag().is_some(),
        }
    }
}

/// What an administrator needs to approve the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ApprovalView {
    /// Where the app is approved for the whole organization.
    pub link: String,
    /// The message in Japanese.
    pub ja: String,
    /// The message in English.
    pub en: String,
}
