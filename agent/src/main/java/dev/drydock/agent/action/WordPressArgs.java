package dev.drydock.agent.action;

import dev.drydock.agent.host.wordpress.UpdateSelection;
import dev.drydock.agent.host.wordpress.UpdateSelection.Group;
import dev.drydock.playbooks.model.Args;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of {@code wordpress.update}.
 *
 * @param again how long after the last item the site is looked at once more; zero: not
 * @param reload services that are told to read the code anew after each change of files
 */
record WordPressArgs(
        String path,
        UpdateSelection selection,
        Args source,
        Args health,
        Duration grace,
        Duration again,
        boolean lint,
        List<String> reload) {
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(60);

    static WordPressArgs of(Args args) {
        Map<String, String> pins = new HashMap<>();
        section(args, "pins").values().forEach((slug, version) -> pins.put(slug, String.valueOf(version)));
        Args health = section(args, "health");
        UpdateSelection selection = new UpdateSelection(
                args.string("core", "none"),
                group(args, "plugins"),
                group(args, "themes"),
                args.strings("exclude"),
                pins);
        return new WordPressArgs(
                args.string("path").replaceFirst("(?<=.)/+$", ""),
                selection,
                section(args, "source"),
                health,
                health.duration("grace", DEFAULT_GRACE),
                health.duration("again", Duration.ZERO),
                args.flag("lint", false),
                args.strings("reload"));
    }

    List<String> urls() {
        List<String> urls = health.strings("url");
        if (urls.isEmpty()) {
            throw new IllegalArgumentException(
                    "argument 'health.url' is missing: the site must be looked at after each item");
        }
        return urls;
    }

    private static Group group(Args args, String key) {
        List<String> names = args.strings(key);
        if (names.equals(List.of("all"))) {
            return new Group(true, List.of());
        }
        return names.equals(List.of("none")) ? Group.NONE : new Group(false, names);
    }

    private static Args section(Args args, String key) {
        Object value = Optional.ofNullable(args.values().get(key)).orElse(Map.of());
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("argument '" + key + "' is " + value + ", expected names and values");
        }
        Map<String, Object> copy = new HashMap<>();
        map.forEach((name, v) -> copy.put(String.valueOf(name), v));
        return new Args(copy);
    }
}
