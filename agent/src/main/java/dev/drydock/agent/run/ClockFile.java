package dev.drydock.agent.run;

import dev.drydock.agent.disk.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What time it was when a run was accepted, by the host's time since boot. While the host is up, that counts on also when the
 * agent is not, so that a jump of the wall clock over a restart of the agent moves no deadline.
 *
 * @param bootId of the boot that the time since boot belongs to
 */
record ClockFile(String bootId, Duration sinceBoot, Instant instant) {
    void write(Path file) throws IOException {
        DurableFiles.replace(file, (bootId + " " + sinceBoot + " " + instant + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Empty when there is none, or none that makes sense: the wall clock is taken then. */
    static Optional<ClockFile> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] words = Files.readString(file).strip().split(" ", -1);
        try {
            return words.length == 3
                    ? Optional.of(new ClockFile(words[0], Duration.parse(words[1]), Instant.parse(words[2])))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What time it is, if the host has not been booted since. */
    Optional<Instant> now(String currentBootId, Optional<Duration> currentSinceBoot) {
        return currentSinceBoot
                .filter(now -> currentBootId.equals(bootId) && now.compareTo(sinceBoot) >= 0)
                .map(now -> instant.plus(now.minus(sinceBoot)));
    }
}
