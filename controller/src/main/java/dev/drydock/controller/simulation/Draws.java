package dev.drydock.controller.simulation;

/**
 * Chance that depends on what is asked and not on when: the same seed and question give the same answer whatever was asked
 * before. So a scenario can be tried with another window or strategy, and its hosts have the same luck.
 */
record Draws(long seed) {
    /** What chance decides. */
    enum Of {
        ORDER,
        AWAY_AT_FIRST,
        AWAY_FOR,
        OUTCOME,
        DURATION,
        DURATION_TOO,
        INSTANT
    }

    /** Evenly from 0, inclusive, to 1, exclusive. */
    double uniform(Of what, long host, long one, long two) {
        return (bits(what, host, one, two) >>> 11) * 0x1.0p-53;
    }

    long bits(Of what, long host, long one, long two) {
        long mixed = mix(seed + 0x9E3779B97F4A7C15L * (what.ordinal() + 1L));
        mixed = mix(mixed ^ (host + 0x9E3779B97F4A7C15L));
        mixed = mix(mixed ^ (one + 0x9E3779B97F4A7C15L));
        return mix(mixed ^ (two + 0x9E3779B97F4A7C15L));
    }

    /** Of an exponential distribution. */
    double exponential(double mean, Of what, long host, long count) {
        return -mean * StrictMath.log(1 - uniform(what, host, count, 0));
    }

    /** Of a standard normal distribution (Box and Muller, 1958). */
    double normal(long host, long rollout, long attempt) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(Of.DURATION, host, rollout, attempt)));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform(Of.DURATION_TOO, host, rollout, attempt));
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
