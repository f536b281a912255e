package dev.drydock.e2e.fleet;

import dev.drydock.e2e.lab.Repository;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs {@code make demo}'s script on the distribution as it was built, beside a demo that somebody may have kept. */
public final class Demo {
    private static final Duration LIMIT = Duration.ofMinutes(8);

    private Demo() {}

    /**
     * @param name of its folder, hosts and network
     * @param engine {@code none}: behaves as where no engine can be had
     * @return what it printed
     */
    public static String run(String name, String engine) {
        Map<String, String> environment =
                Map.of("DRYDOCK_DEMO", name, "DRYDOCK_LAB_ENGINE", engine, "DRYDOCK_DEMO_BUILD", "no", "NO_COLOR", "1");
        return Programs.run(
                        LIMIT,
                        environment,
                        List.of(Repository.root().resolve("e2e/demo/demo.sh").toString()))
                .require(0)
                .out();
    }
}
