//! The ways back: opening the browser, and waiting for the answer.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::asking::Asked;
use super::{ConsentPorts, ConsentRequest};
use crate::authorization::answer::Answer;
use crate::authorization::loopback::Serving;
use crate::problem::{Outcome, Problem};
use crate::view::ConsentEvent;

/// Opens the browser and waits until it comes back.
pub(super) async fn come_back(
    request: &ConsentRequest,
    ports: &ConsentPorts,
    progress: &(dyn Fn(ConsentEvent) + Send + Sync),
    asked: &Asked,
    serving: &mut Serving,
    cancel: &CancellationToken,
) -> Outcome<Answer> {
    let late = tokio::time::sleep(request.patience);
    let seconds = i64::try_from(request.patience.as_secs()).unwrap_or(i64::MAX);
    progress(ConsentEvent::Opening {
        url: asked.url.to_string(),
        deadline: ports.clock.now().as_second().saturating_add(seconds),
    });
    let (browser, url) = (Arc::clone(&ports.browser), asked.url.to_string());
    // Starting a program can take seconds, and on some systems waits for the program to end.
    let mut opening = tokio::task::spawn_blocking(move || browser.open(&url));
    let mut opened = false;
    tokio::pin!(late);
    loop {
        tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(Problem::Cancelled),
            answer = serving.answer() => return answer,
            () = &mut late => {
                return Err(Problem::ConsentTimedOut { minutes: seconds / 60 });
            }
            result = &mut opening, if !opened => {
                opened = true;
                if let Err(fault) = result.map_err(anyhow::Error::from).flatten() {
                    // The system's words can quote the command; the link is nobody else's.
                    let words = format!("{fault:#}").replace(asked.url.as_str(), "[link]");
                    tracing::warn!("the browser could not be opened: {words}");
                    progress(ConsentEvent::BrowserNotOpened);
                }
            }
        }
    }
}
