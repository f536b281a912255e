package dev.drydock.agent.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.proto.agent.v1.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The journal of one run: an append-only file of {@link RunEvent}s. An event is on disk when {@link #append} returns.
 *
 * <p>The file is made at its reserved size, filled with zeros and synced, before the first event, and appends overwrite
 * those zeros: on file systems that write in place (ext4, xfs) a full disk cannot stop a run's journal. The reserve grows
 * ahead of need while there is space, and is given back by {@link #seal}.
 *
 * <p>Not safe for use by several threads. An interrupt of the calling thread does not disturb it.
 */
public final class Journal implements EventLog, AutoCloseable {
    /** Enough for some hundred steps with full tails. */
    public static final int RESERVE = 1024 * 1024;

    /** The largest event, in bytes. */
    public static final int MAX_EVENT = Frames.MAX_PAYLOAD;

    private static final int LOW_WATER = 256 * 1024;

    private final JournalFile file;
    private final List<RunEvent> recovered;
    private long end;

    private Journal(JournalFile file, long end, List<RunEvent> recovered) {
        this.file = file;
        this.end = end;
        this.recovered = List.copyOf(recovered);
    }

    /** Makes an empty journal with its space reserved. Its name is on disk when it returns. */
    public static Journal create(Path path) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try (JournalFile out = JournalFile.open(fresh)) {
            fill(out);
        }
        DurableFiles.rename(fresh, path);
        return new Journal(JournalFile.open(path), Frames.HEADER, List.of());
    }

    /** Makes of it an empty journal with its space reserved; on disk when it returns. */
    static void fill(JournalFile out) throws IOException {
        out.truncate(0);
        out.write(0, Frames.header());
        out.write(Frames.HEADER, new byte[RESERVE - Frames.HEADER]);
        out.sync();
    }

    /**
     * Opens a journal to go on with it; what is left of an append that was cut off is wiped. What is {@link #recovered} is on
     * disk, also where the agent before died between writing and syncing it.
     */
    public static Journal open(Path path) throws IOException, CorruptJournalException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        return open(path, JournalFile.open(path));
    }

    /** @param path what the file is called in errors */
    static Journal open(Path path, JournalFile file) throws IOException, CorruptJournalException {
        try {
            file.sync();
            byte[] bytes = file.read();
            Frames.Scan scan = Frames.scan(path, bytes);
            List<RunEvent> events = parse(path, scan);
            if (scan.torn()) {
                file.write(scan.end(), new byte[bytes.length - scan.end()]);
                file.sync();
            }
            return new Journal(file, scan.end(), events);
        } catch (IOException | CorruptJournalException e) {
            file.close();
            throw e;
        }
    }

    /** Reads without changing the file. */
    public static List<RunEvent> read(Path path) throws IOException, CorruptJournalException {
        return read(path, Files.readAllBytes(path));
    }

    /** As {@link #read}, for who believes what it says: all of it is on disk when it returns. */
    public static List<RunEvent> readDurable(Path path) throws IOException, CorruptJournalException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        try (JournalFile file = JournalFile.open(path)) {
            file.sync();
            return read(path, file.read());
        }
    }

    static List<RunEvent> read(Path path, byte[] bytes) throws CorruptJournalException {
        return parse(path, Frames.scan(path, bytes));
    }

    private static List<RunEvent> parse(Path path, Frames.Scan scan) throws CorruptJournalException {
        List<RunEvent> events = new ArrayList<>();
        for (byte[] payload : scan.payloads()) {
            RunEvent event;
            try {
                event = RunEvent.parseFrom(payload);
            } catch (InvalidProtocolBufferException e) {
                throw new CorruptJournalException(
                        path, "entry " + (events.size() + 1) + " of journal " + path + " is not a run event");
            }
            if (event.getSequence() != events.size() + 1) {
                throw new CorruptJournalException(
                        path,
                        "entry " + (events.size() + 1) + " of journal " + path + " has sequence "
                                + event.getSequence());
            }
            events.add(event);
        }
        return events;
    }

    /** What was in the file when it was opened. */
    public List<RunEvent> recovered() {
        return recovered;
    }

    @Override
    public void append(RunEvent event) throws IOException {
        byte[] frame = Frames.frame(event.toByteArray());
        reserve(frame.length);
        file.write(end, frame);
        file.sync();
        end += frame.length;
    }

    private void reserve(int needed) throws IOException {
        long length = file.length();
        if (length - end - needed >= LOW_WATER) {
            return;
        }
        try {
            file.write(length, new byte[RESERVE]);
            file.sync();
        } catch (IOException e) {
            if (file.length() - end < needed) {
                throw e;
            }
            // The disk is full, and what is reserved still holds this event.
        }
    }

    /** Gives back the space that is reserved; for a run that has ended. */
    public void seal() throws IOException {
        file.truncate(end);
        file.sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
