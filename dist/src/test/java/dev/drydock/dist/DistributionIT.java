package dev.drydock.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two folders that people install. */
class DistributionIT {
    private static final Path TARGET = Path.of(Objects.requireNonNull(System.getProperty("drydock.dist")));
    private static final Path ALL = TARGET.resolve("drydock");
    private static final Path AGENT = TARGET.resolve("drydock-agent");

    @TempDir
    Path elsewhere;

    @ParameterizedTest
    @CsvSource({
        "drydock,       drydock",
        "drydock,       drydock-controller",
        "drydock,       drydock-agent",
        "drydock-agent, drydock-agent"
    })
    void everyProgramPrintsItsHelpAndNothingElse(String folder, String program) throws Exception {
        Program help = Program.run(TARGET.resolve(folder).resolve("bin").resolve(program), "--help");

        assertThat(help.err()).isEmpty();
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains(program, "Examples:");
    }

    @Test
    void theOneCommandStartsTheOtherTwoPrograms() throws Exception {
        for (String noun : List.of("controller", "agent")) {
            Program dispatched = Program.run(ALL.resolve("bin/drydock"), noun, "--help");
            Program direct = Program.run(ALL.resolve("bin/drydock-" + noun), "--help");

            assertThat(dispatched).isEqualTo(direct);
        }
    }

    @Test
    void saysItsVersion() throws Exception {
        Program version = Program.run(ALL.resolve("bin/drydock"), "version");

        assertThat(version.out().strip())
                .isEqualTo("drydock " + Files.readString(ALL.resolve("VERSION")).strip());
        assertThat(version.err()).isEmpty();
    }

    @Test
    void worksWhereverItIsMovedAndThroughALink() throws Exception {
        Path moved = copy(AGENT, elsewhere.resolve("a place with spaces"), true);
        Path link = Files.createSymbolicLink(elsewhere.resolve("agent"), moved.resolve("bin/drydock-agent"));
        Path linkToLink = Files.createSymbolicLink(elsewhere.resolve("again"), Path.of("agent"));

        Program direct = Program.run(AGENT.resolve("bin/drydock-agent"), "--help");

        assertThat(Program.run(moved.resolve("bin/drydock-agent"), "--help")).isEqualTo(direct);
        assertThat(Program.run(linkToLink, "--help")).isEqualTo(direct);
        assertThat(Files.readSymbolicLink(link)).isAbsolute();
    }

    @Test
    void keepsItsCacheWhenItIsMoved() throws Exception {
        assertThat(cachedClasses(copy(AGENT, elsewhere.resolve("moved"), true))).isGreaterThan(500);
    }

    @Test
    void copiedWithoutItsTimesItSaysNoMoreThanItsAnswer() throws Exception {
        Path copy = copy(AGENT, elsewhere.resolve("copied"), false);

        assertThat(Program.run(copy.resolve("bin/drydock-agent"), "--help"))
                .isEqualTo(Program.run(AGENT.resolve("bin/drydock-agent"), "--help"));
    }

    @Test
    void withoutItsCacheItWorksAndSaysNothing() throws Exception {
        Path copy = copy(AGENT, elsewhere.resolve("bare"), true);
        Files.delete(copy.resolve("lib/aot/drydock-agent.aot"));

        assertThat(cachedClasses(copy)).isZero();
        assertThat(Program.run(copy.resolve("bin/drydock-agent"), "--help"))
                .isEqualTo(Program.run(AGENT.resolve("bin/drydock-agent"), "--help"));
    }

    @Test
    void holdsEveryJarThatAProgramNamesAndNoneForOtherSystems() throws Exception {
        for (Path folder : List.of(ALL, AGENT)) {
            for (Path jar : jars(folder, "drydock-")) {
                for (String needed : classPath(jar)) {
                    boolean elsewhereOnly = needed.contains("-osx-") || needed.contains("-windows-");
                    boolean there = Files.exists(folder.resolve("lib").resolve(needed));
                    // The agent's own folder has no jar of which it uses nothing.
                    assertThat(there || folder.equals(AGENT) && !elsewhereOnly)
                            .as("%s in %s, for %s", needed, folder, jar)
                            .isEqualTo(!elsewhereOnly);
                }
            }
        }
    }

    /** Whatever a class that stayed names of what the build has is there too. */
    @Test
    void theAgentHasAllThatItsClassesName() throws Exception {
        Set<String> there = new HashSet<>();
        Set<String> named = new HashSet<>();
        for (Path jar : jars(AGENT, "")) {
            for (ClassModel model : classes(jar)) {
                there.add(model.thisClass().asInternalName());
                for (PoolEntry entry : model.constantPool()) {
                    if (entry instanceof ClassEntry type) {
                        named.add(type.asInternalName());
                    }
                }
            }
        }
        Set<String> built = new HashSet<>();
        Set<String> needed = new HashSet<>();
        for (Path jar : jars(AGENT, "drydock-")) {
            needed.add(String.valueOf(jar.getFileName()));
            needed.addAll(classPath(jar));
        }
        try (Stream<Path> jars = Files.list(TARGET.resolve("jars"))) {
            for (Path jar : jars.toList()) {
                // Also of jars that went as a whole.
                if (needed.contains(String.valueOf(jar.getFileName()))) {
                    classes(jar).forEach(model -> built.add(model.thisClass().asInternalName()));
                }
            }
        }

        named.retainAll(built);
        assertThat(named).hasSizeGreaterThan(2_000);
        assertThat(there).containsAll(named).hasSizeLessThan(built.size());
    }

    private static List<ClassModel> classes(Path jar) throws IOException {
        List<ClassModel> classes = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.endsWith("module-info.class")) {
                    classes.add(ClassFile.of().parse(file.getInputStream(entry).readAllBytes()));
                }
            }
        }
        return classes;
    }

    @Test
    void theAgentComesAlone() throws Exception {
        assertThat(jars(AGENT, "drydock-"))
                .extracting(jar -> jar.getFileName().toString().replaceFirst("-[0-9].*", ""))
                .containsExactlyInAnyOrder("drydock-agent", "drydock-playbooks", "drydock-proto");
        assertThat(AGENT.resolve("bin")).isDirectoryContaining("glob:**/drydock-agent");
        assertThat(AGENT.resolve("systemd")).isDirectoryContaining("glob:**/drydock-agent.service");
        assertThat(ALL.resolve("systemd")).isDirectoryContaining("glob:**/drydock-controller.service");
        System.out.printf(
                "The agent's folder has %.1f MiB, that with all programs %.1f MiB.%n",
                mebibytes(AGENT), mebibytes(ALL));
    }

    private static double mebibytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes / (double) (1 << 20);
        }
    }

    private static List<Path> jars(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("lib"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> file.toString().endsWith(".jar"))
                    .toList();
        }
    }

    private static List<String> classPath(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            String path = file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return path == null ? List.of() : List.of(path.split(" "));
        }
    }

    /** How many classes the agent takes out of its cache for its help. */
    private long cachedClasses(Path folder) throws Exception {
        Path log = elsewhere.resolve("classes.log");
        Program.run(
                Map.of("DRYDOCK_JAVA_OPTS", "-Xlog:class+load:file=" + log),
                folder.resolve("bin/drydock-agent"),
                "--help");
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("shared objects file")).count();
        }
    }

    private static Path copy(Path from, Path to, boolean withTimes) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                    if (!withTimes && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                        Files.setLastModifiedTime(copy, FileTime.from(Instant.parse("2026-11-24T08:00:00Z")));
                    }
                }
            }
        }
        return to;
    }
}
