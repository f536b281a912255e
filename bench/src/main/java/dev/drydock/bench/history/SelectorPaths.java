package dev.drydock.bench.history;

import dev.drydock.controller.selector.HostSelector;
import dev.drydock.proto.facts.v1.Host;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whose hosts are whose: one expression over 20,000 hosts with what is pending on them. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class SelectorPaths {
    private static final int HOSTS = 20_000;

    private List<Host> hosts;
    private Predicate<Host> selector;

    @Setup
    public void seed() {
        Instant now = Instant.parse("2026-11-29T02:00:00Z");
        hosts = new ArrayList<>();
        for (int i = 0; i < HOSTS; i++) {
            hosts.add(SeededHosts.facts(i, now).toBuilder()
                    .putLabels("env", i % 3 == 0 ? "prod" : "test")
                    .build());
        }
        selector = HostSelector.of(
                "host.os.family == \"debian\" && host.labels.env == \"prod\" && host.packages.pending_security > 5",
                "the benchmark");
        if (select() == 0) {
            throw new IllegalStateException("the expression selects no host");
        }
    }

    @Benchmark
    public long cel20000Hosts() {
        return select();
    }

    private long select() {
        return hosts.stream().filter(selector).count();
    }
}
