package dev.drydock.agent.host.apt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Output;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.testing.Unexpected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that lie there before anything is downloaded, with an apt that takes every file of the right size, as the real one does. */
class DebStoreTest {
    private static final String RIGHT = "the package";
    private static final PackageChange CHANGE = new PackageChange(new PackageId("p", "all"), "", "1:2.0", true, "lab");
    private static final String FILE = "p_1%3a2.0_all.deb";

    @TempDir
    Path into;

    private final List<String> downloads = new ArrayList<>();
    private boolean archiveIsGone;
    private DebStore store;

    @BeforeEach
    void open() {
        HostFiles files = new HostFiles(Path.of("/"));
        Apt apt = new Apt(new FakeApt());
        AptInputs inputs = new AptInputs(files);
        Dpkg dpkg = new Dpkg(new FakeApt(), files, inputs);
        store = new DebStore(
                apt, new AptPlanner(apt, dpkg, inputs), new DebFile(apt), new Repacker(apt, dpkg, files), files);
    }

    private final class FakeApt implements Commands {
        @Override
        public Result run(Command command, Output output) throws IOException {
            List<String> argv = command.argv();
            if (argv.contains("--print-uris")) {
                assertThat(argv).startsWith("env", "-C", "/").endsWith("download", "p=1:2.0");
                return ok("'http://archive/p.deb' " + FILE + " " + RIGHT.length() + " SHA512:" + sha512() + "\n");
            }
            if (argv.contains("download")) {
                downloads.add(argv.getLast());
                Path file = Path.of(argv.get(2)).resolve(FILE);
                if (!Files.exists(file) || Files.size(file) != RIGHT.length()) {
                    if (archiveIsGone) {
                        return new Result(100, false, "", "E: Failed to fetch");
                    }
                    Files.writeString(file, RIGHT);
                }
                return ok("");
            }
            if (argv.contains("--field")) {
                return ok("Package: p\nArchitecture: all\nVersion: 1:2.0\n");
            }
            throw Unexpected.call();
        }

        @Override
        public void requireProgram(String program) {
            throw Unexpected.call();
        }

        private static Result ok(String stdout) {
            return new Result(0, false, stdout, "");
        }

        private static String sha512() {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-512").digest(RIGHT.getBytes(StandardCharsets.UTF_8)));
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void whatIsNotThereIsDownloaded() throws Exception {
        assertThat(fetch().file()).isEqualTo(FILE);
        assertThat(downloads).containsExactly("p=1:2.0");
    }

    @Test
    void whatIsThereAsTheIndexHasItIsTakenWithoutTheArchive() throws Exception {
        archiveIsGone = true;
        Files.writeString(into.resolve(FILE), RIGHT);
        assertThat(fetch().source()).isEqualTo("archive");
        assertThat(downloads).isEmpty();
    }

    @Test
    void aFileOfTheRightSizeThatWasTamperedWithIsDownloadedAgain() throws Exception {
        Files.writeString(into.resolve(FILE), "the PACKAGE");
        fetch();
        assertThat(into.resolve(FILE)).hasContent(RIGHT);
        assertThat(downloads).hasSize(1);
    }

    @Test
    void aFileThatWasCutShortIsDownloadedAgain() throws Exception {
        Files.writeString(into.resolve(FILE), "the");
        fetch();
        assertThat(into.resolve(FILE)).hasContent(RIGHT);
    }

    @Test
    void aWrongFileIsNoUseWithoutTheArchive() throws Exception {
        archiveIsGone = true;
        Files.writeString(into.resolve(FILE), "the PACKAGE");
        assertThatThrownBy(this::fetch).isInstanceOf(HostException.class).hasMessageContaining("downloading");
        assertThat(into.resolve(FILE)).doesNotExist();
    }

    @Test
    void sumsThatNobodyShouldRelyOnDoNotCount() {
        assertThat(DebSum.parse("'http://a/x' x_1_all.deb 5 MD5Sum:0123\nReading...\n"))
                .isEmpty();
        assertThat(DebSum.parse("'http://a/x y' x_1_all.deb 5 SHA256:00AF\n"))
                .containsEntry("x_1_all.deb", new DebSum(5, "SHA-256", "00af"));
    }

    private PackageFile fetch() throws Exception {
        return store.fetch(List.of(CHANGE), into, Job.quiet(Duration.ofSeconds(30)))
                .getFirst();
    }
}
