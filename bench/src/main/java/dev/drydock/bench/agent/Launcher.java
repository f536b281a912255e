package dev.drydock.bench.agent;

import dev.drydock.bench.BenchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The packed agent's launcher, and copies of it that start the bare client with the same Java and the same flags. */
record Launcher(Path program) {

    static Launcher packed(Path folder) {
        Path program = folder.resolve("bin/drydock-agent");
        if (!Files.isExecutable(program)) {
            throw new BenchException(program + " is not there; make package makes it");
        }
        return new Launcher(program);
    }

    /**
     * A launcher of the bare client.
     *
     * @param cache the flag with which it reads or writes its cache
     */
    Launcher bare(Path directory, String name, String cache) throws IOException {
        Path folder = Objects.requireNonNull(program.getParent()).resolveSibling("");
        String script = Files.readString(program)
                .replaceFirst("\nhome=.*\nhome=.*\n", Matcher.quoteReplacement("\nhome=" + folder + "\n"))
                .replaceFirst("-XX:AOTCache=\\S+", Matcher.quoteReplacement(cache))
                .replaceFirst(
                        "-cp .*",
                        Matcher.quoteReplacement("-cp '" + jar(directory) + ":" + jars(folder.resolve("lib")) + "' "
                                + BareClient.class.getName() + " \"\\$@\"".replace("\\", "")));
        Path copy = directory.resolve(name);
        Files.writeString(copy, script);
        if (!copy.toFile().setExecutable(true)) {
            throw new IOException(copy + " cannot be made executable");
        }
        return new Launcher(copy);
    }

    /** Java caches the classes of jars, not of folders. */
    private static Path jar(Path directory) throws IOException {
        Path jar = directory.resolve("bare.jar");
        if (!Files.exists(jar)) {
            String name = BareClient.class.getName().replace('.', '/') + ".class";
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                    InputStream in = Objects.requireNonNull(
                            Launcher.class.getClassLoader().getResourceAsStream(name))) {
                out.putNextEntry(new ZipEntry(name));
                in.transferTo(out);
            }
        }
        return jar;
    }

    private static String jars(Path lib) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(":"));
        }
    }
}
