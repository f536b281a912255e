package dev.drydock.e2e.fleet;

import dev.drydock.e2e.lab.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The packed controller as a process of this machine that can be killed and started again. Not thread-safe. */
public final class Controller implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Map<String, String> SHORT_LIFE = Map.of("DRYDOCK_JAVA_OPTS", ShortLife.OPTIONS);

    private final Path directory;
    private final String advertised;
    private final Map<String, String> environment;
    private final List<String> options = new ArrayList<>();
    private final int agentPort = freePort();
    private final int apiPort = freePort();
    private @Nullable Process process;

    /**
     * @param advertised the name or address under which hosts reach this machine
     * @param environment more variables than this process has
     * @param options more of {@code drydock-controller run}
     */
    Controller(Path directory, String advertised, Map<String, String> environment, List<String> options) {
        this.directory = directory;
        this.advertised = advertised;
        this.environment = environment;
        this.options.addAll(options);
    }

    /** More of its options, from its next start on. */
    public void with(String... more) {
        options.addAll(List.of(more));
    }

    /** Starts it and waits until it is ready. */
    public void start() {
        Path out = directory.resolve("controller.out");
        List<String> command = new ArrayList<>(List.of(
                Distribution.program("drydock-controller").toString(),
                "run",
                "--data",
                data().toString(),
                "--agent-listen",
                "0.0.0.0:" + agentPort,
                "--api-listen",
                "127.0.0.1:" + apiPort,
                "--advertise",
                advertised));
        command.addAll(options);
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()));
            builder.environment().putAll(SHORT_LIFE);
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the controller cannot be started", e);
        }
        Process started = process;
        Awaitility.await("controller ready")
                .atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    if (!started.isAlive()) {
                        throw new IllegalStateException("the controller ended: " + Files.readString(log()));
                    }
                    return Files.readString(out).startsWith("ready");
                });
    }

    /** As kill -9 and power loss do: nothing is flushed, nobody is told. */
    public void kill() {
        end(true);
    }

    public void stop() {
        end(false);
    }

    private void end(boolean forcibly) {
        Process running = process;
        if (running == null) {
            return;
        }
        process = null;
        if (forcibly) {
            running.destroyForcibly();
        } else {
            running.destroy();
        }
        Awaitility.await("end of the controller").atMost(START).until(() -> !running.isAlive());
    }

    /** A backup of the controller as it runs. */
    public void backup(Path to) {
        program("backup", "--data", data().toString(), "--to", to.toString());
    }

    /** Its disk is lost: all that there is now is that backup. Stopped before, started afterwards. */
    public void loseAllBut(Path backup) {
        kill();
        try {
            Files.move(data(), directory.resolve("lost"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        program("restore", "--from", backup.toString(), "--data", data().toString());
        start();
    }

    private static void program(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Distribution.program("drydock-controller").toString());
        command.addAll(List.of(arguments));
        Programs.run(START, SHORT_LIFE, command).require(0);
    }

    public Path data() {
        return directory.resolve("controller");
    }

    public Path log() {
        return directory.resolve("controller.log");
    }

    /** Where agents reach it. */
    public String agentAddress() {
        return advertised + ":" + agentPort;
    }

    public String apiAddress() {
        return "127.0.0.1:" + apiPort;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
