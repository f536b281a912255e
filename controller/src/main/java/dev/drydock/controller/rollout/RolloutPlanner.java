package dev.drydock.controller.rollout;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.naming.ResourceName;
import dev.drydock.controller.playbook.PlaybookContent;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.HostRules;
import dev.drydock.controller.window.Openings;
import dev.drydock.controller.window.Slot;
import dev.drydock.controller.window.Window;
import dev.drydock.controller.window.Windows;
import dev.drydock.playbooks.document.Nearest;
import dev.drydock.playbooks.expr.EvaluationException;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.HostPredicate;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.proto.facts.v1.Host;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a plan of what somebody asked for, or says everything that is wrong with it. Thread-safe. */
public final class RolloutPlanner implements Planning {
    private static final int SHOWN = 5;

    private final HostDirectory hosts;
    private final Windows windows;
    private final Blackouts.Source blackouts;
    private final PlaybookContent playbooks;
    private final InstantSource clock;
    private final Supplier<String> ids;

    /** @param ids of rollouts: unique, and never given twice */
    public RolloutPlanner(
            HostDirectory hosts,
            Windows windows,
            Blackouts.Source blackouts,
            PlaybookContent playbooks,
            InstantSource clock,
            Supplier<String> ids) {
        this.hosts = hosts;
        this.windows = windows;
        this.blackouts = blackouts;
        this.playbooks = playbooks;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public RolloutPlan plan(RolloutDraft draft) throws InvalidRolloutException {
        List<String> problems = new ArrayList<>();
        Instant now = Micros.now(clock);
        ResourceName.problem(draft.name()).ifPresent(problems::add);
        Optional<Window> window = window(draft, now, problems);
        problems.addAll(draft.strategy().problems());
        Optional<HostFilter> filter = HostFilter.of(playbooks, draft.playbook(), draft.params(), problems);
        @Nullable HostPredicate selector = selector(draft.selector(), problems);
        if (selector == null || filter.isEmpty()) {
            throw new InvalidRolloutException(problems);
        }
        List<Candidate> taken = new ArrayList<>();
        List<Exclusion> left = new ArrayList<>();
        Function<Host, Optional<String>> outside =
                window.map(HostRules::outside).orElse(host -> Optional.empty());
        select(hosts.all(), selector, outside, filter.get(), draft.strategy(), taken, left);
        if (taken.isEmpty()) {
            problems.add("selector: '" + draft.selector() + "' gives no host that can take the playbook" + why(left));
        }
        List<PlannedHost> planned = WavePlan.of(draft.strategy(), taken);
        if (!planned.isEmpty()) {
            problems.addAll(draft.strategy().problems(planned.getLast().wave()));
        }
        if (!problems.isEmpty() || window.isEmpty()) {
            throw new InvalidRolloutException(problems);
        }
        return new RolloutPlan(
                ids.get(),
                draft.name(),
                draft.playbook(),
                draft.params(),
                draft.selector(),
                window.get(),
                draft.strategy(),
                planned,
                left,
                new Origin(draft.by(), now, draft.emergency().map(Emergency::reason)));
    }

    @Override
    public List<Candidate> newcomers(RolloutPlan plan) {
        List<HostView> others = hosts.all().stream()
                .filter(host -> plan.position(host.id()).isEmpty())
                .toList();
        List<String> problems = new ArrayList<>();
        Optional<HostFilter> filter = HostFilter.of(playbooks, plan.playbook(), plan.params(), problems);
        @Nullable HostPredicate selector = selector(plan.selector(), problems);
        if (!problems.isEmpty() || filter.isEmpty() || selector == null) {
            throw new IllegalStateException("rollout " + plan.name() + " cannot be read any more: " + problems);
        }
        List<Candidate> taken = new ArrayList<>();
        select(
                others,
                selector,
                HostRules.outside(plan.window()),
                filter.get(),
                plan.strategy(),
                taken,
                new ArrayList<>());
        return taken;
    }

    private Optional<Window> window(RolloutDraft draft, Instant now, List<String> problems) {
        if (draft.emergency().isPresent()) {
            if (!draft.window().isEmpty()) {
                problems.add("window: an emergency has no window; write one or the other");
            }
            problems.addAll(draft.emergency().get().problems());
            return draft.emergency().map(urgent -> urgent.window(now));
        }
        return window(draft.window(), now, problems);
    }

    private Optional<Window> window(String name, Instant now, List<String> problems) {
        Optional<Window> window = windows.find(name);
        if (window.isEmpty()) {
            List<String> names = windows.list().stream().map(Window::name).toList();
            problems.add("window: there is no window '" + name + "'"
                    + Nearest.to(name, names)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("; make one with: drydock window create"));
        } else {
            openings(window.get(), now, problems);
        }
        return window;
    }

    /** One that a calendar keeps shut which was never read is no problem here: it opens when that is read. */
    private void openings(Window window, Instant now, List<String> problems) {
        Blackouts known = blackouts.get();
        Openings openings = new Openings(window, known);
        Optional<Slot> hindered = openings.hindered(now, Optional.empty());
        boolean unread = !known.unread(window.calendars()).isEmpty();
        if (hindered.isEmpty()) {
            problems.add("window: '" + window.name() + "' has no opening left in which a run could start");
        } else if (!unread && openings.usable(now, Optional.empty()).isEmpty()) {
            problems.add(
                    "window: every opening of '" + window.name() + "' that is left falls to a blackout, the next to "
                            + hindered.get().why());
        }
    }

    private static @Nullable HostPredicate selector(String cel, List<String> problems) {
        if (cel.isBlank()) {
            problems.add("selector: is empty; write a condition over host, such as host.labels.role == \"web\", or true"
                    + " for all hosts");
            return null;
        }
        try {
            return Expressions.compile(cel);
        } catch (InvalidExpressionException e) {
            problems.add("selector: " + e.getMessage());
            return null;
        }
    }

    private static void select(
            Collection<HostView> hosts,
            HostPredicate selector,
            Function<Host, Optional<String>> outside,
            HostFilter filter,
            Strategy strategy,
            List<Candidate> taken,
            List<Exclusion> left) {
        for (HostView host : hosts) {
            try {
                if (!selector.selects(host.facts(), Map.of())) {
                    continue;
                }
                Optional<String> reason =
                        unfit(host).or(() -> outside.apply(host.facts())).or(() -> filter.refuses(host.facts()));
                reason.ifPresentOrElse(
                        why -> left.add(new Exclusion(host.name(), why)),
                        () -> taken.add(new Candidate(host.id(), host.name(), cluster(strategy, host))));
            } catch (EvaluationException e) {
                left.add(new Exclusion(host.name(), "the selector has no answer for it: " + e.getMessage()));
            }
        }
    }

    private static String cluster(Strategy strategy, HostView host) {
        return strategy.apart()
                .map(apart -> host.facts().getLabelsOrDefault(apart.label(), ""))
                .orElse("");
    }

    /** Offline hosts are taken: they may come back by the window's opening. */
    private static Optional<String> unfit(HostView host) {
        return HostReadiness.barred(host)
                .or(() -> host.facts().hasOs() ? Optional.empty() : Optional.of("no facts yet"));
    }

    private static String why(List<Exclusion> left) {
        if (left.isEmpty()) {
            return "; see: drydock host list";
        }
        String first = left.stream()
                .limit(SHOWN)
                .map(exclusion -> exclusion.host() + " (" + exclusion.reason() + ")")
                .collect(Collectors.joining(", ", "; left out: ", ""));
        return left.size() > SHOWN ? first + " and " + (left.size() - SHOWN) + " more" : first;
    }
}
