//! The real window with 10,000 accounts: what a keystroke in the search field costs, from the event
//! to the list as it is laid out, is printed. The aim is one frame (16 ms), which WebKitGTK without a
//! graphics card misses where other rows come on the screen; nobody may have to wait noticeably.

#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use ninka_tests::opened_browser::OpenedBrowser;
use ninka_tests::window::{Window, program};

const ACCOUNTS: usize = 10_000;
/// From here on a person waits, in milliseconds.
const NOTICED: f64 = 1_000.0;

/// Keeps, for each keystroke: until the list is laid out, and until the frame is drawn.
const WATCH: &str = "
    window.spent = []; window.drawn = [];
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => {
        document.body.getBoundingClientRect().height;
        window.spent.push(performance.now() - data);
    };
    document.addEventListener('input', () => {
        const from = performance.now();
        // After the event's handlers and the microtasks that they leave.
        channel.port2.postMessage(from);
        requestAnimationFrame(() => setTimeout(() => window.drawn.push(performance.now() - from)));
    }, true);";

/// What is typed, and how many accounts are left then; a `<` stands for the backspace key.
const TYPED: &[(&str, usize)] = &[
    ("shop0", 10_000),
    ("12", 100),
    ("34", 1),
    ("<<<<<<<<<", 10_000),
    ("支店", 2_500),
    (" 未", 833),
    ("指定", 833),
    ("<<<<<<", 10_000),
    ("ヤフー", 2_500),
    (" shop01", 250),
    ("<<<<<<<<<<", 10_000),
];

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_accounts_are_searched_as_one_types() -> Result<()> {
    let folder = tempfile::tempdir()?;
    register(folder.path())?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    window
        .css(&format!("table[aria-rowcount=\"{}\"]", ACCOUNTS + 1))
        .await?;
    window.script(WATCH).await?;
    let search = window.find("search").await?;
    let mut keys = 0;
    for (typed, left) in TYPED {
        for key in typed.chars() {
            let key = if key == '<' { '\u{e003}' } else { key };
            search.send_keys(&key.to_string()).await?;
            keys += 1;
        }
        let rows = format!("table[aria-rowcount=\"{}\"]", left + 1);
        window
            .css(&rows)
            .await
            .with_context(|| (*typed).to_owned())?;
    }
    let spent = sample(&window, "spent").await?;
    let drawn = sample(&window, "drawn").await?;
    println!(
        "{keys} keystrokes in {ACCOUNTS} accounts: {} ms to the list (median; 95 %: {}, most: {}), \
         {} ms to the drawn frame (95 %: {})",
        at(&spent, 50),
        at(&spent, 95),
        at(&spent, 100),
        at(&drawn, 50),
        at(&drawn, 95)
    );
    ensure!(spent.len() == keys, "{} of {keys} measured", spent.len());
    ensure!(at(&spent, 95) < NOTICED, "somebody waits: {spent:?}");
    window.close().await
}

/// Registers the accounts by the command line, for a client id that is entered: not for practice.
fn register(folder: &Path) -> Result<()> {
    let client = "00000000-0000-0000-0000-000000000000";
    ninka(folder, &["settings", "set", "client-id", client], "")?;
    let mut table = "Address,Name,Purpose,Sign-in\n".to_owned();
    let shops = ["本店", "支店", "ヤフー店", "モール店"];
    let purposes = ["order-receiving", "sending", "unspecified"];
    for (number, (shop, purpose)) in
        (0..ACCOUNTS).zip(shops.iter().cycle().zip(purposes.iter().cycle()))
    {
        writeln!(
            table,
            "shop{number:05}@hana-shop.example,{shop} {number},{purpose},OAuth"
        )?;
    }
    ninka(folder, &["import", "-", "--yes"], &table)
}

fn ninka(folder: &Path, arguments: &[&str], typed: &str) -> Result<()> {
    let mut child = Command::new(program("ninka")?)
        .args(arguments)
        .env("NINKA_DATA_DIR", folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    let mut input = child.stdin.take().context("no standard input")?;
    input.write_all(typed.as_bytes())?;
    drop(input);
    ensure!(child.wait()?.success(), "{arguments:?}");
    Ok(())
}

/// The times of one kind, in order.
async fn sample(window: &Window, name: &str) -> Result<Vec<f64>> {
    let found = window.script(&format!("return window.{name};")).await?;
    let mut times: Vec<f64> = serde_json::from_value(found)?;
    times.sort_by(f64::total_cmp);
    ensure!(!times.is_empty(), "nothing was measured");
    Ok(times)
}

/// The time that so many of a hundred do not exceed.
fn at(times: &[f64], percent: usize) -> f64 {
    let index = (times.len() * percent).div_ceil(100).saturating_sub(1);
    times.get(index).copied().unwrap_or(f64::INFINITY)
}
