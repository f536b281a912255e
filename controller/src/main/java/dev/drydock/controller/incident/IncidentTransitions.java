package dev.drydock.controller.incident;

import static dev.drydock.controller.incident.IncidentState.CLOSED;
import static dev.drydock.controller.incident.IncidentState.HANDED_OVER;
import static dev.drydock.controller.incident.IncidentState.OPEN;
import static dev.drydock.controller.incident.IncidentState.RESOLVED;
import static dev.drydock.controller.incident.IncidentState.RESPONDED;

import java.util.List;
import java.util.Optional;

/** Every move that an incident can make. Drawn in docs/state-machines-incident.md. */
final class IncidentTransitions {
    /** One row. */
    record Move(IncidentState from, IncidentAction action, IncidentState to) {}

    private static final List<Move> ALL = List.of(
            new Move(OPEN, IncidentAction.RESPOND, RESPONDED),
            new Move(RESPONDED, IncidentAction.HAND_TO_MAINTENANCE, HANDED_OVER),
            new Move(RESPONDED, IncidentAction.RESOLVE, RESOLVED),
            new Move(HANDED_OVER, IncidentAction.HAND_TO_OPERATION, RESPONDED),
            new Move(HANDED_OVER, IncidentAction.RESOLVE, RESOLVED),
            new Move(RESOLVED, IncidentAction.CLOSE, CLOSED));

    private IncidentTransitions() {}

    static List<Move> all() {
        return ALL;
    }

    /** Empty: there is no such move. */
    static Optional<IncidentState> of(IncidentState from, IncidentAction action) {
        return ALL.stream()
                .filter(move -> move.from() == from && move.action() == action)
                .map(Move::to)
                .findFirst();
    }

    /** What can be done with an incident in this state. */
    static List<IncidentAction> from(IncidentState state) {
        return ALL.stream()
                .filter(move -> move.from() == state)
                .map(Move::action)
                .toList();
    }
}
