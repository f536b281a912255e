package dev.drydock.controller.run;

import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.StepTime;
import dev.drydock.proto.agent.v1.StepTransition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What steps took, from the journals of runs that did them. Pure. */
public final class StepTimes {
    /** With fewer nothing is estimated. */
    static final int FEWEST = 5;

    private StepTimes() {}

    private record Step(String name, String action) implements Comparable<Step> {
        @Override
        public int compareTo(Step other) {
            int byName = name.compareTo(other.name);
            return byName != 0 ? byName : action.compareTo(other.action);
        }
    }

    private record Samples(List<Duration> forward, List<Duration> back) {
        Samples() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** Steps that succeeded seldom are left out, and so is a way back that was seldom gone. */
    public static List<StepTime> of(Collection<List<RunEvent>> journals) {
        Map<Step, Samples> samples = new TreeMap<>();
        journals.forEach(journal -> add(journal, samples));
        List<StepTime> times = new ArrayList<>();
        samples.forEach((step, all) -> {
            StepTime.Builder time = StepTime.newBuilder().setStep(step.name()).setAction(step.action());
            p95(all.forward()).ifPresent(took -> time.setForward(message(took)));
            p95(all.back()).ifPresent(took -> time.setBack(message(took)));
            if (time.hasForward() || time.hasBack()) {
                times.add(time.build());
            }
        });
        return times;
    }

    private static void add(List<RunEvent> journal, Map<Step, Samples> samples) {
        Map<Integer, Duration> applied = new TreeMap<>();
        for (RunEvent event : journal) {
            StepTransition step = event.getStep();
            if (step.getPhase() != StepTransition.Phase.PHASE_STEPS || !step.hasTook()) {
                continue;
            }
            Samples of = samples.computeIfAbsent(new Step(step.getName(), step.getAction()), key -> new Samples());
            Duration took = Duration.ofSeconds(
                    step.getTook().getSeconds(), step.getTook().getNanos());
            switch (step.getState()) {
                case APPLIED -> applied.put(step.getIndex(), took);
                case STEP_VERIFIED ->
                    of.forward()
                            .add(applied.getOrDefault(step.getIndex(), Duration.ZERO)
                                    .plus(took));
                case STEP_ROLLED_BACK -> of.back().add(took);
                default -> {}
            }
        }
    }

    private static com.google.protobuf.Duration message(Duration took) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(took.getSeconds())
                .setNanos(took.getNano())
                .build();
    }

    private static Optional<Duration> p95(List<Duration> took) {
        if (took.size() < FEWEST) {
            return Optional.empty();
        }
        int rank = (took.size() * 95 + 99) / 100;
        return Optional.of(took.stream().sorted().toList().get(rank - 1));
    }
}
