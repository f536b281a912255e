package dev.drydock.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.security.Principal;
import dev.drydock.controller.security.ServerNames;
import dev.drydock.controller.security.login.LoginEvents;
import dev.drydock.controller.store.SqliteStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void explainsItself() {
        assertThat(run("--help")).isZero();
        assertThat(out()).contains("run", "ca", "version", "Examples:", "Exit codes:");
        assertThat(run("run", "--help")).isZero();
        assertThat(out()).contains("--data", "--agent-listen", "--api-listen", "--advertise", "Examples:");
        assertThat(run("version")).isZero();
        assertThat(out()).contains("drydock-controller development");
    }

    @Test
    void refusesWrongUsageAllAtOnce() {
        assertThat(run()).isEqualTo(2);
        assertThat(err())
                .contains("Say what to do: run, backup, restore, ca, reset-admin, members, doctor or version.");
        assertThat(run("run")).isEqualTo(2);
        assertThat(err()).contains("--data");
        assertThat(run(
                        "run",
                        "--data",
                        data(),
                        "--agent-listen",
                        "7443",
                        "--api-listen",
                        "localhost:99999",
                        "--advertise",
                        "good.example,bad_name,1.2.3",
                        "--certificate-lifetime",
                        "59s",
                        "--fetch-before",
                        "25h",
                        "--log-format",
                        "xml",
                        "--otlp-endpoint",
                        "http://otel.example.com:4318",
                        "--member-listen",
                        "9100"))
                .isEqualTo(2);
        assertThat(err())
                .contains("--agent-listen: '7443' is no address")
                .contains("--api-listen: 'localhost:99999' is no address")
                .contains("--advertise: \"bad_name\" is neither")
                .contains("--advertise: \"1.2.3\" is neither")
                .contains("--certificate-lifetime: '59s' is no time of 1m or more")
                .contains("--fetch-before: '25h' is no time of 1d at most; expected for example 4h, or 0 for never")
                .contains("--log-format: 'xml'; expected text or json")
                .contains("--otlp-endpoint: 'http://otel.example.com:4318': expected https://HOST/PATH")
                .contains("--member-listen: is for controllers with --database")
                .contains("--member-listen: '9100' is no address");
        assertThat(directory.resolve("drydock")).doesNotExist();
    }

    @Test
    void saysThatAPortIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThat(run("run", "--data", data(), "--agent-listen", "127.0.0.1:0", "--api-listen", address))
                    .isEqualTo(1);
            assertThat(err()).contains("on " + address + ": Address already in use", "--api-listen");
            assertThat(run("run", "--data", data(), "--agent-listen", address, "--api-listen", "127.0.0.1:0"))
                    .isEqualTo(1);
            assertThat(err()).contains("on " + address, "--agent-listen");
        }
    }

    @Test
    void saysWhatIsWrongWithTheDataDirectory() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        assertThat(start(file)).isEqualTo(1);
        assertThat(err()).contains("The data directory " + file + " is a file");

        Path open = Files.createDirectory(directory.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwx---"));
        assertThat(start(open)).isEqualTo(1);
        assertThat(err()).contains("Others than its owner may write to the data directory", "chmod 700 " + open);

        Path absent = Path.of("/proc/drydock-cannot-be-here");
        assertThat(start(absent)).isEqualTo(1);
        assertThat(err()).contains("The data directory " + absent + " cannot be used");
    }

    @Test
    void refusesADatabaseOfANewerVersion() throws Exception {
        Files.createDirectory(directory.resolve("drydock"));
        try (SqliteStore store = SqliteStore.open(directory.resolve("drydock/drydock.db"))) {
            store.writeNow(handle -> handle.execute("""
                    INSERT INTO flyway_schema_history
                      (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                    VALUES (9999, '9999', 'of the future', 'SQL', 'V9999__of_the_future.sql', 1, '', 1, 1)
                    """));
        }
        assertThat(start(directory.resolve("drydock"))).isEqualTo(1);
        assertThat(err()).contains("written by a newer Drydock");
    }

    @Test
    void refusesADatabaseThatIsNone() throws Exception {
        Files.createDirectory(directory.resolve("drydock"));
        Files.writeString(directory.resolve("drydock/drydock.db"), "no database ".repeat(1_000));
        assertThat(start(directory.resolve("drydock"))).isEqualTo(1);
        assertThat(err())
                .contains("drydock.db cannot be opened", "file is not a database")
                .hasLineCount(1);
    }

    @Test
    void refusesACertificateAuthorityThatOthersCanRead() throws Exception {
        controller().close();
        Path key = directory.resolve("drydock/ca.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(start(directory.resolve("drydock"))).isEqualTo(1);
        assertThat(err()).contains("chmod 600 " + key);
    }

    @Test
    void aStartThatFailsLeavesTheDirectoryFree() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThat(run("run", "--data", data(), "--agent-listen", "127.0.0.1:0", "--api-listen", address))
                    .isEqualTo(1);
        }
        try (Controller controller = controller()) {
            assertThat(controller.readyLine()).startsWith("ready agents=127.0.0.1:");
        }
    }

    @Test
    void printsTheFingerprintOfTheCa() throws Exception {
        assertThat(run("ca", "fingerprint", "--data", data())).isEqualTo(1);
        assertThat(err()).contains("no controller was started with this data directory yet");
        String ready;
        try (Controller controller = controller()) {
            ready = controller.readyLine();
        }
        assertThat(run("ca", "fingerprint", "--data", data())).isZero();
        assertThat(ready).endsWith("ca-sha256=" + out().strip());
        assertThat(run("ca")).isEqualTo(2);
    }

    private Controller controller() throws StartException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return Controller.start(new ControllerOptions(
                directory.resolve("drydock"), anyPort, anyPort, ServerNames.of(List.of()), Duration.ofDays(30)));
    }

    private String data() {
        return directory.resolve("drydock").toString();
    }

    private int start(Path data) {
        return run(ControllerProcess.arguments(data));
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return Main.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whoLostTheAdministratorsTokenGetsAnother() throws Exception {
        assertThat(run("reset-admin", "--data", data())).isEqualTo(1);
        assertThat(err()).contains("no controller was started with this data directory yet");
        assertThat(directory.resolve("drydock")).doesNotExist();

        Path data = directory.resolve("drydock");
        Path file = data.resolve("admin.token");
        try (DataDirectory taken = DataDirectory.open(data);
                SqliteStore store = SqliteStore.open(taken.database())) {
            Access unused = access(store, taken);
            assertThat(run("reset-admin", "--data", data())).isEqualTo(1);
            assertThat(err()).contains("Another controller is using");
        }
        String lost = Files.readString(file).strip();
        Files.delete(file);

        assertThat(run("reset-admin", "--data", data())).as(err()).isZero();
        assertThat(out())
                .contains("A new token of user admin is in " + file, "1 former tokens")
                .doesNotContain("dda1.");
        try (DataDirectory taken = DataDirectory.open(data);
                SqliteStore store = SqliteStore.open(taken.database())) {
            Access access = access(store, taken);
            assertThat(access.tokens().principal(lost)).isEmpty();
            assertThat(access.tokens().principal(Files.readString(file).strip()))
                    .map(Principal::user)
                    .contains("admin");
        }
    }

    private static Access access(SqliteStore store, DataDirectory data) throws IOException {
        return Access.of(store, data, LoginEvents.NONE, Optional.empty(), InstantSource.system(), new SecureRandom());
    }
}
