-- Reports that are made at their times and sent.
CREATE TABLE report_schedules (
    id             TEXT    NOT NULL PRIMARY KEY,
    name           TEXT    NOT NULL UNIQUE,
    kind           TEXT    NOT NULL, -- name of ReportKind
    what           TEXT    NOT NULL, -- CEL, or the name of a contract
    format         TEXT    NOT NULL, -- name of ReportFormat
    rrule          TEXT    NOT NULL, -- empty: once
    start          TEXT    NOT NULL, -- local, ISO 8601
    zone           TEXT    NOT NULL,
    mail           TEXT    NOT NULL, -- addresses, separated by line feeds
    webhook        TEXT    NOT NULL, -- empty: none
    webhook_secret TEXT    NOT NULL, -- Base64; needed as it is to sign with
    teams          TEXT    NOT NULL, -- names, separated by line feeds
    owner          TEXT    NOT NULL,
    owner_since    BIGINT  NOT NULL, -- another user of that name is not the owner
    paused         BOOLEAN NOT NULL,
    active_from    BIGINT  NOT NULL,
    created_at     BIGINT  NOT NULL
);

-- What was sent, once a time: the key says so.
CREATE TABLE report_sendings (
    schedule  TEXT    NOT NULL REFERENCES report_schedules (id),
    due_at    BIGINT  NOT NULL,
    asked_by  TEXT    NOT NULL, -- empty: it was its time
    made_at   BIGINT  NOT NULL,
    missed    INTEGER NOT NULL,
    problem   TEXT    NOT NULL, -- why it was not made; empty: it was
    summary   TEXT    NOT NULL,
    file_name TEXT    NOT NULL,
    file_type TEXT    NOT NULL,
    size      BIGINT  NOT NULL,
    content   ${bytes},         -- NULL: none was made, or everybody has it
    about     TEXT    NOT NULL UNIQUE, -- of its notifications
    queued    BOOLEAN NOT NULL, -- in the outbox
    PRIMARY KEY (schedule, due_at, asked_by)
);

CREATE INDEX report_sendings_unqueued ON report_sendings (made_at) WHERE queued = FALSE;
