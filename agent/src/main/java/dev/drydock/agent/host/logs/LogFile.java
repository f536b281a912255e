package dev.drydock.agent.host.logs;

import dev.drydock.agent.host.Digests;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A text file that somebody appends to, and that is rotated: by a new name ({@code error.log.1}, {@code error.log-20261128}), also
 * compressed, or by copying it and making it empty.
 */
public final class LogFile {
    private static final int HEAD = 256;

    private final HostFiles files;
    private final String path;
    private final long most;

    public LogFile(HostFiles files, String path) {
        this(files, path, 64L << 20);
    }

    /** @param most bytes that are looked at; more is refused, since what was not looked at may have been what was looked for */
    public LogFile(HostFiles files, String path, long most) {
        this.files = files;
        this.path = path;
        this.most = most;
    }

    /**
     * A place in a log that is found again after a rotation.
     *
     * @param inode of the file; empty where there was none
     * @param head digest of the first bytes before the offset, at most 256
     */
    public record Mark(String inode, long offset, String head) {
        public static final Mark NOTHING = new Mark("", 0, "");
    }

    public boolean exists() throws IOException {
        return Files.isRegularFile(files.resolve(path));
    }

    /** Where it ends now. */
    public Mark end() throws IOException {
        Path file = files.resolve(path);
        if (!Files.isRegularFile(file)) {
            return Mark.NOTHING;
        }
        long size = Files.size(file);
        return new Mark(inode(file), size, head(file, size));
    }

    /**
     * What was written after the mark, in what was rotated meanwhile too.
     *
     * @throws HostException where what was written cannot be found any more, or is more than is looked at
     */
    public void since(Mark mark, LogLines lines) throws HostException, IOException {
        Path file = files.resolve(path);
        boolean there = Files.isRegularFile(file);
        long left = most;
        if (there && !mark.inode().isEmpty() && goesOn(file, mark)) {
            read(file, mark.offset(), left, lines);
            return;
        }
        if (!mark.inode().isEmpty()) {
            List<Path> rotated = rotated(file);
            Optional<Path> former = Optional.empty();
            for (Path candidate : rotated) {
                former = former.isEmpty() && goesOn(candidate, mark) ? Optional.of(candidate) : former;
            }
            if (former.isPresent()) {
                left -= read(former.get(), mark.offset(), left, lines);
                for (Path later : rotated.subList(rotated.indexOf(former.get()) + 1, rotated.size())) {
                    left -= read(later, 0, left, lines);
                }
            } else if (mark.offset() > 0) {
                throw new HostException(path + " was rotated, and what was written before that is not to be found");
            }
        }
        if (there) {
            read(file, 0, left, lines);
        }
    }

    /**
     * What was written since then, by the times at the beginnings of the lines. A line without one belongs to the line before it.
     *
     * @throws HostException where no line has a time, or more was written than is looked at
     */
    public void since(Instant since, LogTime time, LogLines lines) throws HostException, IOException {
        Path file = files.resolve(path);
        List<Path> all = new ArrayList<>(rotated(file));
        // What was last written before is of no interest.
        all.removeIf(old -> modified(old).toInstant().isBefore(since));
        if (Files.isRegularFile(file)) {
            all.add(file);
        }
        long left = most;
        TimedLines timed = new TimedLines(since, time, lines);
        for (Path each : all) {
            boolean plain = !isCompressed(each);
            long skip = plain ? Math.max(0, Files.size(each) - most) : 0;
            timed.begin(skip > 0);
            left -= read(each, skip, left, timed);
            if (timed.incomplete()) {
                throw new HostException("more than " + most + " bytes were written to " + path + " since " + since);
            }
        }
        if (timed.timeless()) {
            throw new HostException("no line of " + path + " begins with a time that is understood");
        }
    }

    private boolean goesOn(Path file, Mark mark) throws IOException {
        boolean same = mark.offset() > 0 || inode(file).equals(mark.inode());
        return same && head(file, mark.offset()).equals(mark.head());
    }

    /** Oldest first. */
    private List<Path> rotated(Path file) throws IOException {
        Path directory = Objects.requireNonNull(file.getParent());
        String name = String.valueOf(file.getFileName());
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> beside = Files.list(directory)) {
            return beside.filter(other -> {
                        String its = String.valueOf(other.getFileName());
                        return (its.startsWith(name + ".") || its.startsWith(name + "-")) && Files.isRegularFile(other);
                    })
                    .sorted(Comparator.comparing(LogFile::modified))
                    .toList();
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    private long read(Path file, long from, long left, LogLines lines) throws HostException, IOException {
        try (InputStream in = open(file)) {
            in.skipNBytes(from);
            long read = LogLines.read(in, left, lines);
            if (read >= left) {
                throw new HostException("more than " + most + " bytes were written to " + path + " meanwhile");
            }
            return read;
        }
    }

    /** Of a file that is shorter than the offset: of what there is, so another. */
    private static String head(Path file, long offset) throws IOException {
        try (InputStream in = open(file)) {
            int length = (int) Math.min(HEAD, offset);
            if (!isCompressed(file) && Files.size(file) < offset) {
                return "shorter";
            }
            return length == 0 ? "" : Digests.sha256(in.readNBytes(length)).substring(0, 16);
        } catch (java.util.zip.ZipException damaged) {
            return "damaged";
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return isCompressed(file) ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private static boolean isCompressed(Path file) {
        return String.valueOf(file.getFileName()).endsWith(".gz");
    }

    private static String inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino");
    }
}
