-- Calendars of blackouts; windows and the rollouts made with them name those in which they do not open.
CREATE TABLE calendars (
    name          TEXT   NOT NULL PRIMARY KEY,
    url           TEXT   NOT NULL, -- where it is fetched from; empty: it was given
    zone          TEXT   NOT NULL, -- of days and times without one; empty: that of each window
    content       TEXT,            -- iCalendar, the last that could be read; none ever was: NULL
    etag          TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    read_at       BIGINT,
    tried_at      BIGINT,
    problem       TEXT   NOT NULL, -- why the last attempt to fetch it gave nothing; empty: it did
    failing_since BIGINT
);

ALTER TABLE windows ADD COLUMN calendars TEXT NOT NULL DEFAULT ''; -- names, separated by commas
ALTER TABLE rollouts ADD COLUMN window_calendars TEXT NOT NULL DEFAULT '';
