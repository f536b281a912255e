package dev.drydock.agent.host.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.wordpress.UpdateSelection.Chosen;
import dev.drydock.agent.host.wordpress.UpdateSelection.Group;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpdateSelectionTest {
    private static final Group ALL = new Group(true, List.of());
    private static final WordPressSite SITE = new WordPressSite(
            "/site",
            "/site/wp-content",
            new WpConfig("db", "u", "p", "localhost", "wp_", false, Optional.empty()),
            "6.4.5",
            List.of(
                    plugin("akismet", "5.0", true),
                    plugin("hello", "1.6", false),
                    plugin("premium", "2.0", true),
                    theme("twenty", "1.0")));
    private static final List<Release> RELEASES = List.of(
            core("6.4.5"),
            core("6.4.6"),
            core("6.5.5"),
            core("7.0-RC1"),
            release(Item.plugin("akismet"), "5.3", "6.0", ""),
            release(Item.plugin("akismet"), "5.1", "", ""),
            release(Item.plugin("akismet"), "6.0", "6.5", "8.3"),
            release(Item.plugin("hello"), "1.7", "", ""),
            release(Item.theme("twenty"), "1.1", "", ""));

    @Test
    void minorStaysInTheBranchAndTheCoreComesFirst() {
        Chosen chosen = select("minor", ALL, ALL, List.of(), Map.of());
        assertThat(words(chosen)).containsExactly("core 6.4.6", "plugin akismet 5.3", "theme twenty 1.1");
        assertThat(chosen.missing()).isEmpty();
        assertThat(chosen.remarks())
                .containsExactly(
                        "plugin akismet 6.0 is left alone: it needs WordPress 6.5 PHP 8.3",
                        "plugin hello is left alone: it is a single file or a symbolic link");
    }

    @Test
    void allTakesTheNewestStableAndAnExactVersionThatOne() {
        assertThat(words(select("all", Group.NONE, Group.NONE, List.of(), Map.of())))
                .containsExactly("core 6.5.5");
        assertThat(words(select("6.5.5", Group.NONE, Group.NONE, List.of(), Map.of())))
                .containsExactly("core 6.5.5");
        assertThat(words(select("6.4.5", Group.NONE, Group.NONE, List.of(), Map.of())))
                .isEmpty();
        assertThat(words(select("none", Group.NONE, Group.NONE, List.of(), Map.of())))
                .isEmpty();
    }

    @Test
    void whatIsNamedAndCannotBeHadIsSaid() {
        assertThat(select("6.9", new Group(false, List.of("nowhere")), Group.NONE, List.of(), Map.of())
                        .missing())
                .containsExactly("core 6.9", "plugin nowhere, which is not installed");
        assertThat(select("none", ALL, Group.NONE, List.of(), Map.of("akismet", "9"))
                        .missing())
                .containsExactly("plugin akismet 9");
    }

    @Test
    void pinsAndExclusionsCount() {
        assertThat(words(select("none", ALL, Group.NONE, List.of(), Map.of("akismet", "5.1"))))
                .containsExactly("plugin akismet 5.1");
        assertThat(words(select("none", ALL, ALL, List.of("aki*", "twent?"), Map.of())))
                .isEmpty();
        assertThat(select("none", ALL, Group.NONE, List.of(), Map.of("akismet", "5.0"))
                        .missing())
                .isEmpty();
    }

    private static Chosen select(
            String core, Group plugins, Group themes, List<String> exclude, Map<String, String> pins) {
        return new UpdateSelection(core, plugins, themes, exclude, pins).choose(SITE, RELEASES, "8.2.20");
    }

    private static List<String> words(Chosen chosen) {
        return chosen.updates().stream()
                .map(u -> u.item() + " " + u.to().version())
                .toList();
    }

    private static Installed plugin(String slug, String version, boolean updatable) {
        return new Installed(Item.plugin(slug), slug, version, slug + "/" + slug + ".php", updatable);
    }

    private static Installed theme(String slug, String version) {
        return new Installed(Item.theme(slug), slug, version, slug, true);
    }

    private static Release core(String version) {
        return release(Item.CORE, version, "", "7.0");
    }

    private static Release release(Item item, String version, String requires, String php) {
        return new Release(item, version, "x.zip", "", requires, php, "");
    }
}
