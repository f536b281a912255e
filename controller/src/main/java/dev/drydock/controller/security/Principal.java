package dev.drydock.controller.security;

import dev.drydock.proto.facts.v1.Host;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who makes a call, and what the credential that came with it lets the user do.
 *
 * @param user its name: one person, whatever the credential
 * @param credential which of the user's, for records: {@code token NAME}, {@code session ID}
 * @param grants those of the user, narrowed by the credential
 * @param narrowed whether the credential gives less than the user has: then it may not make others
 * @param until when the credential ends
 */
public record Principal(String user, String credential, List<Grant> grants, boolean narrowed, Optional<Instant> until) {
    private static final String TOKEN = "token ";

    /** Where no call is served: may nothing. */
    public static final Principal NOBODY = new Principal("nobody", "none", List.of(), true, Optional.empty());

    public Principal {
        grants = List.copyOf(grants);
    }

    /** With all that the user may do. */
    public static Principal of(User user, String credential, Optional<Instant> until) {
        return new Principal(user.name(), credential, user.grants(), false, until);
    }

    /** That came with a token. */
    public static String tokenCredential(String name) {
        return TOKEN + name;
    }

    public boolean token() {
        return credential.startsWith(TOKEN);
    }

    /** Whether the call came with this one. */
    public boolean isToken(String owner, String name) {
        return user.equals(owner) && credential.equals(tokenCredential(name));
    }

    /** For any hosts, however few, also for none that there are now. */
    public boolean anywhere(Role least) {
        return grants.stream().anyMatch(grant -> grant.role().includes(least));
    }

    /** For all hosts, and so for what is not one host's. */
    public boolean everywhere(Role least) {
        return grants.stream()
                .anyMatch(grant -> grant.role().includes(least) && grant.hosts().whole());
    }

    public boolean may(Role least, Host host) {
        return grants.stream().anyMatch(grant -> grant.gives(least, host));
    }

    public Predicate<Host> hosts(Role least) {
        return everywhere(least) ? host -> true : host -> may(least, host);
    }

    /** The highest role for any hosts. */
    public Optional<Role> role() {
        return grants.stream().map(Grant::role).max(Comparator.naturalOrder());
    }
}
