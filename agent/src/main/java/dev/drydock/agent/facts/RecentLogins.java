package dev.drydock.agent.facts;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.access.AuthLog;
import dev.drydock.agent.host.access.FailedLogin;
import dev.drydock.agent.host.access.LoginTally;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The logins that failed within a day. A log is read once, and from where it was left after that. What was too much to be read is
 * trouble for a day. Used by one thread at a time.
 */
final class RecentLogins {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SPAN = Duration.ofMinutes(10);
    private static final long MOST_READ = 16L << 20;
    /** Under attack the last ones are enough: facts say at least so many. */
    private static final int MOST_KEPT = 10_000;

    private final AuthLog log;
    private final InstantSource clock;
    private final Deque<FailedLogin> recent = new ArrayDeque<>();
    private AuthLog.@Nullable Place place;
    private String trouble = "";
    private Instant troubled = Instant.MIN;

    RecentLogins(ManagedHost host, InstantSource clock) {
        this.log = new AuthLog(host, clock, MOST_READ);
        this.clock = clock;
    }

    LoginTally tally(Job job) throws HostException, IOException, InterruptedException {
        Instant since = clock.instant().minus(DAY);
        AuthLog.Place from = place;
        try {
            AuthLog.Part part = from == null ? log.since(since, job) : log.after(from, since, job);
            place = part.end();
            add(part.failed(), since);
        } catch (HostException e) {
            place = log.end(job);
            trouble = String.valueOf(e.getMessage());
            troubled = clock.instant();
        }
        if (troubled.isBefore(since)) {
            trouble = "";
        }
        return LoginTally.of(recent, since, SPAN);
    }

    /** Why not all was seen that happened within the day; empty where it was. */
    String trouble() {
        return trouble;
    }

    private void add(List<FailedLogin> failed, Instant since) {
        recent.addAll(failed);
        List<FailedLogin> kept = recent.stream()
                .filter(login -> !login.at().isBefore(since))
                .sorted(Comparator.comparing(FailedLogin::at))
                .toList();
        recent.clear();
        recent.addAll(kept.subList(Math.max(0, kept.size() - MOST_KEPT), kept.size()));
    }
}
