package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.security.Role;
import dev.drydock.proto.v1.ComplianceReportRequest;
import dev.drydock.proto.v1.ContractServiceGrpc;
import dev.drydock.proto.v1.ContractTerms;
import dev.drydock.proto.v1.CreateContractRequest;
import dev.drydock.proto.v1.GetContractRequest;
import dev.drydock.proto.v1.GetIncidentRequest;
import dev.drydock.proto.v1.GetVulnerabilityRequest;
import dev.drydock.proto.v1.GetWaiverRequest;
import dev.drydock.proto.v1.Incident;
import dev.drydock.proto.v1.IncidentChangeRequest;
import dev.drydock.proto.v1.IncidentEntry;
import dev.drydock.proto.v1.IncidentHost;
import dev.drydock.proto.v1.IncidentServiceGrpc;
import dev.drydock.proto.v1.ListVulnerabilitiesRequest;
import dev.drydock.proto.v1.MaintenanceType;
import dev.drydock.proto.v1.ReportServiceGrpc;
import dev.drydock.proto.v1.RevokeWaiverRequest;
import dev.drydock.proto.v1.Vulnerability;
import dev.drydock.proto.v1.VulnerabilityServiceGrpc;
import dev.drydock.proto.v1.Waiver;
import dev.drydock.proto.v1.WaiverServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.AbstractStub;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incidents, contracts, waivers and vulnerabilities of an own host and a foreign one, as who has a role for one of them sees them. */
final class SharedPromisesTest {
    private static final String VEILED = "for a reason that tells of other hosts";

    @TempDir
    Path directory;

    private MatrixFleet fleet;
    private TestServer server;
    private String viewer;
    private String operator;

    @BeforeEach
    void start() throws Exception {
        fleet = new MatrixFleet(directory);
        server = new TestServer(directory, fleet::services);
        fleet.fill(server);
        viewer = server.user("vera", Role.VIEWER, "host.labels.role == 'web'");
        operator = server.user("olga", Role.OPERATOR, "host.labels.role == 'web'");
    }

    @AfterEach
    void stop() {
        server.close();
        fleet.close();
    }

    private <S extends AbstractStub<S>> S as(String header, Function<ManagedChannel, S> stub) {
        return TestServer.withAuthorization(stub.apply(server.channel()), header);
    }

    private Incident shared(String header) {
        return as(header, IncidentServiceGrpc::newBlockingStub)
                .getIncident(GetIncidentRequest.newBuilder()
                        .setId(MatrixPromises.SHARED)
                        .build());
    }

    private static IncidentChangeRequest comment(String id, String text) {
        return IncidentChangeRequest.newBuilder().setId(id).setComment(text).build();
    }

    @Test
    void anIncidentIsToldWithoutHostsOfOthersAndWithoutWordsAboutThem() {
        Incident seen = shared(viewer);

        assertThat(seen.getHostsList()).extracting(IncidentHost::getHost).containsExactly("web-01");
        assertThat(seen.getTitle()).isEqualTo(VEILED);
        assertThat(seen.getLogList()).extracting(IncidentEntry::getComment).containsExactly(VEILED);
        assertThat(shared("Bearer " + server.token()).getTitle()).isEqualTo("mainframe drags");
        assertThat(shared("Bearer " + server.token()).getSteerable()).isTrue();
        assertThat(shared(operator).getSteerable()).isFalse();
    }

    @Test
    void toSteerAnIncidentTakesTheRoleForAllOfItsHosts() {
        var incidents = as(operator, IncidentServiceGrpc::newBlockingStub);

        assertFails(
                        Status.Code.PERMISSION_DENIED,
                        () -> incidents.respondToIncident(comment(MatrixPromises.SHARED, "looking")))
                .hasMessageContaining("for all hosts of incident i-3, which user olga has not")
                .hasMessageNotContaining("mainframe");
        assertThat(shared("Bearer " + server.token()).getLogList()).hasSize(1);

        assertThat(incidents.respondToIncident(comment("i-1", "looking")).getSteerable())
                .isTrue();
        assertFails(Status.Code.PERMISSION_DENIED, () -> as(viewer, IncidentServiceGrpc::newBlockingStub)
                .commentIncident(comment("i-1", "hm")));
        assertFails(Status.Code.NOT_FOUND, () -> incidents.commentIncident(comment("i-2", "hm")));
    }

    /** Else two who see few hosts could find out which there are: one writes names, and the other looks what is left of them. */
    @Test
    void whatAnOperatorWritesIsNoWayToAskForHosts() {
        var incidents = as(operator, IncidentServiceGrpc::newBlockingStub);
        var unused = incidents.commentIncident(comment("i-1", "as on mainframe"));
        var same = incidents.commentIncident(comment("i-1", "as on nowhereis"));

        assertThat(as(viewer, IncidentServiceGrpc::newBlockingStub)
                        .getIncident(
                                GetIncidentRequest.newBuilder().setId("i-1").build())
                        .getLogList())
                .extracting(IncidentEntry::getComment)
                .contains("as on mainframe", "as on nowhereis");

        var whole = server.client(IncidentServiceGrpc::newBlockingStub)
                .commentIncident(comment(MatrixPromises.SHARED, "Mainframe first"));
        assertThat(whole.getLogList()).extracting(IncidentEntry::getComment).contains("Mainframe first");
        assertThat(shared(viewer).getLogList())
                .extracting(IncidentEntry::getComment)
                .containsExactly(VEILED, VEILED);
    }

    @Test
    void aContractOverMoreHostsIsToldWithoutItsSelector() {
        var unused = server.client(ContractServiceGrpc::newBlockingStub)
                .createContract(CreateContractRequest.newBuilder()
                        .setName(MatrixTarget.OWN.contract())
                        .setClient("Shop Ltd")
                        .setHosts("host.labels.role == 'web' || host.name == 'mainframe-2'")
                        .setZone("UTC")
                        .addTerms(ContractTerms.newBuilder().setType(MaintenanceType.MAINTENANCE_CORRECTIVE))
                        .setReplace(true)
                        .build());
        var contracts = as(viewer, ContractServiceGrpc::newBlockingStub);
        GetContractRequest request = GetContractRequest.newBuilder()
                .setName(MatrixTarget.OWN.contract())
                .build();
        assertThat(contracts.getContract(request).getHosts()).as("of own hosts").contains("role == 'web'");

        fleet.add("h-late", "mainframe-2", "tape");

        assertThat(contracts.getContract(request).getHosts()).isEmpty();
        assertThat(contracts.getContract(request).getCoveredHostsList()).containsExactly("web-01");
    }

    @Test
    void aWaiverForMoreHostsIsToldWithoutSelectorAndReason() {
        GetWaiverRequest shared =
                GetWaiverRequest.newBuilder().setName("shared").build();
        Waiver seen = as(viewer, WaiverServiceGrpc::newBlockingStub).getWaiver(shared);

        assertThat(seen.getHosts()).isEmpty();
        assertThat(seen.getReason()).isEqualTo(VEILED);
        assertThat(as(viewer, WaiverServiceGrpc::newBlockingStub)
                        .getWaiver(GetWaiverRequest.newBuilder()
                                .setName(MatrixTarget.OWN.waiver())
                                .build())
                        .getHosts())
                .isEqualTo("host.labels.role == 'web'");
        assertThat(server.client(WaiverServiceGrpc::newBlockingStub)
                        .getWaiver(shared)
                        .getHosts())
                .contains("mainframe");
    }

    /** A report tells of the waivers that hide something on its hosts. */
    @Test
    void noReportTellsOfWaiversWhatTheyThemselvesDoNot() {
        var unused = server.client(WaiverServiceGrpc::newBlockingStub)
                .revokeWaiver(RevokeWaiverRequest.newBuilder()
                        .setName(MatrixTarget.OWN.waiver())
                        .build());
        var waivers = as(viewer, ReportServiceGrpc::newBlockingStub)
                .complianceReport(ComplianceReportRequest.getDefaultInstance())
                .getWaiversList();

        assertThat(waivers).hasSize(1).first().satisfies(one -> {
            assertThat(one.getWaiver().getName()).isEqualTo("shared");
            assertThat(one.getHosts()).isEqualTo(1);
            assertThat(one.toString()).doesNotContain("mainframe");
        });
    }

    @Test
    void vulnerabilitiesAreCountedOnOwnHostsAlone() {
        ListVulnerabilitiesRequest all = ListVulnerabilitiesRequest.getDefaultInstance();
        Vulnerability own = as(viewer, VulnerabilityServiceGrpc::newBlockingStub)
                .listVulnerabilities(all)
                .getVulnerabilities(0);
        Vulnerability whole = server.client(VulnerabilityServiceGrpc::newBlockingStub)
                .listVulnerabilities(all)
                .getVulnerabilities(0);

        assertThat(own.getHosts()).isEqualTo(1);
        assertThat(own.getWaivedHosts()).isEqualTo(1);
        assertThat(whole.getHosts()).isEqualTo(2);
        Vulnerability told = as(viewer, VulnerabilityServiceGrpc::newBlockingStub)
                .getVulnerability(GetVulnerabilityRequest.newBuilder()
                        .setCve(own.getCve())
                        .build());
        assertThat(told.getAffectedList()).hasSize(1);
        assertThat(told.toString()).doesNotContain("mainframe");
    }
}
