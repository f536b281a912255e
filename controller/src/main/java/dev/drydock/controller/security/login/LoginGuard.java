package dev.drydock.controller.security.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down who guesses: after five failures a user, and an address, waits, each time twice as long. An attempt counts as
 * failed from its begin, so that many at once are no way around it. Names that are nobody's wait as others do, but have room of
 * their own, so that they push no user out. Bounded memory; thread-safe.
 */
public final class LoginGuard {
    static final int FREE = 5;
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration FORGOTTEN = Duration.ofHours(1);
    private static final int MOST = 10_000;
    private static final int SITE_BYTES = 8;

    private final InstantSource clock;
    private final Map<String, Count> users = bounded();
    private final Map<String, Count> strangers = bounded();
    private final Map<String, Count> addresses = bounded();

    public LoginGuard(InstantSource clock) {
        this.clock = clock;
    }

    private record Count(int failures, Instant last, Instant until) {}

    private static Map<String, Count> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
                return size() > MOST;
            }
        };
    }

    /**
     * Begins an attempt.
     *
     * @param known whether there is such a user
     * @param address empty: none to speak of
     * @return how long to wait instead; empty: go on, and tell {@link #succeeded} if it was the right one
     */
    public synchronized Optional<Duration> attempt(String user, boolean known, String address) {
        Instant now = clock.instant();
        Map<String, Count> names = known ? users : strangers;
        String site = site(address);
        Instant until = later(until(names, user, now), until(addresses, site, now));
        if (until.isAfter(now)) {
            return Optional.of(Duration.between(now, until));
        }
        names.compute(user, (any, before) -> next(before, now));
        if (!site.isEmpty()) {
            addresses.compute(site, (any, before) -> next(before, now));
        }
        return Optional.empty();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant until(Map<String, Count> counts, String of, Instant now) {
        Count count = counts.get(of);
        return count == null ? now : count.until();
    }

    private static Count next(Count before, Instant now) {
        int failures = before == null || before.last().plus(FORGOTTEN).isBefore(now) ? 1 : before.failures() + 1;
        return new Count(failures, now, now.plus(pause(failures)));
    }

    private static Duration pause(int failures) {
        if (failures < FREE) {
            return Duration.ZERO;
        }
        Duration pause = FIRST.multipliedBy(1L << Math.min(failures - FREE, 20));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }

    /**
     * The attempt was the right one. The address keeps the failures of before: else whoever has an account could begin anew at
     * will.
     */
    public synchronized void succeeded(String user, String address) {
        users.remove(user);
        takeBack(addresses, site(address));
    }

    /** The attempt came to nothing that was the caller's fault. */
    public synchronized void undone(String user, boolean known, String address) {
        takeBack(known ? users : strangers, user);
        takeBack(addresses, site(address));
    }

    private static void takeBack(Map<String, Count> counts, String of) {
        counts.computeIfPresent(
                of,
                (any, count) -> count.failures() <= 1
                        ? null
                        : new Count(
                                count.failures() - 1, count.last(), count.last().plus(pause(count.failures() - 1))));
    }

    /** Until when this user waits. */
    public synchronized Optional<Instant> lockedUntil(String user) {
        Count count = users.get(user);
        return Optional.ofNullable(count).map(Count::until).filter(until -> until.isAfter(clock.instant()));
    }

    public synchronized void unlock(String user) {
        users.remove(user);
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
