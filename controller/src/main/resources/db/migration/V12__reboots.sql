-- Reboots by leave: what a run waits for or is at ("3 AWAITED": its step 3), and how a rollout spreads them.
ALTER TABLE runs ADD COLUMN reboot TEXT NOT NULL DEFAULT '';
ALTER TABLE rollouts ADD COLUMN reboots_at_once TEXT NOT NULL DEFAULT '10%';
ALTER TABLE rollouts ADD COLUMN reboot_interval BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollout_hosts ADD COLUMN reboot TEXT NOT NULL DEFAULT '';
ALTER TABLE rollout_hosts ADD COLUMN reboot_leave BIGINT;
