package dev.drydock.agent.host.wordpress;

import dev.drydock.agent.host.wordpress.Item.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which of a site's items are to be updated, and how far.
 *
 * @param core {@code minor}, {@code all}, {@code none} or a version
 * @param exclude slugs of plugins and themes that stay as they are, {@code *} and {@code ?} as in file names
 * @param pins slug to the version that it is to be brought to
 */
public record UpdateSelection(
        String core, Group plugins, Group themes, List<String> exclude, Map<String, String> pins) {
    public UpdateSelection {
        exclude = List.copyOf(exclude);
        pins = Map.copyOf(pins);
    }

    /** All of a kind, or those that are named. */
    public record Group(boolean all, List<String> names) {
        public static final Group NONE = new Group(false, List.of());

        public Group {
            names = List.copyOf(names);
        }

        boolean wants(String slug) {
            return all || names.contains(slug);
        }
    }

    /** An item and the release that takes its place. */
    public record Update(Item item, String from, Release to) {}

    /**
     * @param updates in the order in which they are to be made
     * @param remarks what is left alone although there is something newer, or was asked for and cannot be had; a line each
     * @param missing what was asked for by name and version and cannot be had: the step must not pretend otherwise
     */
    public record Chosen(List<Update> updates, List<String> remarks, List<String> missing) {}

    /** Pure. @param php version of the site's PHP; empty: not known, nothing is left out for its sake */
    public Chosen choose(WordPressSite site, List<Release> releases, String php) {
        List<Update> updates = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        core(site, releases, php, updates, remarks, missing);
        String core = updates.isEmpty() ? site.core() : updates.getFirst().to().version();
        List<Installed> sorted = site.installed().stream()
                .sorted(Comparator.comparing((Installed i) -> i.item().kind())
                        .thenComparing(i -> i.item().slug()))
                .toList();
        for (Installed installed : sorted) {
            if (wants(installed.item())) {
                item(installed, releases, core, php, updates, remarks, missing);
            }
        }
        unknownNames(site, Kind.PLUGIN, plugins, missing);
        unknownNames(site, Kind.THEME, themes, missing);
        return new Chosen(updates, remarks, missing);
    }

    private void core(
            WordPressSite site,
            List<Release> releases,
            String php,
            List<Update> updates,
            List<String> remarks,
            List<String> missing) {
        if (core.equals("none")) {
            return;
        }
        boolean minor = core.equals("minor");
        boolean exact = !minor && !core.equals("all");
        List<Release> offered = of(Item.CORE, releases);
        Optional<Release> best = offered.stream()
                .filter(r -> exact ? r.version().equals(core) : isStable(r.version()))
                .filter(r -> !minor || WpVersion.sameBranch(r.version(), site.core()))
                .filter(r -> fits(r, "", php))
                .max(Comparator.comparing(Release::version, WpVersion.ORDER));
        if (exact && best.isEmpty() && !core.equals(site.core())) {
            missing.add("core " + core);
        }
        best.filter(r -> WpVersion.compare(r.version(), site.core()) > 0)
                .ifPresent(r -> updates.add(new Update(Item.CORE, site.core(), r)));
        if (exact && best.isPresent() && WpVersion.compare(core, site.core()) < 0) {
            missing.add("core " + core + ", which is older than " + site.core() + ": an update does not go back");
        }
        tooNew(Item.CORE, site.core(), offered, "", php).ifPresent(remarks::add);
    }

    private void item(
            Installed installed,
            List<Release> releases,
            String core,
            String php,
            List<Update> updates,
            List<String> remarks,
            List<String> missing) {
        Item item = installed.item();
        Optional<String> pin = Optional.ofNullable(pins.get(item.slug()));
        List<Release> offered = of(item, releases);
        Optional<Release> best = offered.stream()
                .filter(r -> pin.isPresent() ? r.version().equals(pin.get()) : isStable(r.version()))
                .filter(r -> fits(r, core, php))
                .max(Comparator.comparing(Release::version, WpVersion.ORDER));
        if (pin.isPresent() && best.isEmpty() && !pin.get().equals(installed.version())) {
            missing.add(item + " " + pin.get());
        }
        Optional<Release> newer = best.filter(r -> WpVersion.compare(r.version(), installed.version()) > 0);
        if (newer.isPresent() && !installed.updatable()) {
            remarks.add(item + " is left alone: it is a single file or a symbolic link");
        } else {
            newer.ifPresent(r -> updates.add(new Update(item, installed.version(), r)));
        }
        if (pin.isEmpty()) {
            tooNew(item, installed.version(), offered, core, php).ifPresent(remarks::add);
        }
    }

    /** What is newer than what there is, and would not run here. */
    private static Optional<String> tooNew(Item item, String now, List<Release> offered, String core, String php) {
        return offered.stream()
                .filter(r -> isStable(r.version()) && WpVersion.compare(r.version(), now) > 0 && !fits(r, core, php))
                .max(Comparator.comparing(Release::version, WpVersion.ORDER))
                .map(r -> item + " " + r.version() + " is left alone: it needs"
                        + (r.requires().isEmpty() ? "" : " WordPress " + r.requires())
                        + (r.requiresPhp().isEmpty() ? "" : " PHP " + r.requiresPhp()));
    }

    private static void unknownNames(WordPressSite site, Kind kind, Group group, List<String> missing) {
        for (String name : group.names()) {
            if (site.installed().stream().noneMatch(i -> i.item().equals(new Item(kind, name)))) {
                missing.add(kind.word() + " " + name + ", which is not installed");
            }
        }
    }

    private boolean wants(Item item) {
        Group group = item.kind() == Kind.PLUGIN ? plugins : themes;
        return group.wants(item.slug()) && exclude.stream().noneMatch(glob -> matches(glob, item.slug()));
    }

    private static boolean matches(String glob, String slug) {
        String regex = Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return slug.matches(regex);
    }

    private static List<Release> of(Item item, List<Release> releases) {
        return releases.stream().filter(r -> r.item().equals(item)).toList();
    }

    private static boolean fits(Release release, String core, String php) {
        return atLeast(core, release.requires()) && atLeast(php, release.requiresPhp());
    }

    private static boolean atLeast(String have, String wanted) {
        return wanted.isEmpty() || have.isEmpty() || WpVersion.compare(have, wanted) >= 0;
    }

    private static boolean isStable(String version) {
        return !version.toLowerCase(java.util.Locale.ROOT).matches(".*(dev|alpha|beta|rc).*");
    }
}
