package dev.drydock.controller.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.drydock.proto.facts.v1.Packages;
import dev.drydock.proto.facts.v1.PendingUpdate;
import dev.drydock.proto.v1.ComplianceReportRequest;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.DrainHostRequest;
import dev.drydock.proto.v1.Finding;
import dev.drydock.proto.v1.GetHostRequest;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.HostServiceGrpc.HostServiceImplBase;
import dev.drydock.proto.v1.HostStanding;
import dev.drydock.proto.v1.ListFindingsRequest;
import dev.drydock.proto.v1.ListFindingsResponse;
import dev.drydock.proto.v1.ListHostsRequest;
import dev.drydock.proto.v1.ListHostsResponse;
import dev.drydock.proto.v1.ListRunsRequest;
import dev.drydock.proto.v1.ListRunsResponse;
import dev.drydock.proto.v1.OutputChunk;
import dev.drydock.proto.v1.PolicyState;
import dev.drydock.proto.v1.RenderComplianceReportRequest;
import dev.drydock.proto.v1.RenderComplianceReportResponse;
import dev.drydock.proto.v1.ReportServiceGrpc.ReportServiceImplBase;
import dev.drydock.proto.v1.RuleStanding;
import dev.drydock.proto.v1.Run;
import dev.drydock.proto.v1.RunServiceGrpc.RunServiceImplBase;
import dev.drydock.proto.v1.StreamOutputRequest;
import dev.drydock.proto.v1.VulnerabilityServiceGrpc.VulnerabilityServiceImplBase;
import dev.drydock.proto.v1.VulnerabilitySeverity;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every page: who is let in, what browsers are told, and that what hosts say stays text. */
final class WebTest {
    private static final String EVIL = "<script>alert(1)</script>\"'";

    @TempDir
    Path directory;

    private final AtomicInteger drained = new AtomicInteger();
    private TestingWeb web;

    @BeforeEach
    void start() throws Exception {
        web = new TestingWeb(directory, List.of(new Hosts(), new Runs(), new Reports(), new Findings()));
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/hosts",
                "/hosts/x",
                "/rollouts",
                "/rollouts/x",
                "/rollouts/x/live",
                "/runs/x",
                "/windows",
                "/playbooks",
                "/reports",
                "/reports/compliance.pdf",
                "/vulnerabilities",
                "/vulnerabilities/x",
                "/incidents",
                "/incidents/x",
                "/contracts",
                "/contracts/x",
                "/settings",
                "/new-rollout"
            })
    void nobodyIsLetInUnasked(String path) throws Exception {
        HttpResponse<String> answer = web.send(web.request(path));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("location"))
                .hasValueSatisfying(location -> assertThat(location).startsWith("/sign-in?next=%2F"));
        assertThat(answer.body()).isEmpty();
        HttpResponse<String> wrong = web.send(web.request(path).header("cookie", "__Host-drydock=guess"));
        assertThat(wrong.statusCode()).isEqualTo(303);
    }

    @Test
    void signingInGivesACookieThatOnlyWeGet() throws Exception {
        HttpResponse<String> wrong =
                web.send(TestingWeb.form(web.request("/sign-in"), "name=vera&password=wrong&next=/hosts"));
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("The name or the password is wrong.").doesNotContain("wrong&");
        assertThat(wrong.headers().firstValue("set-cookie")).isEmpty();

        HttpResponse<String> done = web.send(TestingWeb.form(
                web.request("/sign-in"), "name=vera&password=long+enough&code=123456&next=//evil.example"));
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(done.headers().firstValue("location")).hasValue("/");
        assertThat(done.headers().firstValue("set-cookie")).hasValueSatisfying(cookie -> assertThat(cookie)
                .startsWith("__Host-drydock=")
                .contains("Secure")
                .containsIgnoringCase("httponly")
                .contains("SameSite=Lax")
                .contains("Path=/")
                .doesNotContain("Domain"));
    }

    @Test
    void nothingIsDoneForAFormOfAnotherSite() throws Exception {
        String path = "/hosts/web-01/drain";
        assertThat(web.send(TestingWeb.form(web.asVera(path), "")).statusCode()).isEqualTo(403);
        assertThat(web.send(TestingWeb.form(web.asVera(path), "csrf=guess")).statusCode())
                .isEqualTo(403);
        String good = "csrf=" + TestingWeb.CSRF;
        assertThat(web.send(TestingWeb.form(web.asVera(path).header("sec-fetch-site", "cross-site"), good))
                        .statusCode())
                .isEqualTo(403);
        assertThat(web.send(TestingWeb.form(web.asVera(path).header("sec-fetch-site", "same-site"), good))
                        .statusCode())
                .isEqualTo(403);
        assertThat(web.send(TestingWeb.form(web.asVera(path).header("origin", "https://evil.example"), good))
                        .statusCode())
                .isEqualTo(403);
        assertThat(web.send(TestingWeb.form(
                                web.request("/sign-in").header("sec-fetch-site", "cross-site"), "name=vera"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(web.send(web.asVera(path)).statusCode()).as("by GET").isEqualTo(405);
        assertThat(drained).hasValue(0);

        HttpResponse<String> done = web.send(TestingWeb.form(web.asVera(path).header("origin", web.origin()), good));
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(done.headers().firstValue("location")).hasValue("/hosts/web-01");
        assertThat(drained).hasValue(1);
    }

    @Test
    void browsersAreToldToRunNothingButOurFiles() throws Exception {
        for (String path : List.of("/sign-in", "/hosts", "/hosts/none")) {
            HttpResponse<String> page = web.get(path);
            assertThat(page.headers().firstValue("content-security-policy"))
                    .as(path)
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains("default-src 'none'")
                            .contains("script-src 'self'")
                            .contains("frame-ancestors 'none'")
                            .doesNotContain("unsafe"));
            assertThat(page.headers().firstValue("cache-control")).hasValue("no-store");
            assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(page.headers().firstValue("strict-transport-security")).isPresent();
            assertThat(page.body())
                    .doesNotContain("<script>")
                    .doesNotContain(" style=")
                    .doesNotContain("onclick");
            assertThat(page.body()).doesNotContainPattern("(src|href)=\"https?:");
        }
    }

    @Test
    void filesAreKeptForGoodAndNothingElseIsServed() throws Exception {
        Matcher style = Pattern.compile("href=\"(/assets/[0-9a-f]{16}/drydock\\.css)\"")
                .matcher(web.get("/sign-in").body());
        assertThat(style.find()).isTrue();
        HttpResponse<String> file = web.send(web.request(style.group(1)));
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("cache-control"))
                .hasValueSatisfying(kept -> assertThat(kept).contains("immutable"));
        for (String path : List.of(
                "/assets/0000000000000000/drydock.css",
                "/assets/../web/drydock.css",
                "/assets/%2e%2e/%2e%2e/etc/passwd",
                "/assets/..%2f..%2fdb/migration/V4__record.sql",
                "/db/migration/V4__record.sql")) {
            assertThat(web.send(web.asVera(path)).statusCode()).as(path).isBetween(400, 404);
        }
    }

    @Test
    void whatHostsSayIsTextAndNothingElse() throws Exception {
        for (String path :
                List.of("/hosts", "/hosts/evil", "/hosts?q=" + "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%27")) {
            String page = web.get(path).body();
            assertThat(page)
                    .as(path)
                    .contains("&lt;script")
                    .doesNotContain("<script>alert")
                    .doesNotContain("\"'>");
        }
        String events = web.get("/runs/evil/live").body();
        assertThat(events).contains("event:output").contains("&lt;script").doesNotContain("<script>");
        assertThat(events).contains("event:over");
    }

    @Test
    void aHostTellsWhichRulesItBreaksAndWhatItsUpdatesMend() throws Exception {
        assertThat(web.get("/hosts/evil").body())
                .contains("still the old kernel")
                .doesNotContain("a rule that is kept")
                .contains("1 rule kept, 1 not")
                .contains("CVE-2026-1&lt;script")
                .contains("exploited");
        HttpResponse<String> bound = web.get("/hosts/other");
        assertThat(bound.statusCode()).isEqualTo(200);
        assertThat(bound.body()).contains("for roles of the whole fleet").contains("3 critical");
    }

    @Test
    void aCharacterThatWasSentInTwoPiecesIsWhole() throws Exception {
        assertThat(web.get("/runs/split/live").body()).contains("ä").doesNotContain("�");
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        HttpResponse<String> page = web.get("/hosts/none");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("There is no host 'none'.");
    }

    @Test
    void aWrongFilterIsSaidBesideTheForm() throws Exception {
        HttpResponse<String> page = web.get("/hosts?filter=host.nam");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("filter: no such field").contains("value=\"host.nam\"");
    }

    @Test
    void aReportIsAFileToKeep() throws Exception {
        HttpResponse<String> pdf = web.get("/reports/compliance.pdf?filter=true");
        assertThat(pdf.statusCode()).isEqualTo(200);
        assertThat(pdf.headers().firstValue("content-type")).hasValue("application/pdf");
        assertThat(pdf.headers().firstValue("content-disposition"))
                .hasValue("attachment; filename=\"compliance-2026-11-24.pdf\"");
        assertThat(pdf.body()).isEqualTo("DOCUMENT_PDF of true");
        assertThat(web.get("/reports/compliance.html").body()).isEqualTo("DOCUMENT_HTML of ");
    }

    private final class Hosts extends HostServiceImplBase {
        private final Host evil = Host.newBuilder()
                .setFacts(dev.drydock.proto.facts.v1.Host.newBuilder()
                        .setName(EVIL)
                        .putLabels("team", EVIL)
                        .setPackages(Packages.newBuilder()
                                .addPending(
                                        PendingUpdate.newBuilder().setName(EVIL).setSecurity(true))))
                .build();

        @Override
        public void listHosts(ListHostsRequest request, StreamObserver<ListHostsResponse> call) {
            if (request.getFilter().equals("(host.nam)")) {
                call.onError(Status.INVALID_ARGUMENT
                        .withDescription("filter: no such field")
                        .asRuntimeException());
                return;
            }
            call.onNext(ListHostsResponse.newBuilder().addHosts(evil).build());
            call.onCompleted();
        }

        @Override
        public void getHost(GetHostRequest request, StreamObserver<Host> call) {
            if (request.getName().equals("none")) {
                call.onError(Status.NOT_FOUND
                        .withDescription("There is no host 'none'.")
                        .asRuntimeException());
                return;
            }
            call.onNext(evil);
            call.onCompleted();
        }

        @Override
        public void drainHost(DrainHostRequest request, StreamObserver<Host> call) {
            drained.incrementAndGet();
            call.onNext(evil);
            call.onCompleted();
        }
    }

    private static final class Reports extends ReportServiceImplBase {
        @Override
        public void renderComplianceReport(
                RenderComplianceReportRequest request, StreamObserver<RenderComplianceReportResponse> call) {
            call.onNext(RenderComplianceReportResponse.newBuilder()
                    .setContentType("application/pdf")
                    .setFileName("compliance-2026-11-24.pdf")
                    .setContent(ByteString.copyFromUtf8(request.getFormat() + " of " + request.getFilter()))
                    .build());
            call.onCompleted();
        }

        @Override
        public void complianceReport(ComplianceReportRequest request, StreamObserver<ComplianceReportResponse> call) {
            call.onNext(ComplianceReportResponse.newBuilder()
                    .addRows(HostCompliance.newBuilder()
                            .setStanding(HostStanding.newBuilder()
                                    .setState(PolicyState.POLICY_LATE)
                                    .addPolicies("web@7")
                                    .putVulnerabilities("critical", 3)
                                    .addRules(RuleStanding.newBuilder()
                                            .setState(PolicyState.POLICY_LATE)
                                            .setTitle(EVIL)
                                            .setDetail("still the old kernel" + EVIL))
                                    .addRules(RuleStanding.newBuilder()
                                            .setState(PolicyState.POLICY_COMPLIANT)
                                            .setTitle("a rule that is kept"))))
                    .build());
            call.onCompleted();
        }
    }

    /** As to a viewer of some hosts, but for one. */
    private static final class Findings extends VulnerabilityServiceImplBase {
        @Override
        public void listFindings(ListFindingsRequest request, StreamObserver<ListFindingsResponse> call) {
            if (!request.getHost().equals("evil")) {
                call.onError(Status.PERMISSION_DENIED
                        .withDescription("it needs the role viewer for the whole fleet")
                        .asRuntimeException());
                return;
            }
            call.onNext(ListFindingsResponse.newBuilder()
                    .addFindings(Finding.newBuilder()
                            .setKind("vulnerability")
                            .setSubject("CVE-2026-1" + EVIL)
                            .setPackage(EVIL)
                            .setSeverity(VulnerabilitySeverity.VULNERABILITY_CRITICAL)
                            .setExploited(true))
                    .build());
            call.onCompleted();
        }
    }

    private static final class Runs extends RunServiceImplBase {
        @Override
        public void listRuns(ListRunsRequest request, StreamObserver<ListRunsResponse> call) {
            call.onNext(ListRunsResponse.newBuilder()
                    .addRuns(Run.newBuilder().setId("1").setPlaybook(EVIL).setReason(EVIL))
                    .build());
            call.onCompleted();
        }

        @Override
        public void streamOutput(StreamOutputRequest request, StreamObserver<OutputChunk> call) {
            if (request.getId().equals("split")) {
                byte[] umlaut = "ä".getBytes(StandardCharsets.UTF_8);
                call.onNext(chunk(ByteString.copyFrom(umlaut, 0, 1)));
                call.onNext(chunk(ByteString.copyFrom(umlaut, 1, 1)));
            } else {
                call.onNext(chunk(ByteString.copyFromUtf8("a\n" + EVIL + "\nb\n")));
            }
            call.onCompleted();
        }

        private static OutputChunk chunk(ByteString data) {
            return OutputChunk.newBuilder().setData(data).build();
        }
    }
}
