package dev.drydock.controller.api;

import static java.util.Map.entry;

import com.google.protobuf.Message;
import dev.drydock.controller.agents.output.RunOutputFiles;
import dev.drydock.controller.assessment.Assessments;
import dev.drydock.controller.compliance.Reports;
import dev.drydock.controller.notify.Outbox;
import dev.drydock.controller.playbook.PlaybookLibrary;
import dev.drydock.controller.playbook.Signed;
import dev.drydock.controller.playbook.Signers;
import dev.drydock.controller.rollout.PlannedHost;
import dev.drydock.controller.rollout.Previews;
import dev.drydock.controller.rollout.RolloutPlanner;
import dev.drydock.controller.rollout.RolloutState;
import dev.drydock.controller.rollout.SavedPlan;
import dev.drydock.controller.rollout.World;
import dev.drydock.controller.run.RunDispatcher;
import dev.drydock.controller.run.Runs;
import dev.drydock.controller.store.RunTable;
import dev.drydock.controller.store.SqlAssessments;
import dev.drydock.controller.store.SqlNotifications;
import dev.drydock.controller.store.SqlPlaybooks;
import dev.drydock.controller.store.SqlRunOutcomes;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.controller.store.SqlSavedPlans;
import dev.drydock.controller.store.SqlSigners;
import dev.drydock.controller.store.SqlTeams;
import dev.drydock.controller.store.SqlWindows;
import dev.drydock.controller.team.TeamDraft;
import dev.drydock.controller.team.Teams;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.CurrentHostRules;
import dev.drydock.controller.window.WindowDraft;
import dev.drydock.playbooks.sign.SigningKey;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.facts.v1.Host;
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
import io.grpc.BindableService;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What the role matrix asks about: an own host, a foreign one, and all that hangs on each. */
final class MatrixFleet implements AutoCloseable {
    static final String FOREIGN_ID = "h-foreign";
    static final Target OWN =
            new Target("web-01", "own", "r-own", "own-plan", "owners", "i-1", "own-terms", "own-waiver");
    static final Target FOREIGN = new Target(
            "mainframe", "quarterly", "r-foreign", "plan-theirs", "bookkeeping", "i-2", "ledger-terms", "tax-waiver");
    static final Target ABSENT = new Target(
            "nowhereis", "unheardof", "r-nowhere", "plan-nobody", "unknownteam", "i-99", "nothing-terms", "no-waiver");

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
    static final Map<String, Function<Target, Message>> SAMPLES = new HashMap<>(MatrixPromises.SAMPLES);

    private static final Map<String, Function<Target, Message>> ABOUT_HOSTS = Map.ofEntries(
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

    static Message sample(String method, Target at) {
        return Objects.requireNonNull(SAMPLES.get(method), method).apply(at);
    }

    private static RolloutSpec spec(Target at, String name) {
        return RolloutSpec.newBuilder()
                .setName(name)
                .setPlaybook("web-monthly")
                .setSelector("host.name == '" + at.host() + "'")
                .setWindow("sunday-night")
                .build();
    }

    private final FakeHosts hosts = new FakeHosts();
    private final FakeRollouts rollouts = new FakeRollouts();
    private final RunOutputFiles files;
    private final Path uploads;
    private final MatrixPromises promises = new MatrixPromises(hosts);

    MatrixFleet(Path directory) throws IOException {
        files = new RunOutputFiles(directory.resolve("output"), 200_000);
        uploads = directory.resolve("feeds");
    }

    List<BindableService> services(TestServer test) {
        SqlWindows windows = new SqlWindows(test.store());
        PlaybookLibrary library = library(test);
        RolloutPlanner planner =
                new RolloutPlanner(hosts, windows, () -> Blackouts.NONE, library, TestServer.CLOCK, () -> "o-new");
        rollouts.planning = planner;
        SqlRunStore runs = new SqlRunStore(test.store(), TestServer.CLOCK, run -> {});
        Previews previews = new Previews(
                planner, () -> Blackouts.NONE, (ids, playbook, params, patience) -> Map.of(), runs, TestServer.CLOCK);
        Teams teams = new Teams(new SqlTeams(test.store()), TestServer.CLOCK, new SecureRandom());
        SqlNotifications notifications = new SqlNotifications(test.store());
        try {
            windows.create(new WindowDraft(
                    "sunday-night",
                    "FREQ=WEEKLY;BYDAY=SU",
                    "2026-11-29T02:00",
                    "UTC",
                    Duration.ofHours(4),
                    Duration.ofMinutes(30),
                    Optional.empty()));
            teams.create(team(OWN.team(), "web"));
            teams.create(team(FOREIGN.team(), "db"));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        JudgingServices judging = new JudgingServices(test.store(), hosts, uploads);
        Reports reports = new Reports(hosts, new SqlRunOutcomes(test.store()), List::of, TestServer.CLOCK);
        Assessments assessments = new Assessments(new SqlAssessments(test.store()), hosts, TestServer.CLOCK);
        var unused = assessments.record(
                Host.newBuilder()
                        .setName(FOREIGN.host() + "-old")
                        .putLabels("role", "db")
                        .build(),
                "",
                "ann");
        List<BindableService> services = new ArrayList<>(promises.services(test, judging));
        ReportService reporting = new ReportService(reports, judging.reports(reports, rollouts), rollouts, runs, hosts);
        services.add(MatrixPromises.scheduling(test, reporting, services, teams, notifications, hosts));
        services.addAll(List.of(
                new HostService(hosts, hosts, test.users()::accessChanges),
                new AssessmentService(assessments),
                new RolloutService(
                        rollouts, hosts, library, previews, new SqlSavedPlans(test.store()), test.streams(), id -> 0),
                new RunService(runs, runs, new Deaf(), files, hosts, rollouts, test.streams()),
                new ExplanationService(
                        hosts,
                        rollouts,
                        runs,
                        windows,
                        () -> Blackouts.NONE,
                        new CurrentHostRules(windows, TestServer.CLOCK),
                        TestServer.CLOCK),
                reporting,
                new TeamService(
                        teams,
                        hosts,
                        notifications,
                        new Outbox(notifications, TestServer.CLOCK, () -> "n-1"),
                        false,
                        TestServer.CLOCK)));
        return services;
    }

    void add(String id, String name, String role) {
        hosts.add(id, name, role);
    }

    FakeRollouts rollouts() {
        return rollouts;
    }

    private static TeamDraft team(String name, String role) {
        return new TeamDraft(
                name, "host.labels.role == '" + role + "'", List.of(), "", "", Optional.empty(), false, "");
    }

    private static PlaybookLibrary library(TestServer test) {
        Signers signers = new Signers(new SqlSigners(test.store()), TestServer.CLOCK);
        PlaybookLibrary library = new PlaybookLibrary(
                new SqlPlaybooks(test.store()), signers, (file, yaml) -> List.of(), TestServer.CLOCK);
        SigningKey ops = SigningKey.generate("ops");
        signers.pin("ops", ops.signer().rawKey());
        String yaml = Signed.yaml("web-monthly", "first");
        try {
            library.push(Signed.envelope(yaml, ops), yaml);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return library;
    }

    void fill(TestServer server) {
        hosts.add("h-own", OWN.host(), "web");
        hosts.add(FOREIGN_ID, FOREIGN.host(), "db");
        PlannedHost own = new PlannedHost("h-own", OWN.host(), 1, "");
        PlannedHost foreign = new PlannedHost(FOREIGN_ID, FOREIGN.host(), 1, "");
        rollouts.rollouts.add(
                Samples.rollout("o-own", OWN.rollout(), List.of(own), RolloutState.RUNNING, RunState.RUNNING, ""));
        rollouts.rollouts.add(Samples.rollout(
                "o-foreign", FOREIGN.rollout(), List.of(foreign), RolloutState.RUNNING, RunState.RUNNING, ""));
        promises.fill();
        server.store().writeNow(handle -> {
            RunTable.insert(handle, Runs.offered(OWN.run(), "h-own"));
            RunTable.insert(handle, Runs.offered(FOREIGN.run(), FOREIGN_ID));
            return true;
        });
    }

    /** A plan of this user, and one of another. */
    void planned(TestServer server, String user) {
        SqlSavedPlans plans = new SqlSavedPlans(server.store());
        World before = new World(Map.of(), Map.of());
        plans.save(new SavedPlan(OWN.plan(), spec(OWN, OWN.plan()).toByteArray(), before, user, FakeHosts.NOON));
        plans.save(new SavedPlan(
                FOREIGN.plan(), spec(FOREIGN, FOREIGN.plan()).toByteArray(), before, "somebody", FakeHosts.NOON));
    }

    @Override
    public void close() {
        files.close();
    }

    private static final class Deaf implements RunDispatcher {
        @Override
        public void wake(String hostId) {}

        @Override
        public void cancel(String hostId, String runId, CancelRun.Mode mode, String reason) {}
    }

    /** The names of what is asked for. */
    record Target(
            String host,
            String rollout,
            String run,
            String plan,
            String team,
            String incident,
            String contract,
            String waiver) {
        /** So that answers about different ones can be compared. */
        String without(String text) {
            String left = text;
            for (String name : List.of(incident, contract, waiver, plan, team, run, rollout, host)) {
                left = left.replace("'" + name + "'", "NAME").replace(name, "NAME");
            }
            return left;
        }
    }
}
