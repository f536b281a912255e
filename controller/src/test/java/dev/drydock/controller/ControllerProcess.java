package dev.drydock.controller;

import dev.drydock.proto.v1.SystemServiceGrpc;
import dev.drydock.proto.v1.SystemServiceGrpc.SystemServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code drydock-controller run} in a JVM of its own, on loopback and free ports. */
final class ControllerProcess implements AutoCloseable {
    private static final Pattern READY =
            Pattern.compile("ready agents=127\\.0\\.0\\.1:(\\d+) api=127\\.0\\.0\\.1:(\\d+) ca-sha256=([0-9a-f]{64})");
    private static final long PATIENCE_SECONDS = 60;

    private final Path data;
    private final Path log;
    private final Process process;

    ControllerProcess(Path data, Path log) throws IOException {
        this(data, log, arguments(data));
    }

    ControllerProcess(Path data, Path log, String... arguments) throws IOException {
        this.data = data;
        this.log = log;
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                // The program's own log, not that of tests.
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        this.process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    static String[] arguments(Path data) {
        return new String[] {
            "run", "--data", data.toString(), "--agent-listen", "127.0.0.1:0", "--api-listen", "127.0.0.1:0"
        };
    }

    /** Waits for any line that says so. */
    String readyLine() throws IOException {
        String line = process.inputReader().readLine();
        if (line == null || !line.startsWith("ready ")) {
            throw new AssertionError("no ready line but '" + line + "'; the log says:\n" + log());
        }
        return line;
    }

    /** As kill(1) does. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the line; fails when the process ends without it. */
    Ready ready() throws IOException {
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        Matcher ready = READY.matcher(String.valueOf(line));
        if (!ready.matches()) {
            throw new AssertionError("no ready line but '" + line + "'; the log says:\n" + log());
        }
        return new Ready(Integer.parseInt(ready.group(1)), Integer.parseInt(ready.group(2)), ready.group(3));
    }

    long pid() {
        return process.pid();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** SIGTERM, as an init system sends it. */
    int terminate() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the controller did not end");
        }
        return process.exitValue();
    }

    ManagedChannel channel(Ready ready) throws IOException {
        return NettyChannelBuilder.forAddress("localhost", ready.apiPort())
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(data.resolve("ca.crt").toFile())
                        .protocols("TLSv1.3")
                        .build())
                .build();
    }

    /** With this token. */
    static SystemServiceBlockingStub system(ManagedChannel channel, String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return SystemServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    record Ready(int agentPort, int apiPort, String caFingerprint) {}
}
