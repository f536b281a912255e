package dev.drydock.bench.grpc;

import dev.drydock.bench.process.QuietLogs;
import dev.drydock.bench.tls.PemFiles;
import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The bare server's process: {@code BareServer TLS_DIRECTORY TIMEOUT_SECONDS}. Prints {@code ready PORT}, then answers each
 * line {@code burst} on its standard input with {@code burst NANOSECONDS}. Ends with its input.
 */
final class BareServer {
    static final String READY = "ready ";
    static final String BURST = "burst";

    private BareServer() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        QuietLogs.install();
        Duration timeout = Duration.ofSeconds(Long.parseLong(arguments[1]));
        BareSession session = new BareSession();
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sslContext(tls(PemFiles.in(Path.of(arguments[0]))))
                .directExecutor()
                .addService(session)
                .build()
                .start();
        System.out.println(READY + server.getPort());
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String command;
            while ((command = commands.readLine()) != null) {
                if (!command.equals(BURST)) {
                    throw new IllegalArgumentException("unknown command: " + command);
                }
                System.out.println(BURST + " " + session.burst(timeout).toNanos());
            }
        } finally {
            server.shutdownNow();
        }
    }

    private static SslContext tls(PemFiles files) throws IOException {
        return GrpcSslContexts.forServer(
                        files.certificate().toFile(), files.key().toFile())
                .sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1.3")
                .trustManager(files.ca().toFile())
                .clientAuth(ClientAuth.REQUIRE)
                .build();
    }
}
