package dev.drydock.controller.reporting;

import dev.drydock.controller.naming.ChangedMeanwhileException;
import dev.drydock.controller.team.Webhook;
import dev.drydock.controller.team.WebhookSecret;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** All schedules, on record and at hand. A change counts as soon as it is durable. Thread-safe. */
public final class ReportSchedules {
    private static final int MOST = 500;

    private final ReportScheduleStore store;
    private final Supplier<String> ids;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Map<String, ReportSchedule> schedules = new TreeMap<>();

    /** Takes up what is on record. */
    public ReportSchedules(ReportScheduleStore store, Supplier<String> ids, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
        this.random = random;
        store.all().forEach(schedule -> schedules.put(schedule.name(), schedule));
    }

    /** @param secret that was made for its webhook; empty: it was given, or is the one that it had */
    public record Made(ReportSchedule schedule, Optional<WebhookSecret> secret) {}

    /** By name. */
    public synchronized List<ReportSchedule> all() {
        return List.copyOf(schedules.values());
    }

    public synchronized Optional<ReportSchedule> find(String name) {
        return Optional.ofNullable(schedules.get(name));
    }

    /** The webhook of a schedule, by the name that it has in the outbox. */
    public Optional<Webhook> webhook(String recipient) {
        return all().stream()
                .filter(schedule -> schedule.recipient().equals(recipient))
                .findFirst()
                .flatMap(schedule -> schedule.recipients().webhook());
    }

    /**
     * Idempotent: the same again changes nothing.
     *
     * @param check only say what would be wrong with it
     * @throws InvalidReportScheduleException with all that is wrong with it
     * @throws ReportScheduleExistsException another has its name
     */
    public synchronized Made create(ReportScheduleDraft draft, ReportScheduleDraft.Owner owner, boolean check)
            throws InvalidReportScheduleException {
        Optional<ReportSchedule> there = find(draft.name());
        Made made =
                validated(draft, owner, there.flatMap(one -> one.recipients().webhook()));
        if (there.isPresent()) {
            if (made.schedule().same(there.get())) {
                return new Made(there.get(), Optional.empty());
            }
            throw new ReportScheduleExistsException(draft.name());
        }
        if (schedules.size() >= MOST) {
            throw new InvalidReportScheduleException(
                    List.of("name: there are " + MOST + " report schedules, the most there can be; delete one first"));
        }
        if (!check) {
            put(made.schedule());
        }
        return made;
    }

    /** What the draft would make of the one that is there; nothing is changed. */
    public synchronized Made proposed(ReportSchedule there, ReportScheduleDraft draft)
            throws InvalidReportScheduleException {
        Made made = validated(
                draft,
                new ReportScheduleDraft.Owner(there.owner(), there.ownerSince()),
                there.recipients().webhook());
        ReportSchedule next = made.schedule();
        boolean anew = !next.times().equals(there.times()) || (there.paused() && !next.paused());
        return new Made(
                next.as(there.id(), there.createdAt(), anew ? next.activeFrom() : there.activeFrom()), made.secret());
    }

    /**
     * @param there as the caller saw it
     * @throws ChangedMeanwhileException it is not so any more
     */
    public synchronized void replace(ReportSchedule there, ReportSchedule next) {
        unchanged(there);
        put(next);
    }

    /** @throws ChangedMeanwhileException it is not so any more */
    public synchronized void delete(ReportSchedule there) {
        unchanged(there);
        store.delete(there);
        schedules.remove(there.name());
    }

    private void unchanged(ReportSchedule there) {
        if (find(there.name()).filter(there::equals).isEmpty()) {
            throw new ChangedMeanwhileException("report schedule " + there.name());
        }
    }

    private void put(ReportSchedule schedule) {
        store.put(schedule);
        schedules.put(schedule.name(), schedule);
    }

    private Made validated(ReportScheduleDraft draft, ReportScheduleDraft.Owner owner, Optional<Webhook> kept)
            throws InvalidReportScheduleException {
        WebhookSecret fresh = WebhookSecret.random(random);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ReportSchedule schedule = draft.validate(ids.get(), owner, now, kept, () -> fresh);
        return new Made(
                schedule, schedule.recipients().webhook().map(Webhook::secret).filter(fresh::equals));
    }
}
