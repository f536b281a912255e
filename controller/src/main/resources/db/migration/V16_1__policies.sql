CREATE TABLE policies (
    name        TEXT    NOT NULL,
    version     INTEGER NOT NULL CHECK (version >= 1),
    digest      TEXT    NOT NULL, -- SHA-256 of what it means, hexadecimal
    description TEXT    NOT NULL,
    pushed_by   TEXT    NOT NULL,
    pushed_at   BIGINT  NOT NULL,
    source      TEXT    NOT NULL, -- the YAML as it was written
    PRIMARY KEY (name, version)
);
