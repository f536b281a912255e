package dev.drydock.cli.command;

import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Style;
import dev.drydock.proto.v1.PolicyState;

/** The words and symbols for how hosts stand with policies. */
final class PolicyStates {
    private PolicyStates() {}

    static String word(PolicyState state) {
        return switch (state) {
            case POLICY_COMPLIANT -> "compliant";
            case POLICY_WAIVED -> "waived";
            case POLICY_DUE -> "due";
            case POLICY_UNKNOWN -> "unknown";
            case POLICY_LATE -> "late";
            case POLICY_STATE_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    static Cell cell(PolicyState state) {
        return switch (state) {
            case POLICY_COMPLIANT -> new Cell("✔ compliant", Style.GOOD);
            case POLICY_WAIVED -> new Cell("✔ waived", Style.WARN);
            case POLICY_DUE -> new Cell("· due", Style.WARN);
            case POLICY_UNKNOWN -> new Cell("? unknown", Style.DIM);
            case POLICY_LATE -> new Cell("! late", Style.BAD);
            case POLICY_STATE_UNSPECIFIED, UNRECOGNIZED -> Cell.orDash("");
        };
    }
}
