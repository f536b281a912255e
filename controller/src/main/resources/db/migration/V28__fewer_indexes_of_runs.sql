-- Each of them was written anew whenever a run ended. What is open of a host is found by runs_open (open, host_id), and the newest
-- end of a host stands in last_runs.
DROP INDEX runs_of_host;
DROP INDEX runs_by_end;
