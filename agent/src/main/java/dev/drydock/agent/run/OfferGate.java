package dev.drydock.agent.run;

import dev.drydock.proto.agent.v1.Offer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Everything for which an offer can be refused, the cheapest first. Safe for use by several threads. */
final class OfferGate {
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int MAX_OFFER = 256 * 1024;

    private final RunTask.Engine engine;
    private final TimeSource time;

    OfferGate(RunTask.Engine engine, TimeSource time) {
        this.engine = engine;
        this.time = time;
    }

    /** Run ids are names of directories. */
    static boolean canBeRunId(String id) {
        return RUN_ID.matcher(id).matches();
    }

    /** @throws IOException when it cannot be judged now; ask again later */
    Optional<Verdict.Refused> refuse(Offer offer, byte[] envelope) throws IOException {
        if (engine.troubles().any()) {
            return Optional.of(
                    new Verdict.Refused(RefusalCode.ATTENTION, engine.troubles().reason()));
        }
        if (offer.getSerializedSize() > MAX_OFFER) {
            return Optional.of(new Verdict.Refused(
                    RefusalCode.INVALID_OFFER,
                    "the offer has " + offer.getSerializedSize() + " bytes, at most " + MAX_OFFER + " are allowed"));
        }
        Optional<Verdict.Refused> late = OfferWindow.refuse(offer, time.wall());
        if (late.isPresent()) {
            return late;
        }
        try {
            return engine.admission().judge(offer, envelope) instanceof Verdict.Refused refused
                    ? Optional.of(refused)
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the offer was judged");
        }
    }
}
