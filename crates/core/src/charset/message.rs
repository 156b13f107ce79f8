//! A mail of an account to itself, as it goes over the wire: built by lettre, with the subject and
//! the body in the account's charset.

use std::time::SystemTime;

use jiff::Timestamp;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox};
use lettre::{Address, Message};

use super::guard::PreparedMail;
use super::{Charset, body, header};
use crate::account::MailAddress;
use crate::problem::Outcome;

/// A mail that an account sends itself.
#[derive(Debug, Clone)]
pub struct MailToSelf<'a> {
    /// Who sends it and gets it.
    pub address: &'a MailAddress,
    /// Tells it from all others; the part of the Message-ID before the `@`: letters, digits and
    /// dots.
    pub id: &'a str,
    /// When it was written.
    pub at: Timestamp,
    /// Subject and body.
    pub mail: &'a PreparedMail,
}

/// Builds the message.
///
/// # Errors
/// [`Problem::Internal`](crate::Problem::Internal) if the mail was not prepared for its charset,
/// or the address is none that lettre knows.
pub fn compose(mail: &MailToSelf<'_>) -> Outcome<Message> {
    let prepared = mail.mail;
    let charset = prepared.charset;
    let unprepared = || anyhow::anyhow!("a character without a place in {charset:?}");
    let address: Address = mail.address.as_str().parse().map_err(anyhow::Error::from)?;
    let domain = address.domain().to_owned();
    let mailbox = Mailbox::new(None, address);
    let subject = header::encode("Subject", &prepared.subject.text, charset);
    let subject = HeaderValue::dangerous_new_pre_encoded(
        HeaderName::new_from_ascii_str("Subject"),
        prepared.subject.text.clone(),
        subject.ok_or_else(unprepared)?,
    );
    let encoded = body::encode(&prepared.body.text, charset).ok_or_else(unprepared)?;
    let encoding = if encoded.base64 {
        ContentTransferEncoding::Base64
    } else {
        ContentTransferEncoding::SevenBit
    };
    let content = Body::dangerous_pre_encoded(encoded.octets, encoding);
    let message = Message::builder()
        .from(mailbox.clone())
        .to(mailbox)
        .date(SystemTime::from(mail.at))
        .message_id(Some(format!("<{}@{domain}>", mail.id)))
        .raw_header(subject)
        .header(content_type(charset)?)
        .body(content)
        .map_err(anyhow::Error::from)?;
    Ok(message)
}

fn content_type(charset: Charset) -> Outcome<ContentType> {
    let value = format!("text/plain; charset={}", charset.mime_name());
    Ok(ContentType::parse(&value).map_err(anyhow::Error::from)?)
}
