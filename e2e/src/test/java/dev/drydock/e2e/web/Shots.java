package dev.drydock.e2e.web;

import com.microsoft.playwright.Page;
import java.nio.file.Path;

/** Pictures of pages as tests see them: under target, and with {@code -Ddrydock.docs=write} where the documentation shows them. */
final class Shots {
    private static final Path FOLDER = "write".equals(System.getProperty("drydock.docs"))
            ? Path.of("..", "docs", "images")
            : Path.of("target", "images");

    private Shots() {}

    static void take(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(FOLDER.resolve(name + ".png"))
                .setFullPage(true));
    }
}
