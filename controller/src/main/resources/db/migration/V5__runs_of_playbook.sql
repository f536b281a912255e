-- How long a playbook's steps took: asked for when hosts are offered to.
CREATE INDEX runs_of_playbook ON runs (playbook_name, open, offered_at);
