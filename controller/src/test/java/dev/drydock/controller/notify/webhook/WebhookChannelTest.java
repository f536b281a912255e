package dev.drydock.controller.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drydock.controller.notify.Attachment;
import dev.drydock.controller.notify.Channel;
import dev.drydock.controller.notify.Channel.Delivery;
import dev.drydock.controller.notify.Message;
import dev.drydock.controller.notify.Notification;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.SqlTeams;
import dev.drydock.controller.store.TestStores;
import dev.drydock.controller.team.InvalidTeamException;
import dev.drydock.controller.team.TeamDraft;
import dev.drydock.controller.team.Teams;
import dev.drydock.controller.team.WebhookSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real HTTP server. */
final class WebhookChannelTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    Path directory;

    private final CountDownLatch hold = new CountDownLatch(1);
    private SqlStore store;
    private Teams teams;
    private HttpServer server;
    private WebhookChannel channel;
    private volatile int status = 204;
    private volatile boolean hangs;
    private volatile List<String> heard = List.of();

    @BeforeEach
    void open() throws IOException, InvalidTeamException {
        store = TestStores.open(directory.resolve("drydock.db"));
        teams = new Teams(new SqlTeams(store), () -> NOON, new SecureRandom());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", this::hear);
        server.start();
        channel = new WebhookChannel(teams, () -> NOON, Duration.ofSeconds(2));
        var unused = teams.create(new TeamDraft(
                "dba",
                "true",
                List.of(),
                "http://127.0.0.1:" + server.getAddress().getPort() + "/hook",
                SECRET,
                Optional.empty(),
                false,
                ""));
    }

    @AfterEach
    void close() {
        hold.countDown();
        channel.close();
        server.stop(0);
        store.close();
    }

    private void hear(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        heard = List.of(
                exchange.getRequestMethod(),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                exchange.getRequestHeaders().getFirst("webhook-id"),
                exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                exchange.getRequestHeaders().getFirst("webhook-signature"),
                body);
        if (hangs) {
            try {
                hold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static Notification notification(String team) {
        return new Notification(
                "n-1",
                team,
                Channel.Kind.WEBHOOK,
                "",
                new Message("about", "subject", "text", "{\"type\":\"window.opens\"}", NOON.plusSeconds(60)),
                Notification.State.PENDING,
                0,
                "",
                NOON,
                NOON,
                Optional.empty());
    }

    /** The example of the Standard Webhooks libraries. */
    @Test
    void signsAsOthersCheck() {
        WebhookSecret secret = WebhookSecret.parse(SECRET).orElseThrow();

        assertThat(Signature.of(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void postsWhatItSays() {
        assertThat(channel.deliver(notification("dba"))).isEqualTo(new Delivery.Done());

        String time = String.valueOf(NOON.getEpochSecond());
        String body = "{\"type\":\"window.opens\"}";
        assertThat(heard)
                .containsExactly(
                        "POST",
                        "application/json",
                        "n-1",
                        time,
                        Signature.of(WebhookSecret.parse(SECRET).orElseThrow(), "n-1", time, body),
                        body);
    }

    @Test
    void aFileGoesWithWhatTellsOfItAndIsSignedToo() {
        heardWith(new Attachment("a.pdf", "application/pdf", new byte[] {1, 2, 3}));
        String body = "{\"type\":\"report.made\",\"data\":{\"document\":{\"name\":\"a.pdf\",\"content\":\"AQID\"}}}";
        assertThat(heard.getLast()).isEqualTo(body);
        assertThat(heard.get(4))
                .isEqualTo(Signature.of(WebhookSecret.parse(SECRET).orElseThrow(), "n-1", heard.get(3), body));

        heardWith(new Attachment("a.pdf", "application/pdf", new byte[Attachment.MOST_BY_WEBHOOK + 1]));
        assertThat(heard.getLast()).as("too large").doesNotContain("content");
    }

    private void heardWith(Attachment file) {
        Message message = new Message(
                "report/1",
                "subject",
                "text",
                "{\"type\":\"report.made\",\"data\":{\"document\":{\"name\":\"a.pdf\"}}}",
                NOON.plusSeconds(60));
        Notification one = new Notification(
                "n-1",
                "report/board",
                Channel.Kind.WEBHOOK,
                "",
                message,
                Notification.State.PENDING,
                0,
                "",
                NOON,
                NOON,
                Optional.empty());
        try (WebhookChannel own = new WebhookChannel(
                teams,
                name -> Optional.of(name).filter("report/board"::equals).flatMap(any -> teams.find("dba")
                        .webhook()),
                about -> Optional.of(file).filter(any -> about.equals("report/1")),
                () -> NOON)) {
            assertThat(own.deliver(one)).isEqualTo(new Delivery.Done());
        }
    }

    @Test
    void anErrorIsTriedAgainAndARedirectIsOne() {
        status = 500;
        assertThat(channel.deliver(notification("dba")))
                .isEqualTo(new Delivery.NotNow("the webhook answered with status 500"));
        status = 302;
        assertThat(channel.deliver(notification("dba")))
                .isEqualTo(new Delivery.NotNow("the webhook answered with status 302"));
    }

    @Test
    void whatIsGoneIsNotAskedAgain() {
        status = 410;
        assertThat(channel.deliver(notification("dba"))).isInstanceOf(Delivery.Never.class);

        teams.delete("dba", "");
        assertThat(channel.deliver(notification("dba")))
                .isEqualTo(new Delivery.Never("team dba has no webhook any more"));
    }

    @Test
    void nobodyThereIsTriedAgain() {
        server.stop(0);

        assertThat(channel.deliver(notification("dba"))).isEqualTo(new Delivery.NotNow("no connection"));
    }

    @Test
    void aServerThatHangsIsNotWaitedForLong() {
        hangs = true;

        assertThat(channel.deliver(notification("dba"))).isEqualTo(new Delivery.NotNow("no answer within 2 s"));
    }
}
