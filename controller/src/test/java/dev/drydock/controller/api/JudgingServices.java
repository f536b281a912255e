package dev.drydock.controller.api;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.compliance.Reports;
import dev.drydock.controller.compliance.finding.Findings;
import dev.drydock.controller.compliance.fleet.Standings;
import dev.drydock.controller.policy.PolicyLibrary;
import dev.drydock.controller.rollout.Rollouts;
import dev.drydock.controller.store.SqlFindings;
import dev.drydock.controller.store.SqlPolicies;
import dev.drydock.controller.store.SqlTrend;
import dev.drydock.controller.store.SqlVulnerabilities;
import dev.drydock.controller.store.SqlWaivers;
import dev.drydock.controller.store.Store;
import dev.drydock.controller.vulnerability.FeedUpload;
import dev.drydock.controller.vulnerability.Vulnerabilities;
import dev.drydock.controller.waiver.Waivers;
import io.grpc.BindableService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Policies, feeds, vulnerabilities and waivers as the controller puts them together, at the tests' time. */
final class JudgingServices {
    final Waivers waivers;
    final Standings standings;
    final Vulnerabilities vulnerabilities;
    private final PolicyLibrary policies;
    private final SqlFindings history;
    private final HostDirectory hosts;
    private final Path uploads;

    JudgingServices(Store store, HostDirectory hosts, Path uploads) {
        AtomicInteger ids = new AtomicInteger();
        this.hosts = hosts;
        this.uploads = uploads;
        policies = new PolicyLibrary(new SqlPolicies(store), TestServer.CLOCK);
        vulnerabilities = new Vulnerabilities(
                new SqlVulnerabilities(store, () -> "import-" + ids.incrementAndGet()), TestServer.CLOCK);
        waivers = new Waivers(new SqlWaivers(store), TestServer.CLOCK);
        history = new SqlFindings(store);
        standings = new Standings(
                hosts,
                policies,
                vulnerabilities,
                new Findings(history),
                history,
                waivers,
                new SqlTrend(store),
                TestServer.CLOCK);
        try {
            FeedUpload.prepare(uploads);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ComplianceReports reports(Reports reports, Rollouts rollouts) {
        return new ComplianceReports(reports, standings, vulnerabilities, rollouts);
    }

    List<BindableService> services() {
        return List.of(
                new PolicyService(policies),
                new FeedService(vulnerabilities, uploads),
                new VulnerabilityService(standings, vulnerabilities, history, hosts),
                new WaiverService(waivers, hosts, TestServer.CLOCK));
    }
}
