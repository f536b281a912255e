-- What was wrong with hosts, from when to when. host_id is no foreign key: the history outlives hosts.
CREATE TABLE findings (
    host_id     TEXT    NOT NULL,
    kind        TEXT    NOT NULL, -- name of FindingKind
    subject     TEXT    NOT NULL, -- CVE, package, part of a site
    package     TEXT    NOT NULL, -- whose update mends it; empty: none
    severity    TEXT    NOT NULL, -- name of Severity
    exploited   BOOLEAN NOT NULL,
    first_seen  BIGINT  NOT NULL, -- when its clock started
    resolved_at BIGINT,
    resolution  TEXT              -- name of HostChanges.Resolution
);

CREATE UNIQUE INDEX findings_open ON findings (host_id, kind, subject) WHERE resolved_at IS NULL;
CREATE INDEX findings_of_host ON findings (host_id, resolved_at);

-- How many were mended: what reports would have to count otherwise.
CREATE TABLE remediation_days (
    day      INTEGER NOT NULL, -- since 1970-01-01, UTC
    host_id  TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    severity TEXT    NOT NULL,
    mended   INTEGER NOT NULL,
    within   INTEGER NOT NULL, -- the time that the policy gave which counted then
    seconds  BIGINT  NOT NULL, -- that they were there, taken together
    PRIMARY KEY (day, host_id, kind, severity)
);

-- The fleet at the end of each day, by policy and by group of hosts.
CREATE TABLE compliance_days (
    day         INTEGER NOT NULL, -- since 1970-01-01, UTC
    policy      TEXT    NOT NULL, -- name; empty: all policies together
    label       TEXT    NOT NULL, -- 'team', 'client'; empty: all hosts
    label_value TEXT    NOT NULL,
    hosts       INTEGER NOT NULL,
    compliant   INTEGER NOT NULL,
    due         INTEGER NOT NULL,
    late        INTEGER NOT NULL,
    unknown     INTEGER NOT NULL,
    waived      INTEGER NOT NULL, -- hosts of which something is waived
    critical    INTEGER NOT NULL, -- open vulnerabilities
    high        INTEGER NOT NULL,
    exploited   INTEGER NOT NULL,
    PRIMARY KEY (day, policy, label, label_value)
);
