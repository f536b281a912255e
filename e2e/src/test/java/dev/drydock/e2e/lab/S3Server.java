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

    private final Process process;
    private final int port;
    private final Path data;

    private S3Server(Process process, int port, Path data) {
        this.process = process;
        this.port = port;
        this.data = data;
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
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            LabImages.s3ClassPath(),
                            "org.gaul.s3proxy.Main",
                            "--properties",
                            config.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("s3.log").toFile())
                    .start();
            S3Server server = new S3Server(process, port, data);
            Awaitility.await("S3Proxy").atMost(Duration.ofSeconds(60)).until(server::answers);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    /** The objects, by bucket and key. Sorted. */
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
