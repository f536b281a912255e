package dev.drydock.agent.backup.s3;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Signed requests to one bucket, path style, and what is common to their answers. Java's own client: the curl of older distributions cannot sign. */
final class S3Wire {
    static final String EMPTY = S3Signature.sha256("");

    private static final int PATIENCE = 60_000;
    private static final int CHUNK = 64 << 10;
    private static final Pattern CODE = Pattern.compile("<Code>(.*?)</Code>", Pattern.DOTALL);
    private static final Pattern MESSAGE = Pattern.compile("<Message>(.*?)</Message>", Pattern.DOTALL);

    private final URI endpoint;
    private final String bucket;
    private final S3Signature signature;
    private final InstantSource clock;

    S3Wire(URI endpoint, String bucket, S3Signature signature, InstantSource clock) {
        this.endpoint = endpoint;
        this.bucket = bucket;
        this.signature = signature;
        this.clock = clock;
    }

    /**
     * @param key of an object; empty for the bucket
     * @param query not encoded
     * @param payload SHA-256 of the body, hex
     */
    HttpURLConnection open(String method, String key, SortedMap<String, String> query, String payload)
            throws IOException {
        StringBuilder text = new StringBuilder(endpoint.toString().replaceAll("/+$", ""))
                .append('/')
                .append(bucket);
        if (!key.isEmpty()) {
            text.append('/').append(encode(key).replace("%2F", "/"));
        }
        String separator = "?";
        for (Map.Entry<String, String> entry : query.entrySet()) {
            text.append(separator).append(encode(entry.getKey())).append('=').append(encode(entry.getValue()));
            separator = "&";
        }
        URI uri = URI.create(text.toString());
        if (!(uri.toURL().openConnection() instanceof HttpURLConnection connection)) {
            throw new IOException(endpoint + " is neither http nor https");
        }
        connection.setRequestMethod(method);
        connection.setConnectTimeout(PATIENCE);
        connection.setReadTimeout(PATIENCE);
        connection.setInstanceFollowRedirects(false);
        signature.headers(method, uri, payload, Map.of(), clock.instant()).forEach(connection::setRequestProperty);
        return connection;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    static String unescape(String xml) {
        return xml.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    /** Streams a body of that many bytes; the answer is not read. */
    static void send(HttpURLConnection connection, InputStream body, long size, Job job)
            throws HostException, IOException, InterruptedException {
        connection.setDoOutput(true);
        connection.setRequestProperty("content-type", "application/octet-stream");
        connection.setFixedLengthStreamingMode(size);
        try (OutputStream out = connection.getOutputStream()) {
            copy(body, out, size, job);
        }
    }

    static void copy(InputStream in, OutputStream out, long most, Job job)
            throws HostException, IOException, InterruptedException {
        byte[] buffer = new byte[CHUNK];
        long left = most;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (n < 0) {
                return;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!job.timeLeft().get().isPositive()) {
                throw new HostException("no time is left for the transfer");
            }
            out.write(buffer, 0, n);
            left -= n;
        }
    }

    /**
     * The body of an answer of the server's own, as text.
     *
     * @throws HostException when the server refuses; with status 200 too, as it may after it has kept a slow request alive
     */
    String answer(HttpURLConnection connection, String what) throws HostException, IOException {
        requireOk(connection, what);
        String body;
        try (InputStream in = connection.getInputStream()) {
            body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (body.contains("<Error>")) {
            throw refusal(what, connection.getResponseCode(), body);
        }
        return body;
    }

    /** As {@link #answer}; empty where there is no such object or upload. */
    Optional<String> answerIfThere(HttpURLConnection connection, String what) throws HostException, IOException {
        if (isThere(connection)) {
            return Optional.of(answer(connection, what));
        }
        return Optional.empty();
    }

    boolean isThere(HttpURLConnection connection) throws IOException {
        if (connection.getResponseCode() != HttpURLConnection.HTTP_NOT_FOUND) {
            return true;
        }
        errorOf(connection);
        return false;
    }

    void requireOk(HttpURLConnection connection, String what) throws HostException, IOException {
        int status = connection.getResponseCode();
        if (status / 100 != 2) {
            throw refusal(what, status, errorOf(connection));
        }
    }

    private static String errorOf(HttpURLConnection connection) throws IOException {
        InputStream error = connection.getErrorStream();
        if (error == null) {
            return "";
        }
        try (error) {
            return new String(error.readNBytes(CHUNK), StandardCharsets.UTF_8);
        }
    }

    private HostException refusal(String what, int status, String body) {
        Matcher code = CODE.matcher(body);
        Matcher message = MESSAGE.matcher(body);
        String line = endpoint + ", bucket " + bucket + ", " + what + ": " + status
                + (code.find() ? " " + unescape(code.group(1)) : "")
                + (message.find() ? ": " + unescape(message.group(1)) : "");
        return status >= 500 ? HostException.retryable(line) : new HostException(line);
    }
}
