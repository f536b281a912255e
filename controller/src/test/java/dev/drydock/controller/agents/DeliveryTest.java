package dev.drydock.controller.agents;

import static dev.drydock.controller.run.Runs.offered;
import static dev.drydock.controller.run.Runs.result;
import static dev.drydock.controller.run.Runs.step;
import static dev.drydock.controller.run.Runs.transition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.protobuf.ByteString;
import dev.drydock.controller.agents.TestAgent.Connection;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.Runs;
import dev.drydock.controller.store.TestStores;
import dev.drydock.proto.agent.v1.Accepted;
import dev.drydock.proto.agent.v1.Ack;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.OpenRun;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunEvents;
import dev.drydock.proto.agent.v1.RunOutput;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeliveryTest {
    private static final long LIMIT = 1_000;
    private static final List<RunEvent> WHOLE = List.of(
            Runs.accepted(),
            transition(2, RunState.ACCEPTED, RunState.PREFLIGHT),
            transition(3, RunState.PREFLIGHT, RunState.RUNNING),
            step(4, 0, "Security updates", StepState.APPLIED),
            result(5, RunState.SUCCEEDED, "all checks green"));

    @TempDir
    Path directory;

    private TestPlane plane;
    private TestAgent agent;

    @BeforeEach
    void start() throws Exception {
        plane = TestPlane.in(directory, TestPlane.Options.DEFAULT.limitingOutput(LIMIT));
        agent = plane.agent("web");
    }

    @AfterEach
    void close() {
        agent.close();
        plane.close();
    }

    /** Connected, with a run that was offered. */
    private Connection withOffer(String runId) {
        plane.offer(offered(runId, agent.hostId));
        Connection connection = agent.connect("i-1");
        assertThat(connection.next().getOffer().getRunId()).isEqualTo(runId);
        return connection;
    }

    @Test
    void whatIsDurableIsAcknowledged() {
        Connection connection = withOffer("r-1");
        connection.say(events("r-1", WHOLE.subList(0, 3)));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-1", 3, 0));
        assertThat(plane.runs.events("r-1")).isEqualTo(WHOLE.subList(0, 3));
        connection.say(events("r-1", WHOLE.subList(3, 5)));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-1", 5, 0));
        assertThat(plane.runs.find("r-1").orElseThrow().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void whatComesTwiceIsStoredOnceAndAcknowledgedAgain() {
        Connection connection = withOffer("r-1");
        for (int i = 0; i < 3; i++) {
            connection.say(events("r-1", WHOLE.subList(0, 3)));
            assertThat(connection.next().getAck()).isEqualTo(ack("r-1", 3, 0));
        }
        connection.say(events("r-1", WHOLE));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-1", 5, 0));
        assertThat(plane.runs.events("r-1")).isEqualTo(WHOLE);
    }

    @Test
    void afterAGapTheAgentComesBackAndIsToldWhereToGoOn() {
        Connection connection = withOffer("r-1");
        connection.say(events("r-1", WHOLE.subList(0, 2)));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-1", 2, 0));
        connection.say(events("r-1", WHOLE.subList(3, 5)));
        assertThat(connection.goAway().getReason()).contains("Event 4").contains("does not follow 2");
        assertThat(connection.status().getCode()).isEqualTo(Status.Code.ABORTED);

        Connection again = agent.connect("i-1", open("r-1", 5, 0));
        assertThat(again.welcome().getDurableList()).containsExactly(ack("r-1", 2, 0));
        again.say(events("r-1", WHOLE.subList(2, 5)));
        assertThat(again.next().getAck()).isEqualTo(ack("r-1", 5, 0));
        assertThat(plane.runs.events("r-1")).isEqualTo(WHOLE);
    }

    @Test
    void aBatchOutOfOrderIsRefusedAndNothingOfItStored() {
        Connection connection = withOffer("r-1");
        connection.say(events("r-1", List.of(WHOLE.get(0), WHOLE.get(2), WHOLE.get(1))));
        assertThat(connection.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(connection.status().getDescription()).contains("event 3 where 2 was expected");
        assertThat(plane.runs.events("r-1")).isEmpty();
    }

    @Test
    void eventsOfARestoredDatabasesUnknownRunAreAdopted() {
        Connection connection = agent.connect("i-1", open("r-lost", 5, 7));
        assertThat(connection.welcome().getUnknownRunsList()).containsExactly("r-lost");
        RunEvent first = WHOLE.getFirst().toBuilder()
                .setAccepted(Accepted.newBuilder()
                        .setOffer(Offer.newBuilder()
                                .setRunId("r-lost")
                                .setRolloutId("o-7")
                                .setPlaybookName("web-monthly")
                                .setPlaybookVersion(3)
                                .setPlaybookDigest("d".repeat(64))
                                .setWindowName("sunday-night")
                                .putParams("site", "/srv")))
                .build();
        connection.say(events("r-lost", List.of(first, WHOLE.get(1))));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-lost", 2, 0));
        connection.say(output("r-lost", 0, "adopted"));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-lost", 2, 7));
        connection.say(events("r-lost", WHOLE.subList(2, 5)));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-lost", 5, 7));

        Run run = plane.runs.find("r-lost").orElseThrow();
        assertThat(run.hostId()).isEqualTo(agent.hostId);
        assertThat(run.rolloutId()).isEqualTo("o-7");
        assertThat(run.params()).containsEntry("site", "/srv");
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void anUnknownRunWithoutItsOfferIsRefused() {
        Connection connection = agent.connect("i-1");
        connection.say(events("r-lost", WHOLE.subList(0, 1)));
        assertThat(connection.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(plane.runs.find("r-lost")).isEmpty();
    }

    @Test
    void anotherHostsRunIsNotTouchedAndDoesNotStopTheSession() {
        plane.offer(offered("r-other", "h-other"));
        Connection connection = agent.connect("i-1", open("r-other", 3, 5));
        assertThat(connection.welcome().getDurableList()).containsExactly(ack("r-other", 3, 5));
        connection.say(events("r-other", WHOLE));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-other", 5, 5));
        connection.say(output("r-other", 5, "mine"));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-other", 5, 9));

        assertThat(plane.runs.events("r-other")).isEmpty();
        assertThat(plane.runs.find("r-other")).contains(offered("r-other", "h-other"));
        assertThat(directory.resolve("output/r-other.log")).doesNotExist();
    }

    @Test
    void outputIsWholeWhateverComesTwice() throws Exception {
        Connection connection = withOffer("r-1");
        connection.say(events("r-1", WHOLE.subList(0, 1)));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-1", 1, 0));
        connection.say(output("r-1", 0, "0123456789"));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-1", 1, 10));
        connection.say(output("r-1", 5, "56789abcde"));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-1", 1, 15));
        connection.say(output("r-1", 0, "0123456789"));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-1", 1, 15));

        assertThat(text("r-1")).isEqualTo("0123456789abcde");
        assertThat(plane.runs.find("r-1").orElseThrow().outputSize()).isEqualTo(15);

        connection.say(output("r-1", 99, "gap"));
        assertThat(connection.goAway().getReason()).contains("from 99").contains("does not follow 15");
        Connection again = agent.connect("i-1", open("r-1", 1, 102));
        assertThat(again.welcome().getDurableList()).containsExactly(ack("r-1", 1, 15));
        assertThat(text("r-1")).isEqualTo("0123456789abcde");
    }

    @Test
    void outputPastTheLimitIsAcknowledgedAndMarkedAsCut() throws Exception {
        Connection connection = withOffer("r-1");
        connection.say(events("r-1", WHOLE.subList(0, 1)));
        connection.next();
        connection.say(output("r-1", 0, "x".repeat(900)));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-1", 1, 900));
        connection.say(output("r-1", 900, "y".repeat(900)));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-1", 1, 1_800));
        connection.say(output("r-1", 1_800, "z".repeat(900)));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-1", 1, 2_700));

        assertThat(text("r-1"))
                .startsWith("x".repeat(900) + "y".repeat(100) + "\n[drydock: cut here, at 1000 bytes")
                .doesNotContain("z")
                .endsWith("]\n");
        Connection again = agent.connect("i-1", open("r-1", 1, 2_700));
        assertThat(again.welcome().getDurableList()).containsExactly(ack("r-1", 1, 2_700));
    }

    @Test
    void outputThatWasLostFromDiskIsAskedForAgain() throws Exception {
        Connection connection = withOffer("r-1");
        connection.say(events("r-1", WHOLE.subList(0, 1)));
        connection.next();
        connection.say(output("r-1", 0, "0123456789"));
        connection.next();
        Files.delete(directory.resolve("output/r-1.log"));
        Connection again = agent.connect("i-1", open("r-1", 1, 10));
        assertThat(again.welcome().getDurableList()).containsExactly(ack("r-1", 1, 0));
        again.say(output("r-1", 0, "0123456789"));
        assertThat(again.next().getAck()).isEqualTo(ack("r-1", 1, 10));
        assertThat(text("r-1")).isEqualTo("0123456789");
    }

    @Test
    void aRunsIdIsNeverAPath() {
        Connection connection = agent.connect("i-1");
        connection.say(output("../evil", 0, "x"));
        assertThat(connection.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(directory.resolve("evil.log")).doesNotExist();
    }

    @Test
    void whatAFullDatabaseCannotTakeIsNotAcknowledgedAndComesAgain() {
        assumeFalse(TestStores.onPostgres(), "the disk is made full as SQLite has it");
        Connection connection = withOffer("r-1");
        connection.say(events("r-1", WHOLE.subList(0, 2)));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-1", 2, 0));
        // The limit is one of the writer's connection, which is replaced after the failure: then there is space again.
        plane.store.writeNow(handle -> handle.execute("PRAGMA max_page_count = 1"));
        RunEvent big = step(3, 0, "x".repeat(200_000), StepState.APPLIED);
        connection.say(events("r-1", List.of(big)));

        assertThat(connection.goAway().getReason()).contains("disk is full").contains("Free space");
        assertThat(connection.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(plane.runs.events("r-1")).isEqualTo(WHOLE.subList(0, 2));

        Connection again = agent.connect("i-1", open("r-1", 3, 0));
        assertThat(again.welcome().getDurableList()).containsExactly(ack("r-1", 2, 0));
        again.say(events("r-1", List.of(big)));
        assertThat(again.next().getAck()).isEqualTo(ack("r-1", 3, 0));
        assertThat(plane.runs.events("r-1")).hasSize(3);
    }

    @Test
    void outputThatCannotBeWrittenIsNotAcknowledgedAndComesAgain() throws Exception {
        Connection connection = withOffer("r-1");
        connection.say(events("r-1", WHOLE.subList(0, 1)));
        connection.next();
        Path inTheWay = Files.createDirectory(directory.resolve("output/r-1.log"));
        connection.say(output("r-1", 0, "0123456789"));
        assertThat(connection.goAway().getReason())
                .contains("cannot be written")
                .contains("space");
        assertThat(connection.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(plane.runs.find("r-1").orElseThrow().outputSize()).isZero();

        Files.delete(inTheWay);
        Connection again = agent.connect("i-1", open("r-1", 1, 10));
        again.say(output("r-1", 0, "0123456789"));
        assertThat(again.next().getAck()).isEqualTo(ack("r-1", 1, 10));
        assertThat(text("r-1")).isEqualTo("0123456789");
    }

    @Test
    void manyBatchesInOneGoAreAllAcknowledgedInOrder() {
        Connection connection = withOffer("r-1");
        connection.say(events("r-1", WHOLE.subList(0, 1)));
        int count = 300;
        for (int sequence = 2; sequence <= count; sequence++) {
            connection.say(events("r-1", List.of(step(sequence, 0, "s", StepState.APPLYING))));
        }
        for (int sequence = 1; sequence <= count; sequence++) {
            assertThat(connection.next().getAck()).isEqualTo(ack("r-1", sequence, 0));
        }
        assertThat(plane.runs.events("r-1")).hasSize(count);
    }

    @Test
    void whatWasOnItsWayWhenTheStreamBrokeIsStoredOnce() {
        Connection connection = withOffer("r-1");
        connection.say(events("r-1", WHOLE));
        connection.drop();
        Connection again = agent.connect("i-1", open("r-1", 5, 0));
        again.say(events("r-1", WHOLE));
        await().until(() -> again.next().getAck().equals(ack("r-1", 5, 0)));
        assertThat(plane.runs.events("r-1")).isEqualTo(WHOLE);
    }

    private String text(String runId) throws Exception {
        return new String(plane.output.read(runId, 0, 100_000), StandardCharsets.UTF_8);
    }

    static AgentMessage.Builder events(String runId, List<RunEvent> events) {
        return AgentMessage.newBuilder()
                .setRunEvents(RunEvents.newBuilder().setRunId(runId).addAllEvents(events));
    }

    static AgentMessage.Builder output(String runId, long offset, String text) {
        return AgentMessage.newBuilder()
                .setRunOutput(RunOutput.newBuilder()
                        .setRunId(runId)
                        .setOffset(offset)
                        .setData(ByteString.copyFromUtf8(text)));
    }

    static Ack ack(String runId, long sequence, long output) {
        return Ack.newBuilder()
                .setRunId(runId)
                .setSequence(sequence)
                .setOutputSize(output)
                .build();
    }

    static OpenRun open(String runId, long sequence, long output) {
        return OpenRun.newBuilder()
                .setRunId(runId)
                .setLastSequence(sequence)
                .setOutputSize(output)
                .build();
    }
}
