package dev.drydock.controller.feed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.drydock.controller.security.Sha256;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves feeds over HTTPS to the calendar programs of people, with the certificate of the controller. It reads and answers,
 * and can do nothing else; whatever is not a feed of the token that came with it is answered as if it were not there.
 */
public final class FeedServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FeedServer.class);
    private static final int MOST_AT_ONCE = 16;
    private static final int NOTHING = -1;

    static {
        // Read once by the JDK's server: seconds in which a request has to come and its answer to be taken.
        System.setProperty("sun.net.httpserver.maxReqTime", "20");
        System.setProperty("sun.net.httpserver.maxRspTime", "60");
    }

    private final HttpsServer server;
    private final ExecutorService threads;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final WindowFeeds feeds;

    private FeedServer(HttpsServer server, ExecutorService threads, WindowFeeds feeds) {
        this.server = server;
        this.threads = threads;
        this.feeds = feeds;
    }

    /** @throws IOException the address cannot be listened on */
    public static FeedServer start(InetSocketAddress address, KeyManagerFactory keys, WindowFeeds feeds)
            throws IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(keys)) {
            @Override
            public void configure(HttpsParameters connection) {
                SSLParameters parameters = getSSLContext().getDefaultSSLParameters();
                // Calendar programs are older than our own clients.
                parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
                connection.setSSLParameters(parameters);
            }
        });
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        FeedServer feed = new FeedServer(server, threads, feeds);
        server.setExecutor(threads);
        server.createContext("/", feed::handle);
        server.start();
        return feed;
    }

    private static SSLContext context(KeyManagerFactory keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!room.tryAcquire()) {
                exchange.sendResponseHeaders(503, NOTHING);
                return;
            }
            try {
                answer(exchange);
            } catch (RuntimeException e) {
                log.error("a feed could not be served", e);
                exchange.sendResponseHeaders(500, NOTHING);
            } finally {
                room.release();
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (!head && !exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            exchange.sendResponseHeaders(405, NOTHING);
            return;
        }
        Optional<String> found = feeds.read(
                exchange.getRequestURI().getPath(),
                token(exchange.getRequestURI().getRawQuery()));
        if (found.isEmpty()) {
            exchange.sendResponseHeaders(404, NOTHING);
            return;
        }
        byte[] body = found.get().getBytes(StandardCharsets.UTF_8);
        String etag = "\"" + HexFormat.of().formatHex(Sha256.of(body), 0, 16) + "\"";
        exchange.getResponseHeaders().set("ETag", etag);
        exchange.getResponseHeaders().set("Cache-Control", "private, max-age=900");
        exchange.getResponseHeaders().set("Content-Type", "text/calendar; charset=utf-8");
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, NOTHING);
        } else if (head) {
            exchange.sendResponseHeaders(200, NOTHING);
        } else {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String token(@Nullable String query) {
        return query == null
                ? ""
                : Arrays.stream(query.split("&"))
                        .filter(part -> part.startsWith("token="))
                        .map(part -> part.substring("token=".length()))
                        .findFirst()
                        .orElse("");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
