package dev.drydock.e2e.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Three real controllers on one real database, and a balancer before them. */
final class Cluster implements AutoCloseable {
    static final int SIZE = 3;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Database database;
    private final List<Node> nodes;
    private final AtomicInteger turn = new AtomicInteger();
    private final Line agentBalancer;
    private final Line apiBalancer;

    private Cluster(Database database, List<Node> nodes) throws IOException {
        this.database = database;
        this.nodes = nodes;
        this.agentBalancer = new Line(() -> inTurn(Node::agents));
        this.apiBalancer = new Line(() -> inTurn(Node::api));
    }

    /** When it returns one leads and the others follow. */
    static Cluster start(Path directory, Path program) throws IOException, SQLException {
        Database database = Database.start(directory.resolve("database"));
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            nodes.add(new Node(directory.resolve("controller-" + i), i, database.address()));
        }
        Cluster cluster = new Cluster(database, nodes);
        try {
            Node first = nodes.getFirst();
            first.start(program);
            for (Node other : nodes.subList(1, SIZE)) {
                other.takeSecretsOf(first);
                other.begin(program);
            }
            nodes.forEach(Node::awaitReady);
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Round robin; one that does not take the connection is passed over. */
    private List<InetSocketAddress> inTurn(Function<Node, InetSocketAddress> plane) {
        int first = turn.getAndIncrement();
        List<InetSocketAddress> order = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            order.add(plane.apply(nodes.get(Math.floorMod(first + i, SIZE))));
        }
        return order;
    }

    List<Node> nodes() {
        return nodes;
    }

    Database database() {
        return database;
    }

    int agentPort() {
        return agentBalancer.port();
    }

    int apiPort() {
        return apiBalancer.port();
    }

    Path ca() {
        return nodes.getFirst().data().resolve("ca.crt");
    }

    String token() throws IOException {
        return Files.readString(nodes.getFirst().data().resolve("admin.token")).strip();
    }

    /** Empty: nobody has the lease, or the database does not say. */
    Optional<Lease> lease() {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT holder, epoch FROM drydock_cluster.lease WHERE expires > clock_timestamp()")) {
            if (!row.next()) {
                return Optional.empty();
            }
            String holder = row.getString("holder");
            long epoch = row.getLong("epoch");
            return nodes.stream()
                    .filter(node -> node.name().equals(holder))
                    .findFirst()
                    .map(node -> new Lease(node, epoch));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** Who leads, with its term. */
    record Lease(Node leader, long epoch) {}

    Lease awaitLease() {
        return await("a leader")
                .atMost(PATIENCE)
                .until(this::lease, Optional::isPresent)
                .orElseThrow();
    }

    Node leader() {
        return awaitLease().leader();
    }

    List<Node> followers() {
        return othersThan(leader());
    }

    /** In the order of their numbers. */
    List<Node> othersThan(Node one) {
        return nodes.stream().filter(node -> node != one).toList();
    }

    String logs() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Node node : nodes) {
            text.append(node.name())
                    .append(":\n")
                    .append(Files.readString(node.log()))
                    .append('\n');
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        agentBalancer.close();
        apiBalancer.close();
        for (Node node : nodes) {
            node.close();
        }
        database.close();
    }
}
