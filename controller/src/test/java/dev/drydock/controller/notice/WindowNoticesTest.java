package dev.drydock.controller.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.controller.agents.HostPlan;
import dev.drydock.controller.notify.Notification;
import dev.drydock.controller.notify.Outbox;
import dev.drydock.controller.rollout.Plans;
import dev.drydock.controller.rollout.Previews;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutDirectory;
import dev.drydock.controller.rollout.RolloutEvent;
import dev.drydock.controller.rollout.RolloutMachine;
import dev.drydock.controller.rollout.TestHosts;
import dev.drydock.controller.store.SqlNotifications;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.SqlTeams;
import dev.drydock.controller.store.TestStores;
import dev.drydock.controller.team.InvalidTeamException;
import dev.drydock.controller.team.TeamDraft;
import dev.drydock.controller.team.Teams;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.StepPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real database; hosts answer as the test says. */
final class WindowNoticesTest {
    private static final Instant OPENS = Plans.FIRST.opens();

    @TempDir
    Path directory;

    private final AtomicInteger ids = new AtomicInteger();
    private final List<String> asked = new ArrayList<>();
    private final TestHosts hosts = new TestHosts(3);
    private Instant now = OPENS.minus(Duration.ofHours(24));
    private Rollout rollout = scheduled();
    private SqlStore store;
    private Teams teams;
    private SqlNotifications notifications;
    private WindowNotices notices;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        teams = new Teams(new SqlTeams(store), () -> now, new SecureRandom());
        notifications = new SqlNotifications(store);
        Previews previews = new Previews(
                new NoPlanning(),
                () -> Blackouts.NONE,
                this::answers,
                new SqlRunStore(store, () -> now, run -> {}),
                () -> now);
        notices = new WindowNotices(
                new One(),
                teams,
                hosts,
                previews,
                notifications,
                new Outbox(notifications, () -> now, () -> "n-" + ids.incrementAndGet()),
                () -> now);
    }

    @AfterEach
    void close() {
        notices.close();
        store.close();
    }

    private Rollout scheduled() {
        Rollout planned = RolloutMachine.planned(
                Plans.plan(3, Plans.strategy("1", "", "", Duration.ZERO), Plans.NIGHTLY), Map.of());
        return RolloutMachine.decide(planned, new RolloutEvent.Tick(), now).rollout();
    }

    private Map<String, HostPlan> answers(
            java.util.Collection<String> of, String digest, Map<String, String> params, Duration patience) {
        asked.addAll(of);
        Map<String, HostPlan> plans = new HashMap<>();
        of.forEach(id -> plans.put(
                id,
                id.equals("h-3")
                        ? HostPlan.none("offline")
                        : new HostPlan(
                                "",
                                List.of(StepPlan.newBuilder()
                                        .setName("Updates")
                                        .addChanges(Change.newBuilder()
                                                .setKind("package")
                                                .setName("openssl")
                                                .setFrom("3.0.1")
                                                .setTo("3.0.2\nTo hold it: nothing"))
                                        .build()))));
        return plans;
    }

    private final class One implements RolloutDirectory {
        @Override
        public Optional<Rollout> find(String nameOrId) {
            return Optional.of(rollout);
        }

        @Override
        public List<Rollout> list() {
            return List.of(rollout);
        }

        @Override
        public List<Rollout> live() {
            return rollout.state().ended() ? List.of() : List.of(rollout);
        }
    }

    private static final class NoPlanning implements dev.drydock.controller.rollout.Planning {
        @Override
        public dev.drydock.controller.rollout.RolloutPlan plan(dev.drydock.controller.rollout.RolloutDraft draft) {
            throw new AssertionError("nothing is planned for a notice");
        }

        @Override
        public List<dev.drydock.controller.rollout.Candidate> newcomers(
                dev.drydock.controller.rollout.RolloutPlan plan) {
            throw new AssertionError("nobody is looked for");
        }
    }

    private void team(String name, String selector, String... mail) {
        try {
            var unused = teams.create(new TeamDraft(name, selector, List.of(mail), "", "", Optional.empty(), true, ""));
        } catch (InvalidTeamException e) {
            throw new AssertionError(e);
        }
    }

    private List<Notification> told() {
        return notifications
                .list(Optional.empty(), Optional.empty(), Optional.empty(), 100)
                .reversed();
    }

    @Test
    void ownersAreToldWhatWillBeDoneToTheirHostsAndNoOthers() throws IOException {
        team("web", "host.name in [\"host-2\", \"host-3\"]", "web@example.com");
        team("dba", "host.labels.role == \"db\"", "dba@example.com");

        notices.look();

        assertThat(asked).containsExactly("h-2", "h-3");
        assertThat(told()).hasSize(1);
        Notification one = told().getFirst();
        assertThat(one.team()).isEqualTo("web");
        assertThat(one.message().expiresAt()).isEqualTo(OPENS);
        assertThat(one.message().subject())
                .isEqualTo("In 1d: rollout patches changes 2 hosts of web (Tue 24 Nov 2026 02:00 UTC)");
        assertThat(one.message().text())
                .contains(
                        "In 1d rollout patches begins to change 2 hosts of team web, and 1 of others.",
                        "window     night, Tue 24 Nov 2026 02:00 UTC to Tue 24 Nov 2026 04:00 UTC",
                        "playbook   web-monthly@7",
                        "made by    olga",
                        "wave 2  host-2, host-3",
                        "package openssl 3.0.1 → 3.0.2 To hold it: nothing: host-2",
                        "offline: host-3",
                        "drydock rollout pause patches");
        JsonNode data = new ObjectMapper().readTree(one.message().json()).get("data");
        assertThat(data.get("rollout").asText()).isEqualTo("patches");
        assertThat(data.get("window").get("opens").asText()).isEqualTo(OPENS.toString());
        assertThat(data.get("hosts").get(0).get("changes").get(0).get("name").asText())
                .isEqualTo("openssl");
        assertThat(data.get("hosts").get(1).get("changes_unknown").asText()).isEqualTo("offline");
    }

    @Test
    void aControllerThatDiedTellsNobodyTwice() {
        team("web", "true", "web@example.com");
        notices.look();
        notices.close();
        store.close();

        open();
        notices.look();
        now = OPENS.minus(Duration.ofHours(1));
        notices.look();
        notices.look();

        assertThat(told()).extracting(Notification::id).containsExactly("n-1", "n-2");
    }

    @Test
    void whoHasNoAddressCostsNothing() {
        team("web", "true");

        notices.look();
        notices.look();

        assertThat(asked).isEmpty();
        team("web", "true", "web@example.com");
        notices.look();
        assertThat(told()).hasSize(1);
    }

    @Test
    void whatIsAbortedIsCalledOff() {
        team("web", "true", "web@example.com");
        notices.look();
        rollout = RolloutMachine.decide(rollout, new RolloutEvent.Abort(false), now)
                .rollout();

        notices.look();
        notices.look();

        assertThat(told()).hasSize(2);
        assertThat(told().getLast().message().subject())
                .isEqualTo("Called off: rollout patches on Tue 24 Nov 2026 02:00 UTC");
        assertThat(told().getLast().message().text()).contains("the rollout has ended: aborted by an operator");
    }
}
