package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

/** From a schema of before to that of today and back, also where the process is killed on its way. */
final class UpgradeTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String OLD = "14";

    @TempDir
    Path directory;

    private Path database() {
        return directory.resolve("drydock.db");
    }

    /** With so many tokens, each of which becomes a user in a later schema. */
    private void old(int tokens) {
        SQLiteDataSource before = new SQLiteDataSource(SqliteStore.config());
        before.setUrl("jdbc:sqlite:" + database());
        Flyway.configure()
                .configuration(SqliteStore.migrations(before).getConfiguration())
                .target(OLD)
                .load()
                .migrate();
        Jdbi.create(before).useHandle(handle -> {
            handle.execute("INSERT INTO record (id) VALUES ('of-before')");
            handle.execute("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + tokens + ")"
                    + " INSERT INTO api_tokens (name, token_hash, created_at, role) SELECT 'user-' || i, hex(randomblob(32)), 0,"
                    + " 'VIEWER' FROM n");
        });
    }

    private SqliteStore upgraded() {
        return SqliteStore.upgrading(database(), () -> NOW);
    }

    private List<UpgradeCopies.Copy> copies() throws Exception {
        return UpgradeCopies.beside(database()).all();
    }

    private String version(Path file) {
        try (DatabaseLook look = DatabaseLook.open(file, false)) {
            assertThat(look.faults()).isEmpty();
            return look.schema().version().orElseThrow();
        }
    }

    private static long users(SqliteStore store) {
        return store.read(handle -> handle.createQuery("SELECT COUNT(*) FROM users")
                .mapTo(Long.class)
                .one());
    }

    private static String record(SqliteStore store) {
        return store.read(handle ->
                handle.createQuery("SELECT id FROM record").mapTo(String.class).one());
    }

    @Test
    void whatIsChangedIsCopiedBeforeAndCanBePutBack() throws Exception {
        old(3);
        try (SqliteStore store = upgraded()) {
            assertThat(users(store)).isEqualTo(3);
            store.writeNow(handle -> handle.execute("DELETE FROM users WHERE name = 'user-1'"));
        }
        upgraded().close();

        assertThat(copies()).as("what is of today is not copied").hasSize(1);
        Path copy = copies().getFirst().file();
        assertThat(copy).hasFileName("drydock-schema-14-2026-11-24T12-00-00Z.db");
        assertThat(Files.getPosixFilePermissions(copy)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(version(copy)).isEqualTo(OLD);
        String today = version(database());

        Comeback comeback = new Comeback(copy, database());
        Path aside = comeback.put(() -> "put-back", () -> NOW).orElseThrow();

        assertThat(version(database())).isEqualTo(OLD);
        assertThat(version(aside)).isEqualTo(today);
        try (SqliteStore store = upgraded()) {
            assertThat(users(store)).isEqualTo(3);
            assertThat(record(store)).isEqualTo("put-back");
            assertThat(Chains.whole(new SqlAudit(store, () -> NOW)))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.body()).contains("\"kind\":\"restored\""));
        }
    }

    @Test
    void whatIsLostIsToldBefore() throws Exception {
        old(3);
        try (SqliteStore store = upgraded()) {
            store.writeNow(handle -> handle.execute("INSERT INTO hosts (id, name, labels, enrolled_at,"
                    + " certificate_expires_at, token_id, last_seen) VALUES ('h', 'web-01', '{}', 0, 0, '', 1000000)"));
        }
        Comeback.Loss loss = new Comeback(copies().getFirst().file(), database()).loss();
        assertThat(loss.changes()).containsExactly("hosts 1 -> 0");
        assertThat(loss.to()).contains(Instant.ofEpochSecond(1));

        Path other = Files.writeString(directory.resolve("other.db"), "no database");
        assertThatThrownBy(() -> new Comeback(other, database()).loss()).hasMessageContaining("cannot be read");
    }

    /** Today's database may be what is broken. */
    @Test
    void aDamagedDatabaseIsKeptAsideToo() throws Exception {
        old(1);
        upgraded().close();
        Files.writeString(database(), "torn");
        Comeback comeback = new Comeback(copies().getFirst().file(), database());
        assertThat(comeback.loss().changes().toString()).contains("the present database cannot be read");
        assertThat(comeback.put(() -> "put-back", () -> NOW).orElseThrow()).hasContent("torn");
        assertThat(version(database())).isEqualTo(OLD);
    }

    @Test
    void withoutRoomForTheCopyNothingIsChanged() throws Exception {
        old(3);
        long size = Files.size(database());
        try (RandomAccessFile file = new RandomAccessFile(database().toFile(), "rw")) {
            file.setLength(1L << 42); // Holes: it takes no room itself.
        }
        assertThatThrownBy(this::upgraded)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DISK_FULL))
                .hasMessageContaining("There is no room for the copy")
                .hasMessageContaining("Nothing was changed");
        try (RandomAccessFile file = new RandomAccessFile(database().toFile(), "rw")) {
            file.setLength(size);
        }
        assertThat(version(database())).isEqualTo(OLD);
        assertThat(copies()).isEmpty();
    }

    @Test
    void aSchemaOfTheFutureIsRefusedWithTheWayBack() throws Exception {
        old(1);
        upgraded().close();
        try (SqliteStore store = SqliteStore.open(database())) {
            store.writeNow(handle -> handle.execute("""
                    INSERT INTO flyway_schema_history
                      (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                    VALUES (9999, '9999', 'of the future', 'SQL', 'V9999__of_the_future.sql', 1, '', 1, 1)
                    """));
        }
        assertThatThrownBy(this::upgraded)
                .hasMessageContaining("written by a newer Drydock")
                .hasMessageContaining("drydock-controller restore --from "
                        + copies().getFirst().file() + " --data " + directory);
    }

    /** However often one upgrade is tried, what older schemas have stays. */
    @Test
    void copiesAreFewAndOneASchema() throws Exception {
        old(1);
        UpgradeCopies copies = UpgradeCopies.beside(database());
        for (String version : List.of("3", "9", "10", "10", "10", "14", "14")) {
            copies.make(version, NOW.plusSeconds(copies.all().size() + version.length()));
        }
        assertThat(copies.all()).extracting(copy -> copy.version().toString()).containsExactly("9", "10", "14");
        assertThat(copies.newestUpTo("13").orElseThrow().toString()).contains("drydock-schema-10-");
    }

    @Test
    void killedWhileItCopies() throws Exception {
        old(60_000);
        kill("copies", () -> copyingHasBegun(), "upgrade");
        assertThat(version(database())).isEqualTo(OLD);
        assertGoesOn(60_000);
    }

    @Test
    void killedBetweenCopyAndChange() throws Exception {
        old(10);
        kill("copied", () -> true, "upgrade-stop");
        assertThat(version(database())).isEqualTo(OLD);
        assertThat(copies()).hasSize(1);
        assertGoesOn(10);
    }

    /** All steps are one: it is as before, or as it is to be. */
    @Test
    void killedInTheMiddleOfTheChange() throws Exception {
        old(60_000);
        long before = Files.size(database());
        Path log = directory.resolve("drydock.db-wal");
        kill("copied", () -> Files.exists(log) && log.toFile().length() > before / 4, "upgrade");
        try (DatabaseLook look = DatabaseLook.open(database(), false)) {
            assertThat(look.schema().version()).hasValue(OLD);
        }
        assertThat(copies()).hasSize(1);
        assertGoesOn(60_000);
    }

    private boolean copyingHasBegun() {
        try (Stream<Path> files = Files.list(directory.resolve(UpgradeCopies.DIRECTORY))) {
            return files.anyMatch(
                    file -> file.toString().endsWith(".part") && file.toFile().length() > 0);
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private void assertGoesOn(int users) throws Exception {
        try (SqliteStore store = SqliteStore.upgrading(database(), InstantSource.system())) {
            assertThat(users(store)).isEqualTo(users);
            assertThat(record(store)).isEqualTo("of-before");
        }
        assertThat(copies()).hasSize(1);
        assertThat(version(copies().getFirst().file())).isEqualTo(OLD);
        try (Stream<Path> files = Files.list(directory.resolve(UpgradeCopies.DIRECTORY))) {
            assertThat(files).hasSize(1);
        }
    }

    /** At each moment in which it asks for the time: while it marks the copy, and before the one takes the other's place. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void killedWhileACopyIsPutBack(int moment) throws Exception {
        old(10);
        String today;
        try (SqliteStore store = upgraded()) {
            assertThat(users(store)).isEqualTo(10);
        }
        today = version(database());
        Path copy = copies().getFirst().file();

        kill("at " + moment, () -> true, String.valueOf(moment), copy.toString());

        assertThat(version(database())).isEqualTo(today);
        Path aside =
                new Comeback(copy, database()).put(() -> "again", () -> NOW).orElseThrow();
        assertThat(version(database())).isEqualTo(OLD);
        assertThat(version(aside)).isEqualTo(today);
    }

    private void kill(String line, BooleanSupplier until, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                UpgradingProcess.class.getName(),
                arguments[0],
                database().toString()));
        command.addAll(List.of(arguments).subList(1, arguments.length));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
        try (BufferedReader out = child.inputReader()) {
            String told = out.readLine();
            while (told != null && !told.equals(line)) {
                told = out.readLine();
            }
            assertThat(told).as(Files.readString(directory.resolve("log"))).isEqualTo(line);
            while (!until.getAsBoolean()) {
                assertThat(child.isAlive())
                        .as("it ended before it could be killed")
                        .isTrue();
                Thread.onSpinWait();
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
    }
}
