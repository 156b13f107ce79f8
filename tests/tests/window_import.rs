//! The real window: a table of accounts with bad rows is shown row by row with what is wrong and
//! registers nothing; mended, it registers every row. What is exported comes back in the same way.

#![cfg(target_os = "linux")]

use std::path::Path;

use anyhow::Result;
use ninka_tests::opened_browser::OpenedBrowser;
use ninka_tests::window::Window;

/// As a spreadsheet program saves it: with a byte order mark and the system's line ends.
const FAULTY: &str = "\u{feff}メールアドレス,名称,用途,認証方式,POPサーバー,POPポート,POP暗号化\r\n\
    order@hana-shop.example,本店,注文受信,OAuth,,,\r\n\
    \r\n\
    info@hana-shop,案内,送信,OAuth,,,\r\n\
    Order@hana-shop.example,二重,注文受信,OAuth,,,\r\n\
    shop@hana.example.jp,旧店舗,注文受信,パスワード,pop.hana.example.jp,99999,SSL/TLS\r\n\
    mall@hana-shop.example,楽天店,楽天市場注文の送信,OAuth,,,\r\n\
    note@hana-shop.example,控え,その他,OAuth,,,\r\n";

const MENDED: &str = "\u{feff}メールアドレス,名称,用途,認証方式,POPサーバー,POPポート,POP暗号化\r\n\
    order@hana-shop.example,本店,注文受信,OAuth,,,\r\n\
    info@hana-shop.example,案内,送信,OAuth,,,\r\n\
    shop@hana.example.jp,旧店舗,注文受信,パスワード,pop.hana.example.jp,995,SSL/TLS\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_table_is_registered_whole_or_not_at_all() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    window.find("list-empty").await?;

    let tables = tempfile::tempdir()?;
    let table = tables.path().join("店の一覧.csv");
    std::fs::write(&table, FAULTY)?;
    choose(&window, &table).await?;
    window.says("import-faulty", &["5"]).await?;
    let faults = [
        (4, "info@hana-shop", "メールアドレス"),
        (5, "Order@hana-shop.example", "メールアドレス"),
        (6, "shop@hana.example.jp", "ポート"),
        (7, "mall@hana-shop.example", "認証方式"),
        (8, "note@hana-shop.example", "用途"),
    ];
    for (line, address, column) in faults {
        let row = format!("import-row-{line}");
        window.says(&row, &[address, column]).await?;
    }
    window.gone("[data-testid=\"import-row-2\"]").await?;
    window.gone("[data-testid=\"import-confirm\"]").await?;
    window.click("import-close").await?;
    window.click("nav-list").await?;
    window.find("list-empty").await?;

    std::fs::write(&table, MENDED)?;
    choose(&window, &table).await?;
    window.find("import-good").await?;
    window.click("import-confirm").await?;
    window.says("import-done", &["3"]).await?;
    window.click("import-to-list").await?;
    for address in [
        "order@hana-shop.example",
        "info@hana-shop.example",
        "shop@hana.example.jp",
    ] {
        window.find(&format!("row-{address}")).await?;
    }

    // Once more: now every address is taken.
    choose(&window, &table).await?;
    window.says("import-faulty", &["3"]).await?;
    window.click("import-close").await?;
    window.close().await
}

async fn choose(window: &Window, table: &Path) -> Result<()> {
    window.click("nav-settings").await?;
    window.find("exchange").await?;
    window.choose_file("import-file", table).await?;
    window.find("import-dialog").await?;
    Ok(())
}
