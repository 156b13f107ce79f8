-- Who may use the program. Without a row nobody signs in, and everybody may do everything.
CREATE TABLE operator (
    id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL CHECK (name <> ''),
    -- The name as it is compared.
    name_key   TEXT    NOT NULL UNIQUE CHECK (name_key <> ''),
    accounts   TEXT    NOT NULL CHECK (accounts IN ('edit', 'view', 'none')),
    settings   TEXT    NOT NULL CHECK (settings IN ('edit', 'view', 'none')),
    -- What Argon2id made of the password, and how.
    salt       BLOB    NOT NULL,
    memory_kib INTEGER NOT NULL CHECK (memory_kib > 0),
    passes     INTEGER NOT NULL CHECK (passes > 0),
    lanes      INTEGER NOT NULL CHECK (lanes > 0),
    verifier   BLOB    NOT NULL CHECK (length(verifier) = 32),
    -- Wrong passwords in a row, and when the last one was given.
    wrong      INTEGER NOT NULL DEFAULT 0 CHECK (wrong >= 0),
    tried_at   INTEGER
) STRICT;
