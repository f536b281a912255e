package dev.drydock.controller.artifact;

import dev.drydock.controller.artifact.ArtifactRefusedException.Kind;
import dev.drydock.controller.security.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** An artifact that is being received. Closed before it was kept, nothing of it is left. For one thread at a time. */
final class Incoming implements AutoCloseable {
    private final Path file;
    private final Path target;
    private final String digest;
    private final long size;
    private final FileChannel channel;
    private final MessageDigest sum;
    private long received;

    Incoming(Path file, Path target, String digest, long size) throws IOException {
        this.file = file;
        this.target = target;
        this.digest = digest;
        this.size = size;
        this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            this.sum = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void write(ByteBuffer bytes) throws ArtifactRefusedException, IOException {
        received += bytes.remaining();
        if (received > size) {
            throw new ArtifactRefusedException(
                    Kind.INVALID, "data: more than the " + size + " bytes came that the head names");
        }
        sum.update(bytes.duplicate());
        ByteBuffer rest = bytes.duplicate();
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** All has come: durable when it returns. */
    void keep() throws ArtifactRefusedException, IOException {
        if (received != size) {
            throw new ArtifactRefusedException(
                    Kind.INVALID, "data: " + received + " bytes came, the head names " + size + "; push it again");
        }
        String found = HexFormat.of().formatHex(sum.digest());
        if (!found.equals(digest)) {
            throw new ArtifactRefusedException(
                    Kind.INVALID,
                    "data: what came has SHA-256 " + found + ", the head names " + digest
                            + ": the file was changed meanwhile, or damaged on its way; push it again");
        }
        channel.force(true);
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        PrivateFiles.force(Objects.requireNonNull(target.getParent()));
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}
