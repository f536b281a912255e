package dev.drydock.controller;

import dev.drydock.controller.agents.AgentPlane;
import dev.drydock.controller.agents.AgentPlaneSettings;
import dev.drydock.controller.agents.KnownHosts;
import dev.drydock.controller.agents.output.RunOutputFiles;
import dev.drydock.controller.api.ApiServer;
import dev.drydock.controller.api.ApiServices;
import dev.drydock.controller.api.ArtifactService;
import dev.drydock.controller.api.AssessmentService;
import dev.drydock.controller.api.CalendarService;
import dev.drydock.controller.api.ContractService;
import dev.drydock.controller.api.ExplanationService;
import dev.drydock.controller.api.HostService;
import dev.drydock.controller.api.NotificationService;
import dev.drydock.controller.api.OpenStreams;
import dev.drydock.controller.api.Patience;
import dev.drydock.controller.api.PlaybookService;
import dev.drydock.controller.api.ReportService;
import dev.drydock.controller.api.RolloutService;
import dev.drydock.controller.api.RunService;
import dev.drydock.controller.api.SimulationService;
import dev.drydock.controller.api.SystemService;
import dev.drydock.controller.api.TeamService;
import dev.drydock.controller.api.TokenService;
import dev.drydock.controller.api.WindowService;
import dev.drydock.controller.artifact.ArtifactFiles;
import dev.drydock.controller.artifact.ArtifactLibrary;
import dev.drydock.controller.assessment.Assessments;
import dev.drydock.controller.calendar.CalendarLibrary;
import dev.drydock.controller.calendar.CalendarRefresher;
import dev.drydock.controller.calendar.HttpCalendarFetch;
import dev.drydock.controller.cluster.Fence;
import dev.drydock.controller.compliance.Reports;
import dev.drydock.controller.feed.FeedServer;
import dev.drydock.controller.feed.WindowFeeds;
import dev.drydock.controller.playbook.PlaybookLibrary;
import dev.drydock.controller.playbook.Signers;
import dev.drydock.controller.retention.Retention;
import dev.drydock.controller.rollout.Prefetcher;
import dev.drydock.controller.rollout.Previews;
import dev.drydock.controller.rollout.RolloutCoordinator;
import dev.drydock.controller.rollout.RolloutPlanner;
import dev.drydock.controller.rollout.RolloutPorts;
import dev.drydock.controller.run.RunNotifier;
import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.controller.security.CertificateAuthorityException;
import dev.drydock.controller.security.ServerCertificates;
import dev.drydock.controller.store.PostgresStore;
import dev.drydock.controller.store.SqlArtifacts;
import dev.drydock.controller.store.SqlAssessments;
import dev.drydock.controller.store.SqlCalendars;
import dev.drydock.controller.store.SqlCertificates;
import dev.drydock.controller.store.SqlEnrolmentTokens;
import dev.drydock.controller.store.SqlFeeds;
import dev.drydock.controller.store.SqlHosts;
import dev.drydock.controller.store.SqlIdempotencyKeys;
import dev.drydock.controller.store.SqlPast;
import dev.drydock.controller.store.SqlPlaybooks;
import dev.drydock.controller.store.SqlRecord;
import dev.drydock.controller.store.SqlRollouts;
import dev.drydock.controller.store.SqlRunOutcomes;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.controller.store.SqlSavedPlans;
import dev.drydock.controller.store.SqlSigners;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.SqlWindows;
import dev.drydock.controller.store.SqliteStore;
import dev.drydock.controller.store.StoreException;
import dev.drydock.controller.window.CurrentHostRules;
import dev.drydock.controller.window.HostRules;
import dev.drydock.controller.window.Windows;
import dev.drydock.playbooks.lint.Linter;
import io.grpc.BindableService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole controller, put together by constructors. It starts from the inside out (store, certificate authority, agent plane,
 * rollouts taken up from where they stood, management plane) and stops the other way round, so that whoever can ask
 * is answered and nothing acknowledged is lost.
 */
public final class Controller implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Controller.class);

    private static final Duration CALENDAR_PATIENCE = Duration.ofSeconds(30);

    private final ControllerOptions options;
    private final Closing closing;
    private final AgentPlane agents;
    private final ApiServer api;
    private final OptionalInt feedPort;
    private final String caFingerprint;
    private volatile boolean closed;

    private Controller(
            ControllerOptions options,
            Closing closing,
            AgentPlane agents,
            ApiServer api,
            OptionalInt feedPort,
            String caFingerprint) {
        this.options = options;
        this.closing = closing;
        this.agents = agents;
        this.api = api;
        this.feedPort = feedPort;
        this.caFingerprint = caFingerprint;
    }

    /**
     * Starts everything. When it returns both planes listen.
     *
     * @throws StartException when something could not be started; what had been started is stopped again
     */
    public static Controller start(ControllerOptions options) throws StartException {
        return start(options, Fence.NONE);
    }

    /** @param fence what each commit is to hold */
    public static Controller start(ControllerOptions options, Fence fence) throws StartException {
        Closing closing = new Closing();
        try {
            return start(options, fence, closing);
        } catch (StoreException | CertificateAuthorityException e) {
            undo(closing);
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            undo(closing);
            throw new StartException(
                    "The data directory " + options.data() + " cannot be written: " + e.getMessage()
                            + ". Check that its file system has space and is healthy.",
                    e);
        } catch (StartException | RuntimeException | Error e) {
            // Also what nobody can mend, a class that is not there: threads that were started must not keep the process
            // alive.
            undo(closing);
            throw e;
        }
    }

    private static void undo(Closing closing) {
        try {
            closing.close();
        } catch (IllegalStateException e) {
            log.warn("after a start that failed: {}", e.getMessage());
        }
    }

    private static Controller start(ControllerOptions options, Fence fence, Closing closing)
            throws StartException, IOException {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        // Closed last: writes that are drained when the store closes still tell of runs.
        RunNotifier runChanges = closing.add("the notices of runs", new RunNotifier());
        DataDirectory data = closing.add("the data directory's lock", DataDirectory.open(options.data()));
        SqlStore store = closing.add("the store", store(options, data, fence));

        CertificateAuthority authority = CertificateAuthority.open(data.root(), clock, random);
        ServerCertificates certificates =
                new ServerCertificates(authority, new SqlCertificates(store), options.names(), clock, random);
        Ids ids = new Ids(random);
        Auditing audit = Auditing.start(store, ids, clock, closing);
        Access access = Access.of(store, data, new AuditedLogins(audit.recorder()), options.oidc(), clock, random);

        Signers signers = new Signers(new SqlSigners(store), clock);
        PlaybookLibrary playbooks = new PlaybookLibrary(
                new SqlPlaybooks(store),
                signers,
                (file, yaml) ->
                        Linter.lint(file, yaml.getBytes(StandardCharsets.UTF_8)).errors(),
                clock);
        ArtifactFiles files = new ArtifactFiles(data.artifacts(), ArtifactLibrary.LARGEST);
        ArtifactLibrary artifacts = new ArtifactLibrary(new SqlArtifacts(store), files, clock);
        artifacts.open();
        SqlRunStore runs = new SqlRunStore(store, clock, runChanges);
        RunOutputFiles output =
                closing.add("the output of runs", new RunOutputFiles(data.output(), RunOutputFiles.DEFAULT_LIMIT));

        AgentPlane agents = new AgentPlane(
                AgentPlaneSettings.defaults(options.agentListen(), Version.text(), options.certificateLifetime()),
                new SqlRecord(store, ids::next).id(),
                authority,
                certificates,
                new KnownHosts(new SqlHosts(store, clock)),
                runs,
                runs,
                output,
                playbooks,
                files,
                signers,
                clock,
                System::nanoTime,
                random);
        Windows windows = new SqlWindows(store);
        CalendarLibrary calendars = new CalendarLibrary(
                new SqlCalendars(store),
                closing.add("fetching calendars", new HttpCalendarFetch(CALENDAR_PATIENCE)),
                clock);
        calendars.open();
        RolloutPlanner planner =
                new RolloutPlanner(agents.directory(), windows, calendars, playbooks, clock, ids::next);
        HostRules.Source hostRules = new CurrentHostRules(windows, clock);
        RolloutCoordinator rollouts = closing.add(
                "the rollouts",
                new RolloutCoordinator(
                        new RolloutPorts(
                                new SqlRollouts(store),
                                runs,
                                runs,
                                agents.dispatcher(),
                                agents.directory(),
                                calendars,
                                hostRules),
                        planner,
                        clock));
        runChanges.add(rollouts);
        Observing observing = new Observing(closing, options, store, clock);
        observing.watch(runs, runChanges, agents, rollouts);
        observing.tell(authority, certificates, calendars);
        closing.add("the agent plane", agents);
        agents.listen(rollouts);
        listening("agents", "--agent-listen", options.agentListen(), () -> {
            agents.start();
            return agents;
        });
        rollouts.start();
        Prefetcher prefetcher = closing.add(
                "fetching ahead", new Prefetcher(rollouts::live, agents.fetches(), options.fetchBefore(), clock));
        prefetcher.start();
        closing.add("refreshing calendars", new CalendarRefresher(calendars, clock))
                .start();

        WindowFeeds feeds = new WindowFeeds(new SqlFeeds(store), windows, calendars, clock, random);
        OptionalInt feedPort = OptionalInt.empty();
        if (options.feedListen().isPresent()) {
            InetSocketAddress address = options.feedListen().get();
            FeedServer server = closing.add(
                    "feeds",
                    listening(
                            "feeds",
                            "--feed-listen",
                            address,
                            () -> FeedServer.start(address, certificates.keyManagerFactory(), feeds)));
            feedPort = OptionalInt.of(server.port());
        }

        Previews previews = new Previews(planner, calendars, agents.plans(), runs, clock);
        Telling telling = Telling.of(store, ids, clock, random);
        Reporting reporting = Reporting.of(store, ids, clock, random);
        telling.start(closing, options.mail(), reporting, rollouts, agents.directory(), previews, clock);

        Servicing servicing =
                Servicing.of(store, calendars, agents.directory(), clock).start(closing, runChanges);
        telling.alert(closing, new SqlRollouts(store), rollouts, servicing.store(), agents.directory(), clock);

        Judging judging = Judging.of(store, data.feeds(), ids, agents.directory(), clock);
        closing.add(
                        "retention",
                        new Retention(
                                new SqlPast(store, store::compact),
                                output::delete,
                                options.keep(),
                                clock,
                                System::nanoTime))
                .start();
        Assessments assessments = new Assessments(new SqlAssessments(store), agents.directory(), clock);
        Reports reports = new Reports(agents.directory(), new SqlRunOutcomes(store), assessments::all, clock);
        ReportService reportService =
                new ReportService(reports, judging.reports(reports, rollouts), rollouts, runs, agents.directory());
        ContractService contractService = servicing.contractService(agents.directory(), calendars, clock);
        rollouts.listen(reports.ends());
        judging.start(closing, () -> reports.readAhead(rollouts.heads()));
        OpenStreams streams = closing.add("open streams", new OpenStreams());
        List<BindableService> services = new ArrayList<>(access.services());
        services.addAll(List.of(
                new SystemService(Version.text(), authority.fingerprint(), clock),
                audit.service(streams),
                new TokenService(new SqlEnrolmentTokens(store, clock, random, authority.fingerprint())),
                new HostService(agents.directory(), agents.admin(), access.users()::accessChanges),
                new AssessmentService(assessments),
                new PlaybookService(playbooks, signers),
                new ArtifactService(artifacts),
                new WindowService(windows, calendars, agents.directory(), hostRules, feeds, feedPort, clock),
                new CalendarService(calendars, clock),
                new RolloutService(
                        rollouts,
                        agents.directory(),
                        playbooks,
                        previews,
                        new SqlSavedPlans(store),
                        streams,
                        prefetcher::ready),
                new TeamService(
                        telling.teams(),
                        agents.directory(),
                        telling.notifications(),
                        telling.outbox(),
                        options.mail().isPresent(),
                        clock),
                new NotificationService(telling.notifications(), telling.outbox(), telling.teams()),
                contractService,
                servicing.incidentService(agents.directory(), clock),
                new RunService(runs, runs, agents.dispatcher(), output, agents.directory(), rollouts, streams),
                new ExplanationService(agents.directory(), rollouts, runs, windows, calendars, hostRules, clock),
                Examining.service(
                        options, store, authority, certificates, agents.directory(), rollouts, calendars, clock),
                reportService,
                reporting.start(
                        closing,
                        telling,
                        reportService,
                        contractService,
                        access.users(),
                        agents.directory(),
                        options,
                        clock),
                judging.policyService(),
                judging.feedService(),
                judging.vulnerabilityService(agents.directory()),
                judging.waiverService(agents.directory(), clock),
                new SimulationService(streams)));
        ApiServices guarded = ApiServices.of(
                        services,
                        access.authenticator(),
                        audit.recorder(),
                        new SqlIdempotencyKeys(store),
                        clock,
                        ids::next)
                .telling(observing.calls());
        Browsing browsing = closing.add("pages", Browsing.start(guarded, access.pages(), clock));
        ApiServer api = listening(
                "the management plane",
                "--api-listen",
                options.apiListen(),
                () -> ApiServer.start(
                        options.apiListen(),
                        certificates.keyManagerFactory(),
                        guarded,
                        streams,
                        Patience.DEFAULT,
                        pages -> {
                            browsing.addTo(pages);
                            Installing.pages(options, authority, agents.port()).addTo(pages);
                            observing.addTo(pages, agents, rollouts, access.authenticator());
                        }));
        closing.add("the management plane", api);
        closing.add("readiness", observing::stopping);
        return new Controller(options, closing, agents, api, feedPort, authority.fingerprint());
    }

    private static SqlStore store(ControllerOptions options, DataDirectory data, Fence fence) {
        return options.database().isPresent()
                ? PostgresStore.open(options.database().get(), fence)
                : SqliteStore.open(data.database());
    }

    private static <T> T listening(String who, String option, InetSocketAddress address, Start<T> start)
            throws StartException {
        try {
            return start.start();
        } catch (IOException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new StartException(
                    "Cannot listen for " + who + " on " + ListenAddress.text(address, address.getPort()) + ": "
                            + reason(cause) + ". Stop what uses that address, or choose another with " + option
                            + ".",
                    e);
        }
    }

    /** Without the system call that epoll's messages begin with. */
    private static String reason(Throwable cause) {
        return String.valueOf(cause.getMessage()).replaceFirst("^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ", "");
    }

    /** One line for whoever started it: {@code ready agents=HOST:PORT api=HOST:PORT ca-sha256=HEX [feed=HOST:PORT]}. */
    public String readyLine() {
        return "ready agents=" + ListenAddress.text(options.agentListen(), agents.port()) + " api="
                + ListenAddress.text(options.apiListen(), api.port()) + " ca-sha256=" + caFingerprint
                + (feedPort.isPresent()
                        ? " feed=" + ListenAddress.text(options.feedListen().orElseThrow(), feedPort.getAsInt())
                        : "");
    }

    /** Agents whose stream is open now. */
    int connectedAgents() {
        return agents.connected();
    }

    boolean isClosed() {
        return closed;
    }

    /** Stops in order: no new calls, streams ended, agents sent away, what is queued written. Idempotent. */
    @Override
    public void close() {
        log.info("stopping");
        try {
            closing.close();
        } finally {
            closed = true;
        }
        log.info("stopped");
    }

    @FunctionalInterface
    private interface Start<T> {
        T start() throws IOException;
    }
}
