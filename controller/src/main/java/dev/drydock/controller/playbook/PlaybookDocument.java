package dev.drydock.controller.playbook;

/**
 * A pushed playbook with what it says.
 *
 * @param envelope the DSSE envelope (JSON) byte for byte as it was pushed
 * @param source the YAML as it was written; not signed, for people
 */
public record PlaybookDocument(PushedPlaybook playbook, byte[] envelope, String source) {
    public PlaybookDocument {
        envelope = envelope.clone();
    }

    @Override
    public byte[] envelope() {
        return envelope.clone();
    }
}
