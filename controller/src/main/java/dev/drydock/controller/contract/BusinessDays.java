package dev.drydock.controller.contract;

import dev.drydock.controller.window.Blackout;
import dev.drydock.controller.window.Blackouts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Counts business days of a client. A day counts if it is a working day of the week and the client's calendars do not take all
 * of its hours. The day on which something comes is day 0 where it comes before the close of a business day; else the next
 * business day is. What is due in N business days is due at the close of the Nth after day 0.
 */
public final class BusinessDays {
    /** Nobody's calendar is shut for longer. */
    private static final int HORIZON = 3_660;

    private final ServiceHours hours;
    private final Blackouts blackouts;

    /** @param blackouts a calendar that was never read takes no day: what is due is due sooner then, and not later */
    public BusinessDays(ServiceHours hours, Blackouts blackouts) {
        this.hours = hours;
        this.blackouts = blackouts;
    }

    public boolean isOne(LocalDate day) {
        return hours.days().contains(day.getDayOfWeek()) && !holiday(day);
    }

    private boolean holiday(LocalDate day) {
        Instant shutUntil = hours.opens(day);
        Instant closes = hours.closes(day);
        if (!shutUntil.isBefore(closes)) {
            return false;
        }
        for (Blackout blackout : blackouts.between(hours.calendars(), shutUntil, closes, hours.zone())) {
            if (blackout.from().isAfter(shutUntil)) {
                return false;
            }
            shutUntil = blackout.to().isAfter(shutUntil) ? blackout.to() : shutUntil;
        }
        return !shutUntil.isBefore(closes);
    }

    /**
     * When it is due; empty: there are not so many business days in the next ten years.
     *
     * @param days at least 1
     */
    public Optional<Instant> due(Instant came, int days) {
        LocalDate first = came.atZone(hours.zone()).toLocalDate();
        int left = isOne(first) && came.isBefore(hours.closes(first)) ? days : days + 1;
        for (int ahead = 1; ahead <= HORIZON; ahead++) {
            LocalDate day = first.plusDays(ahead);
            if (isOne(day) && --left == 0) {
                return Optional.of(hours.closes(day));
            }
        }
        return Optional.empty();
    }
}
