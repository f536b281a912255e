-- Hosts that a rollout keeps apart: what it was asked, and the cluster of each host as it was then.
ALTER TABLE rollouts ADD COLUMN never_together TEXT NOT NULL DEFAULT '';
ALTER TABLE rollout_hosts ADD COLUMN cluster TEXT NOT NULL DEFAULT '';
