package dev.drydock.controller.api;

import static java.util.Map.entry;

import com.google.protobuf.Message;
import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.contract.ContractDraft;
import dev.drydock.controller.contract.Contracts;
import dev.drydock.controller.contract.MaintenanceType;
import dev.drydock.controller.contract.Terms;
import dev.drydock.controller.incident.Incidents;
import dev.drydock.controller.notify.NotificationStore;
import dev.drydock.controller.notify.Outbox;
import dev.drydock.controller.reporting.ReportSchedules;
import dev.drydock.controller.reporting.ReportSender;
import dev.drydock.controller.store.SqlContracts;
import dev.drydock.controller.store.SqlIncidents;
import dev.drydock.controller.store.SqlReportSchedules;
import dev.drydock.controller.team.Teams;
import dev.drydock.controller.waiver.WaiverDraft;
import dev.drydock.controller.waiver.Waivers;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.proto.facts.v1.Os;
import dev.drydock.proto.v1.ContractReportRequest;
import dev.drydock.proto.v1.DocumentFormat;
import dev.drydock.proto.v1.GetContractRequest;
import dev.drydock.proto.v1.GetIncidentRequest;
import dev.drydock.proto.v1.GetVulnerabilityRequest;
import dev.drydock.proto.v1.GetWaiverRequest;
import dev.drydock.proto.v1.HandOverIncidentRequest;
import dev.drydock.proto.v1.IncidentChangeRequest;
import dev.drydock.proto.v1.ListContractsRequest;
import dev.drydock.proto.v1.ListFindingsRequest;
import dev.drydock.proto.v1.ListIncidentsRequest;
import dev.drydock.proto.v1.ListVulnerabilitiesRequest;
import dev.drydock.proto.v1.ListWaiversRequest;
import dev.drydock.proto.v1.RenderContractReportRequest;
import io.grpc.BindableService;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The matrix's vulnerabilities, waivers, contracts and incidents: of an own host, of a foreign one, and of both. */
final class MatrixPromises {
    static final String SHARED = "i-3";
    private static final String CVE = "CVE-2023-4911";
    private static final String SERVICE = "drydock.v1.";

    static final Map<String, Function<MatrixTarget, Message>> SAMPLES = Map.ofEntries(
            entry(
                    SERVICE + "VulnerabilityService/ListVulnerabilities",
                    at -> ListVulnerabilitiesRequest.getDefaultInstance()),
            entry(
                    SERVICE + "VulnerabilityService/GetVulnerability",
                    at -> GetVulnerabilityRequest.newBuilder().setCve(CVE).build()),
            entry(
                    SERVICE + "VulnerabilityService/ListFindings",
                    at -> ListFindingsRequest.newBuilder().setHost(at.host()).build()),
            entry(SERVICE + "WaiverService/ListWaivers", at -> ListWaiversRequest.getDefaultInstance()),
            entry(
                    SERVICE + "WaiverService/GetWaiver",
                    at -> GetWaiverRequest.newBuilder().setName(at.waiver()).build()),
            entry(SERVICE + "ContractService/ListContracts", at -> ListContractsRequest.getDefaultInstance()),
            entry(
                    SERVICE + "ContractService/GetContract",
                    at -> GetContractRequest.newBuilder().setName(at.contract()).build()),
            entry(SERVICE + "ContractService/ContractReport", at -> ContractReportRequest.newBuilder()
                    .setContract(at.contract())
                    .setFrom(Times.timestamp(FakeHosts.NOON))
                    .setTo(Times.timestamp(FakeHosts.NOON.plusSeconds(1)))
                    .build()),
            entry(SERVICE + "ReportScheduleService/RenderContractReport", at -> RenderContractReportRequest.newBuilder()
                    .setContract(at.contract())
                    .setFrom(Times.timestamp(FakeHosts.NOON))
                    .setTo(Times.timestamp(FakeHosts.NOON.plusSeconds(1)))
                    .setFormat(DocumentFormat.DOCUMENT_CSV)
                    .build()),
            entry(
                    SERVICE + "IncidentService/ListIncidents",
                    at -> ListIncidentsRequest.newBuilder().setAll(true).build()),
            entry(
                    SERVICE + "IncidentService/GetIncident",
                    at -> GetIncidentRequest.newBuilder().setId(at.incident()).build()),
            entry(SERVICE + "IncidentService/RespondToIncident", MatrixPromises::change),
            entry(SERVICE + "IncidentService/ResolveIncident", MatrixPromises::change),
            entry(SERVICE + "IncidentService/CloseIncident", MatrixPromises::change),
            entry(SERVICE + "IncidentService/CommentIncident", MatrixPromises::change),
            entry(SERVICE + "IncidentService/HandOverIncident", at -> HandOverIncidentRequest.newBuilder()
                    .setId(at.incident())
                    .build()));

    private final FakeHosts hosts;
    private @Nullable JudgingServices judging;
    private @Nullable Contracts contracts;
    private @Nullable Incidents incidents;

    MatrixPromises(FakeHosts hosts) {
        this.hosts = hosts;
    }

    private static Message change(MatrixTarget at) {
        return IncidentChangeRequest.newBuilder()
                .setId(at.incident())
                .setComment("seen")
                .build();
    }

    List<BindableService> services(TestServer test, JudgingServices judging) {
        Contracts all = new Contracts(
                new SqlContracts(test.store()),
                () -> hosts.all().stream().map(host -> host.facts()).toList(),
                name -> false,
                TestServer.CLOCK);
        SqlIncidents record = new SqlIncidents(test.store());
        Incidents kept = new Incidents(record, all, hosts, () -> Blackouts.NONE, TestServer.CLOCK);
        this.judging = judging;
        this.contracts = all;
        this.incidents = kept;
        return Stream.concat(
                        judging.services().stream()
                                .filter(one -> one instanceof VulnerabilityService || one instanceof WaiverService),
                        Stream.of(
                                new ContractService(all, record, hosts, () -> Blackouts.NONE, TestServer.CLOCK),
                                new IncidentService(kept, record, hosts, TestServer.CLOCK)))
                .toList();
    }

    /** @param others among them the contracts' */
    static BindableService scheduling(
            TestServer test,
            ReportService reports,
            List<BindableService> others,
            Teams teams,
            NotificationStore notifications,
            HostDirectory hosts) {
        ContractService contracts = others.stream()
                .filter(ContractService.class::isInstance)
                .map(ContractService.class::cast)
                .findFirst()
                .orElseThrow();
        SqlReportSchedules store = new SqlReportSchedules(test.store());
        ReportSchedules schedules =
                new ReportSchedules(store, () -> "s-1", TestServer.CLOCK, new SecureRandom(new byte[] {1}));
        ReportDocuments documents = new ReportDocuments(reports, contracts, test.users());
        ReportSender sender = new ReportSender(
                schedules,
                store,
                documents,
                teams,
                new Outbox(notifications, TestServer.CLOCK, () -> "n-2"),
                TestServer.CLOCK,
                "https://localhost:7443");
        return new ReportScheduleService(
                schedules,
                store,
                sender,
                documents,
                contracts,
                notifications,
                teams,
                test.users(),
                hosts,
                true,
                TestServer.CLOCK);
    }

    /** Once the hosts are there. */
    void fill() {
        MatrixTarget own = MatrixTarget.OWN;
        MatrixTarget foreign = MatrixTarget.FOREIGN;
        try {
            for (MatrixTarget at : List.of(own, foreign)) {
                vulnerable(at.host());
                incident(List.of(at.host()), at.host() + " is slow", "called for " + at.host());
            }
            incident(List.of(own.host(), foreign.host()), foreign.host() + " drags", "as " + foreign.host() + " did");
            contract(own.contract(), "web");
            contract(foreign.contract(), "db");
            made(judging)
                    .vulnerabilities
                    .importFile("osv", Path.of("src/test/resources/feeds/osv-glibc.json"), "", "d".repeat(64), "admin");
            waiver(own.waiver(), "host.labels.role == 'web'", "nobody logs in there");
            waiver(foreign.waiver(), "host.labels.role == 'db'", "nobody logs in there");
            waiver("shared", "host.name in ['web-01', '" + foreign.host() + "']", "is behind " + foreign.host());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void vulnerable(String host) {
        hosts.pending(host, "libc6", FakeHosts.NOON.minus(Duration.ofDays(40)));
        hosts.facts(host, facts -> {
            var packages = facts.getPackages().toBuilder();
            packages.getPendingBuilder(0)
                    .setSource("glibc")
                    .setInstalledVersion("2.36-9+deb12u2")
                    .setAvailableVersion("2.36-9+deb12u3");
            return facts.toBuilder()
                    .setOs(Os.newBuilder()
                            .setFamily("debian")
                            .setId("debian")
                            .setVersion("12")
                            .setCodename("bookworm"))
                    .setPackages(packages)
                    .build();
        });
    }

    private void incident(List<String> names, String title, String comment) throws Exception {
        var unused = made(incidents)
                .open(
                        new Incidents.Draft(names, title, MaintenanceType.CORRECTIVE, comment, Optional.empty()),
                        "admin");
    }

    private void contract(String name, String role) throws Exception {
        var unused = made(contracts)
                .create(new ContractDraft(
                        name,
                        name + " Ltd",
                        "host.labels.role == '" + role + "'",
                        "Europe/Berlin",
                        List.of(),
                        "",
                        "",
                        List.of(),
                        Map.of(
                                MaintenanceType.CORRECTIVE,
                                new Terms(Optional.of(Duration.ofHours(4)), OptionalInt.of(3), true)),
                        false,
                        ""));
    }

    private void waiver(String name, String selector, String reason) throws Exception {
        Waivers all = made(judging).waivers;
        var asked = all.ask(
                new WaiverDraft(name, "", CVE, "", selector, reason, FakeHosts.NOON.plus(Duration.ofDays(30))),
                "admin");
        var unused = all.approve(asked.name(), "anna");
    }

    private static <T> T made(@Nullable T thing) {
        return Optional.ofNullable(thing).orElseThrow();
    }
}
