package dev.drydock.controller.web;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceConfig;
import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.controller.security.ServerCertificates;
import dev.drydock.controller.security.ServerNames;
import dev.drydock.controller.web.http.SignIn;
import dev.drydock.controller.web.http.WebAccess;
import dev.drydock.controller.web.http.WebSession;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The pages on a real server with real TLS, before services that the test gives. Vera may sign in. */
final class TestingWeb implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    static final String CSRF = "csrf-of-vera";
    private static final String COOKIE = "cookie-of-vera";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final io.grpc.Server api;
    private final ManagedChannel channel;
    private final Server server;
    private final HttpClient client;

    TestingWeb(Path directory, List<BindableService> services) throws IOException, GeneralSecurityException {
        SecureRandom random = new SecureRandom();
        CertificateAuthority authority = CertificateAuthority.open(directory, InstantSource.system(), random);
        ServerCertificates certificates = new ServerCertificates(
                authority, issued -> {}, ServerNames.of(List.of()), InstantSource.system(), random);
        String name = InProcessServerBuilder.generateName();
        InProcessServerBuilder builder = InProcessServerBuilder.forName(name);
        services.forEach(builder::addService);
        this.api = builder.build().start();
        this.channel = InProcessChannelBuilder.forName(name).build();
        ServerBuilder http = Server.builder()
                .port(new InetSocketAddress("127.0.0.1", 0), SessionProtocol.HTTPS)
                .tls(certificates.keyManagerFactory());
        new Web(new Vera(), channel, () -> NOON).addTo(http);
        this.server = http.build();
        server.start().join();
        this.client = HttpClient.newBuilder()
                .sslContext(trusting(directory.resolve("ca.crt")))
                .build();
    }

    private static SSLContext trusting(Path ca) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream file = new FileInputStream(ca.toFile())) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    String origin() {
        return "https://localhost:" + server.activeLocalPort();
    }

    /** Where forms go, by the routes that the server has; with x for what differs. */
    List<String> forms() {
        return server.serviceConfigs().stream()
                .map(ServiceConfig::route)
                .filter(route -> route.methods().equals(Set.of(HttpMethod.POST)))
                .map(route -> route.patternString().replaceAll(":[a-z]+|\\{[a-z]+}", "x"))
                .toList();
    }

    /** What is looked at, by the routes that the server has but for files of its own; with x for what differs. */
    List<String> pages() {
        return server.serviceConfigs().stream()
                .map(ServiceConfig::route)
                .filter(route -> route.methods().contains(HttpMethod.GET))
                .map(route -> route.patternString().replaceAll(":[a-z]+|\\{[a-z]+}", "x"))
                .filter(path -> !path.startsWith("/assets/"))
                .distinct()
                .toList();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin() + path)).timeout(PATIENCE);
    }

    HttpRequest.Builder asVera(String path) {
        return request(path).header("cookie", "__Host-drydock=" + COOKIE);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(asVera(path));
    }

    static HttpRequest.Builder form(HttpRequest.Builder request, String body) {
        return request.header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    @Override
    public void close() {
        client.shutdownNow();
        channel.shutdownNow();
        api.shutdownNow();
        // Its acceptor rests for two seconds before it ends, and no test waits for that.
        var unused = server.stop();
    }

    private static final class Vera implements WebAccess {
        @Override
        public SignIn signIn(String name, String password, String code, String address) {
            if (!name.equals("vera") || !password.equals("long enough")) {
                return new SignIn.Refused("The name or the password is wrong.");
            }
            return new SignIn.Done(COOKIE);
        }

        @Override
        public Optional<WebSession> session(String cookie) {
            return cookie.equals(COOKIE)
                    ? Optional.of(new WebSession("vera", CSRF, "Bearer x", false))
                    : Optional.empty();
        }

        @Override
        public void signOut(String cookie) {}
    }
}
