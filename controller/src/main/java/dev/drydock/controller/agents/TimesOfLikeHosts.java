package dev.drydock.controller.agents;

import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunStore;
import dev.drydock.controller.run.StepTimes;
import dev.drydock.proto.agent.v1.StepTime;
import dev.drydock.proto.facts.v1.Host;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a playbook's steps took on hosts of the same system and version, for the offers to them. The record is asked for it
 * once in {@link #FRESH} for each playbook and system, however many hosts are offered to. Thread-safe.
 */
final class TimesOfLikeHosts {
    /** The newest runs of a playbook that are looked at, and those of them that are counted. */
    private static final int LOOKED_AT = 400;

    private static final int COUNTED = 100;
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final RunStore runs;
    private final HostStore hosts;
    private final LongSupplier nanos;
    private final Map<Key, Known> known = new HashMap<>();

    TimesOfLikeHosts(RunStore runs, HostStore hosts, LongSupplier nanos) {
        this.runs = runs;
        this.hosts = hosts;
        this.nanos = nanos;
    }

    private record Key(String playbook, String system) {}

    private record Known(List<StepTime> times, long at) {}

    /** Empty for a host of which nothing is known yet. */
    synchronized List<StepTime> of(String playbook, HostRecord host) {
        Optional<String> system = host.facts().map(TimesOfLikeHosts::system);
        if (system.isEmpty()) {
            return List.of();
        }
        long now = nanos.getAsLong();
        known.values().removeIf(times -> now - times.at() > FRESH.toNanos());
        return known.computeIfAbsent(new Key(playbook, system.get()), key -> new Known(ask(key), now))
                .times();
    }

    private List<StepTime> ask(Key key) {
        Map<String, Boolean> like = new HashMap<>();
        return StepTimes.of(runs.ended(key.playbook(), LOOKED_AT).stream()
                .filter(run -> like.computeIfAbsent(run.hostId(), id -> isOf(id, key.system())))
                .limit(COUNTED)
                .map(Run::id)
                .map(runs::events)
                .toList());
    }

    private boolean isOf(String hostId, String system) {
        return hosts.find(hostId)
                .flatMap(HostRecord::facts)
                .map(TimesOfLikeHosts::system)
                .filter(system::equals)
                .isPresent();
    }

    private static String system(Host facts) {
        return facts.getOs().getId() + " " + facts.getOs().getVersion() + " "
                + facts.getOs().getArch();
    }
}
