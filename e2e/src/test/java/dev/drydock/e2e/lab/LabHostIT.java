package dev.drydock.e2e.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LabExtension.class)
class LabHostIT {
    @Test
    void isARealHostWithPendingSecurityUpdates(Lab lab) {
        try (LabHost host = lab.bareHost("bare")) {
            host.start();

            assertThat(host.unitState("nginx")).isEqualTo("active");
            assertThat(host.sh("curl -s -o /dev/null -w '%{http_code}' http://localhost/"))
                    .isEqualTo("200");
            assertThat(host.pendingAtBirth()).containsKeys("openssl", "libssl3", "nginx");
            assertThat(host.pendingNow().lines())
                    .hasSameSizeAs(host.pendingAtBirth().keySet());
            assertThat(host.pendingNow()).contains("Debian-Security");
        }
    }

    @Test
    void updatesAndGoesBackWithoutANetwork(Lab lab) {
        try (LabHost host = lab.bareHost("offline")) {
            host.start();
            host.cutNetwork();
            String before = host.dpkgList();
            String old = host.version("libssl3");

            host.install("libssl3");
            assertThat(host.version("libssl3")).isEqualTo(host.pendingAtBirth().get("libssl3"));

            assertThat(host.trySh("cd /tmp && apt-get download openssl=" + old).getExitCode())
                    .as("the old openssl is left out, so that the way back has to be made from the installed files")
                    .isNotZero();
            host.install("libssl3=" + old);
            assertThat(host.dpkgList()).isEqualTo(before);
        }
    }
}
