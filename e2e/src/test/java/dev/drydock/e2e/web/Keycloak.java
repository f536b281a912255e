package dev.drydock.e2e.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;

/**
 * A real Keycloak on loopback with the realm "works", the client "drydock" and a person for each name given, whose password is the
 * name and "-secret". The archive comes from Maven, by the system property {@code drydock.keycloak}.
 */
final class Keycloak implements AutoCloseable {
    static final String CLIENT_SECRET = "the-clients-own";

    private static final Duration START = Duration.ofMinutes(6);

    private final Process process;
    private final int port;

    /** @param directory empty; everything of it lies there */
    Keycloak(Path directory, String returnsTo, List<String> people) throws IOException {
        Path home = unpacked(Path.of(System.getProperty("drydock.keycloak", "")), directory);
        Path realms = Files.createDirectories(home.resolve("data/import"));
        Files.writeString(realms.resolve("works.json"), realm(returnsTo, people));
        port = freePort();
        int management = freePort();
        Path log = directory.resolve("keycloak.log");
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--http-management-port=" + management,
                        "--import-realm")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        process = builder.start();
        Awaitility.await("Keycloak")
                .atMost(START)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("Keycloak ended: " + Files.readString(log));
                    }
                    return answers();
                });
    }

    URI issuer() {
        return URI.create("http://127.0.0.1:" + port + "/realms/works");
    }

    private boolean answers() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(issuer() + "/.well-known/openid-configuration")
                            .toURL()
                            .openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(10_000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static String realm(String returnsTo, List<String> people) {
        String users = String.join(
                ",", people.stream().map(name -> """
                                {"username": "%1$s", "enabled": true, "email": "%1$s@example.com", "firstName": "%1$s",
                                 "lastName": "Works", "emailVerified": true,
                                 "credentials": [{"type": "password", "value": "%1$s-secret", "temporary": false}]}
                                """.formatted(name)).toList());
        return """
                {"realm": "works", "enabled": true, "sslRequired": "none",
                 "clients": [{"clientId": "drydock", "enabled": true, "protocol": "openid-connect", "publicClient": false,
                              "secret": "%s", "standardFlowEnabled": true, "redirectUris": ["%s/sign-in/provider/back"],
                              "attributes": {"pkce.code.challenge.method": "S256"}}],
                 "users": [%s]}
                """.formatted(CLIENT_SECRET, returnsTo, users);
    }

    private static Path unpacked(Path archive, Path into) throws IOException {
        try (InputStream file = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path to = into.resolve(entry.getName()).normalize();
                if (!to.startsWith(into)) {
                    throw new IOException(archive + " wants to write to " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(to);
                } else {
                    Files.createDirectories(to.getParent());
                    Files.copy(zip, to);
                }
            }
        }
        try (var roots = Files.list(into)) {
            Path home = roots.filter(Files::isDirectory).findFirst().orElseThrow();
            if (!home.resolve("bin/kc.sh").toFile().setExecutable(true)) {
                throw new IOException("kc.sh cannot be made executable");
            }
            return home;
        }
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
        // kc.sh becomes the Java machine itself; a child that it may have started goes with it.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        Awaitility.await("end of Keycloak").atMost(START).until(() -> !process.isAlive());
    }
}
