-- Plans that may be applied: what was asked for, and the world that the plan was made from.
CREATE TABLE saved_plans (
    name    TEXT   NOT NULL PRIMARY KEY,
    spec    BLOB   NOT NULL, -- drydock.v1.RolloutSpec
    world   TEXT   NOT NULL, -- JSON object of strings
    changes TEXT   NOT NULL, -- JSON object of strings
    made_by TEXT   NOT NULL,
    made_at BIGINT NOT NULL
);
