package dev.drydock.controller.api;

import static dev.drydock.controller.run.Runs.offered;

import com.google.protobuf.ByteString;
import dev.drydock.controller.agents.output.RunOutputFiles;
import dev.drydock.controller.artifact.ArtifactFiles;
import dev.drydock.controller.artifact.ArtifactLibrary;
import dev.drydock.controller.calendar.CalendarLibrary;
import dev.drydock.controller.feed.WindowFeeds;
import dev.drydock.controller.playbook.PlaybookLibrary;
import dev.drydock.controller.playbook.Signers;
import dev.drydock.controller.rollout.Candidate;
import dev.drydock.controller.rollout.Planning;
import dev.drydock.controller.rollout.Previews;
import dev.drydock.controller.rollout.RolloutDraft;
import dev.drydock.controller.rollout.RolloutPlan;
import dev.drydock.controller.rollout.RolloutState;
import dev.drydock.controller.run.RunDispatcher;
import dev.drydock.controller.store.RunTable;
import dev.drydock.controller.store.SqlArtifacts;
import dev.drydock.controller.store.SqlCalendars;
import dev.drydock.controller.store.SqlEnrolmentTokens;
import dev.drydock.controller.store.SqlFeeds;
import dev.drydock.controller.store.SqlPlaybooks;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.controller.store.SqlSavedPlans;
import dev.drydock.controller.store.SqlSigners;
import dev.drydock.controller.store.SqlWindows;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.CurrentHostRules;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.RunState;
import io.grpc.BindableService;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A controller's API with three hosts, a rollout and a run, and a client of its REST side. */
final class RestFleet implements AutoCloseable {
    static final long LARGEST_ARTIFACT = 8L * 1024 * 1024;

    final FakeHosts hosts = new FakeHosts();
    final FakeRollouts rollouts = new FakeRollouts();
    final RunOutputFiles output;
    final SqlRunStore runs;
    final TestServer server;
    final RestClient rest;

    RestFleet(Path directory) throws IOException {
        this(directory, Patience.DEFAULT);
    }

    RestFleet(Path directory, Patience patience) throws IOException {
        List.of("01", "02", "03").forEach(number -> hosts.add("h-" + number, "web-" + number, "web"));
        rollouts.rollouts.add(Samples.rollout(RolloutState.RUNNING, RunState.RUNNING, ""));
        output = new RunOutputFiles(directory.resolve("output"), 64L * 1024 * 1024);
        ArtifactFiles artifacts = new ArtifactFiles(directory.resolve("artifacts"), LARGEST_ARTIFACT);
        server = new TestServer(directory, test -> services(test, artifacts), audit -> audit, patience);
        runs = runStore(server);
        server.store().writeNow(handle -> {
            RunTable.insert(handle, offered("r-1", "h-01"));
            return true;
        });
        rest = new RestClient(directory.resolve("ca.crt"), server.port(), server.token());
    }

    private List<BindableService> services(TestServer test, ArtifactFiles artifacts) {
        SqlWindows windows = new SqlWindows(test.store());
        CalendarLibrary calendars = new CalendarLibrary(
                new SqlCalendars(test.store()),
                (url, etag) -> {
                    throw new IOException("the server answered with status 503");
                },
                TestServer.CLOCK);
        SecureRandom random = new SecureRandom();
        Signers signers = new Signers(new SqlSigners(test.store()), TestServer.CLOCK);
        PlaybookLibrary playbooks = new PlaybookLibrary(
                new SqlPlaybooks(test.store()), signers, (file, yaml) -> List.of(), TestServer.CLOCK);
        SqlRunStore served = runStore(test);
        return List.of(
                new SystemService("1.2.3", "ab".repeat(32), TestServer.CLOCK),
                new TokenService(new SqlEnrolmentTokens(test.store(), TestServer.CLOCK, random, "ab".repeat(32))),
                new HostService(hosts, hosts, test.users()::accessChanges),
                new PlaybookService(playbooks, signers),
                new ArtifactService(new ArtifactLibrary(new SqlArtifacts(test.store()), artifacts, TestServer.CLOCK)),
                new WindowService(
                        windows,
                        calendars,
                        hosts,
                        new CurrentHostRules(windows, TestServer.CLOCK),
                        new WindowFeeds(new SqlFeeds(test.store()), windows, calendars, TestServer.CLOCK, random),
                        OptionalInt.empty(),
                        TestServer.CLOCK),
                new RolloutService(
                        rollouts,
                        hosts,
                        playbooks,
                        new Previews(
                                new NoPlanning(),
                                () -> Blackouts.NONE,
                                (all, playbook, params, patience) -> Map.of(),
                                served,
                                TestServer.CLOCK),
                        new SqlSavedPlans(test.store()),
                        test.streams(),
                        id -> 0),
                new RunService(served, served, new NoDispatch(), output, hosts, rollouts, test.streams()));
    }

    private static SqlRunStore runStore(TestServer test) {
        return new SqlRunStore(test.store(), TestServer.CLOCK, run -> {});
    }

    /** As the agent plane does with output. */
    void write(byte[] text, long offset) {
        long end = output.write("r-1", offset, ByteString.copyFrom(text)).join();
        runs.outputStored("r-1", end).join();
    }

    @Override
    public void close() {
        rest.close();
        server.close();
        output.close();
    }

    private static final class NoPlanning implements Planning {
        @Override
        public RolloutPlan plan(RolloutDraft draft) {
            throw new IllegalStateException("the secret insides of planning");
        }

        @Override
        public List<Candidate> newcomers(RolloutPlan plan) {
            throw new AssertionError("nobody asks for newcomers here");
        }
    }

    private static final class NoDispatch implements RunDispatcher {
        @Override
        public void wake(String hostId) {}

        @Override
        public void cancel(String hostId, String runId, CancelRun.Mode mode, String reason) {}
    }
}
