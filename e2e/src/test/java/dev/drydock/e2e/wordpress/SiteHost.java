package dev.drydock.e2e.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.lab.LabHost;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;

/** A real host with a real WordPress site at /var/www/html, all of the lab's plugins active at 1.0. */
final class SiteHost {
    static final String OLD = "6.4.5";
    static final String NEW = "6.5.5";

    private final LabHost host;

    private SiteHost(LabHost host) {
        this.host = host;
    }

    static SiteHost make(Fleet fleet, String name) {
        return make(fleet, name, "single");
    }

    /** @param kind {@code single} or {@code multisite} */
    static SiteHost make(Fleet fleet, String name, String kind) {
        LabHost host = fleet.enrolledWordPress(name);
        host.sh("lab-wordpress " + OLD + " " + kind);
        SiteHost site = new SiteHost(host);
        Awaitility.await("the site of " + name).atMost(Duration.ofSeconds(20)).until(() -> site.page()
                .contains("lab-good 1.0"));
        return site;
    }

    LabHost host() {
        return host;
    }

    void installWpCli() {
        host.sh("chmod 755 /usr/local/share/wp-cli/wp-cli.phar"
                + " && ln -sf /usr/local/share/wp-cli/wp-cli.phar /usr/local/bin/wp");
    }

    String page() {
        return host.sh("curl -s http://localhost/");
    }

    String core() {
        return host.sh("sed -n \"s/^ *\\$wp_version = '\\([^']*\\)'.*/\\1/p\" /var/www/html/wp-includes/version.php");
    }

    String plugin(String name) {
        return host.sh("sed -n 's/^ \\* Version: //p' /var/www/html/wp-content/plugins/" + name + "/" + name + ".php");
    }

    String option(String name) {
        return host.sh(
                "mariadb -NBe \"select option_value from wordpress.wp_options where option_name = '" + name + "'\"");
    }

    /** Every file below the web root with mode, owner and checksum. */
    Set<String> files() {
        return new TreeSet<>(host.sh("cd /var/www && find . -printf '%y %m %U:%G %p\\n' && find . -type f -print0"
                        + " | xargs -0 sha256sum")
                .lines()
                .toList());
    }

    /** Tells what came, went or changed; the files of a site are too many to be printed. */
    void requireFiles(Set<String> before) {
        Set<String> now = files();
        assertThat(without(now, before)).as("came").isEmpty();
        assertThat(without(before, now)).as("went").isEmpty();
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    /** Each table with its checksum; of the options all rows but those that WordPress writes by itself at any visit. */
    Set<String> database() {
        Set<String> sums = new TreeSet<>(host.sh("""
                mariadb -NBe "checksum table $(mariadb -NBe 'show tables' wordpress | sed 's/^/wordpress./' | paste -s -d ,)" \
                | grep -v wp_options
                """).lines().toList());
        sums.add(host.sh("mariadb -NBe \"select * from wordpress.wp_options where option_name not like '%transient%'"
                + " and option_name <> 'cron' order by option_id\" | sha256sum"));
        return sums;
    }

    /** Never in maintenance, nothing half-copied, nothing of ours left. */
    void requireClean() {
        assertThat(host.sh("ls -A /var/www")).isEqualTo("html");
        assertThat(host.sh("find /var/www -name '.maintenance' -o -name '.drydock*'"))
                .isEmpty();
        assertThat(host.sh("curl -s -o /dev/null -w '%{http_code}' http://localhost/"))
                .isEqualTo("200");
        assertThat(host.processes("^(mariadb|mariadb-dump|setpriv|php) ")).isEmpty();
    }
}
