package dev.drydock.agent.host.wordpress;

import dev.drydock.agent.host.FileKeeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The file by which WordPress answers 503 to everybody. It says the time of each request, so that it does not lapse after ten
 * minutes while a database is being restored: whoever set it lifts it.
 */
public final class Maintenance {
    private static final String MARK = "drydock";
    private static final String CONTENT = "<?php $upgrading = time(); // " + MARK + "\n";

    private final Path file;

    /** @param site its directory on this machine */
    public Maintenance(Path site) {
        this.file = site.resolve(".maintenance");
    }

    /** Whether somebody else has set it. */
    public boolean isOthers() throws IOException {
        return Files.exists(file) && !isOurs();
    }

    private boolean isOurs() throws IOException {
        return Files.isRegularFile(file) && Files.readString(file).contains(MARK);
    }

    /** Idempotent. On disk when it returns. @param staging on the same file system */
    public void set(Path staging) throws IOException {
        Path fresh = staging.resolve("maintenance");
        Files.writeString(fresh, CONTENT);
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
        FileKeeper.force(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force();
    }

    /** Idempotent; leaves alone what others have set. */
    public void lift() throws IOException {
        if (isOurs()) {
            Files.deleteIfExists(file);
            force();
        }
    }

    private void force() throws IOException {
        FileKeeper.force(java.util.Objects.requireNonNull(file.getParent()));
    }
}
