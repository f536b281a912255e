package dev.drydock.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.drydock.proto.v1.ComplianceState;
import dev.drydock.proto.v1.ComplianceVerdict;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.HostStanding;
import dev.drydock.proto.v1.PolicyState;
import java.util.ArrayList;
import java.util.List;
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
        List<HostCompliance> rows = new ArrayList<>();
        for (PolicyState state : PolicyState.values()) {
            if (state != PolicyState.UNRECOGNIZED) {
                rows.add(judged(state).build());
            }
        }
        for (ComplianceState state : List.of(
                ComplianceState.LATE,
                ComplianceState.COMPLIANT,
                ComplianceState.UPDATES_PENDING,
                ComplianceState.UNKNOWN)) {
            rows.add(agentless(state).build());
        }
        rows.add(HostCompliance.getDefaultInstance());
        assertThat(ComplianceVerdicts.of(rows))
                .as("late, agentless late; unknown, unspecified, agentless unknown, without a standing")
                .isEqualTo(
                        ComplianceVerdict.newBuilder().setLate(2).setUnknown(4).build());
    }
}
