package dev.drydock.controller.policy;

import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.playbooks.policy.Policy;
import dev.drydock.playbooks.policy.PolicyReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The policy that the program carries. Its version rises when a release changes it. */
final class BuiltInPolicy {
    static final String NAME = "drydock-default";

    private static final int VERSION = 1;
    private static final String FILE = "/compliance/drydock-default.yaml";

    private BuiltInPolicy() {}

    static PolicyDocument document() {
        Policy policy = policy();
        PushedPolicy pushed = new PushedPolicy(
                NAME, VERSION, PolicyReader.digest(policy), policy.description(), "drydock", Instant.EPOCH);
        return new PolicyDocument(pushed, new String(bytes(), StandardCharsets.UTF_8));
    }

    static ActivePolicy active() {
        try {
            return ActivePolicy.of(NAME + "@" + VERSION, policy(), true);
        } catch (InvalidExpressionException e) {
            throw new IllegalStateException("the built-in policy is broken", e);
        }
    }

    private static Policy policy() {
        try {
            return PolicyReader.read(FILE, bytes());
        } catch (InvalidPlaybookException e) {
            throw new IllegalStateException("the built-in policy is broken", e);
        }
    }

    private static byte[] bytes() {
        try (InputStream in = BuiltInPolicy.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
