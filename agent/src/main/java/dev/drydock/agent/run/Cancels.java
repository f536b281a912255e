package dev.drydock.agent.run;

import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.RunEvent;
import java.io.IOException;
import java.util.Optional;

/** Takes cancels from the inbox into the journal. Used by the run's thread alone. */
final class Cancels {
    private final Inbox inbox;
    private final RunLog log;

    Cancels(Inbox inbox, RunLog log) {
        this.inbox = inbox;
        this.log = log;
    }

    Inbox inbox() {
        return inbox;
    }

    /** A cancel that is on record already, or a weaker one, is not recorded again. */
    void record() throws IOException {
        for (Optional<CancelRun> cancel = inbox.poll(); cancel.isPresent(); cancel = inbox.poll()) {
            boolean known = log.snapshot().cancelled(cancel.get().getMode()) || rollBackWanted();
            if (!known && !log.snapshot().ended()) {
                log.append(RunEvent.newBuilder().setCancel(cancel.get()));
            }
        }
    }

    boolean rollBackWanted() {
        return log.snapshot().cancelled(CancelRun.Mode.MODE_ROLL_BACK);
    }
}
