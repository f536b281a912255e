package dev.drydock.controller.alert;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.alert.EndedRollouts.Ended;
import dev.drydock.controller.incident.Incident;
import dev.drydock.controller.incident.IncidentFilter;
import dev.drydock.controller.incident.IncidentState;
import dev.drydock.controller.incident.IncidentStore;
import dev.drydock.controller.notify.Message;
import dev.drydock.controller.notify.NotificationStore;
import dev.drydock.controller.notify.NotificationStore.Told;
import dev.drydock.controller.notify.Outbox;
import dev.drydock.controller.rollout.RolloutDirectory;
import dev.drydock.controller.team.Team;
import dev.drydock.controller.team.Teams;
import dev.drydock.proto.facts.v1.Host;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the owners of hosts what happened to them, from the record: what is there, and was not told, is told. A controller that
 * dies tells nobody twice, since the key of each message is unique in the outbox, and forgets nothing of the last days. One thread.
 */
public final class Alerts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Alerts.class);
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final int MOST_INCIDENTS = 10_000;
    /** A team hears of what came about after it was made, or shortly before: it may have been replaced meanwhile. */
    private static final Duration BEFORE_THE_TEAM = Duration.ofMinutes(5);

    private final EndedRollouts ended;
    private final RolloutDirectory rollouts;
    private final IncidentStore incidents;
    private final HostDirectory hosts;
    private final Teams teams;
    private final NotificationStore store;
    private final Outbox outbox;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("alerts").factory());

    /** Of teams that own none of the hosts, or do not want to hear of it: they need not be looked at every time. */
    private final Set<Nobody> nobody = new HashSet<>();

    /** A rollout is much to read, and what is over stays as it is. */
    private final Map<Ended, Optional<Alert>> ofRollouts = new HashMap<>();

    /** @param hosts how many it is about: more may join */
    private record Nobody(String etag, String key, int hosts) {}

    public Alerts(
            EndedRollouts ended,
            RolloutDirectory rollouts,
            IncidentStore incidents,
            HostDirectory hosts,
            Teams teams,
            NotificationStore store,
            Outbox outbox,
            InstantSource clock) {
        this.ended = ended;
        this.rollouts = rollouts;
        this.incidents = incidents;
        this.hosts = hosts;
        this.teams = teams;
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
            log.error("alerts could not be given; again in {} s", LOOK.toSeconds(), e);
        }
    }

    void look() {
        List<Team> all = teams.all();
        if (all.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<HostView> fleet = hosts.all();
        List<Alert> alerts = alerts(fleet, now).stream()
                .filter(alert -> now.isBefore(alert.expires()))
                .toList();
        Set<String> keys = alerts.stream().map(Alert::key).collect(Collectors.toSet());
        nobody.removeIf(known -> !keys.contains(known.key()));
        Set<Told> told = store.told(Alert.PREFIX, now);
        Map<String, Host> byId = fleet.stream().collect(Collectors.toMap(HostView::id, HostView::facts));
        all.forEach(team -> tell(team, alerts, told, byId, now));
    }

    private List<Alert> alerts(List<HostView> fleet, Instant now) {
        List<Alert> alerts = new ArrayList<>();
        List<Ended> over = ended.since(now.minus(Alert.TOLD_FOR));
        ofRollouts.keySet().retainAll(Set.copyOf(over));
        over.forEach(one -> ofRollouts
                .computeIfAbsent(one, key -> rollouts.find(one.rolloutId()).flatMap(RolloutAlerts::of))
                .ifPresent(alerts::add));
        EnumSet<IncidentState> states = EnumSet.allOf(IncidentState.class);
        states.remove(IncidentState.CLOSED);
        List<Incident> open =
                incidents.list(new IncidentFilter(states, Optional.empty(), Optional.empty()), MOST_INCIDENTS);
        open.forEach(incident -> alerts.addAll(IncidentAlerts.of(incident, now)));
        fleet.forEach(host -> alerts.addAll(HostAlerts.of(host, now)));
        return alerts;
    }

    private void tell(Team team, List<Alert> alerts, Set<Told> told, Map<String, Host> byId, Instant now) {
        String etag = team.etag();
        Predicate<Host> owns = Teams.owned(team);
        Function<Alert, List<String>> owned = alert -> alert.hosts().stream()
                .filter(id -> Optional.ofNullable(byId.get(id)).filter(owns).isPresent())
                .sorted()
                .toList();
        List<Message> messages = new ArrayList<>();
        for (Alert alert : alerts) {
            Nobody none = new Nobody(etag, alert.key(), alert.hosts().size());
            if (told.contains(new Told(team.name(), alert.key())) || nobody.contains(none)) {
                continue;
            }
            List<String> own =
                    alert.at().isBefore(team.createdAt().minus(BEFORE_THE_TEAM)) ? List.of() : owned.apply(alert);
            if (own.isEmpty() || !team.wants(alert.severity())) {
                nobody.add(none);
            } else {
                messages.add(alert.message(team.name(), own, now));
            }
        }
        if (!messages.isEmpty()) {
            outbox.put(team, messages);
            log.info("team {} is told of {} events", team.name(), messages.size());
        }
    }

    /** What is not told yet is told after the next start. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
