package dev.drydock.agent.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A step of a simulated playbook.
 *
 * @param takes for each of its parts
 * @param done whether there is nothing to do
 */
record SimStep(
        String name,
        int size,
        Fault fault,
        Duration takes,
        Duration timeout,
        Duration rollbackTimeout,
        boolean done,
        boolean irreversible,
        boolean accepted,
        Optional<String> when,
        List<SimCheck.Kind> checks,
        Kind kind) {
    /** What it does. */
    enum Kind {
        /** Changes its parts. */
        PARTS,
        /** Reboots the host; it has no parts. */
        REBOOT,
        /** As PARTS, and has the service run again, on the way back, that ran before the run. */
        SERVICE
    }

    /** Where it fails. */
    enum Fault {
        NONE,
        PLAN,
        PREPARE,
        APPLY,
        HANG,
        VERIFY,
        /** Verifying, forward and back, takes as long as it may and does not fail. */
        SLOW,
        SLOW_PREPARE,
        ROLLBACK,
        ROLLBACK_LOCKED,
        VERIFY_ROLLBACK,
        VERIFY_AND_ROLLBACK
    }

    static SimStep of(String name, Fault fault) {
        return new SimStep(
                name,
                2,
                fault,
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                false,
                false,
                false,
                Optional.empty(),
                List.of(),
                Kind.PARTS);
    }

    static SimStep good(String name) {
        return of(name, Fault.NONE);
    }

    static SimStep reboot(String name, Fault fault) {
        return of(name, fault).as(Kind.REBOOT, 0);
    }

    static SimStep service(String name, Fault fault) {
        return of(name, fault).as(Kind.SERVICE, 1);
    }

    private SimStep as(Kind newKind, int newSize) {
        return new SimStep(
                name,
                newSize,
                fault,
                takes,
                timeout,
                rollbackTimeout,
                false,
                false,
                false,
                Optional.empty(),
                List.of(),
                newKind);
    }

    boolean reboots() {
        return kind == Kind.REBOOT;
    }

    SimStep nothingToDo() {
        return new SimStep(
                name, size, fault, takes, timeout, rollbackTimeout, true, irreversible, accepted, when, checks, kind);
    }

    SimStep irreversible(boolean isAccepted) {
        return new SimStep(
                name, size, fault, takes, timeout, rollbackTimeout, done, true, isAccepted, when, checks, kind);
    }

    SimStep when(String condition) {
        return new SimStep(
                name,
                size,
                fault,
                takes,
                timeout,
                rollbackTimeout,
                done,
                irreversible,
                accepted,
                Optional.of(condition),
                checks,
                kind);
    }

    SimStep checked(SimCheck.Kind... own) {
        return new SimStep(
                name,
                size,
                fault,
                takes,
                timeout,
                rollbackTimeout,
                done,
                irreversible,
                accepted,
                when,
                List.of(own),
                kind);
    }

    SimStep parts(int count) {
        return new SimStep(
                name, count, fault, takes, timeout, rollbackTimeout, done, irreversible, accepted, when, checks, kind);
    }

    SimStep taking(Duration each) {
        return new SimStep(
                name, size, fault, each, timeout, rollbackTimeout, done, irreversible, accepted, when, checks, kind);
    }

    SimStep within(Duration longest) {
        return new SimStep(
                name, size, fault, takes, longest, longest, done, irreversible, accepted, when, checks, kind);
    }

    SimStep backWithin(Duration longest) {
        return new SimStep(
                name, size, fault, takes, timeout, longest, done, irreversible, accepted, when, checks, kind);
    }

    /** For each of its parts; a rollback that cannot be made in its time is not what is simulated. */
    Duration takesBack() {
        Duration most = rollbackTimeout.minusSeconds(20).dividedBy(Math.max(1, size));
        return takes.compareTo(most) < 0 ? takes : most;
    }

    List<String> parts() {
        return IntStream.range(0, size).mapToObj(i -> name + "." + i).toList();
    }
}
