package dev.drydock.agent.host.access;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** {@code /var/log/lastlog}: when each uid last logged in. A record of 292 bytes each, the first four of which are the time. */
final class LastLogins {
    private static final String FILE = "/var/log/lastlog";
    private static final int RECORD = 292;

    private final HostFiles files;

    LastLogins(HostFiles files) {
        this.files = files;
    }

    /** @throws HostException where there is no such file: systems without it keep none, or elsewhere */
    Optional<Instant> of(int uid) throws HostException, IOException {
        Path file = files.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new HostException("there is no " + FILE + ": when accounts were last used cannot be told");
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long at = Integer.toUnsignedLong(uid) * RECORD;
            if (at + RECORD > in.length()) {
                return Optional.empty();
            }
            in.seek(at);
            int time = in.readInt();
            long seconds = Integer.toUnsignedLong(
                    ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(time) : time);
            return seconds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
        }
    }
}
