package dev.drydock.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.cli.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParcelsTest {
    @TempDir
    private Path folder;

    private Path agent() throws IOException {
        Path agent = folder.resolve("drydock-agent");
        Path server = Files.createDirectories(agent.resolve("runtime/lib/server"));
        Files.createDirectories(agent.resolve("bin"));
        Files.writeString(agent.resolve("VERSION"), "1.2.0\n");
        Files.writeString(agent.resolve("runtime/release"), "JAVA_VERSION=\"25\"\n");
        Path program = Files.writeString(agent.resolve("bin/drydock-agent"), "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        byte[] library = new byte[200];
        library[0] = 0x7f;
        library[1] = 'E';
        library[5] = 1;
        library[18] = (byte) 183;
        byte[] symbols = "GLIBC_2.2.5 GLIBC_2.17 GLIBC_2.9".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        System.arraycopy(symbols, 0, library, 100, symbols.length);
        Files.write(server.resolve("libjvm.so"), library);
        return agent;
    }

    @Test
    void aFolderTellsWhatItIsBuiltFor() throws IOException {
        Parcel parcel = Parcels.of(List.of(agent())).getFirst();

        assertThat(parcel.kind()).isEqualTo(Parcel.Kind.FOLDER);
        assertThat(parcel.version()).isEqualTo("1.2.0");
        assertThat(parcel.arch()).isEqualTo("aarch64");
        assertThat(parcel.glibc()).contains(new GlibcVersion(2, 17));
    }

    @Test
    void packagesTellByTheirNames() throws IOException {
        Path deb = Files.writeString(folder.resolve("drydock-agent_0.1.0~SNAPSHOT_amd64.deb"), "x");
        Path rpm = Files.writeString(folder.resolve("drydock-agent-1.2.0-1.aarch64.rpm"), "x");

        assertThat(Parcels.of(List.of(deb, rpm)))
                .containsExactly(
                        new Parcel(Parcel.Kind.DEB, deb, "0.1.0~SNAPSHOT", "x86_64", Optional.empty(), 4),
                        new Parcel(Parcel.Kind.RPM, rpm, "1.2.0-1", "aarch64", Optional.empty(), 4));
    }

    @Test
    void packagesGoBeforeTheFolderAndOtherFilesDoNotCount() throws IOException {
        agent();
        Files.createDirectories(folder.resolve("packages"));
        Files.writeString(folder.resolve("packages/drydock-agent_1.2.0_amd64.deb"), "x");
        Files.writeString(folder.resolve("packages/drydock-cli_1.2.0_amd64.deb"), "x");

        assertThat(Parcels.beside(folder.resolve("drydock")))
                .extracting(Parcel::kind)
                .containsExactly(Parcel.Kind.DEB, Parcel.Kind.FOLDER);
    }

    @Test
    void whatIsNoAgentIsRefused() {
        assertThatThrownBy(() -> Parcels.of(List.of(folder)))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("is no folder of an agent");
        assertThatThrownBy(() -> Parcels.of(List.of(folder.resolve("none.deb"))))
                .hasMessageContaining("there is no such file");
    }

    /** By the tar of this machine, with names longer than the format's first field, links, modes and times. */
    @Test
    void theArchiveHoldsTheFolderAsItIs() throws IOException, InterruptedException {
        Path agent = agent();
        Path deep = Files.createDirectories(agent.resolve("d".repeat(60)).resolve("e".repeat(60)));
        Files.writeString(deep.resolve("f".repeat(30)), "x".repeat(1000));
        Files.createSymbolicLink(agent.resolve("link"), Path.of("VERSION"));
        Files.setLastModifiedTime(agent.resolve("VERSION"), FileTime.from(Instant.parse("2026-11-23T00:00:00Z")));
        Path target = Files.createDirectory(folder.resolve("target"));

        try (ParcelFiles files = new ParcelFiles()) {
            Path archive = files.file(Parcels.of(List.of(agent)).getFirst());
            Process tar = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", target.toString()).start();
            assertThat(tar.waitFor()).isZero();
        }

        Process diff =
                new ProcessBuilder("diff", "-r", "--no-dereference", agent.toString(), target.toString()).start();
        assertThat(new String(diff.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(diff.waitFor()).isZero();
        assertThat(target.resolve("bin/drydock-agent")).isExecutable();
        assertThat(Files.getLastModifiedTime(target.resolve("VERSION")).toInstant())
                .isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
    }
}
