package dev.drydock.cli.bootstrap;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of the GNU C library. */
public record GlibcVersion(int major, int minor) implements Comparable<GlibcVersion> {
    private static final Pattern TOLD = Pattern.compile("glibc (\\d{1,3})\\.(\\d{1,3})(?:\\..*)?");
    private static final Comparator<GlibcVersion> ORDER =
            Comparator.comparingInt(GlibcVersion::major).thenComparingInt(GlibcVersion::minor);

    /** What {@code getconf GNU_LIBC_VERSION} prints: {@code glibc 2.36}. */
    public static Optional<GlibcVersion> parse(String told) {
        Matcher version = TOLD.matcher(told.strip());
        return version.matches()
                ? Optional.of(new GlibcVersion(Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(GlibcVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
