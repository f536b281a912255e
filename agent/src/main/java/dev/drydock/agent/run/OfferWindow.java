package dev.drydock.agent.run;

import dev.drydock.proto.agent.v1.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether it is too late for an offer. Pure. */
final class OfferWindow {
    private static final Duration TOLERANCE = Duration.ofSeconds(5);
    private static final Duration LAST_MINUTE = Duration.ofMinutes(1);

    private OfferWindow() {}

    /** @param wall the host's own clock when the offer came */
    static Optional<Verdict.Refused> refuse(Offer offer, Instant wall) {
        Instant opens = Instants.of(offer.getWindowOpens());
        Instant closes = Instants.of(offer.getWindowCloses());
        Instant startBefore = Instants.of(offer.getStartBefore());
        if (!opens.isBefore(closes) || startBefore.isAfter(closes)) {
            return refused(
                    RefusalCode.INVALID_OFFER,
                    "the offer's window makes no sense: it opens " + opens + ", closes " + closes
                            + ", and runs start before " + startBefore);
        }
        Instant now = now(offer, wall);
        if (now.isAfter(startBefore)) {
            return refused(
                    RefusalCode.WINDOW_CLOSED,
                    "it is " + now + ", and no run starts in this window after " + startBefore);
        }
        Instant lastStart = lastStart(offer, wall);
        return now.isAfter(lastStart)
                ? refused(
                        RefusalCode.CLOCK_SKEW,
                        "the host's clock says " + wall + ", the offer is of "
                                + Instants.of(offer.getOfferedAt()) + ": they differ by more than "
                                + TOLERANCE.toSeconds() + " s, so nothing starts after " + lastStart)
                : Optional.empty();
    }

    private static Optional<Verdict.Refused> refused(RefusalCode code, String reason) {
        return Optional.of(new Verdict.Refused(code, reason));
    }

    /** An offer that came cannot have been made later: a host's clock that is behind is as late as the offer at least. */
    static Instant now(Offer offer, Instant wall) {
        Instant offered = Instants.of(offer.getOfferedAt());
        return wall.isBefore(offered) ? offered : wall;
    }

    /**
     * The last instant to start: the offer's, or a minute before it when the clocks differ (or the offer was long on its way,
     * which looks the same).
     *
     * @param accepted by the host's own clock
     */
    static Instant lastStart(Offer offer, Instant accepted) {
        Instant startBefore = Instants.of(offer.getStartBefore());
        boolean skewed = offer.hasOfferedAt()
                && Duration.between(Instants.of(offer.getOfferedAt()), accepted)
                                .abs()
                                .compareTo(TOLERANCE)
                        > 0;
        return skewed ? startBefore.minus(LAST_MINUTE) : startBefore;
    }
}
