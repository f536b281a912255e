package dev.drydock.controller.reporting;

import dev.drydock.controller.window.Occurrences;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When a report is due. Pure: never twice, and nothing passes without being sent or counted. */
public final class DueTimes {
    private DueTimes() {}

    /**
     * @param at the last time that has come
     * @param missed times before it that nothing was sent for: one report stands for all
     */
    public record Due(Instant at, int missed) {}

    /** @param since the last time that was seen to, or since when times count */
    public static Optional<Due> due(Occurrences times, Instant since, Instant now) {
        List<Instant> come = times.within(since, now);
        return come.isEmpty() ? Optional.empty() : Optional.of(new Due(come.getLast(), come.size() - 1));
    }

    /** Since when nothing was seen to: the later of both, so that a clock that is set back sends nothing again. */
    public static Instant since(ReportSchedule schedule, Optional<Instant> lastDue) {
        return lastDue.filter(schedule.activeFrom()::isBefore).orElse(schedule.activeFrom());
    }
}
