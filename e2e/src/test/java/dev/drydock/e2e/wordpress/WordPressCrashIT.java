package dev.drydock.e2e.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.AgentKiller;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Run;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent is killed in each phase of an update: never a site in maintenance or half-copied, and one outcome, right. */
@WithFleet
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(Integer.MAX_VALUE) // of minutes: the second thread begins at this end
class WordPressCrashIT {
    /** Of the run that is under way, as the script names it. */
    private static final String STEP = "$run/steps/0";

    private Fleet fleet;
    private SiteHost site;
    private String page;
    private Set<String> files;
    private Set<String> database;

    @BeforeAll
    void start(Fleet started) {
        fleet = started;
        site = SiteHost.make(fleet, "crash");
        page = site.page();
        files = site.files();
        database = site.database();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 BEGUN",
                "0 DUMPED",
                "0 SWAPPING",
                "0 SWAPPED",
                "0 APPLIED",
                "0 PROVEN",
                "1 SWAPPING",
                "1 APPLIED"
            })
    void killedOnTheWayForwardItGoesBackAsAWhole(String mark) {
        String name = "crash-" + mark.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');

        Run run = killedWhen(name, said(mark), "");

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        asBefore();
    }

    /** In the middle of the renames themselves: no wp-includes for an instant, or new and old ones side by side. */
    @ParameterizedTest
    @CsvSource({"away,/var/www/.drydock-*/away/0", "fresh,/var/www/.drydock-*/fresh/5"})
    void killedInTheMiddleOfASwapItGoesBackAsAWhole(String what, String path) {
        Run run = killedWhen("crash-swap-" + what, there(path), "");

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        asBefore();
    }

    @ParameterizedTest
    @CsvSource({
        "maintenance,/var/www/html/.maintenance",
        "swap,/var/www/.drydock-*/fresh/1",
        "database," + STEP + "/database-restored-0"
    })
    void killedOnTheWayBackItGoesOnBack(String what, String path) {
        Run run =
                killedWhen("crash-back-" + what, said("1 PROVEN") + " && " + there(path), SitePlaybooks.disappointed());

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        asBefore();
    }

    private Run killedWhen(String name, String condition, String after) {
        fleet.push(
                name,
                SitePlaybooks.update(
                        name,
                        "core: \"" + SiteHost.NEW + "\"; plugins: [lab-good]",
                        "/srv/wordpress/mirror",
                        "",
                        after));
        AgentKiller.when(site.host(), condition);
        Run run = fleet.ended(fleet.start(name, site.host()));
        assertThat(site.host().sh("ls " + AgentKiller.KILLED)).isEqualTo(AgentKiller.KILLED);
        return run;
    }

    private static String said(String mark) {
        return "said(\"" + STEP + "/progress\", \"" + mark + "\")";
    }

    private static String there(String path) {
        return "there(\"" + path + "\")";
    }

    private void asBefore() {
        site.requireClean();
        assertThat(site.page()).isEqualTo(page);
        site.requireFiles(files);
        assertThat(site.database()).isEqualTo(database);
    }
}
