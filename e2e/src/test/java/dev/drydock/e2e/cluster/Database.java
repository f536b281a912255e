package dev.drydock.e2e.cluster;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** A real server of PostgreSQL with one database, which can be stopped without warning and started again where it lies. */
final class Database implements AutoCloseable {
    static final String NAME = "drydock";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path directory;
    private final EmbeddedPostgres server;

    private Database(Path directory, EmbeddedPostgres server) {
        this.directory = directory;
        this.server = server;
    }

    static Database start(Path directory) throws IOException, SQLException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("encoding", "UTF8")
                // The machine is not switched off: what was written is in its memory, whatever becomes of the server.
                .setServerConfig("fsync", "off")
                // As a server is that somebody set up for speed; the controller must not let it cost what was
                // acknowledged.
                .setServerConfig("synchronous_commit", "off")
                .setPGStartupWait(PATIENCE)
                .start();
        Database database = new Database(directory, server);
        try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + NAME);
        }
        return database;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
    }

    Connection connect() throws SQLException {
        return connect(NAME);
    }

    private Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name + "?user=postgres");
    }

    /** As {@code pg_ctl stop -m immediate}: connections end in the middle of what they do, and nothing is written down. */
    void crash() throws IOException, InterruptedException {
        if (!listens()) {
            return;
        }
        String pid = Files.readAllLines(directory.resolve("postmaster.pid"))
                .getFirst()
                .strip();
        new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
        await("the end of the database").atMost(PATIENCE).until(() -> !listens());
    }

    /** As it was started the first time. It recovers from its log, and then lets in. */
    void restart() throws IOException {
        String command = Files.readString(directory.resolve("postmaster.opts")).strip();
        boolean root = "root".equals(System.getProperty("user.name"));
        // The server does not run as root: in a user namespace it is somebody else.
        List<String> shell = List.of("sh", "-c", "exec " + (root ? "unshare -U " : "") + command);
        Process unused = new ProcessBuilder(shell)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await("the database").atMost(PATIENCE).until(this::letsIn);
    }

    private boolean letsIn() {
        try (Connection connection = connect()) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    private boolean listens() {
        try (Socket unused = new Socket(address().getAddress(), address().getPort())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
