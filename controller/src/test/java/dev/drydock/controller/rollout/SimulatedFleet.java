package dev.drydock.controller.rollout;

import dev.drydock.controller.run.Reboot;
import dev.drydock.controller.run.RunStates;
import dev.drydock.controller.window.Opening;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** Agents and the record of runs, as far as a rollout sees them: agents accept, run, fail, hang, and report when they are on line. */
final class SimulatedFleet {
    static final class AgentRun {
        final String id;
        final String hostId;
        final Opening opening;
        /** On the host; UNSPECIFIED: it has not heard of it. */
        RunState truth = RunState.RUN_STATE_UNSPECIFIED;
        /** On record at the controller. */
        RunState record = RunState.OFFERED;

        /** 0: not yet ready to reboot, then one more for each of the phases of {@link Reboot}, then it is over. */
        int reboot;

        int rebootOnRecord;
        boolean withdraw;
        boolean rollBack;

        AgentRun(String id, String hostId, Opening opening) {
            this.id = id;
            this.hostId = hostId;
            this.opening = opening;
        }

        boolean executing() {
            return truth != RunState.RUN_STATE_UNSPECIFIED && !RunStates.ended(truth);
        }
    }

    final Map<String, AgentRun> runs = new LinkedHashMap<>();
    final Map<String, String> away = new HashMap<>();
    private final Map<String, Boolean> dead = new HashMap<>();
    private final Random random;
    private final double failures;
    private final Consumer<RolloutEvent.RunChanged> reports;

    SimulatedFleet(Random random, double failures, Consumer<RolloutEvent.RunChanged> reports) {
        this.random = random;
        this.failures = failures;
        this.reports = reports;
    }

    void offer(Command.OfferRun offer) {
        runs.computeIfAbsent(offer.runId(), id -> new AgentRun(id, offer.hostId(), offer.opening()));
    }

    void cancel(Command.CancelRun cancel) {
        AgentRun run = Objects.requireNonNull(runs.get(cancel.runId()));
        run.withdraw |= !cancel.rollBack();
        run.rollBack |= cancel.rollBack();
    }

    /** To no avail where it does not wait for that any more. */
    void letReboot(Command.AllowReboot allow) {
        AgentRun run = Objects.requireNonNull(runs.get(allow.runId()));
        run.reboot = run.reboot == 1 ? 2 : run.reboot;
    }

    /** What the record says comes back also when it had ended. */
    void conclude(Command.ConcludeRun conclude) {
        AgentRun run = Objects.requireNonNull(runs.get(conclude.runId()));
        if (!RunStates.ended(run.record)) {
            run.record = conclude.state();
        }
        reports.accept(report(run));
    }

    void die(String hostId) {
        dead.put(hostId, true);
    }

    void healAll() {
        dead.clear();
        away.clear();
    }

    /** The agent goes on with its run by one state, if there is one and the host lives. */
    void act(AgentRun run, Instant now, boolean well) {
        if (dead.getOrDefault(run.hostId, false)) {
            return;
        }
        boolean online = !away.containsKey(run.hostId);
        if (run.truth == RunState.RUN_STATE_UNSPECIFIED) {
            if (online && run.record == RunState.OFFERED) {
                run.truth = run.opening.covers(now) ? RunState.ACCEPTED : RunState.REFUSED;
            }
        } else if (run.executing() && !reboots(run, now)) {
            run.truth = next(run, now, well);
        }
        if (online) {
            sync(run);
        }
    }

    /** What the agent has on record becomes durable at the controller: its word wins. */
    void sync(AgentRun run) {
        boolean news = run.truth != run.record || run.reboot != run.rebootOnRecord;
        if (run.truth != RunState.RUN_STATE_UNSPECIFIED && news) {
            run.record = run.truth;
            run.rebootOnRecord = run.reboot;
            reports.accept(report(run));
        }
    }

    RolloutEvent.RunChanged report(AgentRun run) {
        Optional<Reboot> reboot = RunStates.ended(run.record) || run.rebootOnRecord % 4 == 0
                ? Optional.empty()
                : Optional.of(new Reboot(0, Reboot.Phase.values()[run.rebootOnRecord - 1]));
        return new RolloutEvent.RunChanged(
                run.hostId, run.id, run.record, "", "", Optional.empty(), Optional.empty(), reboot);
    }

    /** Half of them reboot once while they run; without leave they wait until the window ends or they are to go back. */
    private boolean reboots(AgentRun run, Instant now) {
        boolean wanted = run.truth == RunState.RUNNING && !run.rollBack && run.opening.covers(now);
        boolean waits = run.reboot == 1;
        if (wanted && !waits && run.reboot < 4 && (run.reboot > 0 || random.nextBoolean())) {
            run.reboot++;
            return true;
        }
        if (!wanted || run.reboot == 0) {
            run.reboot = 4;
        }
        return waits && wanted;
    }

    List<AgentRun> open() {
        return runs.values().stream()
                .filter(run -> run.executing() || !RunStates.ended(run.record) || run.truth != run.record)
                .toList();
    }

    private RunState next(AgentRun run, Instant now, boolean well) {
        boolean fails = !well && random.nextDouble() < failures;
        return switch (run.truth) {
            case ACCEPTED -> {
                if (run.withdraw || run.rollBack) {
                    yield RunState.CANCELLED;
                }
                yield now.isBefore(run.opening.startBefore()) ? RunState.PREFLIGHT : RunState.EXPIRED;
            }
            case PREFLIGHT -> fails ? RunState.REFUSED : RunState.RUNNING;
            case RUNNING -> {
                if (!run.opening.covers(now)) {
                    yield random.nextBoolean() ? RunState.DEFERRED : RunState.ROLLING_BACK;
                }
                if (!well && random.nextInt(20) == 0) {
                    yield RunState.DEFERRED;
                }
                yield fails || run.rollBack ? RunState.ROLLING_BACK : RunState.VERIFYING;
            }
            case VERIFYING -> fails ? RunState.ROLLING_BACK : RunState.SUCCEEDED;
            case ROLLING_BACK -> fails ? RunState.ROLLBACK_FAILED : RunState.ROLLED_BACK;
            default -> throw new IllegalStateException(run.truth + " has no next state");
        };
    }
}
