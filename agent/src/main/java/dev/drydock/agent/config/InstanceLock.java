package dev.drydock.agent.config;

import dev.drydock.agent.disk.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** One agent for a data directory. The kernel gives the lock back however the process ends. */
public final class InstanceLock implements AutoCloseable {
    private final FileChannel channel;

    private InstanceLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Empty when another process has it. Makes the directory. */
    public static Optional<InstanceLock> take(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            DurableFiles.createPrivateDirectory(directory);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new InstanceLock(channel));
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    /** Whether some process has it now. Changes nothing. */
    public static boolean isTaken(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        Optional<InstanceLock> free = take(file);
        if (free.isPresent()) {
            free.get().close();
        }
        return free.isEmpty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
