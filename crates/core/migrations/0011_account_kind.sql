-- Whose account it is, once that is known: by the domain's look-ups, or proven by an id_token.
CREATE TABLE account_kind (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    kind       TEXT    NOT NULL CHECK (kind IN ('work', 'personal', 'other')),
    proven     INTEGER NOT NULL CHECK (proven IN (0, 1))
) STRICT;
