package dev.drydock.playbooks.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The ready playbooks that the program carries: to be run as they are, or to begin one's own from. */
public final class Library {
    /** A jar does not list its files: so each one in {@code library/} is named here. */
    private static final List<String> NAMES = List.of(
            "certificate-renew",
            "database-updates",
            "middleware-updates",
            "package-install",
            "restore-drill",
            "security-updates",
            "site-backup",
            "web-security-updates",
            "web-stack-updates",
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
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("there is no playbook '" + name + "' in the library");
        }
        try (InputStream in = Library.class.getResourceAsStream("/library/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("the playbook " + name + " is not in this program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same playbook under another name. */
    public static String source(String name, String newName) {
        return source(name).replaceFirst("(?m)^  name: .*$", "  name: " + newName);
    }
}
