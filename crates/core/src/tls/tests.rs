//! Tests of the trust and of the HTTP client, on loopback.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

/// Answers every request with the same bytes; gives the address.
async fn answering(response: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let response = response.clone();
            tokio::spawn(async move {
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") {
                    request.push(stream.read_u8().await?);
                }
                stream.write_all(&response).await?;
                stream.shutdown().await
            });
        }
    });
    format!("http://{address}/")
}

fn client() -> reqwest::Client {
    let authority = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let trust = Trust::only([authority.cert.der().clone()]).unwrap();
    loopback_http_client(&trust).unwrap()
}

#[tokio::test]
async fn a_body_is_read_up_to_its_limit() {
    let announced = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".to_vec();
    let url = answering(announced).await;
    let response = client().get(&url).send().await.unwrap();
    assert_eq!(read_limited(response, 5).await.unwrap(), b"hello");
    let response = client().get(&url).send().await.unwrap();
    assert!(matches!(
        read_limited(response, 4).await,
        Err(BodyFault::TooLong(4))
    ));
    let endless = [b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), vec![b'a'; 1 << 20]].concat();
    let response = client().get(answering(endless).await).send().await.unwrap();
    assert!(matches!(
        read_limited(response, 1000).await,
        Err(BodyFault::TooLong(1000))
    ));
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let url =
        answering(b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n".to_vec());
    let response = client().get(url.await).send().await.unwrap();
    assert_eq!(response.status(), 302);
}

#[test]
fn a_certificate_is_read_and_rubbish_is_survived() {
    let names = ["mail.hana.example".to_owned(), "127.0.0.1".to_owned()];
    let mut params = rcgen::CertificateParams::new(names.clone()).unwrap();
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, "花\u{7}の店");
    params.not_after = rcgen::date_time_ymd(2031, 5, 6);
    let key = rcgen::KeyPair::generate().unwrap();
    let facts = certificate_facts(params.self_signed(&key).unwrap().der());
    assert_eq!(facts.names, names);
    assert!(facts.subject.contains("花の店"), "{}", facts.subject);
    assert!(facts.self_issued);
    assert_eq!(facts.not_after.unwrap().to_string(), "2031-05-06T00:00:00Z");
    let nothing = certificate_facts(b"no certificate");
    assert_eq!((nothing.subject.as_str(), nothing.sha256.len()), ("", 64));
}

#[test]
fn faults_have_their_names() {
    use rustls::Error::InvalidCertificate;
    for (error, fault) in [
        (CertificateError::Expired, CertificateFault::Expired),
        (CertificateError::NotValidYet, CertificateFault::NotYetValid),
        (
            CertificateError::NotValidForName,
            CertificateFault::WrongName,
        ),
        (
            CertificateError::UnknownIssuer,
            CertificateFault::UnknownIssuer,
        ),
        (CertificateError::Revoked, CertificateFault::Revoked),
        (CertificateError::BadEncoding, CertificateFault::Other),
    ] {
        assert_eq!(certificate_fault(&InvalidCertificate(error)), fault);
    }
}
