package dev.drydock.cli.bootstrap;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An agent that can be put on hosts.
 *
 * @param version as the agent tells it
 * @param arch as uname -m tells it
 * @param glibc the oldest GNU C library that it starts with; empty: not known here
 * @param bytes as it lies on the host, about
 */
public record Parcel(Kind kind, Path path, String version, String arch, Optional<GlibcVersion> glibc, long bytes) {
    /** How it is put on a host. */
    public enum Kind {
        FOLDER,
        DEB,
        RPM
    }

    /** Whether the agent that calls itself so is this one: packages add a revision, and write ~ for -. */
    boolean isVersion(String told) {
        String mine = version.replace('~', '-');
        String theirs = told.replace('~', '-');
        return mine.equals(theirs)
                || (kind != Kind.FOLDER
                        && mine.matches(java.util.regex.Pattern.quote(theirs) + "-[0-9][A-Za-z0-9.+]*"));
    }

    /** One name for a processor that has two. */
    static String arch(String name) {
        return switch (name) {
            case "amd64" -> "x86_64";
            case "arm64" -> "aarch64";
            default -> name;
        };
    }
}
