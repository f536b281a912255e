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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The few calls that backups need, path style. Bodies stream; each carries its SHA-256, which the server checks. Java's own client:
 * the curl of older distributions cannot sign.
 */
final class S3Client {
    /** What a server takes in one piece. */
    static final long MOST = 5L << 30;

    private static final int PATIENCE = 60_000;
    private static final int CHUNK = 64 << 10;
    private static final String EMPTY = S3Signature.sha256("");
    private static final Pattern KEY = Pattern.compile("<Key>(.*?)</Key>", Pattern.DOTALL);
    private static final Pattern NEXT =
            Pattern.compile("<NextContinuationToken>(.*?)</NextContinuationToken>", Pattern.DOTALL);
    private static final Pattern MESSAGE =
            Pattern.compile("<Code>(.*?)</Code>.*?(?:<Message>(.*?)</Message>)?", Pattern.DOTALL);

    private final URI endpoint;
    private final String bucket;
    private final S3Signature signature;
    private final InstantSource clock;

    S3Client(URI endpoint, String bucket, S3Signature signature, InstantSource clock) {
        this.endpoint = endpoint;
        this.bucket = bucket;
        this.signature = signature;
        this.clock = clock;
    }

    void put(String key, Path file, String sha256, Job job) throws HostException, IOException, InterruptedException {
        long size = Files.size(file);
        if (size > MOST) {
            throw new HostException(file.getFileName() + " has " + size
                    + " bytes; one piece of a backup in S3 may have " + MOST + ": back up less at once");
        }
        HttpURLConnection connection = open("PUT", key, Map.of(), sha256);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(size);
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = connection.getOutputStream()) {
            copy(in, out, job);
        }
        finish(connection, "PUT " + key);
    }

    /** Empty where there is no such object. */
    Optional<byte[]> get(String key, int most) throws HostException, IOException {
        HttpURLConnection connection = open("GET", key, Map.of(), EMPTY);
        if (connection.getResponseCode() == HttpURLConnection.HTTP_NOT_FOUND) {
            finishAny(connection);
            return Optional.empty();
        }
        requireOk(connection, "GET " + key);
        try (InputStream in = connection.getInputStream()) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new HostException(key + " is larger than " + most + " bytes");
            }
            return Optional.of(bytes);
        }
    }

    void get(String key, Path into, Job job) throws HostException, IOException, InterruptedException {
        HttpURLConnection connection = open("GET", key, Map.of(), EMPTY);
        requireOk(connection, "GET " + key);
        try (InputStream in = connection.getInputStream();
                OutputStream out = Files.newOutputStream(into)) {
            copy(in, out, job);
        }
    }

    /** Does nothing where there is no such object. */
    void delete(String key) throws HostException, IOException {
        HttpURLConnection connection = open("DELETE", key, Map.of(), EMPTY);
        if (connection.getResponseCode() == HttpURLConnection.HTTP_NOT_FOUND) {
            finishAny(connection);
        } else {
            finish(connection, "DELETE " + key);
        }
    }

    List<String> list(String prefix) throws HostException, IOException {
        List<String> keys = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            TreeMap<String, String> query = new TreeMap<>(Map.of("list-type", "2", "prefix", prefix));
            token.ifPresent(next -> query.put("continuation-token", next));
            HttpURLConnection connection = open("GET", "", query, EMPTY);
            requireOk(connection, "list " + prefix);
            String xml;
            try (InputStream in = connection.getInputStream()) {
                xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            Matcher key = KEY.matcher(xml);
            while (key.find()) {
                keys.add(unescape(key.group(1)));
            }
            Matcher next = NEXT.matcher(xml);
            token = next.find() ? Optional.of(unescape(next.group(1))) : Optional.empty();
        } while (token.isPresent());
        return keys;
    }

    private HttpURLConnection open(String method, String key, Map<String, String> query, String payload)
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

    private static String unescape(String xml) {
        return xml.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    private static void copy(InputStream in, OutputStream out, Job job)
            throws HostException, IOException, InterruptedException {
        byte[] buffer = new byte[CHUNK];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!job.timeLeft().get().isPositive()) {
                throw new HostException("no time is left for the transfer");
            }
            out.write(buffer, 0, n);
        }
    }

    private void finish(HttpURLConnection connection, String what) throws HostException, IOException {
        requireOk(connection, what);
        finishAny(connection);
    }

    private static void finishAny(HttpURLConnection connection) throws IOException {
        InputStream body =
                connection.getResponseCode() >= 400 ? connection.getErrorStream() : connection.getInputStream();
        if (body != null) {
            try (body) {
                body.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private void requireOk(HttpURLConnection connection, String what) throws HostException, IOException {
        int status = connection.getResponseCode();
        if (status / 100 == 2) {
            return;
        }
        String body = "";
        InputStream error = connection.getErrorStream();
        if (error != null) {
            try (error) {
                body = new String(error.readNBytes(CHUNK), StandardCharsets.UTF_8);
            }
        }
        Matcher message = MESSAGE.matcher(body);
        String why = message.find()
                ? " " + message.group(1) + (message.group(2) == null ? "" : ": " + message.group(2))
                : "";
        String line = endpoint + ", bucket " + bucket + ", " + what + ": " + status + why;
        throw status >= 500 ? HostException.retryable(line) : new HostException(line);
    }
}
