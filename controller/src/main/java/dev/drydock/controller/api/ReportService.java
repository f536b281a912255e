package dev.drydock.controller.api;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.compliance.Reports;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.Rollouts;
import dev.drydock.controller.run.RunStore;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.v1.ComplianceReportRequest;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.ReportServiceGrpc.ReportServiceImplBase;
import dev.drydock.proto.v1.RolloutReportRequest;
import dev.drydock.proto.v1.RolloutReportResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reports. */
public final class ReportService extends ReportServiceImplBase {
    private final Reports reports;
    private final ComplianceReports compliance;
    private final Rollouts rollouts;
    private final RunStore runs;
    private final HostDirectory hosts;

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
            Duration grace = Times.duration("grace", request.getGrace(), problems);
            if (grace.isNegative()) {
                problems.add("grace: is negative; write how long an update may be pending, or nothing for 7 days");
            }
            if (!problems.isEmpty()) {
                throw Refusals.invalid(problems);
            }
            Predicate<Host> selected = Caller.views().and(Selection.of(request.getFilter()));
            Sight sight = Sight.of(hosts);
            return compliance.report(
                    selected,
                    new RolloutAccess(rollouts, hosts).all(sight),
                    sight,
                    grace.isZero() ? Optional.empty() : Optional.of(grace),
                    request.getPageSize(),
                    request.getPageToken(),
                    request.getAllRules());
        });
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
