package dev.drydock.controller.notice;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostPlan;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.notice.NoticeSchedule.CalledOff;
import dev.drydock.controller.notice.NoticeSchedule.Due;
import dev.drydock.controller.notify.Message;
import dev.drydock.controller.notify.NotificationStore;
import dev.drydock.controller.notify.NotificationStore.Told;
import dev.drydock.controller.notify.Outbox;
import dev.drydock.controller.rollout.HostProgress;
import dev.drydock.controller.rollout.PlannedHost;
import dev.drydock.controller.rollout.Previews;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutDirectory;
import dev.drydock.controller.rollout.RolloutPreview;
import dev.drydock.controller.team.Severity;
import dev.drydock.controller.team.Team;
import dev.drydock.controller.team.Teams;
import dev.drydock.proto.facts.v1.Host;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the owners of hosts what will be done to them, before the window opens. What was told stands in the outbox, so that a
 * controller that dies tells nobody twice and forgets nobody. One thread; hosts are asked for what would change.
 */
public final class WindowNotices implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WindowNotices.class);
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** For how long it is of use to hear that something is called off. */
    private static final Duration CALLED_OFF_FOR = Duration.ofDays(1);

    private final RolloutDirectory rollouts;
    private final Teams teams;
    private final HostDirectory hosts;
    private final Previews previews;
    private final NotificationStore store;
    private final Outbox outbox;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("notices").factory());

    /** Of teams that own none of the hosts, or have no address: they need not be looked at every time. */
    private final Set<Nobody> nobody = new HashSet<>();

    private record Nobody(String etag, NoticeKey key) {}

    public WindowNotices(
            RolloutDirectory rollouts,
            Teams teams,
            HostDirectory hosts,
            Previews previews,
            NotificationStore store,
            Outbox outbox,
            InstantSource clock) {
        this.rollouts = rollouts;
        this.teams = teams;
        this.hosts = hosts;
        this.previews = previews;
        this.store = store;
        this.outbox = outbox;
        this.clock = clock;
    }

    public void start() {
        var unused = timer.scheduleWithFixedDelay(this::guarded, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void guarded() {
        try {
            look();
        } catch (RuntimeException e) {
            log.error("notices could not be given; again in {} s", LOOK.toSeconds(), e);
        }
    }

    void look() {
        Instant now = clock.instant();
        List<Rollout> live = rollouts.live();
        Set<Told> told = store.told(NoticeKey.PREFIX, now);
        NoticeSchedule.calledOff(live, told, now).forEach(off -> callOff(off, now));
        nobody.removeIf(known -> !now.isBefore(known.key().opens()));
        Map<Rollout, List<Due>> byRollout = NoticeSchedule.due(live, teams.all(), told, now).stream()
                .filter(due -> !nobody.contains(new Nobody(due.team().etag(), due.key())))
                .collect(Collectors.groupingBy(Due::rollout, LinkedHashMap::new, Collectors.toList()));
        byRollout.forEach(this::announce);
    }

    private void announce(Rollout rollout, List<Due> due) {
        Map<String, Host> byId = hosts.all().stream().collect(Collectors.toMap(HostView::id, HostView::facts));
        List<PlannedHost> left = rollout.hosts().stream()
                .filter(HostProgress::waiting)
                .map(HostProgress::host)
                .toList();
        Map<Due, List<PlannedHost>> owned = new LinkedHashMap<>();
        for (Due one : due) {
            Predicate<Host> owns = Teams.owned(one.team());
            List<PlannedHost> own = left.stream()
                    .filter(host -> Optional.ofNullable(byId.get(host.id()))
                            .filter(owns)
                            .isPresent())
                    .toList();
            if (own.isEmpty() || !one.team().wants(Severity.INFO)) {
                nobody.add(new Nobody(one.team().etag(), one.key()));
            } else {
                owned.put(one, own);
            }
        }
        if (owned.isEmpty()) {
            return;
        }
        List<PlannedHost> asked =
                owned.values().stream().flatMap(List::stream).distinct().toList();
        RolloutPreview preview = previews.of(rollout, left, asked, PATIENCE);
        owned.forEach((one, own) -> put(one, own, left.size() - own.size(), preview));
    }

    private void put(Due due, List<PlannedHost> own, int others, RolloutPreview preview) {
        Rollout rollout = due.rollout();
        Instant now = clock.instant();
        WindowNotice notice = new WindowNotice(
                due.team().name(),
                rollout.plan(),
                due.opening(),
                own.stream()
                        .map(host -> new WindowNotice.Owned(
                                host, preview.hosts().getOrDefault(host.id(), HostPlan.none("not asked"))))
                        .toList(),
                others,
                preview.typical(),
                rollout.unapproved());
        Message message = new Message(
                due.key().text(),
                NoticeText.subject(notice, now),
                NoticeText.body(notice, now),
                NoticeJson.notice(notice, now),
                due.opening().opens());
        int told = outbox.put(due.team(), message).size();
        log.info(
                "rollout {}: team {} is told at {} of the opening at {}",
                rollout.name(),
                due.team().name(),
                told == 1 ? "one address" : told + " addresses",
                due.opening().opens());
    }

    private void callOff(CalledOff off, Instant now) {
        NoticeKey key = off.announced();
        Optional<Team> team = teams.all().stream()
                .filter(one -> one.name().equals(off.team()))
                .findFirst();
        Optional<Rollout> rollout = rollouts.find(key.rolloutId());
        if (team.isEmpty() || rollout.isEmpty()) {
            return;
        }
        Rollout of = rollout.get();
        ZoneId zone = of.plan().window().zone();
        String why = why(of);
        outbox.put(
                team.get(),
                new Message(
                        key.text(),
                        NoticeText.calledOffSubject(of.name(), key.opens(), zone),
                        NoticeText.calledOff(off.team(), of.name(), key.opens(), zone, why),
                        NoticeJson.calledOff(
                                off.team(), of.name(), of.plan().window().name(), key.opens(), why, now),
                        now.plus(CALLED_OFF_FOR)));
    }

    private static String why(Rollout rollout) {
        if (rollout.state().ended()) {
            return "the rollout has ended" + (rollout.reason().isEmpty() ? "" : ": " + rollout.reason());
        }
        return rollout.opening()
                .map(next -> "the window does not open then; it goes on at " + next.opens())
                .orElse("the window does not open then");
    }

    /** What is not told yet is told after the next start. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
