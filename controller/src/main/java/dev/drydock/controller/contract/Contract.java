package dev.drydock.controller.contract;

import dev.drydock.controller.naming.Fingerprint;
import dev.drydock.controller.selector.HostSelector;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.proto.facts.v1.Host;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A service contract.
 *
 * @param client whom it is with
 * @param hosts CEL over {@code host}: those that it covers
 * @param terms by type; a type that is not there is out of its scope
 */
public record Contract(
        String name,
        String client,
        String hosts,
        ServiceHours hours,
        Map<MaintenanceType, Terms> terms,
        Instant createdAt) {
    public Contract {
        terms = Collections.unmodifiableMap(new TreeMap<>(terms));
    }

    /** Changes with what it is. */
    public String etag() {
        List<String> parts = new ArrayList<>(List.of(name, client, hosts, createdAt.toString()));
        parts.add(hours.zone().getId());
        parts.add(hours.sortedDays().toString());
        parts.add(hours.opens() + " " + hours.closes());
        parts.add(String.join(",", hours.calendars()));
        terms.forEach((type, promised) -> parts.add(type + " " + promised));
        return Fingerprint.of(parts);
    }

    /** Whether it is the same but for when it was made. */
    boolean same(Contract other) {
        return equals(new Contract(other.name, other.client, other.hosts, other.hours, other.terms, createdAt));
    }

    /** Which hosts it covers. To be made once for many hosts. */
    public Predicate<Host> covers() {
        return HostSelector.of(hosts, "contract " + name);
    }

    /** What it says of a matter of this type that comes now. */
    public Cover cover(MaintenanceType type, Instant now, Blackouts blackouts) {
        Terms promised = terms.get(type);
        if (promised == null) {
            return new Cover(Scope.OUT_OF_SCOPE, name, client, false, Optional.empty(), Optional.empty());
        }
        BusinessDays days = new BusinessDays(hours, blackouts);
        return new Cover(
                Scope.IN_SCOPE,
                name,
                client,
                promised.included(),
                promised.response().map(now::plus),
                promised.fixDays().isPresent()
                        ? days.due(now, promised.fixDays().getAsInt())
                        : Optional.empty());
    }
}
