package dev.drydock.agent.host.packages;

/**
 * A package that the manager's database knows.
 *
 * @param status in the manager's words, for example {@code ii} or {@code iF}
 * @param healthy wholly installed and configured
 */
public record InstalledPackage(PackageId id, String version, String status, boolean healthy) {}
