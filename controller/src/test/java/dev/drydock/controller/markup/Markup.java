package dev.drydock.controller.markup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that would be more than text where it is not escaped, and how to see that it stayed text. */
public final class Markup {
    /** Ends quotes and tags, begins others, is a link that runs, and would be calculated by a template. */
    public static final String EVIL =
            "javascript:alert('m')//\"'><script>alert(1)</script><img src=x onerror=alert(1)>${7919*7919}{{7919*7919}}";

    private static final String CALCULATED = String.valueOf(7919 * 7919);
    private static final Pattern TAG =
            Pattern.compile("<([a-zA-Z][a-zA-Z0-9-]*)((?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+)>");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([a-zA-Z][a-zA-Z0-9:_-]*)\\s*=\\s*(\"[^\"]*+\"|'[^']*+'|[^\\s\"'>]++)");
    private static final Set<String> LINKS =
            Set.of("href", "src", "action", "formaction", "data", "poster", "hx-get", "hx-post", "sse-connect");
    private static final Set<String> NEVER = Set.of("iframe", "object", "embed", "base", "math");

    private Markup() {}

    /** Fails where anything that was written by others is more than text. */
    public static void assertTame(String page, String html) {
        assertThat(html).as(page).doesNotContain("<script>", "alert(1)</script", "<img src=x", "\"'>", CALCULATED);
        Matcher tags = TAG.matcher(html);
        while (tags.find()) {
            String name = tags.group(1).toLowerCase(Locale.ROOT);
            assertThat(NEVER).as("%s: %s", page, tags.group()).doesNotContain(name);
            Matcher attributes = ATTRIBUTE.matcher(tags.group(2));
            while (attributes.find()) {
                assertAttribute(
                        page + ": " + tags.group(),
                        attributes.group(1).toLowerCase(Locale.ROOT),
                        attributes.group(2).replaceAll("^[\"']", ""));
            }
            if (name.equals("script")) {
                assertThat(html.substring(tags.end()))
                        .as("%s: %s", page, tags.group())
                        .startsWith("</script>");
            }
        }
    }

    private static void assertAttribute(String where, String name, String value) {
        assertThat(name).as(where).doesNotStartWith("on").isNotIn("style", "srcdoc");
        if (LINKS.contains(name)) {
            // Within our own site, and to no other by two slashes.
            assertThat(value).as(where).matches("(?s)(/[^/\\\\].*|/[\"']?|[#?].*)");
        }
    }
}
