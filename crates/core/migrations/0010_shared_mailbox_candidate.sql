-- Accounts whose address is a shared mailbox's, and the person who signs in for it; '' is whoever has
-- access: the first one who does is written here.
CREATE TABLE shared_mailbox (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    person     TEXT    NOT NULL COLLATE NOCASE
) STRICT;

-- A consent that is being tried out beside the authorization there is, if any. Its refresh token is the
-- secret 'candidate-token' of the same key. The owner is the process that tries it; as long as it
-- lives, it shows so by a locked file. It counts only for the account as it was when it was asked for.
CREATE TABLE candidate (
    account_id   INTEGER NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    key_id       BLOB    NOT NULL REFERENCES vault_key (key_id) ON DELETE CASCADE,
    revision     INTEGER NOT NULL,
    owner        TEXT    NOT NULL CHECK (owner <> ''),
    renewed_at   INTEGER NOT NULL,
    scopes       TEXT    NOT NULL,
    signed_in_as TEXT    NOT NULL,
    client_id    TEXT    NOT NULL,
    authority    TEXT    NOT NULL,
    kind         TEXT    NOT NULL CHECK (kind IN ('work', 'personal', 'other', 'unknown'))
) STRICT;

CREATE INDEX candidate_key ON candidate (key_id);
