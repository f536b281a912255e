package dev.drydock.controller.web.text;

import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.v1.ClockState;
import dev.drydock.proto.v1.ComplianceState;
import dev.drydock.proto.v1.IncidentState;
import dev.drydock.proto.v1.PolicyState;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.VulnerabilitySeverity;
import dev.drydock.proto.v1.WaiverState;
import java.util.Locale;

/** How good or bad a state is, with a sign, so that colour is never alone in saying it. */
public enum Tone {
    GOOD("✓"),
    BUSY("●"),
    CARE("!"),
    BAD("✗"),
    BACK("↩"),
    IDLE("·");

    private final String sign;

    Tone(String sign) {
        this.sign = sign;
    }

    public String sign() {
        return sign;
    }

    /** As style sheets name it. */
    public String css() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Tone of(RunState state) {
        return switch (state) {
            case SUCCEEDED -> GOOD;
            case ROLLED_BACK -> BACK;
            case ROLLBACK_FAILED, LOST -> BAD;
            case REFUSED, EXPIRED, DEFERRED, CANCELLED -> CARE;
            case OFFERED, ACCEPTED, PREFLIGHT, RUNNING, VERIFYING, ROLLING_BACK -> BUSY;
            case RUN_STATE_UNSPECIFIED, UNRECOGNIZED -> IDLE;
        };
    }

    public static Tone of(StepState state) {
        return switch (state) {
            case STEP_VERIFIED, APPLIED -> GOOD;
            case FAILED, STEP_ROLLBACK_FAILED -> BAD;
            case STEP_ROLLED_BACK -> BACK;
            case PREPARING,
                    PREPARED,
                    APPLYING,
                    STEP_VERIFYING,
                    STEP_ROLLING_BACK,
                    STEP_REBOOTING,
                    STEP_AWAITING_REBOOT -> BUSY;
            case SKIPPED, PENDING, STEP_STATE_UNSPECIFIED, UNRECOGNIZED -> IDLE;
        };
    }

    public static Tone of(RolloutState state) {
        return switch (state) {
            case COMPLETED -> GOOD;
            case COMPLETED_WITH_FAILURES, PAUSED, AWAITING_APPROVAL -> CARE;
            case STOPPED, STOPPING -> BAD;
            case ABORTED -> BACK;
            case RUNNING, SOAKING -> BUSY;
            case SCHEDULED, ROLLOUT_STATE_UNSPECIFIED, UNRECOGNIZED -> IDLE;
        };
    }

    public static Tone of(ComplianceState state) {
        return switch (state) {
            case COMPLIANT -> GOOD;
            case UPDATES_PENDING -> BUSY;
            case LATE -> BAD;
            case UNKNOWN, COMPLIANCE_STATE_UNSPECIFIED, UNRECOGNIZED -> CARE;
        };
    }

    public static Tone of(PolicyState state) {
        return switch (state) {
            case POLICY_COMPLIANT -> GOOD;
            case POLICY_WAIVED -> BACK;
            case POLICY_DUE -> BUSY;
            case POLICY_LATE -> BAD;
            case POLICY_UNKNOWN, POLICY_STATE_UNSPECIFIED, UNRECOGNIZED -> CARE;
        };
    }

    public static Tone of(VulnerabilitySeverity severity) {
        return switch (severity) {
            case VULNERABILITY_CRITICAL, VULNERABILITY_HIGH -> BAD;
            case VULNERABILITY_MEDIUM -> CARE;
            case VULNERABILITY_LOW, VULNERABILITY_UNRATED, VULNERABILITY_SEVERITY_UNSPECIFIED, UNRECOGNIZED -> IDLE;
        };
    }

    public static Tone of(IncidentState state) {
        return switch (state) {
            case INCIDENT_OPEN -> BAD;
            case INCIDENT_RESPONDED, INCIDENT_HANDED_OVER -> BUSY;
            case INCIDENT_RESOLVED -> GOOD;
            case INCIDENT_CLOSED, INCIDENT_STATE_UNSPECIFIED, UNRECOGNIZED -> IDLE;
        };
    }

    public static Tone of(ClockState state) {
        return switch (state) {
            case CLOCK_RUNNING -> BUSY;
            case CLOCK_MET -> GOOD;
            case CLOCK_MISSED -> BAD;
            case CLOCK_STOPPED, CLOCK_STATE_UNSPECIFIED, UNRECOGNIZED -> IDLE;
        };
    }

    public static Tone of(WaiverState state) {
        return switch (state) {
            case WAIVER_STANDING -> BACK;
            case WAIVER_ASKED, WAIVER_EXPIRED, WAIVER_REVOKED, WAIVER_STATE_UNSPECIFIED, UNRECOGNIZED -> IDLE;
        };
    }
}
