package dev.drydock.cli.declare;

import dev.drydock.cli.client.Api;
import dev.drydock.cli.client.Pages;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.CreateRolloutRequest;
import dev.drydock.proto.v1.ListRolloutsRequest;
import dev.drydock.proto.v1.ListRolloutsResponse;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutSpec;
import dev.drydock.proto.v1.RolloutState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Rollouts: made once; what was planned, and maybe begun, is never changed by a file. */
final class RolloutKind implements Kind {
    static final String WORD = "Rollout";

    /** What the controller takes where nothing is written. */
    static final String REBOOTS_AT_ONCE = "10%";

    static final Duration REBOOT_INTERVAL = Duration.ofSeconds(30);

    private static final Set<RolloutState> ENDED = Set.of(
            RolloutState.COMPLETED, RolloutState.COMPLETED_WITH_FAILURES, RolloutState.STOPPED, RolloutState.ABORTED);

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public String folder() {
        return "rollouts";
    }

    @Override
    public Differing differing() {
        return Differing.REFUSED;
    }

    @Override
    public boolean prunable() {
        return false;
    }

    @Override
    public Optional<Declared> read(Reading reading) {
        return Optional.of(RolloutReader.read(this, reading));
    }

    static Map<String, Object> tree(RolloutSpec spec) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("playbook", spec.getPlaybook());
        Trees.put(tree, "params", new TreeMap<>(spec.getParamsMap()));
        tree.put("hosts", spec.getSelector());
        Trees.put(tree, "window", spec.getWindow());
        Trees.put(tree, "emergency", spec.getEmergency());
        Map<String, Object> strategy = new LinkedHashMap<>();
        Trees.put(strategy, "waves", spec.getWavesList());
        Trees.put(strategy, "maxConcurrent", spec.getMaxConcurrent());
        Trees.put(strategy, "failureThreshold", spec.getFailureThreshold());
        Trees.put(strategy, "soak", Times.duration(spec.getSoak()), Duration.ZERO);
        Trees.put(strategy, "neverTogether", spec.getNeverTogether());
        if (!spec.getRebootsAtOnce().equals(REBOOTS_AT_ONCE)) {
            Trees.put(strategy, "rebootsAtOnce", spec.getRebootsAtOnce());
        }
        if (spec.hasRebootInterval()) {
            Trees.put(strategy, "rebootInterval", Times.duration(spec.getRebootInterval()), REBOOT_INTERVAL);
        }
        Trees.put(
                strategy,
                "approveBefore",
                spec.getApproveBeforeList().stream().map(Integer::longValue).toList());
        Trees.put(tree, "strategy", strategy);
        return tree;
    }

    @Override
    public List<Present> present(Api api, List<Declared> declared, boolean prune) {
        return rollouts(api).stream().map(this::present).toList();
    }

    private Present present(Rollout rollout) {
        RolloutSpec spec = rollout.getSpec();
        boolean keeps = !ENDED.contains(rollout.getState()) && !spec.getWindow().isEmpty();
        return new Present(
                this,
                spec.getName(),
                tree(spec),
                "",
                rollout.getState().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                List.of(),
                keeps ? List.of(spec.getWindow()) : List.of());
    }

    /** Where the file leaves the version open, any is what it meant when the rollout was made. */
    @Override
    public Map<String, Object> inWordsOf(Declared declared, Map<String, Object> tree) {
        if (String.valueOf(declared.tree().get("playbook")).contains("@")) {
            return tree;
        }
        Map<String, Object> open = new LinkedHashMap<>(tree);
        open.computeIfPresent("playbook", (key, made) -> String.valueOf(made).replaceFirst("@.*", ""));
        return open;
    }

    private static List<Rollout> rollouts(Api api) {
        return Pages.all(
                        ListRolloutsRequest.getDefaultInstance(),
                        api.rollouts()::listRollouts,
                        ListRolloutsResponse::getNextPageToken)
                .getRolloutsList();
    }

    /** @param spec what is to be asked for */
    record Made(RolloutSpec spec) implements Declared.Making {
        @Override
        public Finding check(Api api, Optional<Present> present) {
            return Finding.NOTHING;
        }

        @Override
        public void make(Api api, Optional<Present> present) {
            Rollout unused = api.rollouts()
                    .createRollout(
                            CreateRolloutRequest.newBuilder().setSpec(spec).build());
        }
    }

    @Override
    public void remove(Api api, Present present) {
        throw new IllegalStateException("rollouts are a record");
    }

    @Override
    public Exports export(Api api, boolean inline) {
        List<Exported> documents = new ArrayList<>();
        int ended = 0;
        int emergencies = 0;
        for (Rollout rollout : rollouts(api)) {
            if (ENDED.contains(rollout.getState())) {
                ended++;
            } else if (!rollout.getSpec().getEmergency().isEmpty()) {
                emergencies++;
            } else {
                Map<String, Object> tree = tree(rollout.getSpec());
                documents.add(Exported.document(this, rollout.getSpec().getName(), tree, tree, Map.of()));
            }
        }
        documents.sort(java.util.Comparator.comparing(Exported::name));
        List<String> notes = new ArrayList<>();
        if (ended > 0) {
            notes.add("Not written: rollouts that have ended (" + ended
                    + "); another controller would make them again. Their record: drydock report rollout NAME");
        }
        if (emergencies > 0) {
            notes.add("Not written: emergencies (" + emergencies + "); a file cannot declare one.");
        }
        return new Exports(documents, notes);
    }
}
