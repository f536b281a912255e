package dev.drydock.controller.window;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a window is open: its rule less the blackouts of its calendars. A pure calculation: the same window and blackouts give
 * the same openings on every machine with the same zone rules.
 *
 * <p>A blackout that covers an opening's begin takes all of it; one that begins later cuts it to what is before, if that is
 * longer than the cutoff, and takes it all else. So an opening's begin never moves, by which it is known. A calendar that was
 * never read takes every opening of the windows that name it.
 */
public final class Openings {
    /** Calendars that leave nothing open for so long leave nothing as far as operations go. */
    private static final long HORIZON_DAYS = 12 * 366L;

    private static final int BATCH = 8;

    private final Window window;
    private final RegularOpenings regular;
    private final Blackouts blackouts;
    private final List<String> unread;

    /** Of a window without calendars; one that names some does not open. */
    public Openings(Window window) {
        this(window, Blackouts.NONE);
    }

    public Openings(Window window, Blackouts blackouts) {
        this.window = window;
        this.regular = new RegularOpenings(window);
        this.blackouts = blackouts;
        this.unread = blackouts.unread(window.calendars());
    }

    /** The opening that covers this instant. */
    public Optional<Opening> covering(Instant at) {
        return regular.next(at, 1).stream()
                .flatMap(opening -> judge(opening).opening().stream())
                .filter(opening -> opening.covers(at))
                .findFirst();
    }

    /** Up to {@code count} openings that close after this instant, in order: one that is open now comes first. */
    public List<Opening> next(Instant at, int count) {
        return slots(at, count, Integer.MAX_VALUE).stream()
                .flatMap(slot -> slot.opening().stream())
                .toList();
    }

    /**
     * The openings by the rule from this instant on, with what calendars leave of each, until {@code count} happen, {@code
     * most} have been looked at, or there are no more.
     */
    public List<Slot> slots(Instant at, int count, int most) {
        List<Slot> found = new ArrayList<>();
        int happen = 0;
        Instant cursor = at;
        Instant end = at.plus(HORIZON_DAYS, ChronoUnit.DAYS);
        while (happen < count && found.size() < most && cursor.isBefore(end)) {
            List<Opening> batch = regular.next(cursor, Math.max(BATCH, count));
            for (Opening opening : batch) {
                Slot slot = judge(opening);
                if (happen < count && found.size() < most && overAfter(slot, at)) {
                    found.add(slot);
                    happen += slot.lost() ? 0 : 1;
                }
            }
            if (batch.size() < BATCH || !unread.isEmpty()) {
                break;
            }
            cursor = batch.getLast().closes();
        }
        return found;
    }

    private static boolean overAfter(Slot slot, Instant at) {
        return slot.opening().orElse(slot.byRule()).closes().isAfter(at);
    }

    /** All that the rule gives in {@code [from, to)}, in order, with what calendars leave of each. */
    public List<Slot> between(Instant from, Instant to) {
        return regular.between(from, to).stream().map(this::judge).toList();
    }

    /** The one that by the rule opens at this instant. */
    public Optional<Slot> at(Instant opens) {
        return regular.at(opens).map(this::judge);
    }

    /**
     * The first opening in which a run may still start at or after {@code at}, and that opens after {@code used}: what was
     * stamped once is never used again, also when a clock was set back.
     */
    public Optional<Opening> usable(Instant at, Optional<Instant> used) {
        if (!unread.isEmpty()) {
            return Optional.empty();
        }
        Instant cursor = used.filter(last -> last.isAfter(at)).orElse(at);
        Instant end = cursor.plus(HORIZON_DAYS, ChronoUnit.DAYS);
        while (cursor.isBefore(end)) {
            List<Opening> batch = regular.next(cursor, BATCH);
            for (Opening opening : batch) {
                Slot slot = judge(opening);
                if (slot.opening().filter(left -> fits(left, at, used)).isPresent()) {
                    return slot.opening();
                }
                cursor = slot.blackout()
                        .map(Blackout::to)
                        .filter(opening.closes()::isBefore)
                        .orElse(opening.closes());
            }
            if (batch.size() < BATCH) {
                break;
            }
        }
        return Optional.empty();
    }

    private static boolean fits(Opening opening, Instant at, Optional<Instant> used) {
        return opening.startBefore().isAfter(at)
                && (used.isEmpty() || opening.opens().isAfter(used.get()));
    }

    /** The first opening that is still to come or to use if calendars did not stand in its way. */
    public Optional<Slot> hindered(Instant at, Optional<Instant> used) {
        return regular.next(used.filter(last -> last.isAfter(at)).orElse(at), 3).stream()
                .filter(opening -> fits(opening, at, used))
                .findFirst()
                .map(this::judge);
    }

    /** What the zone's change of clocks does to an opening, one line; empty: nothing. */
    public String daylight(Opening byRule) {
        return regular.daylight(byRule);
    }

    private Slot judge(Opening byRule) {
        if (!unread.isEmpty()) {
            return new Slot(
                    byRule,
                    Optional.empty(),
                    "calendar " + String.join(", ", unread) + " was never read",
                    Optional.empty());
        }
        if (window.calendars().isEmpty()) {
            return new Slot(byRule, Optional.of(byRule), "", Optional.empty());
        }
        List<Blackout> touching = blackouts.between(window.calendars(), byRule.opens(), byRule.closes(), window.zone());
        if (touching.isEmpty()) {
            return new Slot(byRule, Optional.of(byRule), "", Optional.empty());
        }
        Blackout first = touching.getFirst();
        Instant closes = first.from();
        Instant startBefore = closes.minus(window.cutoff());
        Optional<Opening> left = startBefore.isAfter(byRule.opens())
                ? Optional.of(new Opening(byRule.opens(), closes, startBefore))
                : Optional.empty();
        return new Slot(byRule, left, first.title(), Optional.of(first));
    }
}
