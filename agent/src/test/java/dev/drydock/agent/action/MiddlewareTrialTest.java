package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.LocalCommands;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.packages.FakePackageManager;
import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.host.packages.PackageId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The profile of PHP on a host that has PHP without FPM, and on one whose FPM has lost its service. */
class MiddlewareTrialTest {
    @TempDir
    Path root;

    private final FakePackageManager packages = new FakePackageManager() {
        @Override
        public String name() {
            return "apt";
        }
    };
    private MiddlewareTrial trial;

    @BeforeEach
    void install() throws Exception {
        packages.installed =
                List.of(new InstalledPackage(new PackageId("php8.2-common", "amd64"), "8.2.29-1~deb12u1", "ii", true));
        Files.createDirectories(root.resolve("etc/php/8.2"));
        HostFiles files = new HostFiles(root.toRealPath());
        trial = new MiddlewareTrial(
                new ManagedHost(files, new LocalCommands(files), new FakeServices(), Optional.of(packages)));
    }

    @Test
    void phpWithoutFpmIsWell() throws Exception {
        assertThat(trial.of(List.of("php"))).singleElement().satisfies(finding -> {
            assertThat(finding.problems()).isEmpty();
            assertThat(finding.lines().get("services")).containsExactly("php8.2-fpm is not installed");
        });
    }

    @Test
    void anFpmWithoutItsServiceIsAProblem() throws Exception {
        Path fpm = Files.createDirectories(root.resolve("usr/sbin")).resolve("php-fpm8.2");
        Files.createFile(fpm, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        assertThat(trial.of(List.of("php"))).singleElement().satisfies(finding -> assertThat(finding.problems())
                .contains("there is no service php8.2-fpm"));
    }

    @Test
    void configurationOfWhichNothingIsThereIsAProblem() throws Exception {
        packages.installed =
                List.of(new InstalledPackage(new PackageId("nginx", "amd64"), "1.22.1-9+deb12u11", "ii", true));
        assertThat(trial.of(List.of("nginx"))).singleElement().satisfies(finding -> assertThat(finding.problems())
                .contains("configuration /etc/nginx is not there"));

        Files.createDirectories(root.resolve("etc/nginx"));

        assertThat(trial.of(List.of("nginx"))).singleElement().satisfies(finding -> {
            assertThat(finding.problems()).noneMatch(problem -> problem.contains("configuration"));
            assertThat(finding.lines().get("not there")).containsExactly("/var/www/html/index.nginx-debian.html");
        });
    }
}
