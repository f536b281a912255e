package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Run;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code middleware.update} of Apache with PHP as a module of it, and of Redis, with their real pending updates. */
@WithFleet
@TestMethodOrder(OrderAnnotation.class)
class ApacheIT {
    private static final String[] PRODUCTS = {"apache2", "apache2-bin", "libapache2-mod-php8.2", "redis-server"};

    private static Fleet fleet;
    private static LabHost host;
    private static final Map<String, String> ON_OFFER = new TreeMap<>();

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
        host = fleet.enrolled("apache");
        // A container has no user namespaces to give.
        host.put("/etc/systemd/system/redis-server.service.d/lab.conf", "[Service]\nPrivateUsers=no\n", 0644);
        host.sh("systemctl disable --quiet --now nginx");
        host.sh("DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o"
                + " Dpkg::Options::=--force-unsafe-io --target-release bookworm apache2 libapache2-mod-php8.2 redis-server"
                + " >/root/install.log 2>&1 || { tail -n 5 /root/install.log >&2; exit 1; }");
        host.put("/etc/apache2/conf-enabled/lab.conf", "ServerName localhost\n", 0644);
        host.put("/var/www/html/index.php", "<?php echo 'PHP ', PHP_VERSION, ' in ', php_sapi_name();", 0644);
        host.sh("rm /var/www/html/index.html; systemctl reload apache2; redis-cli set greeting hello");
        for (String product : PRODUCTS) {
            ON_OFFER.put(product, host.sh("apt-cache policy " + product + " | sed -n 's/^ *Candidate: //p'"));
            assertThat(host.version(product)).isNotEmpty().isNotEqualTo(onOffer(product));
        }
    }

    private static String onOffer(String product) {
        return ON_OFFER.getOrDefault(product, "");
    }

    /** Versions, configuration, services, data, and what a visitor sees. */
    private static String state() {
        return host.sh("""
                dpkg-query -W 'apache2*' 'libapache2*' 'php*' 'redis*'
                find /etc/apache2 /etc/php /etc/redis -type f -print0 | sort -z | xargs -0 sha256sum
                find /etc/apache2 /etc/php /etc/redis -type l -printf '%p %l\\n' | sort
                for unit in apache2 redis-server; do systemctl is-active $unit; done
                ls /usr/sbin/policy-rc.d 2>&1
                redis-cli get greeting
                redis-cli info server | grep redis_version
                curl -s http://localhost/; curl -sI http://localhost/ | grep Server
                """);
    }

    private static Run run(String name, String of, String... checks) {
        return fleet.run(name, Playbooks.header(name) + """
                  steps:
                    - name: Middleware
                      middleware.update: {of: [%s]}
                      timeout: 10m
                      rollbackTimeout: 10m
                    - name: What is served now
                      command.run: {argv: [/bin/sh, -c, "curl -s http://localhost/ >/root/served"], undo: ["true"]}
                  verify:
                    - http.check: {url: "http://localhost/", contains: " in apache2handler", grace: 2s}
                %s""".formatted(of, String.join("\n", checks)), host);
    }

    private static String page(String php) {
        return "PHP " + php.replaceAll("^[0-9]+:|-[^-]*$", "") + " in apache2handler";
    }

    @Test
    @Order(1)
    void aBrokenConfigurationOfApacheGoesBackWithTheCache() {
        String before = state();
        PackageFault.onceNewer(host, "apache2", "echo 'NoSuchDirective on' >/etc/apache2/conf-enabled/lab-fault.conf");

        Run run = run("bad-apache", "apache, redis");

        PackageFault.clear(host);
        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(run.toString())
                .contains("the configuration of apache 2.4 is not valid with the new version", "NoSuchDirective");
        assertThat(state()).isEqualTo(before);
    }

    /** A reload would leave the old module in Apache's processes. */
    @Test
    @Order(2)
    void phpInApacheIsServedByTheNewVersionAndAfterTheWayBackByTheOld() {
        String before = state();

        Run run = run(
                "php-alone",
                "php",
                "    - command.check: {argv: [/usr/bin/dpkg-query, -W, libapache2-mod-php8.2], contains: \""
                        + host.version("libapache2-mod-php8.2") + "\", grace: 1s}\n");

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(host.sh("cat /root/served")).isEqualTo(page(onOffer("libapache2-mod-php8.2")));
        assertThat(state()).isEqualTo(before);
    }

    @Test
    @Order(3)
    void allThreeAreUpdatedInOneRun() {
        Run run = run("apache-redis-php", "apache, redis, php");

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        for (String product : PRODUCTS) {
            assertThat(host.version(product)).isEqualTo(onOffer(product));
        }
        assertThat(host.sh("curl -s http://localhost/")).isEqualTo(page(onOffer("libapache2-mod-php8.2")));
        assertThat(host.sh("curl -sI http://localhost/ | grep Server"))
                .contains("Apache/" + onOffer("apache2").replaceAll("-.*", ""));
        assertThat(host.sh("redis-cli get greeting")).isEqualTo("hello");
        assertThat(host.sh("ls /usr/sbin/policy-rc.d 2>&1 || true")).contains("No such file");
        assertThat(host.sh("drydock-agent middleware apache redis php"))
                .contains("apache2 is active", "redis-server is active", "php8.2-fpm is not installed")
                .doesNotContain("PROBLEM");
    }
}
