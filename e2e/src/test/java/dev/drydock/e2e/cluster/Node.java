package dev.drydock.e2e.cluster;

import static org.awaitility.Awaitility.await;

import dev.drydock.e2e.fleet.ShortLife;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One of the controllers, a process of the packed program. What it says to the database and what other controllers say to it goes by
 * lines that can break; whoever comes by the balancer comes to it directly.
 */
final class Node implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path directory;
    private final String peerAddress;
    private final Line toDatabase;
    private final Line peersToAgents;
    private final Line peersToApi;
    private final InetSocketAddress agents = loopback(freePort());
    private final InetSocketAddress api = loopback(freePort());
    private @Nullable Process process;

    /** @param number from 0: the others reach it at an address of its own */
    Node(Path directory, int number, InetSocketAddress database) throws IOException {
        this.directory = directory;
        this.peerAddress = "127.0.1." + (number + 1);
        this.toDatabase = new Line(() -> List.of(database));
        this.peersToAgents = Line.refusingAs(new InetSocketAddress(peerAddress, agents.getPort()), agents);
        this.peersToApi = Line.refusingAs(new InetSocketAddress(peerAddress, api.getPort()), api);
        Files.createDirectories(directory);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }

    /** Below those that the kernel gives to connections: it is still free when it is listened on. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(18_000, 32_000);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(loopback(port));
                return port;
            } catch (IOException e) {
                continue; // Somebody has it.
            }
        }
    }

    /** As the database calls it. */
    String name() {
        return peerAddress + ":" + agents.getPort();
    }

    InetSocketAddress agents() {
        return agents;
    }

    InetSocketAddress api() {
        return api;
    }

    Line toDatabase() {
        return toDatabase;
    }

    void silencePeers() {
        peersToAgents.silence();
        peersToApi.silence();
    }

    void cutPeers() {
        peersToAgents.cut();
        peersToApi.cut();
    }

    void healLines() {
        toDatabase.heal();
        peersToAgents.heal();
        peersToApi.heal();
    }

    Path data() {
        return directory.resolve("data");
    }

    /** What an operator copies to a new controller. */
    void takeSecretsOf(Node first) throws IOException {
        Files.createDirectory(
                data(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (String file : List.of("ca.crt", "ca.key", "totp.key")) {
            Files.copy(first.data().resolve(file), data().resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Without waiting for it. */
    void begin(Path program) throws IOException {
        Files.deleteIfExists(out());
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(),
                        "run",
                        "--data",
                        data().toString(),
                        "--agent-listen",
                        "127.0.0.1:" + agents.getPort(),
                        "--api-listen",
                        "127.0.0.1:" + api.getPort(),
                        "--database",
                        "postgresql://postgres@127.0.0.1:" + toDatabase.port() + "/" + Database.NAME,
                        "--peer-address",
                        peerAddress)
                .redirectOutput(out().toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().put("DRYDOCK_JAVA_OPTS", "-Xmx256m " + ShortLife.OPTIONS);
        process = builder.start();
    }

    /** Waits until it is ready, which is not before there is a leader. */
    void start(Path program) throws IOException {
        begin(program);
        awaitReady();
    }

    void awaitReady() {
        await("controller " + name()).atMost(PATIENCE).until(() -> {
            if (!isAlive()) {
                throw new IllegalStateException("the controller ended: " + Files.readString(log()));
            }
            return isReady();
        });
    }

    boolean isReady() throws IOException {
        return isAlive() && Files.exists(out()) && Files.readString(out()).startsWith("ready");
    }

    boolean isAlive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    /** In order, as an init system does. @return its exit code */
    int stop() throws InterruptedException {
        signal("TERM");
        return exitCode();
    }

    int exitCode() throws InterruptedException {
        Process running = process;
        if (running == null || !running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("controller " + name() + " did not end");
        }
        return running.exitValue();
    }

    /** As kill(1) does. */
    void signal(String name) {
        Process running = process;
        try {
            if (running != null) {
                new ProcessBuilder("kill", "-" + name, String.valueOf(running.pid()))
                        .start()
                        .waitFor();
            }
        } catch (IOException e) {
            throw new IllegalStateException("kill(1) is there", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path out() {
        return directory.resolve("out");
    }

    Path log() {
        return directory.resolve("log");
    }

    @Override
    public void close() throws IOException {
        kill();
        toDatabase.close();
        peersToAgents.close();
        peersToApi.close();
    }
}
