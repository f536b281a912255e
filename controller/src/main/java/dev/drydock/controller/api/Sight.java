package dev.drydock.controller.api;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.security.Principal;
import dev.drydock.controller.security.Role;
import dev.drydock.proto.facts.v1.Host;
import io.grpc.StatusRuntimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one caller may know and do in the fleet, as things stand now: for one answer, one thread. A host that the caller may not
 * see is answered exactly as one that does not exist, and is suggested nowhere.
 */
final class Sight {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Za-z0-9._-]+|[.]+(?=\\s|$)");
    private static final String VEILED = "for a reason that tells of other hosts";

    private final Principal caller;
    private final HostDirectory hosts;
    private final Map<String, Boolean> seen = new HashMap<>();

    Sight(Principal caller, HostDirectory hosts) {
        this.caller = caller;
        this.hosts = hosts;
    }

    static Sight of(HostDirectory hosts) {
        return new Sight(Caller.principal(), hosts);
    }

    /** All hosts, also those that are no more. */
    boolean whole() {
        return caller.everywhere(Role.VIEWER);
    }

    boolean everywhere(Role least) {
        return caller.everywhere(least);
    }

    List<HostView> all() {
        Predicate<Host> views = caller.hosts(Role.VIEWER);
        return hosts.all().stream().filter(host -> views.test(host.facts())).toList();
    }

    boolean sees(String idOrName) {
        return whole()
                || seen.computeIfAbsent(idOrName, any -> hosts.find(any)
                        .filter(host -> caller.may(Role.VIEWER, host.facts()))
                        .isPresent());
    }

    boolean may(Role least, String idOrName) {
        return everywhere(least)
                || hosts.find(idOrName)
                        .filter(host -> caller.may(least, host.facts()))
                        .isPresent();
    }

    /** @throws StatusRuntimeException NOT_FOUND where there is none that the caller may see */
    HostView host(String idOrName) {
        return hosts.find(idOrName)
                .filter(host -> caller.may(Role.VIEWER, host.facts()))
                .orElseThrow(() -> unknown(idOrName));
    }

    /** @throws StatusRuntimeException also PERMISSION_DENIED where the caller sees the host and has not this role for it */
    HostView host(String idOrName, Role least) {
        HostView host = host(idOrName);
        if (!caller.may(least, host.facts())) {
            throw Refusals.forbidden("This needs the role " + least.word() + " for host " + host.name()
                    + ", which user " + caller.user() + " has not.");
        }
        return host;
    }

    StatusRuntimeException unknown(String idOrName) {
        return Refusals.notFound(
                "host", idOrName, all().stream().map(HostView::name).toList());
    }

    /** Whether it has a host that the caller may see. */
    boolean sees(Rollout rollout) {
        return whole()
                || rollout.hosts().stream().anyMatch(host -> sees(host.host().id()));
    }

    boolean seesAll(Rollout rollout) {
        return whole()
                || rollout.hosts().stream().allMatch(host -> sees(host.host().id()));
    }

    /** Whether the caller has this role for all of its hosts. Only for one that is given with its hosts. */
    boolean steers(Rollout rollout, Role least) {
        return rollout.hosts().stream().allMatch(host -> may(least, host.host().id()));
    }

    /** Whether the caller may approve its waves: not who made it. Only for one that is given with its hosts. */
    boolean approves(Rollout rollout) {
        return !rollout.plan().origin().by().equals(caller.user()) && steers(rollout, Role.APPROVER);
    }

    /** Whether it takes hosts that the caller may not see. What does not compile, or has no answer for a host, takes none. */
    boolean beyond(String selector) {
        if (whole()) {
            return false;
        }
        Predicate<Host> taken = Selection.taking(selector);
        return hosts.all().stream()
                .map(HostView::facts)
                .filter(caller.hosts(Role.VIEWER).negate())
                .anyMatch(taken);
    }

    /** The selector; nothing of it where it takes or names hosts that the caller may not see. */
    String selector(String text) {
        return beyond(text) || !veiled(text, "").equals(text) ? "" : text;
    }

    /**
     * The text, but nothing of it where it names a host that the caller may not see. Only for words of our own: else who can put
     * a name into them learns from the answer whether there is such a host.
     *
     * @param said what the caller said in it: that is no news
     */
    String veiled(String text, String said) {
        Set<String> known = words(said).collect(Collectors.toSet());
        return veiled(text, word -> !known.contains(word) && hosts.find(word).isPresent() && !sees(word));
    }

    /** As {@link #veiled(String, String)}, where the names that it may not tell are these. */
    String veiled(String text, Predicate<String> foreign) {
        return whole() || words(text).noneMatch(foreign) ? text : VEILED;
    }

    private static Stream<String> words(String text) {
        return BETWEEN_WORDS.splitAsStream(text).filter(word -> !word.isEmpty());
    }
}
