package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.cluster.Fence;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for PostgreSQL only. */
final class PostgresStoreTest {
    @TempDir
    Path directory;

    @Test
    void hasTheTablesAndColumnsOfTheOther() {
        try (PostgresStore postgres = PostgresStore.open(TestPostgres.empty(), Fence.NONE);
                SqliteStore sqlite = SqliteStore.open(directory.resolve("drydock.db"))) {
            List<String> ours = postgres.read(handle -> strings(handle, """
                    SELECT table_name || '.' || column_name || CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END
                    FROM information_schema.columns
                    WHERE table_schema = 'public' AND table_name <> 'flyway_schema_history'
                    """));
            List<String> theirs = sqlite.read(handle -> strings(handle, """
                    SELECT m.name || '.' || c.name || CASE c."notnull" WHEN 1 THEN ' NOT NULL' ELSE '' END
                    FROM sqlite_master AS m, pragma_table_info(m.name) AS c
                    WHERE m.type = 'table' AND m.name <> 'flyway_schema_history' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!'
                    """));
            assertThat(new TreeSet<>(ours)).isEqualTo(new TreeSet<>(theirs)).hasSizeGreaterThan(100);
            List<String> indexes = postgres.read(handle -> strings(handle, """
                    SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT LIKE '%!_pkey' ESCAPE '!'
                      AND indexname NOT LIKE '%!_key' ESCAPE '!' AND tablename <> 'flyway_schema_history'
                    """));
            List<String> theirIndexes = sqlite.read(handle -> strings(handle, """
                    SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
                      AND tbl_name <> 'flyway_schema_history'
                    """));
            assertThat(new TreeSet<>(indexes)).isEqualTo(new TreeSet<>(theirIndexes));
        }
    }

    private static List<String> records(SqlStore store) {
        while (true) {
            try {
                return store.read(handle -> strings(handle, "SELECT id FROM record ORDER BY id"));
            } catch (StoreException e) {
                // By a connection that was cut: each is found out once.
                assertThat(e).hasMessageContaining("cannot be reached");
            }
        }
    }

    private static List<String> strings(Handle handle, String sql) {
        return handle.createQuery(sql).mapTo(String.class).list();
    }

    @Test
    void goesOnByItselfWhenItsConnectionWasCut() {
        PostgresAddress database = TestPostgres.fresh();
        try (PostgresStore store = PostgresStore.open(database, Fence.NONE)) {
            store.writeNow(handle -> handle.execute("INSERT INTO record (id) VALUES ('before')"));

            cut(database);

            store.writeNow(handle -> handle.execute("INSERT INTO record (id) VALUES ('after')"));
            assertThat(records(store)).containsExactly("after", "before");
        }
    }

    @Test
    void storesNothingOfAGroupInWhichTheConnectionWasCut() {
        PostgresAddress database = TestPostgres.fresh();
        try (PostgresStore store = PostgresStore.open(database, Fence.NONE)) {
            assertThatThrownBy(() -> store.writeNow(handle -> {
                        handle.execute("INSERT INTO record (id) VALUES ('one')");
                        cut(database);
                        return handle.execute("INSERT INTO record (id) VALUES ('two')");
                    }))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot be reached")
                    .hasMessageContaining("Nothing of this write is stored");
            assertThat(records(store)).isEmpty();
        }
    }

    /** Whoever hears nothing of a commit must still be told the truth. */
    @Test
    void asksForTheEndOfACommitThatItHeardNothingOf() {
        PostgresAddress database = TestPostgres.fresh();
        try (PostgresStore store = PostgresStore.open(database, Fence.NONE)) {
            // The constraint is checked by the commit itself, which so ends its own connection: before anything is
            // durable.
            store.writeNow(handle -> handle.execute("""
                    CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS
                      $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$
                    """) + handle.execute("""
                    CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON record DEFERRABLE INITIALLY DEFERRED
                      FOR EACH ROW WHEN (NEW.id = 'cut') EXECUTE FUNCTION cut()
                    """));
            assertThatThrownBy(() -> store.writeNow(handle -> handle.execute("INSERT INTO record (id) VALUES ('cut')")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("Nothing of this write is stored");
            assertThat(records(store)).isEmpty();
            store.writeNow(handle -> handle.execute("INSERT INTO record (id) VALUES ('kept')"));
            assertThat(records(store)).containsExactly("kept");
        }
    }

    private static void cut(PostgresAddress database) {
        TestPostgres.administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                + database.name() + "' AND pid <> pg_backend_pid()");
    }

    @Test
    void refusesADatabaseThatSortsByALanguage() {
        TestPostgres.administer("CREATE DATABASE german TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de'");
        PostgresAddress database = TestPostgres.named("german");
        assertThatThrownBy(() -> PostgresStore.open(database, Fence.NONE))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("CREATE DATABASE \"german\"");
    }

    @Test
    void saysWhatIsWrongWithADatabaseThatIsNotThere() {
        assertThatThrownBy(() -> PostgresStore.open(TestPostgres.named("nowhere"), Fence.NONE))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("cannot be opened");
    }

    /** The server of these tests has it off. */
    @Test
    void whatIsAcknowledgedIsFlushedThoughTheServerIsSetUpOtherwise() {
        try (PostgresStore store = PostgresStore.open(TestPostgres.fresh(), Fence.NONE)) {
            assertThat(store.<String>read(PostgresStoreTest::synchronousCommit)).isEqualTo("off");
            assertThat(store.writeNow(PostgresStoreTest::synchronousCommit)).isEqualTo("on");
        }
    }

    private static String synchronousCommit(Handle handle) {
        return handle.createQuery("SELECT current_setting('synchronous_commit')")
                .mapTo(String.class)
                .one();
    }

    @Test
    void takesTextWithTheCharacterNul() {
        try (PostgresStore store = PostgresStore.open(TestPostgres.fresh(), Fence.NONE)) {
            store.writeNow(handle -> handle.execute("INSERT INTO record (id) VALUES (?)", "a\0b"));
            assertThat(records(store)).containsExactly("a\uFFFDb");
        }
    }
}
