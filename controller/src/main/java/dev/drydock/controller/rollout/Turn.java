package dev.drydock.controller.rollout;

import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.Opening;
import dev.drydock.controller.window.Openings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A decision while it is made: the rollout as it stands so far, and what follows. Of one thread; thrown away after it. */
final class Turn {
    RolloutPlan plan;
    final Instant now;
    Optional<Opening> opening;
    Optional<Instant> usedThrough;
    Optional<Instant> soakUntil;
    Optional<Instant> startedAt;
    int currentWave;
    Rollout.Stop stop;
    boolean rollBack;
    final List<Approval> approvals;
    private final Blackouts blackouts;
    private @Nullable Openings openings;
    private HostList.Changes hosts;
    private int size;
    private final List<Command> commands = new ArrayList<>();
    private final List<Transition> moves = new ArrayList<>();
    private Optional<Instant> lookAgain = Optional.empty();
    private RolloutState state;
    private String reason;
    private Optional<Instant> endedAt;

    Turn(Rollout rollout, Instant now, Blackouts blackouts) {
        this.plan = rollout.plan();
        this.now = now;
        this.blackouts = blackouts;
        this.state = rollout.state();
        this.reason = rollout.reason();
        this.hosts = HostList.of(rollout.hosts()).change();
        this.size = rollout.hosts().size();
        this.currentWave = rollout.currentWave();
        this.opening = rollout.opening();
        this.usedThrough = rollout.usedThrough();
        this.soakUntil = rollout.soakUntil();
        this.stop = rollout.stop();
        this.rollBack = rollout.rollBack();
        this.startedAt = rollout.startedAt();
        this.approvals = new ArrayList<>(rollout.approvals());
        this.endedAt = rollout.endedAt();
    }

    RolloutState state() {
        return state;
    }

    boolean allows(Trigger trigger) {
        return RolloutTransitions.allows(state, trigger);
    }

    /** @param why one line for people */
    void move(Trigger trigger, String why) {
        Transition transition = RolloutTransitions.of(state, trigger);
        moves.add(transition);
        state = transition.to();
        endedAt = state.ended() ? Optional.of(now) : Optional.empty();
        explain(why);
        note("", why);
    }

    /** Says anew why the rollout stands where it stands. */
    void explain(String why) {
        reason = why;
    }

    /** Time alone can change something then, beside what follows from the opening and the runs. */
    void lookAgain(Instant at) {
        lookAgain = lookAgain.filter(sooner -> sooner.isBefore(at)).or(() -> Optional.of(at));
    }

    Optional<Instant> lookAgain() {
        return lookAgain;
    }

    String reason() {
        return reason;
    }

    void command(Command command) {
        commands.add(command);
    }

    void note(String hostId, String text) {
        command(new Command.Note(hostId, text));
    }

    int size() {
        return size;
    }

    HostProgress host(int position) {
        return hosts.get(position);
    }

    void host(int position, HostProgress changed) {
        hosts.set(position, changed);
    }

    /** Hosts that match only now. */
    void join(List<PlannedHost> joined, List<Exclusion> late) {
        List<HostProgress> all = new ArrayList<>(hosts());
        joined.forEach(host -> all.add(HostProgress.planned(host, "")));
        plan = plan.with(joined, late);
        hosts = HostList.of(all).change();
        size = all.size();
    }

    /** What is asked of all hosts at once; follows every change. */
    Standing standing() {
        return hosts.standing();
    }

    /** All of them as they stand; for what is asked seldom. */
    List<HostProgress> hosts() {
        return IntStream.range(0, size).mapToObj(hosts::get).toList();
    }

    /** Those that a run is offered to or under way on. */
    Stream<HostProgress> open() {
        return standing().open().stream().mapToObj(hosts::get);
    }

    int waiting() {
        return standing().waiting().cardinality();
    }

    /** Looks at all of them: not for what every decision asks. */
    boolean any(Predicate<HostProgress> condition) {
        return IntStream.range(0, size).mapToObj(hosts::get).anyMatch(condition);
    }

    /** Its wave has begun. */
    boolean begun(HostProgress host) {
        return host.host().wave() <= currentWave;
    }

    /** Nobody has to approve this wave, or somebody has. */
    boolean cleared(int wave) {
        return !plan.needsApproval(wave) || approved(wave);
    }

    boolean approved(int wave) {
        return Approval.covers(approvals, wave);
    }

    /** No run may start any more in the opening in use. */
    boolean pastCutoff() {
        return opening.isPresent() && !now.isBefore(opening.get().startBefore());
    }

    /** Made when first asked for: most decisions need none. */
    Openings openings() {
        Openings known = openings;
        if (known == null) {
            known = new Openings(plan.window(), blackouts);
            openings = known;
        }
        return known;
    }

    /** Something was started in it, or could have been. */
    boolean used(Opening in) {
        return usedThrough.isPresent() && !in.opens().isAfter(usedThrough.get());
    }

    boolean admits() {
        return opening.isPresent() && opening.get().admits(now);
    }

    Decision done() {
        return new Decision(
                new Rollout(
                        plan,
                        state,
                        reason,
                        hosts.done(),
                        currentWave,
                        opening,
                        usedThrough,
                        soakUntil,
                        stop,
                        rollBack,
                        startedAt,
                        endedAt,
                        approvals),
                commands,
                moves);
    }
}
