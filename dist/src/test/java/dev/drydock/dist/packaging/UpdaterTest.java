package dev.drydock.dist.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The script that updates the agent, killed before and after everything that it does to the disk or to systemd: started again, it ends
 * in the version that it should, and there is no moment without one.
 */
class UpdaterTest {
    private static final Path SCRIPT = Path.of("src/main/packages/drydock-agent/usr/lib/drydock-agent/update")
            .toAbsolutePath();
    private static final List<String> STRUCK = List.of("sync", "mv", "ln", "systemctl");
    private static final int KILLED = 137;

    @TempDir
    Path directory;

    private Path home;

    @BeforeEach
    void lay() throws Exception {
        home = Files.createDirectories(directory.resolve("home"));
        for (String version : List.of("1.0-old", "2.0-new", "2.0-silent")) {
            Path folder = home.resolve("versions").resolve(version);
            Files.createDirectories(folder.resolve("runtime/bin"));
            Files.createDirectories(folder.resolve("bin"));
            Files.copy(Path.of("/bin/sleep"), folder.resolve("runtime/bin/java"));
            Files.writeString(folder.resolve("bin/drydock-agent"), "#!/bin/sh\n");
            assertThat(folder.resolve("runtime/bin/java").toFile().setExecutable(true))
                    .isTrue();
            assertThat(folder.resolve("bin/drydock-agent").toFile().setExecutable(true))
                    .isTrue();
        }
        Path tools = Files.createDirectories(directory.resolve("tools"));
        script("systemctl", directory.resolve("systemctl"));
        for (String name : STRUCK) {
            script("struck", tools.resolve(name));
        }
        Files.createDirectories(directory.resolve("data"));
        reset();
    }

    @AfterEach
    void end() throws Exception {
        killAgent();
    }

    private void script(String name, Path to) throws IOException {
        try (var in = Objects.requireNonNull(UpdaterTest.class.getResourceAsStream("/updater/" + name))) {
            Files.copy(in, to);
        }
        assertThat(to.toFile().setExecutable(true)).isTrue();
    }

    /** The old version counts and runs. */
    private void reset() throws Exception {
        Files.deleteIfExists(home.resolve("current"));
        Files.createSymbolicLink(home.resolve("current"), Path.of("versions/1.0-old"));
        Files.deleteIfExists(directory.resolve("journal/state"));
        killAgent();
        assertThat(run(Map.of(), directory.resolve("systemctl").toString(), "restart"))
                .isZero();
    }

    private void killAgent() throws Exception {
        Path pid = directory.resolve("pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
            Files.delete(pid);
        }
    }

    private int run(Map<String, String> more, String... command) throws Exception {
        Files.writeString(directory.resolve("turn"), "0");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile());
        builder.environment()
                .putAll(Map.of(
                        "PATH", directory.resolve("tools") + ":/usr/bin:/bin",
                        "LAB", directory.toString(),
                        "STRIKE", "0",
                        "WHEN", "never",
                        "DRYDOCK_AGENT_HOME", home.toString(),
                        "DRYDOCK_AGENT_DATA", directory.resolve("data").toString(),
                        "DRYDOCK_UPDATE_JOURNAL", directory.resolve("journal").toString()));
        builder.environment().putAll(more);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private int update(String... arguments) throws Exception {
        return update(Map.of(), arguments);
    }

    private int update(Map<String, String> more, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        return run(more, command.toArray(String[]::new));
    }

    private String out() throws IOException {
        return Files.readString(directory.resolve("out")).strip();
    }

    private String current() throws IOException {
        return Files.readSymbolicLink(home.resolve("current")).getFileName().toString();
    }

    private String running() throws IOException {
        String pid = Files.readString(directory.resolve("pid")).strip();
        return home.resolve("versions")
                .toRealPath()
                .relativize(Files.readSymbolicLink(Path.of("/proc", pid, "exe")))
                .getName(0)
                .toString();
    }

    private Properties state() throws IOException {
        Properties state = new Properties();
        try (var in = Files.newBufferedReader(directory.resolve("journal/state"))) {
            state.load(in);
        }
        return state;
    }

    @ParameterizedTest
    @CsvSource({"2.0-new, 2.0-new, good", "2.0-silent, 1.0-old, back"})
    void killedAnywhereItEndsWhereItShould(String wanted, String ends, String phase) throws Exception {
        int kills = 0;
        for (String when : List.of("before", "after")) {
            for (int strike = 1; ; strike++) {
                reset();
                assertThat(update("begin", wanted, "0")).as(out()).isZero();
                int code = update(Map.of("STRIKE", String.valueOf(strike), "WHEN", when), "run");
                assertThat(home.resolve("current").toRealPath())
                        .as("killed %s %d", when, strike)
                        .isDirectory();
                int turns = Integer.parseInt(
                        Files.readString(directory.resolve("turn")).strip());
                if (turns < strike) {
                    break;
                }
                // A question to systemd is asked in a process of its own: then it is that which is killed.
                assertThat(code).as(out()).isIn(0, KILLED);
                kills++;

                assertThat(update("run"))
                        .as("killed %s %d: %s", when, strike, out())
                        .isZero();

                assertThat(current()).as("killed %s %d", when, strike).isEqualTo(ends);
                assertThat(running()).as("killed %s %d", when, strike).isEqualTo(ends);
                assertThat(state().getProperty("phase"))
                        .as("killed %s %d", when, strike)
                        .isEqualTo(phase);
            }
            assertThat(current()).isEqualTo(ends);
        }
        assertThat(kills).isGreaterThan(24);
    }

    @Test
    void whatThePackageManagerMadeCountInTheMeantimeStays() throws Exception {
        assertThat(update("begin", "2.0-silent", "30")).isZero();
        int code = update(Map.of("STRIKE", "5", "WHEN", "after"), "run");
        assertThat(code).isEqualTo(KILLED);
        Files.delete(home.resolve("current"));
        Files.createSymbolicLink(home.resolve("current"), Path.of("versions/2.0-new"));

        assertThat(update("run")).isZero();

        assertThat(current()).isEqualTo("2.0-new");
        assertThat(state().getProperty("phase")).isEqualTo("superseded");
    }

    @Test
    void aVersionThatIsNotThereOrNoNameIsRefusedAndNothingIsWritten() throws Exception {
        for (String version : List.of("3.0-none", "../../etc", "", ".incoming", "a b")) {
            assertThat(update("begin", version, "5")).as(version).isEqualTo(1);
            assertThat(out()).contains("there is no version '" + version + "'");
        }
        assertThat(update("begin", "2.0-new", "5m")).isEqualTo(1);
        assertThat(out()).contains("'5m' is no number of seconds");
        assertThat(directory.resolve("journal/state")).doesNotExist();
    }

    @Test
    void anArchiveThatHoldsNoAgentLeavesNothingBehind() throws Exception {
        Path archive = Files.writeString(directory.resolve("x.tar.gz"), "no archive");

        assertThat(update("unpack", archive.toString())).isNotZero();

        assertThat(out()).contains("cannot be unpacked");
        assertThat(home.resolve("versions/.incoming")).doesNotExist();
    }

    @Test
    void withoutAJournalThereIsNothingToDo() throws Exception {
        assertThat(update("run")).isZero();
        assertThat(current()).isEqualTo("1.0-old");
    }
}
