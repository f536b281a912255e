package dev.drydock.controller.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.drydock.controller.notify.Channel;
import dev.drydock.controller.notify.Channel.Delivery;
import dev.drydock.controller.notify.Message;
import dev.drydock.controller.notify.Notification;
import dev.drydock.controller.outgoing.OutgoingHttp;
import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.controller.security.ServerCertificates;
import dev.drydock.controller.security.ServerNames;
import dev.drydock.controller.store.SqlCertificates;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.SqlTeams;
import dev.drydock.controller.store.TestStores;
import dev.drydock.controller.team.Severity;
import dev.drydock.controller.team.TeamDraft;
import dev.drydock.controller.team.Teams;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real HTTPS server that reads what comes as Slack's page on incoming webhooks describes it; Slack itself is not asked. */
final class SlackChannelTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path directory;

    private SqlStore store;
    private Teams teams;
    private HttpsServer server;
    private SlackChannel channel;
    private volatile int status = 200;
    private volatile Map<String, String> heard = Map.of();

    @BeforeEach
    void open() throws Exception {
        store = TestStores.open(directory.resolve("drydock.db"));
        teams = new Teams(new SqlTeams(store), () -> NOON, new SecureRandom());
        SecureRandom random = new SecureRandom();
        CertificateAuthority authority = CertificateAuthority.open(directory, InstantSource.system(), random);
        ServerCertificates certificates = new ServerCertificates(
                authority, new SqlCertificates(store), ServerNames.of(List.of()), InstantSource.system(), random);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(context(certificates.keyManagerFactory().getKeyManagers(), Optional.empty())));
        server.createContext("/services", this::hear);
        server.start();
        channel = new SlackChannel(
                teams,
                new OutgoingHttp(
                        Duration.ofSeconds(10),
                        64 * 1024,
                        false,
                        HttpClient.newBuilder()
                                .sslContext(context(new KeyManager[0], Optional.of(directory.resolve("ca.crt"))))));
        var unused =
                teams.create(draft("https://localhost:" + server.getAddress().getPort() + "/services/T0/B0/x"));
    }

    private static SSLContext context(KeyManager[] keys, Optional<Path> ca) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        if (ca.isEmpty()) {
            context.init(keys, null, null);
            return context;
        }
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(ca.get())) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }

    private static TeamDraft draft(String url) {
        return new TeamDraft(
                "dba", "true", List.of(), "", "", url, Optional.empty(), Map.of(), Optional.empty(), true, "");
    }

    @AfterEach
    void close() {
        channel.close();
        server.stop(0);
        store.close();
    }

    private void hear(HttpExchange exchange) throws IOException {
        heard = Map.of(
                "method", exchange.getRequestMethod(),
                "path", exchange.getRequestURI().getPath(),
                "type", exchange.getRequestHeaders().getFirst("Content-Type"),
                "body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] answer = "ok".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static Notification notification(String subject, String text, Severity severity) {
        return new Notification(
                "n-1",
                "dba",
                Channel.Kind.SLACK,
                "",
                new Message("about", subject, text, "{}", NOON.plusSeconds(60), severity, ""),
                Notification.State.PENDING,
                0,
                "",
                NOON,
                NOON,
                Optional.empty());
    }

    private JsonNode body() throws IOException {
        return new ObjectMapper().readTree(heard.get("body"));
    }

    @Test
    void postsTextAndBlocks() throws IOException {
        assertThat(channel.deliver(notification("Host web-05 is silent", "Nothing was heard.\n", Severity.WARNING)))
                .isEqualTo(new Delivery.Done());

        assertThat(heard)
                .containsEntry("method", "POST")
                .containsEntry("path", "/services/T0/B0/x")
                .containsEntry("type", "application/json; charset=utf-8");
        assertThat(body().get("text").asText()).isEqualTo("[warning] Host web-05 is silent");
        JsonNode blocks = body().get("blocks");
        assertThat(blocks.get(0).get("type").asText()).isEqualTo("header");
        assertThat(blocks.get(0).get("text").get("type").asText()).isEqualTo("plain_text");
        assertThat(blocks.get(1).get("type").asText()).isEqualTo("section");
        assertThat(blocks.get(1).get("text").get("text").asText()).isEqualTo("Nothing was heard.");
    }

    @Test
    void whatHostsSayCallsNobodyAndLeadsNowhere() throws IOException {
        var unused = channel.deliver(notification("<!channel> & <https://x|y> @All", "@here\n@olga", Severity.INFO));

        assertThat(body().get("text").asText()).isEqualTo("&lt;!channel&gt; &amp; &lt;https://x|y&gt; @\u200bAll");
        assertThat(body().get("blocks").get(1).get("text").get("text").asText()).isEqualTo("@\u200bhere\n@olga");
    }

    @Test
    void isNeverLongerThanItMayBe() throws IOException {
        var unused = channel.deliver(notification("@all ".repeat(60), "😀".repeat(2_000), Severity.CRITICAL));

        JsonNode blocks = body().get("blocks");
        assertThat(blocks.get(0).get("text").get("text").asText())
                .hasSizeLessThanOrEqualTo(150)
                .endsWith("…");
        String section = blocks.get(1).get("text").get("text").asText();
        assertThat(section).hasSizeLessThanOrEqualTo(3_000).endsWith("😀…");
    }

    @Test
    void anEmptyTextHasNoSection() throws IOException {
        var unused = channel.deliver(notification("subject", " ", Severity.INFO));

        assertThat(body().get("blocks")).hasSize(1);
    }

    @Test
    void whatIsRefusedForGoodIsNotTriedAgainAndAnErrorIs() {
        status = 404;
        assertThat(channel.deliver(notification("s", "t", Severity.INFO)))
                .isEqualTo(new Delivery.Never("the chat answered with status 404"));
        status = 429;
        assertThat(channel.deliver(notification("s", "t", Severity.INFO)))
                .isEqualTo(new Delivery.NotNow("the chat answered with status 429"));
        teams.delete("dba", "");
        assertThat(channel.deliver(notification("s", "t", Severity.INFO))).isInstanceOf(Delivery.Never.class);
    }

    @Test
    void aServerThatNobodyVouchesForIsToldNothing() throws Exception {
        try (SlackChannel strict = new SlackChannel(teams)) {
            assertThat(strict.deliver(notification("s", "t", Severity.INFO))).isInstanceOf(Delivery.NotNow.class);
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void theUrlIsInNoText() {
        assertThat(teams.find("dba").toString()).doesNotContain("/services/");
    }
}
