//! The key that signs id tokens and access tokens: RSA, because Entra's is, made once for each
//! process. (ring signs with RSA keys but does not make them.)

use std::sync::LazyLock;

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::pkcs1v15::SigningKey;
use rsa::rand_core::OsRng;
use rsa::sha2::Sha256;
use rsa::signature::{SignatureEncoding as _, Signer as _};
use rsa::traits::PublicKeyParts as _;
use rsa::{RsaPrivateKey, RsaPublicKey};
use serde_json::{Value, json};

use crate::random;

const BITS: usize = 2048;

struct Key {
    private: SigningKey<Sha256>,
    public: RsaPublicKey,
    id: String,
}

static KEY: LazyLock<Result<Key, rsa::Error>> = LazyLock::new(|| {
    let private = RsaPrivateKey::new(&mut OsRng, BITS)?;
    let public = private.to_public_key();
    let id = random::challenge(&format!("{:x}", public.n()));
    Ok(Key {
        private: SigningKey::new(private),
        public,
        id,
    })
});

fn key() -> anyhow::Result<&'static Key> {
    KEY.as_ref()
        .map_err(|fault| anyhow::anyhow!("no key for signing tokens: {fault}"))
}

/// Makes the key now, in about a second, so that the first sign-in need not wait.
pub(crate) fn prepare() {
    LazyLock::force(&KEY);
}

/// Signs the claims: a JWT by RS256.
pub(crate) fn sign(claims: &Value) -> anyhow::Result<String> {
    let key = key()?;
    let header = json!({ "typ": "JWT", "alg": "RS256", "kid": key.id });
    let part = |value: &Value| serde_json::to_vec(value).map(|text| URL_SAFE_NO_PAD.encode(text));
    let signed = format!("{}.{}", part(&header)?, part(claims)?);
    let signature = key
        .private
        .try_sign(signed.as_bytes())
        .context("signing a token")?;
    Ok(format!(
        "{signed}.{}",
        URL_SAFE_NO_PAD.encode(signature.to_bytes())
    ))
}

/// The public key as a JSON web key set.
pub(crate) fn set(issuer: &str) -> anyhow::Result<Value> {
    let key = key()?;
    let number = |number: &rsa::BigUint| URL_SAFE_NO_PAD.encode(number.to_bytes_be());
    Ok(json!({ "keys": [{
        "kty": "RSA", "use": "sig", "alg": "RS256", "kid": key.id, "issuer": issuer,
        "n": number(key.public.n()), "e": number(key.public.e()),
    }] }))
}
