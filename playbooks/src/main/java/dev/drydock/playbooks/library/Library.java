package dev.drydock.playbooks.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The ready playbooks that the program carries: to be run as they are, or to begin one's own from. */
public final class Library {
    /** A jar does not list its files: so each one in {@code library/} is named here. */
    private static final List<String> NAMES = List.of(
            "access-review",
            "account-review",
            "agent-update",
            "certificate-renew",
            "database-optimise",
            "database-updates",
            "disk-cleanup",
            "full-updates",
            "log-rotation-check",
            "middleware-updates",
            "package-install",
            "pending-reboot",
            "restore-drill",
            "security-updates",
            "site-backup",
            "web-security-updates",
            "web-stack-updates",
            "wordpress-integrity",
            "wordpress-updates");

    private Library() {}

    /** By alphabet. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * @param name one of {@link #names}
     * @return YAML
     */
    public static String source(String name) {
        return read(name, ".yaml")
                .orElseThrow(() -> new IllegalStateException("the playbook " + name + " is not in this program"));
    }

    /**
     * What it does, when it is to be run, at what risk, with which way back, and on what it was tested.
     *
     * @param name one of {@link #names}
     * @return Markdown of about ten lines; empty where nobody has written any
     */
    public static Optional<String> readme(String name) {
        return read(name, ".md");
    }

    private static Optional<String> read(String name, String ending) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("there is no playbook '" + name + "' in the library");
        }
        try (InputStream in = Library.class.getResourceAsStream("/library/" + name + ending)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same playbook under another name. */
    public static String source(String name, String newName) {
        return source(name).replaceFirst("(?m)^  name: .*$", "  name: " + newName);
    }
}
