-- Users, and what each may do on which hosts.
CREATE TABLE users (
    name       TEXT   NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL
);

CREATE TABLE user_grants (
    user_name TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
    role      TEXT NOT NULL, -- name of Role
    hosts     TEXT NOT NULL, -- CEL; empty: the whole fleet
    PRIMARY KEY (user_name, role, hosts)
);

-- A user's tokens, each for all that the user may do or for less.
CREATE TABLE user_tokens (
    user_name  TEXT   NOT NULL REFERENCES users (name) ON DELETE CASCADE,
    name       TEXT   NOT NULL,
    token_hash TEXT   NOT NULL UNIQUE, -- SHA-256, hexadecimal
    role       TEXT,                   -- name of Role: the highest; NULL: the user's
    hosts      TEXT   NOT NULL,        -- CEL; empty: all of the user's
    created_by TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    last_used  BIGINT,
    PRIMARY KEY (user_name, name)
);

-- How a person logs in. The password as a PHC string of Argon2id; the secret of TOTP sealed with the key in totp.key.
CREATE TABLE user_logins (
    user_name      TEXT    NOT NULL PRIMARY KEY REFERENCES users (name) ON DELETE CASCADE,
    password       TEXT    NOT NULL,
    must_change    BOOLEAN NOT NULL,
    changed_at     BIGINT  NOT NULL,
    totp_secret    TEXT    NOT NULL, -- empty: none
    totp_confirmed BOOLEAN NOT NULL,
    totp_step      BIGINT  NOT NULL, -- of the last code that was taken: none up to it is taken again
    recovery       TEXT    NOT NULL  -- SHA-256 of the recovery codes that are left, hexadecimal, separated by commas
);

CREATE TABLE user_sessions (
    id_hash    TEXT   NOT NULL PRIMARY KEY, -- SHA-256, hexadecimal
    user_name  TEXT   NOT NULL REFERENCES users (name) ON DELETE CASCADE,
    address    TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    last_used  BIGINT NOT NULL
);

CREATE INDEX user_sessions_by_user ON user_sessions (user_name);

-- Each former token was a user.
INSERT INTO users (name, created_at) SELECT name, created_at FROM api_tokens;
INSERT INTO user_grants (user_name, role, hosts) SELECT name, role, '' FROM api_tokens;
INSERT INTO user_tokens (user_name, name, token_hash, hosts, created_by, created_at)
    SELECT name, 'first', token_hash, '', '', created_at FROM api_tokens;
DROP TABLE api_tokens;
