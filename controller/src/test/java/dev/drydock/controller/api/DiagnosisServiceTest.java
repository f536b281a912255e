package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.diagnosis.Checkup;
import dev.drydock.controller.diagnosis.HostsExamination;
import dev.drydock.controller.diagnosis.RolloutsExamination;
import dev.drydock.controller.rollout.RolloutState;
import dev.drydock.controller.security.Role;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.DiagnoseRequest;
import dev.drydock.proto.v1.Diagnosis;
import dev.drydock.proto.v1.DiagnosisServiceGrpc;
import dev.drydock.proto.v1.FindingLevel;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiagnosisServiceTest {
    @TempDir
    Path directory;

    private final FakeHosts hosts = new FakeHosts();
    private final FakeRollouts rollouts = new FakeRollouts();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(
                directory,
                test -> List.of(new DiagnosisService(
                        new Checkup(
                                new LinkedHashMap<>(Map.of(
                                        "hosts", new HostsExamination(hosts::all, "1.0", Duration.ofDays(30)),
                                        "rollouts", new RolloutsExamination(rollouts::list))),
                                TestServer.CLOCK),
                        "1.0",
                        TestServer.CLOCK)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Diagnosis diagnose() {
        return server.client(DiagnosisServiceGrpc::newBlockingStub).diagnose(DiagnoseRequest.getDefaultInstance());
    }

    @Test
    void namesTwentyHostsAndCountsTheRest() {
        IntStream.range(0, 25).forEach(i -> {
            hosts.add("h-" + i, "web-" + i, "web");
            hosts.drain("web-" + i, true);
        });

        assertThat(diagnose().getFindingsList())
                .filteredOn(found -> found.getText().startsWith("drained"))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.getNamesCount()).isEqualTo(20);
                    assertThat(found.getCount()).isEqualTo(25);
                    assertThat(found.getLevel()).isEqualTo(FindingLevel.FINDING_ADVICE);
                });
    }

    @Test
    void aHostThatCouldNotBePutBackIsTheWorst() {
        rollouts.rollouts.add(Samples.rollout(RolloutState.RUNNING, RunState.ROLLBACK_FAILED, ""));

        Diagnosis told = diagnose();
        assertThat(told.getFindings(0).getLevel()).isEqualTo(FindingLevel.FINDING_TROUBLE);
        assertThat(told.getFindings(0).getText()).isEqualTo("hosts could not be put back");
        assertThat(told.getFindings(0).getNamesList()).containsExactly("web-01");
    }

    @Test
    void whatWaitsForAPersonIsTold() {
        rollouts.rollouts.add(Samples.rollout(RolloutState.PAUSED, RunState.SUCCEEDED, ""));
        assertThat(diagnose().getFindingsList())
                .anySatisfy(found -> assertThat(found.getNextStep()).isEqualTo("drydock rollout resume NAME"));
    }

    @Test
    void itTellsOfTheWholeFleetAndSoIsForWhoSeesIt() {
        assertFails(Status.Code.PERMISSION_DENIED, () -> TestServer.withAuthorization(
                        DiagnosisServiceGrpc.newBlockingStub(server.channel()),
                        server.user("shop", Role.ADMIN, "host.labels.role == 'web'"))
                .diagnose(DiagnoseRequest.getDefaultInstance()));
    }
}
