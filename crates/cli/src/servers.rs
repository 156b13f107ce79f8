//! Servers on the command line: `HOST:PORT` each, with a word for the encryption.

use clap::{Args, ValueEnum};
use ninka_core::view::{EndpointView, TlsView};

/// Servers by hand.
#[derive(Debug, Clone, Args)]
pub(crate) struct ServerArguments {
    /// POP3 server.
    #[arg(long, value_name = "HOST:PORT", value_parser = server)]
    pop: Option<Server>,
    /// Its encryption.
    #[arg(long, value_enum, default_value = "implicit", requires = "pop")]
    pop_tls: TlsWord,
    /// IMAP server.
    #[arg(long, value_name = "HOST:PORT", value_parser = server)]
    imap: Option<Server>,
    /// Its encryption.
    #[arg(long, value_enum, default_value = "implicit", requires = "imap")]
    imap_tls: TlsWord,
    /// SMTP server.
    #[arg(long, value_name = "HOST:PORT", value_parser = server)]
    smtp: Option<Server>,
    /// Its encryption.
    #[arg(long, value_enum, default_value = "starttls", requires = "smtp")]
    smtp_tls: TlsWord,
}

impl ServerArguments {
    /// POP3, IMAP and SMTP.
    pub(crate) fn endpoints(self) -> [Option<EndpointView>; 3] {
        [
            self.pop.map(|server| server.with(self.pop_tls)),
            self.imap.map(|server| server.with(self.imap_tls)),
            self.smtp.map(|server| server.with(self.smtp_tls)),
        ]
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TlsWord {
    Implicit,
    Starttls,
    None,
}

impl From<TlsWord> for TlsView {
    fn from(word: TlsWord) -> Self {
        match word {
            TlsWord::Implicit => Self::Implicit,
            TlsWord::Starttls => Self::Starttls,
            TlsWord::None => Self::None,
        }
    }
}

/// `HOST:PORT`; an IPv6 address stands in brackets.
#[derive(Debug, Clone)]
struct Server {
    host: String,
    port: u16,
}

impl Server {
    /// The server with its encryption.
    fn with(self, tls: TlsWord) -> EndpointView {
        EndpointView {
            host: self.host,
            port: self.port.into(),
            tls: tls.into(),
        }
    }
}

fn server(text: &str) -> Result<Server, String> {
    let (host, port) = text.rsplit_once(':').ok_or("HOST:PORT is wanted")?;
    let port = port
        .parse()
        .ok()
        .filter(|port| *port != 0)
        .ok_or("the port is not 1 to 65535")?;
    if host.is_empty() {
        return Err("the host is missing".to_owned());
    }
    Ok(Server {
        host: host.to_owned(),
        port,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers() {
        let six = server("[::1]:1995").unwrap();
        assert_eq!((six.host.as_str(), six.port), ("[::1]", 1995));
        for bad in ["host", ":995", "host:0", "host:70000", "host:"] {
            assert!(server(bad).is_err(), "{bad}");
        }
    }
}
