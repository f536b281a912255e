package dev.drydock.e2e.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The packed controller as a version that is not there yet: the same program whose schema is one step further. What it proves of an
 * upgrade is what has to do with the schema and the lease; other code it has not.
 */
final class NextVersion {
    /** Of the step: later than any that there is. */
    static final String STEP = "9999";

    private static final String MIGRATION = "db/migration/V" + STEP + "__next_version.sql";
    private static final String SQL = "CREATE TABLE next_version (name TEXT NOT NULL PRIMARY KEY);\n";
    private static final String JAR = "drydock-controller-";

    private NextVersion() {}

    /** @return its program */
    static Path of(Path program, Path into) throws IOException {
        Path home = program.toRealPath().resolve("../..").normalize();
        Files.createDirectories(into.resolve("bin"));
        Files.createDirectories(into.resolve("lib"));
        Path copy = into.resolve("bin/drydock-controller");
        Files.copy(program.toRealPath(), copy);
        Files.createSymbolicLink(into.resolve("runtime"), home.resolve("runtime"));
        for (Path jar : children(home.resolve("lib"))) {
            Path name = home.resolve("lib").relativize(jar);
            if (name.toString().startsWith(JAR)) {
                extend(jar, into.resolve("lib").resolve(name));
            } else {
                Files.createSymbolicLink(into.resolve("lib").resolve(name), jar);
            }
        }
        return copy;
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private static void extend(Path from, Path to) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(from));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                in.transferTo(out);
            }
            out.putNextEntry(new ZipEntry(MIGRATION));
            out.write(SQL.getBytes(StandardCharsets.UTF_8));
        }
    }
}
