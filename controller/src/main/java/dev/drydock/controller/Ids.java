package dev.drydock.controller;

import java.time.Instant;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Identifiers that are never given twice: 96 random bits. */
final class Ids {
    private static final int BYTES = 12;

    private final RandomGenerator random;

    Ids(RandomGenerator random) {
        this.random = random;
    }

    /** One that sorts behind those of earlier milliseconds. */
    String next(Instant now) {
        return "%012x%s".formatted(now.toEpochMilli(), next());
    }

    String next() {
        byte[] id = new byte[BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
