-- Calls that changed something and had an idempotency key: kept for a day, so that the same call again is known.
CREATE TABLE idempotency_keys (
    user_name      TEXT   NOT NULL,
    key            TEXT   NOT NULL, -- as the client chose it
    method         TEXT   NOT NULL,
    request_digest TEXT   NOT NULL, -- SHA-256 of the request, hexadecimal
    at             BIGINT NOT NULL,
    made           TEXT,            -- what the call made; null: it has not ended
    answer         BLOB,            -- null: none is kept, because it holds a secret or is large
    PRIMARY KEY (user_name, key)
);
CREATE INDEX idempotency_keys_at ON idempotency_keys (at);
