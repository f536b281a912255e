package dev.drydock.controller.api;

import com.google.protobuf.ByteString;
import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.compliance.Reports;
import dev.drydock.controller.compliance.rule.RuleState;
import dev.drydock.controller.document.Document;
import dev.drydock.controller.document.Documents;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.Rollouts;
import dev.drydock.controller.run.RunStore;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.v1.ComplianceReportRequest;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.ComplianceVerdict;
import dev.drydock.proto.v1.DocumentFormat;
import dev.drydock.proto.v1.RenderComplianceReportRequest;
import dev.drydock.proto.v1.RenderComplianceReportResponse;
import dev.drydock.proto.v1.ReportServiceGrpc.ReportServiceImplBase;
import dev.drydock.proto.v1.RolloutReportRequest;
import dev.drydock.proto.v1.RolloutReportResponse;
import io.grpc.stub.StreamObserver;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reports. */
public final class ReportService extends ReportServiceImplBase {
    private final Reports reports;
    private final ComplianceReports compliance;
    private final Rollouts rollouts;
    private final RunStore runs;
    private final HostDirectory hosts;
    private final Documents documents = new Documents();

    public ReportService(
            Reports reports, ComplianceReports compliance, Rollouts rollouts, RunStore runs, HostDirectory hosts) {
        this.reports = reports;
        this.compliance = compliance;
        this.rollouts = rollouts;
        this.runs = runs;
        this.hosts = hosts;
    }

    @Override
    public void complianceReport(ComplianceReportRequest request, StreamObserver<ComplianceReportResponse> call) {
        Calls.answer(call, () -> {
            List<String> problems = new ArrayList<>();
            Optional<Duration> grace = grace(request.getGrace(), problems);
            Set<RuleState> states = StandingMapper.states(request.getStatesList(), problems);
            if (!problems.isEmpty()) {
                throw Refusals.invalid(problems);
            }
            return compliance.report(
                    new ComplianceReports.Request(
                            selected(request.getFilter()),
                            grace,
                            states,
                            request.getPageSize(),
                            request.getPageToken(),
                            request.getAllRules(),
                            request.getRowsOnly()),
                    Sight.of(hosts));
        });
    }

    @Override
    public void renderComplianceReport(
            RenderComplianceReportRequest request, StreamObserver<RenderComplianceReportResponse> call) {
        Calls.answer(call, () -> {
            ComplianceVerdict.Builder verdict = ComplianceVerdict.newBuilder();
            Document document = document(request, made -> verdict.mergeFrom(made.getVerdict()));
            return RenderComplianceReportResponse.newBuilder()
                    .setContentType(document.contentType())
                    .setFileName(document.name())
                    .setContent(ByteString.copyFrom(document.content()))
                    .setVerdict(verdict)
                    .build();
        });
    }

    /**
     * As the caller may see it.
     *
     * @param seen gets what the document is made of
     */
    Document document(RenderComplianceReportRequest request, Consumer<ComplianceReportResponse> seen)
            throws InvalidExpressionException {
        List<String> problems = new ArrayList<>();
        Optional<Duration> grace = grace(request.getGrace(), problems);
        ZoneId zone = zone(request.getZone(), problems);
        known(request.getFormat(), request.getFormatValue(), problems);
        if (!problems.isEmpty()) {
            throw Refusals.invalid(problems);
        }
        Predicate<Host> selected = selected(request.getFilter());
        boolean allRules = request.getFormat() == DocumentFormat.DOCUMENT_JUNIT;
        return documents.compliance(
                () -> {
                    ComplianceReportResponse made = compliance.report(
                            new ComplianceReports.Request(selected, grace, Set.of(), 0, "", allRules, false),
                            Sight.of(hosts));
                    seen.accept(made);
                    return made;
                },
                request.getFilter(),
                request.getFormat(),
                zone);
    }

    Documents documents() {
        return documents;
    }

    static void known(DocumentFormat format, int value, List<String> problems) {
        if (format == DocumentFormat.UNRECOGNIZED) {
            problems.add("format: is " + value
                    + "; take DOCUMENT_HTML, DOCUMENT_PDF, DOCUMENT_CSV, DOCUMENT_JSON or DOCUMENT_JUNIT");
        }
    }

    /** Empty: what the report takes by itself. */
    private static Optional<Duration> grace(com.google.protobuf.Duration given, List<String> problems) {
        Duration grace = Times.duration("grace", given, problems);
        if (grace.isNegative()) {
            problems.add("grace: is negative; write how long an update may be pending, or nothing for 7 days");
        }
        return grace.isZero() ? Optional.empty() : Optional.of(grace);
    }

    static ZoneId zone(String given, List<String> problems) {
        try {
            return given.isEmpty() ? ZoneOffset.UTC : ZoneId.of(given);
        } catch (DateTimeException e) {
            problems.add("zone: '" + given + "' is no time zone; write one as Europe/Berlin, or nothing for UTC");
            return ZoneOffset.UTC;
        }
    }

    private static Predicate<Host> selected(String filter) throws InvalidExpressionException {
        return Caller.views().and(Selection.of(filter));
    }

    @Override
    public void rolloutReport(RolloutReportRequest request, StreamObserver<RolloutReportResponse> call) {
        Calls.answer(call, () -> {
            Sight sight = Sight.of(hosts);
            Rollout rollout = new RolloutAccess(rollouts, hosts).seen(request.getRollout(), sight);
            RunMapper mapper = new RunMapper(hosts, rollouts);
            return RolloutReportResponse.newBuilder()
                    .setRollout(new RolloutView(sight).whole(rollout))
                    .setSummary(ReportMapper.message(reports.summary(rollout, sight::sees)))
                    .addAllRuns(runs.ofRollout(rollout.id()).stream()
                            .filter(run -> sight.sees(run.hostId()))
                            .map(run -> mapper.reported(run, runs.events(run.id())))
                            .toList())
                    .build();
        });
    }
}
