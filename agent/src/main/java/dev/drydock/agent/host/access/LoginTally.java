package dev.drydock.agent.host.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How many logins failed, and the worst that one source did.
 *
 * @param burst the most that failed from one source within the span
 * @param source that one; empty where nothing failed
 */
public record LoginTally(int failed, int burst, String source) {
    /** @param logins by time */
    public static LoginTally of(Collection<FailedLogin> logins, Instant since, Duration span) {
        Map<String, Deque<Instant>> recent = new HashMap<>();
        Map<String, Integer> worst = new HashMap<>();
        int failed = 0;
        for (FailedLogin login : logins) {
            if (login.at().isBefore(since)) {
                continue;
            }
            failed++;
            Deque<Instant> times = recent.computeIfAbsent(login.source(), source -> new ArrayDeque<>());
            times.addLast(login.at());
            while (times.getFirst().plus(span).isBefore(login.at())) {
                times.removeFirst();
            }
            worst.merge(login.source(), times.size(), Math::max);
        }
        String source = worst.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse("");
        return new LoginTally(failed, worst.getOrDefault(source, 0), source);
    }
}
