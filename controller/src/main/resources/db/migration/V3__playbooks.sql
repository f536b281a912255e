CREATE TABLE playbooks (
    name        TEXT     NOT NULL,
    version     INTEGER  NOT NULL CHECK (version >= 1),
    digest      TEXT     NOT NULL UNIQUE, -- SHA-256 of the canonical form, hexadecimal
    description TEXT     NOT NULL,
    maintenance TEXT     NOT NULL, -- name of Playbook.Maintenance
    signer      TEXT     NOT NULL, -- the signer's name when it was pushed
    key_id      TEXT     NOT NULL,
    pushed_at   BIGINT   NOT NULL,
    envelope    ${bytes} NOT NULL, -- DSSE, JSON, byte for byte as it was pushed
    source      TEXT     NOT NULL, -- the YAML as it was written, for people
    PRIMARY KEY (name, version)
);

CREATE TABLE signers (
    name       TEXT     NOT NULL PRIMARY KEY,
    key_id     TEXT     NOT NULL UNIQUE,
    public_key ${bytes} NOT NULL, -- Ed25519, raw
    pinned_at  BIGINT   NOT NULL
);

CREATE UNIQUE INDEX api_tokens_by_hash ON api_tokens (token_hash);
