package dev.drydock.controller.api;

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
import io.grpc.BindableService;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An own host, a foreign one, all that hangs on each, and the services that tell of them. */
final class MatrixFleet implements AutoCloseable {
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
            teams.create(team(MatrixTarget.OWN.team(), "web"));
            teams.create(team(MatrixTarget.FOREIGN.team(), "db"));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        JudgingServices judging = new JudgingServices(test.store(), hosts, uploads);
        Reports reports = new Reports(hosts, new SqlRunOutcomes(test.store()), List::of, TestServer.CLOCK);
        Assessments assessments = new Assessments(new SqlAssessments(test.store()), hosts, TestServer.CLOCK);
        var unused = assessments.record(
                Host.newBuilder()
                        .setName(MatrixTarget.FOREIGN.host() + "-old")
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
        hosts.add("h-own", MatrixTarget.OWN.host(), "web");
        hosts.add(MatrixTarget.FOREIGN_ID, MatrixTarget.FOREIGN.host(), "db");
        PlannedHost own = new PlannedHost("h-own", MatrixTarget.OWN.host(), 1, "");
        PlannedHost foreign = new PlannedHost(MatrixTarget.FOREIGN_ID, MatrixTarget.FOREIGN.host(), 1, "");
        rollouts.rollouts.add(Samples.rollout(
                "o-own", MatrixTarget.OWN.rollout(), List.of(own), RolloutState.RUNNING, RunState.RUNNING, ""));
        rollouts.rollouts.add(Samples.rollout(
                "o-foreign",
                MatrixTarget.FOREIGN.rollout(),
                List.of(foreign),
                RolloutState.RUNNING,
                RunState.RUNNING,
                ""));
        promises.fill();
        server.store().writeNow(handle -> {
            RunTable.insert(handle, Runs.offered(MatrixTarget.OWN.run(), "h-own"));
            RunTable.insert(handle, Runs.offered(MatrixTarget.FOREIGN.run(), MatrixTarget.FOREIGN_ID));
            return true;
        });
    }

    /** A plan of this user, and one of another. */
    void planned(TestServer server, String user) {
        SqlSavedPlans plans = new SqlSavedPlans(server.store());
        World before = new World(Map.of(), Map.of());
        plans.save(new SavedPlan(
                MatrixTarget.OWN.plan(),
                MatrixMethods.spec(MatrixTarget.OWN, MatrixTarget.OWN.plan()).toByteArray(),
                before,
                user,
                FakeHosts.NOON));
        plans.save(new SavedPlan(
                MatrixTarget.FOREIGN.plan(),
                MatrixMethods.spec(MatrixTarget.FOREIGN, MatrixTarget.FOREIGN.plan())
                        .toByteArray(),
                before,
                "somebody",
                FakeHosts.NOON));
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
}
