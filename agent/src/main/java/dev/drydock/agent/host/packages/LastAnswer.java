package dev.drydock.agent.host.packages;

import dev.drydock.agent.host.HostException;
import org.jspecify.annotations.Nullable;

/**
 * The last answer of a package manager, as long as neither the question changes nor what the answer depends on: a run asks for
 * the same several times in a row, each time by starting programs that read all lists. Thread-safe.
 */
public final class LastAnswer<Q, A> {
    private volatile @Nullable Known<Q, A> last;

    private record Known<Q, A>(Q question, String fingerprint, A answer) {}

    /** Asks a package manager. */
    @FunctionalInterface
    public interface Asking<Q, A> {
        A ask(Q question) throws HostException, InterruptedException;
    }

    /** @param fingerprint taken before: what changes while the manager is asked is no longer its answer's */
    public A to(Q question, String fingerprint, Asking<Q, A> asking) throws HostException, InterruptedException {
        Known<Q, A> known = last;
        if (known == null
                || !known.question().equals(question)
                || !known.fingerprint().equals(fingerprint)) {
            known = new Known<>(question, fingerprint, asking.ask(question));
            last = known;
        }
        return known.answer();
    }
}
