package dev.drydock.controller.rollout;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunStates;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which hosts can take a run now. Of the coordinator's thread, but for {@link #changed}. */
final class HostReadiness {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final HostDirectory directory;
    private final Map<String, Set<String>> openRuns = new HashMap<>();
    private Map<String, String> unready = Map.of();
    private Instant readAt = Instant.MIN;
    private volatile boolean stale = true;

    HostReadiness(HostDirectory directory) {
        this.directory = directory;
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

    /** Of a rollout's hosts. A host on which another run than the rollout's newest is open is busy: no host has two. */
    RolloutEvent.HostsSeen of(Rollout rollout, Instant now) {
        Map<String, String> fleet = fleet(now);
        Map<String, String> seen = new HashMap<>();
        for (HostProgress host : rollout.hosts()) {
            String id = host.host().id();
            String why = fleet.getOrDefault(id, "no such host any more");
            if (why.isEmpty()) {
                why = openRuns.getOrDefault(id, Set.of()).stream()
                        .filter(run -> !run.equals(host.runId()))
                        .findFirst()
                        .map(run -> "busy with run " + run)
                        .orElse("");
            }
            if (!why.isEmpty()) {
                seen.put(id, why);
            }
        }
        return new RolloutEvent.HostsSeen(seen);
    }

    private Map<String, String> fleet(Instant now) {
        if (stale || now.isBefore(readAt) || now.isAfter(readAt.plus(FRESH))) {
            stale = false;
            unready = directory.all().stream().collect(Collectors.toMap(HostView::id, HostReadiness::why));
            readAt = now;
        }
        return unready;
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
