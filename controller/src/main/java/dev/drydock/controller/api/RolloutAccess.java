package dev.drydock.controller.api;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.Rollouts;
import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.HostScope;
import dev.drydock.controller.security.Principal;
import dev.drydock.controller.security.Role;
import dev.drydock.playbooks.expr.EvaluationException;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.HostPredicate;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.proto.facts.v1.Host;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Which rollouts the caller may see, steer and make. */
final class RolloutAccess {
    private static final int NAMED = 5;

    private final Rollouts rollouts;
    private final HostDirectory hosts;

    RolloutAccess(Rollouts rollouts, HostDirectory hosts) {
        this.rollouts = rollouts;
        this.hosts = hosts;
    }

    Sight sight() {
        return Sight.of(hosts);
    }

    /** For streams: this caller's, each time as things stand then. */
    Supplier<Sight> sights() {
        Principal caller = Caller.principal();
        return () -> new Sight(caller, hosts);
    }

    /** Those with a host that the caller may see, newest first; to who sees all, those that are over are given without their hosts. */
    List<Rollout> all(Sight sight) {
        return sight.whole()
                ? rollouts.heads()
                : rollouts.list().stream().filter(sight::sees).toList();
    }

    /** @throws StatusRuntimeException NOT_FOUND, with a suggestion, where there is none that the caller may see */
    Rollout seen(String name, Sight sight) {
        return rollouts.find(name).filter(sight::sees).orElseThrow(() -> unknown(name, sight));
    }

    private StatusRuntimeException unknown(String name, Sight sight) {
        return Refusals.notFound(
                "rollout", name, all(sight).stream().map(Rollout::name).toList());
    }

    /** @throws StatusRuntimeException also PERMISSION_DENIED where the caller has not this role for all of its hosts */
    void requireSteered(String name, Role least) {
        Sight sight = sight();
        Rollout rollout = seen(name, sight);
        List<String> barred = rollout.hosts().stream()
                .filter(host -> !sight.may(least, host.host().id()))
                .map(host -> host.host().name())
                .toList();
        if (!barred.isEmpty()) {
            throw Refusals.forbidden("This needs the role " + least.word() + " for all hosts of rollout "
                    + rollout.name() + ", which user " + Caller.name() + " has not"
                    + named(barred.stream().filter(sight::sees).toList()) + ".");
        }
    }

    /**
     * The selector of a rollout that the caller makes: of the hosts that it takes, now and later, only those that the caller
     * may operate. Hosts that the caller does not see are to the caller as if they did not exist.
     *
     * @throws StatusRuntimeException PERMISSION_DENIED: it takes hosts that the caller sees but may not operate
     */
    String within(String selector) {
        Sight sight = sight();
        if (sight.everywhere(Role.OPERATOR) || selector.isBlank()) {
            return selector;
        }
        HostPredicate wanted;
        try {
            wanted = Expressions.compile(selector);
        } catch (InvalidExpressionException e) {
            // The planner says so, with all else that is wrong.
            return selector;
        }
        List<String> outside = sight.all().stream()
                .filter(host -> takes(wanted, host.facts()))
                .filter(host -> !Caller.may(Role.OPERATOR, host.facts()))
                .map(HostView::name)
                .toList();
        if (!outside.isEmpty()) {
            throw Refusals.forbidden("selector: takes hosts for which user " + Caller.name()
                    + " has not the role operator" + named(outside) + "; leave them out, or ask for the role");
        }
        String granted = Caller.principal().grants().stream()
                .filter(grant -> grant.role().includes(Role.OPERATOR))
                .map(Grant::hosts)
                .map(HostScope::expression)
                .distinct()
                .map(HostScope::enclosed)
                .collect(Collectors.joining(" || "));
        return HostScope.enclosed(selector) + " && " + HostScope.enclosed(granted);
    }

    private static boolean takes(HostPredicate selector, Host host) {
        try {
            return selector.selects(host, Map.of());
        } catch (EvaluationException e) {
            // The planner leaves it out too.
            return false;
        }
    }

    private static String named(List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        return names.stream().limit(NAMED).collect(Collectors.joining(", ", ": ", ""))
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }
}
