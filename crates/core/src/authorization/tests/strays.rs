//! What else can reach the loopback port while a consent is waited for, and that none of it ends
//! or hinders the wait.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::*;

/// A consent that waits, and the way to its port.
struct Waiting {
    home: String,
    port: u16,
}

/// Runs `strays` while a consent waits, then lets it end well.
async fn during(strays: impl AsyncFnOnce(&World, &Waiting)) -> World {
    let world = World::new().await;
    let (outcome, page) = tokio::join!(world.consent(Habit::Closes), async {
        let home = sign_in(&world.url().await).await;
        let port = url::Url::parse(&home).unwrap().port().unwrap();
        let waiting = Waiting { home, port };
        strays(&world, &waiting).await;
        assert_eq!(world.events(), ["opening"], "nothing of it was heard");
        visit(&waiting.home).await
    });
    outcome.unwrap();
    assert!(
        page.text.contains("認可設定が、完了しました。"),
        "{}",
        page.text
    );
    world
}

/// Sends bytes and reads what comes until the connection closes.
async fn raw(address: IpAddr, port: u16, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect((address, port)).await.unwrap();
    // The other side may close in the middle of what is too long.
    drop(stream.write_all(bytes).await);
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer).await);
    String::from_utf8_lossy(&answer).into_owned()
}

const V4: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const V6: IpAddr = IpAddr::V6(Ipv6Addr::LOCALHOST);

fn status(answer: &str) -> &str {
    answer.get(9..12).unwrap_or("none")
}

#[tokio::test]
async fn strays_get_a_short_answer_and_the_wait_goes_on() {
    during(async |_, waiting| {
        let port = waiting.port;
        let state = parameter(&waiting.home, "state");
        let other = format!("{}A", state.get(1..).unwrap());
        let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
        for (request, expected) in [
            (get("/favicon.ico"), "404"),
            (get("/"), "400"),
            (get("/?code=c"), "400"),
            (get(&format!("/?code=c&state={other}")), "400"),
            (get(&format!("/?error=access_denied&state={other}")), "400"),
            (get(&format!("/?state={state}")), "400"),
            (get(&format!("/?code=c&code=d&state={state}")), "400"),
            (get(&format!("/other?code=c&state={state}")), "404"),
            (
                get(&format!("/?code=c&state={state}")).replace("GET", "HEAD"),
                "405",
            ),
            (
                get(&format!("/?code=c&state={state}")).replace("GET", "OPTIONS"),
                "405",
            ),
            (
                get(&format!("/?code=c&state={state}")).replace("GET", "PUT"),
                "405",
            ),
            (
                get(&format!("/?code=c&state={state}")).replace("localhost:", "evil.example:"),
                "421",
            ),
            (
                get(&format!("/?code=c&state={state}")).replace("localhost:", "localhost:1"),
                "421",
            ),
            (get("/").replace("Host: ", "X: "), "421"),
            ("garbage\r\n\r\n".to_owned(), "400"),
            (
                format!(
                    "POST / HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 6\r\n\r\ncode=c"
                ),
                "400",
            ),
        ] {
            let answer = raw(V4, port, request.as_bytes()).await;
            assert_eq!(status(&answer), expected, "{request}{answer}");
            assert!(answer.len() < 8 * 1024 && !answer.contains(&state));
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_too_long_or_not_http_is_cut_off() {
    during(async |_, waiting| {
        let port = waiting.port;
        let head = format!("GET /?x={} HTTP/1.1\r\n", "x".repeat(100_000));
        let answer = raw(V4, port, head.as_bytes()).await;
        assert!(
            ["414", "431", "400", "none"].contains(&status(&answer)),
            "{answer}"
        );
        // A body is not read to its end, whatever length it says it has.
        let state = parameter(&waiting.home, "state");
        let body = format!("code=c&state={state}&x={}", "x".repeat(40_000));
        let form = format!(
            "POST / HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let answer = raw(V4, port, form.as_bytes()).await;
        assert!(["413", "none"].contains(&status(&answer)), "{answer}");
        // The beginning of a TLS handshake, as of a browser that insists on https.
        let hello = [&[0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3][..], &[0xaa; 200]].concat();
        assert!(["400", "none"].contains(&status(&raw(V4, port, &hello).await)));
    })
    .await;
}

#[tokio::test]
async fn silent_and_slow_connections_do_not_stand_in_the_way() {
    during(async |_, waiting| {
        let mut open = Vec::new();
        for _ in 0..20 {
            let mut stream = TcpStream::connect((V4, waiting.port)).await.unwrap();
            stream.write_all(b"GET /?st").await.unwrap();
            open.push(stream);
        }
        let page = visit(&format!("http://127.0.0.1:{}/favicon.ico", waiting.port)).await;
        assert_eq!(page.status, 404);
        // They are closed after a while, and give their places back.
        let mut last = open.pop().unwrap();
        let mut rest = Vec::new();
        let closed = tokio::time::timeout(Duration::from_secs(20), last.read_to_end(&mut rest));
        drop(closed.await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn the_answer_may_come_over_ipv6() {
    // Where the system has no ::1, the browser's localhost cannot be it either.
    if tokio::net::TcpListener::bind((Ipv6Addr::LOCALHOST, 0))
        .await
        .is_err()
    {
        eprintln!("this system has no ::1");
        return;
    }
    let world = World::new().await;
    let (outcome, answer) = tokio::join!(world.consent(Habit::Closes), async {
        let home = url::Url::parse(&sign_in(&world.url().await).await).unwrap();
        let port = home.port().unwrap();
        let query = home.query().unwrap();
        let request = format!("GET /?{query} HTTP/1.1\r\nHost: [::1]:{port}\r\n\r\n");
        raw(V6, port, request.as_bytes()).await
    });
    outcome.unwrap();
    assert_eq!(status(&answer), "200");
}

#[tokio::test]
async fn the_last_page_is_locked_down_and_the_port_closed_after_it() {
    let world = World::new().await;
    let (outcome, (port, answer, again)) = tokio::join!(world.consent(Habit::Closes), async {
        let home = url::Url::parse(&sign_in(&world.url().await).await).unwrap();
        let port = home.port().unwrap();
        let query = home.query().unwrap();
        let request = format!("GET /?{query} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
        // A reload while the code is being redeemed gets the same page.
        world
            .provider
            .set(|mood| mood.delay = Duration::from_millis(300));
        let (answer, again) = tokio::join!(
            raw(V4, port, request.as_bytes()),
            raw(V4, port, request.as_bytes())
        );
        (port, answer, again)
    });
    outcome.unwrap();
    for answer in [answer, again] {
        let head = answer
            .split("\r\n\r\n")
            .next()
            .unwrap()
            .to_ascii_lowercase();
        assert_eq!(status(&answer), "200");
        for header in [
            "content-type: text/html; charset=utf-8",
            "content-security-policy: default-src 'none'; style-src 'sha256-",
            "cache-control: no-store",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "x-frame-options: deny",
            "cross-origin-opener-policy: same-origin",
            "connection: close",
        ] {
            assert!(head.contains(header), "{header}: {head}");
        }
        assert!(answer.contains("認可設定が、完了しました。"));
        assert!(!answer.contains("<script") && !answer.contains("code-"));
    }
    // A reload after the end is refused by the system.
    assert!(TcpStream::connect((V4, port)).await.is_err());
}

#[tokio::test]
async fn a_browser_that_goes_away_does_not_undo_the_consent() {
    let world = World::new().await;
    world
        .provider
        .set(|mood| mood.delay = Duration::from_millis(300));
    let (outcome, ()) = tokio::join!(world.consent(Habit::Closes), async {
        let home = url::Url::parse(&sign_in(&world.url().await).await).unwrap();
        let (port, query) = (home.port().unwrap(), home.query().unwrap());
        let mut stream = TcpStream::connect((V4, port)).await.unwrap();
        let request = format!("GET /?{query} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        while !world.events().contains(&"returned") {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        drop(stream);
    });
    outcome.unwrap();
    assert!(world.stored().await.is_some());
}
