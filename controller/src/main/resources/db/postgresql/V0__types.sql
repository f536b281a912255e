-- What SQLite calls by another name. With this the migrations in db/migration mean the same in both.
CREATE DOMAIN blob AS bytea;
