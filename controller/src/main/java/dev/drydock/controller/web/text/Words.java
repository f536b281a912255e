package dev.drydock.controller.web.text;

import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import java.util.Locale;
import java.util.regex.Pattern;

/** What states and counts are called. */
public final class Words {
    /** What a value's name begins with where its enum says the same. */
    private static final Pattern KIND =
            Pattern.compile("^(STEP|POLICY|INCIDENT|CLOCK|VULNERABILITY|WAIVER|MAINTENANCE)_");

    private Words() {}

    /** {@code ROLLED_BACK} as people write it. */
    public static String of(Enum<?> state) {
        if (state == RunState.RUN_STATE_UNSPECIFIED || state == StepState.STEP_STATE_UNSPECIFIED) {
            return "waiting";
        }
        String said = KIND.matcher(state.name()).replaceFirst("");
        return said.replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    /** {@code 1 host}, {@code 2 hosts}. */
    public static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d", number) + " " + noun + (number == 1 ? "" : "s");
    }

    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1.4 GiB}. */
    public static String bytes(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0
                ? bytes + " B"
                : String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    }

    /** A share of a hundred, never 100 while something is missing and never 0 while there is something. */
    public static int percent(long part, long whole) {
        if (whole <= 0 || part <= 0) {
            return 0;
        }
        if (part >= whole) {
            return 100;
        }
        return (int) Math.clamp(Math.round(100.0 * part / whole), 1, 99);
    }
}
