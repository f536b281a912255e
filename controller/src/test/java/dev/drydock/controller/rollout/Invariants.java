package dev.drydock.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.run.Reboot;
import dev.drydock.controller.window.Opening;
import dev.drydock.controller.window.Openings;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of every decision, whatever led to it. Remembers what was offered before. */
public final class Invariants {
    /** Ends that leave a host as it was, so that it may be offered another run. */
    private static final Set<RunState> NOT_DONE = EnumSet.of(RunState.DEFERRED, RunState.EXPIRED, RunState.CANCELLED);

    private final Openings openings;
    private final Set<String> offered = new HashSet<>();
    private final Map<String, Set<Instant>> usedBy = new HashMap<>();

    /** @param openings of the rollout's window */
    public Invariants(Openings openings) {
        this.openings = openings;
    }

    public void check(Rollout before, RolloutEvent event, Instant now, Decision decision) {
        Rollout after = decision.rollout();
        RolloutState state = before.state();
        for (Transition move : decision.moves()) {
            assertThat(move.from()).isEqualTo(state);
            state = move.to();
        }
        assertThat(after.state()).isEqualTo(state);
        assertThat(after.currentWave())
                .isBetween(before.currentWave(), after.plan().waves());
        if (before.state().ended() && !(event instanceof RolloutEvent.Retry)) {
            assertThat(after.state()).isEqualTo(before.state());
        }
        if (after.state() == RolloutState.STOPPED || after.state() == RolloutState.ABORTED) {
            assertThat(before.state().ended() || after.hosts().stream().noneMatch(HostProgress::open))
                    .isTrue();
        }
        boolean starts = false;
        for (Command command : decision.commands()) {
            if (command instanceof Command.OfferRun offer && isNew(before, offer)) {
                starts = true;
                checkStart(before, after, event, offer, now);
            }
        }
        if (starts) {
            assertThat(after.hosts().stream().filter(HostProgress::open).count())
                    .isLessThanOrEqualTo(after.plan().limits().maxConcurrent());
            assertThat(after.stop()).isEqualTo(Rollout.Stop.NOT);
            checkThreshold(after);
        }
        checkReboots(after);
        checkStanding(after);
        // The same again changes nothing: neither the record nor what is started.
        Decision again = RolloutMachine.decide(after, event, now);
        if (!again.rollout().equals(after)) {
            throw new AssertionError(
                    event + " once more, in " + before.state() + ", changes it: " + difference(after, again.rollout()));
        }
        assertThat(again.moves()).isEmpty();
    }

    private static void checkReboots(Rollout rollout) {
        List<HostProgress> down = rollout.hosts().stream()
                .filter(host ->
                        host.open() && host.reboot().filter(Reboot::begun).isPresent())
                .toList();
        assertThat(down).hasSizeLessThanOrEqualTo(rollout.plan().limits().reboots());
        assertThat(down.stream()
                        .map(host -> host.host().cluster())
                        .filter(cluster -> !cluster.isEmpty())
                        .toList())
                .doesNotHaveDuplicates();
    }

    /** What is kept beside the hosts is what the hosts say. */
    private static void checkStanding(Rollout rollout) {
        Standing kept = HostList.of(rollout.hosts()).standing();
        Standing counted = Standing.of(rollout.hosts());
        assertThat(kept.open()).isEqualTo(counted.open());
        assertThat(kept.waiting()).isEqualTo(counted.waiting());
        assertThat(kept.unready()).isEqualTo(counted.unready());
        assertThat(kept.unknown()).isEqualTo(counted.unknown());
        assertThat(kept.rebootsAwaited()).isEqualTo(counted.rebootsAwaited());
        assertThat(kept.reboots()).isEqualTo(counted.reboots());
        assertThat(kept.lastLeave()).isEqualTo(counted.lastLeave());
        assertThat(kept.succeeded()).isEqualTo(counted.succeeded());
        for (int wave = 1; wave <= rollout.plan().waves(); wave++) {
            assertThat(kept.failed(wave)).isEqualTo(counted.failed(wave));
            assertThat(kept.size(wave)).isEqualTo(counted.size(wave));
        }
    }

    /** A restart offers again what was offered before: the agent takes a run once, by its id. */
    private boolean isNew(Rollout before, Command.OfferRun offer) {
        return !host(before, offer.hostId()).runId().equals(offer.runId()) && offered.add(offer.runId());
    }

    private static String difference(Rollout one, Rollout other) {
        for (int i = 0; i < one.hosts().size(); i++) {
            if (!one.hosts().get(i).equals(other.hosts().get(i))) {
                return one.state() + ", " + one.hosts().get(i) + " → " + other.state() + ", "
                        + other.hosts().get(i);
            }
        }
        return one.state() + " → " + other.state();
    }

    private void checkStart(Rollout before, Rollout after, RolloutEvent event, Command.OfferRun offer, Instant now) {
        HostProgress was = told(host(before, offer.hostId()), event);
        HostProgress is = host(after, offer.hostId());
        checkApproved(after);
        assertThat(after.state()).isEqualTo(RolloutState.RUNNING);
        assertThat(is.host().wave()).isLessThanOrEqualTo(after.currentWave());
        assertThat(is.unready()).isEmpty();
        assertThat(was.open()).as("a run is open on %s", offer.hostId()).isFalse();
        assertThat(was.done()).as("it is done: %s, after %s", was, event).isFalse();
        Opening opening = offer.opening();
        assertThat(opening.admits(now)).as("%s admits %s", opening, now).isTrue();
        assertThat(openings.covering(now)).contains(opening);
        checkCluster(after, is.host());
        boolean firstTime =
                usedBy.computeIfAbsent(offer.hostId(), id -> new HashSet<>()).add(opening.opens());
        assertThat(firstTime || was.withdrawn() || was.retried())
                .as("%s is offered twice in %s", offer.hostId(), opening)
                .isTrue();
    }

    /** Nothing begins in a wave that a second person has to approve and has not. */
    private static void checkApproved(Rollout after) {
        for (int wave = 1; wave <= after.currentWave(); wave++) {
            assertThat(!after.plan().needsApproval(wave) || after.approved(wave))
                    .as("wave %s is approved", wave)
                    .isTrue();
        }
    }

    /** With the one that starts. Nobody knows of a lost run, or of a way back that failed, that its host is up. */
    private static void checkCluster(Rollout after, PlannedHost host) {
        long down = after.hosts().stream()
                .filter(other -> !host.cluster().isEmpty()
                        && other.host().cluster().equals(host.cluster())
                        && (other.open()
                                || other.state() == RunState.LOST
                                || other.state() == RunState.ROLLBACK_FAILED))
                .count();
        assertThat(down)
                .as("hosts of %s that are down", host.cluster())
                .isLessThanOrEqualTo(
                        after.plan().strategy().apart().map(Apart::most).orElse(0));
    }

    private static void checkThreshold(Rollout rollout) {
        Limits limits = rollout.plan().limits();
        int[] failed = new int[rollout.plan().waves() + 1];
        int total = 0;
        for (HostProgress host : rollout.hosts()) {
            if (host.failed()) {
                failed[host.host().wave()]++;
                total++;
            }
        }
        assertThat(total).isLessThanOrEqualTo(limits.rollout());
        for (int wave = 1; wave <= rollout.plan().waves(); wave++) {
            assertThat(failed[wave]).isLessThanOrEqualTo(limits.wave(wave));
        }
    }

    /**
     * The host after the report that led to the decision, where it is of its newest run and counts: a run that was lost may
     * yet say that it never began, and then its host is not done.
     */
    private static HostProgress told(HostProgress host, RolloutEvent event) {
        if (event instanceof RolloutEvent.Retry && host.done() && !host.succeeded()) {
            return host.toRetry();
        }
        List<RolloutEvent.RunChanged> reports =
                switch (event) {
                    case RolloutEvent.RunChanged report -> List.of(report);
                    case RolloutEvent.RunsChanged several -> several.reports();
                    default -> List.of();
                };
        return reports.stream()
                .filter(report -> report.runId().equals(host.runId()) && (host.open() || host.state() == RunState.LOST))
                .findFirst()
                .map(report ->
                        host.reported(report, !NOT_DONE.contains(report.state()), host.deferrals(), host.deadline()))
                .orElse(host);
    }

    private static HostProgress host(Rollout rollout, String id) {
        // What joined in this very decision was not there before.
        return rollout.plan().position(id).stream()
                .mapToObj(rollout.hosts()::get)
                .findFirst()
                .orElseGet(() -> HostProgress.planned(new PlannedHost(id, id, 1, ""), ""));
    }
}
