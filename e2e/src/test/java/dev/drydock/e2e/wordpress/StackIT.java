package dev.drydock.e2e.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Run;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** One run through all layers of a real WordPress server: web server, PHP, database, system, site; and back through all of them. */
@WithFleet
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StackIT {
    private Fleet fleet;
    private SiteHost site;

    @BeforeAll
    void start(Fleet started) {
        fleet = started;
        site = SiteHost.make(fleet, "layers");
    }

    @Test
    @Order(1)
    void whenTheLastLayerDisappointsAllOfThemGoBack() {
        String page = site.page();
        Set<String> files = site.files();
        Set<String> database = site.database();
        String system = system();

        Run run = fleet.run("layers-back", playbook("layers-back", "lab-good 1.0"), site.host());

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(system()).isEqualTo(system);
        assertThat(site.page()).isEqualTo(page);
        site.requireFiles(files);
        assertThat(site.database()).isEqualTo(database);
        assertThat(run.toString()).contains("database wordpress holds what it held");
        site.requireClean();
    }

    @Test
    @Order(2)
    void allLayersAreUpdatedInOneRun() {
        LabHost host = site.host();

        Run run = fleet.run("layers", playbook("layers", "lab-good 2.0"), host);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        for (String product : new String[] {"nginx", "php8.2-fpm", "mariadb-server", "openssl"}) {
            assertThat(host.version(product)).isEqualTo(host.pendingAtBirth().get(product));
        }
        assertThat(site.core()).isEqualTo(SiteHost.NEW);
        assertThat(site.plugin("lab-good")).isEqualTo("2.0");
        assertThat(site.page()).contains("lab-good 2.0", "lab-premium 1.0");
        site.requireClean();
    }

    private String system() {
        return site.host().sh("""
                COLUMNS=400 dpkg -l
                find /etc/nginx /etc/php /etc/mysql -type f -print0 | sort -z | xargs -0 sha256sum
                systemctl is-active nginx php8.2-fpm mariadb
                """);
    }

    private static String playbook(String name, String wanted) {
        return """
                apiVersion: drydock/v1
                kind: Playbook
                metadata: {name: %s, description: A journey of the lab, maintenance: preventive}
                spec:
                  steps:
                    - name: Web server, PHP and database
                      middleware.update: {of: [nginx, php, mariadb]}
                      timeout: 10m
                      rollbackTimeout: 10m
                      verify:
                        - http.check: {url: "http://localhost/", contains: "</html>", grace: 10s}
                    - name: Security updates of the operating system
                      os.packages: {update: security}
                      timeout: 5m
                      rollbackTimeout: 5m
                    - name: WordPress
                      wordpress.update:
                        path: /var/www/html
                        core: "%s"
                        plugins: [lab-good]
                        source: {mirror: /srv/wordpress/mirror}
                        health: {url: "http://localhost/", contains: "</html>", grace: 10s}
                      timeout: 5m
                      rollbackTimeout: 5m
                  verify:
                    - http.check: {url: "http://localhost/", contains: "%s", grace: 10s}
                """.formatted(name, SiteHost.NEW, wanted);
    }
}
