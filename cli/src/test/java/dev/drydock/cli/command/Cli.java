package dev.drydock.cli.command;

import dev.drydock.cli.Environment;
import dev.drydock.cli.Main;
import dev.drydock.cli.Terminal;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** Runs the program in this JVM against a controller in this JVM. Output goes to no terminal. */
final class Cli implements AutoCloseable {
    private final String name = InProcessServerBuilder.generateName();
    private final Server server;
    private final Map<String, String> variables;
    private byte[] input = new byte[0];

    /** @param directory for the context's files */
    Cli(Path directory, BindableService... services) {
        InProcessServerBuilder builder = InProcessServerBuilder.forName(name);
        for (BindableService service : services) {
            builder.addService(service);
        }
        try {
            server = builder.build().start();
            Path token = Files.writeString(directory.resolve("token"), "secret");
            Path ca = Files.writeString(directory.resolve("ca.crt"), "unused");
            variables = Map.of(
                    "XDG_CONFIG_HOME", directory.resolve("config").toString(),
                    "DRYDOCK_ADDRESS", "localhost:8443",
                    "DRYDOCK_CA", ca.toString(),
                    "DRYDOCK_TOKEN_FILE", token.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a call ended. */
    record Ended(int exitCode, String out, String err) {}

    Cli input(String text) {
        input = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    Ended run(Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Environment environment = new Environment(
                variables,
                Terminal.NONE,
                new ByteArrayInputStream(input),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC),
                target -> channel());
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        int exitCode = Main.run(environment, words);
        return new Ended(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private ManagedChannel channel() {
        return InProcessChannelBuilder.forName(name).build();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
