package dev.drydock.controller.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.drydock.controller.contract.Contracts;
import dev.drydock.controller.contract.MaintenanceType;
import dev.drydock.controller.contract.TestContracts;
import dev.drydock.controller.incident.IncidentAction;
import dev.drydock.controller.incident.Incidents;
import dev.drydock.controller.notify.Notification;
import dev.drydock.controller.notify.Outbox;
import dev.drydock.controller.rollout.Plans;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutDirectory;
import dev.drydock.controller.rollout.RolloutEvent;
import dev.drydock.controller.rollout.RolloutMachine;
import dev.drydock.controller.rollout.TestHosts;
import dev.drydock.controller.store.SqlContracts;
import dev.drydock.controller.store.SqlIncidents;
import dev.drydock.controller.store.SqlNotifications;
import dev.drydock.controller.store.SqlRollouts;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.SqlTeams;
import dev.drydock.controller.store.TestStores;
import dev.drydock.controller.team.Severity;
import dev.drydock.controller.team.TeamDraft;
import dev.drydock.controller.team.Teams;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.proto.facts.v1.Certificate;
import dev.drydock.proto.facts.v1.Host;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real database, from what is on record. */
final class AlertsTest {
    @TempDir
    Path directory;

    private final AtomicInteger ids = new AtomicInteger();
    private final TestHosts hosts = new TestHosts(3);
    private Instant now = Plans.FIRST.opens();
    private SqlStore store;
    private SqlIncidents incidents;
    private SqlNotifications notifications;
    private SqlRollouts rollouts;
    private Teams teams;
    private Alerts alerts;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        incidents = new SqlIncidents(store);
        notifications = new SqlNotifications(store);
        rollouts = new SqlRollouts(store);
        teams = new Teams(new SqlTeams(store), () -> now, new SecureRandom());
        alerts = new Alerts(
                rollouts,
                new Recorded(),
                incidents,
                hosts,
                teams,
                notifications,
                new Outbox(notifications, () -> now, () -> "n-%03d".formatted(ids.incrementAndGet())),
                () -> now);
    }

    private final class Recorded implements RolloutDirectory {
        @Override
        public Optional<Rollout> find(String nameOrId) {
            return rollouts.find(nameOrId);
        }

        @Override
        public List<Rollout> list() {
            throw new AssertionError("not all are read");
        }

        @Override
        public List<Rollout> live() {
            throw new AssertionError("what goes on is not told");
        }
    }

    @AfterEach
    void close() {
        alerts.close();
        store.close();
    }

    private void team(String name, String selector) throws Exception {
        var unused = teams.create(
                new TeamDraft(name, selector, List.of(name + "@example.com"), "", "", Optional.empty(), true, ""));
    }

    private List<String> told() {
        return notifications.list(Optional.empty(), Optional.empty(), Optional.empty(), 100).reversed().stream()
                .map(one -> one.team() + " " + one.message().severity() + " "
                        + one.message().subject())
                .toList();
    }

    private void lookTwiceAndAfterARestart() {
        alerts.look();
        alerts.look();
        close();
        open();
        alerts.look();
    }

    private Contracts contracts() {
        return new Contracts(new SqlContracts(store), List::of, name -> false, () -> now);
    }

    private Incidents people() {
        return new Incidents(incidents, contracts(), hosts, () -> Blackouts.NONE, () -> now);
    }

    private Rollout aborted() {
        Rollout planned = RolloutMachine.planned(
                Plans.plan(3, Plans.strategy("1", "", "", Duration.ZERO), Plans.NIGHTLY), Map.of());
        return RolloutMachine.decide(planned, new RolloutEvent.Abort(false), now)
                .rollout();
    }

    @Test
    void ownersHearOnceThatARolloutEnded() throws Exception {
        team("web", "host.name == \"host-2\"");
        team("dba", "host.labels.role == \"db\"");
        Rollout ended = aborted();
        var unused = rollouts.insert(ended, List.of());
        assertThat(ended.state().ended()).isTrue();

        lookTwiceAndAfterARestart();

        assertThat(told()).containsExactly("web WARNING Rollout patches is aborted");
        Notification one = notifications.find("n-001").orElseThrow();
        assertThat(one.message().text())
                .contains("aborted by an operator", "Your hosts in it: 1", "drydock rollout show patches");
        assertThat(one.message().json()).contains("\"type\":\"rollout.ended\"", "\"team\":\"web\"", "host-2");
    }

    @Test
    void whatIsLongOverAndWhatWasBeforeTheTeamIsToldToNobody() throws Exception {
        var unused = rollouts.insert(aborted(), List.of());
        now = now.plus(Duration.ofHours(1));
        team("late", "true");
        alerts.look();
        assertThat(told()).isEmpty();
        now = now.plus(Alert.TOLD_FOR);
        assertThat(rollouts.since(now.minus(Alert.TOLD_FOR))).isEmpty();
    }

    @Test
    void clocksAreToldOfWhenThreeQuartersAreOverAndWhenTheyAreMissed() throws Exception {
        team("web", "true");
        var unused = contracts().create(TestContracts.of("shop", "web"));
        var opened = people().open(
                        new Incidents.Draft(
                                List.of("host-1"), "Slow", MaintenanceType.PREVENTIVE, "", Optional.empty()),
                        "olga");
        lookTwiceAndAfterARestart();
        assertThat(told()).containsExactly("web WARNING Incident i-1 was opened: Slow");

        now = opened.openedAt().plus(Duration.ofHours(3));
        lookTwiceAndAfterARestart();
        assertThat(told()).hasSize(2).last().asString().contains("Incident i-1 has a response due at ", ": Slow");

        now = opened.openedAt().plus(Duration.ofHours(4)).plusSeconds(1);
        lookTwiceAndAfterARestart();
        assertThat(told()).hasSize(3).last().asString().startsWith("web CRITICAL Incident i-1 has missed its response");

        var responded = people().act(1, IncidentAction.RESPOND, "olga", "");
        var resolved = people().act(1, IncidentAction.RESOLVE, "olga", "");
        assertThat(resolved.fix().state(now).name()).isEqualTo("MET");
        assertThat(responded.respondedAt()).isPresent();
        now = now.plus(Duration.ofDays(2));
        alerts.look();
        assertThat(told()).as("the fix was in time").hasSize(3);
    }

    private void silent(int number, Instant seen) {
        Host facts = hosts.find("h-" + number).orElseThrow().facts();
        hosts.put(facts, false, false, false, seen);
    }

    @Test
    void silentHostsAreToldOfTogether() throws Exception {
        team("web", "true");
        Instant seen = now;
        now = now.plus(Duration.ofHours(24));
        silent(1, seen);
        silent(2, seen.plusSeconds(1));
        silent(3, seen.plusSeconds(2));
        alerts.look();
        now = now.plusSeconds(60);
        lookTwiceAndAfterARestart();

        assertThat(told())
                .containsExactly(
                        "web WARNING Host host-1 is silent since " + seen,
                        "web WARNING Host host-2 is silent since " + seen.plusSeconds(1),
                        "web WARNING Host host-3 is silent since " + seen.plusSeconds(2));
        assertThat(notifications
                        .list(Optional.empty(), Optional.empty(), Optional.empty(), 10)
                        .reversed())
                .extracting(Notification::state)
                .containsExactly(Notification.State.PENDING, Notification.State.HELD, Notification.State.MERGED);
    }

    @Test
    void certificatesThatEndAreToldOfTwice() throws Exception {
        team("web", "true");
        Instant ends = now.plus(Duration.ofDays(14));
        hosts.put(
                hosts.find("h-1").orElseThrow().facts().toBuilder()
                        .addCertificates(Certificate.newBuilder()
                                .setLocation("/etc/ssl/shop.pem")
                                .setSubject("CN=shop.example.com")
                                .setFingerprint("ab12")
                                .setNotAfter(Timestamp.newBuilder().setSeconds(ends.getEpochSecond())))
                        .build(),
                true,
                false,
                false);
        now = now.minusSeconds(1);
        alerts.look();
        assertThat(told()).isEmpty();
        now = now.plusSeconds(1);
        lookTwiceAndAfterARestart();
        now = ends.minus(Duration.ofDays(3));
        lookTwiceAndAfterARestart();

        assertThat(told())
                .containsExactly(
                        "web " + Severity.WARNING + " Certificate CN=shop.example.com on host-1 ends at " + ends,
                        "web " + Severity.CRITICAL + " Certificate CN=shop.example.com on host-1 ends at " + ends);
    }
}
