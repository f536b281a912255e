package dev.drydock.cli.output;

import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.v1.ComplianceState;
import dev.drydock.proto.v1.RolloutState;
import java.util.Locale;

/** The words and symbols for states: the same everywhere. */
public final class States {
    private States() {}

    public static String word(RunState state) {
        return switch (state) {
            case RUN_STATE_UNSPECIFIED, UNRECOGNIZED -> "waiting";
            case SUCCEEDED -> "patched";
            case ROLLED_BACK -> "rolled back";
            case ROLLBACK_FAILED -> "ROLLBACK FAILED";
            case ROLLING_BACK -> "rolling back";
            case OFFERED, ACCEPTED, PREFLIGHT, RUNNING, VERIFYING, REFUSED, EXPIRED, DEFERRED, CANCELLED, LOST ->
                state.name().toLowerCase(Locale.ROOT);
        };
    }

    public static Style style(RunState state) {
        return switch (state) {
            case SUCCEEDED -> Style.GOOD;
            case ROLLED_BACK, DEFERRED, EXPIRED, REFUSED, CANCELLED -> Style.WARN;
            case ROLLBACK_FAILED, LOST -> Style.BAD;
            case OFFERED, ACCEPTED, PREFLIGHT, RUNNING, VERIFYING, ROLLING_BACK -> Style.BUSY;
            case RUN_STATE_UNSPECIFIED, UNRECOGNIZED -> Style.DIM;
        };
    }

    public static Cell cell(RunState state) {
        return new Cell(symbol(state) + " " + word(state), style(state));
    }

    private static String symbol(RunState state) {
        return switch (style(state)) {
            case GOOD -> "✔";
            case WARN -> state == RunState.ROLLED_BACK ? "↩" : "!";
            case BAD -> "✖";
            case BUSY -> "▸";
            case NONE, BOLD, DIM -> "·";
        };
    }

    public static String word(StepState state) {
        String name = state.name();
        return (name.startsWith("STEP_") ? name.substring("STEP_".length()) : name)
                .toLowerCase(Locale.ROOT)
                .replace('_', ' ');
    }

    public static Style style(StepState state) {
        return switch (state) {
            case APPLIED, STEP_VERIFIED -> Style.GOOD;
            case STEP_ROLLED_BACK -> Style.WARN;
            case FAILED, STEP_ROLLBACK_FAILED -> Style.BAD;
            case PREPARING,
                    PREPARED,
                    APPLYING,
                    STEP_AWAITING_REBOOT,
                    STEP_REBOOTING,
                    STEP_VERIFYING,
                    STEP_ROLLING_BACK -> Style.BUSY;
            case STEP_STATE_UNSPECIFIED, PENDING, SKIPPED, UNRECOGNIZED -> Style.DIM;
        };
    }

    public static String word(RolloutState state) {
        return switch (state) {
            case COMPLETED_WITH_FAILURES -> "completed, some failed";
            case ROLLOUT_STATE_UNSPECIFIED, UNRECOGNIZED -> "unknown";
            case SCHEDULED, RUNNING, SOAKING, AWAITING_APPROVAL, PAUSED, STOPPING, COMPLETED, STOPPED, ABORTED ->
                state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    public static Style style(RolloutState state) {
        return switch (state) {
            case COMPLETED -> Style.GOOD;
            case COMPLETED_WITH_FAILURES, AWAITING_APPROVAL, PAUSED, STOPPING -> Style.WARN;
            case STOPPED, ABORTED -> Style.BAD;
            case RUNNING, SOAKING -> Style.BUSY;
            case SCHEDULED, ROLLOUT_STATE_UNSPECIFIED, UNRECOGNIZED -> Style.DIM;
        };
    }

    public static Cell cell(RolloutState state) {
        return new Cell(word(state), style(state));
    }

    /** Nothing more will happen to the rollout by itself. */
    public static boolean ended(RolloutState state) {
        return switch (state) {
            case COMPLETED, COMPLETED_WITH_FAILURES, STOPPED, ABORTED -> true;
            case SCHEDULED,
                    RUNNING,
                    SOAKING,
                    AWAITING_APPROVAL,
                    PAUSED,
                    STOPPING,
                    ROLLOUT_STATE_UNSPECIFIED,
                    UNRECOGNIZED -> false;
        };
    }

    public static Cell cell(ComplianceState state) {
        return switch (state) {
            case COMPLIANT -> new Cell("✔ compliant", Style.GOOD);
            case UPDATES_PENDING -> new Cell("· pending", Style.WARN);
            case LATE -> new Cell("! late", Style.BAD);
            case UNKNOWN, COMPLIANCE_STATE_UNSPECIFIED, UNRECOGNIZED -> new Cell("? unknown", Style.DIM);
        };
    }
}
