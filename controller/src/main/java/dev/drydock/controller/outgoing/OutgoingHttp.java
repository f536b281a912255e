package dev.drydock.controller.outgoing;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client of HTTP with one limit of time for the whole exchange, and one of size for the answer. Thread-safe. */
public final class OutgoingHttp implements AutoCloseable {
    private final HttpClient client;
    private final Duration patience;
    private final long mostBytes;

    /**
     * @param patience from the beginning to the last byte of the answer
     * @param redirects whether they are followed; never from TLS to none
     */
    public OutgoingHttp(Duration patience, long mostBytes, boolean redirects) {
        this(patience, mostBytes, redirects, HttpClient.newBuilder());
    }

    /** @param trust a client that trusts others than Java's authorities */
    public OutgoingHttp(Duration patience, long mostBytes, boolean redirects, HttpClient.Builder trust) {
        this.patience = patience;
        this.mostBytes = mostBytes;
        this.client = trust.connectTimeout(patience)
                .followRedirects(redirects ? HttpClient.Redirect.NORMAL : HttpClient.Redirect.NEVER)
                .build();
    }

    /** @throws IOException with what went wrong, one line: no connection, no answer in time, too long an answer */
    public HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        HttpRequest whole = request.timeout(patience)
                .header("User-Agent", "drydock-controller")
                .build();
        // The request's own timeout ends with the headers; this one covers the body.
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(whole, BodyHandlers.limiting(BodyHandlers.ofByteArray(), mostBytes));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw late(e);
        } catch (ExecutionException e) {
            // Whichever of the two clocks was faster.
            throw e.getCause() instanceof HttpTimeoutException ? late(e) : new IOException(reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private IOException late(Exception cause) {
        return new IOException("no answer within " + patience.toSeconds() + " s", cause);
    }

    private static String reason(ExecutionException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
            if (cause instanceof ConnectException) {
                // What lies below says of it only that a channel is closed.
                return "no connection";
            }
        }
        String kind = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? kind : kind + ": " + cause.getMessage();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
