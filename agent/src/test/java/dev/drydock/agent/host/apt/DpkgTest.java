package dev.drydock.agent.host.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Output;
import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.testing.Unexpected;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often dpkg is asked; the answers of a real one are the lab's. */
class DpkgTest {
    private static final Job JOB = Job.quiet(Duration.ofSeconds(10));

    @TempDir
    Path root;

    private final List<List<String>> asked = new ArrayList<>();
    private String packages = "ok\tall\t1.0\tii \nheld\tamd64\t2.0\thi \n";
    private Dpkg dpkg;

    @BeforeEach
    void open() throws Exception {
        HostFiles files = new HostFiles(root);
        Files.createDirectories(root.resolve("var/lib/dpkg/updates"));
        Files.writeString(root.resolve("var/lib/dpkg/status"), packages);
        dpkg = new Dpkg(new Asked(), files, new AptInputs(files));
    }

    private final class Asked implements Commands {
        @Override
        public Result run(Command command, Output output) {
            asked.add(command.argv());
            return new Result(0, false, command.argv().contains("--print-architecture") ? "amd64\n" : packages, "");
        }

        @Override
        public void requireProgram(String program) {
            throw Unexpected.call();
        }
    }

    @Test
    void isAskedForAllPackagesAgainOnceItsDatabaseChanged() throws Exception {
        List<InstalledPackage> before = dpkg.listing(JOB);
        assertThat(dpkg.present(JOB)).isEqualTo(before);
        assertThat(asked).hasSize(1);

        packages = "ok\tall\t1.10\tii \nheld\tamd64\t2.0\thi \n";
        Files.writeString(root.resolve("var/lib/dpkg/status"), packages);
        assertThat(dpkg.listing(JOB)).extracting(InstalledPackage::version).containsExactly("2.0", "1.10");
        assertThat(asked).hasSize(2);
    }

    /** dpkg writes a change there first, and only later into its database. */
    @Test
    void isAskedAgainWhileItIsInTheMiddleOfAChange() throws Exception {
        dpkg.listing(JOB);
        Files.writeString(root.resolve("var/lib/dpkg/updates/0000"), "");
        dpkg.listing(JOB);
        assertThat(asked).hasSize(2);
    }

    @Test
    void auditsAgainOnceAPackageOrItsFilesChanged() throws Exception {
        packages = " broken  is half installed\n";
        Path info = Files.createDirectories(root.resolve("var/lib/dpkg/info"));
        assertThat(dpkg.audit(JOB)).isEqualTo(dpkg.audit(JOB)).containsExactly("broken");
        assertThat(asked).hasSize(1);

        packages = "";
        Files.setLastModifiedTime(info, FileTime.fromMillis(1_000_000_000_000L));
        assertThat(dpkg.audit(JOB)).isEmpty();
        Files.writeString(root.resolve("var/lib/dpkg/status"), "it is whole");
        dpkg.audit(JOB);
        assertThat(asked).hasSize(3);
    }

    /** That is no question to dpkg, so it is not remembered. */
    @Test
    void noticesAnInterruptedChangeByItself() throws Exception {
        packages = "";
        assertThat(dpkg.audit(JOB)).isEmpty();
        Files.writeString(root.resolve("var/lib/dpkg/updates/0000"), "");
        assertThat(dpkg.audit(JOB)).containsExactly("(dpkg was interrupted in the middle of a change)");
        Files.delete(root.resolve("var/lib/dpkg/updates/0000"));
        assertThat(dpkg.audit(JOB)).isEmpty();
    }

    @Test
    void saysItsArchitectureOnce() throws Exception {
        assertThat(dpkg.nativeArch(JOB)).isEqualTo("amd64");
        assertThat(dpkg.nativeArch(JOB)).isEqualTo("amd64");
        assertThat(asked).hasSize(1);
    }

    @Test
    void knowsWhatIsOnHold() throws Exception {
        assertThat(dpkg.listing(JOB))
                .filteredOn(DpkgListing::isHeld)
                .extracting(p -> p.id().name())
                .containsExactly("held");
    }
}
