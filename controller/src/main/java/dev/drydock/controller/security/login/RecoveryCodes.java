package dev.drydock.controller.security.login;

import dev.drydock.controller.security.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Codes for who lost the second factor: 80 random bits each, so that a fast hash keeps them. Pure but for randomness. */
final class RecoveryCodes {
    private static final int HOW_MANY = 10;
    private static final int BYTES = 10;
    private static final int GROUP = 4;

    private RecoveryCodes() {}

    static List<String> fresh(SecureRandom random) {
        return Stream.generate(() -> one(random)).limit(HOW_MANY).toList();
    }

    private static String one(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base32.encode(bytes).toLowerCase(Locale.ROOT).replaceAll("(.{" + GROUP + "})(?=.)", "$1-");
    }

    /** However it was typed. */
    static String hash(String code) {
        String plain = code.toLowerCase(Locale.ROOT).replaceAll("[^a-z2-7]", "");
        return HexFormat.of().formatHex(Sha256.of(plain.getBytes(StandardCharsets.UTF_8)));
    }
}
