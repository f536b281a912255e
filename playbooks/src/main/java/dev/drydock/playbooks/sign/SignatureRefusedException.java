package dev.drydock.playbooks.sign;

/** An envelope that must not be believed. The message is for the operator. */
public final class SignatureRefusedException extends Exception {
    private final Reason reason;

    SignatureRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why. */
    public enum Reason {
        /** No DSSE envelope, or one with parts missing, surplus or too large. */
        MALFORMED,
        /** Signed, but as something else than a playbook. */
        WRONG_PAYLOAD_TYPE,
        /** No signature by a pinned signer. */
        UNKNOWN_SIGNER,
        /** Names a pinned signer, who did not sign this. */
        BAD_SIGNATURE,
        /** Signed by a pinned signer, but no playbook in canonical form. */
        INVALID_PLAYBOOK
    }
}
