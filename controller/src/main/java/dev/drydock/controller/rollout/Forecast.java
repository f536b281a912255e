package dev.drydock.controller.rollout;

import dev.drydock.controller.window.Opening;
import dev.drydock.controller.window.Openings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When a rollout's waves would begin and end if every host took as long as hosts took before. Approvals are taken to come at
 * once and hosts to be there; what does not fit into an opening goes on in the next. Pure.
 *
 * @param waves in order; shorter than the rollout's where the window has no opening left for the rest
 */
public record Forecast(List<Span> waves) {
    public Forecast {
        waves = List.copyOf(waves);
    }

    /** @param openings how many openings the wave takes part in */
    public record Span(int wave, Instant begins, Instant ends, int openings) {}

    /** @param took by one host */
    static Forecast of(RolloutPlan plan, Duration took, Instant now) {
        return of(plan, plan.hosts(), new Openings(plan.window()), Optional.empty(), took, now);
    }

    /**
     * @param left of the plan's hosts those that it has still to change; waves that have none are left out
     * @param openings of the plan's window, blackouts taken out
     * @param usedThrough no opening that opened until then is used again
     */
    static Forecast of(
            RolloutPlan plan,
            List<PlannedHost> left,
            Openings openings,
            Optional<Instant> usedThrough,
            Duration took,
            Instant now) {
        Optional<Opening> opening = openings.usable(now, usedThrough);
        Instant at = now;
        List<Span> spans = new ArrayList<>();
        for (int wave = 1; wave <= plan.waves() && opening.isPresent(); wave++) {
            int batches = batches(plan, left, wave);
            if (batches == 0) {
                continue;
            }
            at = later(at, opening.get().opens());
            Optional<Instant> begins = Optional.empty();
            int used = 1;
            for (int batch = 0; batch < batches; batch++) {
                while (opening.isPresent() && !at.isBefore(opening.get().startBefore())) {
                    opening = openings.usable(at, opening.map(Opening::opens));
                    at = opening.map(Opening::opens).orElse(at);
                    used += begins.isPresent() ? 1 : 0;
                }
                if (opening.isEmpty()) {
                    return new Forecast(spans);
                }
                begins = begins.isPresent() ? begins : Optional.of(at);
                at = at.plus(took);
            }
            spans.add(new Span(wave, begins.orElse(at), at, used));
            at = at.plus(plan.strategy().soak());
        }
        return new Forecast(spans);
    }

    /** How often as many hosts as may run at once have to be begun; of a cluster no more than may be down. */
    private static int batches(RolloutPlan plan, List<PlannedHost> left, int wave) {
        int hosts = 0;
        Map<String, Integer> clusters = new HashMap<>();
        for (PlannedHost host : left) {
            if (host.wave() == wave) {
                hosts++;
                if (!host.cluster().isEmpty()) {
                    clusters.merge(host.cluster(), 1, Integer::sum);
                }
            }
        }
        if (hosts == 0) {
            return 0;
        }
        int most = plan.strategy().apart().map(Apart::most).orElse(1);
        int ofClusters = clusters.values().stream()
                .mapToInt(size -> (size + most - 1) / most)
                .max()
                .orElse(0);
        int atOnce = Math.min(hosts, plan.limits().maxConcurrent());
        return Math.max((hosts + atOnce - 1) / atOnce, ofClusters);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
