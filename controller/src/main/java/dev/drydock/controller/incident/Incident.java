package dev.drydock.controller.incident;

import dev.drydock.controller.contract.Cover;
import dev.drydock.controller.contract.MaintenanceType;
import dev.drydock.controller.contract.ServiceClock;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An incident.
 *
 * @param cover by the contract that was in force when it was opened
 * @param group what its runs have in common; empty: opened by hand
 * @param openedBy the name of a user; empty: the controller
 * @param hosts in the order in which they came
 */
public record Incident(
        long number,
        String title,
        MaintenanceType type,
        Cover cover,
        Optional<RunGroup> group,
        IncidentState state,
        String openedBy,
        Instant openedAt,
        Optional<Instant> respondedAt,
        Optional<Instant> resolvedAt,
        Optional<Instant> closedAt,
        List<AffectedHost> hosts) {
    private static final String PREFIX = "i-";

    public Incident {
        hosts = List.copyOf(hosts);
    }

    /** {@code i-17}. */
    public String id() {
        return PREFIX + number;
    }

    /** Empty: it is none. */
    public static Optional<Long> number(String id) {
        return id.matches(PREFIX + "[1-9]\\d{0,17}")
                ? Optional.of(Long.parseLong(id.substring(PREFIX.length())))
                : Optional.empty();
    }

    public ServiceClock response() {
        return new ServiceClock(openedAt, cover.responseDue(), respondedAt);
    }

    public ServiceClock fix() {
        return new ServiceClock(openedAt, cover.fixDue(), resolvedAt);
    }

    /** When the last of its hosts had been rolled back and verified to be as before; empty: one was not, or it has no runs. */
    public Optional<Instant> temporaryFix() {
        boolean all = !hosts.isEmpty()
                && hosts.stream().allMatch(host -> host.run()
                        .filter(run -> run.state() == RunState.ROLLED_BACK)
                        .isPresent());
        return all
                ? hosts.stream()
                        .flatMap(host -> host.run().orElseThrow().endedAt().stream())
                        .max(Instant::compareTo)
                : Optional.empty();
    }

    /** With these hosts alone. */
    public Incident with(List<AffectedHost> others) {
        return new Incident(
                number,
                title,
                type,
                cover,
                group,
                state,
                openedBy,
                openedAt,
                respondedAt,
                resolvedAt,
                closedAt,
                others);
    }

    /**
     * As it is after this.
     *
     * @throws IncidentRefusedException it cannot be done with it as it stands
     */
    Incident after(IncidentAction action, Instant at) {
        IncidentState to = IncidentTransitions.of(state, action).orElseThrow(() -> refused(action));
        return new Incident(
                number,
                title,
                type,
                cover,
                group,
                to,
                openedBy,
                openedAt,
                action == IncidentAction.RESPOND ? Optional.of(at) : respondedAt,
                action == IncidentAction.RESOLVE ? Optional.of(at) : resolvedAt,
                action == IncidentAction.CLOSE ? Optional.of(at) : closedAt,
                hosts);
    }

    private IncidentRefusedException refused(IncidentAction action) {
        String possible = IncidentTransitions.from(state).stream()
                .map(IncidentAction::words)
                .collect(Collectors.joining(" or "));
        return new IncidentRefusedException("Incident " + id() + " is " + state.words() + ", so it cannot be "
                + action.words() + (possible.isEmpty() ? "." : "; it can be " + possible + "."));
    }
}
