package dev.drydock.controller.metrics;

import dev.drydock.controller.run.Endings;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunListener;
import dev.drydock.controller.run.RunStates;
import dev.drydock.proto.agent.v1.RunState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How runs end, and how long they take. Of the one thread that tells of runs. */
public final class RunMeters implements RunListener {
    static final List<RunState> OUTCOMES =
            Arrays.stream(RunState.values()).filter(RunStates::ended).toList();
    private static final Duration[] BUCKETS = {
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(20),
        Duration.ofMinutes(40),
        Duration.ofHours(1),
        Duration.ofHours(2),
        Duration.ofHours(4)
    };

    private final Map<RunState, Counter> ended = new EnumMap<>(RunState.class);
    private final Map<RunState, Timer> took = new EnumMap<>(RunState.class);
    private final Endings endings = new Endings();

    public RunMeters(Registry registry) {
        MeterRegistry meters = registry.meters();
        for (RunState outcome : OUTCOMES) {
            ended.put(
                    outcome,
                    Counter.builder("drydock.runs.ended")
                            .description(
                                    "Runs that have ended, by how. One that was lost and is heard of later counts twice.")
                            .tag("outcome", Words.of(outcome))
                            .register(meters));
            took.put(
                    outcome,
                    Timer.builder("drydock.run.duration")
                            .description("From the begin of a run on its host to its end, by the host's clock.")
                            .tag("outcome", Words.of(outcome))
                            .serviceLevelObjectives(BUCKETS)
                            .register(meters));
        }
    }

    @Override
    public void runChanged(Run run) {
        Counter counter = ended.get(run.state());
        Timer timer = took.get(run.state());
        if (counter != null && timer != null && endings.first(run)) {
            counter.increment();
            run.startedAt()
                    .flatMap(from -> run.endedAt().map(to -> Duration.between(from, to)))
                    .filter(time -> !time.isNegative())
                    .ifPresent(timer::record);
        }
    }
}
