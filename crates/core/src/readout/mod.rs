//! The read-out code: what failed, where and in which version of the program, in eight letters and
//! digits that a shop owner can read over the phone. It holds nothing personal. What it explains is
//! what the customer's screen says. How the letters are made is in `letters`, the numbers of the
//! causes are in `numbers.tsv`, which only ever grows.

mod letters;
mod numbers;
#[cfg(test)]
mod tests;

use std::fmt;

pub use letters::Unreadable;

use crate::diagnosis::{AccountKind, Fixer, Protocol, Stage};

/// What a code carries.
///
/// Bits, from the left: cause 9, stage 5, protocol 3, kind of account 2, several causes 1, who can
/// put it right 3, version 12. Causes from 480 on are kept for layouts to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readout {
    cause: u16,
    place: Place,
    several: bool,
    fixer: Option<Fixer>,
    version: Version,
}

/// Where something failed; nothing of it is known for what fails on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The stage.
    pub stage: Option<Stage>,
    /// What was spoken.
    pub protocol: Option<Protocol>,
    /// Whose account it is.
    pub kind: AccountKind,
}

/// A version of the program. Numbers too large for a code stand as the largest that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    major: u8,
    minor: u8,
    patch: u8,
}

impl Place {
    /// On this computer.
    pub const HERE: Self = Self {
        stage: None,
        protocol: None,
        kind: AccountKind::Unknown,
    };
}

impl Version {
    /// This program's.
    #[must_use]
    pub fn current() -> Self {
        let part = |text: &str, most: u8| text.parse().unwrap_or(most).min(most);
        Self {
            major: part(env!("CARGO_PKG_VERSION_MAJOR"), 7),
            minor: part(env!("CARGO_PKG_VERSION_MINOR"), 31),
            patch: part(env!("CARGO_PKG_VERSION_PATCH"), 15),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl Readout {
    /// The code of a cause or problem by its stable name, as this program tells it. A name without
    /// a number, which the build does not let pass, is told as the unknown cause.
    #[must_use]
    pub fn of(name: &str, place: Place, fixer: Option<Fixer>, several: bool) -> Self {
        Self {
            cause: numbers::number(name)
                .or_else(|| numbers::number("unknown"))
                .unwrap_or_default(),
            place,
            several,
            fixer,
            version: Version::current(),
        }
    }

    /// Reads a code as people type it: in any case and width, with O for 0, I and L for 1, with
    /// spaces and dashes anywhere.
    ///
    /// # Errors
    /// What keeps it from being read: see [`Unreadable`].
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let bits = letters::read(text)?;
        let version = Version {
            major: low(bits >> 9, 3),
            minor: low(bits >> 4, 5),
            patch: low(bits, 4),
        };
        let newer = Unreadable::Newer { version };
        let cause = u16::try_from(bits >> 26 & 0x1FF).unwrap_or_default();
        if numbers::name(cause).is_none() {
            return Err(newer);
        }
        let stage = known(low(bits >> 21, 5), &STAGES, stage_number).ok_or(newer)?;
        let protocol = known(low(bits >> 18, 3), &PROTOCOLS, protocol_number).ok_or(newer)?;
        let fixer = known(low(bits >> 12, 3), &Fixer::ALL, fixer_number).ok_or(newer)?;
        let kind = KINDS
            .into_iter()
            .find(|kind| kind_number(*kind) == low(bits >> 16, 2))
            .unwrap_or(AccountKind::Unknown);
        Ok(Self {
            cause,
            place: Place {
                stage,
                protocol,
                kind,
            },
            several: bits >> 15 & 1 == 1,
            fixer,
            version,
        })
    }

    /// The stable name of the cause or problem.
    #[must_use]
    pub fn name(&self) -> &'static str {
        numbers::name(self.cause).unwrap_or("unknown")
    }

    /// Where it failed.
    #[must_use]
    pub const fn place(&self) -> Place {
        self.place
    }

    /// Whether other causes were open too; the code names the likeliest.
    #[must_use]
    pub const fn several(&self) -> bool {
        self.several
    }

    /// Who can put it right, if that was said.
    #[must_use]
    pub const fn fixer(&self) -> Option<Fixer> {
        self.fixer
    }

    /// The version of the program that told it.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.version
    }

    fn bits(self) -> u64 {
        let Version {
            major,
            minor,
            patch,
        } = self.version;
        let parts = [
            (u64::from(self.cause), 9),
            (self.place.stage.map_or(0, stage_number).into(), 5),
            (self.place.protocol.map_or(0, protocol_number).into(), 3),
            (kind_number(self.place.kind).into(), 2),
            (self.several.into(), 1),
            (self.fixer.map_or(0, fixer_number).into(), 3),
            (major.into(), 3),
            (minor.into(), 5),
            (patch.into(), 4),
        ];
        let join = |bits, (part, width): (u64, u32)| bits << width | part;
        parts.into_iter().fold(0, join)
    }
}

/// As it is shown: two groups of four.
impl fmt::Display for Readout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = letters::write(self.bits());
        for (at, letter) in code.into_iter().enumerate() {
            if at == 4 {
                f.write_str("-")?;
            }
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

fn low(bits: u64, width: u32) -> u8 {
    u8::try_from(bits & ((1 << width) - 1)).unwrap_or_default()
}

/// The value of that number; the number 0 is no value, and one that nobody has is unknown.
fn known<T: Copy>(number: u8, all: &[T], number_of: fn(T) -> u8) -> Option<Option<T>> {
    if number == 0 {
        return Some(None);
    }
    let found = all.iter().copied().find(|each| number_of(*each) == number);
    found.map(Some)
}

// The numbers below are in codes that people have written down: they never change. A new value
// takes the next number.

const STAGES: [Stage; 16] = [
    Stage::Dns,
    Stage::Tcp,
    Stage::Tls,
    Stage::Greeting,
    Stage::Capability,
    Stage::StartTls,
    Stage::Auth,
    Stage::Mailbox,
    Stage::Receive,
    Stage::SendMailFrom,
    Stage::SendRcpt,
    Stage::SendData,
    Stage::OauthAuthorize,
    Stage::OauthToken,
    Stage::OauthRefresh,
    Stage::DeviceCode,
];

const fn stage_number(stage: Stage) -> u8 {
    match stage {
        Stage::Dns => 1,
        Stage::Tcp => 2,
        Stage::Tls => 3,
        Stage::Greeting => 4,
        Stage::Capability => 5,
        Stage::StartTls => 6,
        Stage::Auth => 7,
        Stage::Mailbox => 8,
        Stage::Receive => 9,
        Stage::SendMailFrom => 10,
        Stage::SendRcpt => 11,
        Stage::SendData => 12,
        Stage::OauthAuthorize => 13,
        Stage::OauthToken => 14,
        Stage::OauthRefresh => 15,
        Stage::DeviceCode => 16,
    }
}

const PROTOCOLS: [Protocol; 5] = [
    Protocol::Oauth,
    Protocol::Smtp,
    Protocol::Imap,
    Protocol::Pop3,
    Protocol::Network,
];

const fn protocol_number(protocol: Protocol) -> u8 {
    match protocol {
        Protocol::Oauth => 1,
        Protocol::Smtp => 2,
        Protocol::Imap => 3,
        Protocol::Pop3 => 4,
        Protocol::Network => 5,
    }
}

const KINDS: [AccountKind; 4] = [
    AccountKind::Unknown,
    AccountKind::Work,
    AccountKind::Personal,
    AccountKind::Other,
];

const fn kind_number(kind: AccountKind) -> u8 {
    match kind {
        AccountKind::Unknown => 0,
        AccountKind::Work => 1,
        AccountKind::Personal => 2,
        AccountKind::Other => 3,
    }
}

const fn fixer_number(fixer: Fixer) -> u8 {
    match fixer {
        Fixer::Owner => 1,
        Fixer::TenantAdmin => 2,
        Fixer::MailProvider => 3,
        Fixer::NetworkAdmin => 4,
        Fixer::AppPublisher => 5,
        Fixer::Wait => 6,
    }
}
