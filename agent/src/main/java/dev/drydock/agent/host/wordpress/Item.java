package dev.drydock.agent.host.wordpress;

import java.util.Locale;

/**
 * A part of a site that is updated by itself.
 *
 * @param slug the name of its directory; {@code wordpress} for the core
 */
public record Item(Kind kind, String slug) {
    public static final Item CORE = new Item(Kind.CORE, "wordpress");

    /** In the order in which they are updated: what others need first. */
    public enum Kind {
        CORE,
        PLUGIN,
        THEME;

        /** As in an index and in changes: {@code core}, {@code plugin}, {@code theme}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public static Item plugin(String slug) {
        return new Item(Kind.PLUGIN, slug);
    }

    public static Item theme(String slug) {
        return new Item(Kind.THEME, slug);
    }

    @Override
    public String toString() {
        return kind == Kind.CORE ? "core" : kind.word() + " " + slug;
    }
}
