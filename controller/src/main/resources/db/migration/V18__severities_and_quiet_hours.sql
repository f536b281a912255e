-- What a team wants to hear, where and when.
ALTER TABLE teams ADD COLUMN chat TEXT NOT NULL DEFAULT '';  -- URL of an incoming webhook; all of it is a secret; empty: none
ALTER TABLE teams ADD COLUMN least TEXT NOT NULL DEFAULT ''; -- JSON object: from which severity on an address is told
ALTER TABLE teams ADD COLUMN quiet TEXT NOT NULL DEFAULT ''; -- zone, days, begin and end, separated by spaces; empty: none

ALTER TABLE notifications ADD COLUMN severity TEXT NOT NULL DEFAULT 'INFO'; -- name of Severity
ALTER TABLE notifications ADD COLUMN topic TEXT NOT NULL DEFAULT '';        -- of what repeats; empty: it does not
ALTER TABLE notifications ADD COLUMN repeats INTEGER NOT NULL DEFAULT 0;    -- how many more are said with it
ALTER TABLE notifications ADD COLUMN merged_into TEXT;                      -- id of the one that says it

CREATE INDEX notifications_of_topic ON notifications (topic, team, channel, target) WHERE topic <> '';
