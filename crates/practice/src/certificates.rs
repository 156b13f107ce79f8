//! A throw-away certificate authority, new at each start, and the two certificates of the mail
//! servers: a good one and one that has expired. Validity follows the computer's clock, because the
//! client's TLS does.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::crypto::ring::default_provider;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::clock::computer_now;
use crate::fault::Fault;
use crate::tenant::Tenant;

const DAY: u64 = 86_400;
/// Some clients refuse server certificates of more than 825 days.
const LEAF_DAYS: u64 = 800;

/// The authority's certificate and the servers' two.
#[derive(Debug)]
pub(crate) struct Certificates {
    pub(crate) ca: CertificateDer<'static>,
    good: Arc<CertifiedKey>,
    expired: Arc<CertifiedKey>,
}

impl Certificates {
    /// Makes keys and certificates.
    pub(crate) fn make() -> anyhow::Result<Self> {
        let today = u64::try_from(computer_now().as_second()).unwrap_or_default();
        let ca_key = KeyPair::generate()?;
        let mut ca = CertificateParams::default();
        ca.distinguished_name
            .push(DnType::CommonName, "Ninka practice authority");
        ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        ca.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        valid(&mut ca, today - 60 * DAY, today + 3650 * DAY);
        let ca_der = ca.self_signed(&ca_key)?.der().clone();
        let issuer = Issuer::new(ca, ca_key);
        let leaf = |from: u64, until: u64| -> anyhow::Result<Arc<CertifiedKey>> {
            let key = KeyPair::generate()?;
            let names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
            let mut leaf = CertificateParams::new(names)?;
            leaf.distinguished_name
                .push(DnType::CommonName, "localhost");
            leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
            leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
            leaf.use_authority_key_identifier_extension = true;
            valid(&mut leaf, from, until);
            let chain = vec![leaf.signed_by(&key, &issuer)?.der().clone()];
            let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
            let certified = CertifiedKey::from_der(chain, private, &default_provider());
            Ok(Arc::new(certified.context("a key of our own was refused")?))
        };
        Ok(Self {
            ca: ca_der,
            good: leaf(today - 10 * DAY, today + (LEAF_DAYS - 10) * DAY)?,
            expired: leaf(today - 40 * DAY, today - 10 * DAY)?,
        })
    }
}

fn valid(certificate: &mut CertificateParams, from: u64, until: u64) {
    let epoch = rcgen::date_time_ymd(1970, 1, 1);
    certificate.not_before = epoch + Duration::from_secs(from);
    certificate.not_after = epoch + Duration::from_secs(until);
}

/// Presents the good certificate, or the expired one while that fault is on.
#[derive(Debug)]
pub(crate) struct Presented(pub(crate) Arc<Tenant>);

impl ResolvesServerCert for Presented {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let certificates = &self.0.certificates;
        let expired = self.0.faults.is(Fault::ExpiredCertificate);
        Some(Arc::clone(if expired {
            &certificates.expired
        } else {
            &certificates.good
        }))
    }
}
