package dev.drydock.controller.security.login;

import dev.drydock.controller.security.login.FailureStore.Change;
import dev.drydock.controller.security.login.FailureStore.Failures;
import dev.drydock.controller.security.login.FailureStore.Kind;
import dev.drydock.controller.security.login.FailureStore.Subject;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows down who guesses: after five failures a user, and an address, waits, each time twice as long. An attempt counts as
 * failed from its begin, so that many at once are no way around it. What failed is in the store before anybody is told so.
 * Names that are nobody's wait as others do, but have room of their own, in memory alone, so that they push no user out.
 * Bounded; thread-safe.
 */
public final class LoginGuard {
    static final int FREE = FailureCounts.FREE;
    private static final Logger log = LoggerFactory.getLogger(LoginGuard.class);
    private static final int SITE_BYTES = 8;

    private final FailureStore store;
    private final InstantSource clock;
    /** What the store has and is to lose with the next change. */
    private final List<Subject> gone = new ArrayList<>();

    private final FailureCounts users = new FailureCounts(Kind.USER, gone);
    private final FailureCounts strangers = new FailureCounts(Kind.USER, gone);
    private final FailureCounts addresses = new FailureCounts(Kind.ADDRESS, gone);

    /** Goes on from what the store has. */
    public LoginGuard(FailureStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        Instant now = clock.instant();
        for (Failures kept : store.since(now.minus(FailureCounts.FORGOTTEN))) {
            switch (kept.subject().kind()) {
                case USER -> users.restore(kept, now);
                case ADDRESS -> addresses.restore(kept, now);
            }
        }
    }

    /**
     * Begins an attempt. Say how it ended: {@link #failed}, {@link #succeeded} or {@link #undone}.
     *
     * @param known whether there is such a user
     * @param address empty: none to speak of
     * @return how long to wait instead; empty: go on
     */
    public synchronized Optional<Duration> attempt(String user, boolean known, String address) {
        Instant now = clock.instant();
        FailureCounts names = known ? users : strangers;
        String site = site(address);
        Instant until =
                later(names.until(user).orElse(now), addresses.until(site).orElse(now));
        if (until.isAfter(now)) {
            return Optional.of(Duration.between(now, until));
        }
        names.add(user, now);
        if (!site.isEmpty()) {
            addresses.add(site, now);
        }
        return Optional.empty();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * The attempt was a wrong one. Durable when it returns; when it throws, tell the caller nothing of what was wrong. A name
     * that is nobody's is a commit as well, of the address, so that the time does not tell which names there are.
     */
    public void failed(String user, boolean known, String address) {
        CompletableFuture<Integer> written;
        synchronized (this) {
            List<Failures> kept = new ArrayList<>();
            if (known) {
                users.keep(user, kept);
            }
            addresses.keep(site(address), kept);
            written = write(kept);
        }
        await(written);
    }

    /**
     * The attempt was the right one. The address keeps the failures of before: else whoever has an account could begin anew at
     * will.
     */
    public synchronized void succeeded(String user, String address) {
        List<Failures> kept = new ArrayList<>();
        users.remove(user, gone);
        addresses.takeBack(site(address), kept, gone);
        unwaited(write(kept));
    }

    /** The attempt came to nothing that was the caller's fault. */
    public synchronized void undone(String user, boolean known, String address) {
        List<Failures> kept = new ArrayList<>();
        (known ? users : strangers).takeBack(user, kept, gone);
        addresses.takeBack(site(address), kept, gone);
        unwaited(write(kept));
    }

    /** Until when this user waits. */
    public synchronized Optional<Instant> lockedUntil(String user) {
        return users.until(user).filter(until -> until.isAfter(clock.instant()));
    }

    /** Durable when it returns. */
    public void unlock(String user) {
        CompletableFuture<Integer> written;
        synchronized (this) {
            users.remove(user, gone);
            written = write(List.of());
        }
        await(written);
    }

    /** Queued while this is locked, so that the store sees changes in the order in which they came about. */
    private CompletableFuture<Integer> write(List<Failures> kept) {
        Change change = new Change(List.copyOf(kept), List.copyOf(gone));
        gone.clear();
        return change.isEmpty()
                ? CompletableFuture.completedFuture(0)
                : store.change(change, clock.instant().minus(FailureCounts.FORGOTTEN));
    }

    private static void await(CompletableFuture<Integer> written) {
        try {
            int unused = written.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Where it is lost, somebody waits after a restart who need not: nobody gets in by it. */
    private static void unwaited(CompletableFuture<Integer> written) {
        var unused = written.exceptionally(e -> {
            log.warn("failed logins that were forgiven stay on record: {}", e.getMessage());
            return 0;
        });
    }

    /** Who has one address of IPv6 has the 2^64 of its network. */
    private static String site(String address) {
        if (address.isEmpty()) {
            return "";
        }
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), SITE_BYTES))
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
