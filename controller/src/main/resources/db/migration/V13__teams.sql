-- Who owns hosts, and what they are told.
CREATE TABLE teams (
    name           TEXT   NOT NULL PRIMARY KEY,
    hosts          TEXT   NOT NULL, -- CEL
    mail           TEXT   NOT NULL, -- addresses, separated by line feeds
    webhook        TEXT   NOT NULL, -- empty: none
    webhook_secret TEXT   NOT NULL, -- Base64; needed as it is to sign with
    notices        TEXT   NOT NULL, -- microseconds before a window, separated by commas
    created_at     BIGINT NOT NULL
);

-- What somebody is to be told, once: the key says what about.
CREATE TABLE notifications (
    id           TEXT    NOT NULL PRIMARY KEY, -- sorts by time
    about        TEXT    NOT NULL,
    team         TEXT    NOT NULL,
    channel      TEXT    NOT NULL, -- name of Channel.Kind
    target       TEXT    NOT NULL, -- a mail address; empty: the team's webhook
    subject      TEXT    NOT NULL,
    body         TEXT    NOT NULL, -- of mail
    json         TEXT    NOT NULL, -- of webhooks
    state        TEXT    NOT NULL, -- name of Notification.State
    attempts     INTEGER NOT NULL,
    problem      TEXT    NOT NULL,
    created_at   BIGINT  NOT NULL,
    next_attempt BIGINT  NOT NULL,
    expires_at   BIGINT  NOT NULL,
    sent_at      BIGINT,
    UNIQUE (about, team, channel, target)
);

CREATE INDEX notifications_due ON notifications (state, next_attempt);
