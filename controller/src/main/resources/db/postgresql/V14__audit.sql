-- What was done, by whom and with what end: a chain, in which each entry holds the hash of the one before it.
CREATE TABLE audit_entries (
    seq    BIGINT NOT NULL PRIMARY KEY, -- from 1, without gaps
    body   TEXT   NOT NULL, -- JSON in ASCII, exactly as it was hashed
    hash   TEXT   NOT NULL, -- SHA-256 of the body, hex
    -- Copies of what the body says, to search by.
    at     BIGINT NOT NULL,
    kind   TEXT   NOT NULL,
    "user" TEXT   NOT NULL,
    method TEXT   NOT NULL,
    call   TEXT   NOT NULL -- empty: none
);

CREATE INDEX audit_users ON audit_entries ("user", seq);
CREATE UNIQUE INDEX audit_ends ON audit_entries (call) WHERE kind = 'ended';

-- Against mistakes of ours. Whoever owns the tables can take them off: only a head that is kept elsewhere tells.
CREATE FUNCTION audit_entries_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit_entries) THEN
        RAISE EXCEPTION 'an entry of the audit log must follow the last one';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER audit_entries_follow BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION audit_entries_follow();

CREATE FUNCTION audit_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries of the audit log are not %',
        CASE TG_OP WHEN 'UPDATE' THEN 'changed' ELSE 'deleted' END;
END
$$;
CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON audit_entries FOR EACH ROW EXECUTE FUNCTION audit_entries_stay();
CREATE TRIGGER audit_entries_remain BEFORE DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION audit_entries_stay();
CREATE TRIGGER audit_entries_whole BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_stay();
