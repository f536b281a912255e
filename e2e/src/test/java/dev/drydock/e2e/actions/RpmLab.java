package dev.drydock.e2e.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.packages.PackageManager;
import dev.drydock.e2e.lab.LabExtension;
import dev.drydock.e2e.lab.LabRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A system that lives by rpm, in a root directory, with what it was like before a test: Debian's builds of dnf, zypper and
 * rpm, and a repository of the lab's own.
 */
@ExtendWith(LabExtension.class)
abstract class RpmLab {
    final String manager;

    @TempDir
    Path directory;

    @TempDir
    Path workDir;

    LabRoot root;
    String listed = "";
    Set<String> files = Set.of();

    /** @param manager {@code dnf} or {@code zypper} */
    @SuppressWarnings("NullAway.Init") // unpacked before each test
    RpmLab(String manager) {
        this.manager = manager;
    }

    @BeforeEach
    void unpack() {
        root = LabRoot.unpackRpm(directory, manager);
        listed = list();
        files = inventory();
    }

    @AfterEach
    void remove() {
        root.close();
    }

    /** Exact packages by the checksums of their headers, and every file of the system. */
    final void requireAsBefore() throws Exception {
        assertThat(list()).isEqualTo(listed);
        assertThat(LabRoot.difference(files, inventory())).isEmpty();
        assertThat(packages().audit(quiet())).isEmpty();
        assertThat(root.file("/var/lib/drydock-unfinished-packages")).doesNotExist();
        assertThat(root.sh("ls /var/cache")).doesNotContain("drydock");
    }

    final String list() {
        return root.sh("rpm -qa --qf '%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH} %{SHA256HEADER}\\n' | sort");
    }

    final Set<String> inventory() {
        return root.inventory("/usr/share", "/usr/bin", "/etc");
    }

    final PackageManager packages() throws IOException {
        return ManagedHost.open(root.path()).packages().orElseThrow();
    }

    static Job quiet() {
        return Job.quiet(Duration.ofMinutes(2));
    }

    final Step step(Map<String, Object> args) {
        return new Step(root.path(), workDir, "os.packages", new HashMap<>(args));
    }
}
