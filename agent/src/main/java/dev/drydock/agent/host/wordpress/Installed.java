package dev.drydock.agent.host.wordpress;

/**
 * A plugin or theme as it is on disk.
 *
 * @param name from its header, for people
 * @param version from its header; empty where that names none
 * @param entry as WordPress names it: {@code akismet/akismet.php} for a plugin, the directory for a theme
 * @param updatable a directory of its own; single files and symbolic links are told and left alone
 */
public record Installed(Item item, String name, String version, String entry, boolean updatable) {}
