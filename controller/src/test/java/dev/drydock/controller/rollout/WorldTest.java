package dev.drydock.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.agents.HostPlan;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.StepPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorldTest {
    private static final Strategy STRATEGY = Plans.strategy("1", "", "", Duration.ZERO);

    private static World world(int hosts, Strategy strategy, Map<String, HostPlan> plans) {
        return World.of(Plans.plan(hosts, strategy, Plans.NIGHTLY), Optional.of(Plans.FIRST), plans);
    }

    private static HostPlan changes(String to) {
        Change change = Change.newBuilder()
                .setKind("package")
                .setName("openssl")
                .setFrom("1.0")
                .setTo(to)
                .build();
        return new HostPlan("", List.of(StepPlan.newBuilder().addChanges(change).build()));
    }

    @Test
    void theSameWorldHasNotMoved() {
        Map<String, HostPlan> plans = Map.of("h-1", changes("1.1"));
        assertThat(world(3, STRATEGY, plans).movedTo(world(3, STRATEGY, plans))).isEmpty();
    }

    @Test
    void tellsWhatIsAnotherNow() {
        World before = world(3, STRATEGY, Map.of("h-1", changes("1.1")));
        World now = World.of(
                Plans.plan(2, Plans.strategy("2", "", "", Duration.ZERO), Plans.NIGHTLY),
                Optional.empty(),
                Map.of("h-1", changes("1.2")));
        assertThat(before.movedTo(now))
                .containsExactly(
                        "host host-2: wave 1; the plan says: wave 2",
                        "host host-3: is gone, was wave 2",
                        "window night: has no opening; the plan says: opens at 2026-11-24T02:00:00Z until 2026-11-24T04:00:00Z",
                        "host host-1: package openssl 1.0 → 1.2; the plan says: package openssl 1.0 → 1.1");
        assertThat(now.movedTo(before)).contains("host host-3: is new, wave 2");
    }

    /** A host that was away for the plan, or is away now, has not changed for that. */
    @Test
    void changesCountOnlyWhereAHostAnsweredBothTimes() {
        World before = world(1, STRATEGY, Map.of("h-1", changes("1.1")));
        World now = world(1, STRATEGY, Map.of("h-1", new HostPlan("offline", List.of())));
        assertThat(before.movedTo(now)).isEmpty();
        assertThat(now.movedTo(before)).isEmpty();
    }
}
