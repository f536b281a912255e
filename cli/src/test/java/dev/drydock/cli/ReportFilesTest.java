package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.drydock.proto.v1.ComplianceReportRequest;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.ComplianceVerdict;
import dev.drydock.proto.v1.DocumentFormat;
import dev.drydock.proto.v1.RenderComplianceReportRequest;
import dev.drydock.proto.v1.RenderComplianceReportResponse;
import dev.drydock.proto.v1.RenderContractReportRequest;
import dev.drydock.proto.v1.RenderContractReportResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports as files, for spreadsheets and for pipelines: whose bytes they are, where they go, and what fails a call. */
class ReportFilesTest extends FunctionalTest {
    @Test
    void aRolloutForSpreadsheets() {
        SampleAnswers.all(plane);

        Golden.check("rollout-csv", run("report rollout web-0001 --output csv").out());
    }

    @Test
    void spreadsheetsAndPipelinesGetTheControllersOwnBytes() {
        String bytes = "host,state\r\nweb-01,\"a\nb\"\r\n\u00e9";
        renders(bytes, ComplianceVerdict.newBuilder().setLate(1).setUnknown(1).build());
        plane.answer(
                "RenderContractReport",
                RenderContractReportRequest.class,
                request -> RenderContractReportResponse.newBuilder()
                        .setContent(ByteString.copyFromUtf8(bytes))
                        .build());
        String contract = "report contract shop --from 2026-11-01 --to 2026-12-01 --output ";

        for (DocumentFormat format : List.of(DocumentFormat.DOCUMENT_CSV, DocumentFormat.DOCUMENT_JUNIT)) {
            String word = format.name().replace("DOCUMENT_", "").toLowerCase(Locale.ROOT);
            assertThat(run("report compliance --filter true --output " + word).out())
                    .isEqualTo(bytes);
            assertThat(plane.asked(RenderComplianceReportRequest.class).getLast())
                    .extracting(RenderComplianceReportRequest::getFormat, RenderComplianceReportRequest::getFilter)
                    .containsExactly(format, "true");
            assertThat(run(contract + word).out()).isEqualTo(bytes);
            assertThat(plane.asked(RenderContractReportRequest.class).getLast())
                    .extracting(
                            RenderContractReportRequest::getFormat,
                            RenderContractReportRequest::getContract,
                            request -> request.getFrom().getSeconds())
                    .containsExactly(format, "shop", 1_793_458_800L);
        }
        assertThat(run("host list --output junit").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run("report rollout web-0001 --output junit").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private void renders(String content, ComplianceVerdict verdict) {
        plane.answer(
                "RenderComplianceReport",
                RenderComplianceReportRequest.class,
                request -> RenderComplianceReportResponse.newBuilder()
                        .setContent(ByteString.copyFromUtf8(content))
                        .setVerdict(verdict)
                        .build());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, late, 0",
        "0, 0, unknown, 0",
        "0, 3, late, 0",
        "0, 3, unknown, 1",
        "2, 0, late, 1",
        "2, 0, unknown, 1"
    })
    void filesFailACallThatAsksForThat(int late, int unknown, String failOn, int code) {
        renders(
                "text",
                ComplianceVerdict.newBuilder().setLate(late).setUnknown(unknown).build());
        for (String format : List.of("csv", "junit", "html")) {
            String call = "report compliance --output " + format;
            assertThat(run(call).exitCode()).isZero();
            Shell.Ended ended = run(call + " --fail-on " + failOn);
            assertThat(ended.exitCode()).as(format).isEqualTo(code);
            assertThat(ended.out()).isEqualTo("text");
        }
    }

    /** One that does not say how hosts stand is not taken for one that says they stand well. */
    @Test
    void anOldControllerDoesNotLetAPipelinePass() {
        plane.answer("RenderComplianceReport", RenderComplianceReportResponse.getDefaultInstance());
        Shell.Ended ended = run("report compliance --output junit --fail-on late");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.err()).contains("older than this command");
    }

    @Test
    void aDocumentGoesIntoAFileOrAPipeAndAPdfToNoTerminal() throws Exception {
        plane.answer(
                "RenderComplianceReport",
                RenderComplianceReportRequest.class,
                request -> RenderComplianceReportResponse.newBuilder()
                        .setContent(ByteString.copyFromUtf8(request.getFormat() + " " + request.getZone() + "\n"))
                        .build());
        Path file = folder.resolve("compliance.pdf");
        String call = "report compliance --filter true --grace 3d --output pdf";

        Shell.Ended kept = run(call + " --file " + file);
        assertThat(kept.exitCode()).as(kept.err()).isZero();
        assertThat(kept.out()).isEmpty();
        assertThat(kept.err()).contains("Wrote " + file);
        assertThat(file).hasContent("DOCUMENT_PDF Asia/Tokyo\n");
        RenderComplianceReportRequest asked =
                plane.asked(RenderComplianceReportRequest.class).getLast();
        assertThat(asked.getFilter()).isEqualTo("true");
        assertThat(asked.getGrace().getSeconds()).isEqualTo(3 * 86_400);

        assertThat(run(call + " --file " + file).exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(file).hasContent("DOCUMENT_PDF Asia/Tokyo\n");
        assertThat(run(call).out()).isEqualTo("DOCUMENT_PDF Asia/Tokyo\n");
        assertThat(run("report compliance --output html --utc").out()).isEqualTo("DOCUMENT_HTML Z\n");

        shell.on(TestingTerminal.of(80, 24));
        int calls = plane.asked(RenderComplianceReportRequest.class).size();
        Shell.Ended refused = run(call);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("A PDF is nothing for a terminal", "--file report.pdf");
        assertThat(plane.asked(RenderComplianceReportRequest.class)).hasSize(calls);
    }

    @Test
    void whatIsNoDocumentTakesNoFileAndADocumentNothingElse() {
        SampleAnswers.all(plane);
        for (String call : List.of(
                "host list --output pdf",
                "report rollout web-0001 --output html",
                "report compliance --file x.pdf",
                "report compliance --output csv --quiet --file x.csv",
                "report contract shop --from 2026-11-01 --to 2026-12-01 --output json --file x.json",
                "report compliance --output html --quiet")) {
            assertThat(run(call).exitCode()).as(call).isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void lateHostsFailACallThatAsksForThat() {
        SampleAnswers.all(plane);
        assertThat(run("report compliance --fail-on late").exitCode()).isEqualTo(ExitCode.FAILED);

        plane.answer("ComplianceReport", stands(0, 1));
        assertThat(run("report compliance --fail-on late").exitCode()).isZero();
        assertThat(run("report compliance --fail-on unknown").exitCode()).isEqualTo(ExitCode.FAILED);

        plane.answer("ComplianceReport", stands(0, 0));
        assertThat(run("report compliance --fail-on unknown").exitCode()).isZero();

        plane.answer("ComplianceReport", ComplianceReportResponse.getDefaultInstance());
        Shell.Ended untold = run("report compliance --fail-on late");
        assertThat(untold.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(untold.err()).contains("older than this command");
    }

    private static ComplianceReportResponse stands(int late, int unknown) {
        return ComplianceReportResponse.newBuilder()
                .setVerdict(ComplianceVerdict.newBuilder().setLate(late).setUnknown(unknown))
                .build();
    }

    @Test
    void aReportIsReadPageByPage() {
        plane.answer(
                "ComplianceReport",
                ComplianceReportRequest.class,
                request -> request.getPageToken().isEmpty()
                        ? SampleCompliance.compliance().toBuilder()
                                .setVerdict(ComplianceVerdict.newBuilder().setUnknown(1))
                                .setNextPageToken("4")
                                .build()
                        : stands(1, 2).toBuilder()
                                .addRows(SampleCompliance.compliance().getRows(0).toBuilder()
                                        .setHost("web-99"))
                                .build());
        assertThat(run("report compliance --quiet").out().lines())
                .containsExactly("web-01", "web-03", "web-05", "web-11", "web-99");
        assertThat(run("report compliance --fail-on late").exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run("report compliance --output json").out())
                .containsPattern("\"verdict\": *\\{\\s*\"late\": 1,\\s*\"unknown\": 3\\s*}");
    }

    private Shell.Ended run(String call) {
        return shell.run(call.split(" +"));
    }
}
