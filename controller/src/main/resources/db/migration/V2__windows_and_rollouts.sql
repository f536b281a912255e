-- Lengths of time are microseconds, as instants are. A window's columns stand twice: rollouts keep the one they were made with.

CREATE TABLE windows (
    name     TEXT   NOT NULL PRIMARY KEY,
    rrule    TEXT   NOT NULL, -- empty: once
    start    TEXT   NOT NULL, -- local, ISO 8601
    zone     TEXT   NOT NULL,
    duration BIGINT NOT NULL,
    cutoff   BIGINT NOT NULL,
    reserve  BIGINT NOT NULL
);

CREATE TABLE rollouts (
    id                   TEXT    NOT NULL PRIMARY KEY,
    name                 TEXT    NOT NULL UNIQUE,
    -- the plan: never changed
    playbook_name        TEXT    NOT NULL,
    playbook_version     INTEGER NOT NULL,
    playbook_digest      TEXT    NOT NULL,
    params               TEXT    NOT NULL, -- JSON object of strings
    selector             TEXT    NOT NULL,
    window_name          TEXT    NOT NULL,
    window_rrule         TEXT    NOT NULL,
    window_start         TEXT    NOT NULL,
    window_zone          TEXT    NOT NULL,
    window_duration      BIGINT  NOT NULL,
    window_cutoff        BIGINT  NOT NULL,
    window_reserve       BIGINT  NOT NULL,
    waves                TEXT    NOT NULL, -- separated by commas, as written
    max_concurrent       TEXT    NOT NULL,
    failure_threshold    TEXT    NOT NULL,
    soak                 BIGINT  NOT NULL,
    created_at           BIGINT  NOT NULL,
    -- where it stands
    state                TEXT    NOT NULL, -- name of RolloutState
    reason               TEXT    NOT NULL,
    current_wave         INTEGER NOT NULL,
    opening_opens        BIGINT,
    opening_closes       BIGINT,
    opening_start_before BIGINT,
    used_through         BIGINT,
    soak_until           BIGINT,
    stop                 TEXT    NOT NULL, -- name of Rollout.Stop
    roll_back            BOOLEAN NOT NULL,
    started_at           BIGINT,
    ended_at             BIGINT,
    live                 BOOLEAN NOT NULL  -- whether it has still to be driven, so that it can be indexed
);

CREATE INDEX rollouts_live ON rollouts (live);

CREATE TABLE rollout_hosts (
    rollout_id           TEXT    NOT NULL REFERENCES rollouts (id),
    position             INTEGER NOT NULL, -- in the order in which hosts go, from 0
    host_id              TEXT    NOT NULL,
    host_name            TEXT    NOT NULL,
    wave                 INTEGER NOT NULL,
    run_id               TEXT    NOT NULL, -- the newest; empty: none was offered
    state                TEXT    NOT NULL, -- name of drydock.agent.v1.RunState
    reason               TEXT    NOT NULL,
    step                 TEXT    NOT NULL,
    attempts             INTEGER NOT NULL,
    deferrals            INTEGER NOT NULL,
    done                 BOOLEAN NOT NULL,
    asked                TEXT    NOT NULL, -- name of HostProgress.Asked
    opening_opens        BIGINT,
    opening_closes       BIGINT,
    opening_start_before BIGINT,
    deadline             BIGINT,
    started_at           BIGINT,
    ended_at             BIGINT,
    unready              TEXT    NOT NULL,
    PRIMARY KEY (rollout_id, position)
);

CREATE TABLE rollout_exclusions (
    rollout_id TEXT    NOT NULL REFERENCES rollouts (id),
    position   INTEGER NOT NULL,
    host       TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    PRIMARY KEY (rollout_id, position)
);

CREATE INDEX runs_open ON runs (open, host_id);
CREATE INDEX runs_by_end ON runs (host_id, ended_at);
