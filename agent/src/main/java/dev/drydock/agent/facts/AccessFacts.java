package dev.drydock.agent.facts;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.access.LocalAccounts;
import dev.drydock.agent.host.access.LoginTally;
import dev.drydock.agent.host.access.OpenFiles;
import dev.drydock.agent.host.wordpress.SiteFinder;
import dev.drydock.proto.facts.v1.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who may, who tried to, and what anybody may write. Used by one thread at a time. */
final class AccessFacts {
    private static final Duration FILES_EVERY = Duration.ofHours(1);
    private static final int MOST_FILES = 50_000;
    private static final int MOST_TOLD = 20;
    private static final int WORTH_A_SOURCE = 10;

    private final ManagedHost host;
    private final InstantSource clock;
    private final RecentLogins logins;
    private @Nullable Look last;

    AccessFacts(ManagedHost host, InstantSource clock) {
        this.host = host;
        this.clock = clock;
        this.logins = new RecentLogins(host, clock);
    }

    /** @param open what every user may write */
    private record Look(Instant at, Set<String> open, String trouble) {}

    /** @param anew whether to look at files also where that was done a short while ago */
    Access gather(boolean anew, Job job) throws InterruptedException {
        Access.Builder access = Access.newBuilder();
        List<String> trouble = new ArrayList<>();
        try {
            LoginTally tally = logins.tally(job);
            access.setFailedLogins24H(rounded(tally.failed())).setWorstBurst24H(rounded(tally.burst()));
            if (tally.burst() >= WORTH_A_SOURCE) {
                access.setWorstSource(tally.source());
            }
            Optional.of(logins.trouble()).filter(why -> !why.isEmpty()).ifPresent(trouble::add);
        } catch (HostException | IOException e) {
            trouble.add("failed logins: " + e.getMessage());
        }
        try {
            LocalAccounts accounts = LocalAccounts.read(host.files());
            access.addAllUidZero(accounts.withUidZero()).addAllWithoutPassword(accounts.withoutPassword());
        } catch (IOException e) {
            trouble.add("accounts: " + e.getMessage());
        }
        Look look = look(anew);
        access.setWorldWritable(look.open().size());
        look.open().stream().limit(MOST_TOLD).forEach(access::addWorldWritablePaths);
        Optional.of(look.trouble()).filter(why -> !why.isEmpty()).ifPresent(trouble::add);
        return access.setTrouble(String.join("; ", trouble)).build();
    }

    private Look look(boolean anew) {
        Look known = last;
        Instant now = clock.instant();
        if (known != null && !anew && known.at().plus(FILES_EVERY).isAfter(now)) {
            return known;
        }
        Look look;
        try {
            Set<String> there = new TreeSet<>();
            for (String root : new SiteFinder(host.files()).roots()) {
                // What is below another one is looked at with it.
                boolean below = there.stream().anyMatch(above -> root.startsWith(above + "/"));
                if (!below
                        && !root.equals("/")
                        && Files.isDirectory(host.files().resolve(root))) {
                    there.add(root);
                }
            }
            look = new Look(
                    now,
                    new OpenFiles(host.files(), MOST_FILES, List.of())
                            .find(there)
                            .open(),
                    "");
        } catch (HostException | IOException e) {
            look = new Look(now, Set.of(), "what is served: " + e.getMessage());
        }
        last = look;
        return look;
    }

    /** Down to 1, 2 or 5 times a power of ten. */
    static int rounded(int count) {
        int power = 1;
        while (count / power >= 10) {
            power *= 10;
        }
        int first = count / power;
        return (first >= 5 ? 5 : first >= 2 ? 2 : first) * power;
    }
}
