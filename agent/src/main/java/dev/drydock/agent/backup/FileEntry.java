package dev.drydock.agent.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * One name in a backup of files.
 *
 * @param name relative to the root, as {@link RawPath} writes it
 * @param kind {@code f} file, {@code d} directory, {@code l} link, {@code o} pipe or device
 * @param mode permissions, with setuid, setgid and sticky
 * @param size of a file's content, holes included; else 0
 * @param modified seconds since 1970
 * @param digest SHA-256 of a file's content, a link's target as {@link RawPath} writes it, else {@code -}
 * @param attributes extended ones, ACLs among them; {@code ?} in lists of agents that did not look at them
 * @param moving it changed while the backup was made, so that what is in it is of some moment of that time
 */
record FileEntry(
        String name,
        char kind,
        int mode,
        int uid,
        int gid,
        long size,
        long modified,
        String digest,
        String attributes,
        boolean moving) {
    private static final int PERMISSIONS = 07777;
    private static final int TYPE = 0170000;
    private static final String NONE = "-";
    private static final int FIELDS = 10;
    private static final String UNKNOWN = "?";

    /**
     * Looks at it on disk. One that is gone is moving, and so is a file without a sum.
     *
     * @param sum of the content, where it is a file; read before
     */
    static FileEntry read(String name, Path file, Instant since, String sum) throws IOException {
        Map<String, Object> seen;
        try {
            seen = Files.readAttributes(
                    file, "unix:mode,uid,gid,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
            int mode = (Integer) seen.getOrDefault("mode", 0);
            char kind = kind(mode & TYPE);
            String digest =
                    switch (kind) {
                        case 'f' -> sum;
                        case 'l' -> RawPath.encodeLink(Files.readSymbolicLink(file));
                        default -> NONE;
                    };
            String attributes = (kind == 'l' ? KeptAttributes.NONE : KeptAttributes.of(RawPath.bytesOf(file))).text();
            FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
            return new FileEntry(
                    name,
                    kind,
                    mode & PERMISSIONS,
                    (Integer) seen.getOrDefault("uid", 0),
                    (Integer) seen.getOrDefault("gid", 0),
                    kind == 'f' ? (Long) seen.getOrDefault("size", 0L) : 0,
                    ((FileTime) seen.getOrDefault("lastModifiedTime", changed))
                            .toInstant()
                            .getEpochSecond(),
                    digest.isEmpty() ? NONE : digest,
                    attributes,
                    !changed.toInstant().isBefore(since) || kind == 'f' && sum.isEmpty());
        } catch (NoSuchFileException gone) {
            return new FileEntry(name, 'f', 0, 0, 0, 0, 0, NONE, NONE, true);
        }
    }

    private static char kind(int type) {
        return switch (type) {
            case 0100000 -> 'f';
            case 0040000 -> 'd';
            case 0120000 -> 'l';
            default -> 'o';
        };
    }

    String line() {
        return kind + " " + Integer.toOctalString(mode) + " " + uid + " " + gid + " " + size + " " + modified + " "
                + digest + " " + attributes + " " + (moving ? "moving" : "steady") + " " + name;
    }

    static FileEntry of(String line) throws IOException {
        String[] part = line.split(" ", -1);
        boolean older = part.length == FIELDS - 1;
        if (part.length != FIELDS && !older || part[0].length() != 1) {
            throw new IOException("line not understood in a list of files: " + line);
        }
        try {
            return new FileEntry(
                    part[part.length - 1],
                    part[0].charAt(0),
                    Integer.parseInt(part[1], 8),
                    Integer.parseInt(part[2]),
                    Integer.parseInt(part[3]),
                    Long.parseLong(part[4]),
                    Long.parseLong(part[5]),
                    part[6],
                    older ? UNKNOWN : part[7],
                    part[part.length - 2].equals("moving"));
        } catch (NumberFormatException e) {
            throw new IOException("line not understood in a list of files: " + line, e);
        }
    }

    /** How what was restored differs, for people; empty when it is equal. */
    String difference(FileEntry restored) {
        if (kind != restored.kind) {
            return "is of another kind";
        }
        if (kind == 'f' && !digest.equals(restored.digest)) {
            return "has other content (" + restored.size + " bytes, expected " + size + ")";
        }
        if (!digest.equals(restored.digest)) {
            return "leads elsewhere";
        }
        if (uid != restored.uid || gid != restored.gid) {
            return "belongs to " + restored.uid + ":" + restored.gid + ", expected " + uid + ":" + gid;
        }
        if (kind != 'l' && mode != restored.mode) {
            return "has mode " + Integer.toOctalString(restored.mode) + ", expected " + Integer.toOctalString(mode);
        }
        if (!attributes.equals(restored.attributes) && !attributes.equals(UNKNOWN)) {
            return KeptAttributes.parse(attributes).difference(KeptAttributes.parse(restored.attributes));
        }
        // Links have no time of their own on some file systems, and a directory's is set when all in it is there.
        return kind == 'f' && modified != restored.modified ? "has another time of change" : "";
    }
}
