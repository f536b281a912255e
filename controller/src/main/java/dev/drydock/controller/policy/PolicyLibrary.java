package dev.drydock.controller.policy;

import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.Problem;
import dev.drydock.playbooks.document.Nearest;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.playbooks.policy.Policy;
import dev.drydock.playbooks.policy.PolicyReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Policies by which the fleet is judged: the newest version of each, and the built-in one where there is no other. Thread-safe. */
public final class PolicyLibrary {
    private static final Pattern REFERENCE = Pattern.compile("([^@]+)(?:@([1-9][0-9]{0,8}))?");

    private final PolicyStore store;
    private final InstantSource clock;
    private final ActivePolicy fallback = BuiltInPolicy.active();
    private volatile List<ActivePolicy> active;

    /** Takes up what is on record. */
    public PolicyLibrary(PolicyStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.active = load();
    }

    /** The newest version of each that was pushed, by name. Another list whenever something changed. */
    public List<ActivePolicy> active() {
        return active;
    }

    /** For hosts that no pushed one is for. */
    public ActivePolicy fallback() {
        return fallback;
    }

    /**
     * Takes a policy in, as the next version of its name. What the newest version says already changes nothing.
     *
     * @throws InvalidPlaybookException with all its problems
     */
    public synchronized PushedPolicy push(String source, String by) throws InvalidPlaybookException {
        Policy policy = PolicyReader.read("policy.yaml", source.getBytes(StandardCharsets.UTF_8));
        if (policy.name().equals(BuiltInPolicy.NAME)) {
            throw new InvalidPlaybookException(List.of(new Problem(
                    "policy.yaml",
                    1,
                    1,
                    "metadata.name",
                    "'" + BuiltInPolicy.NAME + "' is the name of the built-in policy; choose another",
                    Optional.empty())));
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        PushedPolicy next =
                new PushedPolicy(policy.name(), 0, PolicyReader.digest(policy), policy.description(), by, now);
        PushedPolicy pushed = store.add(new PolicyDocument(next, source));
        active = load();
        return pushed;
    }

    /** The newest of each, by name, and the built-in one. */
    public List<PushedPolicy> newest() {
        List<PushedPolicy> all = new ArrayList<>(
                store.newest().stream().map(PolicyDocument::policy).toList());
        all.add(BuiltInPolicy.document().policy());
        return all;
    }

    /**
     * All versions of one, newest first.
     *
     * @throws UnknownPolicyException there is none
     */
    public List<PushedPolicy> versions(String name) {
        List<PushedPolicy> versions = name.equals(BuiltInPolicy.NAME)
                ? List.of(BuiltInPolicy.document().policy())
                : store.versions(name);
        if (versions.isEmpty()) {
            throw unknown(name);
        }
        return versions;
    }

    /**
     * @param reference {@code name} (the newest version) or {@code name@version}
     * @throws IllegalArgumentException when it has another form
     * @throws UnknownPolicyException there is none
     */
    public PolicyDocument get(String reference) {
        Matcher matcher = REFERENCE.matcher(reference);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "policy: '" + reference + "' is no reference; write a name such as web, or web@7");
        }
        String name = matcher.group(1);
        String written = matcher.group(2);
        OptionalInt version = written == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(written));
        if (name.equals(BuiltInPolicy.NAME) && version.orElse(1) == 1) {
            return BuiltInPolicy.document();
        }
        return store.find(name, version).orElseThrow(() -> unknown(reference));
    }

    private UnknownPolicyException unknown(String reference) {
        List<String> known = newest().stream().map(PushedPolicy::name).toList();
        return new UnknownPolicyException("There is no policy '" + reference + "'."
                + Nearest.to(reference, known)
                        .map(near -> " Did you mean " + near + "?")
                        .orElse(""));
    }

    private List<ActivePolicy> load() {
        return store.newest().stream().map(PolicyLibrary::compiled).toList();
    }

    /** A policy that this release cannot read must not be passed over in silence. */
    private static ActivePolicy compiled(PolicyDocument document) {
        try {
            Policy policy = PolicyReader.read(
                    document.policy().reference(), document.source().getBytes(StandardCharsets.UTF_8));
            return ActivePolicy.of(document.policy().reference(), policy, false);
        } catch (InvalidPlaybookException | InvalidExpressionException e) {
            throw new IllegalStateException(
                    "policy " + document.policy().reference() + " on record cannot be read: " + e.getMessage(), e);
        }
    }
}
