package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cli.Environment;
import dev.drydock.cli.Main;
import dev.drydock.cli.Terminal;
import dev.drydock.cli.client.TlsChannels;
import dev.drydock.controller.Controller;
import dev.drydock.controller.ControllerOptions;
import dev.drydock.controller.agents.HostName;
import dev.drydock.controller.agents.NewHost;
import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.controller.security.CertificateRequest;
import dev.drydock.controller.security.ServerNames;
import dev.drydock.controller.security.TokenText;
import dev.drydock.controller.store.SqlEnrolmentTokens;
import dev.drydock.controller.store.SqlHosts;
import dev.drydock.controller.store.SqliteStore;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Os;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A whole controller in this process, with one host on record whose agent never comes, and {@code drydock} beside it. */
final class OneProcess implements AutoCloseable {
    private final Controller controller;
    private final Map<String, String> variables;

    private OneProcess(Controller controller, Map<String, String> variables) {
        this.controller = controller;
        this.variables = variables;
    }

    record Ended(int exitCode, String out, String err) {}

    /**
     * With a pinned signer, {@code ops.key}.
     *
     * @param more variables for {@code drydock}
     */
    static OneProcess start(Path directory, Map<String, String> more) throws Exception {
        Path data = Files.createDirectory(
                directory.resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        enrol(data, "web-01");
        InetSocketAddress anywhere = new InetSocketAddress("127.0.0.1", 0);
        Controller controller = Controller.start(
                new ControllerOptions(data, anywhere, anywhere, ServerNames.of(List.of()), Duration.ofDays(30)));
        Map<String, String> variables = new TreeMap<>(more);
        variables.put("XDG_CONFIG_HOME", directory.resolve("config").toString());
        variables.put("DRYDOCK_ADDRESS", controller.readyLine().replaceFirst(".* api=(\\S+) .*", "$1"));
        variables.put("DRYDOCK_CA", data.resolve("ca.crt").toString());
        variables.put("DRYDOCK_TOKEN_FILE", data.resolve("admin.token").toString());
        OneProcess started = new OneProcess(controller, variables);
        started.ok("key", "create", "ops", "--out", directory.toString());
        started.ok("key", "pin", directory.resolve("ops.pub").toString());
        return started;
    }

    /** As an agent would come, without one: what is planned for the host is never begun here. */
    private static void enrol(Path data, String name) throws Exception {
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        CertificateAuthority authority = CertificateAuthority.open(data, clock, random);
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(new ECGenParameterSpec("secp256r1"));
        try (SqliteStore store = SqliteStore.open(data.resolve("drydock.db"))) {
            SqlHosts hosts = new SqlHosts(store, clock);
            String secret = new SqlEnrolmentTokens(store, clock, random, authority.fingerprint())
                    .create(1, Duration.ofHours(1), Map.of("role", "web"))
                    .secret();
            hosts.enrol(
                    new NewHost(
                            "h-1",
                            HostName.of(name),
                            authority.issueForHost(
                                    "h-1",
                                    new CertificateRequest(
                                            keys.generateKeyPair().getPublic()),
                                    Duration.ofDays(30)),
                            Instant.now()),
                    TokenText.parse(secret).orElseThrow());
            hosts.reported(
                            "h-1",
                            "digest",
                            Host.newBuilder()
                                    .setName(name)
                                    .setOs(Os.newBuilder().setId("debian"))
                                    .build())
                    .join();
        }
    }

    Ended run(String... arguments) {
        return typing("", arguments);
    }

    Ended typing(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Main.run(
                new Environment(
                        variables,
                        Terminal.NONE,
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Clock.systemUTC(),
                        new TlsChannels()),
                arguments);
        return new Ended(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    Ended ok(String... arguments) {
        Ended ended = run(arguments);
        assertThat(ended.exitCode()).as("%s", ended).isZero();
        return ended;
    }

    @Override
    public void close() {
        controller.close();
    }
}
