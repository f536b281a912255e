package dev.drydock.agent.host.wordpress;

import dev.drydock.agent.host.HostException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Unpacks archives of strangers: within bounds, nothing outside the directory, no links. */
public final class Zips {
    private static final int MOST_ENTRIES = 50_000;
    private static final long MOST_BYTES = 1L << 30;
    private static final int BUFFER = 1 << 16;

    private final int mostEntries;
    private final long mostBytes;

    public Zips() {
        this(MOST_ENTRIES, MOST_BYTES);
    }

    Zips(int mostEntries, long mostBytes) {
        this.mostEntries = mostEntries;
        this.mostBytes = mostBytes;
    }

    /**
     * Unpacks what is below the archive's one topmost directory.
     *
     * @param into an empty or missing directory
     */
    public void unpack(Path zip, Path into) throws HostException, IOException {
        Files.createDirectories(into);
        try (ZipFile file = new ZipFile(zip.toFile())) {
            if (file.size() > mostEntries) {
                throw new HostException(zip.getFileName() + " has " + file.size() + " entries, at most " + mostEntries);
            }
            Set<String> tops = new HashSet<>();
            long left = mostBytes;
            for (Enumeration<? extends ZipEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                Path target = target(zip, entry.getName(), into, tops);
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(Objects.requireNonNull(target.getParent()));
                    try (InputStream in = file.getInputStream(entry);
                            OutputStream out =
                                    Files.newOutputStream(target, java.nio.file.StandardOpenOption.CREATE_NEW)) {
                        left = copy(in, out, left);
                    }
                    if (left < 0) {
                        throw new HostException(zip.getFileName() + " unpacks to more than " + mostBytes + " bytes");
                    }
                }
            }
            if (tops.size() != 1) {
                throw new HostException(
                        zip.getFileName() + " has " + tops.size() + " topmost directories, expected one: "
                                + tops.stream().sorted().limit(5).toList());
            }
        }
    }

    /** The sizes that an archive states are not to be trusted: what comes out is counted. */
    private static long copy(InputStream in, OutputStream out, long left) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long rest = left;
        for (int n = in.read(buffer); n >= 0 && rest >= 0; n = in.read(buffer)) {
            rest -= n;
            if (rest >= 0) {
                out.write(buffer, 0, n);
            }
        }
        return rest;
    }

    private static Path target(Path zip, String name, Path into, Set<String> tops) throws HostException {
        int slash = name.indexOf('/');
        boolean bad = slash <= 0 || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0;
        for (String part : name.split("/", -1)) {
            bad |= part.equals("..") || part.equals(".");
        }
        if (bad) {
            throw new HostException(zip.getFileName() + " has an entry that must not be: '" + name + "'");
        }
        tops.add(name.substring(0, slash));
        String rest = name.substring(slash + 1).replaceFirst("^/+", "");
        Path target = into.resolve(rest).normalize();
        if (!target.startsWith(into)) {
            throw new HostException(zip.getFileName() + " has an entry that leads outside: '" + name + "'");
        }
        return target;
    }
}
