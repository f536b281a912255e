package dev.drydock.agent.session;

import java.time.Duration;
import java.util.Optional;

/** Why a connection ends and what follows. */
sealed interface Farewell {
    /** One line, for the log. */
    String reason();

    /** It failed: come back after the usual wait. */
    record Failed(String reason) implements Farewell {}

    /**
     * The controller sent us away for a while.
     *
     * @param to empty: to where we were
     */
    record SentAway(String reason, Duration after, Optional<String> to) implements Farewell {}

    /** The controller does not want this identity back. */
    record Final(String reason) implements Farewell {}

    /** We leave to come back at once and say another Hello. */
    record Again(String reason) implements Farewell {}
}
