package dev.drydock.e2e.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.drydock.e2e.fleet.Cli;
import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.journey.Playbooks;
import dev.drydock.e2e.lab.LabHost;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What the three kinds of people do in a browser, from the door to the end of what they came for, on real hosts: who runs the
 * servers, who reads how they stand, and who answers for some of them. In this order, so that pictures stay as they are.
 */
@WithFleet
@TestMethodOrder(OrderAnnotation.class)
@Isolated("Chromium gives up what it loads when networks of the machine come and go, as with each container")
class WebIT {
    private static Fleet fleet;
    private static Cli cli;
    private static Browser browser;
    private static String admin;
    private static LabHost well;
    private static LabHost ill;

    @BeforeAll
    static void start(Fleet started) throws IOException {
        fleet = started;
        cli = fleet.cli();
        admin = Files.readString(fleet.controller().data().resolve("admin.token"))
                .strip();
        well = fleet.enrolled("shop-1");
        ill = fleet.enrolled("shop-2");
        well.install("lab-ok=1.0");
        ill.install("lab-ok=1.0");
        ill.sh("touch /run/lab-ill");
        fleet.push("shop", Playbooks.header("shop") + """
                  steps:
                    - name: The shop's package
                      os.packages: {packages: [lab-ok]}
                      timeout: 5m
                      rollbackTimeout: 5m
                    - name: The shop is well
                      command.run: {argv: [/usr/bin/test, "!", -e, /run/lab-ill], undo: [/bin/true]}
                """);
        cli.ok("window", "create", "tonight", "--now", "--duration", "2h");
        cli.ok(
                "window",
                "create",
                "sunday-night",
                "--rrule",
                "FREQ=WEEKLY;BYDAY=SU",
                "--start",
                "2026-01-04T02:00",
                "--zone",
                "Asia/Tokyo",
                "--duration",
                "3h",
                "--cutoff",
                "45m");
        // Last: Chromium gives up what it loads when a network comes, and each host has one.
        browser = new Browser("https://" + fleet.controller().apiAddress());
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** From the search for a host through a plan to a rollout of which one host goes back, and why. */
    @Test
    @Order(1)
    void anEngineerPlansARolloutAndSeesAHostGoBack() {
        Page page = browser.person();
        page.navigate("/hosts");
        Browser.isUsableByAll(page);
        Shots.take(page, "sign-in");
        Browser.signIn(page, "admin", admin);

        page.getByLabel("Search").fill("shop");
        assertThat(link(page, "shop-1")).isVisible();
        page.getByLabel("Search").fill("shop-2");
        assertThat(link(page, "shop-1")).isHidden();
        link(page, "shop-2").click();
        assertThat(page.getByText("Pending updates").first()).isVisible();
        Shots.take(page, "host");

        page.navigate("/new-rollout");
        page.getByLabel("Name").fill("shop-now");
        page.getByLabel("Hosts (CEL)").fill("host.name.startsWith(");
        page.getByLabel("Window").selectOption("tonight");
        button(page, "Show the plan").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        page.getByLabel("Hosts (CEL)").fill("host.name.startsWith(\"shop-\")");
        page.getByText("Strategy").click();
        page.getByLabel("Waves").fill("1");
        page.getByLabel("Failures allowed").fill("1");
        button(page, "Show the plan").click();
        // The hosts themselves are asked, and the first time their agents read what that takes.
        assertThat(page.getByText("What would change"))
                .isVisible(new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions()
                        .setTimeout(60_000));
        assertThat(page.getByRole(
                                AriaRole.CELL,
                                new Page.GetByRoleOptions().setName("lab-ok").setExact(true))
                        .first())
                .isVisible();
        assertThat(well.version("lab-ok")).as("a plan changes nothing").isEqualTo("1.0");
        Shots.take(page, "plan");
        button(page, "Make this rollout").click();

        page.waitForURL("**/rollouts/shop-now");
        // What follows comes by itself: nobody loads the page anew.
        Browser.seesTheEnd(page, "2 of 2 hosts done");
        assertThat(page.getByText("What went wrong")).isVisible();
        Shots.take(page, "rollout");
        Browser.isUsableByAll(page);
        link(page, "shop-2").first().click();
        page.waitForURL("**/runs/**");
        assertThat(page.getByText("How it was rolled back")).isVisible();
        assertThat(page.locator("pre.log").last()).containsText("lab-ok");
        Shots.take(page, "run");
        Browser.isUsableByAll(page);

        assertThat(well.version("lab-ok")).isEqualTo("2.0");
        assertThat(ill.version("lab-ok")).isEqualTo("1.0");
        browser.behaved();
    }

    /** One click stops what would come next; a second goes on. */
    @Test
    @Order(2)
    void anEngineerPausesAndResumes() {
        cli.ok(
                "window",
                "create",
                "later",
                "--rrule",
                "FREQ=YEARLY",
                "--start",
                "2026-01-01T02:00",
                "--zone",
                "UTC",
                "--duration",
                "3h");
        cli.ok("rollout", "create", "pausable", "--playbook", "shop", "--hosts", "true", "--window", "later");
        Page page = browser.person();
        Browser.signIn(page, "admin", admin);
        page.navigate("/rollouts");
        link(page, "pausable").click();
        button(page, "Pause").click();
        assertThat(page.getByText("paused").first()).isVisible();
        button(page, "Resume").click();
        assertThat(button(page, "Pause")).isVisible();
        page.getByText("Abort…").click();
        button(page, "Abort the rollout").click();
        assertThat(page.getByText("aborted").first()).isVisible();

        page.navigate("/audit");
        Shots.take(page, "audit");
        assertThat(page.getByText("PauseRollout").first()).isVisible();
        browser.behaved();
    }

    /** Sees all and changes nothing, in the dark, on a small screen. */
    @Test
    @Order(3)
    void aManagerReadsTheReport() {
        String token = cli.ok("user", "create", "mona", "--role", "viewer", "--quiet");
        Page page = browser.person(ColorScheme.DARK, 1280, 860);
        Browser.signIn(page, "mona", token);
        assertThat(page.getByText("compliant").first()).isVisible();
        Shots.take(page, "overview");
        for (String path : List.of(
                "/",
                "/hosts",
                "/hosts/shop-1",
                "/rollouts",
                "/windows",
                "/playbooks",
                "/playbooks/shop",
                "/reports",
                "/vulnerabilities",
                "/incidents",
                "/contracts",
                "/settings")) {
            page.navigate(path);
            Browser.isUsableByAll(page);
        }
        page.navigate("/windows?zone=America/New_York");
        assertThat(page.getByText("sunday-night").first()).isVisible();
        Shots.take(page, "windows");
        page.navigate("/reports");
        assertThat(page.getByText("of 2 hosts").first()).isVisible();
        Shots.take(page, "report");

        page.navigate("/hosts/shop-1");
        assertThat(page.getByText("Pending updates").first()).isVisible();
        assertThat(button(page, "Drain")).hasCount(0);

        Page small = browser.person(ColorScheme.LIGHT, 390, 800);
        Browser.signIn(small, "mona", token);
        for (String path : List.of(
                "/", "/hosts", "/rollouts", "/windows", "/reports", "/vulnerabilities", "/incidents", "/contracts")) {
            small.navigate(path);
            assertThat((Integer) small.evaluate(
                            "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                    .as(path + " has to be moved sideways")
                    .isLessThanOrEqualTo(1);
        }
        small.navigate("/reports");
        Shots.take(small, "reports-small");
        button(small, "Sign out").click();
        small.navigate("/hosts");
        assertThat(small.url()).contains("/sign-in");
        browser.behaved();
    }

    /** A client's: her hosts alone, what another person made for them, and no more of the fleet. */
    @Test
    @Order(4)
    void anApproverOfSomeHostsLetsAWaveBegin() throws IOException {
        String hosts = "host.labels.client == \"shop\"";
        cli.ok("host", "label", "shop-1", "client=shop");
        cli.ok(
                "contract",
                "create",
                "shop-terms",
                "--client",
                "Shop Ltd",
                "--hosts",
                hosts,
                "--zone",
                "Asia/Tokyo",
                "--cover",
                "emergency:1h:1",
                "--cover",
                "corrective:4h:3",
                "--cover",
                "preventive:8h:5");
        cli.ok("incident", "open", "--host", "shop-1", "--title", "The shop is slow since noon");
        fleet.push("greeting", Playbooks.header("greeting") + """
                  steps:
                    - name: The new greeting
                      file.put: {path: /etc/shop-greeting, content: "Welcome"}
                """);
        String token = cli.ok("user", "create", "olga", "--role", "operator", "--hosts", hosts, "--quiet");
        cli.ok("user", "create", "anna", "--role", "approver", "--hosts", hosts);
        String[] wave = {"--playbook", "greeting", "--window", "tonight", "--wave", "100%", "--approve-before", "1"};
        cli.ok(rollout("greeting-everywhere", "true", wave));
        Cli olgas = cli.with(
                "DRYDOCK_TOKEN_FILE",
                Files.writeString(fleet.directory().resolve("olga.token"), token)
                        .toString());
        olgas.ok(rollout("greeting-shop", "true", wave));

        Page olga = browser.person();
        Browser.signIn(olga, "olga", token);
        ApprovalJourney.isNotOfferedTo(olga, "greeting-shop");

        ApprovalJourney anna = new ApprovalJourney(browser.person(), "anna");
        anna.comesInTheFirstTime(cli.ok("user", "passwd", "--reset", "anna", "--quiet"));
        anna.sees("shop-1", "shop-2");
        anna.seesItsPartOf("greeting-everywhere", "shop-1", "shop-2");
        assertThat(well.trySh("test -e /etc/shop-greeting").getExitCode())
                .as("it waits")
                .isNotZero();
        anna.approves("greeting-shop", "olga", "agreed with the shop");
        assertThat(well.sh("cat /etc/shop-greeting")).isEqualTo("Welcome");
        anna.takesReportsHome("shop-terms");
        anna.answers("The shop is slow since noon", "We are looking at the database.");
        anna.isNotOfferedTheWholeFleets("olga");
        anna.findsAllOnASmallScreen(List.of("/", "/hosts/shop-1", "/rollouts", "/reports", "/contracts", "/account"));
        anna.leaves();
        browser.behaved();
    }

    private static String[] rollout(String name, String hosts, String... options) {
        return Stream.concat(Stream.of("rollout", "create", name, "--hosts", hosts), Stream.of(options))
                .toArray(String[]::new);
    }
}
