package dev.drydock.controller.api;

import dev.drydock.proto.v1.ComplianceVerdict;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.PolicyState;
import java.util.List;

/** How many hosts are not as they should be. */
final class ComplianceVerdicts {
    private ComplianceVerdicts() {}

    static ComplianceVerdict of(List<HostCompliance> rows) {
        ComplianceVerdict.Builder verdict = ComplianceVerdict.newBuilder();
        for (HostCompliance row : rows) {
            switch (standing(row)) {
                case POLICY_LATE -> verdict.setLate(verdict.getLate() + 1);
                case POLICY_UNKNOWN, POLICY_STATE_UNSPECIFIED, UNRECOGNIZED ->
                    verdict.setUnknown(verdict.getUnknown() + 1);
                case POLICY_COMPLIANT, POLICY_WAIVED, POLICY_DUE -> {}
            }
        }
        return verdict.build();
    }

    /** Without an agent there is no standing by policies: it counts by its updates alone. */
    private static PolicyState standing(HostCompliance row) {
        if (!row.hasAgentlessSeenAt()) {
            return row.getStanding().getState();
        }
        return switch (row.getState()) {
            case LATE -> PolicyState.POLICY_LATE;
            case UPDATES_PENDING -> PolicyState.POLICY_DUE;
            case COMPLIANT -> PolicyState.POLICY_COMPLIANT;
            case UNKNOWN, COMPLIANCE_STATE_UNSPECIFIED, UNRECOGNIZED -> PolicyState.POLICY_UNKNOWN;
        };
    }
}
