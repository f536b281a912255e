package dev.drydock.agent.host.packages;

/**
 * One package that a transaction changes.
 *
 * @param from the installed version; empty when the package is new
 * @param to the version after; empty when the package is removed
 * @param security a version newer than the installed one comes from a security archive
 * @param origin of the new version, in the archive's words
 */
public record PackageChange(PackageId id, String from, String to, boolean security, String origin) {
    public boolean isNew() {
        return from.isEmpty();
    }

    public boolean isRemoval() {
        return to.isEmpty();
    }
}
