package dev.drydock.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.SqlWindows;
import dev.drydock.controller.store.TestStores;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.InvalidWindowException;
import dev.drydock.controller.window.Opening;
import dev.drydock.controller.window.Openings;
import dev.drydock.controller.window.WindowDraft;
import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.parse.PlaybookParser;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.playbooks.sign.SigningKey;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Os;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutPlannerTest {
    private static final PlaybookVersion VERSION = new PlaybookVersion("web-monthly", 7, "d".repeat(64));
    private static final String PLAYBOOK = """
            apiVersion: drydock/v1
            kind: Playbook
            metadata: {name: web-monthly, description: Patches, maintenance: preventive}
            spec:
              params:
                site: {type: path}
              hosts: host.os.family == "debian"
              steps:
                - name: Security updates
                  os.packages: {upgrade: security}
            """;

    @TempDir
    Path directory;

    private final TestHosts hosts = new TestHosts(3);
    private SqlStore store;
    private RolloutPlanner planner;
    private Blackouts blackouts = Blackouts.NONE;

    @BeforeEach
    void open() throws Exception {
        store = TestStores.open(directory.resolve("drydock.db"));
        SqlWindows windows = new SqlWindows(store);
        windows.create(nightly("night", ""));
        byte[] canonical = CanonicalForm.write(PlaybookParser.parse("p.yaml", PLAYBOOK));
        byte[] envelope = Envelope.sign(canonical, SigningKey.generate("key")).write();
        planner = new RolloutPlanner(
                hosts,
                windows,
                () -> blackouts,
                digest -> digest.equals(VERSION.digest()) ? Optional.of(envelope) : Optional.empty(),
                new TestClock(Plans.BEFORE),
                () -> "o-1");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static WindowDraft nightly(String name, String rule) throws InvalidWindowException {
        return new WindowDraft(
                name, rule, "2026-11-24T02:00", "UTC", Duration.ofHours(2), Duration.ofMinutes(30), Optional.empty());
    }

    private static RolloutDraft draft(String selector, Map<String, String> params) {
        return new RolloutDraft(
                "patches",
                VERSION,
                params,
                selector,
                "night",
                Optional.empty(),
                Plans.strategy("1", "", "", Duration.ZERO),
                "olga");
    }

    private static RolloutDraft good(String selector) {
        return draft(selector, Map.of("site", "/var/www"));
    }

    @Test
    void takesHostsByNameAndListsThoseLeftOutWithTheReason() throws Exception {
        hosts.put(2, false, false, false);
        hosts.put(3, true, false, true);
        hosts.put(4, true, true, false);
        hosts.put(host("host-5", ""), true, false, false);
        hosts.put(host("host-6", "suse"), true, false, false);
        hosts.put(Host.newBuilder().setId("h-7").setName("host-7").build(), true, false, false);

        RolloutPlan plan = planner.plan(good("host.labels.role == \"web\""));

        assertThat(plan.hosts())
                .containsExactly(new PlannedHost("h-1", "host-1", 1, ""), new PlannedHost("h-2", "host-2", 2, ""));
        assertThat(plan.notIncluded())
                .containsExactly(
                        new Exclusion("host-3", "drained"),
                        new Exclusion("host-4", "revoked"),
                        new Exclusion("host-5", "no facts yet"),
                        new Exclusion("host-6", "the playbook is not for it: host.os.family == \"debian\""));
    }

    @Test
    void takesOnlyHostsThatTheWindowIsFor() throws Exception {
        new SqlWindows(store)
                .create(new WindowDraft(
                        "second",
                        "",
                        "2026-11-24T02:00",
                        "UTC",
                        Duration.ofHours(2),
                        Duration.ofMinutes(30),
                        Optional.empty(),
                        List.of(),
                        "host.name == \"host-2\"",
                        false));
        hosts.put(2, true, false, false);

        RolloutPlan plan = planner.plan(new RolloutDraft(
                "patches",
                VERSION,
                Map.of("site", "/var/www"),
                "true",
                "second",
                Optional.empty(),
                Plans.strategy("1", "", "", Duration.ZERO),
                "olga"));

        assertThat(plan.hosts()).extracting(PlannedHost::name).containsExactly("host-2");
        assertThat(plan.notIncluded())
                .contains(new Exclusion("host-1", "window second is not for it: host.name == \"host-2\""));
    }

    @Test
    void aHostsClusterIsTheLabelThatTheStrategyNames() throws Exception {
        hosts.put(
                Host.newBuilder()
                        .setId("h-9")
                        .setName("host-9")
                        .putLabels("role", "db")
                        .putLabels("pair", "orders")
                        .setOs(Os.newBuilder().setFamily("debian"))
                        .build(),
                true,
                false,
                false);

        RolloutPlan plan = planner.plan(new RolloutDraft(
                "patches",
                VERSION,
                Map.of("site", "/var/www"),
                "host.labels.role == \"db\"",
                "night",
                Optional.empty(),
                Plans.apart(Plans.strategy("1", "", "", Duration.ZERO)),
                "olga"));

        assertThat(plan.hosts()).containsExactly(new PlannedHost("h-9", "host-9", 1, "orders"));
    }

    private static Host host(String name, String family) {
        Host.Builder host =
                Host.newBuilder().setId("h" + name.substring(4)).setName(name).putLabels("role", "web");
        return family.isEmpty()
                ? host.build()
                : host.setOs(Os.newBuilder().setFamily(family)).build();
    }

    @Test
    void tellsAllProblemsAtOnce() {
        RolloutDraft bad = new RolloutDraft(
                "No Name",
                VERSION,
                Map.of("siet", "/x"),
                "host.labels.role == ",
                "nigth",
                Optional.empty(),
                new Strategy(List.of("0"), "x", "200%", Duration.ofDays(99), "cluster", List.of(0)),
                "olga");

        assertThatThrownBy(() -> planner.plan(bad))
                .isInstanceOfSatisfying(InvalidRolloutException.class, e -> assertThat(e.problems())
                        .anyMatch(problem -> problem.startsWith("name: 'No Name'"))
                        .anyMatch(problem -> problem.contains("did you mean night?"))
                        .anyMatch(problem -> problem.startsWith("waves[0]: '0'"))
                        .anyMatch(problem -> problem.startsWith("max_concurrent: 'x'"))
                        .anyMatch(problem -> problem.startsWith("failure_threshold: '200%'"))
                        .anyMatch(problem -> problem.startsWith("soak: "))
                        .anyMatch(problem -> problem.startsWith("approve_before: there is no wave 0"))
                        .anyMatch(problem -> problem.startsWith("never_together: 'cluster' is no label"))
                        .anyMatch(problem -> problem.startsWith("params: unknown parameter 'siet'"))
                        .anyMatch(problem -> problem.startsWith("params: parameter 'site' is missing"))
                        .anyMatch(problem -> problem.startsWith("selector: expression")));
    }

    @Test
    void refusesASelectorThatGivesNoHostAndSaysWhoWasLeftOut() {
        hosts.put(1, true, false, true);

        assertThatThrownBy(() -> planner.plan(good("host.name == \"host-1\"")))
                .isInstanceOf(InvalidRolloutException.class)
                .hasMessage("selector: 'host.name == \"host-1\"' gives no host that can take the playbook; left out:"
                        + " host-1 (drained)");
        assertThatThrownBy(() -> planner.plan(good(" "))).hasMessageContaining("selector: is empty");
    }

    @Test
    void anEmergencyHasItsOwnOpeningAndNeedsASecondPerson() throws Exception {
        RolloutPlan plan = planner.plan(urgent("openssl, exploited", Duration.ofHours(4), ""));

        assertThat(plan.needsApproval(1)).isTrue();
        assertThat(plan.needsApproval(2)).isFalse();
        assertThat(plan.origin().emergency()).contains("openssl, exploited");
        Opening opening =
                new Openings(plan.window()).next(plan.origin().at(), 1).getFirst();
        assertThat(opening.admits(plan.origin().at())).isTrue();
        assertThat(opening.closes()).isEqualTo(plan.origin().at().plus(Duration.ofHours(4)));
    }

    @Test
    void anEmergencySaysWhyAndForHowLongAndHasNoWindow() {
        assertThatThrownBy(() -> planner.plan(urgent(" ", Duration.ofHours(4), "night")))
                .hasMessageContaining("window: an emergency has no window")
                .hasMessageContaining("emergency: has no reason");
        assertThatThrownBy(() -> planner.plan(urgent("exploited", Duration.ofDays(9), "")))
                .hasMessageContaining("emergency_for: PT216H is not between 10m and 48h");
    }

    private static RolloutDraft urgent(String reason, Duration lasts, String window) {
        RolloutDraft draft = good("true");
        return new RolloutDraft(
                draft.name(),
                draft.playbook(),
                draft.params(),
                draft.selector(),
                window,
                Optional.of(new Emergency(reason, lasts)),
                draft.strategy(),
                draft.by());
    }

    @Test
    void noWaveIsApprovedThatThereIsNot() {
        RolloutDraft draft = good("true");
        Strategy strategy = Plans.approvedBefore(draft.strategy(), 2, 3);
        assertThatThrownBy(() -> planner.plan(new RolloutDraft(
                        draft.name(),
                        draft.playbook(),
                        draft.params(),
                        draft.selector(),
                        draft.window(),
                        Optional.empty(),
                        strategy,
                        draft.by())))
                .hasMessage("approve_before: there is no wave 3; these hosts go in 2 waves");
    }

    @Test
    void newcomersAreThoseThatMatchNowAndThatThePlanHasNot() throws Exception {
        hosts.put(3, true, false, true);
        RolloutPlan plan = planner.plan(good("true"));
        assertThat(planner.newcomers(plan)).isEmpty();
        hosts.put(3, true, false, false);
        hosts.put(4, true, false, false);
        hosts.put(5, true, true, false);
        assertThat(planner.newcomers(plan))
                .containsExactly(new Candidate("h-3", "host-3", ""), new Candidate("h-4", "host-4", ""));
    }
}
