//! Refusals in the form that Entra gives them: `error`, a description that begins with `AADSTS` and
//! ends with trace id, correlation id and timestamp, and the number apart. The sentences are those
//! that users report where a report exists, else our own.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::clock::spaced;
use crate::random;
use crate::tenant::Tenant;

/// A refusal of the authorize or the token endpoint.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) error: &'static str,
    pub(crate) number: u32,
    pub(crate) sentence: String,
    pub(crate) suberror: Option<&'static str>,
}

impl Refusal {
    pub(crate) fn new(error: &'static str, number: u32, sentence: impl Into<String>) -> Self {
        Self {
            error,
            number,
            sentence: sentence.into(),
            suberror: None,
        }
    }

    pub(crate) fn suberror(mut self, suberror: &'static str) -> Self {
        self.suberror = Some(suberror);
        self
    }

    /// Nobody has registered this application.
    pub(crate) fn unknown_client(client_id: &str) -> Self {
        let sentence = format!(
            "Application with identifier '{client_id}' was not found in the directory 'practice'. \
             This can happen if the application has not been installed by the administrator of the \
             tenant or consented to by any user in the tenant. You may have sent your \
             authentication request to the wrong tenant."
        );
        Self::new("unauthorized_client", 700_016, sentence)
    }

    /// The path names a tenant that does not exist.
    pub(crate) fn unknown_tenant(name: &str) -> Self {
        let sentence = format!(
            "Tenant '{name}' not found. Check to make sure you have the correct tenant ID and are \
             signing into the correct cloud."
        );
        Self::new("invalid_request", 90_002, sentence)
    }

    /// A parameter that has to be there is not.
    pub(crate) fn missing(field: &str) -> Self {
        let sentence = format!("The request body must contain the following parameter: '{field}'.");
        Self::new("invalid_request", 900_144, sentence)
    }

    /// A scope that the practice tenant has not got.
    pub(crate) fn scope(scope: &str) -> Self {
        let sentence = format!(
            "The provided request must include a 'scope' input parameter. The provided value for \
             the input parameter 'scope' is not valid. The scope {scope} is not valid."
        );
        Self::new("invalid_scope", 70_011, sentence)
    }

    /// The description with its tail.
    pub(crate) fn description(&self, tenant: &Tenant) -> anyhow::Result<String> {
        self.tailed(tenant, &random::guid()?, &random::guid()?)
    }

    fn tailed(&self, tenant: &Tenant, trace: &str, correlation: &str) -> anyhow::Result<String> {
        let (number, sentence) = (self.number, &self.sentence);
        let at = spaced(tenant.clock.now());
        Ok(format!(
            "AADSTS{number}: {sentence} Trace ID: {trace} Correlation ID: {correlation} \
             Timestamp: {at}"
        ))
    }

    /// The answer of the token endpoint.
    pub(crate) fn json(&self, tenant: &Tenant) -> anyhow::Result<Response> {
        let (trace, correlation) = (random::guid()?, random::guid()?);
        let mut body = json!({
            "error": self.error,
            "error_description": self.tailed(tenant, &trace, &correlation)?,
            "error_codes": [self.number],
            "timestamp": spaced(tenant.clock.now()),
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": format!("{}/error?code={}", tenant.base(), self.number),
        });
        if let (Some(suberror), Some(body)) = (self.suberror, body.as_object_mut()) {
            body.insert("suberror".to_owned(), suberror.into());
        }
        let unauthorized = self.error == "invalid_client";
        let status = if unauthorized {
            StatusCode::UNAUTHORIZED
        } else {
            StatusCode::BAD_REQUEST
        };
        Ok((status, Json(body)).into_response())
    }
}
