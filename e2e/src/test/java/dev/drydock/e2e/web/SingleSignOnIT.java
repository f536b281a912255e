package dev.drydock.e2e.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PageAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.drydock.e2e.fleet.Cli;
import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Signing in by a real Keycloak, in a real browser. */
@WithFleet
@Isolated("Chromium gives up what it loads when networks of the machine come and go, as with each container")
class SingleSignOnIT {
    @TempDir
    static Path directory;

    private static final PageAssertions.HasURLOptions PATIENCE = new PageAssertions.HasURLOptions().setTimeout(60_000);

    private static Fleet fleet;
    private static Cli cli;
    private static Keycloak keycloak;
    private static Browser browser;

    @BeforeAll
    static void start(Fleet started) throws Exception {
        fleet = started;
        cli = fleet.cli();
        String origin = "https://" + fleet.controller().apiAddress();
        keycloak =
                new Keycloak(Files.createDirectory(directory.resolve("keycloak")), origin, List.of("olga", "mallory"));
        Path secret = Files.writeString(directory.resolve("client.secret"), Keycloak.CLIENT_SECRET + "\n");
        fleet.controller()
                .with(
                        "--oidc-issuer",
                        keycloak.issuer().toString(),
                        "--oidc-client-id",
                        "drydock",
                        "--oidc-client-secret-file",
                        secret.toString(),
                        "--oidc-label",
                        "Sign in with Keycloak");
        fleet.controller().stop();
        fleet.controller().start();
        cli.ok("user", "create", "olga", "--role", "operator");
        cli.ok("user", "sso", "olga");
        browser = new Browser(origin);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (keycloak != null) {
            keycloak.close();
        }
    }

    private static void throughKeycloak(Page page, String name) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in with Keycloak"))
                .click();
        page.locator("#username").fill(name);
        page.locator("#password").fill(name + "-secret");
        page.locator("#kc-login").click();
    }

    @Test
    void whoKeycloakKnowsIsLetInWhereHeWantedToGoAndOutAgain() throws Exception {
        Page page = browser.person();
        page.navigate("/rollouts");
        Browser.isUsableByAll(page);
        Shots.take(page, "sign-in-provider");
        throughKeycloak(page, "olga");

        assertThat(page).hasURL(Pattern.compile(".*/rollouts$"), PATIENCE);
        page.navigate("/account");
        assertThat(page.getByText("olga").first()).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        assertThat(page).hasURL(Pattern.compile(".*/sign-in$"), PATIENCE);
        page.navigate("/rollouts");
        assertThat(page.getByLabel("Password or token")).isVisible();

        assertThat(cli.ok("audit", "list", "--user", "olga")).contains("login");
        assertThat(Files.readString(fleet.controller().log())).doesNotContain(Keycloak.CLIENT_SECRET);
    }

    @Test
    void whoHasNoUserHereStaysOutAndIsToldWhomToAsk() {
        Page page = browser.person();
        page.navigate("/");
        throughKeycloak(page, "mallory");

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("You have no user here");
        page.navigate("/hosts");
        assertThat(page.getByLabel("Password or token")).isVisible();
    }
}
