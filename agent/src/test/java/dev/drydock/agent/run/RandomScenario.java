package dev.drydock.agent.run;

import dev.drydock.playbooks.model.Playbook.OnFailure;
import dev.drydock.playbooks.model.Playbook.OnWindowEnd;
import dev.drydock.proto.agent.v1.CancelRun.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Playbooks, windows and cancels of all kinds, by a seed. Most of them would succeed if nothing happened. */
final class RandomScenario {
    private static final List<SimStep.Fault> FAULTS = List.of(
            SimStep.Fault.PLAN,
            SimStep.Fault.PREPARE,
            SimStep.Fault.APPLY,
            SimStep.Fault.HANG,
            SimStep.Fault.VERIFY,
            SimStep.Fault.SLOW,
            SimStep.Fault.ROLLBACK_LOCKED);
    private static final List<SimCheck.Kind> CHECKS = List.of(
            SimCheck.Kind.WELL,
            SimCheck.Kind.WELL,
            SimCheck.Kind.WELL,
            SimCheck.Kind.AILING,
            SimCheck.Kind.SETTLES,
            SimCheck.Kind.WELL_AGAIN,
            SimCheck.Kind.ILL_WHEN_CHANGED,
            SimCheck.Kind.ILL_LATE);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

    private RandomScenario() {}

    static Scenario of(Random random) {
        List<SimStep> steps = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            steps.add(step("s" + i, random));
        }
        Scenario scenario = Scenario.of(steps.toArray(SimStep[]::new))
                .verify(checks(random, 3))
                .onFailure(random.nextInt(4) == 0 ? OnFailure.STOP : OnFailure.ROLLBACK)
                .onWindowEnd(random.nextBoolean() ? OnWindowEnd.DEFER : OnWindowEnd.ROLLBACK)
                .window(Duration.ofMinutes(random.nextInt(30)), Duration.ofMinutes(40 + random.nextInt(320)));
        List<Scenario.Happening> happenings = new ArrayList<>();
        if (random.nextInt(6) == 0) {
            happenings.add(new Scenario.Happening.Cancel(
                    Duration.ofSeconds(random.nextInt(2_400)),
                    random.nextBoolean() ? Mode.MODE_ROLL_BACK : Mode.MODE_IF_NOT_STARTED));
        }
        if (random.nextBoolean()) {
            happenings.add(new Scenario.Happening.Leave(Duration.ofSeconds(random.nextInt(7_200))));
        }
        return scenario.with(happenings.toArray(Scenario.Happening[]::new));
    }

    private static SimStep step(String name, Random random) {
        if (random.nextInt(8) == 0) {
            SimStep.Fault fault =
                    random.nextInt(4) > 0 ? SimStep.Fault.NONE : FAULTS.get(random.nextInt(FAULTS.size()));
            return SimStep.reboot(name, fault)
                    .within(Duration.ofMinutes(4 + random.nextInt(10)))
                    .checked(checks(random, 2));
        }
        SimStep.Fault fault = random.nextInt(4) > 0 ? SimStep.Fault.NONE : FAULTS.get(random.nextInt(FAULTS.size()));
        Duration takes = Duration.ofSeconds(random.nextInt(90));
        int parts = 1 + random.nextInt(3);
        // A way back has time enough to be begun anew, and to wait for a lock or for room.
        Duration back = takes.multipliedBy(4L * parts).plus(LONGEST_WAIT.multipliedBy(6));
        SimStep step = (random.nextInt(4) == 0 ? SimStep.service(name, fault) : SimStep.of(name, fault))
                .parts(parts)
                .taking(takes)
                .within(Duration.ofMinutes(2 + random.nextInt(20)))
                .backWithin(back)
                .checked(checks(random, 2));
        return random.nextInt(10) == 0 ? step.nothingToDo() : step;
    }

    private static SimCheck.Kind[] checks(Random random, int most) {
        return random.ints(random.nextInt(most + 1), 0, CHECKS.size())
                .mapToObj(CHECKS::get)
                .toArray(SimCheck.Kind[]::new);
    }

    /** How long that lasts, where it does. */
    static Duration length(Fault fault, Random random) {
        Duration length = Duration.ofSeconds(1 + random.nextInt(random.nextBoolean() ? 30 : 600));
        boolean waited = fault == Fault.LOCK_HELD || fault == Fault.DISK_FULL;
        return waited && length.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : length;
    }
}
