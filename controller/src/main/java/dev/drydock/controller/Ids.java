package dev.drydock.controller;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Identifiers that are never given twice: 96 random bits. */
final class Ids {
    private static final int BYTES = 12;

    private final RandomGenerator random;

    Ids(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        byte[] id = new byte[BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
