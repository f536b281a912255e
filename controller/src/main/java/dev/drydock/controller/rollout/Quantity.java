package dev.drydock.controller.rollout;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of hosts, absolute or as a share. */
sealed interface Quantity {
    /** Of {@code hosts}; shares are rounded down. */
    int of(int hosts);

    /** {@code 4} or {@code 25%}; empty for anything else. */
    static Optional<Quantity> parse(String text) {
        Matcher m = Pattern.compile("(\\d{1,7})(%?)").matcher(text.trim());
        if (!m.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(m.group(1));
        if (m.group(2).isEmpty()) {
            return Optional.of(new Count(number));
        }
        return number > 100 ? Optional.empty() : Optional.of(new Percent(number));
    }

    record Count(int count) implements Quantity {
        @Override
        public int of(int hosts) {
            return count;
        }
    }

    record Percent(int percent) implements Quantity {
        @Override
        public int of(int hosts) {
            return (int) ((long) percent * hosts / 100);
        }
    }
}
