package dev.drydock.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.ControllerProcess.Ready;
import dev.drydock.controller.store.Chains;
import dev.drydock.controller.store.SqlAudit;
import dev.drydock.controller.store.SqliteStore;
import dev.drydock.proto.v1.GetVersionRequest;
import dev.drydock.proto.v1.GetVersionResponse;
import io.grpc.ManagedChannel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as an init system runs it. */
final class LifecycleTest {
    @TempDir
    Path directory;

    private Path data;
    private Path log;

    @BeforeEach
    void paths() {
        data = directory.resolve("drydock");
        log = directory.resolve("log");
    }

    @Test
    void startsServesStopsAndStartsAgain() throws Exception {
        Ready first;
        try (ControllerProcess controller = new ControllerProcess(data, log)) {
            first = controller.ready();
            assertThat(mode(data)).isEqualTo("rwx------");
            for (String secret : new String[] {"ca.key", "admin.token", "drydock.db", "lock"}) {
                assertThat(mode(data.resolve(secret))).as(secret).isEqualTo("rw-------");
            }
            assertThat(version(controller, first).getCaFingerprint()).isEqualTo(first.caFingerprint());
            assertThat(controller.terminate()).isZero();
        }
        String token = token();
        try (ControllerProcess controller = new ControllerProcess(data, log)) {
            Ready again = controller.ready();
            assertThat(again.caFingerprint()).isEqualTo(first.caFingerprint());
            assertThat(token()).isEqualTo(token);
            assertThat(version(controller, again).getCaFingerprint()).isEqualTo(first.caFingerprint());
            assertThat(controller.terminate()).isZero();
        }
        try (SqliteStore store = SqliteStore.open(data.resolve("drydock.db"))) {
            assertThat(Chains.whole(new SqlAudit(store, InstantSource.system())))
                    .as("the audit log")
                    .hasSize(2)
                    .allMatch(entry -> entry.body().contains("\"kind\":\"started\""));
        }
        assertThat(Files.readString(log))
                .contains("stopped")
                .doesNotContain(token)
                .doesNotContain("ERROR")
                .doesNotContain("WARN ");
        assertThat(Files.readAllLines(log)).allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z [A-Z]+ +.*"));
    }

    @Test
    void aSecondOneOnTheSameDirectoryIsRefusedAndHarmsNothing() throws Exception {
        try (ControllerProcess controller = new ControllerProcess(data, log)) {
            Ready ready = controller.ready();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int exitCode = Main.run(
                    new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    ControllerProcess.arguments(data));
            assertThat(exitCode).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains("Another controller is using the data directory " + data)
                    .contains("process " + controller.pid());
            assertThat(version(controller, ready).getCaFingerprint()).isEqualTo(ready.caFingerprint());
        }
    }

    @Test
    void aKilledOneLeavesTheDirectoryFree() throws Exception {
        try (ControllerProcess controller = new ControllerProcess(data, log)) {
            controller.ready();
        }
        try (ControllerProcess controller = new ControllerProcess(data, log)) {
            assertThat(version(controller, controller.ready())).isNotNull();
        }
    }

    private GetVersionResponse version(ControllerProcess controller, Ready ready) throws Exception {
        ManagedChannel channel = controller.channel(ready);
        try {
            return ControllerProcess.system(channel, token()).getVersion(GetVersionRequest.getDefaultInstance());
        } finally {
            channel.shutdownNow();
        }
    }

    private String token() throws Exception {
        return Files.readString(data.resolve("admin.token")).strip();
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
