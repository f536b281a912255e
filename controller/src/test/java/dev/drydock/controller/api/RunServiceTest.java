package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static dev.drydock.controller.run.Runs.accepted;
import static dev.drydock.controller.run.Runs.offered;
import static dev.drydock.controller.run.Runs.result;
import static dev.drydock.controller.run.Runs.step;
import static dev.drydock.controller.run.Runs.transition;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.drydock.controller.agents.output.RunOutputFiles;
import dev.drydock.controller.run.OpenRuns;
import dev.drydock.controller.run.RunDispatcher;
import dev.drydock.controller.store.RunTable;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.v1.CancelRunRequest;
import dev.drydock.proto.v1.GetRunRequest;
import dev.drydock.proto.v1.ListRunsRequest;
import dev.drydock.proto.v1.OutputChunk;
import dev.drydock.proto.v1.Run;
import dev.drydock.proto.v1.RunServiceGrpc;
import dev.drydock.proto.v1.RunServiceGrpc.RunServiceBlockingStub;
import dev.drydock.proto.v1.StreamOutputRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunServiceTest {
    @TempDir
    Path directory;

    private final FakeHosts hosts = new FakeHosts();
    private final FakeRollouts rollouts = new FakeRollouts();
    private final Dispatched dispatched = new Dispatched();
    private RunOutputFiles output;
    private SqlRunStore store;
    private TestServer server;
    private RunServiceBlockingStub runs;

    @BeforeEach
    void start() throws Exception {
        hosts.add("h-1", "web-01", "web");
        rollouts.rollouts.add(
                Samples.rollout(dev.drydock.controller.rollout.RolloutState.RUNNING, RunState.RUNNING, ""));
        output = new RunOutputFiles(directory.resolve("output"), 200_000);
        server = new TestServer(directory, test -> {
            SqlRunStore served = runStore(test);
            return List.of(new RunService(served, served, dispatched, output, hosts, rollouts, test.streams()));
        });
        store = runStore(server);
        put("r-1", "h-1");
        put("r-2", "h-gone");
        runs = server.client(RunServiceGrpc::newBlockingStub);
    }

    @AfterEach
    void stop() {
        server.close();
        output.close();
    }

    private static SqlRunStore runStore(TestServer test) {
        return new SqlRunStore(test.store(), TestServer.CLOCK, run -> {});
    }

    private void put(String run, String host) {
        server.store().writeNow(handle -> {
            RunTable.insert(handle, offered(run, host));
            return true;
        });
    }

    /** As the agent plane does with output. */
    private void write(String text, long offset) {
        long end = output.write("r-1", offset, ByteString.copyFromUtf8(text)).join();
        store.outputStored("r-1", end).join();
    }

    private static RunEvent with(RunEvent event, Change change, String reason, long outputTo) {
        return event.toBuilder()
                .setStep(event.getStep().toBuilder()
                        .addChanges(change)
                        .setReason(reason)
                        .setOutputTo(outputTo))
                .build();
    }

    @Test
    void showsARunWithItsStepsAndResult() {
        Change planned = Change.newBuilder().setName("planned").build();
        Change done = Change.newBuilder().setName("openssl").build();
        store.append(
                        "r-1",
                        List.of(
                                accepted(),
                                transition(2, RunState.ACCEPTED, RunState.RUNNING),
                                with(step(3, 0, "Security updates", StepState.PREPARING), planned, "", 0),
                                with(step(4, 0, "Security updates", StepState.FAILED), done, "postinst failed", 9),
                                step(5, 1, "Reboot", StepState.SKIPPED),
                                step(6, 0, "Security updates", StepState.STEP_ROLLED_BACK),
                                result(7, RunState.ROLLED_BACK, "postinst failed")))
                .join();

        Run run = get("r-1");
        assertThat(run.getHost()).isEqualTo("web-01");
        assertThat(run.getRollout()).isEqualTo("web-nov");
        assertThat(run.getPlaybook()).isEqualTo("web-monthly@7");
        assertThat(run.getState()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(run.getLastSequence()).isEqualTo(7);
        assertThat(run.getResult().getOutcome()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(run.getStepsList()).hasSize(2);
        assertThat(run.getSteps(0).getState()).isEqualTo(StepState.STEP_ROLLED_BACK);
        assertThat(run.getSteps(0).getReason()).isEqualTo("postinst failed");
        assertThat(run.getSteps(0).getChangesList()).containsExactly(done);
        assertThat(run.getSteps(1).getName()).isEqualTo("Reboot");
    }

    @Test
    void listsByHostAndRolloutAndSaysWhatThereIsNot() {
        assertThat(list("", "")).containsExactly("r-2", "r-1");
        assertThat(list("web-01", "")).containsExactly("r-1");
        assertThat(list("", "web-nov")).containsExactly("r-2", "r-1");
        assertFails(Status.Code.NOT_FOUND, () -> list("web-1", "")).hasMessageContaining("Did you mean web-01?");
        assertFails(Status.Code.NOT_FOUND, () -> list("", "web-mov")).hasMessageContaining("Did you mean web-nov?");
        assertFails(Status.Code.INVALID_ARGUMENT, () -> assertThat(runs.listRuns(
                                ListRunsRequest.newBuilder().setLimit(-1).build()))
                        .isNotNull())
                .hasMessageContaining("limit: -1");
    }

    private List<String> list(String host, String rollout) {
        return runs
                .listRuns(ListRunsRequest.newBuilder()
                        .setHost(host)
                        .setRollout(rollout)
                        .build())
                .getRunsList()
                .stream()
                .map(Run::getId)
                .toList();
    }

    @Test
    void aHostThatIsGoneIsShownByItsId() {
        assertThat(get("r-2").getHost()).isEqualTo("h-gone");
    }

    @Test
    void aCancelIsOnRecordAndSentOut() {
        assertThat(cancel("r-1", true).getId()).isEqualTo("r-1");
        assertThat(store.openOn(List.of("h-1"))
                        .getOrDefault("h-1", OpenRuns.NONE)
                        .cancels())
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.mode()).isEqualTo(CancelRun.Mode.MODE_ROLL_BACK);
                    assertThat(request.reason()).isEqualTo("cancelled by admin");
                });
        assertThat(dispatched.cancels).containsExactly("h-1 r-1 MODE_ROLL_BACK");
    }

    @Test
    void aRunThatEndedCannotBeCancelledUnlessItWasAlready() {
        store.conclude("r-1", RunState.CANCELLED, "").join();
        assertThat(cancel("r-1", false).getState()).isEqualTo(RunState.CANCELLED);
        assertFails(Status.Code.FAILED_PRECONDITION, () -> cancel("r-1", true))
                .hasMessageContaining("has ended already: cancelled");
        assertFails(Status.Code.NOT_FOUND, () -> cancel("r-9", false)).hasMessageContaining("There is no run r-9");
        assertThat(dispatched.cancels).isEmpty();
    }

    private Run cancel(String id, boolean rollBack) {
        return runs.cancelRun(
                CancelRunRequest.newBuilder().setId(id).setRollBack(rollBack).build());
    }

    @Test
    void streamsWhatIsThereAndEnds() {
        write("x".repeat(100_000), 0);
        assertThat(text(stream("r-1", false))).isEqualTo("x".repeat(100_000));
        assertThat(text(stream("r-2", false))).isEmpty();
    }

    @Test
    void followsUntilTheRunAndItsOutputHaveEnded() {
        write("one\n", 0);
        Iterator<OutputChunk> chunks = stream("r-1", true);
        assertThat(chunks.next().getData().toStringUtf8()).isEqualTo("one\n");
        write("two\n", 4);
        assertThat(chunks.next().getData().toStringUtf8()).isEqualTo("two\n");

        // The result is durable before the last of the output: that is waited for.
        RunEvent last = step(2, 0, "Security updates", StepState.APPLIED);
        store.append(
                        "r-1",
                        List.of(
                                accepted(),
                                with(last, Change.getDefaultInstance(), "", 14),
                                result(3, RunState.SUCCEEDED, "")))
                .join();
        write("three\n", 8);
        OutputChunk rest = chunks.next();
        assertThat(rest.getOffset()).isEqualTo(8);
        assertThat(rest.getData().toStringUtf8()).isEqualTo("three\n");
        assertThat(chunks.hasNext()).isFalse();
    }

    @Test
    void outputBeyondTheLimitEndsWithAWordOfIt() {
        write("x".repeat(150_000), 0);
        write("y".repeat(150_000), 150_000);
        store.conclude("r-1", RunState.LOST, "").join();
        assertThat(text(stream("r-1", true))).startsWith("x".repeat(150_000)).hasSizeBetween(200_000, 201_000);
    }

    @Test
    void outputThatIsOnRecordAndNotThereIsAnError() {
        store.outputStored("r-1", 10).join();
        assertFails(Status.Code.DATA_LOSS, () -> text(stream("r-1", false))).hasMessageContaining("10 bytes");
        assertFails(Status.Code.NOT_FOUND, () -> text(stream("r-9", true)));
    }

    private Iterator<OutputChunk> stream(String id, boolean follow) {
        return runs.streamOutput(
                StreamOutputRequest.newBuilder().setId(id).setFollow(follow).build());
    }

    private static String text(Iterator<OutputChunk> chunks) {
        StringBuilder text = new StringBuilder();
        chunks.forEachRemaining(chunk -> text.append(chunk.getData().toStringUtf8()));
        return text.toString();
    }

    private Run get(String id) {
        return runs.getRun(GetRunRequest.newBuilder().setId(id).build());
    }

    private static final class Dispatched implements RunDispatcher {
        private final List<String> cancels = new CopyOnWriteArrayList<>();

        @Override
        public void wake(String hostId) {}

        @Override
        public void cancel(String hostId, String runId, CancelRun.Mode mode, String reason) {
            cancels.add(hostId + " " + runId + " " + mode);
        }
    }
}
