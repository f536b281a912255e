package dev.drydock.controller.rollout;

import dev.drydock.controller.window.Window;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Plans without a playbook library or stored windows. */
final class FixedPlans implements Planning {
    final List<Candidate> newcomers = new CopyOnWriteArrayList<>();
    private final int hosts;
    private final Window window;

    FixedPlans(int hosts, Window window) {
        this.hosts = hosts;
        this.window = window;
    }

    @Override
    public List<Candidate> newcomers(RolloutPlan plan) {
        return newcomers;
    }

    /** The id follows from the name. */
    @Override
    public RolloutPlan plan(RolloutDraft draft) {
        List<Candidate> names = IntStream.rangeClosed(1, hosts)
                .mapToObj(i -> new Candidate("h-" + i, "host-" + i, ""))
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
