package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** {@code load.below}: the load average over one minute, for each processor. It is that of the machine, in a root directory too. */
final class LoadBelow implements Check {
    private static final String LOAD = "load";

    private final Path loadavg;
    private final int processors;

    LoadBelow(Path loadavg, int processors) {
        this.loadavg = loadavg;
        this.processors = processors;
    }

    @Override
    public String name() {
        return "load.below";
    }

    @Override
    public Struct observe(StepContext context) throws ActionException {
        try {
            String oneMinute = Files.readString(loadavg).split(" ", 2)[0];
            return new Structs()
                    .put(LOAD, Double.parseDouble(oneMinute) / processors)
                    .build();
        } catch (IOException e) {
            throw new ActionException("the load cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Finding judge(StepContext context, Struct baseline, Struct now) {
        double limit = context.args()
                .optionalNumber("limit")
                .orElseThrow(() -> new IllegalArgumentException("argument 'limit' is missing"));
        return Judgement.of(
                baseline,
                now,
                seen -> load(seen) < limit ? "" : "the load of each processor is not below " + limit,
                seen -> String.format(Locale.ROOT, "load %.2f for each processor", load(seen)));
    }

    private static double load(Struct seen) {
        return Structs.number(seen, LOAD).orElse(0.0);
    }
}
