package dev.drydock.controller.api;

import dev.drydock.controller.compliance.ComplianceReport;
import dev.drydock.controller.compliance.ComplianceState;
import dev.drydock.controller.compliance.HostCompliance;
import dev.drydock.controller.compliance.RolloutSummary;
import dev.drydock.proto.v1.ComplianceReportResponse;
import java.util.Locale;

/** Reports as messages. */
final class ReportMapper {
    private ReportMapper() {}

    static ComplianceReportResponse.Builder message(ComplianceReport report) {
        return ComplianceReportResponse.newBuilder()
                .setAt(Times.timestamp(report.at()))
                .setGrace(Times.duration(report.grace()))
                .setHosts(report.hosts())
                .setCompliant(report.count(ComplianceState.COMPLIANT))
                .setPending(report.count(ComplianceState.UPDATES_PENDING))
                .setLate(report.count(ComplianceState.LATE))
                .setUnknown(report.count(ComplianceState.UNKNOWN))
                .addAllRows(report.rows().stream().map(ReportMapper::message).toList());
    }

    private static dev.drydock.proto.v1.HostCompliance message(HostCompliance row) {
        dev.drydock.proto.v1.HostCompliance.Builder message = dev.drydock.proto.v1.HostCompliance.newBuilder()
                .setHost(row.host())
                .putAllLabels(row.labels())
                .setState(state(row.state()))
                .setPendingSecurity(row.pendingSecurity())
                .setPendingTotal(row.pendingTotal())
                .setOldestPackage(row.oldestPackage())
                .setRebootRequired(row.rebootRequired())
                .setLastOutcome(row.lastOutcome()
                        .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
                        .orElse(""))
                .setReason(row.reason());
        row.oldestAge().map(Times::duration).ifPresent(message::setOldestAge);
        Times.timestamp(row.lastSeen(), message::setLastSeen);
        Times.timestamp(row.agentlessSeen(), message::setAgentlessSeenAt);
        return message.build();
    }

    private static dev.drydock.proto.v1.ComplianceState state(ComplianceState state) {
        return switch (state) {
            case COMPLIANT -> dev.drydock.proto.v1.ComplianceState.COMPLIANT;
            case UPDATES_PENDING -> dev.drydock.proto.v1.ComplianceState.UPDATES_PENDING;
            case LATE -> dev.drydock.proto.v1.ComplianceState.LATE;
            case UNKNOWN -> dev.drydock.proto.v1.ComplianceState.UNKNOWN;
        };
    }

    static dev.drydock.proto.v1.RolloutSummary message(RolloutSummary summary) {
        dev.drydock.proto.v1.RolloutSummary.Builder message = dev.drydock.proto.v1.RolloutSummary.newBuilder()
                .setName(summary.name())
                .setPlaybook(summary.playbook())
                .setState(RolloutMapper.state(summary.state()))
                .setHosts(summary.hosts())
                .setPatched(summary.patched())
                .setUnchanged(summary.unchanged())
                .setRolledBack(summary.rolledBack())
                .setRollbackFailed(summary.rollbackFailed())
                .setNotDone(summary.notDone());
        Times.timestamp(summary.endedAt(), message::setEndedAt);
        return message.build();
    }
}
