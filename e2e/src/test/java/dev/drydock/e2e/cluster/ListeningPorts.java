package dev.drydock.e2e.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Which ports of 127.0.0.1 somebody listens on, by what the kernel says: nobody is asked. */
final class ListeningPorts {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    /** 127.0.0.1 as the tables write it: by itself, and in an address of IPv6. */
    private static final String LOOPBACK = "0100007F:";

    private static final String LISTENS = "0A";

    private ListeningPorts() {}

    static boolean has(int port) {
        String address = LOOPBACK + "%04X".formatted(port);
        return TABLES.stream().filter(Files::exists).flatMap(ListeningPorts::lines).anyMatch(line -> {
            String[] fields = line.strip().split(" +");
            return fields.length > 3 && fields[1].endsWith(address) && fields[3].equals(LISTENS);
        });
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
