-- One row: the name of this record of runs. A backup that is put back gets another one, by which agents see that what they
-- delivered since may not be in it.
CREATE TABLE record (
    id TEXT NOT NULL PRIMARY KEY
);
