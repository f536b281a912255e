package dev.drydock.controller.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.controller.security.ServerCertificates;
import dev.drydock.controller.security.ServerNames;
import dev.drydock.controller.store.SqlCertificates;
import dev.drydock.controller.store.SqlFeeds;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.SqlWindows;
import dev.drydock.controller.store.TestStores;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.WindowDraft;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over real TLS, with a client that trusts the controller's CA alone. */
final class FeedServerTest {
    private static final InstantSource CLOCK = () -> Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path directory;

    private SqlStore store;
    private WindowFeeds feeds;
    private FeedServer server;
    private HttpClient client;

    @BeforeEach
    void start() throws Exception {
        store = TestStores.open(directory.resolve("drydock.db"));
        SecureRandom random = new SecureRandom();
        CertificateAuthority authority = CertificateAuthority.open(directory, InstantSource.system(), random);
        ServerCertificates certificates = new ServerCertificates(
                authority, new SqlCertificates(store), ServerNames.of(List.of()), InstantSource.system(), random);
        SqlWindows windows = new SqlWindows(store);
        windows.create(draft("sunday"));
        windows.create(draft("monday"));
        feeds = new WindowFeeds(new SqlFeeds(store), windows, () -> Blackouts.NONE, CLOCK, random);
        server = FeedServer.start(new InetSocketAddress("127.0.0.1", 0), certificates.keyManagerFactory(), feeds);
        client = HttpClient.newBuilder()
                .sslContext(trusting(directory.resolve("ca.crt")))
                .build();
    }

    private static WindowDraft draft(String name) {
        return new WindowDraft(
                name,
                "FREQ=WEEKLY",
                "2026-11-29T02:00",
                "Europe/Berlin",
                Duration.ofHours(3),
                Duration.ZERO,
                Optional.empty());
    }

    private static SSLContext trusting(Path ca) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(ca)) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        store.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aLinkGivesItsOwnWindowAndNothingElse() throws Exception {
        String sunday = feeds.subscribe("sunday");
        String all = feeds.subscribe(WindowFeeds.ALL);

        HttpResponse<String> answer = get(sunday);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/calendar; charset=utf-8");
        assertThat(answer.body())
                .isEqualTo(feeds.export("sunday").orElseThrow())
                .contains("SUMMARY:Maintenance: sunday")
                .doesNotContain("monday");
        assertThat(get(all).body()).contains("Maintenance: sunday").contains("Maintenance: monday");

        String token = sunday.substring(sunday.indexOf('?'));
        for (String other : new String[] {
            "/calendars/windows/monday.ics" + token,
            "/calendars/windows.ics" + token,
            "/calendars/windows/sunday.ics",
            "/calendars/windows/sunday.ics?token=",
            "/calendars/windows/sunday.ics" + token + "x",
            "/calendars/windows/../windows/sunday.ics" + token,
            "/"
        }) {
            assertThat(get(other).statusCode()).as(other).isEqualTo(404);
        }
    }

    @Test
    void aLinkThatIsTakenBackGivesNothing() throws Exception {
        String sunday = feeds.subscribe("sunday");
        String other = feeds.subscribe("sunday");
        assertThat(other).isNotEqualTo(sunday);
        assertThat(feeds.subscriptions("sunday")).isEqualTo(2);
        assertThat(get(sunday).statusCode()).isEqualTo(200);

        assertThat(feeds.revoke("sunday")).isEqualTo(2);

        assertThat(get(sunday).statusCode()).isEqualTo(404);
        assertThat(get(other).statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsUnchangedIsNotSentAgainAndNothingCanBeWritten() throws Exception {
        String sunday = feeds.subscribe("sunday");
        String etag = get(sunday).headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = client.send(
                request(sunday).header("If-None-Match", etag).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        HttpResponse<String> post = client.send(
                request(sunday).POST(HttpRequest.BodyPublishers.ofString("x")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(post.statusCode()).isEqualTo(405);
        HttpResponse<String> head = client.send(request(sunday).HEAD().build(), HttpResponse.BodyHandlers.ofString());
        assertThat(head.statusCode()).isEqualTo(200);
    }
}
