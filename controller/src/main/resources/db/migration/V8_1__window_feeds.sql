-- Who subscribes to windows as calendars; the tokens themselves are nowhere.
CREATE TABLE window_feeds (
    token_hash  TEXT   NOT NULL PRIMARY KEY, -- SHA-256, hexadecimal
    window_name TEXT   NOT NULL, -- empty: all windows
    created_at  BIGINT NOT NULL
);
