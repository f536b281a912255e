-- The newest ended run of each host, at hand: a report asks for it of every host, whatever past there is. host_id is no foreign key.
CREATE TABLE last_runs (
    host_id  TEXT   NOT NULL PRIMARY KEY,
    run_id   TEXT   NOT NULL,
    state    TEXT   NOT NULL, -- name of drydock.agent.v1.RunState
    ended_at BIGINT NOT NULL
);

CREATE INDEX last_runs_by_state ON last_runs (state);

INSERT INTO last_runs (host_id, run_id, state, ended_at)
    SELECT host_id, id, state, ended_at FROM (
        SELECT host_id, id, state, ended_at, ROW_NUMBER() OVER (PARTITION BY host_id ORDER BY ended_at DESC, id DESC) AS age
        FROM runs WHERE open = FALSE AND ended_at IS NOT NULL) AS ended
    WHERE age = 1;

-- Pages of a host's runs, newest first.
CREATE INDEX runs_of_host_by_age ON runs (host_id, offered_at, id);
