package dev.drydock.e2e.cluster;

import static org.awaitility.Awaitility.await;

import dev.drydock.agent.identity.IdentityException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Enrolled agents on simulated hosts. */
final class SimFleet implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final List<SimAgent> agents = new ArrayList<>();

    interface Question {
        boolean of(SimAgent agent) throws IOException;
    }

    /** By way of the balancer; none is started. */
    SimFleet(Path directory, int hosts, long seed, Cluster cluster, Operator operator)
            throws IOException, IdentityException {
        String token = operator.enrolmentToken(hosts);
        for (int i = 0; i < hosts; i++) {
            SimHost host = new SimHost("host-" + i, new Random(seed + i));
            SimAgent agent = new SimAgent(directory.resolve("agent-" + i), host, seed + i);
            agent.enrol(cluster.agentPort(), token);
            agents.add(agent);
        }
    }

    List<SimAgent> agents() {
        return agents;
    }

    /** All anew, and waits until they are connected. */
    void startAnew() throws IOException, IdentityException {
        for (SimAgent agent : agents) {
            agent.kill();
            agent.start();
        }
        awaitAll("connected agents", SimAgent::isConnected);
    }

    /** All that they did is durable, and they are connected. */
    void awaitDelivered() {
        awaitAll("delivery", SimAgent::hasDelivered);
        awaitAll("connected agents", SimAgent::isConnected);
    }

    private void awaitAll(String what, Question question) {
        await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            for (SimAgent agent : agents) {
                if (!question.of(agent)) {
                    return false;
                }
            }
            return true;
        });
    }

    @Override
    public void close() throws IOException {
        for (SimAgent agent : agents) {
            agent.close();
        }
    }
}
