package dev.drydock.e2e.cluster;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.drydock.agent.action.Action;
import dev.drydock.agent.action.ActionException;
import dev.drydock.agent.action.Check;
import dev.drydock.agent.action.StepContext;
import dev.drydock.agent.facts.HostFacts;
import dev.drydock.agent.run.Catalog;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Os;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A host that is nothing but parts with a version each, which a run takes one up, so that a run that is done twice shows. It outlives its
 * agent, and remembers how often each run changed each part. Thread-safe.
 */
final class SimHost implements Catalog, HostFacts {
    /** Of {@code command.run}: {@code argv: [/sim/update, PART]}. Of {@code command.check}: {@code argv: [/sim/healthy]}. */
    static final String PLAYBOOK = """
            apiVersion: drydock/v1
            kind: Playbook
            metadata: {name: cluster, description: Takes two parts of a simulated host to their next version}
            spec:
              steps:
                - name: Web
                  command.run: {argv: [/sim/update, web], undo: [/sim/undo, web]}
                - name: Database
                  command.run: {argv: [/sim/update, db], undo: [/sim/undo, db]}
              verify:
                - command.check: {argv: [/sim/healthy], grace: 1s}
            """;

    static final List<String> PARTS = List.of("web", "db");

    private static final int LONGEST_MILLIS = 400;

    private final String name;
    private final Random random;
    private final Map<String, Long> versions = new TreeMap<>();
    private final Map<String, Integer> changes = new ConcurrentHashMap<>();
    private Map<String, Long> healthyAt = Map.of();
    private boolean ill;
    private Runnable atChange = () -> {};

    SimHost(String name, Random random) {
        this.name = name;
        this.random = random;
        PARTS.forEach(part -> versions.put(part, 0L));
    }

    String name() {
        return name;
    }

    /** @param fails whether it does not get on with what comes from now on */
    synchronized void expect(boolean fails) {
        ill = fails;
        healthyAt = Map.copyOf(versions);
    }

    /** Told once, before the next change. */
    synchronized void atNextChange(Runnable what) {
        atChange = what;
    }

    synchronized Map<String, Long> versions() {
        return Map.copyOf(versions);
    }

    /** By {@code RUN/PART}: how often it was begun to change it. */
    Map<String, Integer> changes() {
        return Map.copyOf(changes);
    }

    private synchronized boolean healthy() {
        return !ill || versions.equals(healthyAt);
    }

    private synchronized long version(String part) {
        return versions.getOrDefault(part, 0L);
    }

    private synchronized void set(String part, long version) {
        versions.put(part, version);
    }

    private synchronized Runnable takeAtChange() {
        Runnable told = atChange;
        atChange = () -> {};
        return told;
    }

    private synchronized Duration work() {
        return Duration.ofMillis(random.nextInt(LONGEST_MILLIS));
    }

    @Override
    public Host current() {
        return Host.newBuilder()
                .setName(name)
                .setOs(Os.newBuilder().setId("debian").setFamily("debian"))
                .build();
    }

    @Override
    public Host gather(boolean refreshLists) {
        return current();
    }

    @Override
    public Optional<Action> action(String action) {
        return action.equals("command.run") ? Optional.of(new Update()) : Optional.empty();
    }

    @Override
    public Optional<Check> check(String check) {
        return check.equals("command.check") ? Optional.of(new Healthy()) : Optional.empty();
    }

    private final class Update implements Action {
        @Override
        public String name() {
            return "command.run";
        }

        @Override
        public Duration defaultTimeout() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration defaultRollbackTimeout() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Plan plan(StepContext context) {
            long now = version(part(context));
            return Plan.of(List.of(Change.newBuilder()
                    .setKind("part")
                    .setName(part(context))
                    .setFrom(String.valueOf(now))
                    .setTo(String.valueOf(now + 1))
                    .build()));
        }

        @Override
        public Struct prepare(StepContext context, Plan plan) {
            return Struct.newBuilder()
                    .putFields(
                            "before",
                            Value.newBuilder()
                                    .setNumberValue(version(part(context)))
                                    .build())
                    .build();
        }

        @Override
        public Applied apply(StepContext context, Struct prepared) throws InterruptedException {
            takeAtChange().run();
            // RUN/steps/STEP
            Path directory = context.workDir();
            String run = directory.getName(directory.getNameCount() - 3).toString();
            changes.merge(run + "/" + part(context), 1, Integer::sum);
            // A change takes its time, in which it can be struck.
            Thread.sleep(work());
            // By one, and not to a version: twice is seen.
            set(part(context), version(part(context)) + 1);
            Thread.sleep(work());
            return new Applied(List.of());
        }

        @Override
        public void verify(StepContext context, Struct prepared, boolean interrupted) throws ActionException {
            require(context, before(prepared) + 1);
        }

        @Override
        public void rollback(StepContext context, Struct prepared) throws InterruptedException {
            Thread.sleep(work());
            set(part(context), before(prepared));
        }

        @Override
        public List<String> verifyRollback(StepContext context, Struct prepared) throws ActionException {
            require(context, before(prepared));
            return List.of(part(context) + " has version " + before(prepared));
        }

        private void require(StepContext context, long expected) throws ActionException {
            long found = version(part(context));
            if (found != expected) {
                throw new ActionException(part(context) + " has version " + found + ", expected " + expected);
            }
        }

        private static long before(Struct prepared) {
            return (long) prepared.getFieldsOrThrow("before").getNumberValue();
        }

        private static String part(StepContext context) {
            return context.args().strings("argv").getLast();
        }
    }

    private final class Healthy implements Check {
        @Override
        public String name() {
            return "command.check";
        }

        @Override
        public Struct observe(StepContext context) {
            return Struct.newBuilder()
                    .putFields(
                            "healthy",
                            Value.newBuilder().setBoolValue(healthy()).build())
                    .build();
        }

        @Override
        public Finding judge(StepContext context, Struct baseline, Struct now) {
            return now.getFieldsOrThrow("healthy").getBoolValue()
                    ? Finding.holds("healthy")
                    : Finding.fails("ill", "the host is ill");
        }
    }
}
