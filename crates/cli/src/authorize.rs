//! `ninka authorize`: prints the link, waits for the browser to come back.

use ninka_core::Ninka;
use ninka_core::account::AccountId;
use ninka_core::authorization::BrowserPort;
use ninka_core::view::ConsentEvent;

use crate::output::Output;
use crate::{Ended, Verdict, account};

/// The system browser, or none.
#[derive(Debug)]
pub(crate) struct Browser {
    /// Whether it may be started.
    pub(crate) open: bool,
}

impl BrowserPort for Browser {
    fn open(&self, url: &str) -> anyhow::Result<()> {
        // With --no-browser the link is printed, and that is all that was asked for.
        if !self.open {
            return Ok(());
        }
        Ok(open::that_detached(url)?)
    }
}

pub(crate) async fn run(address: &str, ninka: &Ninka, output: &Output) -> Ended {
    let account = account::find(ninka, address).await?;
    let id = AccountId(account.row.id);
    let language = output.language();
    let say = |event| match event {
        ConsentEvent::Opening { url, .. } => {
            output.line(&format!("open: {url}"));
            output.progress(&language.text("cli-sign-in-as", [("address", address)]));
        }
        ConsentEvent::BrowserNotOpened => {
            output.progress(&language.plain("problem-browser-not-opened.fix"));
        }
        ConsentEvent::Returned => output.progress(&language.plain("cli-returned")),
    };
    let wish = ninka.authorize(id, &say);
    tokio::pin!(wish);
    let ended = tokio::select! {
        ended = &mut wish => ended,
        _ = tokio::signal::ctrl_c() => {
            ninka.cancel_authorize(id);
            wish.await
        }
    };
    ended?;
    output.line(&language.plain("cli-authorized"));
    Ok(Verdict::Well)
}
