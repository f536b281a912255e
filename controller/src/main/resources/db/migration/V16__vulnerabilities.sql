-- What each source of vulnerabilities said the last time.
CREATE TABLE vulnerability_feeds (
    source      TEXT    NOT NULL PRIMARY KEY,
    import      TEXT    NOT NULL UNIQUE, -- whose rows below count; others are of imports that were replaced or cut off
    kind        TEXT    NOT NULL, -- name of FeedKind
    digest      TEXT    NOT NULL, -- SHA-256 of the file, hexadecimal
    entries     INTEGER NOT NULL,
    skipped     INTEGER NOT NULL,
    imported_at BIGINT  NOT NULL,
    imported_by TEXT    NOT NULL
);

CREATE TABLE vulnerability_fixes (
    import   TEXT NOT NULL,
    cve      TEXT NOT NULL,
    release  TEXT NOT NULL, -- debian:bookworm, el:9
    package  TEXT NOT NULL,
    version  TEXT NOT NULL, -- the first that is mended
    severity TEXT NOT NULL, -- name of Severity
    advisory TEXT NOT NULL
);

CREATE INDEX vulnerability_fixes_of_import ON vulnerability_fixes (import);

CREATE TABLE exploited_vulnerabilities (
    import TEXT NOT NULL,
    cve    TEXT NOT NULL,
    PRIMARY KEY (import, cve)
);
