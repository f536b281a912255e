-- Which hosts a window is for, and whether it is to be the only one of them.
ALTER TABLE windows ADD COLUMN hosts TEXT NOT NULL DEFAULT ''; -- CEL; empty: all
ALTER TABLE windows ADD COLUMN exclusive BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE rollouts ADD COLUMN window_hosts TEXT NOT NULL DEFAULT '';
ALTER TABLE rollouts ADD COLUMN window_exclusive BOOLEAN NOT NULL DEFAULT FALSE;
