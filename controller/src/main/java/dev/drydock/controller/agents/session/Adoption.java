package dev.drydock.controller.agents.session;

import com.google.protobuf.Timestamp;
import dev.drydock.controller.run.Run;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Makes the row of a run that only the host knows, as after the database was put back from an older backup. */
final class Adoption {
    /** A run ends inside its window; what says so may come later. */
    private static final Duration AFTER_WINDOW = Duration.ofMinutes(10);

    private Adoption() {}

    /** Empty when the event does not hold the offer of this run. */
    static Optional<Run> of(String runId, String hostId, RunEvent first) {
        Offer offer = first.getAccepted().getOffer();
        if (!first.hasAccepted()
                || first.getSequence() != 1
                || !offer.getRunId().equals(runId)) {
            return Optional.empty();
        }
        Instant closes = instant(offer.getWindowCloses());
        return Optional.of(new Run(
                runId,
                offer.getRolloutId(),
                hostId,
                offer.getPlaybookName(),
                offer.getPlaybookVersion(),
                offer.getPlaybookDigest(),
                offer.getParamsMap(),
                offer.getWindowName(),
                instant(offer.getWindowOpens()),
                closes,
                instant(offer.getStartBefore()),
                closes.plus(AFTER_WINDOW),
                RunState.OFFERED,
                "",
                instant(offer.getOfferedAt()),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Optional.empty()));
    }

    private static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }
}
