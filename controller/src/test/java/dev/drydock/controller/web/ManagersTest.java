package dev.drydock.controller.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.drydock.proto.v1.ComplianceReportRequest;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.HostStanding;
import dev.drydock.proto.v1.PolicyState;
import dev.drydock.proto.v1.ReportServiceGrpc.ReportServiceImplBase;
import dev.drydock.proto.v1.RuleStanding;
import dev.drydock.proto.v1.RunNote;
import dev.drydock.proto.v1.StandingGroup;
import dev.drydock.proto.v1.StandingTotals;
import dev.drydock.proto.v1.StandingWaiver;
import dev.drydock.proto.v1.TrendPoint;
import dev.drydock.proto.v1.Waiver;
import dev.drydock.proto.v1.WaiverState;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report as managers read it. */
final class ManagersTest {
    private static final String EVIL = "<script>alert(1)</script>\"'";
    private static final String NEXT = "token-of-the-next";

    @TempDir
    Path directory;

    private final List<ComplianceReportRequest> asked = new CopyOnWriteArrayList<>();
    private TestingWeb web;

    @BeforeEach
    void start() throws Exception {
        web = new TestingWeb(directory, List.of(new Reports()));
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void aManagerSeesWhoIsLateWhoseItIsAndWhatIsLetPass() throws Exception {
        String page = web.get("/reports").body();
        assertThat(page)
                .contains("<b>50 %</b>")
                .contains("acme")
                .contains("2 d")
                .contains("Pending security updates")
                .contains("1 critical, 2 high")
                .contains("the health check failed")
                .contains("/runs/r1")
                .contains("the vendor has no fix")
                .contains("petra")
                .contains("host.labels%5B%22team%22%5D+%3D%3D+%22web%22");
        assertThat(page)
                .as("the trend")
                .contains("data-chart")
                .contains("<td>2026-11-28</td>")
                .contains("charts.js");
        assertThat(asked.getFirst().getPageSize()).isPositive();
    }

    @Test
    void aHostWithoutAnAgentHasNoPageToLinkTo() throws Exception {
        assertThat(web.get("/reports").body())
                .contains("looked-at-01 <span class=\"label\">no agent</span>", "/hosts/late-01")
                .doesNotContain("/hosts/looked-at-01");
    }

    @Test
    void whatHostsAndPeopleWriteStaysText() throws Exception {
        for (String path : List.of("/reports", "/reports?state=late", "/reports?filter=%22%3E%3Cscript%3Ealert")) {
            assertThat(web.get(path).body())
                    .as(path)
                    .contains("&lt;script")
                    .doesNotContain("<script>")
                    .doesNotContain("\"'>")
                    .doesNotContain(" style=");
        }
    }

    @Test
    void theServerPages() throws Exception {
        assertThat(web.get("/reports?filter=true").body())
                .contains("/reports?filter=true&amp;page=" + NEXT)
                .doesNotContain(">First<");
        String second = web.get("/reports?filter=true&page=" + NEXT).body();
        assertThat(asked.getLast().getPageToken()).isEqualTo(NEXT);
        assertThat(second).contains("href=\"/reports?filter=true\"").doesNotContain("Waivers");
    }

    @Test
    void onlyThoseOfOneStateAreAskedFor() throws Exception {
        assertThat(web.get("/reports?state=late").body()).contains("/hosts/late-01");
        assertThat(asked.getLast().getStatesList()).containsExactly(PolicyState.POLICY_LATE);
        assertThat(web.get("/reports?state=compliant&page=" + NEXT).body()).contains("/hosts/waived-01");
        assertThat(asked.getLast().getStatesList())
                .containsExactly(PolicyState.POLICY_COMPLIANT, PolicyState.POLICY_WAIVED);
        assertThat(asked.getLast().getPageToken()).isEqualTo(NEXT);
        assertThat(asked.getLast().getPageSize()).isPositive();
        web.get("/reports");
        assertThat(asked.getLast().getStatesList()).isEmpty();
    }

    private final class Reports extends ReportServiceImplBase {
        @Override
        public void complianceReport(ComplianceReportRequest request, StreamObserver<ComplianceReportResponse> call) {
            asked.add(request);
            boolean first = request.getPageToken().isEmpty();
            ComplianceReportResponse.Builder report = ComplianceReportResponse.newBuilder()
                    .setHosts(2)
                    .addRows(late())
                    .addRows(HostCompliance.newBuilder()
                            .setHost("looked-at-01")
                            .setAgentlessSeenAt(Timestamp.newBuilder().setSeconds(TestingWeb.NOON.getEpochSecond())))
                    .addRows(HostCompliance.newBuilder()
                            .setHost("waived-01")
                            .setStanding(HostStanding.newBuilder().setState(PolicyState.POLICY_WAIVED)));
            if (first) {
                StandingTotals totals = StandingTotals.newBuilder()
                        .setHosts(2)
                        .setCompliant(1)
                        .setLate(1)
                        .build();
                report.setTotals(totals)
                        .addGroups(StandingGroup.newBuilder()
                                .setLabel("team")
                                .setValue("web")
                                .setTotals(totals))
                        .addTrend(TrendPoint.newBuilder()
                                .setDay("2026-11-28")
                                .setGroup(StandingGroup.newBuilder().setTotals(totals)))
                        .addWaivers(StandingWaiver.newBuilder()
                                .setWaiver(Waiver.newBuilder()
                                        .setName(EVIL)
                                        .setState(WaiverState.WAIVER_STANDING)
                                        .setReason("the vendor has no fix " + EVIL)
                                        .setApprovedBy("petra")
                                        .setExpiresAt(Timestamp.newBuilder()
                                                .setSeconds(TestingWeb.NOON.getEpochSecond() + 86_400))))
                        .addNotPatched(RunNote.newBuilder()
                                .setHost("late-01")
                                .setRun("r1")
                                .setOutcome("rolled_back")
                                .setReason("the health check failed " + EVIL));
            }
            if (first && request.getPageSize() > 0) {
                report.setNextPageToken(NEXT);
            }
            call.onNext(report.build());
            call.onCompleted();
        }

        private static HostCompliance late() {
            return HostCompliance.newBuilder()
                    .setHost("late-01")
                    .putLabels("team", "web" + EVIL)
                    .putLabels("client", "acme")
                    .setStanding(HostStanding.newBuilder()
                            .setState(PolicyState.POLICY_LATE)
                            .setOverdue(Duration.newBuilder().setSeconds(172_800))
                            .setWorst(RuleStanding.newBuilder()
                                    .setTitle("Pending security updates")
                                    .setDetail(EVIL))
                            .putVulnerabilities("high", 2)
                            .putVulnerabilities("critical", 1))
                    .build();
        }
    }
}
