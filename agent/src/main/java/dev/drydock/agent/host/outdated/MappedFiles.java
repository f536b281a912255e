package dev.drydock.agent.host.outdated;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Code that a process runs from, by {@code /proc/PID/maps}. Pure. */
final class MappedFiles {
    private static final String DELETED = " (deleted)";
    /** Address, permissions, offset, device, inode, path. */
    private static final Pattern LINE = Pattern.compile("\\S+ (\\S{4}) \\S+ \\S+ \\S+ +(/.*)");
    /** Where packages put code. Elsewhere files that are gone are a program's own business: memory files, temporary ones. */
    private static final List<String> OF_PACKAGES =
            List.of("/usr/", "/lib/", "/lib32/", "/lib64/", "/libx32/", "/bin/", "/sbin/", "/opt/");

    private MappedFiles() {}

    /** Files with code that were removed or replaced since they were mapped. Mapped data (locales, caches) does not count. */
    static Set<String> replaced(String maps) {
        Set<String> replaced = new TreeSet<>();
        for (String line : maps.lines().toList()) {
            Matcher m = LINE.matcher(line);
            if (m.matches() && m.group(1).indexOf('x') >= 0 && m.group(2).endsWith(DELETED)) {
                String path = m.group(2).substring(0, m.group(2).length() - DELETED.length());
                if (OF_PACKAGES.stream().anyMatch(path::startsWith)) {
                    replaced.add(path);
                }
            }
        }
        return replaced;
    }
}
