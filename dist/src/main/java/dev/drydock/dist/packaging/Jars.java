package dev.drydock.dist.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** Which jars a program needs. */
final class Jars {
    private Jars() {}

    /** The names of the jars that a program's first jar names, and of itself; those for other systems are named but not there. */
    static Set<String> of(Path lib, String first) throws IOException {
        Set<String> names = new TreeSet<>(Set.of(first));
        try (JarFile jar = new JarFile(lib.resolve(first).toFile())) {
            String path = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            for (String name : path == null ? new String[0] : path.split(" ")) {
                if (Files.exists(lib.resolve(name))) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
