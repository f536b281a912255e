package dev.drydock.controller.reporting;

import dev.drydock.controller.document.Document;
import dev.drydock.controller.document.Documents;
import dev.drydock.controller.notify.Message;
import dev.drydock.controller.notify.Outbox;
import dev.drydock.controller.team.ChatHook;
import dev.drydock.controller.team.Listening;
import dev.drydock.controller.team.Team;
import dev.drydock.controller.team.Teams;
import dev.drydock.controller.team.UnknownTeamException;
import dev.drydock.controller.team.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what is due and puts it into the outbox. What is made is on record first, under its time: a controller that dies in
 * between puts it into the outbox after its start, which takes the same once.
 */
public final class ReportSender implements AutoCloseable {
    static final Duration SENDINGS_KEPT = Duration.ofDays(400);
    static final Duration DOCUMENTS_KEPT = Duration.ofDays(7);
    private static final Logger log = LoggerFactory.getLogger(ReportSender.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    /** For how long it is tried again to make what cannot be made for no reason that is known. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final ReportSchedules schedules;
    private final ReportScheduleStore store;
    private final ReportMaker maker;
    private final Teams teams;
    private final Outbox outbox;
    private final InstantSource clock;
    private final String address;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("reports").factory());

    /** @param address of the controller's pages, {@code https://NAME:PORT} */
    public ReportSender(
            ReportSchedules schedules,
            ReportScheduleStore store,
            ReportMaker maker,
            Teams teams,
            Outbox outbox,
            InstantSource clock,
            String address) {
        this.schedules = schedules;
        this.store = store;
        this.maker = maker;
        this.teams = teams;
        this.outbox = outbox;
        this.clock = clock;
        this.address = address;
    }

    public void start() {
        var unused = timer.scheduleWithFixedDelay(
                () -> guarded("reports could not be looked at", this::look), 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        var alsoUnused = timer.scheduleWithFixedDelay(
                () -> guarded(
                        "old reports could not be removed",
                        () -> store.forget(now().minus(DOCUMENTS_KEPT), now().minus(SENDINGS_KEPT))),
                0,
                1,
                TimeUnit.DAYS);
    }

    /** What a task throws would end it for good. */
    private static void guarded(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("{}; again later", what, e);
        }
    }

    void look() {
        store.unqueued().forEach(this::queue);
        Map<String, Instant> lastDue = store.lastDue();
        for (ReportSchedule schedule : schedules.all()) {
            if (!schedule.paused()) {
                guarded(
                        "report " + schedule.name() + " could not be sent",
                        () -> send(schedule, Optional.ofNullable(lastDue.get(schedule.id()))));
            }
        }
    }

    private void send(ReportSchedule schedule, Optional<Instant> lastDue) {
        DueTimes.due(schedule.times(), DueTimes.since(schedule, lastDue), now()).ifPresent(due -> {
            try {
                record(schedule, due.at(), "", due.missed());
            } catch (Documents.BusyException e) {
                log.info("report {} waits: other reports are being made", schedule.name());
            } catch (RuntimeException e) {
                if (now().isBefore(due.at().plus(PATIENCE))) {
                    throw e;
                }
                log.error("report {} could not be made", schedule.name(), e);
                put(refused(
                        schedule, due.at(), "", due.missed(), "it could not be made; the controller's log says why"));
            }
        });
    }

    /**
     * Makes and sends one at once.
     *
     * @param by who asks for it
     * @throws Documents.BusyException when others are being made
     */
    public Sending run(ReportSchedule schedule, String by) {
        return record(schedule, now(), by, 0);
    }

    private Sending record(ReportSchedule schedule, Instant due, String by, int missed) {
        try {
            Document document = maker.make(schedule, due);
            Sending sending = new Sending(
                    schedule.id(),
                    due,
                    now(),
                    by,
                    missed,
                    "",
                    document.summary(),
                    document.name(),
                    document.contentType(),
                    document.content().length);
            return put(sending, document.content());
        } catch (ReportRefusedException e) {
            log.warn("report {} is not made: {}", schedule.name(), e.getMessage());
            return put(refused(schedule, due, by, missed, String.valueOf(e.getMessage())));
        }
    }

    private Sending refused(ReportSchedule schedule, Instant due, String by, int missed, String why) {
        return new Sending(schedule.id(), due, now(), by, missed, why, "", "", "", 0);
    }

    private Sending put(Sending sending) {
        return put(sending, new byte[0]);
    }

    private Sending put(Sending sending, byte[] document) {
        if (store.record(sending, document)) {
            queue(sending);
        }
        return sending;
    }

    private void queue(Sending sending) {
        Optional<ReportSchedule> schedule = schedules.all().stream()
                .filter(one -> one.id().equals(sending.schedule()))
                .findFirst();
        if (schedule.isPresent() && !sending.refused()) {
            Message message = ReportMessage.of(schedule.get(), sending, address);
            recipients(schedule.get()).forEach(team -> outbox.put(team, message));
        }
        store.queued(sending);
    }

    /** A report was asked for at its time: neither the severities nor the quiet hours of a team hold it back. */
    private List<Team> recipients(ReportSchedule schedule) {
        Recipients to = schedule.recipients();
        List<Team> all = new ArrayList<>();
        all.add(told(schedule.recipient(), to.mail(), to.webhook(), Optional.empty(), schedule.createdAt()));
        for (String name : to.teams()) {
            try {
                Team team = teams.find(name);
                all.add(told(team.name(), team.mail(), team.webhook(), team.chat(), team.createdAt()));
            } catch (UnknownTeamException e) {
                log.warn("report {}: {}", schedule.name(), e.getMessage());
            }
        }
        return all;
    }

    private static Team told(
            String name, List<String> mail, Optional<Webhook> webhook, Optional<ChatHook> chat, Instant since) {
        return new Team(name, "false", mail, webhook, chat, List.of(), Listening.ALL, since);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** What is not sent yet is sent after the next start. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
