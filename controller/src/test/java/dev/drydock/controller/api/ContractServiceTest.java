package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.drydock.controller.contract.Contracts;
import dev.drydock.controller.incident.Incidents;
import dev.drydock.controller.store.SqlContracts;
import dev.drydock.controller.store.SqlIncidents;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.proto.v1.ClockState;
import dev.drydock.proto.v1.Contract;
import dev.drydock.proto.v1.ContractReportRequest;
import dev.drydock.proto.v1.ContractReportResponse;
import dev.drydock.proto.v1.ContractServiceGrpc;
import dev.drydock.proto.v1.ContractServiceGrpc.ContractServiceBlockingStub;
import dev.drydock.proto.v1.ContractTerms;
import dev.drydock.proto.v1.CreateContractRequest;
import dev.drydock.proto.v1.DeleteContractRequest;
import dev.drydock.proto.v1.GetContractRequest;
import dev.drydock.proto.v1.GetIncidentRequest;
import dev.drydock.proto.v1.HandOverIncidentRequest;
import dev.drydock.proto.v1.Incident;
import dev.drydock.proto.v1.IncidentChangeRequest;
import dev.drydock.proto.v1.IncidentEntry;
import dev.drydock.proto.v1.IncidentScope;
import dev.drydock.proto.v1.IncidentServiceGrpc;
import dev.drydock.proto.v1.IncidentServiceGrpc.IncidentServiceBlockingStub;
import dev.drydock.proto.v1.IncidentState;
import dev.drydock.proto.v1.ListContractsRequest;
import dev.drydock.proto.v1.ListIncidentsRequest;
import dev.drydock.proto.v1.ListIncidentsResponse;
import dev.drydock.proto.v1.MaintenanceType;
import dev.drydock.proto.v1.OpenIncidentRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContractServiceTest {
    private static final CreateContractRequest SHOP = CreateContractRequest.newBuilder()
            .setName("shop")
            .setClient("Shop Ltd")
            .setHosts("host.labels.role == 'web'")
            .setZone("Asia/Tokyo")
            .addTerms(ContractTerms.newBuilder()
                    .setType(MaintenanceType.MAINTENANCE_CORRECTIVE)
                    .setResponse(Duration.newBuilder().setSeconds(4 * 3600))
                    .setFixBusinessDays(3))
            .addTerms(ContractTerms.newBuilder()
                    .setType(MaintenanceType.MAINTENANCE_ADAPTIVE)
                    .setCharged(true))
            .build();

    @TempDir
    Path directory;

    private final FakeHosts hosts = new FakeHosts();
    private TestServer server;
    private ContractServiceBlockingStub contracts;
    private IncidentServiceBlockingStub incidents;

    @BeforeEach
    void start() throws Exception {
        hosts.add("h-1", "web-01", "web");
        hosts.add("h-9", "db-01", "db");
        server = new TestServer(directory, test -> {
            Contracts all = new Contracts(
                    new SqlContracts(test.store()),
                    () -> hosts.all().stream().map(host -> host.facts()).toList(),
                    name -> false,
                    TestServer.CLOCK);
            SqlIncidents record = new SqlIncidents(test.store());
            return List.of(
                    new ContractService(all, record, hosts, () -> Blackouts.NONE, TestServer.CLOCK),
                    new IncidentService(
                            new Incidents(record, all, hosts, () -> Blackouts.NONE, TestServer.CLOCK),
                            record,
                            hosts,
                            TestServer.CLOCK));
        });
        contracts = server.client(ContractServiceGrpc::newBlockingStub);
        incidents = server.client(IncidentServiceGrpc::newBlockingStub);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void createsShowsListsAndDeletes() {
        assertThat(contracts
                        .createContract(SHOP.toBuilder().setValidateOnly(true).build())
                        .getClient())
                .isEqualTo("Shop Ltd");
        assertThat(list()).isEmpty();

        Contract made = contracts.createContract(SHOP);

        assertThat(made.getDaysList()).hasSize(5).startsWith("MONDAY");
        assertThat(made.getOpens()).isEqualTo("09:00");
        assertThat(made.getTermsList()).containsExactlyElementsOf(SHOP.getTermsList());
        assertThat(contracts.createContract(SHOP)).isEqualTo(made);
        assertThat(get("shop").getCoveredHostsList()).containsExactly("web-01");
        assertThat(list()).containsExactly(made);
        assertFails(Status.Code.NOT_FOUND, () -> get("shpo")).hasMessageContaining("Did you mean shop?");
        assertFails(
                Status.Code.ALREADY_EXISTS,
                () -> contracts.createContract(
                        SHOP.toBuilder().setClient("Other").build()));
        assertFails(
                Status.Code.FAILED_PRECONDITION,
                () -> contracts.deleteContract(DeleteContractRequest.newBuilder()
                        .setName("shop")
                        .setEtag("old")
                        .build()));
        assertThat(contracts.deleteContract(DeleteContractRequest.newBuilder()
                        .setName("shop")
                        .setEtag(made.getEtag())
                        .build()))
                .isNotNull();
        assertThat(list()).isEmpty();
    }

    @Test
    void saysAllThatIsWrong() {
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> contracts.createContract(CreateContractRequest.newBuilder()
                                .addTerms(ContractTerms.getDefaultInstance())
                                .addTerms(SHOP.getTerms(0))
                                .addTerms(SHOP.getTerms(0))
                                .build()))
                .hasMessageContaining("terms: a type is missing")
                .hasMessageContaining("terms: corrective is there twice");
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> contracts.createContract(CreateContractRequest.getDefaultInstance()))
                .hasMessageContaining("client: ")
                .hasMessageContaining("terms: none");
    }

    private Contract get(String name) {
        return contracts.getContract(
                GetContractRequest.newBuilder().setName(name).build());
    }

    private List<Contract> list() {
        return contracts
                .listContracts(ListContractsRequest.getDefaultInstance())
                .getContractsList();
    }

    private Incident open(String host) {
        return incidents.openIncident(OpenIncidentRequest.newBuilder()
                .addHosts(host)
                .setTitle("Slow on " + host)
                .setComment("called")
                .build());
    }

    private static IncidentChangeRequest of(String id, String comment) {
        return IncidentChangeRequest.newBuilder().setId(id).setComment(comment).build();
    }

    @Test
    void anIncidentGoesFromHandToHand() {
        var unused = contracts.createContract(SHOP);
        Incident opened = open("web-01");
        assertThat(opened.getScope()).isEqualTo(IncidentScope.IN_SCOPE);
        assertThat(opened.getClient()).isEqualTo("Shop Ltd");
        assertThat(opened.getResponse().getState()).isEqualTo(ClockState.CLOCK_RUNNING);
        assertThat(opened.getResponse().getDue().getSeconds()
                        - opened.getOpenedAt().getSeconds())
                .isEqualTo(4 * 3600);
        assertThat(opened.getOpenedBy()).isEqualTo("admin");

        assertFails(Status.Code.FAILED_PRECONDITION, () -> incidents.resolveIncident(of(opened.getId(), "")));
        assertThat(incidents
                        .respondToIncident(of(opened.getId(), "looking"))
                        .getResponse()
                        .getState())
                .isEqualTo(ClockState.CLOCK_MET);
        assertThat(incidents
                        .handOverIncident(HandOverIncidentRequest.newBuilder()
                                .setId(opened.getId())
                                .setComment("needs a patch")
                                .build())
                        .getState())
                .isEqualTo(IncidentState.INCIDENT_HANDED_OVER);
        assertThat(incidents
                        .handOverIncident(HandOverIncidentRequest.newBuilder()
                                .setId(opened.getId())
                                .setToOperation(true)
                                .build())
                        .getState())
                .isEqualTo(IncidentState.INCIDENT_RESPONDED);
        var commented = incidents.commentIncident(of(opened.getId(), "patched"));
        var resolved = incidents.resolveIncident(of(opened.getId(), ""));
        Incident closed = incidents.closeIncident(of(opened.getId(), "agreed with Shop"));

        assertThat(commented.getState()).isEqualTo(IncidentState.INCIDENT_RESPONDED);
        assertThat(resolved.getFix().getState()).isEqualTo(ClockState.CLOCK_MET);
        assertThat(closed.getLogList())
                .extracting(IncidentEntry::getWhat)
                .containsExactly(
                        "opened",
                        "responded",
                        "handed_to_maintenance",
                        "handed_to_operation",
                        "commented",
                        "resolved",
                        "closed");
        assertFails(Status.Code.FAILED_PRECONDITION, () -> incidents.commentIncident(of(opened.getId(), "late")));
        assertFails(
                Status.Code.NOT_FOUND,
                () -> incidents.getIncident(
                        GetIncidentRequest.newBuilder().setId("i-99").build()));
        assertFails(
                Status.Code.NOT_FOUND,
                () -> incidents.getIncident(
                        GetIncidentRequest.newBuilder().setId("99").build()));
    }

    @Test
    void pagesGoFromTheNewestToTheOldest() {
        open("web-01");
        open("db-01");
        open("web-01");
        ListIncidentsResponse first = incidents.listIncidents(
                ListIncidentsRequest.newBuilder().setPageSize(2).build());
        ListIncidentsResponse rest = incidents.listIncidents(ListIncidentsRequest.newBuilder()
                .setPageSize(2)
                .setPageToken(first.getNextPageToken())
                .build());

        assertThat(first.getIncidentsList()).extracting(Incident::getId).containsExactly("i-3", "i-2");
        assertThat(rest.getIncidentsList()).extracting(Incident::getId).containsExactly("i-1");
        assertThat(rest.getNextPageToken()).isEmpty();
        assertThat(incidents
                        .listIncidents(ListIncidentsRequest.newBuilder()
                                .setHost("db-01")
                                .build())
                        .getIncidentsList())
                .extracting(Incident::getScope)
                .containsExactly(IncidentScope.OUT_OF_CONTRACT);
        assertFails(
                Status.Code.INVALID_ARGUMENT,
                () -> incidents.listIncidents(
                        ListIncidentsRequest.newBuilder().setPageToken("x").build()));
    }

    @Test
    void reportsWhatWasCounted() {
        var unused = contracts.createContract(SHOP);
        open("web-01");
        open("db-01");
        ContractReportRequest request = ContractReportRequest.newBuilder()
                .setContract("shop")
                .setFrom(Times.timestamp(FakeHosts.NOON))
                .setTo(Times.timestamp(FakeHosts.NOON.plusSeconds(1)))
                .build();

        ContractReportResponse report = contracts.contractReport(request);

        assertThat(report.getIncidentsList()).extracting(Incident::getId).containsExactly("i-1");
        assertThat(report.getRows(0).getType()).isEqualTo(MaintenanceType.MAINTENANCE_CORRECTIVE);
        assertThat(report.getRows(0).getIncidents()).isEqualTo(1);
        assertThat(report.getRows(0).getResponse().getRunning()).isEqualTo(1);
        assertThat(report.getRows(1).getCharged()).isTrue();
        assertThat(contracts
                        .contractReport(request.toBuilder()
                                .setFrom(request.getTo())
                                .setTo(Times.timestamp(FakeHosts.NOON.plusSeconds(2)))
                                .build())
                        .getIncidentsList())
                .isEmpty();
        assertFails(
                Status.Code.INVALID_ARGUMENT,
                () -> contracts.contractReport(request.toBuilder().clearFrom().build()));
    }
}
