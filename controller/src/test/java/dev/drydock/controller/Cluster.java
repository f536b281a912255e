package dev.drydock.controller;

import static org.awaitility.Awaitility.await;

import dev.drydock.controller.cluster.Leases.Term;
import dev.drydock.controller.cluster.Relay;
import dev.drydock.controller.store.PostgresAddress;
import dev.drydock.controller.store.PostgresLeases;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Real controllers in JVMs of their own on one real database, each by a line that can be cut, and a balancer before them. */
final class Cluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path directory;
    private final PostgresAddress database;
    private final PostgresLeases leases;
    private final Relay balancer = new Relay();
    private final List<One> all = new ArrayList<>();
    private final int agentPort = freePort();
    private final int apiPort = freePort();

    /** One of the controllers. */
    static final class One {
        final Path data;
        final Path log;
        final int agentPort = freePort();
        final int apiPort = freePort();
        final int databasePort = freePort();
        final int memberPort = freePort();
        final Relay line = new Relay();
        final AtomicBoolean cut = new AtomicBoolean();

        @SuppressWarnings("NullAway.Init") // begun before anybody asks for it
        ControllerProcess process;

        One(Path data, Path log) {
            this.data = data;
            this.log = log;
        }

        String name() {
            return "127.0.0.1:" + agentPort;
        }
    }

    Cluster(Path directory, PostgresAddress database, int controllers) throws Exception {
        this.directory = directory;
        this.database = database;
        this.leases = PostgresLeases.open(database);
        for (int i = 0; i < controllers; i++) {
            One one = new One(directory.resolve("data-" + i), directory.resolve("log-" + i));
            all.add(one);
            InetSocketAddress real = address(Integer.parseInt(database.hosts().replaceFirst(".*:", "")));
            one.line.listen(address(one.databasePort), () -> one.cut.get() ? Optional.empty() : Optional.of(real));
        }
        start(all.getFirst());
        for (One other : all.subList(1, controllers)) {
            share(all.getFirst().data, other.data);
            start(other);
        }
        AtomicInteger turn = new AtomicInteger();
        balancer.listen(
                address(agentPort),
                () -> Optional.of(address(all.get(Math.floorMod(turn.getAndIncrement(), controllers)).agentPort)));
        balancer.listen(
                address(apiPort),
                () -> Optional.of(address(all.get(Math.floorMod(turn.getAndIncrement(), controllers)).apiPort)));
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }

    /** What an operator copies to a new controller. */
    static void share(Path from, Path to) throws IOException {
        Files.createDirectory(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (String file : List.of("ca.crt", "ca.key", "totp.key")) {
            Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Begins to start it and waits until it says that it is ready. */
    void start(One one) throws IOException {
        begin(one);
        String unused = one.process.readyLine();
    }

    void begin(One one) throws IOException {
        one.process = new ControllerProcess(
                one.data,
                one.log,
                "run",
                "--data",
                one.data.toString(),
                "--agent-listen",
                "127.0.0.1:" + one.agentPort,
                "--api-listen",
                "127.0.0.1:" + one.apiPort,
                "--database",
                "postgresql://postgres@127.0.0.1:" + one.databasePort + "/" + database.name(),
                "--peer-address",
                "127.0.0.1",
                "--member-listen",
                "127.0.0.1:" + one.memberPort);
    }

    /** Cuts the line between it and the database, without a word to either. */
    void partition(One one) {
        one.cut.set(true);
        one.line.cut();
    }

    void heal(One one) {
        one.cut.set(false);
    }

    Term term() {
        return await("a leader")
                .atMost(PATIENCE)
                .until(leases::current, Optional::isPresent)
                .orElseThrow();
    }

    /** One that began after that. */
    Term termAfter(long epoch) {
        return await("another leader")
                .atMost(PATIENCE)
                .until(leases::current, now -> now.isPresent() && now.get().epoch() > epoch)
                .orElseThrow();
    }

    One leader() {
        String name = term().leader().name();
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    One follower() {
        String name = term().leader().name();
        return all.stream().filter(one -> !one.name().equals(name)).findFirst().orElseThrow();
    }

    List<One> all() {
        return all;
    }

    PostgresLeases leases() {
        return leases;
    }

    int agentPort() {
        return agentPort;
    }

    int apiPort() {
        return apiPort;
    }

    Path ca() {
        return all.getFirst().data.resolve("ca.crt");
    }

    String token() throws IOException {
        return Files.readString(all.getFirst().data.resolve("admin.token")).strip();
    }

    String logs() throws IOException {
        StringBuilder text = new StringBuilder();
        for (One one : all) {
            text.append(one.log).append(":\n").append(Files.readString(one.log)).append('\n');
        }
        return text.toString();
    }

    /** Below those that the kernel gives to connections: it is still free when it is listened on. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(18_000, 32_000);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(address(port));
                return port;
            } catch (IOException e) {
                continue; // Somebody has it.
            }
        }
    }

    @Override
    public void close() throws IOException {
        balancer.close();
        for (One one : all) {
            if (one.process != null) {
                one.process.close();
            }
            one.line.close();
        }
        leases.close();
    }
}
