//! Order-mail proof: which servers, which words, and how its end is told. The mail goes from the
//! account to itself; where the account may not send, its newest mails are shown instead.

use super::Ninka;
use super::kinds::known;
use super::targets::Targets;
use crate::account::AccountId;
use crate::charset::prepare;
use crate::check::{Plan, Target};
use crate::cloud::MailProtocol;
use crate::diagnosis::diagnose;
use crate::operators::{Deed, Need, Permission};
use crate::problem::{Outcome, Problem};
use crate::proof::{self, Ended, Failed, ReadMail, TestMail, World};
use crate::settings::{Reception, Settings};
use crate::view::{ArrivedMail, ProofEvent, ProofView};

/// The letters of a token: none that is mistaken for another when it is read out.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789x";
/// With these, two test mails have the same token once in a million million.
const TOKEN: usize = 10;

impl Ninka {
    /// Proves that order mail arrives: sends a test mail from the account to itself and waits for
    /// it, or shows the newest mails where the account may not send. Performs I/O; ends within some
    /// three minutes, or at once when [`cancel_checks`](Self::cancel_checks) is called.
    ///
    /// # Errors
    /// [`Problem::AccountGone`]; [`Problem::ServerMissing`]; why there is no way to sign in;
    /// [`Problem::Cancelled`]. What servers refuse is in the answer.
    pub async fn prove(
        &self,
        id: AccountId,
        progress: &(dyn Fn(ProofEvent) + Send + Sync),
    ) -> Outcome<ProofView> {
        let by = self.needs(Need::Accounts(Permission::Edit)).await?;
        let cancel = self
            .checks
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .child_token();
        let stored = self.store.account(id).await?;
        let provider = self.provider().await?;
        let settings = Settings::load(&self.settings).await?;
        let chosen = settings.reception;
        let servers = provider.servers_of(known(&stored));
        let tried = Targets::of(&stored, &servers, &provider.cloud, chosen).tried;
        let (sending, reception) = ways(&tried, chosen);
        let sign_in = self.sign_in(&stored, &provider, &cancel).await?;
        let plan = Plan {
            account: id,
            account_kind: known(&stored),
            protocols: tried.clone(),
            sign_in,
        };
        let around = self.around(&provider);
        let world = World {
            trust: &self.trust,
            around: &around,
            places: &self.places,
            cancel: &cancel,
            progress,
        };
        let Some(sending) = sending else {
            let target = reception.ok_or_else(|| Problem::ServerMissing {
                protocol: MailProtocol::Smtp.code().to_owned(),
            })?;
            let mails = match proof::newest(&plan, target, world).await {
                Ok(mails) => mails,
                Err(failed) => return told(&failed),
            };
            return Ok(ProofView::Newest {
                protocol: target.protocol.into(),
                mails: mails.into_iter().map(ArrivedMail::from).collect(),
            });
        };
        let address = stored.account.address.as_str();
        self.did(&by, Deed::TestMail, address).await?;
        let token = token()?;
        let language = settings.effective_language();
        let writing = stored.account.writing;
        let mail = prepare(
            &language.text("proof-mail-subject", [("token", token.as_str())]),
            &language.text(
                "proof-mail-body",
                [("address", stored.account.address.as_str())],
            ),
            writing.charset,
            writing.guard,
        );
        let test = TestMail {
            address: &stored.account.address,
            token: &token,
            at: self.now(),
            mail: &mail,
        };
        let ended = proof::prove(&plan, (sending, reception), test, world).await;
        let (charset, sent) = (mail.charset.into(), mail.subject.text.clone());
        let protocol = reception.unwrap_or(sending).protocol.into();
        Ok(match ended {
            Ok(Ended::Arrived { took, mail: found }) => ProofView::Arrived {
                ms: millis(took),
                protocol,
                charset,
                same: found.subject == sent && found.body.trim_end() == mail.body.text.trim_end(),
                subject: found.subject,
                sent,
            },
            Ok(Ended::NotArrived { waited }) => ProofView::NotArrived {
                ms: millis(waited),
                protocol,
                sent,
            },
            Ok(Ended::Sent) => ProofView::Sent { charset, sent },
            Err(failed) => return told(&failed),
        })
    }
}

/// Where to send and where to look, of what the account has a right to sign in at. For reception the protocol that the settings choose comes
/// first.
fn ways(tried: &[Target], chosen: Reception) -> (Option<&Target>, Option<&Target>) {
    let by = |protocol| {
        let mut tried = tried.iter();
        tried.find(|target| target.protocol == protocol && target.signs_in)
    };
    let (pop3, imap) = (by(MailProtocol::Pop3), by(MailProtocol::Imap));
    let reception = match chosen {
        Reception::Pop3 => pop3.or(imap),
        Reception::Imap => imap.or(pop3),
    };
    (by(MailProtocol::Smtp), reception)
}

/// A failure as it is shown; stopping is none.
fn told(failed: &Failed) -> Outcome<ProofView> {
    if failed.cancelled() {
        return Err(Problem::Cancelled);
    }
    let Failed {
        target,
        sent,
        evidence,
    } = failed;
    Ok(ProofView::Failed {
        protocol: target.protocol.into(),
        host: target.endpoint.host.as_str().to_owned(),
        port: target.endpoint.port.number(),
        mail_sent: *sent,
        diagnosis: (&diagnose(evidence)).into(),
    })
}

fn token() -> Outcome<String> {
    let mut bytes = [0_u8; TOKEN];
    getrandom::fill(&mut bytes).map_err(|fault| anyhow::anyhow!("random: {fault}"))?;
    let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).copied().map(char::from);
    Ok(bytes.iter().filter_map(letter).collect())
}

fn millis(time: std::time::Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

impl From<ReadMail> for ArrivedMail {
    fn from(mail: ReadMail) -> Self {
        Self {
            at: mail.at,
            sender_domain: mail.sender_domain,
            subject: mail.subject,
            sound: mail.subject_sound,
        }
    }
}
