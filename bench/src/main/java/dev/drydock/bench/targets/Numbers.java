package dev.drydock.bench.targets;

import java.util.Locale;

/** Numbers for people: whole ones bare, small ones with what tells them apart. */
final class Numbers {
    private Numbers() {}

    static String of(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e12) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        double size = Math.abs(value);
        return String.format(
                Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3f", value);
    }
}
