package dev.drydock.controller.rollout;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunStates;
import dev.drydock.controller.window.HostRules;
import dev.drydock.controller.window.Window;
import dev.drydock.proto.facts.v1.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which hosts can take a run now. Of the coordinator's thread, but for {@link #changed}. */
final class HostReadiness {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final HostDirectory directory;
    private final HostRules.Source rules;
    private final Map<Window, Map<String, String>> outside = new HashMap<>();
    private final Map<String, Set<String>> openRuns = new HashMap<>();
    private Map<String, String> unready = Map.of();
    private Map<String, String> contradicted = Map.of();
    private List<HostView> fleet = List.of();
    /** Read when they are first asked for. */
    private Map<String, Map<String, String>> labels = Map.of();

    private Instant readAt = Instant.MIN;
    private volatile boolean stale = true;

    HostReadiness(HostDirectory directory, HostRules.Source rules) {
        this.directory = directory;
        this.rules = rules;
    }

    /** What was read of the hosts is no longer true. Any thread. */
    void changed() {
        stale = true;
    }

    void saw(Run run) {
        if (RunStates.ended(run.state())) {
            openRuns.computeIfPresent(run.hostId(), (host, runs) -> {
                runs.remove(run.id());
                return runs.isEmpty() ? null : runs;
            });
        } else {
            openRuns.computeIfAbsent(run.hostId(), host -> new TreeSet<>()).add(run.id());
        }
    }

    /**
     * Of a rollout's hosts. A host on which another run than the rollout's newest is open is busy: no host has two.
     *
     * @param live the rollouts that have not ended, or have a run open
     */
    RolloutEvent.HostsSeen of(Rollout rollout, Collection<Rollout> live, Instant now) {
        Map<String, String> fleet = fleet(now);
        Map<String, String> barred = windows(rollout.plan());
        ClustersElsewhere elsewhere = ClustersElsewhere.than(rollout, live, this::labels);
        Map<String, String> seen = new HashMap<>();
        for (HostProgress host : rollout.hosts()) {
            String id = host.host().id();
            String why = fleet.getOrDefault(id, "no such host any more");
            if (why.isEmpty()) {
                why = barred.getOrDefault(id, "");
            }
            if (why.isEmpty()) {
                why = openRuns.getOrDefault(id, Set.of()).stream()
                        .filter(run -> !run.equals(host.runId()))
                        .findFirst()
                        .map(run -> "busy with run " + run)
                        .orElse("");
            }
            if (why.isEmpty() && !elsewhere.isEmpty()) {
                why = elsewhere.bars(labels(id)).orElse("");
            }
            if (!why.isEmpty()) {
                seen.put(id, why);
            }
        }
        return new RolloutEvent.HostsSeen(seen);
    }

    private Map<String, String> labels(String id) {
        if (labels.isEmpty()) {
            labels = fleet.stream()
                    .collect(Collectors.toMap(HostView::id, host -> host.facts().getLabelsMap()));
        }
        return labels.getOrDefault(id, Map.of());
    }

    private Map<String, String> fleet(Instant now) {
        if (stale || now.isBefore(readAt) || now.isAfter(readAt.plus(FRESH))) {
            stale = false;
            fleet = directory.all();
            labels = Map.of();
            unready = fleet.stream().collect(Collectors.toMap(HostView::id, HostReadiness::why));
            HostRules known = rules.get();
            contradicted = known.agree() ? Map.of() : reasons(known::contradiction);
            outside.clear();
            readAt = now;
        }
        return unready;
    }

    /** Hosts on which windows let nothing start: two contradict each other, or the rollout's is not for them any more. */
    private Map<String, String> windows(RolloutPlan plan) {
        if (plan.origin().emergency().isPresent()) {
            return Map.of();
        }
        if (plan.window().hosts().isEmpty()) {
            return contradicted;
        }
        return outside.computeIfAbsent(plan.window(), window -> {
            Map<String, String> barred = new HashMap<>(contradicted);
            barred.putAll(reasons(HostRules.outside(window)));
            return barred;
        });
    }

    private Map<String, String> reasons(Function<Host, Optional<String>> why) {
        Map<String, String> found = new HashMap<>();
        fleet.forEach(host -> why.apply(host.facts()).ifPresent(reason -> found.put(host.id(), reason)));
        return found;
    }

    /** Empty: it can. */
    private static String why(HostView host) {
        return barred(host).orElse(host.online() ? "" : "offline");
    }

    /** Why it cannot take runs, whether it is there or not. */
    static Optional<String> barred(HostView host) {
        if (host.revoked()) {
            return Optional.of("revoked");
        }
        if (host.cloned()) {
            return Optional.of("two machines speak with its identity");
        }
        return host.drained() ? Optional.of("drained") : Optional.empty();
    }
}
