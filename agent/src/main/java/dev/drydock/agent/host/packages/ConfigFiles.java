package dev.drydock.agent.host.packages;

/** What becomes of a configuration file that was changed on the host and that the new package changes too. */
public enum ConfigFiles {
    /** The host's stays; the package's is put beside it. */
    KEEP,
    /** The package's is taken; the host's is put beside it. */
    REPLACE
}
