-- Users who may sign in by the provider, and which person of it each is from the first sign-in on.
CREATE TABLE user_persons (
    user_name TEXT NOT NULL PRIMARY KEY REFERENCES users (name) ON DELETE CASCADE,
    issuer    TEXT, -- NULL, as the others: has not signed in yet
    subject   TEXT,
    since     BIGINT,
    UNIQUE (issuer, subject)
);
