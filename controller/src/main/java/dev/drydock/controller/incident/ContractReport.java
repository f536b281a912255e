package dev.drydock.controller.incident;

import dev.drydock.controller.contract.Contract;
import dev.drydock.controller.contract.Scope;
import dev.drydock.controller.contract.ServiceClock;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was counted against a contract. Pure.
 *
 * @param rows by type
 */
public record ContractReport(List<Row> rows, List<Rollout> rollouts) {
    public ContractReport {
        rows = List.copyOf(rows);
        rollouts = List.copyOf(rollouts);
    }

    /** One line. */
    public record Row(Bucket bucket, int incidents, Tally response, Tally fix, Outcomes changes) {}

    /** How clocks stand; the four add up to the incidents. */
    public record Tally(int met, int missed, int running, int unpromised) {
        static Tally of(Collection<ServiceClock> clocks, Instant now) {
            int[] counts = new int[ServiceClock.State.values().length];
            int unpromised = 0;
            for (ServiceClock clock : clocks) {
                if (clock.due().isEmpty()) {
                    unpromised++;
                } else {
                    counts[clock.state(now).ordinal()]++;
                }
            }
            return new Tally(
                    counts[ServiceClock.State.MET.ordinal()],
                    counts[ServiceClock.State.MISSED.ordinal()],
                    counts[ServiceClock.State.RUNNING.ordinal()],
                    unpromised);
        }
    }

    /** @param failed the way back failed, or the run was lost */
    public record Outcomes(int all, int succeeded, int rolledBack, int failed) {
        static final Outcomes NONE = new Outcomes(0, 0, 0, 0);

        Outcomes and(RunState state) {
            return new Outcomes(
                    all + 1,
                    succeeded + (state == RunState.SUCCEEDED ? 1 : 0),
                    rolledBack + (state == RunState.ROLLED_BACK ? 1 : 0),
                    failed + (state == RunState.ROLLBACK_FAILED || state == RunState.LOST ? 1 : 0));
        }
    }

    /** What a rollout changed. */
    public record Rollout(String name, String playbook, Bucket bucket, Outcomes changes) {}

    /**
     * @param contract what it covers now has a row in any case
     * @param incidents opened in the period
     * @param runs that ended in the period
     */
    public static ContractReport of(Contract contract, List<Incident> incidents, List<CountedRun> runs, Instant now) {
        Map<Bucket, List<Incident>> byBucket = new TreeMap<>();
        contract.terms()
                .forEach((type, terms) -> byBucket.put(new Bucket(type, true, terms.included()), new ArrayList<>()));
        incidents.forEach(incident -> byBucket.computeIfAbsent(bucket(incident), key -> new ArrayList<>())
                .add(incident));
        Map<Bucket, Outcomes> changes = new TreeMap<>();
        Map<String, Rollout> rollouts = new TreeMap<>();
        for (CountedRun run : runs) {
            byBucket.computeIfAbsent(run.bucket(), key -> new ArrayList<>());
            changes.merge(run.bucket(), Outcomes.NONE.and(run.state()), (before, one) -> before.and(run.state()));
            String key = run.rollout() + " " + run.playbook() + " " + run.bucket();
            Outcomes before = rollouts.containsKey(key) ? rollouts.get(key).changes() : Outcomes.NONE;
            rollouts.put(key, new Rollout(run.rollout(), run.playbook(), run.bucket(), before.and(run.state())));
        }
        List<Row> rows = new ArrayList<>();
        byBucket.forEach((bucket, all) -> rows.add(new Row(
                bucket,
                all.size(),
                Tally.of(all.stream().map(Incident::response).toList(), now),
                Tally.of(all.stream().map(Incident::fix).toList(), now),
                changes.getOrDefault(bucket, Outcomes.NONE))));
        return new ContractReport(rows, List.copyOf(rollouts.values()));
    }

    private static Bucket bucket(Incident incident) {
        return new Bucket(
                incident.type(),
                incident.cover().scope() == Scope.IN_SCOPE,
                incident.cover().included());
    }
}
