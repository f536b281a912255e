package dev.drydock.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.packages.PackageManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageManagersTest {
    @TempDir
    Path root;

    /** A system with the tools of all families. */
    @BeforeEach
    void installAll() throws IOException {
        for (String file : new String[] {
            "usr/bin/apt-get", "usr/bin/dnf", "usr/bin/zypper", "var/lib/dpkg/status", "var/lib/rpm/rpmdb.sqlite"
        }) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), "x");
        }
        Files.createDirectories(root.resolve("etc"));
    }

    @ParameterizedTest
    @CsvSource({"debian,apt", "ubuntu,apt", "rocky,dnf", "fedora,dnf", "opensuse-leap,zypper", "sles,zypper", "arch,apt"
    })
    void whereSeveralAreThereTheSystemsFamilyDecides(String id, String manager) throws Exception {
        assertThat(found(id)).contains(manager);
    }

    @Test
    void anotherFamilysToolsAreNoReplacementForItsOwn() throws Exception {
        Files.delete(root.resolve("usr/bin/zypper"));
        assertThat(found("sles")).isEmpty();
    }

    @Test
    void theDnfThatIsAnotherProgramIsNotUnderstood() throws Exception {
        Files.delete(root.resolve("usr/bin/dnf"));
        Files.writeString(root.resolve("usr/bin/dnf5"), "x");
        Files.createSymbolicLink(root.resolve("usr/bin/dnf"), Path.of("dnf5"));
        assertThat(found("fedora")).isEmpty();
    }

    @Test
    void aDatabaseInWhichNobodyWroteIsNone() throws Exception {
        Files.delete(root.resolve("var/lib/rpm/rpmdb.sqlite"));
        Files.writeString(root.resolve("var/lib/rpm/.rpm.lock"), "");
        assertThat(found("rocky")).isEmpty();
        Files.createDirectories(root.resolve("usr/lib/sysimage/rpm"));
        Files.writeString(root.resolve("usr/lib/sysimage/rpm/Packages.db"), "x");
        assertThat(found("rocky")).contains("dnf");
    }

    private Optional<String> found(String id) throws IOException {
        Files.writeString(root.resolve("etc/os-release"), "ID=" + id + "\n");
        return ManagedHost.open(root).packages().map(PackageManager::name);
    }
}
