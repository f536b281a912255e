package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.databases.SampleDatabases;
import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.AgentKiller;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.facts.v1.Middleware;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.Run;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code middleware.update} with real pending updates of nginx, PHP-FPM and MariaDB; what goes back leaves the host for the next. */
@WithFleet
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MiddlewareIT {
    private static final String ALL = "middleware.update: {of: [nginx, php, mariadb, postgresql]}";
    private static final String MARIADB = "middleware.update: {of: [mariadb]}";

    private static Fleet fleet;
    private static LabHost host;
    private static String before;

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
        host = fleet.enrolledWeb("stack");
        host.put("/etc/nginx/sites-enabled/stack", """
                server {
                    listen 8080;
                    root /srv/stack;
                    location / { fastcgi_pass unix:/run/php/php8.2-fpm.sock; include fastcgi_params;
                                 fastcgi_param SCRIPT_FILENAME /srv/stack/index.php; }
                }
                """, 0644);
        host.put(
                "/srv/stack/index.php",
                "<?php $db = new mysqli('localhost', 'stack', '', 'shop');"
                        + " echo 'posts ', $db->query('select count(*) from posts')->fetch_row()[0],"
                        + " extension_loaded('gd') ? ' gd' : '', \"\\n\";",
                0644);
        SampleDatabases.makeShop(host);
        SampleDatabases.makeLedger(host);
        host.sh(
                "mariadb -e \"drop event shop.tick; create user stack@localhost; grant select on shop.* to stack@localhost\"");
        host.sh("systemctl reload nginx");
        before = state();
        assertThat(before).contains("posts 3002 gd");
        assertThat(middleware()).as("what is on offer, before").hasSize(4).allSatisfy(one -> {
            assertThat(one.getSecurity()).as(one.toString()).isTrue();
            assertThat(one.getAvailableVersion())
                    .as(one.toString())
                    .isNotEmpty()
                    .isNotEqualTo(one.getInstalledVersion());
        });
    }

    /** Versions, contents, configuration, services, and what a visitor sees. */
    private static String state() {
        return host.sh("""
                dpkg-query -W 'nginx*' 'php8.2*' 'mariadb*' libmariadb3
                mariadb -NBe 'checksum table shop.posts, shop.files, shop.log'
                mariadb -NBe "select user, host from mysql.user order by 1"
                find /etc/nginx /etc/php /etc/mysql -type f -print0 | sort -z | xargs -0 sha256sum
                find /etc/nginx /etc/php /etc/mysql -type l -printf '%p %l\\n' | sort
                systemctl is-active nginx php8.2-fpm mariadb
                ls /usr/sbin/policy-rc.d 2>&1
                curl -s http://localhost:8080/
                """);
    }

    private static Run run(String name, String step) {
        return run(name, step, "http.check: {url: \"http://localhost:8080/\", contains: \"posts 3002 gd\", grace: 2s}");
    }

    private static Run run(String name, String step, String check) {
        return fleet.run(name, Playbooks.header(name) + """
                  steps:
                    - name: Middleware
                      %s
                      timeout: 10m
                      rollbackTimeout: 10m
                  verify:
                    - %s
                """.formatted(step, check), host);
    }

    private static void goesBack(Run run) {
        PackageFault.clear(host);
        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    @Order(1)
    void aMariadbThatDoesNotStartAfterItsUpdateGoesBackWithItsData() {
        host.put(
                "/etc/systemd/system/mariadb.service.d/lab.conf",
                "[Service]\nExecStartPre=/bin/sh -c '/usr/sbin/mariadbd --version | grep -qF "
                        + upstream("mariadb-server") + "'\n",
                0644);
        host.sh("systemctl daemon-reload");

        Run run = run("no-start", MARIADB);

        goesBack(run);
        assertThat(run.toString()).contains("database shop holds what it held", "checksum for checksum");
        host.sh("rm -r /etc/systemd/system/mariadb.service.d && systemctl daemon-reload");
    }

    @Test
    @Order(2)
    void dataThatTheOldProgramCannotReadIsReplacedByItsCopy() {
        PackageFault.onceNewer(
                host,
                "mariadb-server",
                "rm -f /var/lib/mysql/ibdata1 /var/lib/mysql/ib_logfile0\n" + "rm -rf /var/lib/mysql/shop");

        Run run = run("bad-data", MARIADB);

        goesBack(run);
        assertThat(run.getReason()).contains("mariadb 10.11 does not find what was there", "database shop is missing");
        assertThat(run.toString()).contains("the data of mariadb 10.11 is the copy from before the update");
    }

    @Test
    @Order(3)
    void aModuleThatDisappearsGoesBack() {
        PackageFault.onceNewer(host, "php8.2-common", "rm -f /etc/php/8.2/fpm/conf.d/20-gd.ini");

        Run run = run("no-module", "middleware.update: {of: [php], settle: 5s}");

        goesBack(run);
        assertThat(run.toString()).contains("is no longer so: php-fpm8.2 -m: gd");
    }

    @Test
    @Order(4)
    void aBrokenConfigurationOfTheWebServerGoesBackWithTheDatabase() {
        PackageFault.onceNewer(host, "nginx", "echo 'no_such_directive on;' > /etc/nginx/conf.d/lab-fault.conf");
        Run run = run("bad-nginx", "middleware.update: {of: [nginx, mariadb]}");

        goesBack(run);
        assertThat(run.toString()).contains("the configuration of nginx 1.22 is not valid with the new version");
    }

    @Test
    @Order(5)
    void aConfigurationThatIsBrokenBeforeIsRefusedWithNothingChanged() {
        host.sh("echo 'no_such_directive on;' > /etc/nginx/conf.d/lab-before.conf");

        Run run = run("bad-before", ALL);

        host.sh("rm /etc/nginx/conf.d/lab-before.conf");
        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.REFUSED);
        assertThat(run.toString()).contains("the configuration of nginx 1.22 is not valid before the change");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    @Order(6)
    void theAgentKilledWhileTheDatabaseIsDownForItsCopyPutsItUpAgain() {
        AgentKiller.when(host, "there(\"$run/steps/0/data-mariadb-10.11/copy-0\")");

        Run run = run("killed-copying", MARIADB);

        goesBack(run);
    }

    @Test
    @Order(7)
    void theAgentKilledWhilePackagesChangePutsAllBack() {
        AgentKiller.when(
                host,
                "there(\"/usr/sbin/policy-rc.d\") && qx(dpkg-query -W -f '\\${db:Status-Abbrev}' 'mariadb*') =~ /[UFH]/");

        Run run = run("killed-installing", MARIADB);

        goesBack(run);
    }

    /** The check holds as long as the old version is there. */
    @Test
    @Order(8)
    void postgresqlGoesBackWithItsDataToo() {
        String ledger = ledger();

        Run run = run(
                "ledger",
                "middleware.update: {of: [postgresql]}",
                "command.check: {argv: [/usr/bin/dpkg-query, -W, postgresql-15], contains: \""
                        + host.version("postgresql-15") + "\", grace: 1s}");

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(run.toString()).contains("database ledger holds what it held");
        assertThat(ledger()).isEqualTo(ledger);
    }

    private static String ledger() {
        return host.sh("runuser -u postgres -- pg_dump --restrict-key=lab ledger 2>/dev/null"
                + " || runuser -u postgres -- pg_dump ledger | grep -v '^.*restrict'; systemctl is-active postgresql@15-main;"
                + " dpkg-query -W 'postgresql*' libpq5");
    }

    @Test
    @Order(9)
    void allOfItIsUpdatedInOneRunAndTheSiteAnswersAsBefore() {
        Run run = run("all", ALL);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        for (String product : new String[] {"nginx", "php8.2-fpm", "php8.2-gd", "mariadb-server", "postgresql-15"}) {
            assertThat(host.version(product)).isEqualTo(host.pendingAtBirth().get(product));
        }
        assertThat(host.sh("mariadb -NBe 'select version()'")).startsWith(upstream("mariadb-server"));
        assertThat(host.sh("curl -s http://localhost:8080/")).isEqualTo("posts 3002 gd");
        assertThat(host.sh("ls /usr/sbin/policy-rc.d 2>&1 || true")).contains("No such file");
        assertThat(host.sh("mariadb -NBe 'checksum table shop.posts, shop.files, shop.log'"))
                .isEqualTo(before.lines()
                        .filter(line -> line.startsWith("shop."))
                        .reduce((a, b) -> a + "\n" + b)
                        .orElse(""));

        assertThat(host.sh("drydock-agent middleware"))
                .contains("mariadb 10.11", "php8.2-fpm.service unix /run/php/php8.2-fpm.sock", "postgresql 15")
                .doesNotContain("PROBLEM");
        requireTheFacts();

        Run again = run("again", ALL);
        assertThat(again.getState()).as(again.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(again.toString()).contains("no update is on offer");
    }

    /** Versions by the programs themselves, ends of life by the table of the makers' pages. */
    private static void requireTheFacts() {
        List<Middleware> facts = Awaitility.await("the facts")
                .atMost(Duration.ofMinutes(2))
                .until(MiddlewareIT::middleware, all -> all.stream()
                        .anyMatch(one -> one.getInstalledVersion().equals(host.version("mariadb-server"))));
        assertThat(facts.stream().map(one -> one.getName() + " " + one.getSeries() + " " + one.getEndOfLife()))
                .containsExactlyInAnyOrder(
                        "mariadb 10.11 2028-02-16",
                        "nginx 1.22 2023-04-11",
                        "php 8.2 2026-12-31",
                        "postgresql 15 2027-11-11");
        String told = host.sh("""
                nginx -v 2>&1 | sed 's|.*nginx/|nginx |'
                php -r 'echo "php ", PHP_VERSION, "\\n";'
                mariadb -NBe 'select concat("mariadb ", substring_index(version(), "-", 1))'
                echo "postgresql $(/usr/lib/postgresql/15/bin/postgres --version | grep -o '[0-9.]*' | head -n 1)"
                """);
        assertThat(facts.stream().map(one -> one.getName() + " " + one.getVersion()))
                .containsExactlyInAnyOrderElementsOf(told.lines().toList());
        assertThat(facts).allMatch(one -> one.getAvailableVersion().isEmpty() && !one.getSecurity());
    }

    private static List<Middleware> middleware() {
        return fleet.cli()
                .json(Host.getDefaultInstance(), "host", "show", host.name())
                .getFacts()
                .getMiddlewareList();
    }

    private static String upstream(String product) {
        return host.version(product).replaceAll("^[0-9]+:|-[^-]*$", "");
    }
}
