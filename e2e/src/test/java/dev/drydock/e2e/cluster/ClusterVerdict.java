package dev.drydock.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.HostRun;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges how a round ended: by what lies in the database, not by what a controller says of it, against the agents' journals and the
 * hosts as they are.
 */
final class ClusterVerdict {
    private final Connection database;

    ClusterVerdict(Connection database) {
        this.database = database;
    }

    /** A run on record. */
    private record Recorded(String rollout, RunState state, boolean open) {}

    void holds(ClusterRound round, Rollout rollout, List<SimAgent> agents) throws Exception {
        List<HostRun> told = rollout.getWavesList().stream()
                .flatMap(wave -> wave.getHostsList().stream())
                .toList();
        assertThat(told).as("each host once").hasSize(agents.size());
        for (int i = 0; i < agents.size(); i++) {
            SimAgent agent = agents.get(i);
            HostRun here = told.stream()
                    .filter(run -> run.getHostId().equals(agent.hostId()))
                    .findFirst()
                    .orElseThrow();
            requireEnd(round, i, here);
            requireRecord(rollout, agent, here);
            requireHost(agent, here);
        }
        assertThat(rollout.getState())
                .isEqualTo(
                        told.stream().allMatch(run -> run.getState() == RunState.SUCCEEDED)
                                ? RolloutState.COMPLETED
                                : RolloutState.COMPLETED_WITH_FAILURES);
    }

    /** Whatever becomes of controllers, a host's run ends as that host lets it; an agent that dies may take it back. */
    private static void requireEnd(ClusterRound round, int host, HostRun run) {
        if (round.ill().contains(host)) {
            assertThat(run.getState()).as("ill: %s", run).isEqualTo(RunState.ROLLED_BACK);
        } else if (round.strikes(ClusterFault.KILL_AGENTS)) {
            assertThat(run.getState()).as("%s", run).isIn(RunState.SUCCEEDED, RunState.ROLLED_BACK);
        } else {
            assertThat(run.getState()).as("%s", run).isEqualTo(RunState.SUCCEEDED);
        }
    }

    private void requireRecord(Rollout rollout, SimAgent agent, HostRun here) throws Exception {
        Map<String, Recorded> recorded = runs(agent.hostId());
        Map<String, List<RunEvent>> journals = agent.journals();
        String host = agent.host().name();
        assertThat(recorded.keySet()).as("runs of %s", host).containsExactlyInAnyOrderElementsOf(journals.keySet());
        assertThat(recorded.values()).as("runs of %s", host).noneMatch(Recorded::open);
        assertThat(recorded.entrySet().stream()
                        .filter(run -> run.getValue().rollout().equals(rollout.getId()))
                        .map(Map.Entry::getKey))
                .as("runs of this rollout on %s", host)
                .containsExactly(here.getRunId());
        assertThat(recorded.get(here.getRunId())).extracting(Recorded::state).isEqualTo(here.getState());
        assertThat(events(here.getRunId()))
                .as("events of %s", here.getRunId())
                .isEqualTo(journals.get(here.getRunId()));
    }

    private void requireHost(SimAgent agent, HostRun here) throws Exception {
        long succeeded = runs(agent.hostId()).values().stream()
                .filter(run -> run.state() == RunState.SUCCEEDED)
                .count();
        for (String part : SimHost.PARTS) {
            assertThat(agent.host().versions()).as(agent.host().name()).containsEntry(part, succeeded);
            int changes = agent.host().changes().getOrDefault(here.getRunId() + "/" + part, 0);
            assertThat(changes)
                    .as("changes of %s by %s", part, here.getRunId())
                    .isBetween(here.getState() == RunState.SUCCEEDED ? 1 : 0, 1);
        }
    }

    private Map<String, Recorded> runs(String hostId) throws Exception {
        Map<String, Recorded> runs = new LinkedHashMap<>();
        try (PreparedStatement statement =
                database.prepareStatement("SELECT id, rollout_id, state, open FROM runs WHERE host_id = ?")) {
            statement.setString(1, hostId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    runs.put(
                            row.getString("id"),
                            new Recorded(
                                    row.getString("rollout_id"),
                                    RunState.valueOf(row.getString("state")),
                                    row.getBoolean("open")));
                }
            }
        }
        return runs;
    }

    private List<RunEvent> events(String run) throws Exception {
        List<RunEvent> events = new ArrayList<>();
        try (PreparedStatement statement =
                database.prepareStatement("SELECT event FROM run_events WHERE run_id = ? ORDER BY sequence")) {
            statement.setString(1, run);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    events.add(RunEvent.parseFrom(row.getBytes("event")));
                }
            }
        }
        return events;
    }
}
