package dev.drydock.cli.client;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Set;

/**
 * What each connection needs whatever is asked, done on another core while the call is read: the tables of P-256, which Java works
 * out at its first use in a sixth of a call's time. Whether and when it is done changes nothing but the time.
 */
public final class Readiness {
    /** What never asks a controller, or mostly does not. */
    private static final Set<String> ALONE = Set.of("agent", "completion", "key", "playbook", "ssh", "version");

    private static final Set<String> HELP = Set.of("-h", "--help", "-V", "--version");

    private Readiness() {}

    /** Returns at once. */
    public static void begin(List<String> call) {
        if (asks(call)) {
            Thread.ofPlatform().daemon().name("readiness").start(Readiness::prepare);
        }
    }

    static boolean asks(List<String> call) {
        return !call.isEmpty()
                && !ALONE.contains(call.getFirst())
                && call.stream().noneMatch(HELP::contains);
    }

    private static void prepare() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            // Who connects says what is missing.
        }
    }
}
