package dev.drydock.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.window.Openings;
import dev.drydock.controller.window.Window;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every order of every event for a small rollout, to the last state: reports of any state for any run at any
 * time (right or stale), hosts away, pause, resume, abort, approvals, retries, and each instant that can matter.
 */
class ExhaustiveTest {
    private static final int ENOUGH = 60_000;
    private static final List<RunState> REPORTS =
            List.of(RunState.RUNNING, RunState.SUCCEEDED, RunState.DEFERRED, RunState.CANCELLED, RunState.LOST);

    private record Node(Rollout rollout, int time) {
        /** What decisions depend on: without words and times for people, and without the numbers of attempts, which have no end. */
        List<Object> key() {
            List<Object> key = new ArrayList<>(List.of(
                    time,
                    rollout.state(),
                    rollout.currentWave(),
                    rollout.opening(),
                    rollout.usedThrough(),
                    rollout.soakUntil(),
                    rollout.stop(),
                    rollout.startedAt().isPresent(),
                    rollout.approvals().size()));
            for (HostProgress host : rollout.hosts()) {
                key.add(List.of(
                        host.state(),
                        host.runId().isEmpty(),
                        host.done(),
                        host.asked(),
                        host.unready(),
                        host.deadline(),
                        host.opening()));
            }
            return key;
        }
    }

    @Test
    void everyInterleavingKeepsTheInvariantsAndCanEnd() {
        explore("2 hosts in 2 waves", Plans.strategy("1", "1", "0", Duration.ofMinutes(5)), 2);
    }

    @Test
    void everyInterleavingOfAPairThatIsKeptApart() {
        explore("a pair in 1 wave", Plans.apart(Plans.strategy("100%", "", "100%", Duration.ZERO)), 1);
    }

    /** The second wave waits for a second person, and what ended badly is tried again. */
    @Test
    void everyInterleavingWithApprovalsAndRetries() {
        explore(
                "2 hosts in 2 waves with approvals and retries",
                Plans.approvedBefore(Plans.strategy("1", "1", "0", Duration.ZERO), 2),
                1,
                List.of(new RolloutEvent.Approve(2, "anna", ""), new RolloutEvent.Retry(Set.of())));
    }

    private static void explore(String what, Strategy strategy, int days) {
        explore(what, strategy, days, List.of());
    }

    private static void explore(String what, Strategy strategy, int days, List<RolloutEvent> besides) {
        Window window = Plans.window("FREQ=DAILY;COUNT=" + days);
        RolloutPlan plan = Plans.plan(2, strategy, window);
        Openings openings = new Openings(window);
        List<Instant> times = times(days);
        Node root = new Node(RolloutMachine.planned(plan, Map.of()), 0);
        Map<Object, List<Node>> edges = new HashMap<>();
        Set<Object> ended = new HashSet<>();
        Deque<Node> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (edges.containsKey(node.key())) {
                continue;
            }
            if (over(node.rollout())) {
                ended.add(node.key());
            }
            List<Node> next = new ArrayList<>();
            for (RolloutEvent event : events(node.rollout(), besides)) {
                next.add(step(openings, node.rollout(), event, times, node.time()));
            }
            if (node.time() + 1 < times.size()) {
                next.add(step(openings, node.rollout(), new RolloutEvent.Tick(), times, node.time() + 1));
            }
            edges.put(node.key(), next);
            assertThat(edges.size()).as("states").isLessThan(ENOUGH);
            open.addAll(next);
        }
        System.out.println("rollout of " + what + ", " + days + " openings: " + edges.size() + " states explored");
        assertThat(edges.size()).isGreaterThan(1_000);
        assertThat(withoutEnd(edges, ended))
                .as("states from which no end can be reached")
                .isEmpty();
    }

    private static Node step(Openings openings, Rollout before, RolloutEvent event, List<Instant> times, int time) {
        Decision decision = RolloutMachine.decide(before, event, times.get(time));
        // Of the history, what matters is in the record: a new list of what was offered before is enough here.
        new Invariants(openings).check(before, event, times.get(time), decision);
        return new Node(decision.rollout(), time);
    }

    private static List<Instant> times(int days) {
        List<Instant> times = new ArrayList<>(List.of(Plans.BEFORE));
        for (int day = 0; day < days; day++) {
            Instant opens = Plans.FIRST.opens().plus(Duration.ofDays(day));
            times.add(opens);
            times.add(opens.plusSeconds(300)); // the soak is over
            times.add(opens.plusSeconds(5_460)); // past the cutoff, and past the time to take an offer
            times.add(opens.plusSeconds(8_100)); // past the deadline
        }
        return times;
    }

    private static List<RolloutEvent> events(Rollout rollout, List<RolloutEvent> besides) {
        List<RolloutEvent> events = new ArrayList<>(besides);
        events.addAll(List.of(
                new RolloutEvent.Recovered(),
                new RolloutEvent.Pause(),
                new RolloutEvent.Resume(),
                new RolloutEvent.Abort(true),
                new RolloutEvent.HostsSeen(Map.of()),
                new RolloutEvent.HostsSeen(Map.of("h-1", "offline"))));
        for (HostProgress host : rollout.hosts()) {
            for (RunState state : host.runId().isEmpty() ? List.<RunState>of() : REPORTS) {
                events.add(new RolloutEvent.RunChanged(
                        host.host().id(), host.runId(), state, "", "", Optional.empty(), Optional.empty()));
            }
        }
        return events;
    }

    private static boolean over(Rollout rollout) {
        return rollout.state().ended() && rollout.hosts().stream().noneMatch(HostProgress::open);
    }

    /** Backwards from the ended states: what is not met on the way cannot end. */
    private static Set<Object> withoutEnd(Map<Object, List<Node>> edges, Set<Object> ended) {
        Map<Object, List<Object>> back = new HashMap<>();
        edges.forEach((from, next) -> next.forEach(
                to -> back.computeIfAbsent(to.key(), key -> new ArrayList<>()).add(from)));
        Deque<Object> open = new ArrayDeque<>(ended);
        Set<Object> left = new HashSet<>(edges.keySet());
        while (!open.isEmpty()) {
            Object node = open.pop();
            if (left.remove(node)) {
                open.addAll(back.getOrDefault(node, List.of()));
            }
        }
        return left;
    }
}
