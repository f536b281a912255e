package dev.drydock.controller.simulation;

import dev.drydock.controller.rollout.Command;
import dev.drydock.controller.rollout.RolloutEvent.RunChanged;
import dev.drydock.controller.run.RunStates;
import dev.drydock.controller.simulation.Luck.Fate;
import dev.drydock.proto.agent.v1.RunState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The agents of the fleet and the record of their runs, as far as rollouts see them. Agents accept when they are online, defer
 * what does not fit, and end as {@link Luck} has it; what they have to say is heard when they are online.
 */
final class Agents {
    /** Why a run went back that its window's end caught. */
    static final String OUT_OF_TIME = "ran into the window's end";

    /** A run that hangs is ended by its agent so long after its deadline. */
    private static final long HANGS_ON = 3_600;

    private final Availability availability;
    private final Luck luck;
    private final long grain;
    private final Agenda<Act> agenda = new Agenda<>();
    private final Map<String, SyntheticRun> runs = new HashMap<>();
    private final Map<Integer, SyntheticRun> open = new LinkedHashMap<>();
    private final Map<Integer, Integer> toCome = new HashMap<>();

    Agents(Availability availability, Luck luck, long grain) {
        this.availability = availability;
        this.luck = luck;
        this.grain = grain;
    }

    /** @param state that it reports; {@code RUNNING}: it is about to begin */
    private record Act(SyntheticRun run, RunState state, String reason) {}

    /** A word of an agent, for the rollout of this number. */
    record Heard(int rollout, RunChanged report) {}

    void offer(int rollout, Command.OfferRun offer, int attempt, long now) {
        SyntheticRun run = new SyntheticRun(rollout, offer, attempt);
        runs.put(run.id, run);
        open.put(run.host, run);
        plan(run, now + 1, RunState.RUNNING, "");
    }

    /** Only withdrawals: nothing here asks for what runs to be rolled back. */
    void cancel(Command.CancelRun cancel, long now) {
        SyntheticRun run = runs.get(cancel.runId());
        if (run != null && !run.begun && !run.over) {
            run.over = true;
            plan(run, now + 1, RunState.CANCELLED, cancel.reason());
        }
    }

    /** The controller's own word. */
    Heard conclude(Command.ConcludeRun conclude) {
        SyntheticRun run = known(conclude.runId());
        run.over |= conclude.state() == RunState.EXPIRED;
        return heard(run, conclude.state(), conclude.reason());
    }

    /** {@link Agenda#NEVER} where nothing is. */
    long next() {
        return agenda.next();
    }

    /** What is heard by {@code now}; a run begins when that is heard. */
    List<Heard> due(long now) {
        List<Heard> heard = new ArrayList<>();
        for (Act act : agenda.due(now)) {
            toCome.merge(act.run.rollout, -1, Integer::sum);
            if (act.state == RunState.RUNNING) {
                if (!act.run.over) {
                    heard.add(begin(act.run, now));
                }
            } else {
                heard.add(heard(act.run, act.state, act.reason));
            }
        }
        return heard;
    }

    /** Whether an agent has yet to say something of this rollout's runs. */
    boolean awaited(int rollout) {
        return toCome.getOrDefault(rollout, 0) > 0;
    }

    /** Runs that are open by the controller's record, at most one a host. */
    Collection<SyntheticRun> open() {
        return open.values();
    }

    private Heard begin(SyntheticRun run, long now) {
        run.begun = true;
        if (now >= run.startBefore) {
            run.over = true;
            return heard(run, RunState.EXPIRED, "the offer came after the window's cutoff");
        }
        if (now + luck.expected(run.host).toSeconds() > run.closes) {
            plan(run, now + 1, RunState.DEFERRED, "does not fit before the window closes");
            return heard(run, RunState.RUNNING, "");
        }
        Fate fate = luck.fate(run.host, run.rollout, run.attempt);
        long takes = luck.seconds(run.host, run.rollout, run.attempt);
        long goesBack = now + takes + takes / 2;
        switch (fate) {
            case SUCCEEDS -> {
                if (now + takes > run.closes) {
                    plan(run, run.closes, RunState.ROLLED_BACK, OUT_OF_TIME);
                } else {
                    plan(run, now + takes, RunState.SUCCEEDED, "");
                }
            }
            case ROLLS_BACK -> plan(run, goesBack, RunState.ROLLED_BACK, "");
            case CANNOT_ROLL_BACK -> plan(run, goesBack, RunState.ROLLBACK_FAILED, "");
            case DIES -> run.over = true;
            case HANGS -> plan(run, run.deadline + HANGS_ON, RunState.ROLLED_BACK, "hung");
        }
        return heard(run, RunState.RUNNING, "");
    }

    private void plan(SyntheticRun run, long at, RunState state, String reason) {
        long online = availability.online(run.host, at);
        agenda.add(Math.ceilDiv(online, grain) * grain, new Act(run, state, reason));
        toCome.merge(run.rollout, 1, Integer::sum);
    }

    private Heard heard(SyntheticRun run, RunState state, String reason) {
        if (RunStates.ended(state)) {
            open.remove(run.host, run);
            if (state != RunState.LOST) {
                runs.remove(run.id);
            }
        }
        return new Heard(
                run.rollout, new RunChanged(run.hostId, run.id, state, reason, "", Optional.empty(), Optional.empty()));
    }

    private SyntheticRun known(String id) {
        SyntheticRun run = runs.get(id);
        if (run == null) {
            throw new IllegalStateException("run " + id + " was never offered, or has ended");
        }
        return run;
    }
}
