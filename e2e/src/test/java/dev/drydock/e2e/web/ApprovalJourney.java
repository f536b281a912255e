package dev.drydock.e2e.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;

/** What somebody does who answers for some of the hosts and lets changes begin there: each a thing that is done in the browser. */
final class ApprovalJourney {
    private static final String OWN_PASSWORD = "the shop opens at nine";

    private final Page page;
    private final String name;

    ApprovalJourney(Page page, String name) {
        this.page = page;
        this.name = name;
    }

    private Locator button(String text) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(text));
    }

    private Locator link(String text) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(text).setExact(true));
    }

    /** With the password that the administrator gave, which opens nothing else; then by a second factor, and never without it. */
    void comesInTheFirstTime(String given) {
        Browser.signIn(page, name, given);
        assertThat(page.getByText("Choose your own")).isVisible();
        assertThat(link("Hosts")).hasCount(0);
        page.getByLabel("Present password").fill(given);
        page.getByLabel("New password").fill(OWN_PASSWORD);
        page.getByLabel("The new one again").fill(OWN_PASSWORD);
        button("Change").click();
        page.waitForURL("**/sign-in**");

        Browser.signIn(page, name, OWN_PASSWORD);
        page.navigate("/account");
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(OWN_PASSWORD);
        button("Set up").click();
        Authenticator telephone = new Authenticator(page.getByText("otpauth://").innerText());
        page.getByLabel("Code").fill(telephone.code());
        button("Confirm").click();
        assertThat(page.getByText("Recovery codes")).isVisible();
        Browser.isUsableByAll(page);
        leaves();

        page.getByLabel("Name").fill(name);
        page.getByLabel("Password or token").fill(OWN_PASSWORD);
        button("Sign in").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        page.getByLabel("Password or token").fill(OWN_PASSWORD);
        page.getByLabel("Code, where").fill(telephone.code());
        button("Sign in").click();
        assertThat(link("Hosts")).isVisible();
    }

    /** A foreign host is in no list, and by its name it is a host that there is not. */
    void sees(String own, String notForeign) {
        page.navigate("/hosts");
        assertThat(link(own)).isVisible();
        assertThat(page.getByText(notForeign)).hasCount(0);
        assertThat(status("/hosts/" + own)).isEqualTo(200);
        assertThat(status("/hosts/" + notForeign)).isEqualTo(404);
        Browser.isUsableByAll(page);
    }

    private int status(String path) {
        Response answer = page.navigate(path);
        return Objects.requireNonNull(answer).status();
    }

    /** One that has hosts of others too is shown without these, and is for somebody else to approve. */
    void seesItsPartOf(String rollout, String own, String notForeign) {
        page.navigate("/rollouts/" + rollout);
        assertThat(link(own)).isVisible();
        assertThat(page.getByText(notForeign)).hasCount(0);
        assertThat(button("Approve wave 1")).hasCount(0);
    }

    /** Who made it sees that it waits, and steers it, and cannot let it begin. */
    static void isNotOfferedTo(Page maker, String rollout) {
        maker.navigate("/rollouts/" + rollout);
        assertThat(maker.getByText("approval").first()).isVisible();
        assertThat(maker.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause")))
                .isVisible();
        assertThat(maker.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Approve wave 1")))
                .hasCount(0);
    }

    void approves(String rollout, String of, String comment) {
        page.navigate("/rollouts");
        link(rollout).click();
        assertThat(page.getByText("Made by")).isVisible();
        assertThat(page.getByText(of).first()).isVisible();
        Browser.isUsableByAll(page);
        Shots.take(page, "approval");
        fitsASmallScreen("approval-small");
        page.getByLabel("Comment").fill(comment);
        button("Approve wave 1").click();
        assertThat(page.getByText("wave 1 by " + name)).isVisible();
        assertThat(page.getByText(comment).first()).isVisible();
        assertThat(button("Approve wave 1")).hasCount(0);
        Browser.seesTheEnd(page, "1 of 1 hosts done");
    }

    void takesReportsHome(String contract) throws IOException {
        page.navigate("/reports");
        assertThat(page.getByText("of 1 host").first()).isVisible();
        isPdf(page.waitForDownload(() -> link("PDF").click()), "compliance-");

        page.navigate("/contracts");
        link(contract).click();
        assertThat(page.getByText("What was promised and kept")).isVisible();
        Browser.isUsableByAll(page);
        Shots.take(page, "contract");
        fitsASmallScreen("");
        page.navigate("/report-schedules");
        page.getByLabel("Report").first().selectOption(contract);
        isPdf(page.waitForDownload(() -> button("Download").click()), contract);
    }

    private static void isPdf(Download file, String name) throws IOException {
        assertThat(file.suggestedFilename()).contains(name).endsWith(".pdf");
        assertThat(new String(Files.readAllBytes(file.path()), StandardCharsets.ISO_8859_1))
                .startsWith("%PDF-");
    }

    void answers(String incident, String comment) {
        page.navigate("/incidents");
        page.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText(incident))
                .getByRole(AriaRole.LINK)
                .first()
                .click();
        page.getByLabel("Comment").fill(comment);
        button("Respond").click();
        assertThat(page.getByText(comment).first()).isVisible();
        assertThat(button("Hand over to maintenance")).isVisible();
        Browser.isUsableByAll(page);
        Shots.take(page, "incident");
        fitsASmallScreen("");
    }

    /** Of what is for the whole fleet: the log is not offered, and users and messages are not told. */
    void isNotOfferedTheWholeFleets(String otherUser) {
        page.navigate("/settings");
        assertThat(link("Audit")).hasCount(0);
        assertThat(page.getByText("This part is for roles of the whole fleet")).hasCount(2);
        assertThat(page.getByText(otherUser)).hasCount(0);
        Browser.isUsableByAll(page);
        assertThat(status("/audit")).isEqualTo(403);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("approver");
    }

    /** In the dark, and as wide as a telephone. */
    private void fitsASmallScreen(String picture) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.setViewportSize(390, 800);
        Browser.isUsableByAll(page);
        isNotMovedSideways();
        if (!picture.isEmpty()) {
            Shots.take(page, picture);
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(1280, 860);
    }

    void findsAllOnASmallScreen(List<String> paths) {
        page.setViewportSize(390, 800);
        for (String path : paths) {
            page.navigate(path);
            isNotMovedSideways();
        }
        page.setViewportSize(1280, 860);
    }

    private void isNotMovedSideways() {
        assertThat((Integer)
                        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as(page.url() + " has to be moved sideways")
                .isLessThanOrEqualTo(1);
    }

    void leaves() {
        button("Sign out").click();
        page.navigate("/hosts");
        assertThat(page.url()).contains("/sign-in");
    }
}
