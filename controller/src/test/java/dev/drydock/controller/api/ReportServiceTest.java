package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static dev.drydock.controller.run.Runs.accepted;
import static dev.drydock.controller.run.Runs.offered;
import static dev.drydock.controller.run.Runs.result;
import static dev.drydock.controller.run.Runs.step;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.drydock.controller.compliance.Reports;
import dev.drydock.controller.store.RunTable;
import dev.drydock.controller.store.SqlRollouts;
import dev.drydock.controller.store.SqlRunOutcomes;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.v1.ComplianceReportRequest;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.ComplianceState;
import dev.drydock.proto.v1.DocumentFormat;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.HostStanding;
import dev.drydock.proto.v1.PolicyState;
import dev.drydock.proto.v1.RenderComplianceReportRequest;
import dev.drydock.proto.v1.RenderComplianceReportResponse;
import dev.drydock.proto.v1.ReportServiceGrpc;
import dev.drydock.proto.v1.ReportServiceGrpc.ReportServiceBlockingStub;
import dev.drydock.proto.v1.RolloutReportRequest;
import dev.drydock.proto.v1.RolloutReportResponse;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.TrendPoint;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportServiceTest {
    private static final long DAY = 86_400;

    @TempDir
    Path directory;

    private final FakeHosts hosts = new FakeHosts();
    private final FakeRollouts rollouts = new FakeRollouts();
    private JudgingServices judging;
    private TestServer server;
    private ReportServiceBlockingStub reports;

    @BeforeEach
    void start() throws Exception {
        hosts.add("h-1", "web-01", "web");
        hosts.add("h-2", "web-02", "web");
        hosts.add("h-9", "db-01", "db");
        hosts.pending("web-01", "openssl", FakeHosts.NOON.minusSeconds(10 * DAY));
        hosts.pending("db-01", "libc6", FakeHosts.NOON.minusSeconds(DAY));
        rollouts.rollouts.add(Samples.rollout(
                dev.drydock.controller.rollout.RolloutState.COMPLETED, RunState.SUCCEEDED, "all patched"));
        List<JudgingServices> made = new ArrayList<>();
        server = new TestServer(directory, test -> {
            SqlRunStore runs = new SqlRunStore(test.store(), TestServer.CLOCK, run -> {});
            Reports domain = new Reports(hosts, new SqlRunOutcomes(test.store()), List::of, TestServer.CLOCK);
            JudgingServices parts = new JudgingServices(test.store(), hosts, directory.resolve("feeds"));
            made.add(parts);
            return List.of(new ReportService(domain, parts.reports(domain, rollouts), rollouts, runs, hosts));
        });
        judging = made.getFirst();
        rollouts.rollouts.forEach(rollout -> new SqlRollouts(server.store()).insert(rollout, List.of()));
        reports = server.client(ReportServiceGrpc::newBlockingStub);
        ended("r-1");
    }

    private void ended(String id) {
        server.store().writeNow(handle -> {
            RunTable.insert(handle, offered(id, "h-1"));
            return true;
        });
        RunEvent changed = result(3, RunState.SUCCEEDED, "all checks green").toBuilder()
                .setResult(result(3, RunState.SUCCEEDED, "all checks green").getResult().toBuilder()
                        .addChanges(Change.newBuilder().setName("openssl")))
                .build();
        RunEvent applied = step(2, 0, "Security updates", StepState.APPLIED).toBuilder()
                .setStep(step(2, 0, "Security updates", StepState.APPLIED).getStep().toBuilder()
                        .setUndo(Struct.newBuilder()
                                .putFields(
                                        "kept",
                                        Value.newBuilder().setBoolValue(true).build()))
                        .setTail("many lines"))
                .build();
        new SqlRunStore(server.store(), TestServer.CLOCK, run -> {})
                .append(id, List.of(accepted(), applied, changed))
                .join();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void saysWhoIsLate() {
        ComplianceReportResponse report = compliance("", 0);
        assertThat(report.getHosts()).isEqualTo(3);
        assertThat(report.getLate()).isEqualTo(1);
        assertThat(report.getPending()).isEqualTo(1);
        assertThat(report.getUnknown()).isEqualTo(1);
        assertThat(report.getCompliant()).isZero();
        assertThat(report.getGrace().getSeconds()).isEqualTo(7 * DAY);
        HostCompliance late = report.getRows(0);
        assertThat(late.getHost()).isEqualTo("web-01");
        assertThat(late.getState()).isEqualTo(ComplianceState.LATE);
        assertThat(late.getOldestPackage()).isEqualTo("openssl");
        assertThat(late.getOldestAge().getSeconds()).isEqualTo(10 * DAY);
        assertThat(late.getLastOutcome()).isEqualTo("succeeded");
        assertThat(late.getLabelsMap()).isEqualTo(Map.of("role", "web"));
        assertThat(report.getRollouts(0).getPatched()).isEqualTo(1);
        assertThat(report.getRollouts(0).getNotDone()).isEqualTo(2);
    }

    @Test
    void takesAFilterAndAGrace() {
        ComplianceReportResponse report = compliance("host.labels.role == 'db'", DAY / 2);
        assertThat(report.getRowsList()).extracting(HostCompliance::getHost).containsExactly("db-01");
        assertThat(report.getLate()).isEqualTo(1);
        assertFails(Status.Code.INVALID_ARGUMENT, () -> compliance("host.", 0));
        assertFails(Status.Code.INVALID_ARGUMENT, () -> compliance("", -1)).hasMessageContaining("grace: is negative");
    }

    @Test
    void saysHowHostsStandByTheirPolicies() {
        judging.standings.keepToday();
        ComplianceReportResponse report = compliance("", 0);
        assertThat(report.getTotals().getHosts()).isEqualTo(3);
        assertThat(report.getTotals().getLate()).isEqualTo(1);
        assertThat(report.getTotals().getDue()).isEqualTo(1);
        assertThat(report.getTotals().getUnknown()).isEqualTo(1);
        HostStanding late = report.getRows(0).getStanding();
        assertThat(late.getState()).isEqualTo(PolicyState.POLICY_LATE);
        assertThat(late.getPoliciesList()).containsExactly("drydock-default@1");
        assertThat(late.getWorst().getRule()).isEqualTo("security-updates");
        assertThat(late.getWorst().getDetail()).isEqualTo("openssl for 10d");
        assertThat(late.getOverdue().getSeconds()).isEqualTo(3 * DAY);
        assertThat(late.getRulesList()).hasSize(1);
        assertThat(report.getTrendList()).extracting(TrendPoint::getDay).contains("2026-11-24");
        assertThat(report.getRemediationList()).hasSize(5);
        assertThat(report.getByPolicy(0).getPolicy()).isEqualTo("drydock-default");
        assertThat(report.getNotPatchedList()).isEmpty();
    }

    @Test
    void comesInPages() {
        ComplianceReportRequest.Builder request =
                ComplianceReportRequest.newBuilder().setPageSize(2).setAllRules(true);
        ComplianceReportResponse first = reports.complianceReport(request.build());
        assertThat(first.getRowsList()).hasSize(2);
        assertThat(first.getHosts()).isEqualTo(3);
        assertThat(first.getRows(0).getStanding().getRulesList()).hasSizeGreaterThan(1);
        ComplianceReportResponse second = reports.complianceReport(
                request.setPageToken(first.getNextPageToken()).build());
        assertThat(second.getRowsList()).hasSize(1);
        assertThat(second.getNextPageToken()).isEmpty();
        assertThat(second.getRolloutsList()).isEmpty();
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> reports.complianceReport(request.setPageToken("x").build()))
                .hasMessageContaining("page_token: 'x'");
    }

    @Test
    void tellsOfRowsAlone() {
        ComplianceReportRequest.Builder request = ComplianceReportRequest.newBuilder()
                .setFilter("host.name == 'web-01'")
                .setAllRules(true);
        ComplianceReportResponse whole = reports.complianceReport(request.build());
        ComplianceReportResponse rows =
                reports.complianceReport(request.setRowsOnly(true).build());
        assertThat(whole.getRowsList()).hasSize(1);
        assertThat(rows.getRowsList()).isEqualTo(whole.getRowsList());
        assertThat(rows.getHosts()).isEqualTo(1);
        assertThat(rows.getVerdict()).isEqualTo(whole.getVerdict());
        assertThat(whole.getRemediationList()).isNotEmpty();
        assertThat(rows.getRemediationList()).isEmpty();
        assertThat(rows.getTrendList()).isEmpty();
        assertThat(rows.hasTotals()).isFalse();
    }

    @Test
    void makesADocumentOfTheHostsThatAreAskedFor() throws Exception {
        RenderComplianceReportResponse html = rendered(DocumentFormat.DOCUMENT_FORMAT_UNSPECIFIED, "Europe/Berlin");
        assertThat(html.getFileName()).endsWith(".html");
        assertThat(html.getContent().toStringUtf8())
                .contains("db-01", "Europe/Berlin")
                .doesNotContain("web-01");
        RenderComplianceReportResponse pdf = rendered(DocumentFormat.DOCUMENT_PDF, "");
        assertThat(pdf.getContentType()).isEqualTo("application/pdf");
        try (PDDocument document = Loader.loadPDF(pdf.getContent().toByteArray())) {
            assertThat(new PDFTextStripper().getText(document))
                    .contains("db-01", "UTC")
                    .doesNotContain("web-01");
        }
    }

    @Test
    void saysAllThatIsWrongWithADocument() {
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> reports.renderComplianceReport(RenderComplianceReportRequest.newBuilder()
                                .setFormatValue(7)
                                .setZone("Middle/Earth")
                                .setGrace(Duration.newBuilder().setSeconds(-1))
                                .build()))
                .hasMessageContaining("grace: is negative")
                .hasMessageContaining("zone: 'Middle/Earth'")
                .hasMessageContaining("format: is 7");
    }

    private RenderComplianceReportResponse rendered(DocumentFormat format, String zone) {
        return reports.renderComplianceReport(RenderComplianceReportRequest.newBuilder()
                .setFilter("host.labels.role == 'db'")
                .setFormat(format)
                .setZone(zone)
                .build());
    }

    private ComplianceReportResponse compliance(String filter, long graceSeconds) {
        return reports.complianceReport(ComplianceReportRequest.newBuilder()
                .setFilter(filter)
                .setGrace(Duration.newBuilder().setSeconds(graceSeconds))
                .build());
    }

    @Test
    void tellsOfARolloutWithItsRuns() {
        RolloutReportResponse report = rollout("web-nov");
        assertThat(report.getRollout().getState()).isEqualTo(RolloutState.COMPLETED);
        assertThat(report.getSummary().getHosts()).isEqualTo(3);
        assertThat(report.getRunsList()).singleElement().satisfies(run -> {
            assertThat(run.getHost()).isEqualTo("web-01");
            assertThat(run.getResult().getChanges(0).getName()).isEqualTo("openssl");
            assertThat(run.getSteps(0).getName()).isEqualTo("Security updates");
            assertThat(run.getSteps(0).hasUndo()).isFalse();
            assertThat(run.getSteps(0).getTail()).isEmpty();
        });
        assertFails(Status.Code.NOT_FOUND, () -> rollout("web-mov")).hasMessageContaining("Did you mean web-nov?");
    }

    private RolloutReportResponse rollout(String name) {
        return reports.rolloutReport(
                RolloutReportRequest.newBuilder().setRollout(name).build());
    }
}
