-- Who may do what. Tokens that were there before were all administrators'.
ALTER TABLE api_tokens ADD COLUMN role TEXT NOT NULL DEFAULT 'ADMIN'; -- name of Role

-- Where a rollout comes from, and a second person's word that a wave may begin.
ALTER TABLE rollouts ADD COLUMN created_by TEXT NOT NULL DEFAULT ''; -- empty: made before this was kept
ALTER TABLE rollouts ADD COLUMN emergency TEXT; -- why outside any window; NULL: it is not
ALTER TABLE rollouts ADD COLUMN approve_before TEXT NOT NULL DEFAULT ''; -- numbers of waves, separated by commas

CREATE TABLE rollout_approvals (
    rollout_id  TEXT    NOT NULL REFERENCES rollouts (id),
    wave        INTEGER NOT NULL,
    approved_by TEXT    NOT NULL,
    approved_at BIGINT  NOT NULL,
    comment     TEXT    NOT NULL,
    PRIMARY KEY (rollout_id, wave)
);
