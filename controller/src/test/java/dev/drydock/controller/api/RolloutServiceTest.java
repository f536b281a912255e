package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.controller.agents.HostPlan;
import dev.drydock.controller.playbook.PlaybookLibrary;
import dev.drydock.controller.playbook.Signed;
import dev.drydock.controller.playbook.Signers;
import dev.drydock.controller.rollout.Candidate;
import dev.drydock.controller.rollout.Emergency;
import dev.drydock.controller.rollout.Planning;
import dev.drydock.controller.rollout.PlaybookVersion;
import dev.drydock.controller.rollout.Previews;
import dev.drydock.controller.rollout.RolloutDraft;
import dev.drydock.controller.rollout.RolloutPlan;
import dev.drydock.controller.rollout.TimedNote;
import dev.drydock.controller.store.SqlPlaybooks;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.controller.store.SqlSavedPlans;
import dev.drydock.controller.store.SqlSigners;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.playbooks.sign.SigningKey;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepPlan;
import dev.drydock.proto.v1.AbortRolloutRequest;
import dev.drydock.proto.v1.ApplyRolloutRequest;
import dev.drydock.proto.v1.ApproveRolloutRequest;
import dev.drydock.proto.v1.CreateRolloutRequest;
import dev.drydock.proto.v1.GetRolloutRequest;
import dev.drydock.proto.v1.HostPreview;
import dev.drydock.proto.v1.HostRun;
import dev.drydock.proto.v1.ListRolloutsRequest;
import dev.drydock.proto.v1.PauseRolloutRequest;
import dev.drydock.proto.v1.PlanRolloutRequest;
import dev.drydock.proto.v1.ResumeRolloutRequest;
import dev.drydock.proto.v1.RetryRolloutRequest;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutPreview;
import dev.drydock.proto.v1.RolloutServiceGrpc;
import dev.drydock.proto.v1.RolloutServiceGrpc.RolloutServiceBlockingStub;
import dev.drydock.proto.v1.RolloutSpec;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.RolloutUpdate;
import dev.drydock.proto.v1.WatchRolloutRequest;
import dev.drydock.proto.v1.Wave;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RolloutServiceTest {
    @TempDir
    Path directory;

    private final FakeRollouts fake = new FakeRollouts();
    private final Map<String, HostPlan> answers = new ConcurrentHashMap<>();
    private final Planning planning = new Planning() {
        @Override
        public RolloutPlan plan(RolloutDraft draft) {
            return running("").plan();
        }

        @Override
        public List<Candidate> newcomers(RolloutPlan plan) {
            throw new AssertionError("nobody asks for newcomers here");
        }
    };
    private String digest = "";
    private TestServer server;
    private RolloutServiceBlockingStub rollouts;

    @BeforeEach
    void start() throws Exception {
        fake.rollouts.add(running(""));
        server = new TestServer(directory, test -> {
            Signers signers = new Signers(new SqlSigners(test.store()), TestServer.CLOCK);
            PlaybookLibrary library = new PlaybookLibrary(
                    new SqlPlaybooks(test.store()), signers, (file, yaml) -> List.of(), TestServer.CLOCK);
            push(signers, library);
            return List.of(new RolloutService(
                    fake,
                    new FakeHosts(),
                    library,
                    new Previews(
                            planning,
                            () -> Blackouts.NONE,
                            (hosts, playbook, params, patience) -> answers,
                            new SqlRunStore(test.store(), TestServer.CLOCK, run -> {}),
                            TestServer.CLOCK),
                    new SqlSavedPlans(test.store()),
                    test.streams(),
                    id -> id.equals("o-1") ? 2 : 0));
        });
        rollouts = server.client(RolloutServiceGrpc::newBlockingStub);
    }

    private void push(Signers signers, PlaybookLibrary library) {
        SigningKey ops = SigningKey.generate("ops");
        signers.pin("ops", ops.signer().rawKey());
        String yaml = Signed.yaml("web-monthly", "first");
        try {
            digest = library.push(Signed.envelope(yaml, ops), yaml).digest();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void createsWithTheVersionThatIsMeant() {
        RolloutSpec spec = RolloutSpec.newBuilder()
                .setName("web-nov")
                .setPlaybook("web-monthly")
                .setSelector("true")
                .setWindow("sunday-night")
                .putParams("site", "/var/www")
                .addWaves("1")
                .setMaxConcurrent("2")
                .setFailureThreshold("0")
                .setSoak(com.google.protobuf.Duration.newBuilder().setSeconds(900))
                .build();
        Rollout created = rollouts.createRollout(
                CreateRolloutRequest.newBuilder().setSpec(spec).build());

        assertThat(created.getId()).isEqualTo("o-1");
        RolloutDraft draft = fake.drafts.getFirst();
        assertThat(draft.playbook()).isEqualTo(new PlaybookVersion("web-monthly", 1, digest));
        assertThat(draft.params()).isEqualTo(Map.of("site", "/var/www"));
        assertThat(draft.strategy().waves()).containsExactly("1");
        assertThat(draft.strategy().soak()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void refusesWhatIsMissingAllAtOnce() {
        assertFails(Status.Code.INVALID_ARGUMENT, () -> create(RolloutSpec.getDefaultInstance()))
                .hasMessageContaining("name: is empty\nplaybook: is empty\nwindow: is empty");
        RolloutSpec spec = RolloutSpec.newBuilder()
                .setName("x")
                .setPlaybook("web-montly")
                .setWindow("w")
                .build();
        assertFails(Status.Code.NOT_FOUND, () -> create(spec)).hasMessageContaining("Did you mean web-monthly?");
        assertThat(fake.drafts).isEmpty();
    }

    private void create(RolloutSpec spec) {
        assertThat(rollouts.createRollout(
                        CreateRolloutRequest.newBuilder().setSpec(spec).build()))
                .isNotNull();
    }

    @Test
    void showsWavesAndWhyHostsWait() {
        Rollout rollout = rollouts.getRollout(
                GetRolloutRequest.newBuilder().setName("web-nov").build());
        assertThat(rollout.getState()).isEqualTo(RolloutState.RUNNING);
        assertThat(rollout.getFetchedHosts()).isEqualTo(2);
        assertThat(rollout.getSpec().getPlaybook()).isEqualTo("web-monthly@7");
        assertThat(rollout.getWavesList()).extracting(Wave::getNumber).containsExactly(1, 2);
        assertThat(rollout.getWaves(1).getHostsList())
                .extracting(HostRun::getHost)
                .containsExactly("web-02", "web-03");
        assertThat(rollout.getWaves(1).getHosts(0).getReason()).isEqualTo("offline");
        assertThat(rollout.getWaves(0).getHosts(0).getState()).isEqualTo(RunState.RUNNING);
        assertThat(rollout.getNotIncluded(0).getHost()).isEqualTo("web-11");
        assertThat(rollout.hasEndedAt()).isFalse();
        assertThat(rollouts.listRollouts(ListRolloutsRequest.getDefaultInstance())
                        .getRolloutsList())
                .containsExactly(rollout.toBuilder()
                        .clearWaves()
                        .clearFetchedHosts()
                        .clearSteerable()
                        .clearApprovable()
                        .build());
    }

    @Test
    void pausesResumesAndAborts() {
        assertThat(rollouts.pauseRollout(PauseRolloutRequest.newBuilder()
                                .setName("web-nov")
                                .build())
                        .getId())
                .isEqualTo("o-1");
        assertThat(rollouts.resumeRollout(
                                ResumeRolloutRequest.newBuilder().setName("o-1").build())
                        .getId())
                .isEqualTo("o-1");
        assertThat(rollouts.abortRollout(AbortRolloutRequest.newBuilder()
                                .setName("web-nov")
                                .setRollBack(true)
                                .build())
                        .getId())
                .isEqualTo("o-1");
        assertThat(fake.asked).containsExactly("pause web-nov", "resume o-1", "abort web-nov and roll back");
        assertFails(Status.Code.NOT_FOUND, () -> assertThat(rollouts.pauseRollout(PauseRolloutRequest.newBuilder()
                                .setName("web-mov")
                                .build()))
                        .isNotNull())
                .hasMessageContaining("Did you mean web-nov?");
    }

    @Test
    void aWatchSeesEachChangeUntilTheEnd() {
        Iterator<RolloutUpdate> updates = watch("web-nov");
        assertThat(updates.next().getRollout().getState()).isEqualTo(RolloutState.RUNNING);

        await().until(() -> !fake.listeners.isEmpty());
        fake.happened(running("wave 1 of 2"), List.of(new TimedNote(FakeHosts.NOON, "h-1", "patched")));
        RolloutUpdate second = updates.next();
        assertThat(second.getRollout().getReason()).isEqualTo("wave 1 of 2");
        assertThat(second.getNotes(0).getHost()).isEqualTo("web-01");
        assertThat(second.getNotes(0).getText()).isEqualTo("patched");

        fake.happened(
                Samples.rollout(
                        dev.drydock.controller.rollout.RolloutState.COMPLETED, RunState.SUCCEEDED, "all patched"),
                List.of());
        assertThat(updates.next().getRollout().getState()).isEqualTo(RolloutState.COMPLETED);
        assertThat(updates.hasNext()).isFalse();
        await().until(fake.listeners::isEmpty);
    }

    @Test
    void aClientThatReadsSlowlyGetsTheNewestWithTheNotesInBetween() {
        SlowWatcher watcher = new SlowWatcher();
        server.client(RolloutServiceGrpc::newStub).watchRollout(request("web-nov"), watcher);
        await().until(() -> !fake.listeners.isEmpty());
        watcher.request(1);
        await().until(() -> !watcher.updates.isEmpty());

        String longText = "x".repeat(4_000);
        IntStream.range(0, 500)
                .forEach(i -> fake.happened(
                        running("change " + i), List.of(new TimedNote(FakeHosts.NOON, "", i + longText))));
        watcher.request(1_000);
        await().until(() -> watcher.updates.getLast().getRollout().getReason().equals("change 499"));

        assertThat(watcher.updates).hasSizeLessThan(500);
        assertThat(watcher.updates.stream()
                        .mapToInt(RolloutUpdate::getNotesCount)
                        .sum())
                .isEqualTo(500);
    }

    @Test
    void aWatchThatTheClientLeavesIsClosed() {
        try (Context.CancellableContext context = Context.current().withCancellation()) {
            context.run(() -> assertThat(watch("web-nov").next()).isNotNull());
            await().until(() -> !fake.listeners.isEmpty());
        }
        await().until(fake.listeners::isEmpty);
    }

    @Test
    void aWatchOfNothingFailsAtOnce() {
        assertFails(Status.Code.NOT_FOUND, () -> assertThat(watch("web-mov").next())
                        .isNotNull())
                .hasMessageContaining("Did you mean web-nov?");
    }

    @Test
    void aStoppingControllerEndsWatchesSoThatClientsComeBack() throws Exception {
        Iterator<RolloutUpdate> updates = watch("web-nov");
        assertThat(updates.next()).isNotNull();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stop);
        assertFails(Status.Code.UNAVAILABLE, updates::hasNext).hasMessageContaining("is stopping");
        stopped.get();
        assertThat(fake.listeners).isEmpty();
    }

    private Iterator<RolloutUpdate> watch(String name) {
        return rollouts.watchRollout(request(name));
    }

    private static WatchRolloutRequest request(String name) {
        return WatchRolloutRequest.newBuilder().setName(name).build();
    }

    private static dev.drydock.controller.rollout.Rollout running(String reason) {
        return Samples.rollout(dev.drydock.controller.rollout.RolloutState.RUNNING, RunState.RUNNING, reason);
    }

    private static final class SlowWatcher implements ClientResponseObserver<WatchRolloutRequest, RolloutUpdate> {
        private final List<RolloutUpdate> updates = new CopyOnWriteArrayList<>();
        private volatile @Nullable ClientCallStreamObserver<WatchRolloutRequest> call;

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchRolloutRequest> started) {
            started.disableAutoRequestWithInitial(0);
            call = started;
        }

        void request(int count) {
            Objects.requireNonNull(call).request(count);
        }

        @Override
        public void onNext(RolloutUpdate update) {
            updates.add(update);
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }

    private static RolloutSpec spec(String name) {
        return RolloutSpec.newBuilder()
                .setName(name)
                .setPlaybook("web-monthly")
                .setSelector("true")
                .setWindow("sunday-night")
                .build();
    }

    private static HostPlan updates(String to) {
        return new HostPlan(
                "",
                List.of(StepPlan.newBuilder()
                        .addChanges(Change.newBuilder()
                                .setKind("package")
                                .setName("openssl")
                                .setTo(to))
                        .build()));
    }

    @Test
    void aPlanIsShownAndAppliedWhileTheWorldIsAsItWas() {
        answers.put("h-1", updates("3.0.22"));
        RolloutPreview preview = rollouts.planRollout(
                PlanRolloutRequest.newBuilder().setSpec(spec("web-nov")).build());
        assertThat(preview.getRollout().getWavesCount()).isEqualTo(2);
        assertThat(preview.getHostsList()).extracting(HostPreview::getHost).containsExactly("web-01");
        assertThat(preview.getRunsKnown()).isZero();
        assertThat(fake.drafts).isEmpty();

        ApplyRolloutRequest apply =
                ApplyRolloutRequest.newBuilder().setName("web-nov").build();
        fake.rollouts.clear();
        answers.put("h-1", updates("3.0.23"));
        assertFails(Status.Code.FAILED_PRECONDITION, () -> rollouts.applyRollout(apply))
                .hasMessageContaining("The world has moved since plan web-nov was made")
                .hasMessageContaining(
                        "host web-01: package openssl  → 3.0.23; the plan says: package openssl  → 3.0.22");
        answers.put("h-1", updates("3.0.22"));
        fake.rollouts.add(running(""));
        assertThat(rollouts.applyRollout(apply).getId()).isEqualTo("o-1");
        assertThat(fake.drafts).extracting(RolloutDraft::by).containsExactly("admin");
        assertFails(
                        Status.Code.NOT_FOUND,
                        () -> rollouts.applyRollout(ApplyRolloutRequest.newBuilder()
                                .setName("web-nof")
                                .build()))
                .hasMessageContaining("Did you mean web-nov?");
    }

    @Test
    void approvalsAndRetriesSayWho() {
        rollouts.approveRollout(ApproveRolloutRequest.newBuilder()
                .setName("web-nov")
                .setWave(2)
                .setComment("canary is well")
                .build());
        rollouts.retryRollout(RetryRolloutRequest.newBuilder()
                .setName("web-nov")
                .addHosts("web-01")
                .build());
        assertThat(fake.asked)
                .containsExactly("approve web-nov wave 2 by admin: canary is well", "retry web-nov [web-01]");
    }

    @Test
    void anEmergencyNeedsNoWindow() {
        rollouts.createRollout(CreateRolloutRequest.newBuilder()
                .setSpec(spec("web-nov").toBuilder()
                        .clearWindow()
                        .setEmergency("exploited")
                        .setEmergencyFor(
                                com.google.protobuf.Duration.newBuilder().setSeconds(3600)))
                .build());
        assertThat(fake.drafts.getFirst().emergency()).contains(new Emergency("exploited", Duration.ofHours(1)));
    }
}
