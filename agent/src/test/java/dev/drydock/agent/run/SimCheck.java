package dev.drydock.agent.run;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.drydock.agent.action.Check;
import dev.drydock.agent.action.StepContext;
import dev.drydock.playbooks.model.Args;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Looks at the host's health, which takes a second. */
record SimCheck(Kind kind, SimHost host, SimTime time) implements Check {
    private static final String HEALTHY = "healthy";

    /** What it sees. */
    enum Kind {
        /** Always well. */
        WELL(Map.of()),
        /** Never well, before the change neither; that is no regression. */
        AILING(Map.of()),
        /** Must hold whatever was before; it does not. */
        BROKEN(Map.of()),
        /** Ill while anything is changed. */
        ILL_WHEN_CHANGED(Map.of("grace", "10s")),
        /** Ill for twenty seconds after each change, forward or back. */
        SETTLES(Map.of("grace", "1m")),
        /** Well at first, ill from five minutes after a change until everything is back. */
        ILL_LATE(Map.of("grace", "10s", "again", "10m")),
        /** Well, and looked at again. */
        WELL_AGAIN(Map.of("again", "10m")),
        /** Takes as long as it may for each look, and is ill while anything is changed. */
        SLOW(Map.of("grace", "10s")),
        /** Well until something is put back. */
        ILL_ONCE_BACK(Map.of("grace", "10s")),
        /** The same, and looked at again. */
        ILL_ONCE_BACK_AGAIN(Map.of("grace", "10s", "again", "10m")),
        /** Ill for good once anything was changed: also a rollback does not help. */
        HARMED(Map.of("grace", "10s"));

        private final Map<String, Object> args;

        Kind(Map<String, Object> args) {
            this.args = args;
        }

        Args args() {
            return new Args(args);
        }
    }

    @Override
    public String name() {
        return "sim.check." + kind;
    }

    @Override
    public Struct observe(StepContext context) {
        time.pass(kind == Kind.SLOW ? context.timeLeft().get() : Duration.ofSeconds(1));
        return Struct.newBuilder()
                .putFields(HEALTHY, Value.newBuilder().setBoolValue(healthy()).build())
                .build();
    }

    private boolean healthy() {
        return host.serviceIsUp(time.trueTime()) && kindIsWell();
    }

    private boolean kindIsWell() {
        boolean changed = host.state().containsValue("new");
        Instant last = host.mutations().isEmpty()
                ? Instant.MIN
                : host.mutations().getLast().at();
        Instant now = time.trueTime();
        return switch (kind) {
            case WELL, WELL_AGAIN -> true;
            case AILING, BROKEN -> false;
            case ILL_WHEN_CHANGED, SLOW -> !changed;
            case SETTLES -> host.mutations().isEmpty() || !now.isBefore(last.plusSeconds(20));
            case ILL_LATE -> !changed || now.isBefore(last.plusSeconds(300));
            case ILL_ONCE_BACK, ILL_ONCE_BACK_AGAIN -> host.mutations().stream().allMatch(SimHost.Mutation::forward);
            case HARMED -> host.mutations().isEmpty();
        };
    }

    @Override
    public Finding judge(StepContext context, Struct baseline, Struct now) {
        if (healthy(now)) {
            return Finding.holds("well");
        }
        boolean illBefore = baseline.getFieldsCount() > 0 && !healthy(baseline);
        return kind != Kind.BROKEN && illBefore
                ? Finding.holds("ill, as before")
                : Finding.fails("ill", "it was well before");
    }

    private static boolean healthy(Struct seen) {
        return seen.getFieldsOrThrow(HEALTHY).getBoolValue();
    }
}
