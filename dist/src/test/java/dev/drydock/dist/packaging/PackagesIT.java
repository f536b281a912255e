package dev.drydock.dist.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.playbooks.document.JsonReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packages, as the build left them. What they do on hosts is tested in {@code e2e}. */
class PackagesIT {
    private static final Path TARGET = Path.of(Objects.requireNonNull(System.getProperty("drydock.dist")));
    private static final Path PACKAGES = TARGET.resolve("packages");
    private static final String MADE = "2026-11-23T00:00:00Z";
    private static final List<String> NAMES = List.of("drydock-agent", "drydock-controller", "drydock-cli");

    @TempDir
    Path elsewhere;

    @Test
    void aSecondBuildInAnotherFolderMakesTheSameBytes() throws Exception {
        Path sources = TARGET.resolveSibling("src/main");
        String version = Files.readString(TARGET.resolve("drydock/VERSION")).strip();
        Path again = Files.createDirectories(elsewhere.resolve("again"));
        Files.createSymbolicLink(again.resolve("jars"), TARGET.resolve("jars"));
        Files.copy(TARGET.resolve("bom.json"), again.resolve("bom.json"));
        ProcessBuilder pack = new ProcessBuilder(
                        sources.resolve("build/pack.sh").toString(), again.toString(), version)
                .redirectErrorStream(true)
                .redirectOutput(elsewhere.resolve("pack.log").toFile());
        pack.environment().put("DRYDOCK_UNTRAINED", "yes");
        pack.environment().put("TZ", "Pacific/Auckland");
        pack.environment().put("LC_ALL", "C");
        Process packing = pack.start();
        assertThat(packing.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(packing.exitValue())
                .as(Files.readString(elsewhere.resolve("pack.log")))
                .isZero();

        Packages.main(new String[] {
            again.toString(),
            sources.toString(),
            version,
            MADE,
            again.resolve("packages").toString()
        });
        assertThat(Files.readString(again.resolve("packages/SHA256SUMS")))
                .isEqualTo(Files.readString(PACKAGES.resolve("SHA256SUMS")));
    }

    @Test
    void thereIsOnePackageOfEachFormatAndItsChecksum() throws Exception {
        try (Stream<Path> files = Files.list(PACKAGES)) {
            assertThat(files.map(file -> file.getFileName().toString().replaceFirst("[_-][0-9].*\\.", ".")))
                    .containsExactlyInAnyOrder(
                            "SHA256SUMS",
                            "drydock-agent.deb",
                            "drydock-agent.rpm",
                            "drydock-agent-update.gz",
                            "drydock-cli.deb",
                            "drydock-cli.rpm",
                            "drydock-controller.deb",
                            "drydock-controller.rpm");
        }
        assertThat(Files.readString(PACKAGES.resolve("SHA256SUMS")).lines()).hasSize(2 * NAMES.size() + 1);
    }

    /** Read out of what is packed: a program that is not there, or without its licences, would be found by nobody else. */
    @Test
    void eachBringsItsPagesItsCompletionItsBillAndNoCache() throws Exception {
        Products products =
                new Products(TARGET, TARGET.resolveSibling("src/main"), "1.2.3-SNAPSHOT", Instant.parse(MADE));
        Map<String, String> programs = Map.of(
                "drydock-agent", "drydock-agent.8",
                "drydock-controller", "drydock-controller.8",
                "drydock-cli", "drydock.1");
        for (Software software : products.all(List.of())) {
            Map<String, Entry> files = software.tree().all();
            String page = Objects.requireNonNull(programs.get(software.name()));
            String program = page.replaceFirst("\\..*", "");
            assertThat(files)
                    .containsKeys(
                            "/usr/bin/" + program,
                            "/usr/share/man/man" + page.substring(page.length() - 1) + "/" + page + ".gz",
                            "/usr/share/bash-completion/completions/" + program,
                            "/usr/share/zsh/vendor-completions/_" + program);
            assertThat(files.keySet()).noneMatch(path -> path.endsWith(".aot"));
            Map<?, ?> bill = (Map<?, ?>) JsonReader.read(
                            Entry.bytes(Objects.requireNonNull(
                                    files.get("/usr/share/doc/" + software.name() + "/sbom.cdx.json"))),
                            64 << 20)
                    .plain();
            long jars = files.keySet().stream()
                    .filter(path -> path.endsWith(".jar") && path.contains("/lib/"))
                    .count();
            assertThat((List<?>) bill.get("components"))
                    .as("the jars, and Java")
                    .hasSize((int) jars + 1 - runtimeJars(files));
            assertThat(software.packageVersion()).isEqualTo("1.2.3~SNAPSHOT");
            new TreeMap<>(files).forEach((path, entry) -> {
                if (entry instanceof Entry.Link link) {
                    assertThat(link.target()).as(path).doesNotStartWith("/");
                }
            });
        }
    }

    private static int runtimeJars(Map<String, Entry> files) {
        return (int) files.keySet().stream()
                .filter(path -> path.contains("/runtime/") && path.endsWith(".jar"))
                .count();
    }
}
