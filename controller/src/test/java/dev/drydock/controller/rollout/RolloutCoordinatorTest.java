package dev.drydock.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunNotifier;
import dev.drydock.controller.store.SqlRollouts;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.StoreException;
import dev.drydock.controller.store.TestStores;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.HostRules;
import dev.drydock.controller.window.Window;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Os;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutCoordinatorTest {
    private static final Duration BOUND = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final TestClock clock = new TestClock(Plans.FIRST.opens());
    private final TestHosts hosts = new TestHosts(4);
    private final FixedPlans plans = new FixedPlans(4, Plans.ONCE);
    private volatile List<Window> windows = List.of();
    private SqlStore store;
    private RunNotifier notifier;
    private SqlRunStore runs;
    private TestAgents agents;
    private FailingStore rollouts;
    private RolloutCoordinator coordinator;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        notifier = new RunNotifier();
        runs = new SqlRunStore(store, clock, notifier);
        agents = new TestAgents(runs);
        rollouts = new FailingStore(new SqlRollouts(store));
        coordinator = new RolloutCoordinator(
                new RolloutPorts(
                        rollouts,
                        runs,
                        runs,
                        agents,
                        hosts,
                        () -> Blackouts.NONE,
                        () -> new HostRules(windows, Plans.BEFORE)),
                plans,
                clock);
        notifier.add(coordinator);
        coordinator.start();
    }

    @AfterEach
    void close() {
        notifier.close();
        coordinator.close();
        store.close();
    }

    private static RolloutDraft draft(String name, String waves) {
        return new RolloutDraft(
                name,
                new PlaybookVersion("web-monthly", 7, "d".repeat(64)),
                Map.of(),
                "true",
                "night",
                Optional.empty(),
                Plans.strategy(waves, "", "0", Duration.ZERO),
                "olga");
    }

    @Test
    void aHostThatComesLaterJoinsTheLastWaveAndItsRunIsOnRecord() throws Exception {
        Rollout made = coordinator.create(draft("patches", "1"));
        hosts.put(9, true, false, false);
        plans.newcomers.add(new Candidate("h-9", "host-9", ""));
        coordinator.hostsChanged();
        await().atMost(BOUND)
                .until(() -> coordinator.find("patches").orElseThrow().hosts().size() == 5);
        agents.end("h-1", RunState.SUCCEEDED);
        awaitOpen("h-2", "h-3", "h-4", "h-9");
        assertThat(rollouts.find("patches").orElseThrow().hosts().getLast().runId())
                .isEqualTo(made.id() + "-5-1");
    }

    private RolloutState state(String name) {
        return coordinator.find(name).orElseThrow().state();
    }

    private void awaitOpen(String... hostIds) {
        await().atMost(BOUND).until(() -> List.of(hostIds).stream()
                .allMatch(host -> runs.openOf(host).size() == 1));
    }

    @Test
    void carriesARolloutThroughItsWaves() throws Exception {
        Rollout made = coordinator.create(draft("patches", "1"));
        assertThat(made.state()).isEqualTo(RolloutState.RUNNING);
        assertThat(agents.woken).containsExactly("h-1");
        Run run = agents.open("h-1");
        assertThat(run.rolloutId()).isEqualTo(made.id());
        assertThat(run.windowCloses()).isEqualTo(Plans.FIRST.closes());
        assertThat(run.startBefore()).isEqualTo(Plans.FIRST.startBefore());

        agents.end("h-1", RunState.SUCCEEDED);
        awaitOpen("h-2", "h-3", "h-4");
        for (String host : List.of("h-2", "h-3", "h-4")) {
            agents.end(host, RunState.SUCCEEDED);
        }
        await().atMost(BOUND).until(() -> state("patches") == RolloutState.COMPLETED);
        assertThat(runs.ofRollout(made.id())).hasSize(4);
    }

    @Test
    void whoWatchesIsToldTheStateAndEachChangeWithItsNotes() throws Exception {
        coordinator.create(draft("patches", "4"));
        List<RolloutState> states = new CopyOnWriteArrayList<>();
        List<String> notes = new CopyOnWriteArrayList<>();
        RolloutWatch watch = coordinator.watch("patches", (rollout, told) -> {
            states.add(rollout.state());
            told.forEach(note -> notes.add(note.hostId() + ": " + note.text()));
        });
        assertThat(states).containsExactly(RolloutState.RUNNING);

        agents.start("h-2");
        agents.end("h-1", RunState.ROLLED_BACK);
        await().atMost(BOUND).until(() -> states.contains(RolloutState.STOPPING));
        assertThat(notes).contains("h-1: rolled back: because", ": wave 1: 1 of 4 hosts failed, none may");
        watch.close();
        int told = states.size();
        coordinator.abort("patches", true);
        assertThat(states).hasSize(told);
        assertThat(agents.cancelled).anyMatch(text -> text.endsWith("MODE_ROLL_BACK"));
        assertThatThrownBy(() -> coordinator.watch("other", (rollout, more) -> {}))
                .isInstanceOf(UnknownRolloutException.class);
    }

    @Test
    void theSameAgainIsTheOneThatIsThereAndAnotherOfItsNameIsRefused() throws Exception {
        Rollout made = coordinator.create(draft("patches", "1"));

        assertThat(coordinator.create(draft("patches", "1")).id()).isEqualTo(made.id());
        assertThatThrownBy(() -> coordinator.create(draft("patches", "2"))).isInstanceOf(RolloutExistsException.class);
        assertThat(runs.ofRollout(made.id())).hasSize(1);
    }

    @Test
    void whatDoesNotFitWhereItStandsIsRefusedAndRepeatingIsNot() throws Exception {
        coordinator.create(draft("patches", "1"));
        coordinator.pause("patches");
        assertThat(coordinator.pause("patches").state()).isEqualTo(RolloutState.PAUSED);
        coordinator.resume("patches");
        assertThat(coordinator.resume("patches").state()).isEqualTo(RolloutState.RUNNING);

        coordinator.abort("patches", false);
        assertThat(coordinator.abort("patches", false).stop()).isEqualTo(Rollout.Stop.ABORTED);
        assertThatThrownBy(() -> coordinator.pause("patches"))
                .isInstanceOf(RolloutRefusedException.class)
                .hasMessageContaining("cannot be paused: it is stopping (aborted by an operator)");
    }

    @Test
    void anotherControllerGoesOnWhereThisOneStood() throws Exception {
        Rollout made = coordinator.create(draft("patches", "1"));
        notifier.close();
        coordinator.close();
        agents.woken.clear();
        // Its agent reports while there is nobody to hear of it.
        new TestAgents(new SqlRunStore(store, clock, run -> {})).end("h-1", RunState.SUCCEEDED);
        store.close();
        open();

        awaitOpen("h-2", "h-3", "h-4");
        assertThat(runs.ofRollout(made.id())).hasSize(4);
        assertThat(coordinator.find("patches").orElseThrow().currentWave()).isEqualTo(2);
    }

    @Test
    void offersThatMayNotHaveGoneOutAreMadeAgainAfterARestart() throws Exception {
        coordinator.create(draft("patches", "1"));
        close();
        open();

        assertThat(agents.woken).containsExactly("h-1");
        assertThat(runs.list(Optional.empty(), Optional.empty(), 10)).hasSize(1);
    }

    @Test
    void hostsThatComeBackStart() throws Exception {
        hosts.put(1, false, false, false);
        hosts.put(2, true, false, true);
        coordinator.create(draft("patches", "4"));
        assertThat(agents.woken).containsExactly("h-3", "h-4");
        assertThat(coordinator.find("patches").orElseThrow().hosts())
                .extracting(HostProgress::unready)
                .containsExactly("offline", "drained", "", "");

        hosts.put(1, true, false, false);
        coordinator.hostsChanged();
        awaitOpen("h-1");
        assertThat(runs.openOf("h-2")).isEmpty();
    }

    @Test
    void nothingStartsOnAHostForWhichTwoWindowsContradictEachOther() throws Exception {
        windows = List.of(
                selecting("web", "host.labels.role == \"web\"", true),
                selecting("prod", "host.labels.env == \"prod\"", false));
        hosts.put(labelled(1, "prod"), true, false, false);
        coordinator.create(draft("patches", "4"));

        assertThat(agents.woken).containsExactly("h-2", "h-3", "h-4");
        assertThat(coordinator.find("patches").orElseThrow().hosts().getFirst().unready())
                .isEqualTo("windows web and prod contradict each other: web is to be the only one of its hosts");
        hosts.put(labelled(1, "test"), true, false, false);
        coordinator.hostsChanged();
        awaitOpen("h-1");
    }

    private static Host labelled(int number, String env) {
        return Host.newBuilder()
                .setId("h-" + number)
                .setName("host-" + number)
                .putLabels("role", "web")
                .putLabels("env", env)
                .setOs(Os.newBuilder().setFamily("debian"))
                .build();
    }

    private static Window selecting(String name, String hosts, boolean exclusive) {
        Window night = Plans.NIGHTLY;
        return new Window(
                name,
                night.rrule(),
                night.start(),
                night.zone(),
                night.duration(),
                night.cutoff(),
                night.reserve(),
                List.of(),
                Optional.of(hosts),
                exclusive);
    }

    @Test
    void noHostHasTwoOpenRunsWhateverTheRollouts() throws Exception {
        coordinator.create(draft("one", "4"));
        coordinator.create(draft("two", "4"));
        assertThat(agents.woken).containsExactly("h-1", "h-2", "h-3", "h-4");

        String first = agents.open("h-2").rolloutId();
        agents.end("h-2", RunState.SUCCEEDED);
        await().atMost(BOUND).until(() -> runs.openOf("h-2").stream()
                .anyMatch(run -> !run.rolloutId().equals(first)));
        assertThat(runs.openOf("h-1")).hasSize(1);
    }

    /** Whichever of the two rollouts keeps them apart. */
    @ParameterizedTest
    @ValueSource(strings = {"first", "second"})
    void aPairIsNeverDownTogetherWhateverTheRollouts(String which) throws Exception {
        for (int i = 1; i <= 4; i++) {
            hosts.put(
                    Host.newBuilder()
                            .setId("h-" + i)
                            .setName("host-" + i)
                            .putLabels("pair", i <= 2 ? "db" : "web-" + i)
                            .build(),
                    true,
                    false,
                    false);
        }
        RolloutDraft first = draft("first", "1");
        RolloutDraft second = draft("second", "4");
        coordinator.create(which.equals("first") ? apart(first) : first);
        coordinator.create(which.equals("second") ? apart(second) : second);

        awaitOpen("h-1", "h-3", "h-4");
        Rollout other = coordinator.find("second").orElseThrow();
        assertThat(other.hosts().get(1).unready())
                .isEqualTo("rollout first is at work on host-1, which has labels.pair db too");
        assertThat(runs.openOf("h-2")).isEmpty();

        agents.end("h-1", RunState.ROLLED_BACK);
        await().atMost(BOUND).until(() -> runs.openOf("h-2").size() == 1);
    }

    private static RolloutDraft apart(RolloutDraft draft) {
        return new RolloutDraft(
                draft.name(),
                draft.playbook(),
                draft.params(),
                draft.selector(),
                draft.window(),
                draft.emergency(),
                new Strategy(
                        draft.strategy().waves(), "", "0", Duration.ZERO, "labels.pair", List.of(), RebootPace.USUAL),
                draft.by());
    }

    @Test
    void aRunThatSaysNothingIsLost() throws Exception {
        coordinator.create(draft("patches", "1"));
        agents.start("h-1");
        // Taken in: a sign of life after the deadline would give it more time.
        await().atMost(BOUND)
                .until(() -> coordinator
                                .find("patches")
                                .orElseThrow()
                                .hosts()
                                .getFirst()
                                .state()
                        == RunState.VERIFYING);
        clock.set(Plans.FIRST.closes().plus(Plans.ONCE.reserve()));
        coordinator.hostsChanged();

        await().atMost(BOUND).until(() -> state("patches") == RolloutState.STOPPED);
        assertThat(runs.list(Optional.of("h-1"), Optional.empty(), 1).getFirst().state())
                .isEqualTo(RunState.LOST);
    }

    @Test
    void aChangeThatCannotBeRecordedIsRefusedAndDidNotHappen() throws Exception {
        coordinator.create(draft("patches", "1"));
        rollouts.failing = true;
        assertThatThrownBy(() -> coordinator.pause("patches")).isInstanceOf(StoreException.class);
        assertThat(state("patches")).isEqualTo(RolloutState.RUNNING);

        // A report that could not be taken in is not lost: it is on record, and is read again.
        agents.end("h-1", RunState.SUCCEEDED);
        await().atMost(BOUND).until(() -> rollouts.failures > 1);
        assertThat(agents.woken).containsExactly("h-1");
        rollouts.failing = false;
        awaitOpen("h-2", "h-3", "h-4");
    }
}
