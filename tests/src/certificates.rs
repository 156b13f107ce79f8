//! Authorities and certificates for the servers: one that is right, and each way of being wrong.
//! Written as PEM files, which servers read and `SSL_CERT_FILE` can name.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};

/// What a server shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A certificate that is right, of the authority in [`Certificates::authority`].
    Good,
    /// Of that authority, for that host, over since 2024.
    Expired,
    /// Of that authority, for another host.
    OtherHost,
    /// Right but for the authority, which nobody knows.
    UnknownAuthority,
}

impl Shown {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Good,
        Self::Expired,
        Self::OtherHost,
        Self::UnknownAuthority,
    ];

    /// The loopback address whose servers show it. `localhost` is the first.
    #[must_use]
    pub const fn host(self) -> &'static str {
        match self {
            Self::Good => "127.0.0.1",
            Self::Expired => "127.0.0.2",
            Self::OtherHost => "127.0.0.3",
            Self::UnknownAuthority => "127.0.0.4",
        }
    }

    const fn file(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Expired => "expired",
            Self::OtherHost => "other-host",
            Self::UnknownAuthority => "unknown-authority",
        }
    }
}

/// The files.
#[derive(Debug, Clone)]
pub struct Certificates {
    folder: PathBuf,
    authority_der: Vec<u8>,
}

impl Certificates {
    /// Makes all of them in a folder.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let (authority, pem, authority_der) = make_authority("Ninka bench authority")?;
        fs::write(folder.join("authority.pem"), pem)?;
        let (unknown, _, _) = make_authority("An authority nobody knows")?;
        for shown in Shown::ALL {
            let names: &[&str] = match shown {
                Shown::Good => &["localhost", "127.0.0.1", "::1"],
                Shown::OtherHost => &["mail.elsewhere.example"],
                Shown::Expired | Shown::UnknownAuthority => &["localhost", shown.host()],
            };
            let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
            let mut params = CertificateParams::new(names)?;
            params
                .distinguished_name
                .push(DnType::CommonName, shown.file());
            params.not_before = date_time_ymd(2023, 1, 1);
            params.not_after = match shown {
                Shown::Expired => date_time_ymd(2024, 1, 1),
                Shown::Good | Shown::OtherHost | Shown::UnknownAuthority => {
                    date_time_ymd(2100, 1, 1)
                }
            };
            let key = KeyPair::generate()?;
            let issuer = match shown {
                Shown::UnknownAuthority => &unknown,
                Shown::Good | Shown::Expired | Shown::OtherHost => &authority,
            };
            let certificate = params.signed_by(&key, issuer)?;
            let base = folder.join(shown.file());
            fs::write(base.with_extension("pem"), certificate.pem())?;
            fs::write(base.with_extension("key"), key.serialize_pem())?;
        }
        let mut params = CertificateParams::new(["localhost".to_owned()])?;
        params
            .distinguished_name
            .push(DnType::CommonName, "localhost");
        params.not_before = date_time_ymd(2023, 1, 1);
        params.not_after = date_time_ymd(2100, 1, 1);
        let key = KeyPair::generate()?;
        let alone = folder.join("self-signed");
        fs::write(alone.with_extension("pem"), params.self_signed(&key)?.pem())?;
        fs::write(alone.with_extension("key"), key.serialize_pem())?;
        Ok(Self {
            folder: folder.to_owned(),
            authority_der,
        })
    }

    /// The authority's certificate, for `SSL_CERT_FILE`.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.folder.join("authority.pem")
    }

    /// The authority's certificate.
    #[must_use]
    pub fn authority_der(&self) -> &[u8] {
        &self.authority_der
    }

    /// A certificate that vouches for itself, and the key to it.
    #[must_use]
    pub fn self_signed(&self) -> (PathBuf, PathBuf) {
        let file = self.folder.join("self-signed");
        (file.with_extension("pem"), file.with_extension("key"))
    }

    /// A server's certificate.
    #[must_use]
    pub fn certificate(&self, shown: Shown) -> PathBuf {
        self.folder.join(shown.file()).with_extension("pem")
    }

    /// The key to it.
    #[must_use]
    pub fn key(&self, shown: Shown) -> PathBuf {
        self.folder.join(shown.file()).with_extension("key")
    }
}

type Authority = (Issuer<'static, KeyPair>, String, Vec<u8>);

fn make_authority(name: &str) -> Result<Authority> {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, name);
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?;
    let (pem, der) = (certificate.pem(), certificate.der().to_vec());
    Ok((Issuer::new(params, key), pem, der))
}
