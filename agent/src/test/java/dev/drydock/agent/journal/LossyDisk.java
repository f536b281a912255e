package dev.drydock.agent.journal;

import dev.drydock.proto.agent.v1.RunEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A disk with one journal on it, which keeps only what was synced: a power cut takes any of the sectors written since then and
 * leaves the others, a full disk lets nothing grow. Single-threaded.
 */
public final class LossyDisk {
    private static final int SECTOR = 512;
    private static final Path NAME = Path.of("/lossy/journal");

    private final Moments moments;
    private byte[] seen = new byte[0];
    private byte[] durable = new byte[0];
    private final List<Write> unsynced = new ArrayList<>();
    private Optional<List<RunEvent>> read = Optional.empty();
    private boolean full;
    private boolean made;

    private record Write(long at, int length) {}

    /** Told in the middle of what is done to the disk; what it throws ends it there. */
    public interface Moments {
        void halfWritten() throws IOException;

        void writtenAndNotSynced() throws IOException;
    }

    public LossyDisk(Moments moments) {
        this.moments = moments;
    }

    /** Makes the journal, or opens the one that is there. */
    public Journal open() throws IOException, CorruptJournalException {
        if (!made) {
            // As Journal.create does it under another name: all of it or nothing of it.
            seen = new byte[0];
            Journal.fill(new Bytes());
            made = true;
        }
        return Journal.open(NAME, new Bytes());
    }

    /** What an agent finds that looks at it now. */
    public List<RunEvent> events() throws IOException, CorruptJournalException {
        if (read.isEmpty()) {
            read = Optional.of(made ? Journal.read(NAME, seen) : List.of());
        }
        return read.get();
    }

    /** All that was written is on disk. */
    public void sync() {
        durable = durable.length == seen.length ? durable : Arrays.copyOf(durable, seen.length);
        for (Write write : unsynced) {
            int from = (int) Math.min(write.at(), seen.length);
            int to = (int) Math.min(write.at() + write.length(), seen.length);
            System.arraycopy(seen, from, durable, from, to - from);
        }
        unsynced.clear();
    }

    public void setFull(boolean isFull) {
        full = isFull;
    }

    /** What was not synced is there or not, sector by sector; a file that had no name yet is gone. */
    public void cutPower(Random random) {
        byte[] left = durable;
        for (Write write : unsynced) {
            for (long at = write.at() / SECTOR * SECTOR; at < write.at() + write.length(); at += SECTOR) {
                int from = (int) Math.max(at, write.at());
                int to = (int) Math.min(at + SECTOR, write.at() + write.length());
                if (to <= seen.length && random.nextBoolean()) {
                    left = left.length < to ? Arrays.copyOf(left, to) : left;
                    System.arraycopy(seen, from, left, from, to - from);
                }
            }
        }
        unsynced.clear();
        read = Optional.empty();
        durable = left;
        seen = left.clone();
    }

    private final class Bytes implements JournalFile {
        @Override
        public byte[] read() {
            return seen.clone();
        }

        @Override
        public long length() {
            return seen.length;
        }

        @Override
        public void write(long at, byte[] bytes) throws IOException {
            int half = bytes.length / 2;
            put(at, Arrays.copyOf(bytes, half));
            if (made) {
                moments.halfWritten();
            }
            put(at + half, Arrays.copyOfRange(bytes, half, bytes.length));
            if (made) {
                moments.writtenAndNotSynced();
            }
        }

        private void put(long at, byte[] bytes) throws IOException {
            read = Optional.empty();
            int end = Math.toIntExact(at + bytes.length);
            if (end > seen.length) {
                if (full) {
                    throw new IOException("No space left on device");
                }
                seen = Arrays.copyOf(seen, end);
            }
            System.arraycopy(bytes, 0, seen, (int) at, bytes.length);
            unsynced.add(new Write(at, bytes.length));
        }

        @Override
        public void truncate(long length) {
            read = Optional.empty();
            seen = Arrays.copyOf(seen, Math.toIntExact(length));
        }

        @Override
        public void sync() {
            LossyDisk.this.sync();
        }

        @Override
        public void close() {}
    }
}
