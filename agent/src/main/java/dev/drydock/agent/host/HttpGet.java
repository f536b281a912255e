package dev.drydock.agent.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * One GET, without a proxy and without keeping the connection. By the JDK's old client: the new one ({@code java.net.http})
 * keeps a selector thread and a pool, and twice as many classes loaded, for what an agent asks once in a while.
 */
public final class HttpGet {
    private static final int MOST_BODY = 1 << 20;
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Pattern CHARSET = Pattern.compile("(?i).*;\\s*charset=\"?([^\";\\s]+).*");

    private final AtomicReference<HttpURLConnection> current = new AtomicReference<>();
    private final boolean followRedirects;
    private final Optional<Instant> newerThan;

    private HttpGet(boolean followRedirects, Optional<Instant> newerThan) {
        this.followRedirects = followRedirects;
        this.newerThan = newerThan;
    }

    /**
     * @param error why there is no answer, the same for the same cause; empty when there is one
     * @param body at most its first MiB
     */
    public record Answer(int status, String body, String error) {
        static Answer none(String error) {
            return new Answer(0, "", error);
        }
    }

    /**
     * Asks on a thread of its own: the client bounds each read, not the whole, and a server may send a byte a minute.
     *
     * @throws IllegalArgumentException when it is no address
     */
    public static Answer ask(String url, boolean followRedirects, Duration most) throws InterruptedException {
        return new HttpGet(followRedirects, Optional.empty()).ask(URI.create(url), most);
    }

    /**
     * As {@link #ask}, following no redirects, on condition that what is there is newer (RFC 9110, 13.1.3): else status 304. Caches
     * on the way have to ask too.
     */
    public static Answer askIfNewer(URI uri, Instant than, Duration most) throws InterruptedException {
        return new HttpGet(false, Optional.of(than)).ask(uri, most);
    }

    private Answer ask(URI uri, Duration most) throws InterruptedException {
        FutureTask<Answer> task = new FutureTask<>(() -> follow(uri, most));
        Thread.ofPlatform().daemon().name("http-check").start(task);
        try {
            return task.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Answer.none("no answer in time");
        } catch (ExecutionException e) {
            return Answer.none(reason(Objects.requireNonNull(e.getCause())));
        } finally {
            task.cancel(true);
            HttpURLConnection open = current.get();
            if (open != null) {
                open.disconnect();
            }
        }
    }

    private Answer follow(URI start, Duration most) throws IOException {
        URI uri = start;
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            current.set(connection);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setConnectTimeout((int) Math.max(1, most.toMillis()));
            connection.setReadTimeout((int) Math.max(1, most.toMillis()));
            connection.setRequestProperty("User-Agent", "drydock-agent");
            connection.setRequestProperty("Connection", "close");
            newerThan.ifPresent(than -> {
                connection.setIfModifiedSince(than.toEpochMilli());
                connection.setRequestProperty("Cache-Control", "max-age=0");
            });
            int status = connection.getResponseCode();
            String location = connection.getHeaderField("Location");
            if (!followRedirects || location == null || !REDIRECTS.contains(status)) {
                return new Answer(status, body(connection), "");
            }
            connection.disconnect();
            uri = uri.resolve(location);
            if (!Set.of("http", "https")
                    .contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))) {
                return Answer.none("redirected to " + uri.getScheme() + ", which is not HTTP");
            }
        }
        return Answer.none("redirected more than " + MOST_REDIRECTS + " times");
    }

    private static String body(HttpURLConnection connection) throws IOException {
        InputStream stream =
                connection.getResponseCode() >= 400 ? connection.getErrorStream() : connection.getInputStream();
        if (stream == null) {
            return "";
        }
        try (stream) {
            return new String(stream.readNBytes(MOST_BODY), charset(connection.getContentType()));
        }
    }

    static Charset charset(@org.jspecify.annotations.Nullable String contentType) {
        Matcher m = CHARSET.matcher(contentType == null ? "" : contentType);
        try {
            return m.matches() ? Charset.forName(m.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private static String reason(Throwable cause) {
        return switch (cause) {
            case SocketTimeoutException e -> "no answer in time";
            case UnknownHostException e -> "host name not found";
            case NoRouteToHostException e -> "no route to the host";
            case ConnectException e -> "connection refused";
            case SSLException e -> "TLS: " + e.getMessage();
            default -> "no HTTP answer: " + cause.getMessage();
        };
    }
}
