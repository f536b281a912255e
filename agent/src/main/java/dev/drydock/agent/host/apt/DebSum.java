package dev.drydock.agent.host.apt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What apt's lists say that a package file is. {@code apt-get download} takes a file of the right size that is there already for
 * the right one, so whoever lets it find one compares first.
 *
 * @param algorithm as Java names it
 * @param hex lower-case
 */
record DebSum(long size, String algorithm, String hex) {
    private static final Pattern LINE = Pattern.compile("'[^']*' (\\S+) (\\d+) (\\w+):([0-9a-fA-F]+)");
    private static final Map<String, String> ALGORITHMS = Map.of("SHA512", "SHA-512", "SHA256", "SHA-256");

    /**
     * @param printed by {@code apt-get --print-uris download}
     * @return by file name; what has no checksum that can be relied on is left out
     */
    static Map<String, DebSum> parse(String printed) {
        Map<String, DebSum> sums = new HashMap<>();
        printed.lines()
                .map(String::strip)
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .forEach(m -> {
                    String algorithm = ALGORITHMS.get(m.group(3));
                    if (algorithm != null) {
                        sums.put(
                                m.group(1),
                                new DebSum(
                                        Long.parseLong(m.group(2)),
                                        algorithm,
                                        m.group(4).toLowerCase(Locale.ROOT)));
                    }
                });
        return sums;
    }

    boolean isOf(Path file) throws IOException {
        return Files.size(file) == size && hex.equals(digest(file));
    }

    private String digest(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is part of every Java", e);
        }
    }
}
