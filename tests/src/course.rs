//! The same errand by two programs over a long way: a check of one protocol by Ninka and by curl,
//! signing in by password or by XOAUTH2. Round trips are counted on the way; times are taken here.

use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use ninka_core::account::AccountId;
use ninka_core::view::{EndpointView, Protocol, TlsView};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio_util::sync::CancellationToken;

use crate::bench::{Bench, ORDER};
use crate::browser::Browser;
use crate::delay::LongWay;
use crate::shop::{Servers, Shop, at, good, part};

/// One way: a twentieth of a second there and back, as from Japan to a server of the region.
pub const EACH_WAY: Duration = Duration::from_millis(25);

/// How an errand signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignIn {
    /// By password, with PLAIN.
    Password,
    /// By a token as long as Microsoft's, with XOAUTH2.
    Token,
}

/// One protocol's errand.
#[derive(Debug)]
pub struct Course {
    protocol: Protocol,
    way: LongWay,
    shop: Shop,
    id: AccountId,
    token: Option<String>,
}

/// An account that has one server only.
#[must_use]
pub fn only(protocol: Protocol, endpoint: Option<EndpointView>) -> Servers {
    let mut servers = Servers::default();
    match protocol {
        Protocol::Pop3 => servers.pop3 = endpoint,
        Protocol::Imap => servers.imap = endpoint,
        Protocol::Smtp => servers.smtp = endpoint,
    }
    servers
}

impl Course {
    /// Prepares an account at the end of a long way. For a token somebody consents in a browser.
    ///
    /// # Errors
    /// When the account cannot be made or authorized.
    pub async fn prepare(bench: &Bench, protocol: Protocol, sign_in: SignIn) -> Result<Self> {
        let (port, tls) = match protocol {
            Protocol::Pop3 => (bench.ports.pop3s, TlsView::Implicit),
            Protocol::Imap => (bench.ports.imaps, TlsView::Implicit),
            Protocol::Smtp => (bench.ports.smtp, TlsView::Starttls),
        };
        let way = LongWay::to(port, EACH_WAY).await?;
        let mut shop = Shop::open(bench).await?;
        let servers = only(protocol, at(way.port(), tls));
        let (id, token) = match sign_in {
            SignIn::Password => (shop.password_account(ORDER, servers).await?, None),
            SignIn::Token => {
                let id = shop.oauth_account(ORDER, servers).await?;
                let browser = Browser::headless().await?;
                shop.authorize_as(id, &browser, ORDER).await?;
                browser.close().await?;
                good(shop.ninka.set_setting("share-tokens", "on").await)?;
                let cancel = CancellationToken::new();
                let shared = good(shop.ninka.shared_token(id, None, &cancel).await)?;
                (id, Some(shared.token().expose().to_owned()))
            }
        };
        // The trial after authorizing went this way too.
        way.turns().await?;
        Ok(Self {
            protocol,
            way,
            shop,
            id,
            token,
        })
    }

    /// How long the token is; 0 without one.
    #[must_use]
    pub fn token_length(&self) -> usize {
        self.token.as_ref().map_or(0, String::len)
    }

    /// By Ninka: how long the check took, and its round trips. A renewal of the token before it
    /// does not count, since curl is given one.
    ///
    /// # Errors
    /// When the check was not green.
    pub async fn by_ninka(&self) -> Result<(Duration, usize)> {
        let report = self.shop.check(self.id).await?;
        let ended = part(&report, self.protocol)?;
        ensure!(ended.problem.is_none(), "{report:#?}");
        Ok((Duration::from_millis(report.ms), self.way.turns().await?))
    }

    /// By curl: how long the program ran, and its round trips.
    ///
    /// # Errors
    /// When curl failed.
    pub async fn by_curl(&self, bench: &Bench) -> Result<(Duration, usize)> {
        let (scheme, arguments): (_, &[&str]) = match self.protocol {
            Protocol::Pop3 => ("pop3s", &["-X", "STAT", "--head"]),
            Protocol::Imap => ("imaps", &["-X", "STATUS INBOX (MESSAGES)"]),
            Protocol::Smtp => ("smtp", &["--ssl-reqd", "-X", "NOOP"]),
        };
        let (mechanism, secret) = match &self.token {
            None => (
                "PLAIN",
                format!("user = \"{}:{}\"\n", ORDER.address, ORDER.password),
            ),
            Some(token) => (
                "XOAUTH2",
                format!(
                    "user = \"{}:\"\noauth2-bearer = \"{token}\"\n",
                    ORDER.address
                ),
            ),
        };
        let begun = Instant::now();
        let mut curl = Command::new("curl")
            .args(["-s", "-S", "-4", "-o", "/dev/null", "--max-time", "30"])
            .arg("--cacert")
            .arg(bench.certificates.authority())
            .args(["--login-options", &format!("AUTH={mechanism}")])
            .args(arguments)
            .args(["--config", "-"])
            .arg(format!("{scheme}://localhost:{}/", self.way.port()))
            .stdin(Stdio::piped())
            .spawn()?;
        let mut stdin = curl.stdin.take().context("curl has no input")?;
        stdin.write_all(secret.as_bytes()).await?;
        drop(stdin);
        let status = curl.wait().await?;
        ensure!(status.success(), "{:?}: {status}", self.protocol);
        Ok((begun.elapsed(), self.way.turns().await?))
    }
}
