package dev.drydock.controller.api;

import dev.drydock.controller.contract.ContractDraft;
import dev.drydock.controller.contract.ServiceHours;
import dev.drydock.controller.contract.Terms;
import dev.drydock.controller.incident.Bucket;
import dev.drydock.controller.incident.ContractReport;
import dev.drydock.proto.v1.ClockTally;
import dev.drydock.proto.v1.Contract;
import dev.drydock.proto.v1.ContractReportRollout;
import dev.drydock.proto.v1.ContractReportRow;
import dev.drydock.proto.v1.ContractTerms;
import dev.drydock.proto.v1.CreateContractRequest;
import dev.drydock.proto.v1.MaintenanceType;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Contracts and their reports between the API and the controller. */
final class ContractMapper {
    private ContractMapper() {}

    static ContractDraft draft(CreateContractRequest request) {
        List<String> problems = new ArrayList<>();
        Map<dev.drydock.controller.contract.MaintenanceType, Terms> terms =
                new EnumMap<>(dev.drydock.controller.contract.MaintenanceType.class);
        for (ContractTerms one : request.getTermsList()) {
            Optional<dev.drydock.controller.contract.MaintenanceType> type = type(one.getType());
            if (type.isEmpty()) {
                problems.add("terms: a type is missing or not known; expected one of MAINTENANCE_CORRECTIVE,"
                        + " MAINTENANCE_PREVENTIVE, MAINTENANCE_ADAPTIVE, MAINTENANCE_PERFECTIVE and"
                        + " MAINTENANCE_EMERGENCY");
            } else if (terms.put(type.get(), terms(one, problems)) != null) {
                problems.add("terms: " + type.get().word() + " is there twice");
            }
        }
        if (!problems.isEmpty()) {
            throw Refusals.invalid(problems);
        }
        return new ContractDraft(
                request.getName(),
                request.getClient(),
                request.getHosts(),
                request.getZone(),
                request.getDaysList(),
                request.getOpens(),
                request.getCloses(),
                request.getCalendarsList(),
                terms,
                request.getReplace(),
                request.getEtag());
    }

    private static Terms terms(ContractTerms one, List<String> problems) {
        Optional<Duration> response = one.hasResponse()
                ? Optional.of(Times.duration("terms", one.getResponse(), problems))
                : Optional.empty();
        return new Terms(
                response,
                one.getFixBusinessDays() == 0 ? OptionalInt.empty() : OptionalInt.of(one.getFixBusinessDays()),
                !one.getCharged());
    }

    static Contract message(dev.drydock.controller.contract.Contract contract, List<String> warnings) {
        ServiceHours hours = contract.hours();
        Contract.Builder message = Contract.newBuilder()
                .setName(contract.name())
                .setClient(contract.client())
                .setHosts(contract.hosts())
                .setZone(hours.zone().getId())
                .addAllDays(hours.sortedDays().stream().map(DayOfWeek::name).toList())
                .setOpens(hours.opens().toString())
                .setCloses(hours.closes().toString())
                .addAllCalendars(hours.calendars())
                .setCreatedAt(Times.timestamp(contract.createdAt()))
                .setEtag(contract.etag())
                .addAllWarnings(warnings);
        contract.terms().forEach((type, terms) -> {
            ContractTerms.Builder one = ContractTerms.newBuilder()
                    .setType(type(type))
                    .setFixBusinessDays(terms.fixDays().orElse(0))
                    .setCharged(!terms.included());
            terms.response().map(Times::duration).ifPresent(one::setResponse);
            message.addTerms(one);
        });
        return message.build();
    }

    static ContractReportRow row(ContractReport.Row row) {
        return ContractReportRow.newBuilder()
                .setType(type(row.bucket().type()))
                .setInScope(row.bucket().inScope())
                .setCharged(charged(row.bucket()))
                .setIncidents(row.incidents())
                .setResponse(tally(row.response()))
                .setFix(tally(row.fix()))
                .setChanges(row.changes().all())
                .setSucceeded(row.changes().succeeded())
                .setRolledBack(row.changes().rolledBack())
                .setFailed(row.changes().failed())
                .build();
    }

    static ContractReportRollout rollout(ContractReport.Rollout rollout) {
        return ContractReportRollout.newBuilder()
                .setRollout(rollout.name())
                .setPlaybook(rollout.playbook())
                .setType(type(rollout.bucket().type()))
                .setInScope(rollout.bucket().inScope())
                .setCharged(charged(rollout.bucket()))
                .setChanges(rollout.changes().all())
                .setSucceeded(rollout.changes().succeeded())
                .setRolledBack(rollout.changes().rolledBack())
                .setFailed(rollout.changes().failed())
                .build();
    }

    private static boolean charged(Bucket bucket) {
        return !bucket.included();
    }

    private static ClockTally tally(ContractReport.Tally tally) {
        return ClockTally.newBuilder()
                .setMet(tally.met())
                .setMissed(tally.missed())
                .setRunning(tally.running())
                .setUnpromised(tally.unpromised())
                .build();
    }

    static MaintenanceType type(dev.drydock.controller.contract.MaintenanceType type) {
        return switch (type) {
            case CORRECTIVE -> MaintenanceType.MAINTENANCE_CORRECTIVE;
            case PREVENTIVE -> MaintenanceType.MAINTENANCE_PREVENTIVE;
            case ADAPTIVE -> MaintenanceType.MAINTENANCE_ADAPTIVE;
            case PERFECTIVE -> MaintenanceType.MAINTENANCE_PERFECTIVE;
            case EMERGENCY -> MaintenanceType.MAINTENANCE_EMERGENCY;
        };
    }

    /** Empty: none is given, or one that is not known here. */
    static Optional<dev.drydock.controller.contract.MaintenanceType> type(MaintenanceType type) {
        return switch (type) {
            case MAINTENANCE_CORRECTIVE -> Optional.of(dev.drydock.controller.contract.MaintenanceType.CORRECTIVE);
            case MAINTENANCE_PREVENTIVE -> Optional.of(dev.drydock.controller.contract.MaintenanceType.PREVENTIVE);
            case MAINTENANCE_ADAPTIVE -> Optional.of(dev.drydock.controller.contract.MaintenanceType.ADAPTIVE);
            case MAINTENANCE_PERFECTIVE -> Optional.of(dev.drydock.controller.contract.MaintenanceType.PERFECTIVE);
            case MAINTENANCE_EMERGENCY -> Optional.of(dev.drydock.controller.contract.MaintenanceType.EMERGENCY);
            case MAINTENANCE_TYPE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }
}
