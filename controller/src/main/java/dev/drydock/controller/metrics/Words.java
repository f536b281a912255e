package dev.drydock.controller.metrics;

import java.util.Locale;

/** Values of labels: only names of constants become one, so that their number is bounded. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
