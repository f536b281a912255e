package dev.drydock.playbooks.middleware;

import dev.drydock.playbooks.InvalidPlaybookException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The profiles that the program carries. */
public final class Profiles {
    /** A jar does not list its files: so each one in {@code library/middleware} is named here. */
    private static final List<String> NAMES =
            List.of("apache", "mariadb", "mysql", "nginx", "php", "postgresql", "redis");

    private Profiles() {}

    /** By name, in the order of the alphabet. */
    public static Map<String, Profile> all() {
        Map<String, Profile> all = new LinkedHashMap<>();
        NAMES.forEach(name -> all.put(name, read(name)));
        return all;
    }

    private static Profile read(String name) {
        String file = name + ".yaml";
        try {
            return ProfileReader.read(file, bytes(file));
        } catch (InvalidPlaybookException e) {
            throw new IllegalStateException("the library's own profile is broken: " + e.getMessage(), e);
        }
    }

    static byte[] bytes(String file) {
        try (InputStream in = Profiles.class.getResourceAsStream("/library/middleware/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the file library/middleware/" + file + " is not in this program");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
