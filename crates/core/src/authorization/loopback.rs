//! The way back from the browser: one port on 127.0.0.1 and `::1`, bound before the browser opens.
//! It hears one thing, a request with our `state`; that request's connection then waits for what
//! really becomes of the consent. Everything else gets a short answer, and the wait goes on.

use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc, oneshot, watch};
use tokio::task::JoinSet;

use super::answer::{Answer, read};
use super::page::{Ending, POLICY, page};
use super::self_test::{PROOF, SelfTest};
use crate::language::Language;
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;

/// The longest head. The code of a work account has 1,500 characters and more, and cookies of
/// other programs on localhost come along.
const MAX_HEAD: usize = 16 * 1024;
/// The longest form.
const MAX_BODY: usize = 32 * 1024;
/// How long a connection may take until its request is there. Browsers open some in advance and
/// leave them silent.
const REQUEST_DEADLINE: Duration = Duration::from_secs(10);
/// How many connections are served at once; more wait in the system's queue.
const MAX_CONNECTIONS: usize = 32;
/// How long the browser has to take the last page.
const LAST_PAGE_DEADLINE: Duration = Duration::from_secs(2);
/// How often a port is tried that is free on 127.0.0.1 but not on `::1`.
const PORT_TRIES: usize = 16;

/// The bound port.
#[derive(Debug)]
pub(super) struct Loopback {
    listeners: Vec<TcpListener>,
    port: u16,
}

/// The port while it is served. Dropping it closes the port and every connection.
#[derive(Debug)]
pub(super) struct Serving {
    desk: Arc<Desk>,
    answer: oneshot::Receiver<Answer>,
    last_page: watch::Sender<Option<Bytes>>,
    waiting: mpsc::Receiver<Infallible>,
    addresses: Vec<SocketAddr>,
    /// Holds the tasks; they end with it.
    tasks: JoinSet<()>,
}

/// What all connections share.
#[derive(Debug)]
struct Desk {
    port: u16,
    state: Secret,
    self_test: SelfTest,
    language: Language,
    /// Taken by the first request with our state.
    answer: Mutex<Option<oneshot::Sender<Answer>>>,
    last_page: watch::Receiver<Option<Bytes>>,
    /// A clone is held by every connection that waits for the last page; none is given out after.
    waiting: Mutex<Option<mpsc::Sender<Infallible>>>,
}

impl Loopback {
    /// Binds a free port on 127.0.0.1 and, where the system has it, the same on `::1`: the browser
    /// is sent to `localhost`, which may be either.
    ///
    /// # Errors
    /// [`Problem::LoopbackUnavailable`].
    pub(super) async fn bind() -> Outcome<Self> {
        let unavailable = |fault: std::io::Error| Problem::LoopbackUnavailable {
            detail: fault.to_string(),
        };
        for tries_left in (0..PORT_TRIES).rev() {
            let first = match TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await {
                Ok(listener) => listener,
                // A system without IPv4 has its localhost on ::1 alone.
                Err(fault) => {
                    let only = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).await;
                    return Self::of(vec![only.map_err(|_| unavailable(fault))?]);
                }
            };
            let port = first.local_addr().map_err(unavailable)?.port();
            match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
                Ok(second) => return Self::of(vec![first, second]),
                // Somebody else's on ::1: the browser might reach them instead of us.
                Err(fault) if fault.kind() == ErrorKind::AddrInUse => {}
                // Windows keeps ranges of ports for itself, other systems may keep all of ::1.
                Err(fault) if fault.kind() == ErrorKind::PermissionDenied && tries_left > 0 => {}
                Err(_) => return Self::of(vec![first]),
            }
        }
        Err(Problem::LoopbackUnavailable {
            detail: "no port is free on both 127.0.0.1 and ::1".to_owned(),
        })
    }

    /// A port that nobody listens at, for where none can be had: the browser is sent to it all the
    /// same, and shows the address that can be pasted.
    pub(super) fn deaf() -> Self {
        /// The first of the ports that are for the moment (RFC 6335, section 6).
        const DYNAMIC: u16 = 49_152;
        let mut random = [0; 2];
        // Any port is as good as another.
        let _luck = getrandom::fill(&mut random);
        Self {
            listeners: Vec::new(),
            port: DYNAMIC + u16::from_le_bytes(random) % (u16::MAX - DYNAMIC),
        }
    }

    fn of(listeners: Vec<TcpListener>) -> Outcome<Self> {
        let port = match listeners.first().map(TcpListener::local_addr) {
            Some(Ok(address)) => address.port(),
            Some(Err(fault)) => return Err(anyhow::Error::from(fault).into()),
            None => 0,
        };
        Ok(Self { listeners, port })
    }

    /// Where the browser is sent back to. Microsoft compares it with the registered
    /// `http://localhost` and leaves the port out; `127.0.0.1` would need a registration of its own.
    pub(super) fn redirect_uri(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Starts to serve, waiting for a request that carries `state`.
    pub(super) fn serve(self, state: Secret, language: Language) -> Serving {
        let (answer_sender, answer) = oneshot::channel();
        let (last_page, last_page_receiver) = watch::channel(None);
        let (waiting_sender, waiting) = mpsc::channel(1);
        let desk = Arc::new(Desk {
            port: self.port,
            state,
            self_test: SelfTest::new(),
            language,
            answer: Mutex::new(Some(answer_sender)),
            last_page: last_page_receiver,
            waiting: Mutex::new(Some(waiting_sender)),
        });
        let addresses = self.listeners.iter().map(TcpListener::local_addr);
        let addresses = addresses.filter_map(Result::ok).collect();
        let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
        let mut tasks = JoinSet::new();
        for listener in self.listeners {
            tasks.spawn(accept(listener, Arc::clone(&places), Arc::clone(&desk)));
        }
        Serving {
            desk,
            answer,
            last_page,
            waiting,
            addresses,
            tasks,
        }
    }
}

impl Serving {
    /// Tries whether a request of our own comes back. Performs I/O.
    ///
    /// # Errors
    /// Who swallows it.
    pub(super) async fn comes_back(&self, patience: Duration) -> Outcome<()> {
        let test = &self.desk.self_test;
        test.comes_back(&self.addresses, patience).await
    }

    /// Waits for the request that carries our state.
    pub(super) async fn answer(&mut self) -> Outcome<Answer> {
        let answer = (&mut self.answer).await;
        Ok(answer.map_err(anyhow::Error::from)?)
    }

    /// Shows the ending to the browser, gives it a moment to take the page, and closes the port.
    pub(super) async fn end(mut self, ending: Ending<'_>) {
        let html = page(self.desk.language, ending);
        drop(lock(&self.desk.waiting).take());
        self.last_page.send_replace(Some(Bytes::from(html)));
        // Ends when the last connection that waits has gone.
        let taken = tokio::time::timeout(LAST_PAGE_DEADLINE, self.waiting.recv()).await;
        if taken.is_err() {
            tracing::debug!("the browser did not take the last page");
        }
        // Returns with the port closed: dropping the tasks would only ask them to end.
        self.tasks.shutdown().await;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Accepts connections, a bounded number at once, until dropped.
async fn accept(listener: TcpListener, places: Arc<Semaphore>, desk: Arc<Desk>) {
    let mut connections = JoinSet::new();
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        match listener.accept().await {
            Ok((stream, _)) => {
                let desk = Arc::clone(&desk);
                connections.spawn(async move {
                    serve(stream, desk).await;
                    drop(place);
                });
            }
            // Too many open files and the like pass; a busy loop would not help.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}

/// Serves the one request of a connection.
async fn serve(stream: TcpStream, desk: Arc<Desk>) {
    // Held by the connection, not by its answer: the page must have been written before it goes.
    let held = Arc::new(Mutex::new(None));
    let service = service_fn(|request| {
        let (desk, held) = (Arc::clone(&desk), Arc::clone(&held));
        async move { Ok::<_, Infallible>(reply(request, &desk, &held).await) }
    });
    let connection = http1::Builder::new()
        .keep_alive(false)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    let ended = tokio::time::timeout(REQUEST_DEADLINE, connection.as_mut()).await;
    // One that waits for the end of the consent lives as long as the wait.
    if ended.is_err() && lock(&held).is_some() {
        // What went wrong with a connection is nothing to anybody: the browser can come again.
        drop(connection.await);
    }
}

type Held = Mutex<Option<mpsc::Sender<Infallible>>>;

async fn reply(request: Request<Incoming>, desk: &Desk, held: &Held) -> Response<Full<Bytes>> {
    let stray = |status| {
        let html = page(desk.language, Ending::Stray);
        respond(status, Bytes::from(html))
    };
    if !for_this_port(&request, desk.port) {
        return stray(StatusCode::MISDIRECTED_REQUEST);
    }
    if request.method() != Method::GET && request.method() != Method::POST {
        let mut response = stray(StatusCode::METHOD_NOT_ALLOWED);
        let allow = HeaderValue::from_static("GET, POST");
        response.headers_mut().insert(header::ALLOW, allow);
        return response;
    }
    if request.uri().path() == desk.self_test.path {
        return proof(&desk.self_test);
    }
    if request.uri().path() != "/" {
        return stray(StatusCode::NOT_FOUND);
    }
    let answer = if request.method() == Method::GET {
        let query = request.uri().query().unwrap_or_default();
        read(query.as_bytes(), &desk.state)
    } else {
        match Limited::new(request.into_body(), MAX_BODY).collect().await {
            Ok(form) => read(&form.to_bytes(), &desk.state),
            Err(_) => return stray(StatusCode::PAYLOAD_TOO_LARGE),
        }
    };
    let Ok(answer) = answer else {
        return stray(StatusCode::BAD_REQUEST);
    };
    let Some(waiting) = lock(&desk.waiting).clone() else {
        return stray(StatusCode::GONE);
    };
    *lock(held) = Some(waiting);
    // A reload while the code is being redeemed waits beside the first for the same end.
    if let Some(sender) = lock(&desk.answer).take() {
        // Nobody there means that the consent was given up in this moment; the port closes.
        drop(sender.send(answer));
    }
    let mut last_page = desk.last_page.clone();
    let html = match last_page.wait_for(Option::is_some).await {
        Ok(page) => page.clone().unwrap_or_default(),
        Err(_) => return stray(StatusCode::GONE),
    };
    respond(StatusCode::OK, html)
}

/// The answer to our own request.
fn proof(test: &SelfTest) -> Response<Full<Bytes>> {
    let mut response = respond(StatusCode::OK, Bytes::new());
    if let Ok(value) = HeaderValue::from_str(&test.proof) {
        let name = HeaderName::from_static(PROOF);
        response.headers_mut().insert(name, value);
    }
    response
}

/// Whether a request was meant for us: another name that leads here is somebody's trick.
fn for_this_port(request: &Request<Incoming>, port: u16) -> bool {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return false;
    };
    let name = host
        .to_str()
        .ok()
        .and_then(|host| host.rsplit_once(':'))
        .filter(|(_, given)| *given == port.to_string())
        .map(|(name, _)| name);
    name.is_some_and(|name| {
        name.eq_ignore_ascii_case("localhost") || name == "127.0.0.1" || name == "[::1]"
    })
}

fn respond(status: StatusCode, html: Bytes) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(html));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CONNECTION, "close"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
