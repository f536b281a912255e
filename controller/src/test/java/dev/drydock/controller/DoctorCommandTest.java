package dev.drydock.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.security.ServerNames;
import dev.drydock.controller.store.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each finding on a data directory that is really broken so. */
final class DoctorCommandTest {
    private static final int PAGE = 4096;

    @TempDir
    Path directory;

    private String text = "";

    private Path data() {
        return directory.resolve("drydock");
    }

    /** As a controller leaves it that was stopped. */
    private void aDataDirectory() throws StartException {
        start().close();
    }

    private Controller start() throws StartException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return Controller.start(
                new ControllerOptions(data(), any, any, ServerNames.of(List.of()), Duration.ofDays(30)));
    }

    private int doctor(String... more) {
        return call(Stream.concat(
                        Stream.of(
                                "doctor",
                                "--data",
                                data().toString(),
                                "--agent-listen",
                                "127.0.0.1:0",
                                "--api-listen",
                                "127.0.0.1:0"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private int call(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Main.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                arguments);
        text = out.toString(StandardCharsets.UTF_8);
        return code;
    }

    private void assertTrouble(int code, String... parts) {
        assertThat(code).as(text).isEqualTo(1);
        assertThat(text).startsWith("trouble ").contains(parts);
    }

    /** Past the store, which would bring the schema up to date. */
    private void write(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data().resolve("drydock.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private Map<String, String> everything() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.toList()) {
                files.put(
                        file.toString(),
                        Files.isRegularFile(file)
                                ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                                : Files.getLastModifiedTime(file).toString());
            }
        }
        return files;
    }

    @Test
    void ofAControllerThatIsWellItHasNothingToComplainOfAndWritesNothing() throws Exception {
        aDataDirectory();
        Map<String, String> before = everything();

        assertThat(doctor()).as(text).isZero();

        assertThat(text)
                .doesNotContain("trouble", "advice")
                .contains("opens and is whole; 0 hosts", "as this program wants it", "and its key belongs to it")
                .contains("none runs on " + data());
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void whereNothingIsYetItMakesNothing() {
        assertThat(doctor()).as(text).isZero();
        assertThat(text).contains("advice", data() + " is not there: the first start makes it");
        assertThat(data()).doesNotExist();
    }

    @Test
    void aControllerThatRunsIsLookedAtAsItIs() throws Exception {
        try (ControllerProcess process = new ControllerProcess(data(), directory.resolve("log"))) {
            ControllerProcess.Ready ready = process.ready();
            String[] ports = {
                "doctor",
                "--data",
                data().toString(),
                "--agent-listen",
                "127.0.0.1:" + ready.agentPort(),
                "--api-listen",
                "127.0.0.1:" + ready.apiPort()
            };

            assertThat(call(ports)).as(text).isZero();
            assertThat(text)
                    .contains("runs on " + data() + ", process " + process.pid())
                    .contains("127.0.0.1 port " + ready.apiPort() + ": the controller listens there")
                    .contains("answers, and says that it is ready")
                    .contains("opens and is whole");

            process.signal("STOP");
            try {
                assertTrouble(call(ports), "does not answer within", "then restart it");
            } finally {
                process.signal("CONT");
            }
            ports[4] = "127.0.0.1:1";
            assertTrouble(
                    call(ports), "port 1: the controller (process " + process.pid() + ") runs and does not listen");
        }
    }

    /** What a controller had committed when it was killed is not in the main file yet. It is read all the same, and left where it is. */
    @Test
    void whatAKilledControllerLeftIsRead() throws Exception {
        try (ControllerProcess process = new ControllerProcess(data(), directory.resolve("log"))) {
            process.ready();
            process.signal("KILL");
            process.exitCode();
        }
        assertThat(Files.size(data().resolve("drydock.db-wal"))).isPositive();
        Map<String, String> before = everything();

        assertThat(doctor()).as(text).isZero();

        assertThat(text).contains("none runs on", "as this program wants it", "the newest record is of");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void everythingThatIsWrongWithTheConfigurationIsToldWithItsPlace() throws Exception {
        aDataDirectory();
        Path file = Files.writeString(directory.resolve("defaults"), """
                # comment
                DRYDOCK_CONTROLLER_OPTS="--agent-listen 7443 --keep-runs 1d --colour red"
                what is this
                DRYDOCK_JAVA_OPTS="-Xmx2g
                """);

        int code = call("doctor", "--environment-file", file.toString(), "--data", data().toString());

        assertTrouble(
                code,
                "configuration",
                file + ": --agent-listen: '7443' is no address to listen on; write HOST:PORT",
                "--keep-runs: '1d' is no time of 7d or more; expected for example 400d",
                "Unknown options: '--colour', 'red'",
                file + ":3: 'what is this'; expected NAME=value",
                file + ":4: the quote of DRYDOCK_JAVA_OPTS is not closed");
        assertThat(text).contains("opens and is whole");
    }

    @Test
    void aPortThatAnotherHasIsToldWithTheProcess() throws Exception {
        aDataDirectory();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int code = call(
                    "doctor",
                    "--data",
                    data().toString(),
                    "--agent-listen",
                    "192.0.2.1:7443",
                    "--api-listen",
                    "0.0.0.0:" + taken.getLocalPort());
            assertTrouble(
                    code,
                    "port " + taken.getLocalPort() + " is taken by process "
                            + ProcessHandle.current().pid(),
                    "choose another with --api-listen",
                    "192.0.2.1 port 7443: no interface of this machine has that address");
        }
    }

    @Test
    void rightsThatAreTooWideAreTold() throws Exception {
        aDataDirectory();
        Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwxrwxr-x"));
        Files.setPosixFilePermissions(data().resolve("ca.key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertTrouble(
                doctor(),
                "mode rwxrwxr-x: others may replace its keys",
                "chmod 700 " + data(),
                "others than its owner may access " + data().resolve("ca.key"));
        Path file = Files.writeString(directory.resolve("file"), "");
        assertTrouble(call("doctor", "--data", file.toString()), file + " is a file");
    }

    @Test
    void aCaThatIsNotWholeIsTold() throws Exception {
        aDataDirectory();
        Path other = directory.resolve("other");
        String key = Files.readString(data().resolve("ca.key"));
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Controller.start(new ControllerOptions(other, any, any, ServerNames.of(List.of()), Duration.ofDays(30)))
                .close();
        Files.writeString(data().resolve("ca.key"), Files.readString(other.resolve("ca.key")));
        assertTrouble(doctor(), "certificates", "the key does not belong to the certificate");

        Files.writeString(data().resolve("ca.key"), key);
        Files.delete(data().resolve("ca.crt"));
        assertTrouble(doctor(), "the next start would make another CA, which no agent trusts");
    }

    @Test
    void aDatabaseThatIsDamagedOrMissingIsTold() throws Exception {
        aDataDirectory();
        Path database = data().resolve("drydock.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT rootpage FROM sqlite_master WHERE name = 'audit_ends'");
                RandomAccessFile file = new RandomAccessFile(database.toFile(), "rw")) {
            file.seek((row.getLong(1) - 1) * PAGE);
            file.write(new byte[PAGE]);
        }
        assertTrouble(doctor(), database + " is damaged: ", "put a backup back");

        Files.writeString(database, "this is no database".repeat(300));
        assertTrouble(doctor(), "The database " + database + " cannot be read");

        Files.delete(database);
        assertTrouble(doctor(), database + " is missing, though there is a CA");
    }

    @Test
    void aSchemaThatDoesNotFitIsTold() throws Exception {
        aDataDirectory();
        // The newest migration; 28.1 is the one before it. Both change with each that is added.
        write("DELETE FROM flyway_schema_history WHERE version = '29'");
        assertThat(doctor()).as(text).isZero();
        assertThat(text).contains("its schema is at version 28.1; the next start copies it and brings it to");

        write("""
                INSERT INTO flyway_schema_history
                  (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                VALUES (9999, '9999', 'of the future', 'SQL', 'V9999__of_the_future.sql', 1, '', 1, 1)
                """);
        assertTrouble(doctor(), "its schema is at version 9999, of a newer Drydock; this program knows");
        Path copies = Files.createDirectory(data().resolve("upgrade-backups"));
        Path copy = Files.createFile(copies.resolve("drydock-schema-28-2026-11-24T10-00-00Z.db"));
        Files.createFile(copies.resolve("drydock-schema-9998-2026-11-24T10-00-00Z.db"));
        assertTrouble(doctor(), "drydock-controller restore --from " + copy + " --data " + data());
    }

    @Test
    void aClockThatIsBehindTheRecordIsTold() throws Exception {
        aDataDirectory();
        Instant later = Instant.now().plus(Duration.ofDays(3));
        write("INSERT INTO audit_entries (seq, body, hash, at, kind, user, method, call) SELECT MAX(seq) + 1, '', '', "
                + later.getEpochSecond() * 1_000_000 + ", 'x', '', '', '' FROM audit_entries");
        assertTrouble(
                doctor(),
                "clock",
                "and the newest record is of " + later.toString().substring(0, 16));
    }

    @Test
    void whatWasLeftByWhatWasCutShortIsTold() throws Exception {
        aDataDirectory();
        Files.createDirectory(directory.resolve("drydock.restoring"));
        Files.createDirectory(data().resolve("upgrade-backups"));
        Files.createFile(data().resolve("upgrade-backups/drydock-schema-23-x.db.part"));
        Files.createDirectories(data().resolve("artifacts"));
        Files.createFile(data().resolve("artifacts/.incoming-1"));
        assertThat(doctor()).as(text).isZero();
        assertThat(text)
                .startsWith("advice ")
                .contains("drydock.restoring was left by a restore that was cut short")
                .contains("artifacts/.incoming-1 upgrade-backups/drydock-schema-23-x.db.part: left by");
    }

    @Test
    void postgresIsLookedAtWithoutChangingIt() throws Exception {
        aDataDirectory();
        String url = TestPostgres.fresh().toString();
        assertThat(doctor("--database", url)).as(text).isZero();
        assertThat(text).contains("lets this program in; PostgreSQL", "no controller ever led on it");
        assertTrouble(
                doctor("--database", url.replaceFirst(":\\d+/", ":1/")),
                "database",
                "Try psql 'postgresql://postgres@");
        String empty = TestPostgres.empty().toString();
        assertThat(doctor("--database", empty)).as(text).isZero();
        assertThat(text).contains("its schema is at version none");
    }

    @Test
    void scriptsGetTheSameFormAsFromTheAgent() throws Exception {
        aDataDirectory();
        Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwxrwx---"));
        assertThat(doctor("--output", "json")).isEqualTo(1);
        assertThat(text)
                .startsWith("{\"findings\":[{\"area\":\"data\",\"level\":\"trouble\",\"next\":\"chmod 700 ")
                .contains("\",\"text\":\"");
    }
}
