package dev.drydock.agent.host.packages;

import dev.drydock.agent.host.HostException;
import org.jspecify.annotations.Nullable;

/**
 * The last plan, as long as what it depends on does not change: a run asks for the same several times in a row, and a resolver
 * takes seconds. Thread-safe.
 */
public final class LastPlan {
    private volatile @Nullable Known last;

    private record Known(Selection selection, String fingerprint, Transaction transaction) {}

    /** Asks a package manager. */
    @FunctionalInterface
    public interface Resolver {
        Transaction resolve(Selection selection) throws HostException, InterruptedException;
    }

    /** @param fingerprint taken before: what changes while the resolver is asked is no longer its answer's */
    public Transaction of(Selection selection, String fingerprint, Resolver resolver)
            throws HostException, InterruptedException {
        Known known = last;
        if (known == null
                || !known.selection().equals(selection)
                || !known.fingerprint().equals(fingerprint)) {
            known = new Known(selection, fingerprint, resolver.resolve(selection));
            last = known;
        }
        return known.transaction();
    }
}
