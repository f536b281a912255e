package dev.drydock.controller.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.contract.Contract;
import dev.drydock.controller.contract.Cover;
import dev.drydock.controller.contract.MaintenanceType;
import dev.drydock.controller.contract.Scope;
import dev.drydock.controller.contract.ServiceHours;
import dev.drydock.controller.contract.TestContracts;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ContractReportTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Contract SHOP = new Contract(
            "shop",
            "Shop",
            "true",
            new ServiceHours(ZoneOffset.UTC, ServiceHours.DAYS, ServiceHours.OPENS, ServiceHours.CLOSES, List.of()),
            Map.of(MaintenanceType.CORRECTIVE, TestContracts.terms(1, 1, true)),
            NOON);

    private static Incident incident(
            int number, MaintenanceType type, Scope scope, Optional<Instant> due, Optional<Instant> responded) {
        return new Incident(
                number,
                "title",
                type,
                new Cover(scope, "shop", "Shop", scope == Scope.IN_SCOPE, due, Optional.empty()),
                Optional.empty(),
                IncidentState.OPEN,
                "",
                NOON,
                responded,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    @Test
    void tellsApartWhatWasMetMissedAndOutOfScope() {
        List<Incident> incidents = List.of(
                incident(1, MaintenanceType.CORRECTIVE, Scope.IN_SCOPE, Optional.of(NOON), Optional.of(NOON)),
                incident(2, MaintenanceType.CORRECTIVE, Scope.IN_SCOPE, Optional.of(NOON), Optional.empty()),
                incident(3, MaintenanceType.EMERGENCY, Scope.OUT_OF_SCOPE, Optional.empty(), Optional.empty()));
        Bucket corrective = new Bucket(MaintenanceType.CORRECTIVE, true, true);
        List<CountedRun> runs = List.of(
                new CountedRun("h-1", "web-1", "web@1", corrective, RunState.SUCCEEDED),
                new CountedRun("h-2", "web-1", "web@1", corrective, RunState.ROLLED_BACK),
                new CountedRun("h-2", "web-2", "web@2", corrective, RunState.LOST));

        ContractReport report = ContractReport.of(SHOP, incidents, runs, NOON.plusSeconds(1));

        assertThat(report.rows())
                .containsExactly(
                        new ContractReport.Row(
                                corrective,
                                2,
                                new ContractReport.Tally(1, 1, 0, 0),
                                new ContractReport.Tally(0, 0, 0, 2),
                                new ContractReport.Outcomes(3, 1, 1, 1)),
                        new ContractReport.Row(
                                new Bucket(MaintenanceType.EMERGENCY, false, false),
                                1,
                                new ContractReport.Tally(0, 0, 0, 1),
                                new ContractReport.Tally(0, 0, 0, 1),
                                ContractReport.Outcomes.NONE));
        assertThat(report.rollouts())
                .extracting(rollout -> rollout.name() + " " + rollout.changes().all())
                .containsExactly("web-1 2", "web-2 1");
    }

    @Test
    void whatIsCoveredHasARowEvenWhenNothingWas() {
        assertThat(ContractReport.of(SHOP, List.of(), List.of(), NOON).rows()).hasSize(1);
    }

    @Property
    void nothingIsLeftOutOrCountedTwice(@ForAll long seed) {
        Random random = new Random(seed);
        List<Incident> incidents = new ArrayList<>();
        List<CountedRun> runs = new ArrayList<>();
        for (int i = 0; i < random.nextInt(40); i++) {
            MaintenanceType type = MaintenanceType.values()[random.nextInt(MaintenanceType.values().length)];
            boolean in = random.nextBoolean();
            incidents.add(incident(
                    i + 1,
                    type,
                    in ? Scope.IN_SCOPE : Scope.OUT_OF_SCOPE,
                    in ? Optional.of(NOON.plusSeconds(random.nextInt(100))) : Optional.empty(),
                    random.nextBoolean() ? Optional.of(NOON.plusSeconds(random.nextInt(100))) : Optional.empty()));
            runs.add(new CountedRun(
                    "h",
                    "o-" + random.nextInt(3),
                    "web@1",
                    new Bucket(type, in, random.nextBoolean()),
                    random.nextBoolean() ? RunState.SUCCEEDED : RunState.DEFERRED));
        }

        ContractReport report = ContractReport.of(SHOP, incidents, runs, NOON.plusSeconds(50));

        assertThat(report.rows().stream()
                        .mapToInt(ContractReport.Row::incidents)
                        .sum())
                .isEqualTo(incidents.size());
        assertThat(report.rows().stream().mapToInt(row -> row.changes().all()).sum())
                .isEqualTo(runs.size());
        assertThat(report.rollouts().stream()
                        .mapToInt(one -> one.changes().all())
                        .sum())
                .isEqualTo(runs.size());
        assertThat(report.rows()).allSatisfy(row -> {
            for (ContractReport.Tally tally : List.of(row.response(), row.fix())) {
                assertThat(tally.met() + tally.missed() + tally.running() + tally.unpromised())
                        .isEqualTo(row.incidents());
            }
        });
        assertThat(report.rows().stream().map(ContractReport.Row::bucket).distinct())
                .hasSameSizeAs(report.rows());
    }
}
