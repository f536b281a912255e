package dev.drydock.controller.security.token;

import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.HostScope;
import dev.drydock.controller.security.Role;
import java.util.List;
import java.util.Optional;

/**
 * How much of what its user may do a token lets through: never more.
 *
 * @param most the highest role; empty: the user's own
 */
public record TokenScope(Optional<Role> most, HostScope hosts) {
    public static final TokenScope ALL = new TokenScope(Optional.empty(), HostScope.WHOLE);

    public boolean narrows() {
        return most.isPresent() || !hosts.whole();
    }

    public List<Grant> of(List<Grant> grants) {
        return grants.stream()
                .map(grant -> new Grant(
                        most.map(role -> Role.lesser(role, grant.role())).orElse(grant.role()),
                        grant.hosts().and(hosts)))
                .toList();
    }
}
