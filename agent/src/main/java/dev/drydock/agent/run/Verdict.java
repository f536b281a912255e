package dev.drydock.agent.run;

import dev.drydock.proto.agent.v1.OfferReply;
import java.time.Duration;
import java.util.Optional;

/** Whether a playbook may run on this host. */
sealed interface Verdict {
    /** @param maxRunDuration the host's own limit */
    record Admitted(Program program, Optional<Duration> maxRunDuration) implements Verdict {}

    /** @param reason for the operator, one line */
    record Refused(RefusalCode code, String reason) implements Verdict {
        public Refused {
            reason = Text.line(reason);
        }

        OfferReply reply(String runId) {
            return OfferReply.newBuilder()
                    .setRunId(runId)
                    .setAccepted(false)
                    .setReasonCode(code.word())
                    .setReason(reason)
                    .build();
        }
    }
}
