package dev.drydock.agent.host.access;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.logs.Journal;
import dev.drydock.agent.host.logs.LogFile;
import dev.drydock.agent.host.logs.LogTime;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What the system says of logins: {@code auth.log} or {@code secure} where somebody writes one, else the journal. Looks only.
 */
public final class AuthLog {
    private static final List<String> NAMES = List.of("/var/log/auth.log", "/var/log/secure");
    /** A file that nobody wrote to for so long is a remnant; sessions alone leave lines each day. */
    private static final Duration ALIVE = Duration.ofDays(2);
    /** auth and authpriv. */
    private static final List<String> MATCHES = List.of("SYSLOG_FACILITY=10", "SYSLOG_FACILITY=4");

    private static final long USUAL_MOST = 64L << 20;

    private final ManagedHost host;
    private final InstantSource clock;
    private final long most;

    public AuthLog(ManagedHost host, InstantSource clock) {
        this(host, clock, USUAL_MOST);
    }

    /** @param most bytes of a file that are looked at; of the journal 8 MiB */
    public AuthLog(ManagedHost host, InstantSource clock, long most) {
        this.host = host;
        this.clock = clock;
        this.most = most;
    }

    /**
     * Where reading ended.
     *
     * @param file empty: it was the journal
     */
    public record Place(String file, LogFile.Mark mark, String cursor) {}

    /** @param end where to go on the next time */
    public record Part(List<FailedLogin> failed, Place end) {
        public Part {
            failed = List.copyOf(failed);
        }
    }

    /** @throws HostException where there is neither file nor journal, or more than is looked at */
    public Part since(Instant since, Job job) throws HostException, IOException, InterruptedException {
        LoginLines lines = lines();
        Optional<String> file = file();
        if (file.isPresent()) {
            LogFile log = new LogFile(host.files(), file.get(), most);
            LogFile.Mark end = log.end();
            log.since(since, time(), lines);
            return new Part(lines.failed(), new Place(file.get(), end, ""));
        }
        return part(new Journal(host).since(since, MATCHES, "short-iso", job), "", lines);
    }

    /** What came after the place; all that is new since then where it is another log by now. */
    public Part after(Place place, Instant since, Job job) throws HostException, IOException, InterruptedException {
        Optional<String> file = file();
        if (!place.file().equals(file.orElse(""))) {
            return since(since, job);
        }
        LoginLines lines = lines();
        if (file.isPresent()) {
            LogFile log = new LogFile(host.files(), file.get(), most);
            LogFile.Mark end = log.end();
            log.since(place.mark(), lines);
            return new Part(lines.failed(), new Place(file.get(), end, ""));
        }
        Journal journal = new Journal(host);
        Journal.Part part = place.cursor().isEmpty()
                ? journal.since(since, MATCHES, "short-iso", job)
                : journal.after(place.cursor(), MATCHES, "short-iso", job);
        return part(part, place.cursor(), lines);
    }

    /** Where it ends now. */
    public Place end(Job job) throws HostException, IOException, InterruptedException {
        Optional<String> file = file();
        return file.isPresent()
                ? new Place(file.get(), new LogFile(host.files(), file.get(), most).end(), "")
                : new Place("", LogFile.Mark.NOTHING, new Journal(host).end(job));
    }

    private static Part part(Journal.Part read, String before, LoginLines lines) {
        read.lines().forEach(lines::take);
        String cursor = read.cursor().isEmpty() ? before : read.cursor();
        return new Part(lines.failed(), new Place("", LogFile.Mark.NOTHING, cursor));
    }

    private Optional<String> file() throws IOException {
        boolean journal = new Journal(host).exists();
        for (String name : NAMES) {
            if (Files.isRegularFile(host.files().resolve(name))) {
                Instant written =
                        Files.getLastModifiedTime(host.files().resolve(name)).toInstant();
                if (!journal || written.plus(ALIVE).isAfter(clock.instant())) {
                    return Optional.of(name);
                }
            }
        }
        return Optional.empty();
    }

    private LoginLines lines() {
        return new LoginLines(time());
    }

    private LogTime time() {
        return new LogTime(ZoneId.systemDefault(), clock.instant());
    }
}
