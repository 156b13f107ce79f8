//! Every fault of the practice bar in the real window: what it hits fails, and the screen names its
//! cause, who can put it right and the steps, word for word as in `ui/locales`, in Japanese and in
//! English. Pictures of each are left in `target/window-faults/`.

#![cfg(target_os = "linux")]

use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use fantoccini::Locator;
use ninka_practice::{Fault, PracticeLanguage};
use ninka_tests::browser::Browser;
use ninka_tests::journey;
use ninka_tests::opened_browser::OpenedBrowser;
use ninka_tests::texts::{Texts, closed_up};
use ninka_tests::window::Window;

const ORDERS: &str = "order@hana-shop.example";
const INFO: &str = "info@hana-shop.example";

const POP3: &str = "pop3";
const IMAP: &str = "imap";
const SMTP: &str = "smtp";

/// What a fault hits, and as what it is seen there.
enum Seen {
    /// Consenting fails, and the dialog says why.
    Consent {
        cause: &'static str,
        who: &'static str,
    },
    /// The consent is somebody else's, and the dialog names both.
    SomebodyElse,
    /// These protocols fail in a check, each with its cause, and the others pass.
    Check {
        failing: &'static [(&'static str, &'static str)],
        who: &'static str,
    },
    /// Microsoft takes the authorization back: both protocols, until it is authorized again.
    Refused { cause: &'static str },
    /// Nothing fails; it takes its time.
    Passes,
}

/// A fault without its line here does not build.
const fn expected(fault: Fault) -> Seen {
    const ADMIN: &str = "fixer-tenant-admin";
    const OWNER: &str = "fixer-owner";
    const WAIT: &str = "fixer-wait";
    match fault {
        Fault::ConsentDeclined => Seen::Consent {
            cause: "user_declined_consent",
            who: OWNER,
        },
        Fault::AdminApprovalNeeded => Seen::Consent {
            cause: "admin_consent_required",
            who: ADMIN,
        },
        Fault::OtherAccountSignsIn => Seen::SomebodyElse,
        Fault::RefreshLapsed => Seen::Refused {
            cause: "refresh_token_expired_inactive",
        },
        Fault::RevokedByPasswordChange => Seen::Refused {
            cause: "refresh_token_revoked_password_change",
        },
        Fault::MfaRequired => Seen::Refused {
            cause: "mfa_required",
        },
        Fault::PopOff => Seen::Check {
            failing: &[(POP3, "pop_disabled_for_mailbox")],
            who: ADMIN,
        },
        Fault::ImapOff => Seen::Check {
            failing: &[(IMAP, "imap_disabled_for_mailbox")],
            who: ADMIN,
        },
        Fault::SmtpAuthOffTenant => Seen::Check {
            failing: &[(SMTP, "smtp_auth_disabled_tenant")],
            who: ADMIN,
        },
        Fault::SmtpAuthOffMailbox => Seen::Check {
            failing: &[(SMTP, "smtp_auth_disabled_mailbox")],
            who: ADMIN,
        },
        Fault::NotConnected => Seen::Check {
            failing: &[(POP3, "server_temporary")],
            who: WAIT,
        },
        Fault::Throttled => Seen::Check {
            failing: &[(POP3, "throttled"), (SMTP, "concurrent_connection_limit")],
            who: WAIT,
        },
        Fault::Slow => Seen::Passes,
        Fault::ServerDown => Seen::Check {
            failing: &[(POP3, "connection_closed"), (SMTP, "connection_closed")],
            who: WAIT,
        },
        Fault::ExpiredCertificate => Seen::Check {
            failing: &[(POP3, "cert_expired"), (SMTP, "cert_expired")],
            who: "fixer-mail-provider",
        },
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Ja,
    En,
}

impl Language {
    const fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    const fn practice(self) -> PracticeLanguage {
        match self {
            Self::Ja => PracticeLanguage::Ja,
            Self::En => PracticeLanguage::En,
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Ja => Self::En,
            Self::En => Self::Ja,
        }
    }
}

/// The window with its one account, and the language it speaks.
struct Stage {
    window: Window,
    browser: OpenedBrowser,
    speaks: Language,
    ja: Texts,
    en: Texts,
    pictures: PathBuf,
    /// What the screens should say and do not: all of it, from one run.
    wrong: Vec<String>,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_gives_its_cause_in_both_languages() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let pictures = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/window-faults");
    if pictures.exists() {
        std::fs::remove_dir_all(&pictures)?;
    }
    std::fs::create_dir_all(&pictures)?;
    let mut stage = Stage {
        window: Window::open(folder.path(), &browser, "ja").await?,
        browser,
        speaks: Language::Ja,
        ja: Texts::of("ja")?,
        en: Texts::of("en")?,
        pictures,
        wrong: Vec::new(),
    };
    journey::register(&stage.window, ORDERS, "本店 注文受付", "unspecified").await?;
    stage.authorize(POP3).await?;
    for fault in Fault::ALL {
        stage
            .plays(*fault)
            .await
            .with_context(|| format!("{fault:?} in {:?}", stage.speaks))?;
    }
    ensure!(stage.wrong.is_empty(), "{}", stage.wrong.join("\n\n"));
    stage.window.close().await
}

impl Stage {
    /// One fault from its switching on to its switching off.
    async fn plays(&mut self, fault: Fault) -> Result<()> {
        match expected(fault) {
            Seen::Consent { cause, who } => {
                self.switch(Some(fault)).await?;
                for again in [false, true] {
                    if again {
                        self.speak_the_other().await?;
                    }
                    self.consent_fails(fault).await?;
                    let place = "[data-testid=\"consent-dialog\"]";
                    self.explained(place, cause, Some(who)).await?;
                    self.photograph(fault, place).await?;
                    self.window.click("consent-close").await?;
                }
                self.switch(None).await
            }
            Seen::SomebodyElse => {
                self.switch(Some(fault)).await?;
                for again in [false, true] {
                    if again {
                        self.speak_the_other().await?;
                    }
                    self.consent_fails(fault).await?;
                    let place = "[data-testid=\"consent-dialog\"]";
                    let params = [("expected", ORDERS), ("actual", INFO)];
                    let wanted = ["", ".fix"].map(|part| {
                        let id = format!("problem-wrong-account-signed-in{part}");
                        self.texts().say_with(&id, &params)
                    });
                    let shown = self.window.css(place).await?.text().await?;
                    let wanted = wanted.into_iter().collect::<Result<_>>()?;
                    self.says(place, &shown, wanted);
                    self.photograph(fault, place).await?;
                    self.window.click("consent-close").await?;
                }
                self.switch(None).await
            }
            Seen::Refused { cause } => {
                self.switch(Some(fault)).await?;
                self.window.click("check").await?;
                self.check_says(fault, &[(POP3, cause), (SMTP, cause)], Some("fixer-owner"))
                    .await?;
                self.switch(None).await?;
                self.authorize(POP3).await
            }
            Seen::Check { failing, who } => {
                let by_imap = failing.iter().any(|(protocol, _)| *protocol == IMAP);
                if by_imap {
                    self.receive_by("imap", &[(IMAP, "consent_missing")])
                        .await?;
                }
                self.switch(Some(fault)).await?;
                self.window.click("check").await?;
                self.check_says(fault, failing, Some(who)).await?;
                self.switch(None).await?;
                if by_imap {
                    self.receive_by("pop3", &[(POP3, "consent_missing")])
                        .await?;
                }
                Ok(())
            }
            Seen::Passes => {
                self.switch(Some(fault)).await?;
                self.window.click("check").await?;
                for protocol in [POP3, SMTP] {
                    journey::track_ends(&self.window, protocol, "ok").await?;
                }
                for again in [false, true] {
                    if again {
                        self.speak_the_other().await?;
                    }
                    self.photograph(fault, "[data-testid=\"track-pop3\"]")
                        .await?;
                }
                self.switch(None).await
            }
        }
    }

    /// The check that runs fails at these protocols with these causes, in both languages.
    async fn check_says(
        &mut self,
        fault: Fault,
        failing: &[(&str, &str)],
        who: Option<&str>,
    ) -> Result<()> {
        if !self.check_fails(failing).await? {
            return Ok(());
        }
        for again in [false, true] {
            if again {
                self.speak_the_other().await?;
            }
            for (protocol, cause) in failing {
                let place = format!("[data-testid=\"track-{protocol}\"]");
                self.explained(&place, cause, who).await?;
            }
            let first = failing.first().map_or(POP3, |(protocol, _)| protocol);
            self.photograph(fault, &format!("[data-testid=\"track-{first}\"]"))
                .await?;
        }
        Ok(())
    }

    /// Whether the check that runs fails at these protocols and passes at the other.
    async fn check_fails(&mut self, failing: &[(&str, &str)]) -> Result<bool> {
        let fails = |protocol| failing.iter().any(|(failing, _)| *failing == protocol);
        let reception = if fails(IMAP) { IMAP } else { POP3 };
        for protocol in [reception, SMTP] {
            let result = if fails(protocol) { "failed" } else { "ok" };
            if let Err(fault) = journey::track_ends(&self.window, protocol, result).await {
                self.wrong.push(format!("{fault:#}"));
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The explanation at a place is the cause's, in full.
    async fn explained(&mut self, place: &str, cause: &str, who: Option<&str>) -> Result<()> {
        let found = self
            .window
            .css(&format!("{place} [data-testid=\"diagnosis\"]"))
            .await?;
        let named = found.attr("data-cause").await?.unwrap_or_default();
        let shown = found.text().await?;
        if named != cause {
            self.wrong
                .push(format!("{place}: {named}, not {cause}:\n{shown}"));
            return Ok(());
        }
        let texts = self.texts();
        let id = format!("cause-{}", cause.replace('_', "-"));
        let mut wanted = vec![texts.say(&id)?];
        if let Some(who) = who {
            wanted.push(texts.say("diagnosis-who")?);
            wanted.push(texts.say(who)?);
        }
        for part in ["meaning", "steps", "useless"] {
            let text = texts.say(&format!("{id}.{part}"))?;
            wanted.extend(text.lines().filter(|line| *line != "-").map(str::to_owned));
        }
        if self.texts().has(&format!("{id}.admin")) {
            let message = found
                .find(Locator::Css("[data-testid=\"admin-message\"]"))
                .await?
                .text()
                .await?;
            self.says(place, &message, vec![ORDERS.to_owned()]);
        }
        self.says(place, &shown, wanted);
        Ok(())
    }

    /// Notes what a place should say and does not.
    fn says(&mut self, place: &str, shown: &str, wanted: Vec<String>) {
        let closed = closed_up(shown);
        for text in wanted {
            if !closed.contains(&closed_up(&text)) {
                let speaks = self.speaks;
                let line = format!("{place} in {speaks:?} does not say “{text}”, but:\n{shown}");
                self.wrong.push(line);
            }
        }
    }

    const fn texts(&self) -> &Texts {
        match self.speaks {
            Language::Ja => &self.ja,
            Language::En => &self.en,
        }
    }

    /// Chooses a fault in the practice bar, and waits for what the bar says of it.
    async fn switch(&self, fault: Option<Fault>) -> Result<()> {
        let code = fault.map_or("", Fault::code);
        self.window.choose("practice-fault", code).await?;
        let hint = "[data-testid=\"practice-hint\"]";
        match fault {
            Some(fault) => {
                let shown = self.window.css(hint).await?.text().await?;
                let wanted = fault.hint(self.speaks.practice());
                ensure!(closed_up(&shown) == closed_up(&wanted), "{shown}");
                Ok(())
            }
            None => self.window.gone(hint).await,
        }
    }

    async fn authorize(&self, reception: &str) -> Result<()> {
        let page = journey::press_authorize(&self.window, &self.browser).await?;
        journey::consent(&page, ORDERS).await?;
        self.window.find("message").await?;
        for protocol in [reception, SMTP] {
            journey::track_ends(&self.window, protocol, "ok").await?;
        }
        drop(page);
        self.browser.end();
        Ok(())
    }

    /// Goes as far in the browser as the fault lets one, and closes it.
    async fn consent_fails(&self, fault: Fault) -> Result<()> {
        let page: Browser = journey::press_authorize(&self.window, &self.browser).await?;
        page.sign_in(ORDERS, journey::PASSWORD).await?;
        if fault == Fault::AdminApprovalNeeded {
            page.go_without_approval().await?;
        } else {
            page.accept().await?;
        }
        self.window.find("consent-unchanged").await?;
        drop(page);
        self.browser.end();
        Ok(())
    }

    /// The other language, and back to the account.
    async fn speak_the_other(&mut self) -> Result<()> {
        self.speaks = self.speaks.other();
        journey::speak(&self.window, self.speaks.code()).await?;
        self.back_to_the_account().await
    }

    /// Receives by another protocol, which the consent so far does not cover: the check says so, and
    /// authorizing again mends it.
    async fn receive_by(&mut self, protocol: &str, before: &[(&str, &str)]) -> Result<()> {
        journey::set(&self.window, "reception", protocol).await?;
        self.back_to_the_account().await?;
        self.window.click("check").await?;
        if self.check_fails(before).await? {
            let place = format!("[data-testid=\"track-{protocol}\"]");
            self.explained(&place, "consent_missing", Some("fixer-owner"))
                .await?;
        }
        self.authorize(protocol).await
    }

    async fn back_to_the_account(&self) -> Result<()> {
        self.window.click("nav-list").await?;
        journey::open_account(&self.window, ORDERS).await
    }

    async fn photograph(&self, fault: Fault, place: &str) -> Result<()> {
        self.window.look_at(place).await?;
        let name = format!("{}.{}.png", fault.code(), self.speaks.code());
        let picture = self.window.photograph().await?;
        Ok(std::fs::write(self.pictures.join(name), picture)?)
    }
}
