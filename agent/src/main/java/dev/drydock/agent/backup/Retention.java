package dev.drydock.agent.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which backups may go. Where both are given, a backup goes that is beyond the number and older than the days.
 *
 * @param keep the newest that stay, at least one
 * @param days how long they stay
 */
public record Retention(Optional<Long> keep, Optional<Long> days) {
    /** @return of the same name; never the newest */
    public List<Manifest> expired(List<Manifest> all, String name, Instant now) {
        if (keep.isEmpty() && days.isEmpty()) {
            return List.of();
        }
        return all.stream()
                .filter(backup -> backup.name().equals(name))
                .sorted(Comparator.comparing(Manifest::created).reversed())
                .skip(Math.max(1, keep.orElse(1L)))
                .filter(backup -> days.isEmpty() || backup.created().isBefore(now.minus(Duration.ofDays(days.get()))))
                .toList();
    }
}
