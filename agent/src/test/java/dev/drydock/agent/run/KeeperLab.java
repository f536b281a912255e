package dev.drydock.agent.run;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Action;
import dev.drydock.agent.action.ActionException;
import dev.drydock.agent.action.Check;
import dev.drydock.agent.action.StepContext;
import dev.drydock.agent.facts.HostFacts;
import dev.drydock.agent.policy.PolicyFile;
import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.parse.PlaybookParser;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.playbooks.sign.PublicSigner;
import dev.drydock.playbooks.sign.SigningKey;
import dev.drydock.proto.agent.v1.Ack;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.Fetched;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.OpenRun;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Os;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A keeper of runs on a host that a test controls: what is done to it stops at gates until the test opens them. */
final class KeeperLab implements Catalog, HostFacts, AutoCloseable {
    static final String PLAYBOOK = """
            apiVersion: drydock/v1
            kind: Playbook
            metadata: {name: test}
            spec:
              params:
                part: {type: string, default: a}
              hosts: host.os.family == "debian" && host.labels.role == "web"
              steps:
                - test.change: {part: "${{ params.part }}"}
            """;

    final ManualTime time = new ManualTime();
    final SigningKey key = SigningKey.generate("ops");
    final Path directory;
    final Path policy;
    final Map<String, String> host = new ConcurrentHashMap<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    List<PublicSigner> pinned = List.of(key.signer());
    String bootId = "boot-1";
    volatile String closedGate = "";
    private RunKeeper keeper;

    KeeperLab(Path root) throws IOException {
        directory = root.resolve("data");
        policy = root.resolve("policy.yaml");
        keeper = open();
        keeper.start();
    }

    private RunKeeper open() {
        return new RunKeeper(directory, this, () -> pinned, this, new PolicyFile(policy), time, bootId, "1.0.0");
    }

    RunKeeper keeper() {
        return keeper;
    }

    /** As when the process ends, is started again, and meanwhile something happened to its files. */
    RunKeeper restart(Meanwhile meanwhile) throws IOException {
        keeper.close();
        meanwhile.happens();
        keeper = open();
        keeper.start();
        return keeper;
    }

    RunKeeper restart() throws IOException {
        return restart(() -> {});
    }

    interface Meanwhile {
        void happens() throws IOException;
    }

    byte[] envelope() {
        return envelope(PLAYBOOK, key);
    }

    static byte[] canonical(String yaml) {
        try {
            return CanonicalForm.write(PlaybookParser.parse("test.yaml", yaml));
        } catch (InvalidPlaybookException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] envelope(String yaml, SigningKey key) {
        return Envelope.sign(canonical(yaml), key).write();
    }

    Offer.Builder offer(String runId) {
        return offer(runId, PLAYBOOK);
    }

    Offer.Builder offer(String runId, String yaml) {
        Instant now = time.wall();
        return Offer.newBuilder()
                .setRunId(runId)
                .setPlaybookDigest(CanonicalForm.digest(canonical(yaml)))
                .putLabels("role", "web")
                .setWindowName("night")
                .setOfferedAt(Instants.of(now))
                .setWindowOpens(Instants.of(now))
                .setStartBefore(Instants.of(now.plus(Duration.ofHours(2))))
                .setWindowCloses(Instants.of(now.plus(Duration.ofHours(4))));
    }

    /** What the gate is called where the run is to stop, for example {@code apply a}. */
    void closeGate(String call) {
        closedGate = call;
    }

    void openGate() {
        closedGate = "";
    }

    void awaitCall(String call) {
        await().until(() -> calls.contains(call));
    }

    RunState awaitEnd(String runId) throws IOException {
        await().until(() -> RunMachine.ended(state(runId)));
        return state(runId);
    }

    RunState state(String runId) throws IOException {
        return RunFold.of(events(runId)).state();
    }

    String reason(String runId) throws IOException {
        return RunFold.of(events(runId)).reason();
    }

    /** Of a run that is not delivered yet, fetched in small pieces. */
    List<RunEvent> events(String runId) throws IOException {
        List<RunEvent> events = new ArrayList<>();
        List<RunEvent> some;
        do {
            some = keeper.events(runId, events.size(), 300);
            events.addAll(some);
        } while (!some.isEmpty());
        return events;
    }

    OpenRun undelivered(String runId) {
        return keeper.undelivered().stream()
                .filter(run -> run.getRunId().equals(runId))
                .findFirst()
                .orElseThrow();
    }

    Ack everythingOf(String runId) {
        OpenRun run = undelivered(runId);
        return Ack.newBuilder()
                .setRunId(runId)
                .setSequence(run.getLastSequence())
                .setOutputSize(run.getOutputSize())
                .build();
    }

    RunFiles files(String runId) {
        return new RunFiles(directory.resolve("runs").resolve(runId));
    }

    void writePolicy(String yaml) throws IOException {
        Files.writeString(policy, yaml);
    }

    @Override
    public Host current() {
        return Host.newBuilder().setOs(Os.newBuilder().setFamily("debian")).build();
    }

    @Override
    public Host gather(boolean refreshLists) {
        return current();
    }

    @Override
    public Optional<Action> action(String name) {
        return name.equals("test.change") ? Optional.of(new PartAction(name)) : Optional.empty();
    }

    @Override
    public Optional<Check> check(String name) {
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        openGate();
        keeper.close();
    }

    private final class PartAction implements Action {
        private final String name;

        private PartAction(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Duration defaultTimeout() {
            return Duration.ofMinutes(10);
        }

        @Override
        public Duration defaultRollbackTimeout() {
            return Duration.ofMinutes(10);
        }

        @Override
        public Plan plan(StepContext context) throws InterruptedException {
            pass("plan", context);
            return host.containsKey(part(context))
                    ? Plan.of(List.of())
                    : Plan.of(List.of(Change.newBuilder().setName(part(context)).build()));
        }

        @Override
        public Fetched fetch(StepContext context, Plan plan) throws ActionException, InterruptedException {
            pass("fetch", context);
            if (part(context).equals("no mirror")) {
                throw new ActionException("no mirror answers");
            }
            try {
                Path file =
                        Files.createDirectories(context.fetched().orElseThrow()).resolve("file");
                Files.writeString(file, part(context) + ", fetched\n");
                return Fetched.newBuilder()
                        .setFiles(1)
                        .setBytes(Files.size(file))
                        .build();
            } catch (IOException e) {
                throw new ActionException("cannot fetch", e);
            }
        }

        @Override
        public Struct prepare(StepContext context, Plan plan) throws ActionException, InterruptedException {
            pass("prepare", context);
            try {
                Path fetched = context.fetched().orElseThrow().resolve("file");
                if (Files.exists(fetched)) {
                    Files.copy(fetched, context.workDir().resolve("found"));
                }
                Files.writeString(context.workDir().resolve("kept"), "the old state");
            } catch (IOException e) {
                throw new ActionException("cannot keep the old state", e);
            }
            return Struct.getDefaultInstance();
        }

        @Override
        public Applied apply(StepContext context, Struct prepared) throws InterruptedException {
            context.output().line("changing " + part(context));
            pass("apply", context);
            host.put(part(context), "new");
            return new Applied(List.of());
        }

        @Override
        public void verify(StepContext context, Struct prepared, boolean interrupted)
                throws ActionException, InterruptedException {
            pass("verify", context);
            if (!host.containsKey(part(context))) {
                throw new ActionException(part(context) + " is not changed");
            }
        }

        @Override
        public void rollback(StepContext context, Struct prepared) throws InterruptedException {
            pass("rollback", context);
            host.remove(part(context));
        }

        @Override
        public List<String> verifyRollback(StepContext context, Struct prepared) {
            return List.of(part(context) + " is as it was");
        }

        private void pass(String what, StepContext context) throws InterruptedException {
            String call = what + " " + part(context);
            calls.add(call);
            Inbox never = new Inbox();
            while (closedGate.equals(call)) {
                boolean unused = never.await(Duration.ofMillis(2));
            }
        }

        private static String part(StepContext context) {
            return context.args().string("part");
        }
    }
}
