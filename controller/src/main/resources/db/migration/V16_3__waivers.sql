-- What is let pass on some hosts for a time, and who said so.
CREATE TABLE waivers (
    name         TEXT   NOT NULL PRIMARY KEY,
    kind         TEXT   NOT NULL, -- name of Waiver.Kind
    subject      TEXT   NOT NULL, -- policy/rule, CVE, package
    hosts        TEXT   NOT NULL, -- CEL
    reason       TEXT   NOT NULL,
    expires_at   BIGINT NOT NULL,
    asked_by     TEXT   NOT NULL,
    asked_at     BIGINT NOT NULL,
    approved_by  TEXT,
    approved_at  BIGINT,
    revoked_by   TEXT,
    revoked_at   BIGINT
);
