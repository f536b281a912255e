package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Run;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code middleware.update} where rpm rules: Debian's builds of dnf and zypper, and Debian's nginx, Redis and MariaDB, old and
 * updated, packed as Red Hat packs them (for zypper Redis as SUSE does). What the new package brings besides is a test's fault, by its {@code %post}.
 */
@WithFleet
@TestMethodOrder(OrderAnnotation.class)
class RpmMiddlewareIT {
    private static final String SHOP = "checksum table shop.posts";

    private static Fleet fleet;
    private static final Map<String, LabHost> HOSTS = new TreeMap<>();

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
        for (String manager : new String[] {"dnf", "zypper"}) {
            HOSTS.put(manager, fleet.enrolledRpm(manager));
        }
        HOSTS.values().forEach(host -> host.sh("redis-cli set greeting hello"));
        host("dnf")
                .sh("mariadb -e 'create database shop; use shop;"
                        + " create table posts as select seq as id, md5(seq) as title from seq_1_to_3000'");
    }

    private static LabHost host(String manager) {
        return Objects.requireNonNull(HOSTS.get(manager));
    }

    /** Exact packages by the checksums of their headers, their files, configuration, services, and what each of them serves. */
    private static String state(LabHost host) {
        return host.sh("""
                rpm -qa --qf '%{NAME}-%{VERSION}-%{RELEASE} %{SHA256HEADER}\\n' | sort
                rpm -V --nomtime nginx redis
                find /etc/nginx /etc/redis /etc/my.cnf* -type f -print0 2>/dev/null | sort -z | xargs -0 sha256sum
                systemctl list-units --no-legend --plain 'nginx*' 'redis*' 'mariadb*'
                redis-cli info server | grep redis_build_id
                redis-cli get greeting
                if [ -e /etc/my.cnf ]; then rpm -V --nomtime mariadb mariadb-common mariadb-server
                  mariadb -NBe 'select version(); show databases'; fi
                curl -s http://localhost/
                ls /var/lib/drydock-unfinished-packages 2>&1
                true
                """);
    }

    private static Run run(LabHost host, String name, String of) {
        return fleet.run(
                name, Playbooks.header(name, host.name().equals("dnf") ? "rhel" : "suse") + """
                  steps:
                    - name: Middleware
                      middleware.update: {of: [%s], settle: 10s}
                      timeout: 10m
                      rollbackTimeout: 10m
                  verify:
                    - http.check: {url: "http://localhost/", contains: "nginx ", grace: 2s}
                """.formatted(of), host);
    }

    /** Shell commands at the end of what the package's new version does when it is installed. */
    private static void fault(LabHost host, String aPackage, String commands) {
        host.put("/srv/lab-fault-" + aPackage, commands + "\n", 0644);
    }

    private static Run goesBack(LabHost host, String name, String of) {
        String before = state(host);
        Run run = run(host, name, of);
        host.sh("rm /srv/lab-fault-*");
        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(state(host)).isEqualTo(before);
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"dnf", "zypper"})
    @Order(1)
    void aConfigurationThatTheNewNginxDoesNotTakeGoesBack(String manager) {
        LabHost host = host(manager);
        fault(
                host,
                "nginx",
                "echo 'no_such_directive on;' >/etc/nginx/conf.d/lab-fault.conf; echo '# lab' >>/etc/nginx/nginx.conf");

        Run run = goesBack(host, manager + "-bad-nginx", "nginx");

        assertThat(run.toString())
                .contains("the configuration of nginx 1.22 is not valid with the new version", "no_such_directive");
    }

    @Test
    @Order(2)
    void nginxAndAnInstanceOfRedisAreUpdatedByZypper() {
        LabHost host = host("zypper");
        assertThat(host.sh("curl -s http://localhost/")).isEqualTo("nginx 1.22.1-1");

        Run run = run(host, "zypper-both", "nginx, redis");

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        requireNewNginx(host);
        requireNewRedis(host);
    }

    private static void requireNewRedis(LabHost host) {
        assertThat(host.sh("rpm -q --qf '%{RELEASE}' redis; rpm -V redis")).isEqualTo("2");
        assertThat(host.sh("redis-cli info server | tr -d '\\r' | sed -n 's/^redis_build_id://p'"))
                .as("the program that runs is the one on the disk")
                .isEqualTo(host.sh("redis-server --version | sed 's/.*build=//'"));
        assertThat(host.sh("redis-cli get greeting")).isEqualTo("hello");
    }

    private static void requireNewNginx(LabHost host) {
        assertThat(host.sh("rpm -q --qf '%{RELEASE}' nginx; rpm -V nginx")).isEqualTo("2");
        assertThat(host.sh("curl -s http://localhost/")).isEqualTo("nginx 1.22.1-2");
        assertThat(host.sh("readlink /proc/$(cat /run/nginx.pid)/exe"))
                .as("the program that runs is the one on the disk")
                .isEqualTo("/usr/sbin/nginx");
    }

    /** The database starts, and has nothing; the cache does not start. */
    @Test
    @Order(3)
    void aCacheThatDoesNotStartAndADatabaseThatHasLostItsDataGoBack() {
        LabHost host = host("dnf");
        String posts = host.sh("mariadb -NBe '" + SHOP + "'");
        fault(host, "redis", "echo 'no-such-option yes' >>/etc/redis/redis.conf");
        fault(host, "mariadb-server", "rm -rf /var/lib/mysql/ibdata1 /var/lib/mysql/ib_logfile0 /var/lib/mysql/shop");

        Run run = goesBack(host, "bad-cache-and-database", "redis, mariadb");

        assertThat(host.sh("mariadb -NBe '" + SHOP + "'")).isEqualTo(posts);
        assertThat(run.getReason()).contains("redis");
        assertThat(run.toString()).contains("the data of mariadb 10.11 is the copy from before the update");
    }

    @Test
    @Order(4)
    void webServerCacheAndDatabaseAreUpdatedByDnfInOneRun() {
        LabHost host = host("dnf");
        String posts = host.sh("mariadb -NBe '" + SHOP + "'");

        Run run = run(host, "all", "nginx, redis, mariadb");

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        requireNewNginx(host);
        requireNewRedis(host);
        assertThat(host.sh("rpm -q --qf '%{RELEASE} ' mariadb mariadb-common mariadb-server"))
                .isEqualTo("2 2 2");
        assertThat(host.sh("mariadb -NBe 'select version()'"))
                .startsWith(host.sh("rpm -q --qf '%{VERSION}' mariadb-server"));
        assertThat(host.sh("mariadb -NBe '" + SHOP + "'")).isEqualTo(posts);
        assertThat(host.sh("drydock-agent middleware mariadb nginx redis"))
                .contains("mariadb is active", "nginx is active", "redis is active")
                .doesNotContain("PROBLEM");
    }
}
