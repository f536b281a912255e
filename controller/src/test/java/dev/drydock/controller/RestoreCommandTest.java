package dev.drydock.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drydock.controller.security.ServerNames;
import dev.drydock.controller.store.DatabaseCopy;
import dev.drydock.controller.store.DatabaseLook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code drydock-controller restore} of a copy of before an upgrade, as it is typed. */
final class RestoreCommandTest {
    @TempDir
    Path directory;

    private Path copy;
    private String text = "";

    private Path data() {
        return directory.resolve("drydock");
    }

    private Path database() {
        return data().resolve("drydock.db");
    }

    /** A controller that was stopped, and started once more after the copy was made: its log tells of both. */
    @BeforeEach
    void aCopyAndWhatCameAfterIt() throws Exception {
        startAndStop();
        copy = Files.createDirectory(data().resolve("upgrade-backups"))
                .resolve("drydock-schema-14-2026-11-24T10-00-00Z.db");
        DatabaseCopy.make(database(), copy);
        startAndStop();
        assertThat(entries(database())).isEqualTo(entries(copy) + 1);
    }

    private void startAndStop() throws StartException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Controller.start(new ControllerOptions(data(), any, any, ServerNames.of(List.of()), Duration.ofDays(30)))
                .close();
    }

    private static long entries(Path database) {
        try (DatabaseLook look = DatabaseLook.open(database, false)) {
            return look.count("audit_entries").orElseThrow();
        }
    }

    private int restore(Path from, String... more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Main.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                arguments(from, more).toArray(String[]::new));
        text = out.toString(StandardCharsets.UTF_8);
        return code;
    }

    private List<String> arguments(Path from, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("restore", "--data", data().toString(), "--from", from.toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    /** In a process of its own, since it is the terminal that is asked. */
    private int typed(boolean atTerminal, String answer) throws IOException, InterruptedException {
        List<String> program = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        program.addAll(arguments(copy));
        List<String> command = atTerminal
                ? List.of(
                        "script",
                        "-qec",
                        program.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" ")),
                        "/dev/null")
                : program;
        Path said = directory.resolve("said");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        process.outputWriter().append(answer).append('\n').close();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        text = Files.readString(said);
        return process.exitValue();
    }

    private void assertNothingChanged() throws IOException {
        assertThat(entries(database())).isEqualTo(entries(copy) + 1);
        try (Stream<Path> files = Files.list(data())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.contains("before-restore") || name.contains("restoring"));
        }
    }

    private Path aside() throws IOException {
        try (Stream<Path> files = Files.list(data())) {
            return files.filter(file -> file.getFileName().toString().startsWith("drydock.db.before-restore-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aScriptSaysYesBeforehand() throws Exception {
        long after = entries(database());

        assertThat(restore(copy, "--yes")).as(text).isZero();

        assertThat(text)
                .contains("is lost: audit_entries " + after + " -> " + (after - 1) + ".")
                .contains("revoke again")
                .contains("Put back. What was there is in " + aside())
                .contains("Install the version of before, then start it.");
        assertThat(entries(aside())).isEqualTo(after);
        assertThat(entries(database())).as("with one of the restore itself").isEqualTo(after);
        startAndStop();
        assertThat(entries(database())).isEqualTo(after + 1);
    }

    @Test
    void withoutATerminalThereIsNobodyToAsk() throws Exception {
        assertThat(typed(false, "yes")).as(text).isEqualTo(1);

        assertThat(text).contains("is lost: ", "Nothing was changed. Say --yes, or answer yes at a terminal");
        assertNothingChanged();
    }

    @Test
    void atATerminalYesIsTheOneAnswer() throws Exception {
        assertThat(typed(true, "y")).as(text).isEqualTo(1);
        assertThat(text).contains("is lost: ", "Put it back? Type yes: ", "Nothing was changed.");
        assertNothingChanged();

        assertThat(typed(true, "yes")).as(text).isZero();
        assertThat(text).contains("Put it back? Type yes: ", "Put back.");
        assertThat(aside()).exists();
    }

    @Test
    void underAControllerThatRunsItIsRefused() throws Exception {
        try (ControllerProcess process = new ControllerProcess(data(), directory.resolve("log"))) {
            process.ready();
            assertThat(restore(copy, "--yes")).as(text).isEqualTo(1);
            assertThat(text)
                    .contains("Another controller is using the data directory " + data() + " (process " + process.pid()
                            + "). Stop it first");
            assertThat(process.terminate()).isZero();
        }
        assertThat(entries(database())).as("it started once more").isEqualTo(entries(copy) + 2);
    }

    @Test
    void aCopyThatIsNotThereIsToldWithThoseThatAre() throws Exception {
        Path other = copy.resolveSibling("drydock-schema-15.db");
        assertThat(restore(other, "--yes")).as(text).isEqualTo(1);
        assertThat(text).contains(other + " is not there", copy.toString());
        assertNothingChanged();

        Files.delete(copy);
        assertThat(restore(copy)).isEqualTo(1);
        assertThat(text).contains("or a copy that was made before an upgrade.");
    }

    @Test
    void whatIsNoCopyIsRefused() throws Exception {
        Path other = Files.writeString(directory.resolve("other.db"), "no database".repeat(100));
        assertThat(restore(other, "--yes")).as(text).isEqualTo(1);
        assertThat(text).contains("The database " + other + " cannot be read");

        Path foreign = directory.resolve("foreign.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + foreign);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE hosts (id TEXT)");
        }
        assertThat(restore(foreign, "--yes")).as(text).isEqualTo(1);
        assertThat(text).contains(foreign + " is no database of Drydock");

        assertThat(restore(data().resolve("upgrade-backups"), "--yes"))
                .as("a folder is a backup, and goes where nothing is")
                .isEqualTo(1);
        assertNothingChanged();
    }

    @Test
    void aDataDirectoryThatIsNotThereOrNotOnesOwnIsRefused() throws Exception {
        Path kept = Files.move(copy, directory.resolve("kept.db"));
        Path real = Files.move(data(), directory.resolve("moved"));
        assertThat(restore(kept, "--yes")).isEqualTo(1);
        assertThat(text).contains(data() + " is not there; expected the data directory of a controller");
        assertThat(data()).doesNotExist();

        Files.move(real, data());
        assumeTrue(System.getProperty("user.name").equals("root"), "only root may give a directory away");
        Files.setOwner(
                data(), data().getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        assertThat(restore(kept, "--yes")).isEqualTo(1);
        assertThat(text).contains(" belongs to nobody, and this is root.", "sudo -u nobody drydock-controller restore");
    }

    @Test
    void bothPlacesMustBeNamed() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(Main.run(print, print, "restore")).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--from=DIR|FILE", "--data=DIR");
    }
}
