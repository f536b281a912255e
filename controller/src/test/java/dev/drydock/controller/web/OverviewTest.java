package dev.drydock.controller.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.drydock.proto.v1.ClockState;
import dev.drydock.proto.v1.ComplianceReportRequest;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.Incident;
import dev.drydock.proto.v1.IncidentClock;
import dev.drydock.proto.v1.IncidentServiceGrpc.IncidentServiceImplBase;
import dev.drydock.proto.v1.IncidentState;
import dev.drydock.proto.v1.ListIncidentsRequest;
import dev.drydock.proto.v1.ListIncidentsResponse;
import dev.drydock.proto.v1.ListRolloutsRequest;
import dev.drydock.proto.v1.ListRolloutsResponse;
import dev.drydock.proto.v1.ListWindowsRequest;
import dev.drydock.proto.v1.ListWindowsResponse;
import dev.drydock.proto.v1.ReportServiceGrpc.ReportServiceImplBase;
import dev.drydock.proto.v1.RolloutServiceGrpc.RolloutServiceImplBase;
import dev.drydock.proto.v1.StandingGroup;
import dev.drydock.proto.v1.StandingTotals;
import dev.drydock.proto.v1.TrendPoint;
import dev.drydock.proto.v1.WindowServiceGrpc.WindowServiceImplBase;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first page: what is due first, also for who may not see incidents. */
final class OverviewTest {
    @TempDir
    Path directory;

    private volatile boolean bound;
    private TestingWeb web;

    @BeforeEach
    void start() throws Exception {
        web = new TestingWeb(directory, List.of(new Reports(), new Incidents(), new Rollouts(), new Windows()));
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void whatIsDueFirstAmongOpenIncidentsIsNamed() throws Exception {
        assertThat(web.get("/").body())
                .contains("2 open incidents")
                .contains("/incidents/i-soon")
                .contains("in 1 h")
                .doesNotContain("/incidents/i-late")
                .doesNotContain("/incidents/i-resolved");
    }

    @Test
    void whoMayNotSeeIncidentsSeesTheRest() throws Exception {
        bound = true;
        HttpResponse<String> page = web.get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("for roles of the whole fleet")
                .contains("<b>75 %</b>")
                .contains("Hosts of team web by day")
                .contains("<td>2026-11-28</td>")
                .doesNotContain("<td>2026-11-27</td>");
    }

    private static Incident incident(String id, IncidentState state, ClockState clock, int hours) {
        return Incident.newBuilder()
                .setId(id)
                .setState(state)
                .setFix(IncidentClock.newBuilder()
                        .setState(clock)
                        .setDue(Timestamp.newBuilder().setSeconds(TestingWeb.NOON.getEpochSecond() + hours * 3600L)))
                .build();
    }

    private static <T> void answer(StreamObserver<T> call, T answer) {
        call.onNext(answer);
        call.onCompleted();
    }

    private static final class Reports extends ReportServiceImplBase {
        @Override
        public void complianceReport(ComplianceReportRequest request, StreamObserver<ComplianceReportResponse> call) {
            answer(
                    call,
                    ComplianceReportResponse.newBuilder()
                            .setTotals(StandingTotals.newBuilder().setHosts(4).setCompliant(3))
                            .addTrend(TrendPoint.newBuilder()
                                    .setDay("2026-11-27")
                                    .setGroup(StandingGroup.newBuilder()
                                            .setPolicy("web")
                                            .setLabel("team")
                                            .setValue("web")))
                            .addTrend(TrendPoint.newBuilder()
                                    .setDay("2026-11-28")
                                    .setGroup(StandingGroup.newBuilder()
                                            .setLabel("team")
                                            .setValue("web")))
                            .build());
        }
    }

    private final class Incidents extends IncidentServiceImplBase {
        @Override
        public void listIncidents(ListIncidentsRequest request, StreamObserver<ListIncidentsResponse> call) {
            if (bound) {
                call.onError(Status.PERMISSION_DENIED
                        .withDescription("it needs the role viewer for the whole fleet")
                        .asRuntimeException());
                return;
            }
            answer(
                    call,
                    ListIncidentsResponse.newBuilder()
                            .addIncidents(incident("i-late", IncidentState.INCIDENT_OPEN, ClockState.CLOCK_MISSED, -1))
                            .addIncidents(
                                    incident("i-soon", IncidentState.INCIDENT_RESPONDED, ClockState.CLOCK_RUNNING, 1))
                            .addIncidents(
                                    incident("i-resolved", IncidentState.INCIDENT_RESOLVED, ClockState.CLOCK_MET, 0))
                            .build());
        }
    }

    private static final class Rollouts extends RolloutServiceImplBase {
        @Override
        public void listRollouts(ListRolloutsRequest request, StreamObserver<ListRolloutsResponse> call) {
            answer(call, ListRolloutsResponse.getDefaultInstance());
        }
    }

    private static final class Windows extends WindowServiceImplBase {
        @Override
        public void listWindows(ListWindowsRequest request, StreamObserver<ListWindowsResponse> call) {
            answer(call, ListWindowsResponse.getDefaultInstance());
        }
    }
}
