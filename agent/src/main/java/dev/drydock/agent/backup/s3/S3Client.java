package dev.drydock.agent.backup.s3;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The few calls about whole objects that backups need. Bodies stream; each carries its SHA-256, which the server checks. */
final class S3Client {
    private static final Pattern KEY = Pattern.compile("<Key>(.*?)</Key>", Pattern.DOTALL);
    private static final Pattern NEXT =
            Pattern.compile("<NextContinuationToken>(.*?)</NextContinuationToken>", Pattern.DOTALL);
    private static final SortedMap<String, String> NO_QUERY = Collections.emptySortedMap();

    private final S3Wire wire;

    S3Client(S3Wire wire) {
        this.wire = wire;
    }

    void put(String key, Path file, String sha256, Job job) throws HostException, IOException, InterruptedException {
        HttpURLConnection connection = wire.open("PUT", key, NO_QUERY, sha256);
        try (InputStream in = Files.newInputStream(file)) {
            S3Wire.send(connection, in, Files.size(file), job);
        }
        wire.answer(connection, "PUT " + key);
    }

    /** Empty where there is no such object. */
    Optional<byte[]> get(String key, int most) throws HostException, IOException {
        HttpURLConnection connection = wire.open("GET", key, NO_QUERY, S3Wire.EMPTY);
        if (!wire.isThere(connection)) {
            return Optional.empty();
        }
        wire.requireOk(connection, "GET " + key);
        try (InputStream in = connection.getInputStream()) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new HostException(key + " is larger than " + most + " bytes");
            }
            return Optional.of(bytes);
        }
    }

    void get(String key, Path into, Job job) throws HostException, IOException, InterruptedException {
        HttpURLConnection connection = wire.open("GET", key, NO_QUERY, S3Wire.EMPTY);
        wire.requireOk(connection, "GET " + key);
        try (InputStream in = connection.getInputStream();
                OutputStream out = Files.newOutputStream(into)) {
            S3Wire.copy(in, out, Long.MAX_VALUE, job);
        }
    }

    /** Does nothing where there is no such object. */
    void delete(String key) throws HostException, IOException {
        wire.answerIfThere(wire.open("DELETE", key, NO_QUERY, S3Wire.EMPTY), "DELETE " + key);
    }

    List<String> list(String prefix) throws HostException, IOException {
        List<String> keys = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            TreeMap<String, String> query = new TreeMap<>(Map.of("list-type", "2", "prefix", prefix));
            token.ifPresent(next -> query.put("continuation-token", next));
            String xml = wire.answer(wire.open("GET", "", query, S3Wire.EMPTY), "list " + prefix);
            Matcher key = KEY.matcher(xml);
            while (key.find()) {
                keys.add(S3Wire.unescape(key.group(1)));
            }
            Matcher next = NEXT.matcher(xml);
            token = next.find() ? Optional.of(S3Wire.unescape(next.group(1))) : Optional.empty();
        } while (token.isPresent());
        return keys;
    }
}
