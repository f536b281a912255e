package dev.drydock.agent.run;

import dev.drydock.agent.journal.CorruptJournalException;
import dev.drydock.agent.journal.Journal;
import dev.drydock.proto.agent.v1.Ack;
import dev.drydock.proto.agent.v1.OpenRun;
import dev.drydock.proto.agent.v1.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What everybody may know of one run: where it stands durably, and what of it the controller has. Safe for several threads. */
final class RunEntry {
    static final Comparator<RunEntry> OLDEST_FIRST =
            Comparator.comparing(RunEntry::accepted).thenComparing(RunEntry::id);

    private final String id;
    private final RunFiles files;
    private final Instant accepted;
    private final Inbox inbox = new Inbox();
    private RunSnapshot snapshot = RunSnapshot.NONE;
    private @Nullable OutputLog output;
    private long outputSize;
    private long ackedSequence;
    private long ackedOutput;

    /** @param accepted by the host's own clock */
    RunEntry(String id, RunFiles files, Instant accepted) {
        this.id = id;
        this.files = files;
        this.accepted = accepted;
    }

    String id() {
        return id;
    }

    RunFiles files() {
        return files;
    }

    Instant accepted() {
        return accepted;
    }

    Inbox inbox() {
        return inbox;
    }

    /** As it is in the journal on disk. */
    synchronized RunSnapshot snapshot() {
        return snapshot;
    }

    synchronized void stands(RunSnapshot now) {
        snapshot = now;
    }

    synchronized void opened(RunSnapshot now, OutputLog written) {
        snapshot = now;
        output = written;
    }

    /** As it was found on disk. */
    synchronized void loaded(RunSnapshot now) throws IOException {
        snapshot = now;
        outputSize = Files.exists(files.output()) ? Files.size(files.output()) : 0;
    }

    /** The output is written no more. */
    synchronized void closed() {
        outputSize = outputSize();
        output = null;
    }

    synchronized OpenRun openRun() {
        return OpenRun.newBuilder()
                .setRunId(id)
                .setLastSequence(snapshot.sequence())
                .setOutputSize(outputSize())
                .build();
    }

    private long outputSize() {
        return output == null ? outputSize : output.size();
    }

    /** At most that many bytes of output from there, all of them on disk. */
    synchronized byte[] output(long from, int max) throws IOException {
        return output != null ? output.read(from, max) : OutputLog.read(files.output(), from, max);
    }

    /** Events that are on disk, after that sequence number, of at most so many bytes together but at least one. */
    List<RunEvent> events(long after, int maxBytes) throws IOException {
        long last = snapshot().sequence();
        if (after >= last) {
            return List.of();
        }
        List<RunEvent> events = new ArrayList<>();
        long bytes = 0;
        for (RunEvent event : read()) {
            // What is behind the last known event may be in the file and not yet on disk.
            if (event.getSequence() > after && event.getSequence() <= last) {
                bytes += event.getSerializedSize();
                if (bytes > maxBytes && !events.isEmpty()) {
                    break;
                }
                events.add(event);
            }
        }
        return List.copyOf(events);
    }

    private List<RunEvent> read() throws IOException {
        try {
            return Journal.read(files.journal());
        } catch (CorruptJournalException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    synchronized void acked(Ack ack) {
        ackedSequence = Math.max(ackedSequence, ack.getSequence());
        ackedOutput = Math.max(ackedOutput, ack.getOutputSize());
    }

    /** The controller's record was put back: what it has of this run is not known any more. */
    synchronized void forgotten() {
        ackedSequence = 0;
        ackedOutput = 0;
    }

    /** Whether the run has ended, its files are closed, and the controller has all of it. */
    synchronized boolean past() {
        return snapshot.ended()
                && output == null
                && ackedSequence >= snapshot.sequence()
                && ackedOutput >= outputSize();
    }
}
