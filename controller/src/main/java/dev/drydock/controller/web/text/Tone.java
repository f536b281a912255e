package dev.drydock.controller.web.text;

import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.v1.ComplianceState;
import dev.drydock.proto.v1.RolloutState;
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
}
