package dev.drydock.agent.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.proto.agent.v1.RunEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
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
 * <p>Not safe for use by several threads. It does not use {@link java.nio.channels.FileChannel}, which an interrupt of the
 * calling thread would close.
 */
public final class Journal implements EventLog, AutoCloseable {
    /** Enough for some hundred steps with full tails. */
    public static final int RESERVE = 1024 * 1024;

    /** The largest event, in bytes. */
    public static final int MAX_EVENT = Frames.MAX_PAYLOAD;

    private static final int LOW_WATER = 256 * 1024;

    private final RandomAccessFile file;
    private final List<RunEvent> recovered;
    private long end;

    private Journal(RandomAccessFile file, long end, List<RunEvent> recovered) {
        this.file = file;
        this.end = end;
        this.recovered = List.copyOf(recovered);
    }

    /** Makes an empty journal with its space reserved. Its name is on disk when it returns. */
    public static Journal create(Path path) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try (RandomAccessFile out = new RandomAccessFile(fresh.toFile(), "rw")) {
            out.setLength(0);
            out.write(Frames.header());
            out.write(new byte[RESERVE - Frames.HEADER]);
            out.getFD().sync();
        }
        DurableFiles.rename(fresh, path);
        return new Journal(new RandomAccessFile(path.toFile(), "rw"), Frames.HEADER, List.of());
    }

    /** Opens a journal to go on with it; what is left of an append that was cut off is wiped. */
    public static Journal open(Path path) throws IOException, CorruptJournalException {
        byte[] bytes = Files.readAllBytes(path);
        Frames.Scan scan = Frames.scan(path, bytes);
        List<RunEvent> events = parse(path, scan);
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (scan.torn()) {
                file.seek(scan.end());
                file.write(new byte[bytes.length - scan.end()]);
                file.getFD().sync();
            }
        } catch (IOException e) {
            file.close();
            throw e;
        }
        return new Journal(file, scan.end(), events);
    }

    /** Reads without changing the file. */
    public static List<RunEvent> read(Path path) throws IOException, CorruptJournalException {
        return parse(path, Frames.scan(path, Files.readAllBytes(path)));
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
        file.seek(end);
        file.write(frame);
        file.getFD().sync();
        end += frame.length;
    }

    private void reserve(int needed) throws IOException {
        long length = file.length();
        if (length - end - needed >= LOW_WATER) {
            return;
        }
        try {
            file.seek(length);
            file.write(new byte[RESERVE]);
            file.getFD().sync();
        } catch (IOException e) {
            if (file.length() - end < needed) {
                throw e;
            }
            // The disk is full, and what is reserved still holds this event.
        }
    }

    /** Gives back the space that is reserved; for a run that has ended. */
    public void seal() throws IOException {
        file.setLength(end);
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
