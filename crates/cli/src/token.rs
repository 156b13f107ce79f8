//! `ninka token`, `ninka renew` and `ninka status`: authorizations for other programs and at a
//! glance.

use ninka_core::account::AccountId;
use ninka_core::view::{AccountRow, RenewalView, StatusView};
use ninka_core::{Ninka, Outcome};
use tokio_util::sync::CancellationToken;

use crate::account::{self, find};
use crate::arguments::{ProtocolWord, RenewArguments, TokenArguments};
use crate::output::Output;
use crate::{Ended, Verdict};

/// Prints a fresh access token and nothing else.
pub(crate) async fn token(arguments: TokenArguments, ninka: &Ninka, output: &Output) -> Ended {
    let id = ninka.account_number(&arguments.address).await?;
    let protocol = arguments.protocol.map(ProtocolWord::into);
    let shared =
        until_stopped(async |cancel| ninka.shared_token(id, protocol, cancel).await).await?;
    let secret = if arguments.sasl {
        shared.sasl()
    } else {
        shared.token().clone()
    };
    output.line(secret.expose());
    Ok(Verdict::Well)
}

/// Renews authorizations now.
pub(crate) async fn renew(arguments: RenewArguments, ninka: &Ninka, output: &Output) -> Ended {
    let ids = match &arguments.what.address {
        Some(address) => vec![AccountId(find(ninka, address).await?.row.id)],
        None => Vec::new(),
    };
    let renewed = until_stopped(async |cancel| ninka.renew_now(&ids, cancel).await).await?;
    if arguments.json {
        output.json(&renewed)?;
    } else {
        for RenewalView { row, problem } in &renewed {
            output.line(&account::line(row, output));
            if let Some(problem) = problem {
                output.problem(problem);
            }
        }
    }
    Ok(verdict(renewed.iter().all(|each| each.problem.is_none())))
}

/// Shows all accounts, and answers whether any needs somebody.
pub(crate) async fn status(json: bool, ninka: &Ninka, output: &Output) -> Ended {
    let status = ninka.status().await?;
    if json {
        output.json(&status)?;
    } else {
        for row in &status.accounts {
            output.line(&account::line(row, output));
        }
        let needing: Vec<&AccountRow> = status
            .accounts
            .iter()
            .filter(|row| StatusView::needs_somebody(row))
            .collect();
        let count = needing.len().to_string();
        let said = [("count", &*count)];
        output.progress(&output.language().text("cli-status", said));
    }
    Ok(verdict(!status.attention))
}

const fn verdict(well: bool) -> Verdict {
    if well { Verdict::Well } else { Verdict::Failed }
}

/// Cancels what waits when the user presses Ctrl-C.
async fn until_stopped<T>(wish: impl AsyncFnOnce(&CancellationToken) -> Outcome<T>) -> Outcome<T> {
    let cancel = CancellationToken::new();
    let wish = wish(&cancel);
    tokio::pin!(wish);
    tokio::select! {
        done = &mut wish => done,
        _ = tokio::signal::ctrl_c() => {
            cancel.cancel();
            wish.await
        }
    }
}
