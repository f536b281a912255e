package dev.drydock.controller.api;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.contract.ContractDraft;
import dev.drydock.controller.contract.Contracts;
import dev.drydock.controller.contract.UnknownContractException;
import dev.drydock.controller.incident.ContractReport;
import dev.drydock.controller.incident.CountedRun;
import dev.drydock.controller.incident.Incident;
import dev.drydock.controller.incident.IncidentStore;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.v1.Contract;
import dev.drydock.proto.v1.ContractReportRequest;
import dev.drydock.proto.v1.ContractReportResponse;
import dev.drydock.proto.v1.ContractServiceGrpc.ContractServiceImplBase;
import dev.drydock.proto.v1.CreateContractRequest;
import dev.drydock.proto.v1.DeleteContractRequest;
import dev.drydock.proto.v1.DeleteContractResponse;
import dev.drydock.proto.v1.GetContractRequest;
import dev.drydock.proto.v1.ListContractsRequest;
import dev.drydock.proto.v1.ListContractsResponse;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Service contracts. Who may see none of the hosts that one covers does not see it. */
public final class ContractService extends ContractServiceImplBase {
    private final Contracts contracts;
    private final IncidentStore incidents;
    private final HostDirectory hosts;
    private final Blackouts.Source calendars;
    private final InstantSource clock;

    public ContractService(
            Contracts contracts,
            IncidentStore incidents,
            HostDirectory hosts,
            Blackouts.Source calendars,
            InstantSource clock) {
        this.contracts = contracts;
        this.incidents = incidents;
        this.hosts = hosts;
        this.calendars = calendars;
        this.clock = clock;
    }

    @Override
    public void createContract(CreateContractRequest request, StreamObserver<Contract> call) {
        Calls.answer(call, () -> {
            ContractDraft draft = ContractMapper.draft(request);
            return message(request.getValidateOnly() ? contracts.check(draft) : contracts.create(draft));
        });
    }

    @Override
    public void listContracts(ListContractsRequest request, StreamObserver<ListContractsResponse> call) {
        Calls.answer(call, () -> ListContractsResponse.newBuilder()
                .addAllContracts(visible().stream().map(this::message).toList())
                .build());
    }

    @Override
    public void getContract(GetContractRequest request, StreamObserver<Contract> call) {
        Calls.answer(
                call,
                () -> known(request.getName(), () -> {
                    dev.drydock.controller.contract.Contract contract = contracts.find(request.getName());
                    return message(contract).toBuilder()
                            .addAllCoveredHosts(covered(contract).stream()
                                    .filter(Caller.views())
                                    .map(Host::getName)
                                    .toList())
                            .build();
                }));
    }

    @Override
    public void deleteContract(DeleteContractRequest request, StreamObserver<DeleteContractResponse> call) {
        Calls.answer(
                call,
                () -> known(request.getName(), () -> {
                    contracts.delete(request.getName(), request.getEtag());
                    return DeleteContractResponse.getDefaultInstance();
                }));
    }

    @Override
    public void contractReport(ContractReportRequest request, StreamObserver<ContractReportResponse> call) {
        Calls.answer(
                call,
                () -> report(request.getContract(), Times.instant(request.getFrom()), Times.instant(request.getTo())));
    }

    /** As the caller may see it. */
    ContractReportResponse report(String contract, Instant from, Instant to) {
        return known(contract, () -> {
            if (!from.isBefore(to) || from.equals(Instant.EPOCH)) {
                throw Refusals.invalid(
                        List.of("from, to: " + from + " and " + to + "; expected both, the earlier one first"));
            }
            return report(contracts.find(contract), from, to);
        });
    }

    /** Whether there is one that the caller may see. */
    boolean sees(String contract) {
        return visible().stream().anyMatch(one -> one.name().equals(contract));
    }

    private ContractReportResponse report(dev.drydock.controller.contract.Contract contract, Instant from, Instant to) {
        VisibleHosts visible = VisibleHosts.of(hosts);
        Sight sight = Sight.of(hosts);
        List<Incident> all = incidents.ofContract(contract.name(), from, to).stream()
                .filter(incident -> visible.of(incident).isPresent())
                .toList();
        List<Incident> opened = all.stream().map(visible::within).toList();
        List<CountedRun> runs = incidents.runsOfContract(contract.name(), from, to).stream()
                .filter(run -> visible.sees(run.hostId()))
                .toList();
        Instant now = clock.instant();
        ContractReport report = ContractReport.of(contract, opened, runs, now);
        return ContractReportResponse.newBuilder()
                .setContract(contract.name())
                .setClient(contract.client())
                .setFrom(Times.timestamp(from))
                .setTo(Times.timestamp(to))
                .setAt(Times.timestamp(now))
                .addAllRows(report.rows().stream().map(ContractMapper::row).toList())
                .addAllIncidents(all.stream()
                        .map(incident -> IncidentView.of(incident, visible, sight)
                                .shown(IncidentMapper.brief(visible.within(incident), now)))
                        .toList())
                .addAllRollouts(
                        report.rollouts().stream().map(ContractMapper::rollout).toList())
                .build();
    }

    private Contract message(dev.drydock.controller.contract.Contract contract) {
        Sight sight = Sight.of(hosts);
        // Hosts of two contracts are told with the names of others' hosts, and how many these are.
        List<String> warnings = new ArrayList<>(sight.whole() ? contracts.twice(contract) : List.of());
        calendars
                .get()
                .unread(contract.hours().calendars())
                .forEach(name ->
                        warnings.add("calendar " + name + " was never read: its holidays count as business days"));
        return ContractMapper.message(contract, warnings).toBuilder()
                .setHosts(sight.selector(contract.hosts()))
                .build();
    }

    private List<Host> covered(dev.drydock.controller.contract.Contract contract) {
        return hosts.all().stream()
                .filter(host -> !host.revoked())
                .map(HostView::facts)
                .filter(contract.covers())
                .toList();
    }

    private List<dev.drydock.controller.contract.Contract> visible() {
        return contracts.all().stream().filter(this::visible).toList();
    }

    private boolean visible(dev.drydock.controller.contract.Contract contract) {
        return Sight.of(hosts).whole() || covered(contract).stream().anyMatch(Caller.views());
    }

    /** Suggests the nearest name where there is none of this one, or none that the caller may see. */
    private <T> T known(String name, Supplier<T> work) {
        List<String> names = visible().stream()
                .map(dev.drydock.controller.contract.Contract::name)
                .toList();
        if (!names.contains(name)) {
            throw Refusals.notFound("contract", name, names);
        }
        try {
            return work.get();
        } catch (UnknownContractException e) {
            throw Refusals.notFound("contract", name, names);
        }
    }
}
