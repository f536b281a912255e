package dev.drydock.controller.metrics;

import dev.drydock.controller.cluster.Standing;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** How one controller of several stands. */
public final class MemberMeters {
    private MemberMeters() {}

    public static void register(Registry registry, Standing standing) {
        MeterRegistry meters = registry.meters();
        Gauge.builder("drydock.member.leads", () -> standing.leads() ? 1 : 0)
                .description("1: it leads; 0: it follows, or does not know whom.")
                .register(meters);
        Gauge.builder("drydock.member.term", standing::term)
                .description("The term that it leads in, or whose leader it follows.")
                .register(meters);
        Gauge.builder("drydock.member.agents", standing::agents)
                .description("Agents that it serves, or whose connections it hands on to the leader.")
                .register(meters);
        Gauge.builder("drydock.member.unheard", () -> standing.unheardFor().toMillis() / 1_000.0)
                .description("For how long the database has not answered this follower.")
                .baseUnit("seconds")
                .register(meters);
    }
}
