package dev.drydock.agent.host.boot;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What boot loaders' configurations say: GRUB's own, and entries of the Boot Loader Specification. Pure. */
final class LoaderConfig {
    private static final Pattern GRUB = Pattern.compile("\\s*(?:menuentry|blscfg)\\b.*");
    private static final Pattern IMAGE = Pattern.compile("\\s*linux(?:16|efi)?\\s+[\"']?(\\S+?)[\"']?(?:\\s.*)?");
    private static final Pattern VERSION = Pattern.compile("\\s*version\\s+(\\S+)\\s*");
    private static final Pattern NAMED = Pattern.compile("(?:.*/)?vmlinu[xz]-(.+)");

    private LoaderConfig() {}

    /** Whether it offers something to boot; a stub that only points to another file does not. */
    static boolean boots(String text) {
        return text.lines()
                .anyMatch(line ->
                        GRUB.matcher(line).matches() || IMAGE.matcher(line).matches());
    }

    /** Releases of the kernels that are named. */
    static Set<String> kernels(Collection<String> texts) {
        Set<String> releases = new TreeSet<>();
        for (String text : texts) {
            for (String line : text.lines().toList()) {
                Matcher image = IMAGE.matcher(line);
                Matcher version = VERSION.matcher(line);
                if (version.matches()) {
                    releases.add(version.group(1));
                } else if (image.matches()) {
                    Matcher named = NAMED.matcher(image.group(1));
                    if (named.matches()) {
                        releases.add(named.group(1));
                    }
                }
            }
        }
        return releases;
    }
}
