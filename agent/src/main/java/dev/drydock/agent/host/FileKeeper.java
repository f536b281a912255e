package dev.drydock.agent.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.Map;

/** Keeps copies of files of the managed system, with owner and mode, and puts them back. All writes are atomic and durable. */
public final class FileKeeper {
    private static final int PERMISSIONS = 07777;
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;

    private final HostFiles files;

    public FileKeeper(HostFiles files) {
        this.files = files;
    }

    /** What is there now; no copy is kept. A directory or a device is an {@link IOException}. */
    public KeptFile look(String path) throws IOException {
        return look(path, files.resolveLink(path), "");
    }

    /**
     * Copies what is at the path into the directory and reads the copy back.
     *
     * @param name of the copy, unique in the directory
     */
    public KeptFile keep(String path, Path directory, String name) throws IOException {
        Path source = files.resolveLink(path);
        KeptFile seen = look(path, source, name);
        if (seen.kind() != KeptFile.Kind.FILE) {
            return seen;
        }
        Path copy = directory.resolve(name);
        Files.deleteIfExists(copy);
        createPrivate(copy);
        try (OutputStream out = Files.newOutputStream(copy)) {
            Files.copy(source, out);
        }
        force(copy);
        if (!sha256(copy).equals(seen.sha256())) {
            throw new IOException(
                    "the copy of " + path + " differs from it: it was changed meanwhile, or the disk is bad");
        }
        return seen;
    }

    /** Puts back what {@link #keep} saw. Does nothing where it is there already. */
    public void restore(KeptFile kept, Path directory) throws IOException {
        Files.deleteIfExists(temporary(files.resolveLink(kept.path())));
        if (look(kept.path()).sameState(kept)) {
            return;
        }
        Path target = files.resolveLink(kept.path());
        switch (kept.kind()) {
            case ABSENT -> {
                Files.deleteIfExists(target);
                force(parent(target));
            }
            case LINK -> {
                Path temporary = temporary(target);
                Files.deleteIfExists(temporary);
                Files.createSymbolicLink(temporary, Path.of(kept.link()));
                setOwner(temporary, kept.uid(), kept.gid());
                moveInto(temporary, target);
            }
            case FILE -> {
                Path copy = directory.resolve(kept.content());
                if (!sha256(copy).equals(kept.sha256())) {
                    throw new IOException("the kept copy of " + kept.path() + " is damaged: " + copy);
                }
                write(target, out -> Files.copy(copy, out), kept.uid(), kept.gid(), kept.mode());
            }
        }
    }

    /** Writes a regular file in place of what is at the path; links are followed. */
    public void write(String path, byte[] content, int uid, int gid, int mode) throws IOException {
        write(files.resolve(path), out -> out.write(content), uid, gid, mode);
    }

    /** Where a file's bytes come from; never all in memory. */
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static void createPrivate(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static void write(Path target, Content content, int uid, int gid, int mode) throws IOException {
        Path temporary = temporary(target);
        Files.deleteIfExists(temporary);
        createPrivate(temporary);
        try (OutputStream out = Files.newOutputStream(temporary)) {
            content.writeTo(out);
        }
        setOwner(temporary, uid, gid);
        Files.setAttribute(temporary, "unix:mode", mode & PERMISSIONS, LinkOption.NOFOLLOW_LINKS);
        force(temporary);
        moveInto(temporary, target);
    }

    private static void moveInto(Path temporary, Path target) throws IOException {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(parent(target));
    }

    private static void setOwner(Path file, int uid, int gid) throws IOException {
        Map<String, Object> now = Files.readAttributes(file, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
        if (!Integer.valueOf(uid).equals(now.get("uid"))) {
            Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        }
        if (!Integer.valueOf(gid).equals(now.get("gid"))) {
            Files.setAttribute(file, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static KeptFile look(String path, Path file, String name) throws IOException {
        Map<String, Object> seen;
        try {
            seen = Files.readAttributes(file, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException absent) {
            return KeptFile.absent(path);
        }
        int mode = (Integer) seen.getOrDefault("mode", 0);
        int uid = (Integer) seen.getOrDefault("uid", 0);
        int gid = (Integer) seen.getOrDefault("gid", 0);
        return switch (mode & TYPE) {
            case REGULAR ->
                new KeptFile(path, KeptFile.Kind.FILE, name, sha256(file), "", uid, gid, mode & PERMISSIONS);
            case LINK ->
                new KeptFile(
                        path,
                        KeptFile.Kind.LINK,
                        "",
                        "",
                        Files.readSymbolicLink(file).toString(),
                        uid,
                        gid,
                        mode & PERMISSIONS);
            default -> throw new IOException(path + " is neither a regular file nor a symbolic link");
        };
    }

    /** Hex, lower case. */
    public static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digesting = new DigestInputStream(in, Digests.sha256())) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        }
    }

    /** Makes a file's content, or a directory's entries, durable. */
    public static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path temporary(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".drydock-new");
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of("/") : parent;
    }
}
