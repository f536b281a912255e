package dev.drydock.agent.middleware;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Versions of packages as those of the product in them. Pure. */
public final class Versions {
    private static final Pattern UPSTREAM = Pattern.compile("(?:[0-9]+:)?([0-9]+(?:\\.[0-9]+)*)");

    private Versions() {}

    /** {@code 10.11.19} of {@code 1:10.11.19-0+deb12u1}; what does not begin with numbers stays as it is. */
    public static String upstream(String packageVersion) {
        Matcher matcher = UPSTREAM.matcher(packageVersion);
        return matcher.lookingAt() ? matcher.group(1) : packageVersion;
    }

    /** {@code 10.11} of {@code 1:10.11.19-0+deb12u1}, with two parts. */
    public static String series(String packageVersion, int parts) {
        return List.of(upstream(packageVersion).split("\\.")).stream()
                .limit(parts)
                .collect(Collectors.joining("."));
    }
}
