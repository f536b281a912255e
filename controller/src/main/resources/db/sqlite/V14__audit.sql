-- What was done, by whom and with what end: a chain, in which each entry holds the hash of the one before it.
CREATE TABLE audit_entries (
    seq    INTEGER NOT NULL PRIMARY KEY, -- from 1, without gaps
    body   TEXT    NOT NULL, -- JSON in ASCII, exactly as it was hashed
    hash   TEXT    NOT NULL, -- SHA-256 of the body, hex
    -- Copies of what the body says, to search by.
    at     BIGINT  NOT NULL,
    kind   TEXT    NOT NULL,
    user   TEXT    NOT NULL,
    method TEXT    NOT NULL,
    call   TEXT    NOT NULL -- empty: none
);

CREATE INDEX audit_users ON audit_entries (user, seq);
CREATE UNIQUE INDEX audit_ends ON audit_entries (call) WHERE kind = 'ended';

-- Against mistakes of ours. Whoever can write to the file can take them off: only a head that is kept elsewhere tells.
CREATE TRIGGER audit_entries_follow BEFORE INSERT ON audit_entries
WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit_entries)
BEGIN
    SELECT RAISE(ABORT, 'an entry of the audit log must follow the last one');
END;

CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON audit_entries
BEGIN
    SELECT RAISE(ABORT, 'entries of the audit log are not changed');
END;

CREATE TRIGGER audit_entries_remain BEFORE DELETE ON audit_entries
BEGIN
    SELECT RAISE(ABORT, 'entries of the audit log are not deleted');
END;
