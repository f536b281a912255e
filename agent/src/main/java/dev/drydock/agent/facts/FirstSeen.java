package dev.drydock.agent.facts;

import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.agent.host.packages.PackageChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When this host first saw each version on offer, in a small file. A version that is installed and rolled back again is as old
 * as it was, so what is no longer on offer is remembered for a while. Used by one thread at a time.
 */
final class FirstSeen {
    private static final Logger LOG = LoggerFactory.getLogger(FirstSeen.class);
    private static final Duration REMEMBERED = Duration.ofDays(90);
    private static final String NEVER = "-";

    private final Path file;

    FirstSeen(Path file) {
        this.file = file;
    }

    /** @param gone when it was no longer on offer; the epoch while it is */
    private record Seen(Instant first, Instant gone) {}

    /**
     * @param now to the second
     * @return by {@link #key}
     */
    Map<String, Instant> update(Collection<PackageChange> pending, Instant now) {
        Map<String, Seen> before = read();
        Map<String, Seen> after = new TreeMap<>();
        Set<String> offered = new HashSet<>();
        for (PackageChange change : pending) {
            String key = key(change);
            offered.add(key);
            Seen known = before.get(key);
            after.put(key, new Seen(known == null ? now : known.first(), Instant.EPOCH));
        }
        before.forEach((key, seen) -> {
            Instant gone = seen.gone().equals(Instant.EPOCH) ? now : seen.gone();
            if (!offered.contains(key) && gone.plus(REMEMBERED).isAfter(now)) {
                after.put(key, new Seen(seen.first(), gone));
            }
        });
        if (!after.equals(before)) {
            write(after);
        }
        Map<String, Instant> first = new TreeMap<>();
        after.forEach((key, seen) -> {
            if (offered.contains(key)) {
                first.put(key, seen.first());
            }
        });
        return first;
    }

    static String key(PackageChange change) {
        return change.id() + " " + change.to();
    }

    private Map<String, Seen> read() {
        Map<String, Seen> all = new TreeMap<>();
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    String[] fields = line.split(" ");
                    if (fields.length != 4) {
                        throw new IOException("line not understood: " + line);
                    }
                    all.put(
                            fields[0] + " " + fields[1],
                            new Seen(
                                    Instant.ofEpochSecond(Long.parseLong(fields[2])),
                                    fields[3].equals(NEVER)
                                            ? Instant.EPOCH
                                            : Instant.ofEpochSecond(Long.parseLong(fields[3]))));
                }
            }
        } catch (IOException | NumberFormatException e) {
            LOG.warn("{} cannot be read; updates count as first seen from now on: {}", file, e.toString());
            return new TreeMap<>();
        }
        return all;
    }

    private void write(Map<String, Seen> all) {
        StringBuilder text = new StringBuilder();
        all.forEach((key, seen) -> text.append(key)
                .append(' ')
                .append(seen.first().getEpochSecond())
                .append(' ')
                .append(seen.gone().equals(Instant.EPOCH) ? NEVER : seen.gone().getEpochSecond())
                .append('\n'));
        try {
            DurableFiles.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn("{} cannot be written; after a restart updates count as first seen then: {}", file, e.toString());
        }
    }
}
