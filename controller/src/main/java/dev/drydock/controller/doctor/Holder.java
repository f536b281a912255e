package dev.drydock.controller.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which process holds a data directory. Asked of the kernel, since who tried the lock itself would be in the way of a controller that starts in
 * that moment.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_locks.5.html">proc_locks(5)</a>
 */
public final class Holder {
    /** {@code 1: POSIX ADVISORY WRITE 1234 fd:01:5678 0 EOF}. */
    private static final Pattern LOCK =
            Pattern.compile("\\d+: (?:POSIX|OFDLCK)\\s+\\S+\\s+WRITE (-?\\d+) \\S+:(\\d+) .*");

    private static final Path LOCKS = Path.of("/proc/locks");

    private Holder() {}

    /** Empty: no controller runs there. */
    public static OptionalLong of(Path data) throws IOException {
        Path file = data.resolve("lock");
        String inode;
        try {
            inode = String.valueOf(Files.getAttribute(file, "unix:ino"));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
        String written = Files.isReadable(file)
                ? Files.readString(file, StandardCharsets.US_ASCII).strip()
                : "";
        try (Stream<String> locks = Files.lines(LOCKS)) {
            return locks.map(LOCK::matcher)
                    .filter(Matcher::matches)
                    // An inode's number is unique in its file system only; what the holder wrote tells which one is
                    // meant.
                    .filter(lock -> lock.group(2).equals(inode) && (written.isEmpty() || written.equals(lock.group(1))))
                    .mapToLong(lock -> Long.parseLong(lock.group(1)))
                    .findFirst();
        }
    }
}
