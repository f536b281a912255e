package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small files of the agent's own on the managed system, which survive a loss of power. */
final class Durable {
    private static final int MODE = 0600;

    private Durable() {}

    static void write(HostFiles files, String path, String text) throws HostException {
        try {
            int uid = (Integer) Files.getAttribute(files.root(), "unix:uid");
            int gid = (Integer) Files.getAttribute(files.root(), "unix:gid");
            new FileKeeper(files).write(path, text.getBytes(StandardCharsets.UTF_8), uid, gid, MODE);
        } catch (IOException e) {
            throw new HostException(path + " cannot be written: " + e.getMessage(), e);
        }
    }

    static void delete(HostFiles files, String path) throws HostException {
        try {
            Path file = files.resolve(path);
            Path parent = file.getParent();
            if (Files.deleteIfExists(file) && parent != null) {
                FileKeeper.force(parent);
            }
        } catch (IOException e) {
            throw new HostException(path + " cannot be deleted: " + e.getMessage(), e);
        }
    }
}
