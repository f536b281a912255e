package dev.drydock.agent.host.wordpress;

import java.util.List;

/**
 * A site as its files tell it.
 *
 * @param path of its core, inside the managed system
 * @param content where plugins and themes are, likewise
 * @param core version of WordPress
 * @param installed plugins and themes, sorted
 */
public record WordPressSite(String path, String content, WpConfig config, String core, List<Installed> installed) {
    public WordPressSite {
        installed = List.copyOf(installed);
    }

    /** Where an item's files are; the core's are at {@link #path}. */
    public String directory(Item item) {
        return switch (item.kind()) {
            case CORE -> path;
            case PLUGIN -> content + "/plugins/" + item.slug();
            case THEME -> content + "/themes/" + item.slug();
        };
    }
}
