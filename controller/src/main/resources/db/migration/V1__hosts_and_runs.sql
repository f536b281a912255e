-- Instants are microseconds since 1970-01-01T00:00:00Z. Columns of type ${bytes} hold protobuf messages.

CREATE TABLE hosts (
    id                     TEXT    NOT NULL PRIMARY KEY,
    name                   TEXT    NOT NULL UNIQUE,
    labels                 TEXT    NOT NULL, -- JSON object of strings
    enrolled_at            BIGINT  NOT NULL,
    certificate_expires_at BIGINT  NOT NULL,
    revoked                BOOLEAN NOT NULL DEFAULT FALSE,
    drained                BOOLEAN NOT NULL DEFAULT FALSE,
    cloned                 BOOLEAN NOT NULL DEFAULT FALSE,
    token_id               TEXT    NOT NULL, -- the enrolment token that let it in
    facts                  ${bytes},         -- drydock.facts.v1.Host as the agent last reported it
    facts_digest           TEXT    NOT NULL DEFAULT '',
    last_seen              BIGINT,
    clock_skew             BIGINT            -- microseconds: the agent's clock less the controller's
);

-- Every certificate that the CA issued; host_id is empty for those of the controller's own servers.
CREATE TABLE certificates (
    serial     TEXT   NOT NULL PRIMARY KEY, -- hexadecimal
    host_id    TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    not_before BIGINT NOT NULL,
    not_after  BIGINT NOT NULL
);

CREATE INDEX certificates_of_host ON certificates (host_id);

CREATE TABLE enrolment_tokens (
    id          TEXT    NOT NULL PRIMARY KEY,
    secret_hash TEXT    NOT NULL, -- SHA-256, hexadecimal; the secret itself is nowhere
    uses_left   INTEGER NOT NULL CHECK (uses_left >= 0),
    expires_at  BIGINT  NOT NULL,
    labels      TEXT    NOT NULL, -- JSON object of strings
    created_at  BIGINT  NOT NULL,
    revoked     BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE api_tokens (
    name       TEXT   NOT NULL PRIMARY KEY,
    token_hash TEXT   NOT NULL, -- SHA-256, hexadecimal
    created_at BIGINT NOT NULL
);

-- host_id and rollout_id are no foreign keys: the history of runs outlives hosts and rollouts.
CREATE TABLE runs (
    id               TEXT    NOT NULL PRIMARY KEY,
    rollout_id       TEXT    NOT NULL,
    host_id          TEXT    NOT NULL,
    playbook_name    TEXT    NOT NULL,
    playbook_version INTEGER NOT NULL,
    playbook_digest  TEXT    NOT NULL,
    params           TEXT    NOT NULL, -- JSON object of strings
    window_name      TEXT    NOT NULL,
    window_opens     BIGINT  NOT NULL,
    window_closes    BIGINT  NOT NULL,
    start_before     BIGINT  NOT NULL,
    deadline         BIGINT  NOT NULL,
    state            TEXT    NOT NULL, -- name of drydock.agent.v1.RunState
    reason           TEXT    NOT NULL,
    offered_at       BIGINT  NOT NULL,
    started_at       BIGINT,
    ended_at         BIGINT,
    last_sequence    BIGINT  NOT NULL,
    output_size      BIGINT  NOT NULL,
    step             TEXT    NOT NULL DEFAULT '', -- name of the step it stands at, for people
    cancel_mode      TEXT    NOT NULL DEFAULT '', -- name of CancelRun.Mode; empty: not asked to end
    cancel_reason    TEXT    NOT NULL DEFAULT '',
    open             BOOLEAN NOT NULL             -- whether more is expected, so that it can be indexed
);

CREATE INDEX runs_of_host ON runs (host_id, open, offered_at);
CREATE INDEX runs_of_rollout ON runs (rollout_id);
CREATE INDEX runs_by_age ON runs (offered_at);

CREATE TABLE run_events (
    run_id   TEXT     NOT NULL REFERENCES runs (id),
    sequence BIGINT   NOT NULL,
    event    ${bytes} NOT NULL, -- drydock.agent.v1.RunEvent
    PRIMARY KEY (run_id, sequence)
);
