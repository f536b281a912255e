package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Asked;
import dev.drydock.controller.web.http.Paths;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.controller.web.text.Cel;
import dev.drydock.proto.facts.v1.PendingUpdate;
import dev.drydock.proto.v1.ComplianceReportRequest;
import dev.drydock.proto.v1.DrainHostRequest;
import dev.drydock.proto.v1.Finding;
import dev.drydock.proto.v1.GetHostRequest;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.HostServiceGrpc;
import dev.drydock.proto.v1.HostServiceGrpc.HostServiceBlockingStub;
import dev.drydock.proto.v1.HostStanding;
import dev.drydock.proto.v1.LabelHostRequest;
import dev.drydock.proto.v1.ListFindingsRequest;
import dev.drydock.proto.v1.ListRunsRequest;
import dev.drydock.proto.v1.PolicyState;
import dev.drydock.proto.v1.RefreshFactsRequest;
import dev.drydock.proto.v1.ReportServiceGrpc;
import dev.drydock.proto.v1.RuleStanding;
import dev.drydock.proto.v1.Run;
import dev.drydock.proto.v1.RunServiceGrpc;
import dev.drydock.proto.v1.VulnerabilityServiceGrpc;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All that is known of one host, and its past. */
public final class HostPage {
    private static final int MOST_RUNS = 50;
    private static final int MOST_FINDINGS = 10_000;

    public Reply show(Request request) {
        String name = request.path("name");
        Host host =
                hosts(request).getHost(GetHostRequest.newBuilder().setName(name).build());
        List<Run> runs = request.api()
                .calls(RunServiceGrpc::newBlockingStub)
                .listRuns(ListRunsRequest.newBuilder()
                        .setHost(name)
                        .setLimit(MOST_RUNS)
                        .build())
                .getRunsList();
        List<PendingUpdate> pending = host.getFacts().getPackages().getPendingList().stream()
                .sorted(Comparator.comparing(PendingUpdate::getSecurity)
                        .reversed()
                        .thenComparing(PendingUpdate::getName))
                .toList();
        String own = host.getFacts().getName();
        return Reply.page(
                "host", "hosts", own, new View(host, pending, runs, standing(request, own), findings(request, name)));
    }

    private static HostStanding standing(Request request, String name) {
        return request
                .api()
                .calls(ReportServiceGrpc::newBlockingStub)
                .complianceReport(ComplianceReportRequest.newBuilder()
                        .setFilter("host.name == " + Cel.quote(name))
                        .setAllRules(true)
                        .setRowsOnly(true)
                        .build())
                .getRowsList()
                .stream()
                .findFirst()
                .map(HostCompliance::getStanding)
                .orElse(HostStanding.getDefaultInstance());
    }

    /** Open vulnerabilities by the package of which an update mends them, the worst first. */
    private static Asked<Map<String, List<Finding>>> findings(Request request, String name) {
        return Asked.of(() -> request
                .api()
                .calls(VulnerabilityServiceGrpc::newBlockingStub)
                .listFindings(ListFindingsRequest.newBuilder()
                        .setHost(name)
                        .setPageSize(MOST_FINDINGS)
                        .build())
                .getFindingsList()
                .stream()
                .filter(finding -> finding.getKind().equals("vulnerability") && !finding.hasResolvedAt())
                .sorted(Comparator.comparing(Finding::getExploited)
                        .thenComparing(Finding::getSeverityValue)
                        .reversed())
                .collect(Collectors.groupingBy(Finding::getPackage)));
    }

    /** A drained host gets no new runs. */
    public Reply drain(Request request) {
        String name = request.path("name");
        var unused = hosts(request)
                .drainHost(DrainHostRequest.newBuilder()
                        .setName(name)
                        .setUndo(request.checked("undo"))
                        .build());
        return new Reply.Seen(Paths.host(name));
    }

    public Reply refresh(Request request) {
        String name = request.path("name");
        var unused = hosts(request)
                .refreshFacts(RefreshFactsRequest.newBuilder().setName(name).build());
        return new Reply.Seen(Paths.host(name));
    }

    /** Sets one label; with an empty value takes it away. */
    public Reply label(Request request) {
        String name = request.path("name");
        LabelHostRequest.Builder label = LabelHostRequest.newBuilder().setName(name);
        if (request.form("value").isEmpty()) {
            label.addRemove(request.form("label"));
        } else {
            label.putSet(request.form("label"), request.form("value"));
        }
        var unused = hosts(request).labelHost(label.build());
        return new Reply.Seen(Paths.host(name));
    }

    private static HostServiceBlockingStub hosts(Request request) {
        return request.api().calls(HostServiceGrpc::newBlockingStub);
    }

    /**
     * @param pending security updates first
     * @param standing by its policies, with all rules
     * @param findings open vulnerabilities by package
     */
    public record View(
            Host host,
            List<PendingUpdate> pending,
            List<Run> runs,
            HostStanding standing,
            Asked<Map<String, List<Finding>>> findings) {
        public List<Finding> mends(PendingUpdate update) {
            return findings.answer()
                    .map(found -> found.getOrDefault(update.getName(), List.of()))
                    .orElse(List.of());
        }

        /** Rules that it does not keep, the latest first. */
        public List<RuleStanding> broken() {
            return standing.getRulesList().stream()
                    .filter(rule -> rule.getState() != PolicyState.POLICY_COMPLIANT)
                    .sorted(Comparator.comparing(RuleStanding::getStateValue).reversed())
                    .toList();
        }

        public int kept() {
            return standing.getRulesCount() - broken().size();
        }
    }
}
