package dev.drydock.controller.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.Chunk;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.FetchRequest;
import dev.drydock.proto.agent.v1.Fetched;
import dev.drydock.proto.agent.v1.PlanReport;
import dev.drydock.proto.agent.v1.PlanRequest;
import dev.drydock.proto.agent.v1.StepPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts are asked to download ahead. */
class HostFetchesTest {
    private static final String DIGEST = "d".repeat(64);
    private static final Map<String, String> PARAMS = Map.of("site", "shop");

    @TempDir
    Path directory;

    private TestPlane plane;
    private TestAgent agent;

    @BeforeEach
    void start() throws Exception {
        plane = TestPlane.in(directory);
        agent = plane.agent("web");
        plane.playbooks.put(DIGEST, new byte[] {1, 2, 3});
    }

    @AfterEach
    void close() {
        agent.close();
        plane.close();
    }

    @Test
    void aHostThatIsAskedMayHaveThePlaybookAndAnswers() throws Exception {
        TestAgent.Connection connection = agent.connect("i-1");
        CompletableFuture<HostPlan> answer =
                plane.plane.fetches().fetch(agent.hostId, DIGEST, PARAMS, Duration.ofSeconds(20));
        PlanRequest request = request(connection);
        assertThat(request.getFetch()).isTrue();
        assertThat(request.getPlaybookDigest()).isEqualTo(DIGEST);
        assertThat(request.getParamsMap()).isEqualTo(PARAMS);
        Iterator<Chunk> chunks = agent.content()
                .fetch(FetchRequest.newBuilder().setDigest(DIGEST).build());
        assertThat(chunks.next().getData().size()).isEqualTo(3);

        StepPlan step = StepPlan.newBuilder()
                .setFetched(Fetched.newBuilder().setFiles(2).setBytes(700))
                .build();
        connection.say(AgentMessage.newBuilder()
                .setPlanReport(PlanReport.newBuilder()
                        .setRequestId(request.getRequestId())
                        .addSteps(step)));
        assertThat(answer.get(20, TimeUnit.SECONDS).steps()).containsExactly(step);
    }

    @Test
    void oneThatIsAwayIsNotAskedAndOneThatSaysNothingIsNotWaitedForForever() throws Exception {
        HostFetches fetches = plane.plane.fetches();
        assertThat(fetches.fetch(agent.hostId, DIGEST, PARAMS, Duration.ofSeconds(20))
                        .get(20, TimeUnit.SECONDS)
                        .isAway())
                .isTrue();
        agent.connect("i-1");
        HostPlan silent = fetches.fetch(agent.hostId, DIGEST, PARAMS, Duration.ofMillis(1))
                .get(20, TimeUnit.SECONDS);
        assertThat(silent.isAway()).isFalse();
        assertThat(silent.problem()).contains("gave no answer");
    }

    private static PlanRequest request(TestAgent.Connection connection) {
        for (ControllerMessage message = connection.next(); ; message = connection.next()) {
            if (message.hasPlanRequest()) {
                return message.getPlanRequest();
            }
        }
    }
}
