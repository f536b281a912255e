package dev.drydock.agent.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/** Keeps a second agent away from the same data. The operating system lets go of it when the process ends, however it ends. */
final class DirectoryLock implements AutoCloseable {
    private final RandomAccessFile file;

    private DirectoryLock(RandomAccessFile file) {
        this.file = file;
    }

    /** @throws IOException when somebody else has it */
    static DirectoryLock take(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (file.getChannel().tryLock() != null) {
                return new DirectoryLock(file);
            }
        } catch (OverlappingFileLockException e) {
            file.close();
            throw new IOException("this process uses " + path.getParent() + " already", e);
        } catch (IOException e) {
            file.close();
            throw e;
        }
        file.close();
        throw new IOException("another agent uses " + path.getParent() + "; stop it first");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
