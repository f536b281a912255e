package dev.drydock.agent.run;

import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.agent.journal.CorruptJournalException;
import dev.drydock.agent.journal.Journal;
import dev.drydock.proto.agent.v1.Accepted;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.Resumed;
import dev.drydock.proto.agent.v1.RunEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The open files and the clock of one run that has not ended. Used by one thread at a time; what other threads see of the
 * run is in its {@link RunEntry}.
 */
final class RunHandle implements AutoCloseable {
    private final RunFiles files;
    private final Journal journal;
    private final OutputLog output;
    private final RunLog log;
    private final RunClock clock;

    private RunHandle(RunFiles files, Journal journal, OutputLog output, RunLog log, RunClock clock) {
        this.files = files;
        this.journal = journal;
        this.output = output;
        this.log = log;
        this.clock = clock;
    }

    /** What this agent is, and whom it tells of news. */
    record Agent(TimeSource time, String bootId, String version, Consumer<String> news) {}

    /**
     * Makes the directory of a new run. The run is accepted, durably, when this returns.
     *
     * @throws IOException nothing is left of it
     */
    static RunHandle accept(Offer offer, byte[] envelope, RunEntry entry, Agent agent) throws IOException {
        RunFiles files = entry.files();
        Instant wall = entry.accepted();
        try {
            DurableFiles.createPrivateDirectory(files.directory());
            DurableFiles.replace(files.playbook(), envelope);
            RunClock clock = RunClock.startingAt(OfferWindow.now(offer, wall), agent.time());
            Optional<ClockFile> kept = clock.file(agent.bootId());
            if (kept.isPresent()) {
                kept.get().write(files.clock());
            }
            RunHandle handle = new Opening(entry, agent).with(Journal.create(files.journal()), RunSnapshot.NONE, clock);
            try {
                handle.log.accept(
                        Accepted.newBuilder()
                                .setOffer(offer)
                                .setAgentVersion(agent.version())
                                .setBootId(agent.bootId())
                                .build(),
                        wall);
                return handle;
            } catch (IOException | RuntimeException e) {
                handle.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            discard(files.directory(), e);
            throw e;
        }
    }

    private static void discard(Path directory, Exception why) {
        try {
            DurableFiles.deleteTree(directory);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    /**
     * Opens a run that was accepted and has not ended, and puts on record that it goes on.
     *
     * @throws CorruptJournalException when its journal cannot be believed
     */
    static RunHandle resume(RunEntry entry, Agent agent) throws IOException, CorruptJournalException {
        Journal journal = Journal.open(entry.files().journal());
        try {
            RunSnapshot run = fold(entry.files().journal(), journal.recovered());
            RunClock clock = RunClock.resumed(
                    ClockFile.read(entry.files().clock()),
                    agent.bootId(),
                    lastKnown(run, journal.recovered()),
                    agent.time());
            RunHandle handle = new Opening(entry, agent).with(journal, run, clock);
            if (!run.ended()) {
                handle.log.append(RunEvent.newBuilder()
                        .setResumed(Resumed.newBuilder()
                                .setAgentVersion(agent.version())
                                .setBootId(agent.bootId())
                                .setRebooted(!agent.bootId().equals(bootId(journal.recovered())))));
            }
            return handle;
        } catch (IOException | CorruptJournalException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /** @throws CorruptJournalException when the events cannot follow each other, or there are none */
    static RunSnapshot fold(Path journal, List<RunEvent> events) throws CorruptJournalException {
        try {
            RunSnapshot run = RunFold.of(events);
            if (run.sequence() == 0) {
                throw new CorruptJournalException(journal, "journal " + journal + " is empty");
            }
            return run;
        } catch (IllegalEventException e) {
            throw new CorruptJournalException(
                    journal,
                    "the events of journal " + journal + " cannot follow each other: " + e.getMessage()
                            + "; it was changed by hand, or written by another version of the agent");
        }
    }

    /** The first event has the host's own time, which may be behind the offer's; the latest of all is not. */
    private static Instant lastKnown(RunSnapshot run, List<RunEvent> events) {
        return events.stream()
                .map(event -> Instants.of(event.getAt()))
                .reduce(Instants.of(run.offer().getOfferedAt()), (a, b) -> a.isAfter(b) ? a : b);
    }

    private static String bootId(List<RunEvent> events) {
        String bootId = "";
        for (RunEvent event : events) {
            bootId = switch (event.getEventCase()) {
                case ACCEPTED -> event.getAccepted().getBootId();
                case RESUMED -> event.getResumed().getBootId();
                default -> bootId;
            };
        }
        return bootId;
    }

    /** Puts the parts together, and closes the journal when that fails. */
    private record Opening(RunEntry entry, Agent agent) {
        RunHandle with(Journal journal, RunSnapshot run, RunClock clock) throws IOException {
            RunFiles files = entry.files();
            Runnable news = () -> agent.news().accept(entry.id());
            try {
                OutputLog output = new OutputLog(files.output(), OutputLog.DEFAULT_LIMIT, news);
                RunLog log = new RunLog(run, journal, clock, now -> {
                    entry.stands(now);
                    news.run();
                });
                entry.opened(run, output);
                return new RunHandle(files, journal, output, log, clock);
            } catch (IOException | RuntimeException e) {
                journal.close();
                throw e;
            }
        }
    }

    RunFiles files() {
        return files;
    }

    RunLog log() {
        return log;
    }

    RunClock clock() {
        return clock;
    }

    OutputLog output() {
        return output;
    }

    /** Gives back what the journal of an ended run had reserved. */
    void seal() throws IOException {
        journal.seal();
    }

    @Override
    public void close() throws IOException {
        try {
            journal.close();
        } finally {
            output.close();
        }
    }
}
