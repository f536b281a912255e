package dev.drydock.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Relative links lead to what is there, anchors to headings. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    @Test
    void everyRelativeLinkLeadsSomewhere() {
        List<String> broken = new ArrayList<>();
        int seen = 0;
        for (Page page : Page.all()) {
            List<String> lines = withoutCode(page.lines());
            for (int i = 0; i < lines.size(); i++) {
                Matcher link = LINK.matcher(lines.get(i).replaceAll("`[^`]*`", ""));
                while (link.find()) {
                    String target = link.group(1);
                    if (!target.matches("[a-z]+:.*")) {
                        seen++;
                        if (!leads(page.path(), target)) {
                            broken.add(page.name() + ":" + (i + 1) + ": " + target);
                        }
                    }
                }
            }
        }

        assertThat(broken).isEmpty();
        assertThat(seen).isGreaterThan(300);
    }

    private static boolean leads(Path from, String target) {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
        return Files.exists(file)
                && (parts.length == 1 || anchors(Page.read(file)).contains(parts[1]));
    }

    /** As forges make them: lower case, without signs, blanks as dashes, and a number where one comes again. */
    private static Set<String> anchors(Page page) {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> times = new HashMap<>();
        for (String line : withoutCode(page.lines())) {
            if (line.matches("#{1,6} .*")) {
                String plain = line.replaceFirst("#+ ", "").replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
                String anchor = plain.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-');
                int before = times.merge(anchor, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? anchor : anchor + "-" + before);
            }
        }
        return anchors;
    }

    private static List<String> withoutCode(List<String> lines) {
        List<String> text = new ArrayList<>();
        boolean code = false;
        for (String line : lines) {
            boolean fence = line.strip().startsWith("```");
            code ^= fence;
            text.add(code || fence ? "" : line);
        }
        return text;
    }
}
