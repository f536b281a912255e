package dev.drydock.e2e.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.drydock.e2e.lab.Tools;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Debian's Chromium, installed where it is absent and may be. What pages do that they must not is collected: a request to anybody but
 * the controller, a script that fails, and what the content policy had to stop.
 */
final class Browser implements AutoCloseable {
    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final String origin;
    private final List<String> faults = new CopyOnWriteArrayList<>();

    /** @param origin of the controller: {@code https://HOST:PORT} */
    Browser(String origin) {
        Tools.ensure("chromium=chromium", "fc-list=fontconfig");
        this.origin = origin;
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.chromium = playwright.chromium().launch(new BrowserType.LaunchOptions()
                .setExecutablePath(Path.of("/usr/bin/chromium"))
                // Root may not have Chromium's sandbox; the pages are ours.
                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
    }

    /** Somebody with a browser of their own, in Tokyo. */
    Page person(ColorScheme scheme, int width, int height) {
        BrowserContext context = chromium.newContext(
                new com.microsoft.playwright.Browser.NewContextOptions()
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
        page.navigate("/");
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password or token").fill(password);
        page.getByRole(com.microsoft.playwright.options.AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        page.waitForURL(url -> !url.contains("/sign-in"));
    }

    /** No finding of axe that is serious or worse (WCAG 2.1 A and AA). */
    static void isUsableByAll(Page page) {
        List<String> serious = new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa"))
                        .analyze().getViolations().stream()
                                .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                                .map(Browser::told)
                                .toList();
        assertThat(serious).as(page.url()).isEmpty();
    }

    private static String told(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " at " + rule.getNodes().stream().map(node -> node.getHtml()).limit(3).toList();
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
