package dev.drydock.e2e.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.Run;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code wordpress.update} on real nginx, PHP-FPM, MariaDB and WordPress. */
@WithFleet
class WordPressIT {
    private static Fleet fleet;

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNewerCoreComesWithItsDatabaseWhileTheSiteAnswers(boolean wpCli) {
        SiteHost site = SiteHost.make(fleet, wpCli ? "core-wp-cli" : "core-php");
        if (wpCli) {
            site.installWpCli();
        }
        assertThat(site.option("db_version")).isEqualTo("56657");
        site.host()
                .sh("(while [ ! -e /tmp/enough ]; do curl -s -o /dev/null -w '%{http_code}\\n' http://localhost/;"
                        + " sleep 0.05; done >/tmp/codes) >/dev/null 2>&1 &");

        String name = "core-" + wpCli;
        Run run = fleet.run(name, SitePlaybooks.update(name, "core: all"), site.host());

        site.host().sh("touch /tmp/enough");
        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(changes(run)).containsExactly("core wordpress 6.4.5 → 7.1.1");
        assertThat(site.core()).isEqualTo("7.1.1");
        assertThat(site.option("db_version")).isEqualTo("61833");
        List<String> codes = site.host().sh("cat /tmp/codes").lines().toList();
        assertThat(codes.getFirst()).isEqualTo("200");
        assertThat(codes.getLast()).isEqualTo("200");
        assertThat(codes)
                .as("in maintenance meanwhile, and nothing else")
                .contains("503")
                .containsOnly("200", "503");
        assertThat(site.page()).contains("lab-good 1.0", "lab-premium 1.0");
        site.requireClean();
        factsTellTheSite(site);
    }

    @Test
    void onlyThePluginThatDoesHarmIsRolledBack() {
        SiteHost site = SiteHost.make(fleet, "fatal");
        String page = site.page();

        Run run = fleet.run("fatal", SitePlaybooks.update("fatal", "plugins: [lab-fatal, lab-good]"), site.host());

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(changes(run))
                .hasSize(2)
                .contains("plugin lab-good 1.0 → 2.0")
                .anySatisfy(change -> assertThat(change)
                        .startsWith("plugin lab-fatal 1.0 → 1.0, since 2.0 was rolled back: ")
                        .contains("500"));
        assertThat(site.plugin("lab-fatal")).isEqualTo("1.0");
        assertThat(site.option("lab_fatal")).as("what it left in the database").isEmpty();
        assertThat(site.page()).isEqualTo(page.replace("lab-good 1.0", "lab-good 2.0"));
        site.requireClean();
    }

    @Test
    void aStepOfWhichNothingStayedFailsAndTheSiteServesTheSameBytes() {
        SiteHost site = SiteHost.make(fleet, "only-fatal");
        String page = site.page();
        Set<String> files = site.files();
        Set<String> database = site.database();

        Run run = fleet.run("only-fatal", SitePlaybooks.update("only-fatal", "plugins: [lab-fatal]"), site.host());

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(site.page()).isEqualTo(page);
        site.requireFiles(files);
        assertThat(site.database()).isEqualTo(database);
        site.requireClean();
    }

    @Test
    void aFaultThatShowsAfterAMinuteIsCaughtByTheSecondLook() {
        SiteHost site = SiteHost.make(fleet, "late");
        String page = site.page();

        Run run = fleet.run(
                "late",
                SitePlaybooks.update(
                        "late", "plugins: [lab-good, lab-late]", "/srv/wordpress/mirror", ", again: 70s", ""),
                site.host());

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(changes(run)).contains("plugin lab-good 1.0 → 2.0").anySatisfy(change -> assertThat(change)
                .startsWith("plugin lab-late 1.0 → 1.0, since 2.0 was rolled back: after 1m10s"));
        assertThat(site.page()).isEqualTo(page.replace("lab-good 1.0", "lab-good 2.0"));
        assertThat(site.option("lab_late")).isEmpty();
        site.requireClean();
    }

    @Test
    void aBrokenCoreGoesBackAndNothingFurtherIsTried() {
        SiteHost site = SiteHost.make(fleet, "broken");
        String page = site.page();
        Set<String> files = site.files();
        Set<String> database = site.database();
        site.host()
                .sh(
                        "cd /srv/wordpress && cp mirror/lab-good-2.0.zip broken/ && sed -i 's|^\\]}|,|' broken/index.json"
                                + " && grep '\"lab-good\"' mirror/index.json | sed 's/,$//' >>broken/index.json && echo ']}' >>broken/index.json");

        Run run = fleet.run(
                "broken",
                SitePlaybooks.update("broken", "core: all; plugins: all", "/srv/wordpress/broken", "", ""),
                site.host());

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(run.getSteps(0).getReason()).as(run.toString()).isNotEmpty();
        assertThat(run.getSteps(0).getEvidenceList())
                .anyMatch(line -> line.startsWith("core is 6.4.5 again, all files as before"))
                .contains("12 tables of the database have the checksums that they had before");
        assertThat(site.page()).isEqualTo(page);
        site.requireFiles(files);
        assertThat(site.database()).isEqualTo(database);
        site.requireClean();
    }

    /** Its database is upgraded, and only then it is seen that its pages do not come: all the way back, tables included. */
    @Test
    void aCoreThatBreaksAfterItsDatabaseWasUpgradedGoesBackWithEachTable() {
        SiteHost site = SiteHost.make(fleet, "upgraded");
        String page = site.page();
        Set<String> files = site.files();
        Set<String> database = site.database();

        Run run = fleet.run(
                "upgraded",
                SitePlaybooks.update("upgraded", "core: \"6.5.98\"", "/srv/wordpress/broken", "", ""),
                site.host());

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(run.getSteps(0).getReason()).contains("the status is 500, before it was 200");
        assertThat(fleet.cli().ok("run", "logs", run.getId())).contains("database version 57155");
        assertThat(run.getSteps(0).getEvidenceList())
                .anyMatch(line -> line.startsWith("core is 6.4.5 again, all files as before"))
                .contains("12 tables of the database have the checksums that they had before");
        assertThat(site.option("db_version")).isEqualTo("56657");
        assertThat(site.page()).isEqualTo(page);
        site.requireFiles(files);
        assertThat(site.database()).isEqualTo(database);
        assertThat(site.host()
                        .sh("systemctl is-active nginx php8.2-fpm mariadb")
                        .lines())
                .containsOnly("active");
        site.requireClean();
    }

    @Test
    void aNetworkOfSitesHasEachOfItsDatabasesUpgraded() {
        SiteHost site = SiteHost.make(fleet, "network", "multisite");

        Run run = fleet.run("network", SitePlaybooks.update("network", "core: \"" + SiteHost.NEW + "\""), site.host());

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        String versions = "select option_value from wordpress.%s where option_name = 'db_version'";
        assertThat(site.host().sh("mariadb -NBe \"" + versions.formatted("wp_options") + "\""))
                .isEqualTo("57155");
        assertThat(site.host().sh("mariadb -NBe \"" + versions.formatted("wp_2_options") + "\""))
                .isEqualTo("57155");
        site.requireClean();
    }

    private static void factsTellTheSite(SiteHost site) {
        site.host()
                .sh("mkdir -p /etc/drydock && echo /srv/wordpress/mirror >/etc/drydock/wordpress-mirror"
                        + " && systemctl restart drydock-agent");
        Awaitility.await("the site in the facts").atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            Host host = fleet.cli()
                    .json(Host.getDefaultInstance(), "host", "show", site.host().name());
            assertThat(host.getFacts().getSitesList()).singleElement().satisfies(told -> {
                assertThat(told.getPath()).isEqualTo("/var/www/html");
                assertThat(told.getVersion()).isEqualTo("7.1.1");
                assertThat(told.getAdministratorsList()).containsExactly("admin");
                assertThat(told.getTrouble()).isEmpty();
                assertThat(told.getItemsList())
                        .anyMatch(i -> i.getSlug().equals("lab-good")
                                && i.getVersion().equals("1.0")
                                && i.getAvailableVersion().equals("2.0")
                                && i.getActive())
                        .anyMatch(i -> i.getKind().equals("theme") && i.getActive());
            });
        });
        assertThat(fleet.cli().ok("host", "facts", site.host().name())).contains("/var/www/html", "plugin lab-premium");
    }

    private static List<String> changes(Run run) {
        return run.getSteps(0).getChangesList().stream().map(WordPressIT::words).toList();
    }

    private static String words(Change change) {
        return change.getKind() + " " + change.getName() + " " + change.getFrom() + " → " + change.getTo();
    }
}
