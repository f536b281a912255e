package dev.drydock.controller.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.drydock.controller.contract.Contracts;
import dev.drydock.controller.contract.InvalidContractException;
import dev.drydock.controller.contract.MaintenanceType;
import dev.drydock.controller.contract.Scope;
import dev.drydock.controller.contract.TestContracts;
import dev.drydock.controller.rollout.TestHosts;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.Runs;
import dev.drydock.controller.store.RunTable;
import dev.drydock.controller.store.SqlContracts;
import dev.drydock.controller.store.SqlIncidents;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.TestStores;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.facts.v1.Host;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real database, from the record of runs. */
final class IncidentKeeperTest {
    @TempDir
    Path directory;

    private final TestHosts hosts = new TestHosts(4);
    private Instant now = Runs.NOON;
    private SqlStore store;
    private SqlRunStore runs;
    private SqlIncidents incidents;
    private Contracts contracts;
    private IncidentKeeper keeper;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        runs = new SqlRunStore(store, () -> now, run -> {});
        incidents = new SqlIncidents(store);
        contracts = new Contracts(new SqlContracts(store), List::of, name -> false, () -> now);
        keeper = new IncidentKeeper(incidents, contracts, hosts, () -> Blackouts.NONE, () -> now);
    }

    @AfterEach
    void close() {
        keeper.close();
        store.close();
    }

    private void shop() throws InvalidContractException {
        var unused = contracts.create(TestContracts.of("shop", "web"));
    }

    private void ended(String id, String hostId, RunState state, String reason) {
        ended(id, hostId, "o-1", state, reason);
    }

    private void ended(String id, String hostId, String rollout, RunState state, String reason) {
        Run offered = Runs.offered(id, hostId);
        Run run = new Run(
                id,
                rollout,
                hostId,
                offered.playbookName(),
                offered.playbookVersion(),
                offered.playbookDigest(),
                offered.params(),
                offered.windowName(),
                offered.windowOpens(),
                offered.windowCloses(),
                offered.startBefore(),
                offered.deadline(),
                RunState.OFFERED,
                "",
                now,
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Optional.empty());
        int unused = store.writeNow(handle -> {
            RunTable.insert(handle, run);
            return 0;
        });
        if (state == RunState.LOST) {
            runs.conclude(id, state, reason).join();
        } else {
            runs.append(
                            id,
                            List.of(
                                    Runs.accepted(),
                                    Runs.transition(2, RunState.ACCEPTED, RunState.RUNNING),
                                    Runs.result(3, state, reason)))
                    .join();
        }
    }

    private List<Incident> all() {
        return incidents.list(
                new IncidentFilter(Set.of(IncidentState.values()), Optional.empty(), Optional.empty()), 100);
    }

    private static List<String> runsOf(Incident incident) {
        return incident.hosts().stream()
                .map(host -> host.run().orElseThrow().id())
                .toList();
    }

    @Test
    void aFailedRunOpensOneByTheContractInForce() throws InvalidContractException {
        shop();
        ended("r-1", "h-1", RunState.ROLLED_BACK, "health check: 502, expected 200\nmore");
        ended("r-2", "h-2", RunState.SUCCEEDED, "all green");
        now = now.plusSeconds(60);

        keeper.look();
        keeper.look();

        assertThat(all()).hasSize(1);
        Incident one = all().getFirst();
        assertThat(one.id()).isEqualTo("i-1");
        assertThat(one.state()).isEqualTo(IncidentState.OPEN);
        assertThat(one.openedAt()).isEqualTo(now);
        assertThat(one.type()).isEqualTo(MaintenanceType.PREVENTIVE);
        assertThat(one.cover().client()).isEqualTo("shop Ltd");
        assertThat(one.response().due()).contains(now.plus(Duration.ofHours(4)));
        assertThat(one.fix().due()).contains(Instant.parse("2026-11-26T17:00:00Z"));
        assertThat(one.group().orElseThrow().cause()).isEqualTo("health check: #, expected #");
        assertThat(one.temporaryFix()).contains(Runs.NOON.plusSeconds(3));
        assertThat(incidents.log(1)).singleElement().satisfies(entry -> assertThat(entry.comment())
                .contains("host-1: rolled back and verified"));
    }

    @Test
    void aContractThatChangesLaterChangesNothingOfIt() throws InvalidContractException {
        shop();
        ended("r-1", "h-1", RunState.ROLLED_BACK, "red");
        keeper.look();
        Incident before = all().getFirst();

        contracts.delete("shop", "");
        ended("r-2", "h-1", "o-2", RunState.ROLLED_BACK, "red");
        keeper.look();

        assertThat(all().getLast()).isEqualTo(before);
        assertThat(all().getFirst().cover().scope()).isEqualTo(Scope.OUT_OF_CONTRACT);
        assertThat(all().getFirst().response().due()).isEmpty();
    }

    @Test
    void aControllerThatDiesInBetweenOpensItAfterItsRestartAndOnce() {
        ended("r-1", "h-1", RunState.LOST, "nothing heard until the deadline");
        close();
        open();
        keeper.look();
        close();
        open();
        keeper.look();

        assertThat(all()).singleElement().satisfies(one -> assertThat(runsOf(one))
                .containsExactly("r-1"));
        Incident again = all().getFirst();
        NewIncident asked = new NewIncident(
                Optional.empty(), "again", again.type(), again.cover(), again.group(), "", now, again.hosts(), "");
        assertThat(incidents.take(asked)).as("the run is in one").isEmpty();
    }

    @Test
    void oneCauseInOneRolloutIsOneIncidentUntilItIsResolved() throws Exception {
        ended("r-1", "h-1", RunState.ROLLED_BACK, "host-1: 502, expected 200");
        ended("r-2", "h-2", RunState.ROLLED_BACK, "host-2: 503, expected 200");
        ended("r-3", "h-3", RunState.ROLLED_BACK, "disk full");
        ended("r-4", "h-4", "o-2", RunState.ROLLED_BACK, "host-4: 502, expected 200");
        keeper.look();

        assertThat(all())
                .extracting(IncidentKeeperTest::runsOf)
                .containsExactlyInAnyOrder(List.of("r-1", "r-2"), List.of("r-3"), List.of("r-4"));
        Incident first = all().stream()
                .filter(one -> one.hosts().size() == 2)
                .findFirst()
                .orElseThrow();
        assertThat(incidents.log(first.number()))
                .extracting(Entry::action)
                .containsExactly(IncidentAction.OPEN, IncidentAction.JOIN_RUN);

        Incidents people = people();
        var unused = people.act(first.number(), IncidentAction.RESPOND, "olga", "");
        var alsoUnused = people.act(first.number(), IncidentAction.RESOLVE, "olga", "fixed");
        ended("r-5", "h-1", RunState.ROLLED_BACK, "host-1: 502, expected 200");
        keeper.look();
        assertThat(all()).hasSize(4);
        assertThat(runsOf(all().getFirst())).containsExactly("r-5");
    }

    @Test
    void contractsKeepTheirIncidentsApart() throws InvalidContractException {
        hosts.put(
                Host.newBuilder()
                        .setId("h-4")
                        .setName("host-4")
                        .putLabels("role", "db")
                        .build(),
                true,
                false,
                false);
        shop();
        var unused = contracts.create(TestContracts.of("bank", "db"));
        ended("r-1", "h-1", RunState.ROLLED_BACK, "red");
        ended("r-4", "h-4", RunState.ROLLED_BACK, "red");

        keeper.look();

        assertThat(all()).extracting(one -> one.cover().contract()).containsExactlyInAnyOrder("shop", "bank");
    }

    @Test
    void aRunThatWasLostAndIsHeardOfAgainStaysInItsIncident() {
        ended("r-1", "h-1", RunState.LOST, "nothing heard");
        keeper.look();

        runs.append(
                        "r-1",
                        List.of(
                                Runs.accepted(),
                                Runs.transition(2, RunState.ACCEPTED, RunState.RUNNING),
                                Runs.result(3, RunState.ROLLED_BACK, "red")))
                .join();
        keeper.look();

        assertThat(all()).singleElement().satisfies(one -> {
            assertThat(one.hosts().getFirst().run().orElseThrow().state()).isEqualTo(RunState.ROLLED_BACK);
            assertThat(one.temporaryFix()).isPresent();
        });
    }

    @Test
    void aLaterSuccessIsEvidenceAndClosesNothing() {
        ended("r-1", "h-1", RunState.ROLLED_BACK, "red");
        keeper.look();
        assertThat(incidents.evidence(1)).isEmpty();
        now = now.plusSeconds(3600);
        ended("r-2", "h-1", RunState.SUCCEEDED, "green");
        ended("r-3", "h-2", RunState.SUCCEEDED, "green");
        keeper.look();

        assertThat(incidents.evidence(1)).hasSize(1);
        assertThat(incidents.evidence(1))
                .hasEntrySatisfying("r-1", later -> assertThat(later.runId()).isEqualTo("r-2"));
        assertThat(all()).singleElement().satisfies(one -> assertThat(one.state())
                .isEqualTo(IncidentState.OPEN));
    }

    @Test
    void runsAreCountedAgainstTheContractOfTheirTime() throws InvalidContractException {
        shop();
        ended("r-1", "h-1", RunState.SUCCEEDED, "green");
        ended("r-2", "h-2", RunState.ROLLED_BACK, "red");
        keeper.look();
        contracts.delete("shop", "");
        ended("r-3", "h-3", RunState.SUCCEEDED, "green");
        keeper.look();

        assertThat(incidents.runsOfContract("shop", Runs.NOON, Runs.NOON.plusSeconds(60)))
                .extracting(CountedRun::hostId)
                .containsExactlyInAnyOrder("h-1", "h-2");
        assertThat(incidents.uncounted(10)).isEmpty();
    }

    /** The indexes are for the rows that are still to be looked at, so that a record of years costs nothing. */
    @Test
    void whatWasLookedAtIsNotReadAgain() {
        assumeFalse(TestStores.onPostgres(), "the plan is asked for as SQLite has it");
        assertThat(plan("runs.counted = FALSE AND runs.open = FALSE")).contains("runs_uncounted");
        assertThat(plan("runs.incident IS NULL AND runs.state IN ('ROLLED_BACK', 'ROLLBACK_FAILED', 'LOST')"))
                .contains("runs_without_incident");
    }

    private String plan(String condition) {
        return store.read(handle -> String.join(
                "\n",
                handle.createQuery("EXPLAIN QUERY PLAN SELECT * FROM runs WHERE " + condition
                                + " ORDER BY runs.ended_at LIMIT 10")
                        .map((row, context) -> row.getString("detail"))
                        .list()));
    }

    private Incidents people() {
        return new Incidents(incidents, contracts, hosts, () -> Blackouts.NONE, () -> now);
    }

    @Test
    void whatIsDoneIsOnRecordAndTheSameAgainIsNot() throws Exception {
        ended("r-1", "h-1", RunState.ROLLED_BACK, "red");
        keeper.look();
        Incidents people = people();

        assertThatThrownBy(() -> people.act(1, IncidentAction.HAND_TO_MAINTENANCE, "olga", "no"))
                .isInstanceOf(IncidentRefusedException.class)
                .hasMessage("Incident i-1 is open, so it cannot be handed to maintenance; it can be responded.");
        now = now.plusSeconds(60);
        var responded = people.act(1, IncidentAction.RESPOND, "olga", "looking");
        var again = people.act(1, IncidentAction.RESPOND, "olga", "looking");
        var handed = people.act(1, IncidentAction.HAND_TO_MAINTENANCE, "olga", "needs a new package");
        var comment = people.act(1, IncidentAction.COMMENT, "max", "built");

        assertThat(again).isEqualTo(responded);
        assertThat(responded.respondedAt()).contains(now);
        assertThat(handed.state()).isEqualTo(IncidentState.HANDED_OVER);
        assertThat(comment).isEqualTo(handed);
        assertThat(incidents.log(1))
                .extracting(entry -> entry.by() + " " + entry.action() + " "
                        + entry.from().map(Enum::name).orElse("-"))
                .containsExactly(" OPEN -", "olga RESPOND OPEN", "olga HAND_TO_MAINTENANCE RESPONDED", "max COMMENT -");
        assertThatThrownBy(() -> people.act(1, IncidentAction.COMMENT, "max", " "))
                .isInstanceOf(InvalidIncidentException.class);
        assertThatThrownBy(() -> people.act(2, IncidentAction.COMMENT, "max", "who?"))
                .isInstanceOf(UnknownIncidentException.class);
    }

    @Test
    void oneByHandIsOpenedOnceForARequest() throws Exception {
        shop();
        Incidents people = people();
        Incidents.Draft draft = new Incidents.Draft(
                List.of("host-1", "host-2"),
                "Slow since noon",
                MaintenanceType.PREVENTIVE,
                "a customer called",
                Optional.of("req-1"));

        Incident one = people.open(draft, "olga");

        assertThat(people.open(draft, "olga")).isEqualTo(one);
        assertThat(one.openedBy()).isEqualTo("olga");
        assertThat(one.cover().contract()).isEqualTo("shop");
        assertThat(one.hosts()).extracting(AffectedHost::name).containsExactly("host-1", "host-2");
        hosts.put(Host.newBuilder().setId("h-9").setName("db-01").build(), true, false, false);
        assertThatThrownBy(() -> people.open(
                        new Incidents.Draft(
                                List.of("host-1", "db-01", "nix"),
                                "",
                                MaintenanceType.CORRECTIVE,
                                "",
                                Optional.empty()),
                        "olga"))
                .isInstanceOf(InvalidIncidentException.class)
                .hasMessageContainingAll(
                        "title: expected one line",
                        "hosts: there is no host 'nix'",
                        "hosts: they are of more than one contract (none, shop)");
    }
}
