-- What an account had before it was switched to OAuth, for as long as that can be undone: until its
-- authorization has passed a check. Its password stays in "secret", sealed as it was.
CREATE TABLE switched (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    -- As it was then: an empty user means this address.
    address    TEXT    NOT NULL CHECK (address <> ''),
    user       TEXT    NOT NULL
) STRICT;

CREATE TABLE switched_server (
    account_id INTEGER NOT NULL REFERENCES switched (account_id) ON DELETE CASCADE,
    protocol   TEXT    NOT NULL CHECK (protocol IN ('pop3', 'imap', 'smtp')),
    host       TEXT    NOT NULL CHECK (host <> ''),
    port       INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
    tls        TEXT    NOT NULL CHECK (tls IN ('implicit', 'starttls', 'none')),
    PRIMARY KEY (account_id, protocol)
) STRICT, WITHOUT ROWID;
