//! Runs the practice tenant alone and prints where it listens, for looking at it with a browser or
//! with `openssl s_client`: `cargo run -p ninka-practice --example tenant [FAULT] [FOLDER]`.

use std::path::PathBuf;

use ninka_practice::{Fault, Practice, PracticeLanguage, PracticeOptions};

#[tokio::main]
#[expect(clippy::print_stdout, reason = "printing is what this program is for")]
async fn main() -> anyhow::Result<()> {
    let mut words = std::env::args().skip(1);
    let fault = words.next().and_then(|code| Fault::from_code(&code));
    let folder = words.next().map(PathBuf::from);
    let language = PracticeLanguage::Ja;
    let practice = Practice::start(PracticeOptions { folder, language }).await?;
    practice.set_fault(fault);
    println!("authority {}", practice.authority());
    println!("client id {}", practice.client_id());
    println!("pop3      localhost:{} (TLS)", practice.pop3());
    println!("imap      localhost:{} (TLS)", practice.imap());
    println!("smtp      localhost:{} (STARTTLS)", practice.smtp());
    println!("addresses {}", practice.addresses().join(", "));
    println!("fault     {}", practice.fault().map_or("none", Fault::code));
    println!("Press Enter to end.");
    let waiting = tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new()));
    waiting.await??;
    practice.shutdown().await;
    Ok(())
}
