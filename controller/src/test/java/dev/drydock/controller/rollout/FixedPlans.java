package dev.drydock.controller.rollout;

import dev.drydock.controller.window.Window;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Plans without a playbook library or stored windows. */
final class FixedPlans {
    private FixedPlans() {}

    /** Four hosts, in the window that opens once; the id follows from the name. */
    static RolloutPlan plan(RolloutDraft draft) {
        return plan(draft, 4, Plans.ONCE);
    }

    static RolloutPlan plan(RolloutDraft draft, int hosts, Window window) {
        List<WavePlan.HostName> names = IntStream.rangeClosed(1, hosts)
                .mapToObj(i -> new WavePlan.HostName("h-" + i, "host-" + i, ""))
                .toList();
        return new RolloutPlan(
                "o-" + draft.name(),
                draft.name(),
                draft.playbook(),
                draft.params(),
                draft.selector(),
                window,
                draft.strategy(),
                WavePlan.of(draft.strategy(), names),
                List.of(),
                new Origin(draft.by(), Plans.BEFORE, Optional.empty()));
    }
}
