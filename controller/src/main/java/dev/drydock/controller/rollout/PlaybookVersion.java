package dev.drydock.controller.rollout;

/**
 * The playbook that a rollout carries.
 *
 * @param digest SHA-256 of its canonical form, lower-case hex: what is carried out
 */
public record PlaybookVersion(String name, int version, String digest) {
    /** {@code web-monthly@7}. */
    public String reference() {
        return name + "@" + version;
    }
}
