package dev.drydock.controller.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.contract.Cover;
import dev.drydock.controller.contract.MaintenanceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IncidentTransitionsTest {
    private static final Path DIAGRAM = Path.of("../docs/state-machines-incident.md");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private static Incident in(IncidentState state) {
        return new Incident(
                1,
                "title",
                MaintenanceType.CORRECTIVE,
                Cover.NONE,
                Optional.empty(),
                state,
                "olga",
                NOON,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    @Test
    void nothingElseIsDone() {
        for (IncidentState state : IncidentState.values()) {
            for (IncidentAction action : IncidentAction.values()) {
                Optional<IncidentState> to = IncidentTransitions.of(state, action);
                if (to.isPresent()) {
                    assertThat(in(state).after(action, NOON).state()).isEqualTo(to.get());
                } else {
                    assertThatThrownBy(() -> in(state).after(action, NOON))
                            .isInstanceOf(IncidentRefusedException.class)
                            .hasMessageContaining("is " + state.words());
                }
            }
        }
    }

    @Test
    void everyStateIsReachedAndLeftButTheLast() {
        for (IncidentState state : IncidentState.values()) {
            assertThat(IncidentTransitions.from(state).isEmpty()).isEqualTo(state == IncidentState.CLOSED);
            assertThat(state == IncidentState.OPEN
                            || IncidentTransitions.all().stream().anyMatch(move -> move.to() == state))
                    .isTrue();
        }
    }

    @Test
    void eachClockStopsOnce() {
        Incident responded = in(IncidentState.OPEN).after(IncidentAction.RESPOND, NOON.plusSeconds(1));
        Incident back = responded
                .after(IncidentAction.HAND_TO_MAINTENANCE, NOON.plusSeconds(2))
                .after(IncidentAction.HAND_TO_OPERATION, NOON.plusSeconds(3));
        Incident closed = back.after(IncidentAction.RESOLVE, NOON.plusSeconds(4))
                .after(IncidentAction.CLOSE, NOON.plusSeconds(5));

        assertThat(closed.respondedAt()).contains(NOON.plusSeconds(1));
        assertThat(closed.resolvedAt()).contains(NOON.plusSeconds(4));
        assertThat(closed.closedAt()).contains(NOON.plusSeconds(5));
    }

    /** Made anew with {@code -Ddrydock.docs=write}. */
    @Test
    void theDiagramIsUpToDate() throws IOException {
        if ("write".equals(System.getProperty("drydock.docs"))) {
            Files.writeString(DIAGRAM, diagram());
        }

        assertThat(Files.readString(DIAGRAM))
                .as("docs/state-machines-incident.md; run this test with -Ddrydock.docs=write")
                .isEqualTo(diagram());
    }

    private static String diagram() {
        StringBuilder out = new StringBuilder("""
                # The states of an incident

                Drawn by a test from `IncidentTransitions`, the one table of moves; do not edit. What the states mean is in
                [contracts.md](contracts.md#incidents).

                ```mermaid
                stateDiagram-v2
                    [*] --> OPEN
                """);
        for (IncidentTransitions.Move move : IncidentTransitions.all()) {
            out.append("    ")
                    .append(move.from())
                    .append(" --> ")
                    .append(move.to())
                    .append(" : ")
                    .append(move.action().words())
                    .append('\n');
        }
        return out.append("    CLOSED --> [*]\n```\n").toString();
    }
}
