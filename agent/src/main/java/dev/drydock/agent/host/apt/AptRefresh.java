package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether {@code apt-get update} could find anything: not where it was well here within the last hour and all archives say that
 * they have had nothing new since. Then apt need not be started, and a fleet that is asked again costs its hosts and mirrors
 * next to nothing. What apt alone judges (signatures, dates that run out, new keys and sources) is judged at least once an hour,
 * and at once when a file of its sources, keys or settings changes. Thread-safe.
 */
final class AptRefresh {
    private static final Duration TRUSTED = Duration.ofHours(1);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Apt apt;
    private final AptInputs inputs;
    private final AptSources sources;
    private final HostFiles files;
    private final InstantSource clock;
    private @Nullable Read last;

    /** @param archives null as long as apt was not asked which there are; empty: they can only be asked by apt */
    private record Read(Instant at, String of, @Nullable Optional<List<Archive>> archives) {}

    AptRefresh(Apt apt, AptInputs inputs, HostFiles files, InstantSource clock) {
        this.apt = apt;
        this.inputs = inputs;
        this.sources = new AptSources(files);
        this.files = files;
        this.clock = clock;
    }

    /** apt has read them just now, without an error. */
    synchronized void wereRead() throws HostException {
        Read before = last;
        String now = inputs.sources();
        last = new Read(clock.instant(), now, before == null || !before.of().equals(now) ? null : before.archives());
    }

    /** Whether the lists are as new as the archives; when they are, that is noted as apt notes it. */
    synchronized boolean isNotNeeded(Job job) throws HostException, InterruptedException {
        Read read = last;
        if (read == null || !isTrusted(read.at()) || !inputs.sources().equals(read.of())) {
            return false;
        }
        try {
            Optional<List<Archive>> archives = read.archives();
            if (archives == null) {
                archives = askForArchives(job);
                last = new Read(read.at(), read.of(), archives);
            }
            if (archives.isEmpty() || !haveNothingNew(archives.get(), job)) {
                return false;
            }
            Path partial = files.resolve(AptInputs.PARTIAL);
            Files.setLastModifiedTime(partial, FileTime.from(clock.instant()));
        } catch (IOException e) {
            throw new HostException("apt's lists cannot be looked at: " + e.getMessage(), e);
        }
        job.output().line("The archives have nothing new since apt read them at " + read.at() + "; the lists stay.");
        return true;
    }

    /** Where apt cannot say, its update will tell why. */
    private Optional<List<Archive>> askForArchives(Job job) throws HostException, IOException, InterruptedException {
        Commands.Result uris = apt.run(List.of("apt-get", "--print-uris", "update"), job.silent());
        Commands.Result settings = apt.run(List.of("apt-config", "dump"), job.silent());
        return uris.ok() && settings.ok() ? sources.archives(uris.stdout(), settings.stdout()) : Optional.empty();
    }

    private boolean isTrusted(Instant at) {
        Instant now = clock.instant();
        return !now.isBefore(at) && now.isBefore(at.plus(TRUSTED));
    }

    private static boolean haveNothingNew(List<Archive> archives, Job job) throws InterruptedException {
        for (Archive archive : archives) {
            Duration left = job.timeLeft().get();
            if (!archive.hasNothingNew(left.compareTo(ANSWER) < 0 ? left : ANSWER)) {
                return false;
            }
        }
        return true;
    }
}
