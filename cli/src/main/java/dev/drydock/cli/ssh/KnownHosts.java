package dev.drydock.cli.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * OpenSSH's file of host keys (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT), hashed names, marks and all. It is only ever added to, a
 * line each, so that what people wrote into it stays. For several threads.
 */
public final class KnownHosts {
    /** What the file says of a key. */
    enum Standing {
        KNOWN,
        UNKNOWN,
        CHANGED,
        REVOKED
    }

    private final Path file;
    private final JSch reader = new JSch();

    private KnownHosts(Path file) {
        this.file = file;
    }

    /** @throws IOException it is there and cannot be read */
    public static KnownHosts read(Path file) throws IOException {
        KnownHosts known = new KnownHosts(file);
        if (Files.exists(file)) {
            try (var in = Files.newInputStream(file)) {
                known.reader.setKnownHosts(in);
            } catch (JSchException e) {
                throw new IOException("it is no file of known hosts: " + e.getMessage(), e);
            }
        }
        return known;
    }

    Path file() {
        return file;
    }

    /**
     * As OpenSSH has it: a key of the machine at another port than ssh's is also known where the machine without a port has it, but
     * another one of that is none of it.
     */
    synchronized Standing standing(String lookup, byte[] key) {
        String text = Base64.getEncoder().encodeToString(key);
        List<HostKey> all = List.of(keys(lookup, Fingerprint.type(key)));
        // Of whichever machine: a revoked key is nobody's.
        if (Stream.of(reader.getHostKeyRepository().getHostKey())
                .anyMatch(known -> "@revoked".equals(known.getMarker()) && text.equals(known.getKey()))) {
            return Standing.REVOKED;
        }
        if (all.stream().anyMatch(known -> known.getMarker().isEmpty() && text.equals(known.getKey()))) {
            return Standing.KNOWN;
        }
        // Those of the machine without a port come last.
        int withoutPort = lookup.startsWith("[")
                ? keys(lookup.substring(1, lookup.indexOf(']')), Fingerprint.type(key)).length
                : 0;
        return all.stream().limit(all.size() - withoutPort).anyMatch(known -> known.getMarker()
                        .isEmpty())
                ? Standing.CHANGED
                : Standing.UNKNOWN;
    }

    /** Those of one type, or of all: JSch asks the server for a type that is known. */
    @SuppressWarnings("NullAway") // a null type is JSch's word for all
    synchronized HostKey[] keys(String lookup, @org.jspecify.annotations.Nullable String type) {
        HostKey[] keys = reader.getHostKeyRepository().getHostKey(lookup, type);
        return keys == null ? new HostKey[0] : keys;
    }

    /** From now on, and for ssh(1) too. */
    synchronized void add(String lookup, byte[] key) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        String line =
                lookup + " " + Fingerprint.type(key) + " " + Base64.getEncoder().encodeToString(key) + "\n";
        if (endsWithinALine()) {
            line = "\n" + line;
        }
        Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        try {
            reader.getHostKeyRepository().add(new HostKey(lookup, key), null);
        } catch (JSchException e) {
            throw new IOException("the key cannot be kept: " + e.getMessage(), e);
        }
    }

    private boolean endsWithinALine() throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return false;
        }
        try (var channel = Files.newByteChannel(file)) {
            channel.position(channel.size() - 1);
            java.nio.ByteBuffer last = java.nio.ByteBuffer.allocate(1);
            return channel.read(last) == 1 && last.get(0) != '\n';
        }
    }
}
