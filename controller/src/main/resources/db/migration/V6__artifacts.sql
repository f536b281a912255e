-- Pushed files; their bytes lie in the data directory, named by the digest.
CREATE TABLE artifacts (
    digest    TEXT   NOT NULL PRIMARY KEY, -- SHA-256, hexadecimal
    name      TEXT   NOT NULL, -- of the file that was pushed, for people
    size      BIGINT NOT NULL CHECK (size > 0),
    pushed_at BIGINT NOT NULL
);
