package dev.drydock.controller.rollout;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hosts that are never changed all at once: those that have the same value of a label, such as the two of a database pair.
 *
 * @param label its name
 * @param most how many hosts of one value may be under way at once
 */
record Apart(String label, int most) {
    private static final Pattern WRITTEN =
            Pattern.compile("(?:host\\.)?labels\\.([A-Za-z0-9][A-Za-z0-9._-]*)(?:=([1-9][0-9]{0,5}))?");

    /** {@code labels.cluster}, or {@code labels.cluster=2} for two at once; empty when it is neither. */
    static Optional<Apart> parse(String written) {
        Matcher matcher = WRITTEN.matcher(written);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String most = matcher.group(2);
        return Optional.of(new Apart(matcher.group(1), most == null ? 1 : Integer.parseInt(most)));
    }
}
