package dev.drydock.controller.calendar;

import dev.drydock.controller.window.BlackoutCalendar;
import dev.drydock.controller.window.InvalidCalendarException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches calendars over HTTPS, or over HTTP from this machine alone: with an ETag, a limit of time and one of size. */
public final class HttpCalendarFetch implements CalendarFetch, AutoCloseable {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final HttpClient client;
    private final Duration patience;

    public HttpCalendarFetch(Duration patience) {
        this.patience = patience;
        // An answer over TLS is never followed to one without.
        this.client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /** @throws InvalidCalendarException it is no address that a calendar may be fetched from */
    static URI allowed(URI url) throws InvalidCalendarException {
        String scheme = String.valueOf(url.getScheme());
        String host = String.valueOf(url.getHost());
        if (url.getUserInfo() != null) {
            throw new InvalidCalendarException("url: leave out the user and password");
        }
        if (url.getHost() == null
                || !(scheme.equals("https") || (scheme.equals("http") && THIS_MACHINE.contains(host)))) {
            throw new InvalidCalendarException(
                    "url: expected https://HOST/PATH (http only from the controller's own machine)");
        }
        return url;
    }

    @Override
    public Optional<Fetched> fetch(URI url, String etag) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(patience)
                .header("Accept", "text/calendar, */*;q=0.1")
                .header("User-Agent", "drydock-controller");
        if (!etag.isEmpty()) {
            request.header("If-None-Match", etag);
        }
        HttpResponse<byte[]> answer = answer(request.build());
        return switch (answer.statusCode()) {
            case 200 ->
                Optional.of(new Fetched(
                        text(answer.body()), answer.headers().firstValue("ETag").orElse("")));
            case 304 -> Optional.empty();
            default -> throw new IOException("the server answered with status " + answer.statusCode());
        };
    }

    private HttpResponse<byte[]> answer(HttpRequest request) throws IOException {
        // The request's own timeout ends with the headers; this one covers the body.
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), BlackoutCalendar.LARGEST));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static String reason(ExecutionException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String kind = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? kind : kind + ": " + cause.getMessage();
    }

    private static String text(byte[] body) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("the answer is no UTF-8", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
