-- Times are seconds since 1970, UTC; columns that end in _ms are milliseconds.

CREATE TABLE account (
    id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    revision   INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 1),
    address    TEXT    NOT NULL COLLATE NOCASE UNIQUE CHECK (length(address) BETWEEN 3 AND 254),
    name       TEXT    NOT NULL,
    purpose    TEXT    NOT NULL
        CHECK (purpose IN ('unspecified', 'sending', 'order-receiving', 'rakuten-sending')),
    auth       TEXT    NOT NULL CHECK (auth IN ('oauth', 'password')),
    user       TEXT    NOT NULL CHECK (auth = 'password' OR user = ''),
    created_at INTEGER NOT NULL
) STRICT;

-- The servers that were entered, at most one for each protocol.
CREATE TABLE server (
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    protocol   TEXT    NOT NULL CHECK (protocol IN ('pop3', 'imap', 'smtp')),
    host       TEXT    NOT NULL CHECK (host <> ''),
    port       INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
    tls        TEXT    NOT NULL CHECK (tls IN ('implicit', 'starttls', 'none')),
    PRIMARY KEY (account_id, protocol)
) STRICT, WITHOUT ROWID;

-- The last verdict on receiving and on sending; the failure is the diagnosis as JSON.
CREATE TABLE verdict (
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    side       TEXT    NOT NULL CHECK (side IN ('reception', 'sending')),
    at         INTEGER NOT NULL,
    protocol   TEXT    NOT NULL CHECK (protocol IN ('pop3', 'imap', 'smtp')),
    failure    TEXT    CHECK (failure IS NULL OR json_valid(failure)),
    PRIMARY KEY (account_id, side)
) STRICT, WITHOUT ROWID;

-- Who renews an account's authorization just now.
CREATE TABLE lease (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    owner      TEXT    NOT NULL CHECK (owner <> ''),
    until_ms   INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
    key   TEXT NOT NULL PRIMARY KEY CHECK (key <> ''),
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every data key that anything may be sealed with, never the key itself. The check value opens
-- with the right key only. One durable key is current; a session's key never is.
CREATE TABLE vault_key (
    key_id       BLOB    NOT NULL PRIMARY KEY CHECK (length(key_id) = 16),
    home         TEXT    NOT NULL CHECK (home IN ('keyring', 'passphrase', 'session')),
    current      INTEGER NOT NULL CHECK (current IN (0, 1) AND (current = 0 OR home <> 'session')),
    check_nonce  BLOB    NOT NULL CHECK (length(check_nonce) = 24),
    check_sealed BLOB    NOT NULL
) STRICT;

CREATE UNIQUE INDEX vault_key_current ON vault_key (current) WHERE current = 1;

-- How a passphrase becomes the key that wraps a data key (Argon2id).
CREATE TABLE vault_passphrase (
    key_id     BLOB    NOT NULL PRIMARY KEY REFERENCES vault_key (key_id) ON DELETE CASCADE,
    salt       BLOB    NOT NULL CHECK (length(salt) = 16),
    memory_kib INTEGER NOT NULL CHECK (memory_kib BETWEEN 8 AND 1048576),
    passes     INTEGER NOT NULL CHECK (passes BETWEEN 1 AND 64),
    lanes      INTEGER NOT NULL CHECK (lanes BETWEEN 1 AND 16),
    nonce      BLOB    NOT NULL CHECK (length(nonce) = 24),
    wrapped    BLOB    NOT NULL
) STRICT;

-- Sealed values. What another key sealed stays beside: a key that is away may come back.
CREATE TABLE secret (
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    field      TEXT    NOT NULL CHECK (field <> ''),
    key_id     BLOB    NOT NULL REFERENCES vault_key (key_id) ON DELETE CASCADE,
    nonce      BLOB    NOT NULL CHECK (length(nonce) = 24),
    sealed     BLOB    NOT NULL,
    PRIMARY KEY (account_id, field, key_id)
) STRICT;

CREATE INDEX secret_key ON secret (key_id);

-- What is known of an authorization; its refresh token is the secret 'refresh-token' of the same key.
CREATE TABLE authorization (
    account_id    INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    key_id        BLOB    NOT NULL REFERENCES vault_key (key_id) ON DELETE CASCADE,
    renewed_at    INTEGER NOT NULL,
    scopes        TEXT    NOT NULL,
    signed_in_as  TEXT    NOT NULL,
    client_id     TEXT    NOT NULL,
    authority     TEXT    NOT NULL,
    refused_at    INTEGER,
    refused_error TEXT,
    PRIMARY KEY (account_id, key_id),
    CHECK ((refused_at IS NULL) = (refused_error IS NULL))
) STRICT;

CREATE INDEX authorization_key ON authorization (key_id);
