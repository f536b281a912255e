package dev.drydock.controller.playbook;

import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.parse.PlaybookParser;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.playbooks.sign.SigningKey;

/** Signed playbooks for tests. */
public final class Signed {
    private Signed() {}

    /** A small valid playbook. */
    public static String yaml(String name, String description) {
        return """
                apiVersion: drydock/v1
                kind: Playbook
                metadata: {name: %s, description: %s, maintenance: preventive}
                spec:
                  steps:
                    - os.packages: {update: security}
                """.formatted(name, description);
    }

    /** Its envelope as {@code drydock playbook sign} makes it. */
    public static byte[] envelope(String yaml, SigningKey key) {
        try {
            return Envelope.sign(CanonicalForm.write(PlaybookParser.parse("test.yaml", yaml)), key)
                    .write();
        } catch (InvalidPlaybookException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
