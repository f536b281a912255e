-- Hosts without an agent, as somebody last looked at them over SSH.
CREATE TABLE assessments (
    name    TEXT   NOT NULL PRIMARY KEY,
    facts   BLOB   NOT NULL, -- drydock.facts.v1.Host
    address TEXT   NOT NULL,
    seen_at BIGINT NOT NULL,
    seen_by TEXT   NOT NULL
);
