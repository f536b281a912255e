-- What was agreed with a client.
CREATE TABLE contracts (
    name       TEXT   NOT NULL PRIMARY KEY,
    client     TEXT   NOT NULL,
    hosts      TEXT   NOT NULL, -- CEL
    zone       TEXT   NOT NULL,
    days       TEXT   NOT NULL, -- names of DayOfWeek, separated by commas
    opens      TEXT   NOT NULL, -- local, ISO 8601
    closes     TEXT   NOT NULL, -- 00:00: the end of the day
    calendars  TEXT   NOT NULL, -- names, separated by commas
    created_at BIGINT NOT NULL
);

CREATE TABLE contract_terms (
    contract TEXT    NOT NULL REFERENCES contracts (name),
    type     TEXT    NOT NULL, -- name of MaintenanceType
    response BIGINT,           -- NULL: none is promised
    fix_days INTEGER,          -- NULL: none is promised
    included BOOLEAN NOT NULL,
    PRIMARY KEY (contract, type)
);

CREATE TABLE incidents (
    number       INTEGER NOT NULL PRIMARY KEY,
    request_id   TEXT    UNIQUE,   -- NULL: the caller gave none
    title        TEXT    NOT NULL,
    type         TEXT    NOT NULL, -- name of MaintenanceType
    scope        TEXT    NOT NULL, -- name of Scope
    contract     TEXT    NOT NULL, -- as it was when the incident was opened: no foreign key
    client       TEXT    NOT NULL,
    included     BOOLEAN NOT NULL,
    response_due BIGINT,           -- NULL: none is promised
    fix_due      BIGINT,
    rollout_id   TEXT    NOT NULL, -- empty: opened by hand
    rollout      TEXT    NOT NULL,
    playbook     TEXT    NOT NULL,
    cause        TEXT    NOT NULL,
    state        TEXT    NOT NULL, -- name of IncidentState
    opened_by    TEXT    NOT NULL, -- empty: the controller
    opened_at    BIGINT  NOT NULL,
    responded_at BIGINT,
    resolved_at  BIGINT,
    closed_at    BIGINT
);

CREATE INDEX incidents_of_group ON incidents (rollout_id, contract);
CREATE INDEX incidents_of_contract ON incidents (contract, opened_at);

CREATE TABLE incident_hosts (
    incident  INTEGER NOT NULL REFERENCES incidents (number),
    position  INTEGER NOT NULL,
    host_id   TEXT    NOT NULL,
    host_name TEXT    NOT NULL,
    run_id    TEXT    UNIQUE, -- NULL: opened by hand
    PRIMARY KEY (incident, position)
);

CREATE TABLE incident_entries (
    incident   INTEGER NOT NULL REFERENCES incidents (number),
    position   INTEGER NOT NULL,
    at         BIGINT  NOT NULL,
    said_by    TEXT    NOT NULL, -- empty: the controller
    action     TEXT    NOT NULL, -- name of IncidentAction
    from_state TEXT    NOT NULL, -- empty: it moved nothing
    to_state   TEXT    NOT NULL,
    comment    TEXT    NOT NULL,
    PRIMARY KEY (incident, position)
);

-- Runs that ended on hosts of a contract, as it stood when they were counted.
CREATE TABLE contract_changes (
    run_id   TEXT    NOT NULL PRIMARY KEY REFERENCES runs (id),
    contract TEXT    NOT NULL,
    type     TEXT    NOT NULL,
    scope    TEXT    NOT NULL,
    included BOOLEAN NOT NULL
);

CREATE INDEX contract_changes_of_contract ON contract_changes (contract);

ALTER TABLE runs ADD COLUMN counted BOOLEAN NOT NULL DEFAULT FALSE; -- looked at for contracts, once it had ended
ALTER TABLE runs ADD COLUMN incident INTEGER;                       -- NULL: none; 0: it failed before incidents were kept

-- What ended before contracts were kept opens no incident now.
UPDATE runs SET counted = TRUE WHERE open = FALSE;
UPDATE runs SET incident = 0 WHERE open = FALSE AND state IN ('ROLLED_BACK', 'ROLLBACK_FAILED', 'LOST');

CREATE INDEX runs_uncounted ON runs (open, ended_at) WHERE counted = FALSE;
CREATE INDEX runs_without_incident ON runs (ended_at)
    WHERE incident IS NULL AND state IN ('ROLLED_BACK', 'ROLLBACK_FAILED', 'LOST');
