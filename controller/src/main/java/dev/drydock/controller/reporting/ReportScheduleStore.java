package dev.drydock.controller.reporting;

import dev.drydock.controller.notify.Notification;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Schedules and what they sent, on record. Each change is durable when it returns. */
public interface ReportScheduleStore {
    /** By name. */
    List<ReportSchedule> all();

    /** In the place of the one of its id, if there is one. */
    void put(ReportSchedule schedule);

    /** With all that it sent. */
    void delete(ReportSchedule schedule);

    /** By the ids of schedules: the last time that was seen to, but for what was asked for by hand. */
    Map<String, Instant> lastDue();

    /**
     * Puts one on record, with its document; it is not in the outbox yet.
     *
     * @return false: it is there already, or its schedule is no more; nothing was changed
     */
    boolean record(Sending sending, byte[] document);

    /** On record and not yet in the outbox, oldest first. */
    List<Sending> unqueued();

    void queued(Sending sending);

    /** Of this schedule, newest first. */
    List<Sending> sendings(String schedule, int most);

    /** What became of it, address by address. */
    List<Notification> told(Sending sending);

    /** Removes documents that everybody has, and what was sent before that; never the last one of a schedule. */
    void forget(Instant documentsBefore, Instant sendingsBefore);
}
