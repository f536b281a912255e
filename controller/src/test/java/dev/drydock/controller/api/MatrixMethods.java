package dev.drydock.controller.api;

import static java.util.Map.entry;

import com.google.protobuf.Message;
import dev.drydock.proto.v1.AbortRolloutRequest;
import dev.drydock.proto.v1.ApplyRolloutRequest;
import dev.drydock.proto.v1.ApproveRolloutRequest;
import dev.drydock.proto.v1.CancelRunRequest;
import dev.drydock.proto.v1.ClearCloneRequest;
import dev.drydock.proto.v1.ComplianceReportRequest;
import dev.drydock.proto.v1.CreateRolloutRequest;
import dev.drydock.proto.v1.DrainHostRequest;
import dev.drydock.proto.v1.ExplainRequest;
import dev.drydock.proto.v1.GetHostRequest;
import dev.drydock.proto.v1.GetRolloutRequest;
import dev.drydock.proto.v1.GetRunRequest;
import dev.drydock.proto.v1.GetTeamRequest;
import dev.drydock.proto.v1.LabelHostRequest;
import dev.drydock.proto.v1.ListAssessmentsRequest;
import dev.drydock.proto.v1.ListHostsRequest;
import dev.drydock.proto.v1.ListRolloutsRequest;
import dev.drydock.proto.v1.ListRunsRequest;
import dev.drydock.proto.v1.ListTeamsRequest;
import dev.drydock.proto.v1.PauseRolloutRequest;
import dev.drydock.proto.v1.PlanRolloutRequest;
import dev.drydock.proto.v1.RefreshFactsRequest;
import dev.drydock.proto.v1.RenderComplianceReportRequest;
import dev.drydock.proto.v1.ResumeRolloutRequest;
import dev.drydock.proto.v1.RetryRolloutRequest;
import dev.drydock.proto.v1.RevokeHostRequest;
import dev.drydock.proto.v1.RolloutReportRequest;
import dev.drydock.proto.v1.RolloutSpec;
import dev.drydock.proto.v1.StreamOutputRequest;
import dev.drydock.proto.v1.WatchRolloutRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Which methods of the API tell of hosts, how each answers about one that is not the caller's, and a good request of each. */
final class MatrixMethods {
    /** Served by what really serves them. */
    static final Set<String> REAL = Set.of(
            "drydock.v1.HostService",
            "drydock.v1.RolloutService",
            "drydock.v1.RunService",
            "drydock.v1.ExplanationService",
            "drydock.v1.ReportService",
            "drydock.v1.ReportScheduleService",
            "drydock.v1.TeamService",
            "drydock.v1.AssessmentService",
            "drydock.v1.VulnerabilityService",
            "drydock.v1.WaiverService",
            "drydock.v1.ContractService",
            "drydock.v1.IncidentService");

    /** Answer with what there is, and leave out what is not the caller's. */
    static final Set<String> LISTS = Set.of(
            "drydock.v1.HostService/ListHosts",
            "drydock.v1.RolloutService/ListRollouts",
            "drydock.v1.RunService/ListRuns",
            "drydock.v1.ReportService/ComplianceReport",
            "drydock.v1.ReportService/RenderComplianceReport",
            "drydock.v1.TeamService/ListTeams",
            "drydock.v1.AssessmentService/ListAssessments",
            "drydock.v1.VulnerabilityService/ListVulnerabilities",
            // Also of one that no host of the caller's has: what feeds say is public.
            "drydock.v1.VulnerabilityService/GetVulnerability",
            "drydock.v1.WaiverService/ListWaivers",
            "drydock.v1.ContractService/ListContracts",
            "drydock.v1.IncidentService/ListIncidents");

    /** Say of a selector that takes no host of the caller's that it takes none. */
    static final Set<String> MAKES =
            Set.of("drydock.v1.RolloutService/CreateRollout", "drydock.v1.RolloutService/PlanRollout");

    private static final String SERVICE = "drydock.v1.";

    /** A good request of each method that is about hosts. */
    static final Map<String, Function<MatrixTarget, Message>> SAMPLES = new HashMap<>(MatrixPromises.SAMPLES);

    private static final Map<String, Function<MatrixTarget, Message>> ABOUT_HOSTS = Map.ofEntries(
            entry(
                    SERVICE + "HostService/GetHost",
                    at -> GetHostRequest.newBuilder().setName(at.host()).build()),
            entry(SERVICE + "HostService/LabelHost", at -> LabelHostRequest.newBuilder()
                    .setName(at.host())
                    .putSet("rack", "7")
                    .build()),
            entry(
                    SERVICE + "HostService/DrainHost",
                    at -> DrainHostRequest.newBuilder().setName(at.host()).build()),
            entry(
                    SERVICE + "HostService/ClearClone",
                    at -> ClearCloneRequest.newBuilder().setName(at.host()).build()),
            entry(
                    SERVICE + "HostService/RevokeHost",
                    at -> RevokeHostRequest.newBuilder().setName(at.host()).build()),
            entry(
                    SERVICE + "HostService/RefreshFacts",
                    at -> RefreshFactsRequest.newBuilder().setName(at.host()).build()),
            entry(SERVICE + "HostService/ListHosts", at -> ListHostsRequest.getDefaultInstance()),
            entry(SERVICE + "RolloutService/ListRollouts", at -> ListRolloutsRequest.getDefaultInstance()),
            entry(SERVICE + "RolloutService/CreateRollout", at -> CreateRolloutRequest.newBuilder()
                    .setSpec(spec(at, "made"))
                    .build()),
            entry(SERVICE + "RolloutService/PlanRollout", at -> PlanRolloutRequest.newBuilder()
                    .setSpec(spec(at, "planned"))
                    .build()),
            entry(
                    SERVICE + "RolloutService/ApplyRollout",
                    at -> ApplyRolloutRequest.newBuilder().setName(at.plan()).build()),
            entry(
                    SERVICE + "RolloutService/GetRollout",
                    at -> GetRolloutRequest.newBuilder().setName(at.rollout()).build()),
            entry(
                    SERVICE + "RolloutService/PauseRollout",
                    at -> PauseRolloutRequest.newBuilder().setName(at.rollout()).build()),
            entry(SERVICE + "RolloutService/ResumeRollout", at -> ResumeRolloutRequest.newBuilder()
                    .setName(at.rollout())
                    .build()),
            entry(
                    SERVICE + "RolloutService/AbortRollout",
                    at -> AbortRolloutRequest.newBuilder().setName(at.rollout()).build()),
            entry(
                    SERVICE + "RolloutService/RetryRollout",
                    at -> RetryRolloutRequest.newBuilder().setName(at.rollout()).build()),
            entry(SERVICE + "RolloutService/ApproveRollout", at -> ApproveRolloutRequest.newBuilder()
                    .setName(at.rollout())
                    .build()),
            entry(
                    SERVICE + "RolloutService/WatchRollout",
                    at -> WatchRolloutRequest.newBuilder().setName(at.rollout()).build()),
            entry(
                    SERVICE + "RunService/GetRun",
                    at -> GetRunRequest.newBuilder().setId(at.run()).build()),
            entry(
                    SERVICE + "RunService/CancelRun",
                    at -> CancelRunRequest.newBuilder().setId(at.run()).build()),
            entry(
                    SERVICE + "RunService/StreamOutput",
                    at -> StreamOutputRequest.newBuilder().setId(at.run()).build()),
            entry(SERVICE + "RunService/ListRuns", at -> ListRunsRequest.getDefaultInstance()),
            entry(
                    SERVICE + "ExplanationService/Explain",
                    at -> ExplainRequest.newBuilder().setName(at.host()).build()),
            entry(SERVICE + "ReportService/ComplianceReport", at -> ComplianceReportRequest.getDefaultInstance()),
            entry(
                    SERVICE + "ReportService/RenderComplianceReport",
                    at -> RenderComplianceReportRequest.getDefaultInstance()),
            entry(SERVICE + "ReportService/RolloutReport", at -> RolloutReportRequest.newBuilder()
                    .setRollout(at.rollout())
                    .build()),
            entry(SERVICE + "AssessmentService/ListAssessments", at -> ListAssessmentsRequest.getDefaultInstance()),
            entry(SERVICE + "TeamService/ListTeams", at -> ListTeamsRequest.getDefaultInstance()),
            entry(
                    SERVICE + "TeamService/GetTeam",
                    at -> GetTeamRequest.newBuilder().setName(at.team()).build()));

    static {
        SAMPLES.putAll(ABOUT_HOSTS);
    }

    static Message sample(String method, MatrixTarget at) {
        return Objects.requireNonNull(SAMPLES.get(method), method).apply(at);
    }

    static RolloutSpec spec(MatrixTarget at, String name) {
        return RolloutSpec.newBuilder()
                .setName(name)
                .setPlaybook("web-monthly")
                .setSelector("host.name == '" + at.host() + "'")
                .setWindow("sunday-night")
                .build();
    }

    private MatrixMethods() {}
}
