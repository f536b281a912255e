package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Run;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * {@code allowMajor}. Debian has one series of MariaDB, so its pending update is packed anew with the version number of a next one:
 * the number alone is of a next series, the program is not.
 */
@WithFleet
@TestMethodOrder(OrderAnnotation.class)
class MajorUpdateIT {
    private static final String NEXT = "1:11.4.9-0lab1";

    private static Fleet fleet;
    private static LabHost host;
    private static String before;

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
        host = fleet.enrolledWeb("series");
        host.sh("""
                set -e
                mkdir -p /srv/next-series && cd /srv/next-series
                dpkg-deb -R /srv/debian-security/pool/updates/main/m/mariadb/mariadb-server_*.deb tree
                sed -i 's/^Version: .*/Version: %s/' tree/DEBIAN/control
                dpkg-deb -Zgzip -z1 --root-owner-group -b tree mariadb-server.deb >/dev/null
                { dpkg-deb -f mariadb-server.deb; echo Filename: ./mariadb-server.deb
                  echo Size: $(stat -c %%s mariadb-server.deb)
                  echo SHA256: $(sha256sum <mariadb-server.deb | cut -d ' ' -f 1); } >Packages
                echo 'deb [trusted=yes] file:/srv/next-series ./' >/etc/apt/sources.list.d/next-series.list
                mariadb -e "create database shop; use shop; create table posts as select seq as id, md5(seq) as title from seq_1_to_3000"
                """.formatted(NEXT));
        before = state();
    }

    private static String state() {
        return versions() + "\n" + contents();
    }

    private static String versions() {
        return host.sh("dpkg-query -W 'mariadb*' libmariadb3; ls /usr/sbin/policy-rc.d 2>&1 || true");
    }

    private static String contents() {
        return host.sh("""
                mariadb -NBe 'show databases; checksum table shop.posts'
                mariadb -NBe "select user, host from mysql.user order by 1"
                find /etc/mysql -type f -print0 | sort -z | xargs -0 sha256sum
                systemctl is-active mariadb
                """);
    }

    private static Run run(String name, boolean allowMajor) {
        return fleet.run(name, Playbooks.header(name) + """
                  steps:
                    - name: MariaDB
                      middleware.update: {of: [mariadb], allowMajor: %s}
                      timeout: 10m
                      rollbackTimeout: 10m
                  verify:
                    - service.active: [mariadb]
                """.formatted(allowMajor), host);
    }

    @Test
    @Order(1)
    void whatOnlyByItsVersionNumberIsANextSeriesIsNotTakenWithoutTheWord() {
        Run run = run("no-word", false);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.REFUSED);
        assertThat(run.toString()).contains("this would take mariadb from 10.11 to 11.4", "allowMajor: true");
        assertThat(state()).isEqualTo(before);
    }

    /** A row that breaks a rule which was switched off when it was written: it can be dumped, and nowhere be read in. */
    @Test
    @Order(2)
    void withADatabaseWhoseBackupDoesNotRestoreItIsRefusedWithNothingChanged() {
        host.sh("mariadb -e \"create database strict; create table strict.prices (price int, check (price > 0));"
                + " set check_constraint_checks = 0; insert into strict.prices values (-1)\"");
        String with = state();

        Run run = run("no-backup", true);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.REFUSED);
        assertThat(run.toString()).contains("CONSTRAINT_1");
        assertThat(state()).isEqualTo(with);
        host.sh("mariadb -e 'drop database strict'");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    @Order(3)
    void withABackupThatRestoresWhatOnlyByItsVersionNumberIsANextSeriesIsTaken() {
        String data = contents();

        Run run = run("next-series", true);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(fleet.cli().ok("run", "logs", run.getId()))
                .contains("Backup of mariadb 10.11: database shop: 1 tables with 3000 rows restored and compared");
        assertThat(host.version("mariadb-server")).isEqualTo(NEXT);
        assertThat(contents()).isEqualTo(data);
        assertThat(versions()).contains("cannot access '/usr/sbin/policy-rc.d'");
    }
}
