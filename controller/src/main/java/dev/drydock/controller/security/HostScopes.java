package dev.drydock.controller.security;

import dev.drydock.playbooks.expr.InvalidExpressionException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scopes as they are on record, compiled once for many calls: the least used are forgotten. Thread-safe. */
public final class HostScopes {
    private static final Logger log = LoggerFactory.getLogger(HostScopes.class);
    private static final int MOST = 1_000;

    private final Map<String, HostScope> compiled = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, HostScope> eldest) {
            return size() > MOST;
        }
    };

    /** Empty where the selector cannot be read any more: then it lets nobody do anything. */
    public synchronized Optional<HostScope> of(String cel) {
        HostScope known = compiled.get(cel);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            HostScope scope = HostScope.of(cel);
            compiled.put(cel, scope);
            return Optional.of(scope);
        } catch (InvalidExpressionException e) {
            log.error("the hosts of a grant cannot be read, so it gives nothing: {}: {}", cel, e.getMessage());
            return Optional.empty();
        }
    }
}
