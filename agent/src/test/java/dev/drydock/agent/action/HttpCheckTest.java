package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drydock.agent.action.Check.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpCheckTest {
    private static final Struct NO_BASELINE = Struct.getDefaultInstance();

    @TempDir
    Path workDir;

    private final HttpCheck check = new HttpCheck();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        stopping.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void holdsWithStatusAndTexts() throws Exception {
        answer("/", 200, "<html>open</html>");
        Finding finding = judge(NO_BASELINE, args("/", "contains", "</html>", "absent", List.of("Fatal error")));

        assertThat(finding.holds()).isTrue();
        assertThat(finding.measured()).matches("200 in \\d+ ms");
    }

    @Test
    void saysAllThatIsWrong() throws Exception {
        answer("/", 503, "Fatal error");
        Finding finding = judge(NO_BASELINE, args("/", "contains", "</html>", "absent", "Fatal error"));

        assertThat(finding.holds()).isFalse();
        assertThat(finding.reason())
                .isEqualTo(
                        "the status is 503, expected 200, '</html>' is not in the body, 'Fatal error' is in the body");
    }

    @Test
    void oneOfSeveralStatusesIsEnough() throws Exception {
        answer("/", 401, "");
        assertThat(judge(NO_BASELINE, args("/", "status", List.of(200L, 401L))).holds())
                .isTrue();
    }

    @Test
    void whatFailedInTheSameWayBeforeIsNoRegression() throws Exception {
        answer("/", 404, "not here");
        Struct before = check.observe(step().with(args("/")));
        Finding finding = judge(before, args("/"));

        assertThat(finding.holds()).isTrue();
        assertThat(finding.measured())
                .matches("404 in \\d+ ms \\(before: 404 in \\d+ ms\\), no regression: the status is 404, expected 200");
    }

    @Test
    void whatFailsInAnotherWayThanBeforeIsOne() throws Exception {
        answer("/old", 404, "");
        answer("/new", 500, "");
        Struct before = check.observe(step().with(args("/old")));

        assertThat(judge(before, args("/new")).holds()).isFalse();
    }

    @Test
    void showsTheTimeBefore() throws Exception {
        answer("/", 200, "");
        Struct before = check.observe(step().with(args("/")));

        assertThat(judge(before, args("/")).measured()).matches("200 in \\d+ ms \\(before: 200 in \\d+ ms\\)");
    }

    @Test
    void aRedirectIsJudgedItselfUnlessFollowed() throws Exception {
        answer("/target", 200, "there");
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/target");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });

        assertThat(judge(NO_BASELINE, args("/moved")).reason()).isEqualTo("the status is 302, expected 200");
        assertThat(judge(NO_BASELINE, args("/moved", "followRedirects", true, "contains", "there"))
                        .holds())
                .isTrue();
    }

    @Test
    void redirectsInACircleEnd() throws Exception {
        server.createContext("/circle", exchange -> {
            exchange.getResponseHeaders().add("Location", "/circle");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });

        assertThat(judge(NO_BASELINE, args("/circle", "followRedirects", true)).reason())
                .isEqualTo("redirected more than 5 times");
    }

    @Test
    void aServerThatNeverEndsIsGivenUp() throws Exception {
        server.createContext("/drip", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            drip(exchange);
        });

        assertThat(judge(NO_BASELINE, args("/drip", "timeout", "1s")).reason()).isEqualTo("no answer in time");
    }

    @Test
    void noServerIsAnObservation() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Map<String, Object> args = Map.of("url", "http://127.0.0.1:" + free + "/");
        Struct seen = check.observe(step().with(args));

        assertThat(check.judge(step().with(args), NO_BASELINE, seen).reason()).isEqualTo("connection refused");
        assertThat(check.judge(step().with(args), seen, seen).holds()).isTrue();
    }

    @Test
    void aBodyIsReadInItsCharset() throws Exception {
        server.createContext("/latin", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=ISO-8859-1");
            byte[] body = "größer".getBytes(StandardCharsets.ISO_8859_1);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });

        assertThat(judge(NO_BASELINE, args("/latin", "contains", "größer")).holds())
                .isTrue();
    }

    @Test
    void aStatusThatIsNoneIsRefused() {
        assertThatThrownBy(() -> check.judge(step().with(args("/", "status", "ok")), NO_BASELINE, NO_BASELINE))
                .hasMessageContaining("argument 'status' is ok");
    }

    private Finding judge(Struct baseline, Map<String, Object> args) throws Exception {
        Struct seen = check.observe(step().with(args));
        return check.judge(step().with(args), baseline, seen);
    }

    private TestStep step() {
        return new TestStep(workDir);
    }

    private Map<String, Object> args(String path, Object... more) {
        Map<String, Object> args = new HashMap<>();
        args.put("url", "http://127.0.0.1:" + server.getAddress().getPort() + path);
        for (int i = 0; i < more.length; i += 2) {
            args.put((String) more[i], more[i + 1]);
        }
        return args;
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    /** Sends a byte at a time until the client is gone. */
    private void drip(HttpExchange exchange) {
        try {
            while (true) {
                exchange.getResponseBody().write('.');
                exchange.getResponseBody().flush();
                if (stopping.await(20, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
