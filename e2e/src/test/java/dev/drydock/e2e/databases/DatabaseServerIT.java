package dev.drydock.e2e.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.lab.Lab;
import dev.drydock.e2e.lab.LabExtension;
import dev.drydock.e2e.lab.LabHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The agent's port to databases, on the real servers. */
@ExtendWith(LabExtension.class)
class DatabaseServerIT {
    @Test
    void aRestoredMariadbDatabaseIsExactlyWhatWasDumped(Lab lab) {
        try (ProbedHost host = ProbedHost.start(lab, "mariadb")) {
            SampleDatabases.makeShop(host.host());

            provesAndRestores(host, "mariadb", SampleDatabases.SHOP, SampleDatabases::changeShop);

            assertThat(host.host().sh("mariadb -NBe \"show create event shop.tick\""))
                    .contains("ENABLE")
                    .doesNotContain("DISABLE");
        }
    }

    @Test
    void aRestoredPostgresqlDatabaseIsExactlyWhatWasDumped(Lab lab) {
        try (ProbedHost host = ProbedHost.start(lab, "postgresql")) {
            SampleDatabases.makeLedger(host.host());

            provesAndRestores(host, "postgresql", SampleDatabases.LEDGER, SampleDatabases::changeLedger);

            assertThat(host.host()
                            .sh("runuser -u postgres -- psql -Atc \"select pg_get_userbyid(datdba) from pg_database"
                                    + " where datname='ledger'\""))
                    .as("its owner")
                    .isEqualTo("bookkeeper");
        }
    }

    private interface Change {
        void make(LabHost host);
    }

    private static void provesAndRestores(ProbedHost host, String engine, String database, Change change) {
        String before = host.probe("state", engine, database);
        assertThat(before).contains("totals", "log=0 rows", "=3 rows");

        host.probe("dump", engine, database, "/root/dump");
        assertThat(host.probe("trial", engine, database, "/root/dump")).isEqualTo("[]");
        change.make(host.host());
        assertThat(host.probe("trial", engine, database, "/root/dump")).contains("newcomer is missing", "totals");
        String changed = host.probe("state", engine, database);

        host.host().sh("head -c $(($(stat -c %s /root/dump) - 40)) /root/dump > /root/cut");
        assertThat(host.failure("restore", engine, database, "/root/cut")).contains("is not whole");
        assertThat(host.probe("state", engine, database))
                .as("a dump that is cut off has touched nothing")
                .isEqualTo(changed);

        host.probe("restore", engine, database, "/root/dump");
        assertThat(host.probe("state", engine, database)).isEqualTo(before);
        assertThat(host.failure("query", engine, database, "SELECT 1 INTO newcomer"))
                .isNotEmpty();
        assertThat(host.probe("query", engine, database, "SELECT 6 * 7")).isEqualTo("[[42]]");
    }
}
