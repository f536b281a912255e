package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Services;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Keeps the states of services, puts them back and proves them. A service that dies right after its start looks well for a
 * moment, so what is proven must have been so for a while: by the service manager's own account, else seen several times in a
 * row.
 */
final class ServiceStates {
    private static final int LOOKS_IN_A_ROW = 3;
    private static final int MOST_LOOKS = 30;
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration STEADY = BETWEEN.multipliedBy(LOOKS_IN_A_ROW - 1);

    private final Services services;
    private final Pause pause;

    ServiceStates(Services services, Pause pause) {
        this.services = services;
        this.pause = pause;
    }

    /** A service as it was at one moment; {@code instance} tells whether it was started since. */
    record Kept(String name, boolean active, boolean enabled, String instance) {
        Struct toStruct() {
            return new Structs()
                    .put("name", name)
                    .put("active", active)
                    .put("enabled", enabled)
                    .put("instance", instance)
                    .build();
        }

        Kept asActive() {
            return new Kept(name, true, enabled, instance);
        }

        /** The same, whether or not it was started since. */
        Kept anyInstance() {
            return new Kept(name, active, enabled, "");
        }

        static Kept of(String name, Services.State state) {
            return new Kept(name, state.active(), state.enabled(), state.instance());
        }

        static Kept of(Struct struct) {
            return new Kept(
                    Structs.string(struct, "name"),
                    Structs.flag(struct, "active"),
                    Structs.flag(struct, "enabled"),
                    Structs.string(struct, "instance"));
        }

        static List<Kept> all(Struct struct, String key) {
            return Structs.structs(struct, key).stream().map(Kept::of).toList();
        }
    }

    /** Those that the manager knows, as they are. */
    List<Kept> keep(Collection<String> names, Job job) throws HostException, InterruptedException {
        List<Kept> kept = new ArrayList<>();
        for (String name : names) {
            Services.State state = services.state(name, job);
            if (state.known()) {
                kept.add(Kept.of(name, state));
            }
        }
        return kept;
    }

    /**
     * The states to go back to: those before the run, since a service that died in the meantime did not do so by being told to.
     * Instances are those of now.
     */
    static List<Kept> asBefore(List<Kept> now, List<Kept> before) {
        return now.stream()
                .map(kept -> before.stream()
                        .filter(then -> then.name().equals(kept.name()))
                        .findFirst()
                        .map(then -> new Kept(kept.name(), then.active(), then.enabled(), kept.instance()))
                        .orElse(kept))
                .toList();
    }

    /** Also restarts what was started since it was kept: it may run what has been replaced again meanwhile. Idempotent. */
    void restore(List<Kept> all, Job job) throws HostException, InterruptedException {
        for (Kept kept : all) {
            Services.State now = services.state(kept.name(), job);
            if (!now.known()) {
                continue;
            }
            if (now.enabled() != kept.enabled()) {
                job.output()
                        .line("Service " + kept.name() + (kept.enabled() ? " starts" : " does not start")
                                + " at boot again, as before");
                services.enable(kept.name(), kept.enabled(), job);
            }
            boolean stale = startedSince(kept, now) || services.outdated(kept.name(), job);
            if (kept.active() && (!now.active() || stale)) {
                job.output().line("Restarting " + kept.name() + ", which was active before");
                services.restart(kept.name(), job);
            } else if (!kept.active() && now.active()) {
                job.output().line("Stopping " + kept.name() + ", which was not active before");
                services.stop(kept.name(), job);
            }
        }
    }

    /** After a change: restarts those that were active and run what has been replaced. */
    void renew(List<Kept> all, Job job) throws HostException, InterruptedException {
        for (Kept kept : all) {
            if (kept.active() && services.outdated(kept.name(), job)) {
                job.output().line("Restarting " + kept.name() + ", which still runs the old program");
                services.restart(kept.name(), job);
            }
        }
    }

    /** Also false where the manager does not tell instances apart. */
    static boolean startedSince(Kept kept, Services.State now) {
        return !kept.instance().isEmpty()
                && !now.instance().isEmpty()
                && !kept.instance().equals(now.instance());
    }

    /** Whether those that were active are, and stay so for a while. */
    void requireActive(List<Kept> all, Job job) throws HostException, InterruptedException {
        await(all.stream().filter(Kept::active).toList(), job);
    }

    /** @return the evidence that all are as they were, a line each */
    List<String> proveRestored(List<Kept> all, Job job) throws HostException, InterruptedException {
        await(all, job);
        return all.stream()
                .map(k -> "service " + k.name() + " is " + (k.active() ? "active" : "not active") + ", as before")
                .toList();
    }

    private void await(List<Kept> all, Job job) throws HostException, InterruptedException {
        int inARow = 0;
        Look look = look(all, job);
        for (int looks = 1; looks < MOST_LOOKS; looks++) {
            inARow = look.wrong().isEmpty() ? inARow + 1 : 0;
            if (inARow >= LOOKS_IN_A_ROW || look.provesAll()) {
                return;
            }
            pause.of(look.pause());
            look = look(all, job);
        }
        throw new HostException(
                look.wrong().isEmpty()
                        ? "services do not stay as they were: "
                                + all.stream().map(Kept::name).toList()
                        : String.join("; ", look.wrong()));
    }

    /**
     * One look at all.
     *
     * @param steady of the one that changed last
     */
    private record Look(List<String> wrong, Duration steady) {
        boolean provesAll() {
            return wrong.isEmpty() && steady.compareTo(STEADY) >= 0;
        }

        /** Until the next look could prove it. */
        Duration pause() {
            Duration missing = STEADY.minus(steady);
            return wrong.isEmpty() && missing.compareTo(BETWEEN) < 0 ? missing : BETWEEN;
        }
    }

    private Look look(List<Kept> all, Job job) throws HostException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        Duration steady = STEADY;
        for (Kept kept : all) {
            Services.State now = services.state(kept.name(), job);
            if (now.active() != kept.active()) {
                wrong.add("service " + kept.name() + " is " + now.detail() + ", and was "
                        + (kept.active() ? "active" : "not active") + " before");
            }
            if (now.steady().compareTo(steady) < 0) {
                steady = now.steady();
            }
        }
        return new Look(wrong, steady);
    }
}
