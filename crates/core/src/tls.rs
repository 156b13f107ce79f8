//! TLS for everything the product connects to: whom it trusts (the platform, and for practice one
//! more authority for named hosts only), and what arrived, kept as evidence whatever the verdict.
//! The HTTP client of the sign-in service is made here too, so that it trusts the same.
//! Nothing here ever goes on after a bad certificate.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use sha2::{Digest, Sha256};
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::account::Host;
use crate::diagnosis::{CertificateFacts, CertificateFault};
use crate::problem::Outcome;

/// A sign-in service answers within seconds; its slowest page (a throttled token endpoint) within
/// a quarter of a minute.
const HTTP_TOTAL: Duration = Duration::from_secs(30);
/// As for the mail servers.
const HTTP_CONNECT: Duration = Duration::from_secs(10);
/// A server's chain has three or four certificates; ten is more than any honest one.
const MAX_CERTIFICATES: usize = 10;
/// Names kept of one certificate; a shared host's can have hundreds.
const MAX_NAMES: usize = 50;

/// Whose certificates are accepted. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Trust {
    roots: Roots,
    practice: Option<PracticeAuthority>,
    provider: Arc<CryptoProvider>,
}

#[derive(Clone, Debug)]
enum Roots {
    /// The operating system's; read when first needed, as that takes time and can fail.
    Platform(Arc<OnceLock<PlatformVerifier>>),
    /// These and no others.
    Only(Arc<dyn ServerCertVerifier>),
}

type PlatformVerifier = Result<Arc<dyn ServerCertVerifier>, rustls::Error>;

#[derive(Clone, Debug)]
struct PracticeAuthority {
    hosts: BTreeSet<String>,
    verifier: Arc<dyn ServerCertVerifier>,
}

impl Trust {
    /// Trusts what the operating system trusts (on Linux `SSL_CERT_FILE` is honoured).
    #[must_use]
    pub fn platform() -> Self {
        Self {
            roots: Roots::Platform(Arc::default()),
            practice: None,
            provider: Arc::new(rustls::crypto::ring::default_provider()),
        }
    }

    /// Trusts these authorities and no others: for tests, also where the platform has no verifier.
    ///
    /// # Errors
    /// `Problem::Internal` when one is not a certificate.
    pub fn only(roots: impl IntoIterator<Item = CertificateDer<'static>>) -> Outcome<Self> {
        let platform = Self::platform();
        let verifier = webpki(roots, &platform.provider)?;
        Ok(Self {
            roots: Roots::Only(verifier),
            ..platform
        })
    }

    /// For the hosts named, trusts this authority and nothing else; for all others nothing changes.
    ///
    /// # Errors
    /// `Problem::Internal` when it is not a certificate.
    pub fn with_authority_for(
        self,
        authority: CertificateDer<'static>,
        hosts: impl IntoIterator<Item = Host>,
    ) -> Outcome<Self> {
        let verifier = webpki([authority], &self.provider)?;
        let hosts = hosts.into_iter().map(|h| h.as_str().to_owned()).collect();
        Ok(Self {
            practice: Some(PracticeAuthority { hosts, verifier }),
            ..self
        })
    }

    /// A configuration for one connection, and where its certificates will be found.
    /// It is new each time: a resumed session would show no certificates.
    #[must_use]
    pub fn recording_config(&self) -> (Arc<ClientConfig>, Recording) {
        let recording = Recording::default();
        (Arc::new(self.config(&recording)), recording)
    }

    /// A configuration for connections whose certificates nobody asks for.
    #[must_use]
    pub fn client_config(&self) -> Arc<ClientConfig> {
        Arc::new(self.config(&Recording::default()))
    }

    fn config(&self, recording: &Recording) -> ClientConfig {
        let verifier = Arc::new(RecordingVerifier {
            trust: self.clone(),
            recording: recording.clone(),
        });
        let versions = [&rustls::version::TLS13, &rustls::version::TLS12];
        #[expect(
            clippy::expect_used,
            reason = "fails only for a provider without these versions"
        )]
        ClientConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_protocol_versions(&versions)
            .expect("ring has suites for TLS 1.2 and 1.3")
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_no_client_auth()
    }

    fn verifier_for(&self, name: &ServerName<'_>) -> PlatformVerifier {
        let host = name.to_str().to_ascii_lowercase();
        if let Some(practice) = &self.practice
            && practice.hosts.contains(&host)
        {
            return Ok(Arc::clone(&practice.verifier));
        }
        match &self.roots {
            Roots::Only(verifier) => Ok(Arc::clone(verifier)),
            Roots::Platform(cell) => cell
                .get_or_init(|| {
                    let provider = Arc::clone(&self.provider);
                    rustls_platform_verifier::Verifier::new(provider)
                        .map(|verifier| Arc::new(verifier) as Arc<dyn ServerCertVerifier>)
                })
                .clone(),
        }
    }
}

fn webpki(
    roots: impl IntoIterator<Item = CertificateDer<'static>>,
    provider: &Arc<CryptoProvider>,
) -> Outcome<Arc<dyn ServerCertVerifier>> {
    let mut store = RootCertStore::empty();
    for root in roots {
        store.add(root).map_err(anyhow::Error::from)?;
    }
    let verifier =
        WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(provider))
            .build()
            .map_err(anyhow::Error::from)?;
    Ok(verifier)
}

/// What arrived in one connection's handshake.
#[derive(Debug, Clone, Default)]
pub struct Recording(Arc<Mutex<Arrived>>);

/// The certificates of a handshake and the verdict on them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrived {
    /// The chain as the server sent it, its own certificate first.
    pub certificates: Vec<CertificateFacts>,
    /// What is wrong with it.
    pub fault: Option<CertificateFault>,
}

impl Recording {
    /// What arrived so far; empty before the server's certificates came.
    #[must_use]
    pub fn arrived(&self) -> Arrived {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn keep(&self, arrived: Arrived) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = arrived;
    }
}

/// Asks the right verifier and writes down what it was shown.
#[derive(Debug)]
struct RecordingVerifier {
    trust: Trust,
    recording: Recording,
}

impl ServerCertVerifier for RecordingVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let verdict = self.trust.verifier_for(server_name).and_then(|verifier| {
            verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
        });
        let chain = std::iter::once(end_entity).chain(intermediates);
        self.recording.keep(Arrived {
            certificates: chain
                .take(MAX_CERTIFICATES)
                .map(|der| certificate_facts(der))
                .collect(),
            fault: verdict.as_ref().err().map(certificate_fault),
        });
        verdict
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.trust.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, cert, dss, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.trust.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, cert, dss, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        self.trust
            .provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

/// Reads what a certificate says of itself, trusting none of it.
#[must_use]
pub fn certificate_facts(der: &[u8]) -> CertificateFacts {
    let sha256 = Sha256::digest(der)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let Ok((_, certificate)) = X509Certificate::from_der(der) else {
        return CertificateFacts {
            subject: String::new(),
            issuer: String::new(),
            names: Vec::new(),
            not_before: None,
            not_after: None,
            sha256,
            self_issued: false,
        };
    };
    let names = certificate
        .subject_alternative_name()
        .ok()
        .flatten()
        .map(|extension| {
            let names = extension.value.general_names.iter();
            names.filter_map(general_name).take(MAX_NAMES).collect()
        })
        .unwrap_or_default();
    let moment = |seconds: i64| jiff::Timestamp::from_second(seconds).ok();
    CertificateFacts {
        subject: printable(&certificate.subject().to_string()),
        issuer: printable(&certificate.issuer().to_string()),
        names,
        not_before: moment(certificate.validity().not_before.timestamp()),
        not_after: moment(certificate.validity().not_after.timestamp()),
        sha256,
        self_issued: certificate.subject() == certificate.issuer(),
    }
}

fn general_name(name: &GeneralName<'_>) -> Option<String> {
    if let GeneralName::DNSName(name) = name {
        return Some(printable(name));
    }
    let GeneralName::IPAddress(octets) = name else {
        return None;
    };
    if let Ok(octets) = <[u8; 4]>::try_from(*octets) {
        return Some(std::net::IpAddr::from(octets).to_string());
    }
    let octets = <[u8; 16]>::try_from(*octets).ok()?;
    Some(std::net::IpAddr::from(octets).to_string())
}

/// A certificate's texts are the other side's: no control characters, no novels.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(256).collect()
}

/// Which of the faults a verifier's error is.
#[must_use]
pub fn certificate_fault(error: &rustls::Error) -> CertificateFault {
    let rustls::Error::InvalidCertificate(error) = error else {
        return CertificateFault::Other;
    };
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "not our enum, and open to growth"
    )]
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            CertificateFault::Expired
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            CertificateFault::NotYetValid
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            CertificateFault::WrongName
        }
        // A bad signature is an issuer of the right name with the wrong key.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            CertificateFault::UnknownIssuer
        }
        CertificateError::Revoked => CertificateFault::Revoked,
        _ => CertificateFault::Other,
    }
}

/// The HTTP client for the sign-in service: this trust, no redirects, no cookies, deadlines.
/// The system's proxy is used.
///
/// # Errors
/// `Problem::Internal` when the client cannot be built.
pub fn http_client(trust: &Trust) -> Outcome<reqwest::Client> {
    build(http_builder(trust))
}

/// As [`http_client`], past any proxy: for a service on this computer, which a proxy cannot reach.
///
/// # Errors
/// `Problem::Internal` when the client cannot be built.
pub fn loopback_http_client(trust: &Trust) -> Outcome<reqwest::Client> {
    build(http_builder(trust).no_proxy())
}

fn build(builder: reqwest::ClientBuilder) -> Outcome<reqwest::Client> {
    Ok(builder.build().map_err(anyhow::Error::from)?)
}

fn http_builder(trust: &Trust) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .tls_backend_preconfigured(trust.config(&Recording::default()))
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(HTTP_CONNECT)
        .timeout(HTTP_TOTAL)
        .user_agent(concat!("Ninka/", env!("CARGO_PKG_VERSION")))
}

/// Why a response's body could not be read.
#[derive(Debug, thiserror::Error)]
pub enum BodyFault {
    /// The body is longer than anything expected here.
    #[error("the answer is longer than {0} bytes")]
    TooLong(usize),
    /// The network failed in the middle.
    #[error(transparent)]
    Network(#[from] reqwest::Error),
}

/// Reads a response's body, at most `max` bytes. Performs I/O.
///
/// # Errors
/// [`BodyFault::TooLong`] as soon as more than `max` bytes came or were announced.
pub async fn read_limited(
    mut response: reqwest::Response,
    max: usize,
) -> Result<Vec<u8>, BodyFault> {
    let announced = response.content_length().unwrap_or_default();
    if usize::try_from(announced).map_or(true, |announced| announced > max) {
        return Err(BodyFault::TooLong(max));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > max {
            return Err(BodyFault::TooLong(max));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

#[cfg(test)]
mod tests;
