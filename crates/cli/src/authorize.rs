//! `ninka authorize`: prints the link and waits for the browser to come back, or takes one of the
//! other ways: a code for another device, the final address from the standard input.

use std::sync::Mutex;

use ninka_core::Ninka;
use ninka_core::account::AccountId;
use ninka_core::authorization::BrowserPort;
use ninka_core::secret::Secret;
use ninka_core::view::{ConsentEvent, ProblemView};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};
use tokio::sync::mpsc;

use crate::output::Output;
use crate::{Ended, Verdict, account};

/// The longest line that is read; a longer one is no address.
const MAX_LINE: u64 = 64 * 1024;

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

/// The way that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// The browser comes back by itself.
    Browser,
    /// A code is used on another device.
    DeviceCode,
    /// The final address is read from the standard input.
    Paste,
}

pub(crate) async fn run(address: &str, way: Way, ninka: &Ninka, output: &Output) -> Ended {
    let account = account::find(ninka, address).await?;
    let talk = Talk {
        id: AccountId(account.row.id),
        address,
        way,
        ninka,
        output,
    };
    let (sender, told) = mpsc::unbounded_channel();
    let sender = Mutex::new(sender);
    let tell = move |event| {
        if let Ok(sender) = sender.lock() {
            // Nobody listens any more once the end is known.
            sender.send(event).ok();
        }
    };
    let wish = ninka.authorize(talk.id, &tell);
    tokio::pin!(wish);
    let ended = tokio::select! {
        ended = &mut wish => ended,
        problem = talk.follow(told) => {
            ninka.cancel_authorize(talk.id);
            // The problem that is told is the one that came before.
            wish.await.ok();
            output.problem(&problem);
            return Ok(Verdict::Failed);
        }
        _ = tokio::signal::ctrl_c() => {
            ninka.cancel_authorize(talk.id);
            wish.await
        }
    };
    ended?;
    output.line(&output.language().plain("cli-authorized"));
    Ok(Verdict::Well)
}

/// What is said while the consent is waited for.
struct Talk<'a> {
    id: AccountId,
    address: &'a str,
    way: Way,
    ninka: &'a Ninka,
    output: &'a Output,
}

impl Talk<'_> {
    /// Says what happens and does what is asked; ends only with what ends the way that was chosen.
    async fn follow(&self, mut told: mpsc::UnboundedReceiver<ConsentEvent>) -> ProblemView {
        while let Some(event) = told.recv().await {
            if let Some(problem) = self.hear(event).await {
                return problem;
            }
        }
        std::future::pending().await
    }

    async fn hear(&self, event: ConsentEvent) -> Option<ProblemView> {
        let language = self.output.language();
        match event {
            ConsentEvent::Opening { url, .. } => match self.way {
                Way::Browser => self.link(&url),
                Way::DeviceCode => return self.code().await,
                Way::Paste => return self.paste(&url).await,
            },
            // The browser could not come back: what remains is tried instead.
            ConsentEvent::LoopbackFailed { url, problem, .. } => match self.way {
                Way::Browser | Way::DeviceCode => {
                    self.output.problem(&problem);
                    return self.code().await;
                }
                Way::Paste => return self.paste(&url).await,
            },
            ConsentEvent::BrowserNotOpened => self
                .output
                .progress(&language.plain("problem-browser-not-opened.fix")),
            ConsentEvent::DeviceCode {
                user_code, address, ..
            } => {
                self.output.line(&format!("open: {address}"));
                self.output.line(&format!("code: {user_code}"));
                let said = language.text("cli-enter-code", [("address", self.address)]);
                self.output.progress(&said);
            }
            ConsentEvent::DeviceEnded { problem } => return Some(*problem),
            ConsentEvent::Deadline { .. } => {}
            ConsentEvent::Returned => self.output.progress(&language.plain("cli-returned")),
            ConsentEvent::Checking => self.output.progress(&language.plain("consent-checking")),
        }
        None
    }

    fn link(&self, url: &str) {
        self.output.line(&format!("open: {url}"));
        let said = [("address", self.address)];
        let language = self.output.language();
        self.output.progress(&language.text("cli-sign-in-as", said));
    }

    /// Asks for a code, which comes as an event.
    async fn code(&self) -> Option<ProblemView> {
        let asked = self.ninka.device_consent(self.id).await;
        asked.err().map(ProblemView::from)
    }

    /// Reads addresses until one is the answer.
    async fn paste(&self, url: &str) -> Option<ProblemView> {
        self.link(url);
        let said = self.output.language().plain("cli-paste");
        self.output.progress(&said);
        let mut input = BufReader::new(tokio::io::stdin());
        while let Some(line) = next_line(&mut input).await {
            match self.ninka.paste_consent(self.id, line).await {
                Ok(()) => break,
                Err(problem) => self.output.problem(&ProblemView::from(problem)),
            }
        }
        None
    }
}

/// A line; `None` at the end.
async fn next_line(input: &mut BufReader<impl AsyncRead + Unpin>) -> Option<Secret> {
    use tokio::io::AsyncReadExt as _;
    let mut line = Vec::new();
    let mut limited = input.take(MAX_LINE);
    match limited.read_until(b'\n', &mut line).await {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(Secret::new(String::from_utf8_lossy(&line).into_owned())),
    }
}
