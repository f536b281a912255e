package dev.drydock.controller.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.v1.AccountServiceGrpc.AccountServiceImplBase;
import dev.drydock.proto.v1.AuditServiceGrpc.AuditServiceImplBase;
import dev.drydock.proto.v1.GetIncidentRequest;
import dev.drydock.proto.v1.Grant;
import dev.drydock.proto.v1.Incident;
import dev.drydock.proto.v1.IncidentServiceGrpc.IncidentServiceImplBase;
import dev.drydock.proto.v1.IncidentState;
import dev.drydock.proto.v1.ListAuditEntriesRequest;
import dev.drydock.proto.v1.ListAuditEntriesResponse;
import dev.drydock.proto.v1.ListRolloutsRequest;
import dev.drydock.proto.v1.ListRolloutsResponse;
import dev.drydock.proto.v1.RolloutServiceGrpc.RolloutServiceImplBase;
import dev.drydock.proto.v1.RolloutUpdate;
import dev.drydock.proto.v1.UserRole;
import dev.drydock.proto.v1.WatchRolloutRequest;
import dev.drydock.proto.v1.WhoAmIRequest;
import dev.drydock.proto.v1.WhoAmIResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages offer what whoever looks at them may do, and who comes to one that is not for them is told what is missing. */
final class OfferedTest {
    private static final String REFUSAL =
            "ListAuditEntries needs the role approver for the whole fleet; user vera has it for some hosts only.";

    @TempDir
    Path directory;

    private volatile List<Grant> grants = List.of();
    private volatile boolean steerable;
    private TestingWeb web;

    @BeforeEach
    void start() throws Exception {
        web = new TestingWeb(directory, List.of(new Account(), new Incidents(), new Audit(), new Rollouts()));
    }

    @AfterEach
    void stop() {
        web.close();
    }

    private static Grant grant(UserRole role, String hosts) {
        return Grant.newBuilder().setRole(role).setHosts(hosts).build();
    }

    private String page(Grant... granted) throws Exception {
        grants = List.of(granted);
        return web.get("/rollouts").body();
    }

    @Test
    void theNavigationHasWhatOneMaySee() throws Exception {
        assertThat(page(grant(UserRole.APPROVER, "")))
                .contains("href=\"/hosts\"", "href=\"/incidents\"", "href=\"/audit\"", "href=\"/settings\"");
        assertThat(page(grant(UserRole.ADMIN, "true"), grant(UserRole.OPERATOR, "")))
                .contains("href=\"/hosts\"", "href=\"/incidents\"", "href=\"/contracts\"", "href=\"/vulnerabilities\"")
                .doesNotContain("href=\"/audit\"");
        assertThat(page()).contains("href=\"/account\"").doesNotContain("href=\"/hosts\"", "href=\"/audit\"");
    }

    @Test
    void onlyOperatorsAreOfferedToPlan() throws Exception {
        assertThat(page(grant(UserRole.OPERATOR, "host.name == 'web-01'"))).contains("class=\"button main\"");
        assertThat(page(grant(UserRole.VIEWER, ""))).doesNotContain("class=\"button main\"");
    }

    @Test
    void anIncidentHasButtonsForWhoMaySteerIt() throws Exception {
        steerable = true;
        assertThat(web.get("/incidents/i-1").body()).contains("/incidents/i-1/comment", "/incidents/i-1/respond");
        steerable = false;
        HttpResponse<String> page = web.get("/incidents/i-1");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Slow again")
                .doesNotContain("/incidents/i-1/comment", "/incidents/i-1/respond", "What now");
    }

    @Test
    void whoMayNotSeeAPageIsToldWhatIsMissingAndWhomToAsk() throws Exception {
        HttpResponse<String> page = web.get("/audit");
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body())
                .contains("<h1>Not allowed</h1>")
                .contains(REFUSAL)
                .contains(
                        "An administrator of the whole fleet can give roles: on the command line, drydock user grant.")
                .contains("data-back");
    }

    @Test
    void aLiveStreamThatIsRefusedIsARefusal() throws Exception {
        HttpResponse<String> stream = web.get("/rollouts/theirs/live");
        assertThat(stream.statusCode()).isEqualTo(403);
        assertThat(stream.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(stream.body()).contains("\"status\":403", REFUSAL);
    }

    private static <T> void answer(StreamObserver<T> call, T answer) {
        call.onNext(answer);
        call.onCompleted();
    }

    private final class Account extends AccountServiceImplBase {
        @Override
        public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIResponse> call) {
            answer(call, WhoAmIResponse.newBuilder().addAllGrants(grants).build());
        }
    }

    private final class Incidents extends IncidentServiceImplBase {
        @Override
        public void getIncident(GetIncidentRequest request, StreamObserver<Incident> call) {
            answer(
                    call,
                    Incident.newBuilder()
                            .setId("i-1")
                            .setTitle("Slow again")
                            .setState(IncidentState.INCIDENT_OPEN)
                            .setSteerable(steerable)
                            .build());
        }
    }

    private static final class Audit extends AuditServiceImplBase {
        @Override
        public void listAuditEntries(ListAuditEntriesRequest request, StreamObserver<ListAuditEntriesResponse> call) {
            call.onError(Status.PERMISSION_DENIED.withDescription(REFUSAL).asRuntimeException());
        }
    }

    private static final class Rollouts extends RolloutServiceImplBase {
        @Override
        public void watchRollout(WatchRolloutRequest request, StreamObserver<RolloutUpdate> call) {
            call.onError(Status.PERMISSION_DENIED.withDescription(REFUSAL).asRuntimeException());
        }

        @Override
        public void listRollouts(ListRolloutsRequest request, StreamObserver<ListRolloutsResponse> call) {
            answer(call, ListRolloutsResponse.getDefaultInstance());
        }
    }
}
