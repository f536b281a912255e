package dev.drydock.controller.rollout;

import dev.drydock.controller.run.Reboot;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What can happen to a rollout. Each may come twice, late or in another order; the machine makes the best of it. */
public sealed interface RolloutEvent {
    /** Time has passed. */
    record Tick() implements RolloutEvent {}

    /** The controller came back: what was asked of open runs is asked again. */
    record Recovered() implements RolloutEvent {}

    /**
     * A run's durable state.
     *
     * @param step that it stands at, for people; empty before the first
     * @param reboot that it waits for, or is at
     */
    record RunChanged(
            String hostId,
            String runId,
            RunState state,
            String reason,
            String step,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt,
            Optional<Reboot> reboot)
            implements RolloutEvent {
        /** Of a run that neither waits for a reboot nor is at one. */
        public RunChanged(
                String hostId,
                String runId,
                RunState state,
                String reason,
                String step,
                Optional<Instant> startedAt,
                Optional<Instant> endedAt) {
            this(hostId, runId, state, reason, step, startedAt, endedAt, Optional.empty());
        }
    }

    /**
     * What several runs report, at most one report a run, as one event: the same as one after the other, but that what follows
     * is decided once.
     */
    record RunsChanged(List<RunChanged> reports) implements RolloutEvent {
        public RunsChanged {
            reports = List.copyOf(reports);
        }
    }

    /** Which hosts cannot take a run now, by id, and why; all others can. */
    record HostsSeen(Map<String, String> unready) implements RolloutEvent {
        public HostsSeen {
            unready = Map.copyOf(unready);
        }
    }

    /** Hosts that the selector gives now. Those that the rollout has already change nothing. */
    record HostsMatch(List<Candidate> hosts) implements RolloutEvent {
        public HostsMatch {
            hosts = List.copyOf(hosts);
        }
    }

    record Pause() implements RolloutEvent {}

    record Resume() implements RolloutEvent {}

    /** A second person lets a wave begin. */
    record Approve(int wave, String by, String comment) implements RolloutEvent {}

    /**
     * Hosts that ended badly get another run.
     *
     * @param hosts names; empty: all but those whose way back failed, which a person has to look at first
     */
    record Retry(Set<String> hosts) implements RolloutEvent {
        public Retry {
            hosts = Set.copyOf(hosts);
        }
    }

    /** @param rollBack also what runs now; else that finishes by itself */
    record Abort(boolean rollBack) implements RolloutEvent {}
}
