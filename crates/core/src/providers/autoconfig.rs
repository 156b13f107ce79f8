//! Mozilla's autoconfig format, version 1.1: what a domain, or Mozilla's list, publishes for mail
//! programs. The text comes from anybody: it is read without DTDs, so that no entity is expanded,
//! and only plain host names with TLS come out of it. Source: Mozilla wiki,
//! "Thunderbird:Autoconfiguration:ConfigFileFormat".

use roxmltree::{Document, Node, ParsingOptions};

use super::{Finding, UserName, Way, plain_host};
use crate::account::{Endpoint, MailAddress, Port, TlsMode};
use crate::cloud::MailProtocol;

/// An honest file has about a hundred.
const MAX_NODES: u32 = 4000;
/// Servers taken of one file.
const MAX_SERVERS: usize = 10;
/// Of a provider's name.
const MAX_NAME: usize = 60;

/// What a file proposes for an address; `None` where it is no such file or proposes nothing that
/// can be used.
pub(super) fn read(
    text: &str,
    address: &MailAddress,
    way: Way,
    on_this_computer: bool,
) -> Option<Finding> {
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).ok()?;
    let root = document.root_element();
    if !root.has_tag_name("clientConfig") {
        return None;
    }
    let provider = child(root, "emailProvider")?;
    let mut servers = Vec::new();
    let mut user = None;
    for node in provider.children().filter(Node::is_element) {
        let Some(protocol) = protocol(node) else {
            continue;
        };
        let Some(endpoint) = endpoint(node, address, on_this_computer) else {
            continue;
        };
        user = user.or_else(|| text_of(node, "username").map(user_name));
        if servers.len() < MAX_SERVERS {
            servers.push((protocol, endpoint));
        }
    }
    let name = text_of(provider, "displayName").map(printable);
    (!servers.is_empty()).then(|| Finding {
        way,
        provider: name.filter(|name| !name.is_empty()),
        servers,
        user: user.unwrap_or(UserName::Address),
        needs: Vec::new(),
    })
}

fn protocol(node: Node<'_, '_>) -> Option<MailProtocol> {
    match (node.tag_name().name(), node.attribute("type")?) {
        ("incomingServer", "pop3") => Some(MailProtocol::Pop3),
        ("incomingServer", "imap") => Some(MailProtocol::Imap),
        ("outgoingServer", "smtp") => Some(MailProtocol::Smtp),
        _ => None,
    }
}

fn endpoint(node: Node<'_, '_>, address: &MailAddress, here: bool) -> Option<Endpoint> {
    let mut ways = node
        .children()
        .filter(|child| child.has_tag_name("authentication"))
        .filter_map(|child| child.text().map(str::trim))
        .peekable();
    // A server that takes no password is of no use to an account that has nothing else.
    if ways.peek().is_some() && !ways.any(|way| way.starts_with("password-")) {
        return None;
    }
    let tls = match text_of(node, "socketType")? {
        "SSL" => TlsMode::Implicit,
        "STARTTLS" => TlsMode::StartTls,
        // A password is never proposed to be sent in the clear.
        _ => return None,
    };
    let host = filled(text_of(node, "hostname")?, address);
    Some(Endpoint {
        host: plain_host(&host, here)?,
        port: Port::new(text_of(node, "port")?.parse().ok()?)?,
        tls,
    })
}

fn filled(text: &str, address: &MailAddress) -> String {
    let local = address.as_str().rsplit_once('@').map(|(local, _)| local);
    text.replace("%EMAILDOMAIN%", &address.domain())
        .replace("%EMAILLOCALPART%", local.unwrap_or_default())
}

fn user_name(text: &str) -> UserName {
    match text {
        "%EMAILADDRESS%" => UserName::Address,
        "%EMAILLOCALPART%" => UserName::Local,
        _ => UserName::Own,
    }
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.has_tag_name(name))
}

fn text_of<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name)?.text().map(str::trim)
}

fn printable(text: &str) -> String {
    let shown = text.chars().filter(|c| !c.is_control());
    shown.take(MAX_NAME).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GOOD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1">
  <emailProvider id="hana.example">
    <domain>hana.example</domain>
    <displayName>Hana Mail</displayName>
    <incomingServer type="imap">
      <hostname>imap.%EMAILDOMAIN%</hostname><port>993</port><socketType>SSL</socketType>
      <username>%EMAILLOCALPART%</username><authentication>password-cleartext</authentication>
    </incomingServer>
    <incomingServer type="pop3">
      <hostname>pop.hana.example</hostname><port>110</port><socketType>plain</socketType>
      <username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication>
    </incomingServer>
    <incomingServer type="exchange"><hostname>hana.example</hostname></incomingServer>
    <outgoingServer type="smtp">
      <hostname>smtp.hana.example</hostname><port>587</port><socketType>STARTTLS</socketType>
      <username>%EMAILADDRESS%</username><authentication>OAuth2</authentication>
    </outgoingServer>
    <outgoingServer type="smtp">
      <hostname>smtp.hana.example</hostname><port>465</port><socketType>SSL</socketType>
      <authentication>OAuth2</authentication><authentication>password-cleartext</authentication>
    </outgoingServer>
  </emailProvider>
</clientConfig>"#;

    fn found(text: &str) -> Option<Finding> {
        let address = MailAddress::new("order@hana.example")?;
        read(text, &address, Way::Domain, false)
    }

    #[test]
    fn what_is_in_the_clear_or_takes_no_password_is_left_out() {
        let finding = found(GOOD).unwrap();
        assert_eq!(finding.provider.as_deref(), Some("Hana Mail"));
        assert_eq!(finding.user, UserName::Local);
        let servers: Vec<_> = finding
            .servers
            .iter()
            .map(|(protocol, at)| (protocol.code(), at.host.as_str(), at.port.number()))
            .collect();
        assert_eq!(
            servers,
            [
                ("imap", "imap.hana.example", 993),
                ("smtp", "smtp.hana.example", 465)
            ]
        );
    }

    #[test]
    fn hostile_files_give_nothing() {
        let laughs = r#"<?xml version="1.0"?><!DOCTYPE clientConfig [<!ENTITY a "aaaaaaaaaa">
            <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><clientConfig><emailProvider>
            <displayName>&b;</displayName></emailProvider></clientConfig>"#;
        let outside = r#"<!DOCTYPE clientConfig [<!ENTITY f SYSTEM "file:///etc/passwd">]>
            <clientConfig><emailProvider><displayName>&f;</displayName></emailProvider></clientConfig>"#;
        let many = format!(
            "<clientConfig><emailProvider>{}</emailProvider></clientConfig>",
            "<a/>".repeat(5000)
        );
        let deep = format!("{}{}", "<a>".repeat(20_000), "</a>".repeat(20_000));
        for text in [
            laughs,
            outside,
            &many,
            &deep,
            "",
            "<html/>",
            "<clientConfig/>",
            "{}",
        ] {
            assert!(found(text).is_none(), "{}", text.get(..60).unwrap_or(text));
        }
        for (from, to) in [
            ("imap.%EMAILDOMAIN%", "127.0.0.1"),
            ("imap.%EMAILDOMAIN%", "http://hana.example"),
            ("imap.%EMAILDOMAIN%", "localhost"),
            ("993", "0"),
            ("993", "99999"),
        ] {
            let finding = found(&GOOD.replace(from, to)).unwrap();
            assert_eq!(finding.servers.len(), 1, "{to}");
        }
        let long = GOOD.replace("Hana Mail", &"a".repeat(500));
        assert_eq!(found(&long).unwrap().provider.unwrap().len(), MAX_NAME);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,400}", cut in 0..GOOD.len()) {
            found(&text);
            found(GOOD.get(..cut).unwrap_or_default());
        }
    }
}
