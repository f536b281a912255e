-- A rollout offers its runs at one instant: the next of them in (offered_at, id) were sorted out of all of it each time.
DROP INDEX runs_by_age;
CREATE INDEX runs_by_age ON runs (offered_at, id);
