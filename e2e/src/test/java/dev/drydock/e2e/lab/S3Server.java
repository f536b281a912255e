package dev.drydock.e2e.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** S3Proxy: a server that speaks S3 and checks signatures, over a directory of this machine whose subdirectories are buckets. */
public final class S3Server implements AutoCloseable {
    public static final String ID = "lab-identity";
    public static final String SECRET = "lab-secret";

    private final List<String> command;
    private final Path log;
    private final int port;
    private final Path data;
    private Process process;

    private S3Server(List<String> command, Path log, int port, Path data) {
        this.command = command;
        this.log = log;
        this.port = port;
        this.data = data;
        this.process = run();
    }

    /** @param directory empty; for its objects and its log */
    public static S3Server start(Path directory) {
        try {
            int port = freePort();
            Path data = Files.createDirectories(directory.resolve("data"));
            Path config = Files.writeString(directory.resolve("s3.conf"), """
                    s3proxy.authorization=aws-v2-or-v4
                    s3proxy.endpoint=http://0.0.0.0:%d
                    s3proxy.identity=%s
                    s3proxy.credential=%s
                    jclouds.provider=filesystem
                    jclouds.filesystem.basedir=%s
                    """.formatted(port, ID, SECRET, data));
            // By default it tells of every chunk that it reads.
            Path logging = Files.writeString(directory.resolve("logback.xml"), """
                    <configuration>
                      <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                        <encoder><pattern>%d %level %logger{0} %msg%n</pattern></encoder>
                      </appender>
                      <root level="WARN"><appender-ref ref="out"/></root>
                    </configuration>
                    """);
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Dlogback.configurationFile=" + logging,
                    "-cp",
                    LabImages.s3ClassPath(),
                    "org.gaul.s3proxy.Main",
                    "--properties",
                    config.toString());
            S3Server server = new S3Server(command, directory.resolve("s3.log"), port, data);
            server.awaitAnswer();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process run() {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitAnswer() {
        Awaitility.await("S3Proxy").atMost(Duration.ofSeconds(60)).until(this::answers);
    }

    /** As a machine that loses its power: nothing answers any more. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** After {@link #kill}: the same server with the same objects. */
    public void startAgain() {
        process = run();
        awaitAnswer();
    }

    /** It takes connections and answers none, until {@link #goOn}. */
    public void pause() {
        signal("STOP");
    }

    public void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() {
        try {
            return ((HttpURLConnection) URI.create("http://localhost:" + port + "/")
                                    .toURL()
                                    .openConnection())
                            .getResponseCode()
                    > 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    /** Makes a bucket. */
    public void bucket(String name) throws IOException {
        Files.createDirectories(data.resolve(name));
    }

    /** Whether a part of an upload is there that is not complete. */
    public boolean hasPart() throws IOException {
        return objects().stream().anyMatch(file -> file.matches(".*/\\.mpus-.*-[0-9]+"));
    }

    /** The objects, by bucket and key, and what the server keeps of uploads that are not complete. Sorted. */
    public List<String> objects() throws IOException {
        try (var walk = Files.walk(data)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> data.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
