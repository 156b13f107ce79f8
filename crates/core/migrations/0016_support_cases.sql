-- Customers' reports that the support desk keeps, as they were received, with the desk's note.
-- They are deleted by hand, and by age.
CREATE TABLE support_case (
    id          INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    received_at INTEGER NOT NULL,
    note        TEXT    NOT NULL DEFAULT '',
    report      TEXT    NOT NULL
) STRICT;

CREATE INDEX support_case_age ON support_case (received_at);
