package dev.drydock.controller.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.contract.Cover;
import dev.drydock.controller.contract.MaintenanceType;
import dev.drydock.controller.contract.Scope;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.Runs;
import dev.drydock.controller.store.RunTable;
import dev.drydock.controller.store.SqlIncidents;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.TestStores;
import dev.drydock.proto.agent.v1.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Runs fall into incidents by rollout, contract and cause, whatever the order in which they are taken up; each into one. */
class IncidentGroupingProperties {
    private static final int RUNS = 24;

    private Path directory = Path.of("");
    private int database;

    @BeforeProperty
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("grouping");
    }

    @AfterProperty
    void removeDirectory() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    private record Failed(String run, String rollout, String contract, String cause) {
        String key() {
            return rollout + contract + cause;
        }

        NewIncident asked() {
            return new NewIncident(
                    Optional.empty(),
                    "title",
                    MaintenanceType.PREVENTIVE,
                    new Cover(Scope.IN_SCOPE, contract, contract, true, Optional.empty(), Optional.empty()),
                    Optional.of(new RunGroup(rollout, rollout, "web@1", cause)),
                    "",
                    Runs.NOON,
                    List.of(new AffectedHost(
                            "h-" + run,
                            "h-" + run,
                            Optional.of(new AffectedHost.FailedRun(
                                    run, RunState.ROLLED_BACK, cause, Optional.of(Runs.NOON))))),
                    "");
        }
    }

    @Property(tries = 20)
    void theOrderDoesNotMatterNorDoesRepetition(@ForAll long seed) {
        Random random = new Random(seed);
        List<Failed> failed = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            failed.add(new Failed(
                    "r-" + i, "o-" + random.nextInt(2), "c-" + random.nextInt(2), "cause " + random.nextInt(3)));
        }
        List<Failed> shuffled = new ArrayList<>(failed);
        shuffled.addAll(failed.subList(0, random.nextInt(RUNS)));
        Collections.shuffle(shuffled, random);

        Map<String, Set<String>> expected = failed.stream()
                .collect(Collectors.groupingBy(Failed::key, Collectors.mapping(Failed::run, Collectors.toSet())));

        assertThat(taken(shuffled)).isEqualTo(new HashSet<>(expected.values()));
    }

    private Set<Set<String>> taken(List<Failed> order) {
        try (SqlStore store = TestStores.open(directory.resolve(++database + ".db"))) {
            SqlIncidents incidents = new SqlIncidents(store);
            int unused = store.writeNow(handle -> {
                for (int i = 0; i < RUNS; i++) {
                    Run run = Runs.offered("r-" + i, "h-r-" + i);
                    RunTable.insert(handle, run);
                }
                return 0;
            });
            order.forEach(failed -> {
                var alsoUnused = incidents.take(failed.asked());
            });
            return incidents
                    .list(new IncidentFilter(Set.of(IncidentState.values()), Optional.empty(), Optional.empty()), 100)
                    .stream()
                    .map(one -> one.hosts().stream()
                            .map(host -> host.run().orElseThrow().id())
                            .collect(Collectors.toSet()))
                    .collect(Collectors.toSet());
        }
    }
}
