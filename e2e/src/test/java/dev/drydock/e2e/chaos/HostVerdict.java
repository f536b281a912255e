package dev.drydock.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whether a real host stands as its run says: as before, or patched; nothing between, and nothing left behind. */
final class HostVerdict {
    /** Between the last look at a service and the run's last event. */
    private static final Duration UNSEEN = Duration.ofSeconds(1);

    private HostVerdict() {}

    /**
     * @param before the host's state before the round
     * @param struck when the fault came, if it came
     * @throws AssertionError a wrong ending
     */
    static void holds(
            ChaosRound round,
            Run run,
            Map<String, String> before,
            Map<String, String> after,
            Optional<Instant> struck) {
        Map<String, String> expected = new TreeMap<>(before);
        if (run.getState() == RunState.SUCCEEDED) {
            assertThat(round.holds()).as("its last check cannot hold").isTrue();
            expected.put("package", "ii 2.0");
            expected.put("package-files", "2.0");
            expected.computeIfPresent("file", (key, text) -> text.replace("old", "new"));
        }
        if (nobodyLookedAgain(round, run, struck)) {
            expected.put("nginx", after.getOrDefault("nginx", "not asked"));
        }
        if (run.getState() == RunState.ROLLBACK_FAILED) {
            // A person may need what the steps kept.
            expected.put("left", after.getOrDefault("left", "not asked"));
        }
        assertThat(new TreeMap<>(after)).as("the host after %s", run.getState()).isEqualTo(expected);
        if (run.getState() == RunState.ROLLBACK_FAILED) {
            assertThat(round.fault())
                    .as("why the rollback failed: %s", run.getReason())
                    .isEqualTo(HostFault.SERVICE_DIES);
            assertThat(run.getReason()).as("it says what a person has to mend").contains("nginx");
            assertThat(after.get("nginx")).isNotEqualTo("active");
        }
        Instant ended = instant(run.getEndedAt());
        assertThat(ended).as("in the window").isBefore(instant(run.getWindowCloses()));
    }

    /** nginx died after the run had looked at it for the last time, or the run says that it cannot bring it back. */
    private static boolean nobodyLookedAgain(ChaosRound round, Run run, Optional<Instant> struck) {
        return round.fault() == HostFault.SERVICE_DIES
                && struck.isPresent()
                && (struck.get().isAfter(instant(run.getEndedAt()).minus(UNSEEN))
                        || run.getState() == RunState.ROLLBACK_FAILED
                        || wasDownWhenTheRunLooked(run)
                        || neverStarted(run));
    }

    /** It died before the run took its baseline: that is what the run goes back to, and what its evidence says. */
    private static boolean wasDownWhenTheRunLooked(Run run) {
        return run.getState() == RunState.ROLLED_BACK
                && run.getResult().getRollbackEvidenceList().stream()
                        .anyMatch(line -> line.contains("service.active") && line.contains("no regression"));
    }

    private static boolean neverStarted(Run run) {
        return run.getState() == RunState.REFUSED || run.getState() == RunState.CANCELLED;
    }

    private static Instant instant(com.google.protobuf.Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
