package dev.drydock.e2e.cluster;

import dev.drydock.agent.identity.IdentityException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The faults of one round, and how they are mended. */
final class Strikes {
    private final Cluster cluster;
    private final List<SimAgent> agents;
    private final Path program;
    private final List<Mending> mendings = new ArrayList<>();

    /** Does nothing when there is nothing to mend any more. */
    private interface Mending {
        void mend() throws IOException, IdentityException;
    }

    Strikes(Cluster cluster, List<SimAgent> agents, Path program) {
        this.cluster = cluster;
        this.agents = agents;
        this.program = program;
    }

    void strike(ClusterFault fault) throws IOException, InterruptedException {
        switch (fault) {
            case KILL_LEADER -> cluster.leader().kill();
            case KILL_FOLLOWER -> cluster.followers().getFirst().kill();
            case STOP_LEADER -> cluster.leader().signal("TERM");
            case FREEZE_LEADER -> freeze(cluster.leader());
            case FREEZE_FOLLOWER -> freeze(cluster.followers().getLast());
            case SILENCE_DATABASE_OF_LEADER -> silenceDatabase(cluster.leader());
            case SILENCE_DATABASE_OF_FOLLOWER -> silenceDatabase(cluster.followers().getLast());
            case CUT_DATABASE_OF_LEADER -> {
                Node leader = cluster.leader();
                leader.toDatabase().cut();
                mendings.add(leader::healLines);
            }
            case SILENCE_PEERS -> {
                Node leader = cluster.leader();
                leader.silencePeers();
                mendings.add(leader::healLines);
            }
            case CUT_PEERS -> {
                Node leader = cluster.leader();
                leader.cutPeers();
                mendings.add(leader::healLines);
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

    void startWhatEnded() throws IOException {
        for (Node node : cluster.nodes()) {
            if (!node.isAlive()) {
                node.begin(program);
            }
        }
    }
}
