//! A hand-over as staff fill it in and as the customer confirms it.

use super::{Deserialize, EndpointView, JsonSchema, PurposeView, QrView, Serialize, TS};
use crate::account::EndpointDraft;
use crate::handover::{HandOver, HandOverDraft};

/// What is handed over. Nothing secret has a field here.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct HandOverView {
    /// The mail address.
    pub address: String,
    /// What the shop is to call it; may be empty.
    pub name: String,
    /// What it is for.
    pub purpose: PurposeView,
    /// Whether it signs in by OAuth.
    pub oauth: bool,
    /// POP3; `null` leaves it to the customer's form.
    pub pop3: Option<EndpointView>,
    /// IMAP; `null` leaves it to the customer's form.
    pub imap: Option<EndpointView>,
    /// SMTP; `null` leaves it to the customer's form.
    pub smtp: Option<EndpointView>,
    /// Whether the customer is to authorize next.
    pub authorize: bool,
}

/// A hand-over with its link.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct HandOverLink {
    /// What it holds.
    pub holds: HandOverView,
    /// The link; a file holds the same.
    pub link: String,
    /// The link as a picture; `null` where it is too long for one.
    pub qr: Option<QrView>,
}

impl From<&HandOver> for HandOverView {
    fn from(read: &HandOver) -> Self {
        let servers = read.servers();
        Self {
            address: read.address().as_str().to_owned(),
            name: read.name().to_owned(),
            purpose: read.purpose().into(),
            oauth: read.oauth(),
            pop3: servers.pop3.as_ref().map(EndpointView::from),
            imap: servers.imap.as_ref().map(EndpointView::from),
            smtp: servers.smtp.as_ref().map(EndpointView::from),
            authorize: read.authorize(),
        }
    }
}

impl From<HandOverView> for HandOverDraft {
    fn from(view: HandOverView) -> Self {
        let endpoint = |view: Option<EndpointView>| {
            view.map(|EndpointView { host, port, tls }| EndpointDraft {
                host,
                port,
                tls: tls.into(),
            })
        };
        Self {
            address: view.address,
            name: view.name,
            purpose: view.purpose.into(),
            oauth: view.oauth,
            pop3: endpoint(view.pop3),
            imap: endpoint(view.imap),
            smtp: endpoint(view.smtp),
            authorize: view.authorize,
        }
    }
}
