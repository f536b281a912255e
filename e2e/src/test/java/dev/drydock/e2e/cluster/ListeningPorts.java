package dev.drydock.e2e.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which ports of 127.0.0.1 somebody listens on, by what the kernel says: nobody is asked. A moment old. */
final class ListeningPorts {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    /** 127.0.0.1 as the tables write it: by itself, and in an address of IPv6. */
    private static final String LOOPBACK = "0100007F:";

    private static final String LISTENS = " 0A ";
    private static final long FRESH = Duration.ofMillis(50).toNanos();
    private static final int HEX = 16;

    private static Set<Integer> known = Set.of();
    private static long readAt = System.nanoTime() - 2 * FRESH;

    private ListeningPorts() {}

    static synchronized boolean has(int port) throws IOException {
        if (System.nanoTime() - readAt > FRESH) {
            Set<Integer> now = new HashSet<>();
            for (Path table : TABLES) {
                if (Files.exists(table)) {
                    Files.readAllLines(table).stream()
                            .filter(line -> line.contains(LISTENS) && line.contains(LOOPBACK))
                            .map(line -> line.substring(line.indexOf(LOOPBACK) + LOOPBACK.length()))
                            .map(rest -> Integer.valueOf(rest.substring(0, rest.indexOf(' ')), HEX))
                            .forEach(now::add);
                }
            }
            known = Set.copyOf(now);
            readAt = System.nanoTime();
        }
        return known.contains(port);
    }
}
