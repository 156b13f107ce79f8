//! Starts the tour. It drives the window by WebKitWebDriver, so there is none but on Linux.

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() -> anyhow::Result<()> {
    ninka_tests::tour::tour().await
}

#[cfg(not(target_os = "linux"))]
fn main() {}
