package dev.drydock.controller.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import dev.drydock.proto.v1.ClockState;
import dev.drydock.proto.v1.ClockTally;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.ContractReportResponse;
import dev.drydock.proto.v1.ContractReportRow;
import dev.drydock.proto.v1.DocumentFormat;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.HostStanding;
import dev.drydock.proto.v1.Incident;
import dev.drydock.proto.v1.IncidentClock;
import dev.drydock.proto.v1.MaintenanceType;
import dev.drydock.proto.v1.PolicyState;
import dev.drydock.proto.v1.RuleStanding;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** The formats for programs, and a contract's report in all of them. */
final class ReportDataTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String EVIL = "<script>\"'&]]>\u0000\u001b[31m\n=1+1";

    private final Documents documents = new Documents();

    private static ComplianceReportResponse compliance() {
        return ComplianceReportResponse.newBuilder()
                .setAt(Timestamp.newBuilder().setSeconds(1_795_521_600))
                .addRows(HostCompliance.newBuilder()
                        .setHost("web-01")
                        .putLabels("team", "=cmd|" + EVIL)
                        .setReason("=1+1")
                        .setStanding(HostStanding.newBuilder()
                                .setState(PolicyState.POLICY_LATE)
                                .addRules(rule("updates", PolicyState.POLICY_LATE))
                                .addRules(rule("backup", PolicyState.POLICY_UNKNOWN))
                                .addRules(rule("cves", PolicyState.POLICY_WAIVED))
                                .addRules(rule("uptime", PolicyState.POLICY_DUE))
                                .addRules(rule("agent", PolicyState.POLICY_COMPLIANT))))
                .build();
    }

    private static RuleStanding rule(String id, PolicyState state) {
        return RuleStanding.newBuilder()
                .setPolicy("web@7")
                .setRule(id)
                .setTitle(EVIL)
                .setDetail(EVIL)
                .setState(state)
                .build();
    }

    private static ContractReportResponse contract() {
        return ContractReportResponse.newBuilder()
                .setContract("shop")
                .setClient("Shop Ltd " + EVIL)
                .setAt(Timestamp.newBuilder().setSeconds(1_795_521_600))
                .setFrom(Timestamp.newBuilder().setSeconds(1_793_487_600))
                .setTo(Timestamp.newBuilder().setSeconds(1_796_079_600))
                .addRows(ContractReportRow.newBuilder()
                        .setType(MaintenanceType.MAINTENANCE_CORRECTIVE)
                        .setInScope(true)
                        .setIncidents(3)
                        .setResponse(ClockTally.newBuilder().setMet(2).setMissed(1))
                        .setFix(ClockTally.newBuilder().setMet(1).setRunning(2))
                        .setChanges(40)
                        .setSucceeded(38)
                        .setRolledBack(2))
                .addIncidents(Incident.newBuilder()
                        .setId("i-17")
                        .setTitle("nginx does not answer " + EVIL)
                        .setOpenedAt(Timestamp.newBuilder().setSeconds(1_793_600_000))
                        .setResponse(IncidentClock.newBuilder()
                                .setState(ClockState.CLOCK_MISSED)
                                .setDue(Timestamp.newBuilder().setSeconds(1_793_601_000)))
                        .setFix(IncidentClock.newBuilder().setState(ClockState.CLOCK_RUNNING)))
                .build();
    }

    private Document of(ComplianceReportResponse report, DocumentFormat format) {
        return documents.compliance(() -> report, "", format, BERLIN);
    }

    private Document of(ContractReportResponse report, DocumentFormat format) {
        return documents.contract(() -> report, format, BERLIN);
    }

    private static String text(Document document) {
        return new String(document.content(), StandardCharsets.UTF_8);
    }

    private static Element xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text)))
                .getDocumentElement();
    }

    @Test
    void aSpreadsheetGetsNoFormulas() {
        Document csv = of(compliance(), DocumentFormat.DOCUMENT_CSV);
        assertThat(csv.name()).isEqualTo("compliance-2026-11-24.csv");
        assertThat(text(csv))
                .startsWith("host,state,pending_security,")
                .contains("\r\nweb-01,", ",'=1+1,late,", "\"team==cmd|<script>\"\"'&]]>")
                .endsWith("\r\n");
    }

    @Test
    void pipelinesReadLateAsFailuresAndUnknownAsErrors() throws Exception {
        Element suites = xml(text(of(compliance(), DocumentFormat.DOCUMENT_JUNIT)));
        assertThat(List.of("tests", "failures", "errors", "skipped"))
                .extracting(suites::getAttribute)
                .containsExactly("5", "1", "1", "1");
        assertThat(suites.getElementsByTagName("testcase").getLength()).isEqualTo(5);
        assertThat(((Element) suites.getElementsByTagName("failure").item(0)).getAttribute("message"))
                .startsWith("<script>");
    }

    /** The whole file, to the byte: others' programs read it. */
    @Test
    void everyByteForPrograms() {
        ComplianceReportResponse report = ComplianceReportResponse.newBuilder()
                .setAt(Timestamp.newBuilder().setSeconds(1_795_521_600))
                .addRows(HostCompliance.newBuilder()
                        .setHost("web-05")
                        .setStateValue(3)
                        .setPendingSecurity(3)
                        .setStanding(HostStanding.newBuilder()
                                .setState(PolicyState.POLICY_LATE)
                                .addRules(RuleStanding.newBuilder()
                                        .setPolicy("web@7")
                                        .setRule("cves")
                                        .setTitle("Mended <in time>")
                                        .setSeverity("critical")
                                        .setDetail("9d, not 7d")
                                        .setState(PolicyState.POLICY_LATE))))
                .build();
        assertThat(text(of(report, DocumentFormat.DOCUMENT_CSV)))
                .isEqualTo(
                        "host,state,pending_security,pending_total,oldest_age_seconds,oldest_package,reboot_required,"
                                + "last_seen,last_outcome,labels,reason,policy_state,policies,worst_rule,worst_detail,"
                                + "overdue_seconds,critical,high,medium,low,unrated,exploited,overdue_vulnerabilities,"
                                + "waived_vulnerabilities,waivers\r\n"
                                + "web-05," + report.getRows(0).getState()
                                + ",3,0,0,,false,,,,,late,,,,0,0,0,0,0,0,0,0,0,\r\n");
        assertThat(text(of(report, DocumentFormat.DOCUMENT_JUNIT)))
                .isEqualTo("""
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="drydock compliance" tests="1" failures="1" errors="0" skipped="0" timestamp="AT">
                  <testsuite name="web-05" tests="1" failures="1" errors="0" skipped="0" timestamp="AT">
                    <testcase classname="web-05" name="web@7/cves: Mended &lt;in time&gt;">
                      <failure type="critical" message="9d, not 7d"/>
                    </testcase>
                  </testsuite>
                </testsuites>
                """.replace("AT", "2026-11-24T12:00:00Z"));
        assertThat(text(of(contract().toBuilder().setClient("Shop Ltd").build(), DocumentFormat.DOCUMENT_CSV)))
                .isEqualTo("contract,client,from,to,type,in_scope,charged,incidents,response_met,response_missed,"
                        + "response_running,fix_met,fix_missed,fix_running,changes,succeeded,rolled_back,failed\r\n"
                        + "shop,Shop Ltd,2026-10-31T23:00:00Z,2026-11-30T23:00:00Z,"
                        + "corrective,true,false,3,2,1,0,1,0,2,40,38,2,0\r\n");
        assertThat(text(of(
                        contract().toBuilder()
                                .setIncidents(
                                        0,
                                        contract().getIncidents(0).toBuilder().setTitle("Slow"))
                                .build(),
                        DocumentFormat.DOCUMENT_JUNIT)))
                .isEqualTo("""
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="drydock contract shop" tests="2" failures="1" errors="0" skipped="1" timestamp="AT">
                  <testsuite name="i-17 Slow" tests="2" failures="1" errors="0" skipped="1" timestamp="AT">
                    <testcase classname="i-17 Slow" name="response">
                      <failure message="missed: it was due 2026-11-02T06:30:00Z"/>
                    </testcase>
                    <testcase classname="i-17 Slow" name="fix">
                      <skipped message="nothing is promised"/>
                    </testcase>
                  </testsuite>
                </testsuites>
                """.replace("AT", "2026-11-24T12:00:00Z"));
    }

    @Test
    void jsonIsTheAnswerOfTheApi() throws Exception {
        ComplianceReportResponse.Builder read = ComplianceReportResponse.newBuilder();
        JsonFormat.parser().merge(text(of(compliance(), DocumentFormat.DOCUMENT_JSON)), read);
        assertThat(read.build()).isEqualTo(compliance());
    }

    @Test
    void aContractsReportTellsWhatWasMissed() throws Exception {
        Document html = of(contract(), DocumentFormat.DOCUMENT_HTML);
        assertThat(html.name()).isEqualTo("contract-shop-2026-11-01.html");
        assertThat(html.summary()).isEqualTo("1 incident, 1 promise missed, 40 changes");
        assertThat(text(html)).contains("2 met, 1 missed", "&lt;script").doesNotContain("<script", "href=", "src=");
        assertThat(xml(text(html)).getTagName()).isEqualTo("html");
        assertThat(text(of(contract(), DocumentFormat.DOCUMENT_CSV)))
                .contains("corrective,true,false,3,2,1,0,1,0,2,40,38,2,0\r\n");
        Element junit = xml(text(of(contract(), DocumentFormat.DOCUMENT_JUNIT)));
        assertThat(junit.getAttribute("failures")).isEqualTo("1");
        assertThat(junit.getAttribute("skipped")).isEqualTo("1");
    }

    @Test
    void asAPdfItIsAPage() throws Exception {
        try (PDDocument pdf =
                Loader.loadPDF(of(contract(), DocumentFormat.DOCUMENT_PDF).content())) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(1);
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("Contract shop", "promises missed", "i-17", "Page 1 of 1");
            BufferedImage picture = new PDFRenderer(pdf).renderImageWithDPI(0, 96);
            File file = new File("target/documents/contract.png");
            assertThat(file.getParentFile().isDirectory()
                            || file.getParentFile().mkdirs())
                    .isTrue();
            assertThat(ImageIO.write(picture, "png", file)).isTrue();
        }
    }
}
