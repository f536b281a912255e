package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.assessment.Assessments;
import dev.drydock.controller.store.SqlAssessments;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Packages;
import dev.drydock.proto.facts.v1.PendingUpdate;
import dev.drydock.proto.v1.Assessment;
import dev.drydock.proto.v1.AssessmentServiceGrpc;
import dev.drydock.proto.v1.AssessmentServiceGrpc.AssessmentServiceBlockingStub;
import dev.drydock.proto.v1.DeleteAssessmentRequest;
import dev.drydock.proto.v1.ListAssessmentsRequest;
import dev.drydock.proto.v1.RecordAssessmentRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AssessmentServiceTest {
    private static final Host SEEN = Host.newBuilder()
            .setName("db-07")
            .putLabels("role", "db")
            .setAgentVersion("9.9.9")
            .setId("h-1")
            .setPackages(Packages.newBuilder().setManager("apt").addPending(update("openssl", "2")))
            .build();

    @TempDir
    Path directory;

    private final FakeHosts hosts = new FakeHosts();
    private final AtomicReference<Instant> now = new AtomicReference<>(FakeHosts.NOON);
    private TestServer server;
    private AssessmentServiceBlockingStub service;

    @BeforeEach
    void start() throws Exception {
        hosts.add("h-1", "web-01", "web");
        server = new TestServer(
                directory,
                test -> List.of(
                        new AssessmentService(new Assessments(new SqlAssessments(test.store()), hosts, now::get))));
        service = server.client(AssessmentServiceGrpc::newBlockingStub);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static PendingUpdate update(String name, String version) {
        return PendingUpdate.newBuilder()
                .setName(name)
                .setAvailableVersion(version)
                .setSecurity(true)
                .build();
    }

    private Assessment record(Host facts) {
        return service.recordAssessment(RecordAssessmentRequest.newBuilder()
                .setFacts(facts)
                .setAddress("admin@192.0.2.7")
                .build());
    }

    private List<Assessment> list(String filter) {
        return service.listAssessments(
                        ListAssessmentsRequest.newBuilder().setFilter(filter).build())
                .getAssessmentsList();
    }

    @Test
    void whatWasSeenIsListedUntilItIsForgotten() {
        Assessment kept = record(SEEN);

        assertThat(kept.getSeenBy()).isEqualTo("admin");
        assertThat(kept.getFacts().getAgentVersion() + kept.getFacts().getId()).isEmpty();
        assertThat(kept.getFacts().getPackages().getPendingSecurity()).isEqualTo(1);
        assertThat(list("host.labels.role == 'db'")).containsExactly(kept);
        assertThat(list("host.labels.role == 'web'")).isEmpty();

        var unused = service.deleteAssessment(
                DeleteAssessmentRequest.newBuilder().setName("db-07").build());
        assertThat(list("")).isEmpty();
        assertFails(
                Status.Code.NOT_FOUND,
                () -> service.deleteAssessment(
                        DeleteAssessmentRequest.newBuilder().setName("db-07").build()));
    }

    @Test
    void anUpdateWaitsSinceItWasFirstSeen() {
        var unused = record(SEEN);
        now.set(FakeHosts.NOON.plus(Duration.ofDays(3)));
        Host later = SEEN.toBuilder()
                .setPackages(Packages.newBuilder()
                        .addPending(update("openssl", "2").toBuilder().setFirstSeen(Times.timestamp(Instant.EPOCH)))
                        .addPending(update("curl", "8")))
                .build();

        assertThat(record(later).getFacts().getPackages().getPendingList())
                .extracting(PendingUpdate::getFirstSeen)
                .containsExactly(Times.timestamp(FakeHosts.NOON), Times.timestamp(Objects.requireNonNull(now.get())));
    }

    @Test
    void oneThatEnrolledIsToldOfByItsAgentAlone() {
        var unused = record(SEEN);
        hosts.add("h-7", "db-07", "db");

        assertThat(list("")).isEmpty();
        assertFails(Status.Code.FAILED_PRECONDITION, () -> record(SEEN));
    }

    @Test
    void whatIsOldIsStale() {
        var unused = record(SEEN);
        now.set(FakeHosts.NOON.plus(Duration.ofDays(8)));

        assertThat(list("").getFirst().getStale()).isTrue();
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> record(Host.newBuilder()
                                .setName("Web 1")
                                .putLabels("1", "x")
                                .build()))
                .hasMessageContaining("facts.name")
                .hasMessageContaining("facts.labels");
    }
}
