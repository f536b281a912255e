package dev.drydock.e2e.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.drydock.e2e.lab.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Debian's Chromium, installed where it is absent and may be. What pages do that they must not is collected: a request to anybody but
 * the controller, a script that fails, and what the content policy had to stop.
 */
final class Browser implements AutoCloseable {
    private static final String AXE = axe();

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final String origin;
    private final List<String> faults = new CopyOnWriteArrayList<>();

    /** @param origin of the controller: {@code https://HOST:PORT} */
    Browser(String origin) {
        Tools.ensure("chromium=chromium", "fc-list=fontconfig");
        this.origin = origin;
        // The machine has other things to do meanwhile.
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        // Root may not have Chromium's sandbox; the pages are ours.
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
    }

    /** Somebody with a browser of their own, in Tokyo. */
    Page person(ColorScheme scheme, int width, int height) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                // The certificate is of the controller's own CA, of which this browser does not know.
                .setIgnoreHTTPSErrors(true)
                .setBaseURL(origin)
                .setColorScheme(scheme)
                .setLocale("en-GB")
                .setTimezoneId("Asia/Tokyo")
                .setViewportSize(width, height));
        context.setDefaultTimeout(60_000);
        Page page = context.newPage();
        page.onRequest(request -> {
            if (!request.url().startsWith(origin + "/") && !request.url().startsWith("data:")) {
                faults.add("request to " + request.url());
            }
        });
        page.onPageError(error -> faults.add("script failed: " + error));
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                faults.add(message.text());
            }
        });
        return page;
    }

    Page person() {
        return person(ColorScheme.LIGHT, 1280, 860);
    }

    static void signIn(Page page, String name, String password) {
        if (!page.url().contains("/sign-in")) {
            page.navigate("/");
        }
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password or token").fill(password);
        page.getByRole(com.microsoft.playwright.options.AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        page.waitForURL(url -> !url.contains("/sign-in"));
    }

    /**
     * Waits until a rollout that somebody looks at says so of itself, and until its page, which then loads itself anew, has done so: a
     * walk to another page would be overtaken by that.
     */
    static void seesTheEnd(Page page, String said) {
        PlaywrightAssertions.assertThat(page.getByText(said).first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(300_000));
        PlaywrightAssertions.assertThat(page.locator("[data-live]"))
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
        page.waitForLoadState();
    }

    /** No finding of axe that is serious or worse (WCAG 2.1 A and AA). */
    static void isUsableByAll(Page page) {
        page.evaluate(AXE);
        Object serious = page.evaluate("""
                async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})).violations
                    .filter(rule => ['serious', 'critical'].includes(rule.impact))
                    .map(rule => rule.id + ': ' + rule.help + ' at ' + rule.nodes.slice(0, 3).map(node => node.html).join(' | '))
                """);
        assertThat((List<?>) serious).as(page.url()).isEmpty();
    }

    private static String axe() {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing that pages must not do was done so far. */
    void behaved() {
        assertThat(faults).isEmpty();
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
