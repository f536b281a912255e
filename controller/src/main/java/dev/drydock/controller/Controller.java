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
import dev.drydock.controller.assessment.Assessments;
import dev.drydock.controller.calendar.CalendarLibrary;
import dev.drydock.controller.cluster.Fence;
import dev.drydock.controller.cluster.Standing;
import dev.drydock.controller.compliance.Reports;
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
import dev.drydock.controller.store.SqlAssessments;
import dev.drydock.controller.store.SqlCertificates;
import dev.drydock.controller.store.SqlEnrolmentTokens;
import dev.drydock.controller.store.SqlHosts;
import dev.drydock.controller.store.SqlIdempotencyKeys;
import dev.drydock.controller.store.SqlPast;
import dev.drydock.controller.store.SqlRecord;
import dev.drydock.controller.store.SqlRollouts;
import dev.drydock.controller.store.SqlRunOutcomes;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.controller.store.SqlSavedPlans;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.SqliteStore;
import dev.drydock.controller.store.StoreException;
import io.grpc.BindableService;
import java.io.IOException;
import java.security.SecureRandom;
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

    private final ControllerOptions options;
    private final Closing closing;
    private final AgentPlane agents;
    private final ApiServer api;
    private final Observing.Vitals vitals;
    private final OptionalInt feedPort;
    private final String caFingerprint;

    private Controller(
            ControllerOptions options,
            Closing closing,
            AgentPlane agents,
            ApiServer api,
            Observing.Vitals vitals,
            OptionalInt feedPort,
            String caFingerprint) {
        this.options = options;
        this.closing = closing;
        this.agents = agents;
        this.api = api;
        this.vitals = vitals;
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

        Library library = Library.open(store, data, clock);
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
                library.playbooks(),
                library.files(),
                library.signers(),
                clock,
                System::nanoTime,
                random);
        Timing timing = Timing.open(store, closing, clock, random);
        CalendarLibrary calendars = timing.calendars();
        RolloutPlanner planner = new RolloutPlanner(
                agents.directory(), timing.windows(), calendars, library.playbooks(), clock, ids::next);
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
                                timing.hostRules()),
                        planner,
                        clock));
        runChanges.add(rollouts);
        Observing observing = new Observing(closing, options, store, clock);
        observing.watch(runs, runChanges, agents, rollouts);
        observing.tell(authority, certificates, calendars);
        closing.add("the agent plane", agents);
        agents.listen(rollouts);
        Listening.open("agents", "--agent-listen", options.agentListen(), () -> {
            agents.start();
            return agents;
        });
        rollouts.start();
        Prefetcher prefetcher = closing.add(
                "fetching ahead", new Prefetcher(rollouts::live, agents.fetches(), options.fetchBefore(), clock));
        prefetcher.start();
        timing.refresh(closing, clock);
        OptionalInt feedPort = timing.serve(options, certificates, closing);

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
                Membership.service(options, store, agents, clock),
                audit.service(streams),
                new TokenService(new SqlEnrolmentTokens(store, clock, random, authority.fingerprint())),
                new HostService(agents.directory(), agents.admin(), access.users()::accessChanges),
                new AssessmentService(assessments),
                new PlaybookService(library.playbooks(), library.signers()),
                new ArtifactService(library.artifacts()),
                new WindowService(
                        timing.windows(),
                        calendars,
                        agents.directory(),
                        timing.hostRules(),
                        timing.feeds(),
                        feedPort,
                        clock),
                new CalendarService(calendars, clock),
                new RolloutService(
                        rollouts,
                        agents.directory(),
                        library.playbooks(),
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
                new ExplanationService(
                        agents.directory(), rollouts, runs, timing.windows(), calendars, timing.hostRules(), clock),
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
        Observing.Vitals vitals = observing.vitals(agents, rollouts);
        ApiServer api = Listening.open(
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
                            observing.addTo(pages, vitals, access.authenticator());
                        }));
        closing.add("the management plane", api);
        closing.add("readiness", observing::stopping);
        return new Controller(options, closing, agents, api, vitals, feedPort, authority.fingerprint());
    }

    private static SqlStore store(ControllerOptions options, DataDirectory data, Fence fence) {
        return options.database().isPresent()
                ? PostgresStore.open(options.database().get(), fence)
                : SqliteStore.upgrading(data.database(), InstantSource.system());
    }

    /** One line for whoever started it: {@code ready agents=HOST:PORT api=HOST:PORT ca-sha256=HEX [feed=HOST:PORT]}. */
    public String readyLine() {
        return "ready agents=" + ListenAddress.text(options.agentListen(), agents.port()) + " api="
                + ListenAddress.text(options.apiListen(), api.port()) + " ca-sha256=" + caFingerprint
                + (feedPort.isPresent()
                        ? " feed=" + ListenAddress.text(options.feedListen().orElseThrow(), feedPort.getAsInt())
                        : "");
    }

    /** What it says of itself while it is one of several; asking may take two seconds. */
    Standing.Leading standing() {
        return new Standing.Leading() {
            @Override
            public boolean alive() {
                return vitals.live().verdict().ok();
            }

            @Override
            public boolean ready() {
                return vitals.ready().verdict().ok();
            }

            @Override
            public int agents() {
                return agents.connected();
            }
        };
    }

    /** Stops in order: no new calls, streams ended, agents sent away, what is queued written. Idempotent. */
    @Override
    public void close() {
        log.info("stopping");
        closing.close();
        log.info("stopped");
    }
}
