package dev.drydock.e2e.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A report is built, scheduled, sent and looked after in the browser. */
@WithFleet
@Isolated("Chromium gives up what it loads when networks of the machine come and go, as with each container")
class ReportSchedulesIT {
    private static Browser browser;
    private static String admin;

    @BeforeAll
    static void start(Fleet fleet) throws IOException {
        admin = Files.readString(fleet.controller().data().resolve("admin.token"))
                .strip();
        fleet.cli().ok("team", "create", "dba", "--hosts", "true", "--mail", "dba@example.com");
        browser = new Browser("https://" + fleet.controller().apiAddress());
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    @Test
    void aReportIsBuiltAndScheduled() throws IOException {
        Page page = browser.person();
        Browser.signIn(page, "admin", admin);
        page.navigate("/reports");
        page.getByText("Build and schedule").click();
        page.getByLabel("Format").first().selectOption("pdf");
        Download file = page.waitForDownload(() -> button(page, "Download").click());
        assertThat(file.suggestedFilename()).startsWith("compliance-").endsWith(".pdf");
        assertThat(new String(Files.readAllBytes(file.path()), StandardCharsets.ISO_8859_1))
                .startsWith("%PDF-");

        page.getByLabel("Name").fill("board-weekly");
        page.getByLabel("First time").fill("2026-01-05T07:00");
        page.getByLabel("Recurs").fill("FREQ=WEEKLY;BYDAY=TU");
        page.getByLabel("dba").check();
        button(page, "Make the schedule").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("the first one after it is 2026-01-06T07:00");
        page.getByLabel("Recurs").fill("FREQ=WEEKLY;BYDAY=MO");
        button(page, "Make the schedule").click();
        page.waitForURL("**/report-schedules/board-weekly");
        assertThat(page.getByText("FREQ=WEEKLY;BYDAY=MO")).isVisible();
        button(page, "Send one now").click();
        assertThat(page.getByText("asked for by admin")).isVisible();
        assertThat(page.getByText("dba@example.com: on its way")).isVisible();
        Browser.isUsableByAll(page);

        page.navigate("/report-schedules");
        Browser.isUsableByAll(page);
        Shots.take(page, "report-schedules");
        Page small = browser.person(ColorScheme.DARK, 390, 800);
        Browser.signIn(small, "admin", admin);
        for (String path : new String[] {"/report-schedules", "/report-schedules/board-weekly"}) {
            small.navigate(path);
            Browser.isUsableByAll(small);
            assertThat((Integer) small.evaluate(
                            "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                    .as(path + " has to be moved sideways")
                    .isLessThanOrEqualTo(1);
        }

        button(small, "Pause").click();
        assertThat(button(small, "Resume")).isVisible();
        small.getByText("Delete…").click();
        button(small, "Delete the schedule").click();
        assertThat(small.getByText("None yet.")).isVisible();
        browser.behaved();
    }
}
