//! The identity provider: npm's oidc-provider as `bench/idp/server.mjs` dresses it, started here,
//! and its switches. What it decides about codes, tokens and redirects is its own.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use ninka_core::tls::{self, Trust};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::guard::Guard;

/// The public client that is registered with the provider.
pub const CLIENT_ID: &str = "ninka-bench";

/// The name of its process.
pub const NAME: &str = "idp";

/// A running provider.
#[derive(Debug)]
pub struct Idp {
    told: Told,
}

/// The first line it prints.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    port: u16,
    admin_port: u16,
    introspection_secret: String,
}

impl Idp {
    /// Starts it on free ports.
    ///
    /// # Errors
    /// When Node.js or its packages are missing.
    pub fn start(guard: &mut Guard) -> Result<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("bench");
        install(&folder)?;
        let mut command = Command::new("node");
        command.arg(folder.join("idp/server.mjs"));
        guard.spawn(NAME, command)?;
        let log = guard.log(NAME);
        let told = guard.await_ready(NAME, || {
            let text = fs::read_to_string(&log)?;
            let line = text
                .split_inclusive('\n')
                .find(|line| line.starts_with('{') && line.ends_with('\n'));
            Ok(line.map(serde_json::from_str).transpose()?)
        })?;
        Ok(Self { told })
    }

    /// Its address, without a path.
    #[must_use]
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.told.port)
    }

    /// What the setting `authority` names.
    #[must_use]
    pub fn authority(&self) -> String {
        format!("{}/common", self.base())
    }

    /// Where a mail server asks whether a token is good.
    #[must_use]
    pub fn introspection(&self) -> String {
        let (port, secret) = (self.told.port, &self.told.introspection_secret);
        format!("http://dovecot:{secret}@127.0.0.1:{port}/common/oauth2/v2.0/introspect")
    }

    /// Turns switches; they are listed in `bench/idp/admin.mjs`.
    ///
    /// # Errors
    /// When there is no such switch.
    pub async fn set(&self, knobs: Value) -> Result<()> {
        self.admin("knobs", knobs).await.map(|_| ())
    }

    /// Turns every switch back and forgets what was asked.
    ///
    /// # Errors
    /// When the provider is gone.
    pub async fn reset(&self) -> Result<()> {
        self.admin("reset", json!({})).await.map(|_| ())
    }

    /// Lets an administrator's or the clock's work happen: what of these kinds (`AccessToken`,
    /// `RefreshToken`, `Grant`) belongs to the user is no longer good. Tells how many there were.
    ///
    /// # Errors
    /// When the provider is gone.
    pub async fn forget(&self, kinds: &[&str], user: &str) -> Result<u64> {
        let answer = self
            .admin("forget", json!({ "kinds": kinds, "user": user }))
            .await?;
        let forgotten = answer.get("forgotten").and_then(Value::as_u64);
        forgotten.context("not a number")
    }

    /// What was asked at an endpoint (`authorize`, `token`) since the last reset, in order.
    ///
    /// # Errors
    /// When the provider is gone.
    pub async fn seen(&self, endpoint: &str) -> Result<Vec<Value>> {
        let url = format!("http://127.0.0.1:{}/seen", self.told.admin_port);
        let answer = self.http()?.get(url).send().await?;
        let all: Vec<Value> = serde_json::from_str(&answer.text().await?)?;
        Ok(all
            .into_iter()
            .filter(|entry| entry["endpoint"] == endpoint)
            .collect())
    }

    /// A client for requests of the tests' own. A new one each time: its connections belong to the
    /// runtime that made them, and every test has a runtime of its own.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn http(&self) -> Result<reqwest::Client> {
        tls::loopback_http_client(&Trust::platform())
            .map_err(|problem| anyhow::anyhow!("{problem:?}"))
    }

    async fn admin(&self, switch: &str, body: Value) -> Result<Value> {
        let url = format!("http://127.0.0.1:{}/{switch}", self.told.admin_port);
        let answer = self.http()?.post(url).json(&body).send().await?;
        let good = answer.status().is_success();
        let value: Value = serde_json::from_str(&answer.text().await?)?;
        if !good {
            bail!("{switch}: {value}");
        }
        Ok(value)
    }
}

/// Installs the provider's packages as its lockfile says, once; two test programs may begin at the
/// same time.
fn install(folder: &Path) -> Result<()> {
    let lock = File::create(folder.join(".install.lock"))?;
    lock.lock()?;
    let wanted = fs::read(folder.join("package-lock.json"))?;
    let stamp: PathBuf = folder.join("node_modules/.ninka-installed");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let output = Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(folder)
        .output()
        .context("npm cannot be started: Node.js 20 or newer is needed")?;
    if !output.status.success() {
        bail!("npm ci: {}", String::from_utf8_lossy(&output.stderr));
    }
    fs::write(stamp, wanted)?;
    Ok(())
}
