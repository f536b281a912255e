package dev.drydock.e2e.cluster;

import static org.awaitility.Awaitility.await;

import dev.drydock.agent.identity.IdentityException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The faults of one round, and how they are mended. */
final class Strikes {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Cluster cluster;
    private final List<SimAgent> agents;
    private final Path program;
    private final List<Mending> mendings = new ArrayList<>();
    private Node leader;

    /** Does nothing when there is nothing to mend any more. */
    private interface Mending {
        void mend() throws IOException, IdentityException;
    }

    Strikes(Cluster cluster, List<SimAgent> agents, Path program) {
        this.cluster = cluster;
        this.agents = agents;
        this.program = program;
        this.leader = cluster.leader();
    }

    void strike(ClusterFault fault) throws IOException, InterruptedException {
        // Nobody may lead now: then it is who did.
        Node now = cluster.lease().map(Cluster.Lease::leader).orElse(leader);
        leader = now;
        List<Node> others = cluster.othersThan(now);
        switch (fault) {
            case KILL_LEADER -> now.kill();
            case KILL_FOLLOWER -> others.getFirst().kill();
            case STOP_LEADER -> now.signal("TERM");
            case FREEZE_LEADER -> freeze(now);
            case FREEZE_FOLLOWER -> freeze(others.getLast());
            case SILENCE_DATABASE_OF_LEADER -> silenceDatabase(now);
            case SILENCE_DATABASE_OF_FOLLOWER -> silenceDatabase(others.getLast());
            case CUT_DATABASE_OF_LEADER -> {
                now.toDatabase().cut();
                mendings.add(now::healLines);
            }
            case SILENCE_PEERS -> {
                now.silencePeers();
                mendings.add(now::healLines);
            }
            case CUT_PEERS -> {
                now.cutPeers();
                mendings.add(now::healLines);
            }
            case CRASH_DATABASE -> {
                cluster.database().crash();
                mendings.addFirst(cluster.database()::restart);
            }
            case KILL_AGENTS -> killAgents();
        }
    }

    private void freeze(Node node) {
        node.signal("STOP");
        mendings.add(() -> node.signal("CONT"));
    }

    private void silenceDatabase(Node node) {
        node.toDatabase().silence();
        mendings.add(node::healLines);
    }

    private void killAgents() throws IOException {
        for (int i = 0; i < agents.size(); i += 2) {
            SimAgent agent = agents.get(i);
            agent.kill();
            mendings.add(agent::start);
        }
    }

    /** The database first. Controllers that have ended are started again, as an init system does. */
    void mend() throws IOException, IdentityException {
        for (Mending mending : mendings) {
            mending.mend();
        }
        mendings.clear();
        startWhatEnded();
    }

    /** All controllers lead or follow. */
    void awaitWhole() {
        await("all controllers").atMost(PATIENCE).until(() -> {
            startWhatEnded();
            for (Node node : cluster.nodes()) {
                if (!node.isReady()) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Also one that ends by itself, because it could not step down in time. */
    void startWhatEnded() throws IOException {
        for (Node node : cluster.nodes()) {
            if (!node.isAlive()) {
                node.begin(program);
            }
        }
    }
}
