package dev.drydock.agent.run;

import dev.drydock.agent.journal.CorruptJournalException;
import dev.drydock.agent.journal.EventLog;
import dev.drydock.agent.journal.Journal;
import dev.drydock.agent.journal.LossyDisk;
import dev.drydock.proto.agent.v1.RunEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Where the events of a simulated run go. */
sealed interface SimJournal {
    /** Opens it for an agent that starts. */
    EventLog open() throws IOException;

    /** What an agent finds that looks at it now. */
    List<RunEvent> events();

    /**
     * The host goes down.
     *
     * @param losing what was not synced; otherwise everything was
     */
    void cutPower(boolean losing);

    /** A list: what was appended is durable, what was not is gone. Fast. */
    final class Perfect implements SimJournal {
        private final List<RunEvent> events = new ArrayList<>();

        @Override
        public EventLog open() {
            return events::add;
        }

        @Override
        public List<RunEvent> events() {
            return events;
        }

        @Override
        public void cutPower(boolean losing) {}
    }

    /** The agent's own journal on a disk that loses what was not synced. */
    final class OnDisk implements SimJournal {
        private final LossyDisk disk;
        private final Random random;

        OnDisk(Kills kills, Random random) {
            this.random = random;
            this.disk = new LossyDisk(new LossyDisk.Moments() {
                @Override
                public void halfWritten() throws IOException {
                    kills.diskPoint("with half of the event written");
                }

                @Override
                public void writtenAndNotSynced() throws IOException {
                    kills.diskPoint("with the event written and not synced");
                }
            });
        }

        LossyDisk disk() {
            return disk;
        }

        @Override
        public EventLog open() throws IOException {
            try {
                Journal journal = disk.open();
                return journal;
            } catch (CorruptJournalException e) {
                throw new AssertionError("the journal cannot be believed any more", e);
            }
        }

        @Override
        public List<RunEvent> events() {
            try {
                return disk.events();
            } catch (IOException | CorruptJournalException e) {
                throw new AssertionError("the journal cannot be believed any more", e);
            }
        }

        @Override
        public void cutPower(boolean losing) {
            if (losing) {
                disk.cutPower(random);
            } else {
                disk.sync();
            }
        }
    }
}
