package dev.drydock.agent.testing;

import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.parse.PlaybookParser;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.playbooks.sign.PublicSigner;
import dev.drydock.playbooks.sign.SigningKey;

/**
 * A signed playbook that runs {@code /bin/true}.
 *
 * @param digest of the canonical form
 */
public record TestPlaybook(byte[] canonical, String digest, byte[] envelope, PublicSigner signer) {
    public static TestPlaybook signed(String name) {
        try {
            byte[] canonical = CanonicalForm.write(PlaybookParser.parse("test.yaml", """
                    apiVersion: drydock/v1
                    kind: Playbook
                    metadata: {name: %s, description: A test, maintenance: preventive}
                    spec:
                      steps:
                        - name: Do nothing
                          command.run: {argv: [/bin/true]}
                          irreversible: accepted
                    """.formatted(name)));
            SigningKey key = SigningKey.generate("test");
            return new TestPlaybook(
                    canonical,
                    CanonicalForm.digest(canonical),
                    Envelope.sign(canonical, key).write(),
                    key.signer());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] signedBySomebodyElse() {
        return Envelope.sign(canonical, SigningKey.generate("other")).write();
    }
}
