package dev.drydock.e2e.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LabExtension.class)
class LabHostIT {
    /** Prints the first pending package that updates without taking others along and whose old version is in the archive. */
    private static final String LONE_UPDATE = """
            cd /tmp && while read -r name old new; do
              [ "$(apt-get -s install --only-upgrade "$name" | grep -c '^Inst')" = 1 ] || continue
              apt-get download -qq "$name=$old" >/dev/null 2>&1 && echo "$name" && exit 0
            done < /srv/pending-updates
            exit 1
            """;

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
            String name = host.sh(LONE_UPDATE).strip();
            String old = host.version(name);

            host.install(name);
            assertThat(host.version(name)).isEqualTo(host.pendingAtBirth().get(name));
            assertThat(host.dpkgList()).isNotEqualTo(before);

            host.install(name + "=" + old);
            assertThat(host.dpkgList()).isEqualTo(before);
        }
    }

    @Test
    void someOldPackagesAreInNoArchiveAnyMore(Lab lab) {
        try (LabHost host = lab.bareHost("left-out")) {
            host.start();

            String old = host.version("openssl");
            assertThat(host.trySh("cd /tmp && apt-get download openssl=" + old).getExitCode())
                    .as("the old openssl is left out, so that the way back has to be made from the installed files")
                    .isNotZero();
        }
    }

    @Test
    void theWebHostServesPhpAndBothDatabasesAndHasUpdatesForThem(Lab lab) {
        try (LabHost host = lab.webHost("web")) {
            host.start();

            for (String unit : List.of("nginx", "php8.2-fpm", "mariadb", "postgresql@15-main")) {
                assertThat(host.unitState(unit)).as(unit).isEqualTo("active");
            }
            assertThat(host.sh("mariadb -NBe 'select user()'")).isEqualTo("root@localhost");
            assertThat(host.sh("runuser -u postgres -- psql -Atc 'show server_encoding'"))
                    .isEqualTo("UTF8");
            assertThat(host.sh("php -m").lines())
                    .contains("curl", "dom", "gd", "intl", "mbstring", "mysqli", "SimpleXML", "zip");
            assertThat(host.pendingAtBirth()).containsKeys("mariadb-server", "php8.2-fpm", "postgresql-15", "nginx");
            assertThat(host.pendingNow().lines())
                    .hasSameSizeAs(host.pendingAtBirth().keySet());
        }
    }
}
