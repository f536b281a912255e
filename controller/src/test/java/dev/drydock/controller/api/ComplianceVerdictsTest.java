package dev.drydock.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.ComplianceState;
import dev.drydock.proto.v1.ComplianceVerdict;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.HostStanding;
import dev.drydock.proto.v1.PolicyState;
import org.junit.jupiter.api.Test;

final class ComplianceVerdictsTest {
    private static HostCompliance.Builder judged(PolicyState state) {
        return HostCompliance.newBuilder()
                .setState(ComplianceState.LATE)
                .setStanding(HostStanding.newBuilder().setState(state));
    }

    private static HostCompliance.Builder agentless(ComplianceState state) {
        return HostCompliance.newBuilder()
                .setState(state)
                .setAgentlessSeenAt(Timestamp.newBuilder().setSeconds(1));
    }

    @Test
    void countsByPoliciesAndWithoutAnAgentByUpdates() {
        ComplianceReportResponse.Builder report = ComplianceReportResponse.newBuilder();
        for (PolicyState state : PolicyState.values()) {
            if (state != PolicyState.UNRECOGNIZED) {
                report.addRows(judged(state));
            }
        }
        report.addRows(agentless(ComplianceState.LATE))
                .addRows(agentless(ComplianceState.COMPLIANT))
                .addRows(agentless(ComplianceState.UPDATES_PENDING))
                .addRows(agentless(ComplianceState.UNKNOWN))
                .addRows(HostCompliance.newBuilder());
        ComplianceVerdict.Builder verdict = ComplianceVerdict.newBuilder();
        ComplianceVerdicts.count(report.build(), verdict);
        assertThat(verdict.build())
                .as("late, agentless late; unknown, unspecified, agentless unknown, without a standing")
                .isEqualTo(
                        ComplianceVerdict.newBuilder().setLate(2).setUnknown(4).build());
    }
}
