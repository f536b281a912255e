package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.lab.MailServer;
import dev.drydock.proto.v1.ListNotificationsResponse;
import dev.drydock.proto.v1.Notification;
import dev.drydock.proto.v1.NotificationState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Who is told by a controller: a real mail server, and a webhook that takes what is signed with its key and nothing else. */
final class Recipients implements AutoCloseable {
    private static final byte[] KEY = "the key of this test, 32 bytes..".getBytes(StandardCharsets.UTF_8);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Fleet fleet;
    private final MailServer mail;
    private final HttpServer receiver;
    private final List<String> posted = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();

    private Recipients(Fleet fleet, MailServer mail, HttpServer receiver) {
        this.fleet = fleet;
        this.mail = mail;
        this.receiver = receiver;
    }

    /**
     * Starts both, and the fleet's controller anew as one that sends by that mail server.
     *
     * @param mailbox the one address there is, at {@code example.com}
     */
    static Recipients start(Fleet fleet, String mailbox) throws IOException {
        MailServer mail = MailServer.start(fleet.bare("mail"), mailbox);
        Path authority = fleet.directory().resolve("mail-ca.pem");
        mail.authority(authority);
        Path password = Files.writeString(fleet.directory().resolve("mail.password"), MailServer.PASSWORD + "\n");
        fleet.controller().stop();
        fleet.controller()
                .with(
                        "--mail-server",
                        mail.url(),
                        "--mail-from",
                        "drydock@example.com",
                        "--mail-password-file",
                        password.toString(),
                        "--mail-ca",
                        authority.toString());
        fleet.controller().start();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Recipients recipients = new Recipients(fleet, mail, receiver);
        receiver.createContext("/hook", recipients::take);
        receiver.createContext("/gone", exchange -> end(exchange, 410));
        receiver.start();
        return recipients;
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String time = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        boolean ours = ("v1," + hmac(id + "." + time + "." + body))
                .equals(exchange.getRequestHeaders().getFirst("webhook-signature"));
        (ours ? posted : refused).add(body);
        end(exchange, ours ? 204 : 401);
    }

    private static void end(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** As the Standard Webhooks specification signs. */
    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    MailServer mail() {
        return mail;
    }

    /** What came to {@code /hook} and was signed as it should be, in its order. */
    List<String> posted() {
        return List.copyOf(posted);
    }

    /** @param path {@code /hook}, or {@code /gone}, where nobody is any more */
    String hook(String path) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
    }

    /** For {@code --webhook-secret-file}. */
    Path keyFile() throws IOException {
        return Files.writeString(fleet.directory().resolve("hook.key"), key());
    }

    private static String key() {
        return Base64.getEncoder().encodeToString(KEY);
    }

    List<Notification> in(NotificationState state) {
        String word = state.name().substring("NOTIFICATION_".length()).toLowerCase(Locale.ROOT);
        return fleet.cli()
                .json(ListNotificationsResponse.getDefaultInstance(), "notification", "list", "--state", word)
                .getNotificationsList();
    }

    /** Nothing was signed with another key, and none of the secrets stands in the controller's log. */
    void nothingLeaked() throws IOException {
        assertThat(refused).isEmpty();
        assertThat(Files.readString(fleet.controller().log())).doesNotContain(MailServer.PASSWORD, key(), "/hook");
    }

    static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(500));
    }

    /** The mail server goes with the fleet's hosts. */
    @Override
    public void close() {
        receiver.stop(0);
    }
}
