//! Free ports on loopback, and waiting until somebody listens.

use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use anyhow::{Result, ensure};
use tokio::net::TcpStream;
use tokio::time::Instant;

/// A port that was free a moment ago, for programs that have to be told one.
///
/// # Errors
/// None is free.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}

/// Waits until somebody listens on the port.
///
/// # Errors
/// Nobody does in time.
pub async fn wait_for(port: u16, patience: Duration) -> Result<()> {
    let end = Instant::now() + patience;
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port))
        .await
        .is_err()
    {
        ensure!(Instant::now() < end, "nobody listens on port {port}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}
