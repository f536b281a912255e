package dev.drydock.agent.run;

import dev.drydock.agent.action.Action;
import dev.drydock.agent.action.Check;
import dev.drydock.playbooks.model.Args;
import dev.drydock.playbooks.model.Playbook;
import dev.drydock.playbooks.model.Step;
import dev.drydock.playbooks.model.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A playbook made ready for this host: arguments resolved, each step and check bound to what carries it out. Immutable. */
public final class Program {
    private final Playbook playbook;
    private final Expressions expressions;
    private final List<BoundCheck> preflight;
    private final List<BoundStep> steps;
    private final List<BoundCheck> verify;

    private Program(
            Playbook playbook,
            Expressions expressions,
            List<BoundCheck> preflight,
            List<BoundStep> steps,
            List<BoundCheck> verify) {
        this.playbook = playbook;
        this.expressions = expressions;
        this.preflight = List.copyOf(preflight);
        this.steps = List.copyOf(steps);
        this.verify = List.copyOf(verify);
    }

    /** @throws UnusablePlaybookException with all problems at once, when this agent cannot carry it out */
    public static Program bind(Playbook playbook, Catalog catalog, Expressions expressions)
            throws UnusablePlaybookException, InterruptedException {
        Binder binder = new Binder(catalog, expressions);
        List<BoundCheck> preflight = binder.checks("preflight", playbook.preflight());
        List<BoundStep> steps = binder.steps(playbook.steps());
        List<BoundCheck> verify = binder.checks("verify", playbook.verify());
        if (!binder.problems.isEmpty()) {
            throw new UnusablePlaybookException(binder.problems);
        }
        return new Program(playbook, expressions, preflight, steps, verify);
    }

    Playbook playbook() {
        return playbook;
    }

    Expressions expressions() {
        return expressions;
    }

    List<BoundCheck> preflight() {
        return preflight;
    }

    List<BoundStep> steps() {
        return steps;
    }

    List<BoundCheck> verify() {
        return verify;
    }

    static Duration longest(Stream<Duration> durations) {
        return durations.max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    /** Collects problems instead of stopping at the first. */
    private static final class Binder {
        private final Catalog catalog;
        private final Expressions expressions;
        private final List<String> problems = new ArrayList<>();

        private Binder(Catalog catalog, Expressions expressions) {
            this.catalog = catalog;
            this.expressions = expressions;
        }

        private List<BoundStep> steps(List<Step> steps) throws InterruptedException {
            List<BoundStep> bound = new ArrayList<>();
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                String where = "steps[" + i + "]";
                Optional<Action> action = catalog.action(step.action());
                List<BoundCheck> checks = checks(where + ".verify", step.verify());
                if (action.isEmpty()) {
                    problems.add(where + ": this agent has no action " + step.action());
                    continue;
                }
                Action found = action.get();
                Duration timeout = step.timeout().orElseGet(found::defaultTimeout);
                if (timeout.compareTo(found.leastTimeout()) < 0) {
                    problems.add(where + ": timeout " + Units.text(timeout) + " is too short for " + found.name()
                            + ", expected at least " + Units.text(found.leastTimeout()));
                }
                resolve(where, step)
                        .ifPresent(args -> bound.add(new BoundStep(
                                step.name(),
                                found,
                                args,
                                step.when(),
                                checks,
                                timeout,
                                step.rollbackTimeout().orElseGet(found::defaultRollbackTimeout),
                                step.irreversible())));
            }
            return bound;
        }

        private List<BoundCheck> checks(String section, List<Step> steps) throws InterruptedException {
            List<BoundCheck> bound = new ArrayList<>();
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                String where = section + "[" + i + "]";
                Optional<Check> check = catalog.check(step.action());
                if (check.isEmpty()) {
                    problems.add(where + ": this agent has no check " + step.action());
                    continue;
                }
                Check found = check.get();
                resolve(where, step)
                        .flatMap(args -> timed(where, step, found, args))
                        .ifPresent(bound::add);
            }
            return bound;
        }

        private Optional<BoundCheck> timed(String where, Step step, Check check, Args args) {
            try {
                return Optional.of(new BoundCheck(
                        step.name(), check, args, args.optionalDuration("grace"), args.optionalDuration("again")));
            } catch (IllegalArgumentException e) {
                problems.add(where + ": " + e.getMessage());
                return Optional.empty();
            }
        }

        private Optional<Args> resolve(String where, Step step) throws InterruptedException {
            try {
                return Optional.of(expressions.resolve(step.args()));
            } catch (IllegalArgumentException e) {
                problems.add(where + ": " + e.getMessage());
                return Optional.empty();
            }
        }
    }
}
