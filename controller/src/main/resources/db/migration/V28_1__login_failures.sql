-- Who failed to log in, so that a restart forgives nobody. Rows older than an hour count no more.
CREATE TABLE login_failures (
    kind     TEXT    NOT NULL, -- name of FailureStore.Kind
    subject  TEXT    NOT NULL, -- a user's name, or an address as LoginGuard groups them
    failures INTEGER NOT NULL,
    last_at  BIGINT  NOT NULL,
    PRIMARY KEY (kind, subject)
);

CREATE INDEX login_failures_by_age ON login_failures (last_at);
