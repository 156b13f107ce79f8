//! A sign-in service that keeps the books: which token it issued in exchange for which, and which
//! ones it has seen since. As at Microsoft a used refresh token stays good. Beside it a mailbox by
//! POP3, so that a live check passes: who signs in there has sealed what came with the token.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rcgen::{CertificateParams, Issuer, KeyPair};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::clock::{Clock as _, ShiftedClock};

type Fields = BTreeMap<String, String>;

pub(super) const CLIENT: &str = "7d0c5d9e-8f0a-4f0c-9d37-0a2b6c1e4f55";
const TENANT: &str = "1c9b7a52-3c61-4a0f-8b43-f64a0d2c9e10";

/// How the mailbox answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Mood {
    /// As it should.
    #[default]
    Good,
    /// Tokens that come of a consent from now on are refused.
    RefusesConsents,
    /// It has no time.
    Busy,
    /// It says nothing any more once somebody has come.
    Silent,
}

/// The service and what it knows.
#[derive(Debug)]
pub(super) struct Ledger {
    pub(super) base: String,
    pub(super) pop3: u16,
    pub(super) certificate: CertificateDer<'static>,
    pub(super) clock: Arc<ShiftedClock>,
    books: Mutex<Books>,
}

#[derive(Debug, Default)]
struct Books {
    codes: BTreeMap<String, Fields>,
    /// Refresh tokens by their number.
    issued: Vec<Issued>,
    /// The refresh token that came with an access token.
    access: BTreeMap<String, usize>,
    mood: Mood,
    /// Somebody waits for an answer of the silent mailbox.
    silent: bool,
    /// The consents from this one on are refused.
    refused_from: Option<usize>,
    /// How often each refresh token was presented.
    presented: BTreeMap<usize, usize>,
    /// Tokens grow by so much with each one: then they find no room where the last one was.
    growth: usize,
    /// By account, the newest token that must be on the disk.
    durable: BTreeMap<String, usize>,
    /// By account, the newest token that was used to try a consent out: sealed beside the old one.
    tried: BTreeMap<String, usize>,
    /// The consents that were seen to have taken the old one's place.
    adopted: BTreeSet<usize>,
}

#[derive(Debug)]
struct Issued {
    user: String,
    token: String,
    /// The token it was issued for; `None` for a consent's.
    from: Option<usize>,
    /// How many there were of all when it was shown to be on the disk.
    shown: Option<usize>,
}

impl Ledger {
    pub(super) async fn start() -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (acceptor, certificate) = acceptor();
        let mail = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let ledger = Arc::new(Self {
            base: format!("http://{}", listener.local_addr().unwrap()),
            pop3: mail.local_addr().unwrap().port(),
            certificate,
            clock: Arc::default(),
            books: Mutex::default(),
        });
        let router = Router::new()
            .route(
                "/common/v2.0/.well-known/openid-configuration",
                get(discovery),
            )
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .route("/kept", post(kept))
            .with_state(Arc::clone(&ledger));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let books = Arc::clone(&ledger);
        tokio::spawn(async move {
            while let Ok((stream, _)) = mail.accept().await {
                let (acceptor, books) = (acceptor.clone(), Arc::clone(&books));
                tokio::spawn(async move {
                    stream.set_nodelay(true)?;
                    let stream = acceptor.accept(stream).await?;
                    mailbox(stream, &books).await
                });
            }
        });
        ledger
    }

    pub(super) fn authority(&self) -> String {
        format!("{}/common", self.base)
    }

    /// Lets the mailbox answer so.
    pub(super) fn mail_is(&self, mood: Mood) {
        let mut books = self.books();
        books.mood = mood;
        books.silent = false;
        books.refused_from = (mood == Mood::RefusesConsents).then_some(books.issued.len());
    }

    /// From which consent on they are refused.
    pub(super) fn refused_from(&self) -> Option<usize> {
        self.books().refused_from
    }

    /// Refuses consents from that one on.
    pub(super) fn refuse_from(&self, first: Option<usize>) {
        self.books().refused_from = first;
    }

    /// Whether somebody waits for an answer of the silent mailbox.
    pub(super) fn is_silent(&self) -> bool {
        self.books().silent
    }

    /// Lets every token be longer than the last.
    pub(super) fn grow(&self) {
        self.books().growth = 8 * 1024;
    }

    /// Whether a refresh token was used more than once: with a strict service that costs it.
    pub(super) fn used_twice(&self) -> bool {
        self.books().presented.values().any(|times| *times > 1)
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap()
    }

    /// Why a token must not be what is stored for an account, if so.
    pub(super) fn objection(&self, user: &str, stored: &str) -> Option<String> {
        let mut books = self.books();
        let Some(number) = books.issued.iter().position(|it| it.token == stored) else {
            return Some("this token was never issued".to_owned());
        };
        let found = &books.issued[number];
        if found.user != user {
            return Some(format!("this token is {}'s", found.user));
        }
        let durable = books.durable.get(user).copied();
        let fits = match durable {
            None => !books.is_adopted(number),
            Some(durable) => {
                let since = books.issued[durable].shown;
                number == durable
                    || found.from == Some(durable)
                    || (!books.is_adopted(number) && since.is_some_and(|since| number >= since))
            }
        };
        if !fits {
            return Some(format!(
                "token {number} of {:?} is stored, but {durable:?} was",
                found.from
            ));
        }
        books.adopt(number);
        books.show(number);
        None
    }

    /// Why what is stored beside an account's authorization must not be that, if so.
    pub(super) fn candidate_objection(
        &self,
        user: &str,
        (stored, adopted): (Option<&str>, Option<&str>),
    ) -> Option<String> {
        let books = self.books();
        let number = |token: &str| books.issued.iter().position(|it| it.token == token);
        let candidate = stored.map(number);
        if candidate == Some(None) {
            return Some("this candidate was never issued".to_owned());
        }
        let candidate = candidate.flatten();
        if candidate.is_some_and(|number| books.issued[number].user != user) {
            return Some("this candidate is another's".to_owned());
        }
        let tried = books.tried.get(user).copied()?;
        let is_there = candidate.is_some_and(|number| books.root(number) >= books.root(tried));
        let adopted = adopted.and_then(number).map(|number| books.root(number));
        let in_place = adopted.is_some_and(|root| root >= books.root(tried));
        (!is_there && !in_place)
            .then(|| format!("token {tried} was used, but is nowhere: {candidate:?}, {adopted:?}"))
    }

    /// An account was removed, with all that was tried out for it.
    pub(super) fn forget_tried(&self, user: &str) {
        self.books().tried.remove(user);
    }
}

impl Books {
    fn issue(&mut self, user: &str, from: Option<usize>) -> (String, String) {
        let number = self.issued.len();
        let length = 1500 + number * self.growth;
        let token = format!("refresh-{number}-{}", "r".repeat(length));
        self.issued.push(Issued {
            user: user.to_owned(),
            token: token.clone(),
            from,
            shown: None,
        });
        let access = format!("access-{number}-{}", "a".repeat(1500));
        self.access.insert(access.clone(), number);
        (token, access)
    }

    /// The consent that a token comes of.
    fn root(&self, mut number: usize) -> usize {
        while let Some(before) = self.issued[number].from {
            number = before;
        }
        number
    }

    /// Whether a token comes of a consent that the mailbox refuses.
    fn is_refused(&self, number: usize) -> bool {
        let root = self.root(number);
        self.refused_from.is_some_and(|first| root >= first)
    }

    /// Whether a token comes of a consent that is known to have taken the old one's place.
    fn is_adopted(&self, number: usize) -> bool {
        self.adopted.contains(&self.root(number))
    }

    fn adopt(&mut self, number: usize) {
        let root = self.root(number);
        self.adopted.insert(root);
    }

    /// Notes that a token was used at the mailbox: what came with it is on the disk.
    fn used(&mut self, number: usize) {
        if self.is_adopted(number) {
            self.show(number);
        } else {
            let user = self.issued[number].user.clone();
            let tried = self.tried.entry(user).or_insert(number);
            *tried = number.max(*tried);
        }
    }

    /// Notes that a token was seen, and so must be on the disk.
    fn show(&mut self, number: usize) {
        let all = self.issued.len();
        let user = self.issued[number].user.clone();
        self.issued[number].shown.get_or_insert(all);
        let durable = self.durable.entry(user).or_insert(number);
        // What a killed process sent can arrive late.
        *durable = number.max(*durable);
    }
}

async fn discovery(State(ledger): State<Arc<Ledger>>) -> Response {
    let base = &ledger.base;
    axum::Json(json!({
        "issuer": format!("{base}/{TENANT}/v2.0"),
        "authorization_endpoint": format!("{base}/authorize"),
        "token_endpoint": format!("{base}/token"),
    }))
    .into_response()
}

async fn authorize(State(ledger): State<Arc<Ledger>>, Query(fields): Query<Fields>) -> Response {
    let mut books = ledger.books();
    let code = format!("code-{}", books.codes.len());
    let (back, state) = (fields["redirect_uri"].clone(), fields["state"].clone());
    books.codes.insert(code.clone(), fields);
    let location = format!("{back}/?code={code}&state={state}");
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}

async fn token(State(ledger): State<Arc<Ledger>>, Form(fields): Form<Fields>) -> Response {
    let mut books = ledger.books();
    if fields["grant_type"] == "refresh_token" {
        let presented = &fields["refresh_token"];
        let number = books.issued.iter().position(|it| it.token == *presented);
        let Some(number) = number else {
            let body = json!({ "error": "invalid_grant", "error_description": "unknown" });
            return (StatusCode::BAD_REQUEST, axum::Json(body)).into_response();
        };
        // One of a consent that is tried out is beside the one that is kept.
        if books.is_adopted(number) {
            books.show(number);
        }
        *books.presented.entry(number).or_default() += 1;
        let user = books.issued[number].user.clone();
        let (refresh, access) = books.issue(&user, Some(number));
        return axum::Json(json!({
            "token_type": "Bearer", "expires_in": 3600,
            "access_token": access, "refresh_token": refresh,
        }))
        .into_response();
    }
    let asked = books.codes[&fields["code"]].clone();
    let user = asked["login_hint"].clone();
    let (refresh, access) = books.issue(&user, None);
    let now = ledger.clock.now().as_second();
    let claims = json!({
        "iss": format!("{}/{TENANT}/v2.0", ledger.base), "tid": TENANT, "aud": CLIENT,
        "nonce": asked["nonce"], "iat": now, "nbf": now, "exp": now + 3600,
        "preferred_username": user,
    });
    let payload = URL_SAFE_NO_PAD.encode(claims.to_string());
    let scope = asked["scope"].split(' ').filter(|it| it.contains("://"));
    axum::Json(json!({
        "token_type": "Bearer", "expires_in": 3600,
        "scope": scope.collect::<Vec<_>>().join(" "),
        "access_token": access, "refresh_token": refresh,
        "id_token": format!("eyJhbGciOiJSUzI1NiJ9.{payload}.c2lnbmF0dXJl"),
    }))
    .into_response()
}

/// A process tells which token of an account is on the disk: its consent has ended well.
async fn kept(State(ledger): State<Arc<Ledger>>, Form(fields): Form<Fields>) {
    let mut books = ledger.books();
    let mut issued = books.issued.iter();
    let number = issued.position(|it| it.token == fields["token"]).unwrap();
    books.adopt(number);
    books.show(number);
}

/// One session of POP3.
async fn mailbox<S>(stream: S, ledger: &Ledger) -> std::io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut stream = BufReader::new(stream);
    let mood = ledger.books().mood;
    if mood == Mood::Silent {
        ledger.books().silent = true;
        let mut nothing = String::new();
        stream.read_line(&mut nothing).await?;
        return Ok(());
    }
    if mood == Mood::Busy {
        let busy = b"-ERR [SYS/TEMP] The server is too busy; try again later.\r\n";
        stream.write_all(busy).await?;
        return stream.flush().await;
    }
    stream.write_all(b"+OK\r\n").await?;
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let answer = match line.trim_end() {
            "CAPA" => "+OK\r\nSASL XOAUTH2\r\n.\r\n",
            "AUTH XOAUTH2" => "+ \r\n",
            "STAT" => "+OK 3 300\r\n",
            "QUIT" => "+OK\r\n",
            response => {
                let plain = STANDARD.decode(response).unwrap_or_default();
                let plain = String::from_utf8(plain).unwrap_or_default();
                let token = plain.split_once("Bearer ").map(|(_, token)| token);
                let token = token.map(|token| token.trim_end_matches('\u{1}'));
                let mut books = ledger.books();
                match token.and_then(|token| books.access.get(token).copied()) {
                    Some(number) if books.is_refused(number) => {
                        "-ERR Authentication failure: unknown user name or bad password.\r\n"
                    }
                    Some(number) => {
                        books.used(number);
                        "+OK\r\n"
                    }
                    None => "-ERR Authentication failure: unknown user name or bad password.\r\n",
                }
            }
        };
        stream.write_all(answer.as_bytes()).await?;
        stream.flush().await?;
    }
}

fn acceptor() -> (TlsAcceptor, CertificateDer<'static>) {
    let mut params = CertificateParams::default();
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let authority = params.self_signed(&key).unwrap().der().clone();
    let issuer = Issuer::new(params, key);
    let params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, &issuer).unwrap().der().clone();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), authority)
}
