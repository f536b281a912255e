package dev.drydock.controller;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.api.ComplianceReports;
import dev.drydock.controller.api.FeedService;
import dev.drydock.controller.api.PolicyService;
import dev.drydock.controller.api.VulnerabilityService;
import dev.drydock.controller.api.WaiverService;
import dev.drydock.controller.compliance.Reports;
import dev.drydock.controller.compliance.finding.FindingStore;
import dev.drydock.controller.compliance.finding.Findings;
import dev.drydock.controller.compliance.fleet.DailyStandings;
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
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/** The part of the controller that judges hosts: policies, vulnerabilities, waivers, and how hosts stand by them. */
record Judging(
        PolicyLibrary policies,
        Vulnerabilities vulnerabilities,
        Waivers waivers,
        FindingStore history,
        Standings standings,
        Path uploads) {
    /** @param uploads for files that are being imported */
    static Judging of(Store store, Path uploads, Ids ids, HostDirectory hosts, InstantSource clock) throws IOException {
        FeedUpload.prepare(uploads);
        PolicyLibrary policies = new PolicyLibrary(new SqlPolicies(store), clock);
        Vulnerabilities vulnerabilities =
                new Vulnerabilities(new SqlVulnerabilities(store, () -> ids.next(clock.instant())), clock);
        Waivers waivers = new Waivers(new SqlWaivers(store), clock);
        SqlFindings history = new SqlFindings(store);
        Standings standings = new Standings(
                hosts, policies, vulnerabilities, new Findings(history), history, waivers, new SqlTrend(store), clock);
        return new Judging(policies, vulnerabilities, waivers, history, standings, uploads);
    }

    /** @param first is done before all else */
    void start(Closing closing, Runnable first) {
        closing.add("how the fleet stands", new DailyStandings(standings)).start(first);
    }

    ComplianceReports reports(Reports reports, Rollouts rollouts) {
        return new ComplianceReports(reports, standings, vulnerabilities, rollouts);
    }

    PolicyService policyService() {
        return new PolicyService(policies);
    }

    FeedService feedService() {
        return new FeedService(vulnerabilities, uploads);
    }

    VulnerabilityService vulnerabilityService(HostDirectory hosts) {
        return new VulnerabilityService(standings, vulnerabilities, history, hosts);
    }

    WaiverService waiverService(HostDirectory hosts, InstantSource clock) {
        return new WaiverService(waivers, hosts, clock);
    }
}
