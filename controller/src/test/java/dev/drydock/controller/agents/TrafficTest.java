package dev.drydock.controller.agents;

import static dev.drydock.controller.agents.DeliveryTest.events;
import static dev.drydock.controller.run.Runs.offered;
import static dev.drydock.controller.run.Runs.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.controller.agents.TestAgent.Connection;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.Runs;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.Heartbeat;
import dev.drydock.proto.agent.v1.OfferReply;
import dev.drydock.proto.agent.v1.RunState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the plane tells of its streams. */
final class TrafficTest {
    @TempDir
    Path directory;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private TestPlane plane;
    private TestAgent agent;

    @BeforeEach
    void start() throws Exception {
        plane = TestPlane.in(directory);
        agent = plane.agent("web");
        plane.plane.listen(new TrafficListener() {
            @Override
            public void heartbeat() {
                heard.add("heartbeat");
            }

            @Override
            public void offerSent(String runId, Instant offeredAt, Instant sentAt) {
                heard.add("sent " + runId + " of " + offeredAt);
            }

            @Override
            public void offerAnswered(String runId, boolean accepted) {
                heard.add("answered " + runId + " " + accepted);
            }

            @Override
            public void resultAcknowledged(Run run, Instant at) {
                heard.add("acknowledged " + run.id() + " " + run.state());
            }
        });
    }

    @AfterEach
    void close() {
        agent.close();
        plane.close();
    }

    @Test
    void tellsFromOfferToAcknowledgement() {
        assertThat(plane.plane.isListening()).isTrue();
        assertThat(plane.plane.connected()).isZero();
        plane.offer(offered("r-1", agent.hostId));
        Connection connection = agent.connect("i-1");
        assertThat(connection.next().getOffer().getRunId()).isEqualTo("r-1");
        await().until(() -> plane.plane.connected() == 1);
        connection.say(AgentMessage.newBuilder()
                .setOfferReply(OfferReply.newBuilder().setRunId("r-1").setAccepted(true)));
        connection.say(events("r-1", List.of(Runs.accepted())));
        assertThat(connection.next().hasAck()).isTrue();
        connection.say(AgentMessage.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
        connection.say(events("r-1", List.of(result(2, RunState.SUCCEEDED, "green"))));
        assertThat(connection.next().hasAck()).isTrue();
        await().untilAsserted(() -> assertThat(heard)
                .containsExactly(
                        "sent r-1 of " + Runs.NOON, "answered r-1 true", "heartbeat", "acknowledged r-1 SUCCEEDED"));
    }
}
