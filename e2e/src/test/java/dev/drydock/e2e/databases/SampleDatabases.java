package dev.drydock.e2e.databases;

import dev.drydock.e2e.lab.LabHost;

/** Databases with all that a dump may lose, and changes to them that a restore has to take back. */
public final class SampleDatabases {
    public static final String SHOP = "shop";
    public static final String LEDGER = "ledger";

    private SampleDatabases() {}

    /** In MariaDB: utf8mb4, blobs with every byte, keys, a view, a trigger, a function, a procedure and a busy event. */
    public static void makeShop(LabHost host) {
        host.put("/root/shop.sql", """
                CREATE DATABASE shop CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
                USE shop;
                CREATE TABLE posts (id INT AUTO_INCREMENT PRIMARY KEY, title VARCHAR(190) NOT NULL, body LONGTEXT,
                  price DECIMAL(12,4), seen DOUBLE, at TIMESTAMP NULL, KEY by_title (title(20))) ENGINE=InnoDB;
                CREATE TABLE files (id INT PRIMARY KEY, content LONGBLOB, flags BIT(5), kind ENUM('a','b')) ENGINE=InnoDB;
                CREATE TABLE `odd ``name` (`a b` INT, c VARCHAR(10) DEFAULT 'x''y') ENGINE=InnoDB;
                CREATE TABLE log (id INT AUTO_INCREMENT PRIMARY KEY, what VARCHAR(100)) ENGINE=InnoDB;
                CREATE TABLE ticks (at DATETIME) ENGINE=InnoDB;
                INSERT INTO posts (title, body, price, seen, at) VALUES ('こんにちは 🚢', 'a\\nb\\tc\\\\d ''q''', 12.3456, 0.1, '2026-02-03 04:05:06'),
                  ('nothing', NULL, NULL, 1e300, NULL);
                INSERT INTO posts (title, body, price) SELECT CONCAT('post ', seq), REPEAT(MD5(seq), 50), seq FROM seq_1_to_3000;
                INSERT INTO `odd ``name` VALUES (1, 'ä'), (1, 'ä'), (2, NULL);
                DELIMITER $$
                CREATE PROCEDURE fill() BEGIN
                  DECLARE i INT DEFAULT 0;
                  DECLARE bytes LONGBLOB DEFAULT '';
                  WHILE i < 256 DO SET bytes = CONCAT(bytes, CHAR(i)); SET i = i + 1; END WHILE;
                  INSERT INTO files VALUES (1, bytes, b'10101', 'b'), (2, '', NULL, NULL), (3, NULL, b'0', 'a');
                END$$
                CREATE FUNCTION twice(n INT) RETURNS INT DETERMINISTIC
                  /* a comment; with ON COMPLETION PRESERVE ENABLE */ RETURN n * 2$$
                CREATE TRIGGER posts_logged AFTER INSERT ON posts FOR EACH ROW
                  INSERT INTO log (what) VALUES (CONCAT('new ', NEW.title))$$
                CREATE EVENT tick ON SCHEDULE EVERY 1 SECOND ON COMPLETION PRESERVE ENABLE DO INSERT INTO ticks VALUES (NOW())$$
                DELIMITER ;
                CALL fill();
                CREATE VIEW totals AS SELECT COUNT(*) AS n, SUM(price) AS total, twice(3) AS six FROM posts;
                """, 0600);
        host.sh("mariadb < /root/shop.sql");
    }

    public static void changeShop(LabHost host) {
        host.sh("""
                mariadb shop -e "
                  DELETE FROM posts WHERE id % 7 = 0; UPDATE files SET content = 'other' WHERE id = 1;
                  CREATE TABLE newcomer (id INT); INSERT INTO newcomer VALUES (1);
                  DROP VIEW totals; DROP FUNCTION twice; DROP TRIGGER posts_logged; DROP EVENT tick;
                  CREATE PROCEDURE late() SELECT 1; ALTER TABLE log ADD COLUMN more INT;
                  ALTER DATABASE CHARACTER SET latin1"
                """);
    }

    /** In PostgreSQL: its own types, a sequence, a view, a materialized view, functions, a trigger, a large object, an owner. */
    public static void makeLedger(LabHost host) {
        host.put("/root/ledger.sql", """
                CREATE ROLE bookkeeper;
                CREATE DATABASE ledger OWNER bookkeeper;
                \\connect ledger
                ALTER DATABASE ledger SET datestyle = 'German';
                CREATE SCHEMA "Odd ""schema";
                CREATE TABLE entries (id serial PRIMARY KEY, note text NOT NULL, amount numeric(20,6), tags text[], doc jsonb,
                  raw bytea, at timestamptz, spent interval, CHECK (amount > -1000000));
                CREATE TABLE "Odd ""schema"."T" (a int, b double precision);
                CREATE TABLE log (what text);
                INSERT INTO entries (note, amount, tags, doc, raw, at, spent)
                  SELECT 'n' || i || ' 🚢', i / 7.0, ARRAY['x', 'y' || i], jsonb_build_object('i', i),
                    decode(md5(i::text), 'hex'), timestamptz '2026-01-01 00:00:00+00' + i * interval '1 hour', i * interval '90 min'
                  FROM generate_series(1, 3000) i;
                INSERT INTO "Odd ""schema"."T" VALUES (1, 0.1), (1, 0.1), (NULL, 'Infinity');
                CREATE FUNCTION logged() RETURNS trigger LANGUAGE plpgsql AS
                  $$ BEGIN INSERT INTO log VALUES ('new ' || NEW.note); RETURN NEW; END $$;
                CREATE TRIGGER entries_logged AFTER INSERT ON entries FOR EACH ROW EXECUTE FUNCTION logged();
                CREATE VIEW totals AS SELECT count(*) AS n, sum(amount) AS total FROM entries;
                CREATE MATERIALIZED VIEW kept AS SELECT id, note FROM entries WHERE id % 100 = 0;
                SELECT lo_from_bytea(0, 'large');
                GRANT SELECT ON entries TO bookkeeper;
                """, 0644);
        host.sh("runuser -u postgres -- psql -v ON_ERROR_STOP=1 -q < /root/ledger.sql");
    }

    public static void changeLedger(LabHost host) {
        host.sh("""
                runuser -u postgres -- psql -v ON_ERROR_STOP=1 -q ledger -c "
                  DELETE FROM entries WHERE id % 7 = 0; UPDATE entries SET raw = 'x' WHERE id = 1;
                  CREATE TABLE newcomer (id int); INSERT INTO newcomer VALUES (1); DROP VIEW totals;
                  DROP TRIGGER entries_logged ON entries; ALTER TABLE log ADD COLUMN more int; SELECT nextval('entries_id_seq')"
                """);
    }
}
