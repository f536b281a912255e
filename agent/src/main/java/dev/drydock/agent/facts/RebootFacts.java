package dev.drydock.agent.facts;

import dev.drydock.agent.host.HostFiles;
import dev.drydock.proto.facts.v1.RebootRequired;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the system waits for a reboot: because a package said so in {@code /run/reboot-required}, because the package manager knows of
 * packages that are only used after one, or because a newer kernel of the same flavour than the running one is installed. (Debian itself writes that file only where helpers are installed.)
 */
final class RebootFacts {
    private static final Pattern RELEASE = Pattern.compile("(\\d[\\d.]*(?:-\\d[\\d.]*)?)(.*)");
    private static final String KERNEL = "vmlinuz-";

    private RebootFacts() {}

    /**
     * @param running release of the running kernel
     * @param waiting packages that wait for it by what the package manager knows, and what runs replaced code and cannot be restarted
     */
    static RebootRequired gather(HostFiles files, String running, Collection<String> waiting) throws IOException {
        TreeSet<String> by = new TreeSet<>(waiting);
        files.read("/run/reboot-required.pkgs").ifPresent(text -> text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(by::add));
        // The second one is the SUSE family's.
        boolean required = files.exists("/run/reboot-required") || files.exists("/run/reboot-needed");
        if (files.isWholeSystem()) {
            newer(running, installedKernels(files)).forEach(release -> by.add("linux-image-" + release));
        }
        return RebootRequired.newBuilder()
                .setRequired(required || !by.isEmpty())
                .addAllBy(by)
                .build();
    }

    private static List<String> installedKernels(HostFiles files) throws IOException {
        Path boot = files.resolve("/boot");
        List<String> releases = new ArrayList<>();
        if (Files.isDirectory(boot)) {
            try (DirectoryStream<Path> kernels = Files.newDirectoryStream(boot, KERNEL + "*")) {
                for (Path kernel : kernels) {
                    releases.add(String.valueOf(kernel.getFileName()).substring(KERNEL.length()));
                }
            }
        }
        return releases;
    }

    /** Those that are newer than the running one and of its flavour; none where the running one is not among them. */
    static List<String> newer(String running, List<String> installed) {
        Matcher own = RELEASE.matcher(running);
        if (!installed.contains(running) || !own.matches()) {
            return List.of();
        }
        List<String> newer = new ArrayList<>();
        for (String release : installed) {
            Matcher other = RELEASE.matcher(release);
            if (other.matches() && other.group(2).equals(own.group(2)) && compare(other.group(1), own.group(1)) > 0) {
                newer.add(release);
            }
        }
        return newer;
    }

    private static int compare(String a, String b) {
        String[] left = a.split("[.-]");
        String[] right = b.split("[.-]");
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            int order = Long.compare(Long.parseLong(left[i]), Long.parseLong(right[i]));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    }
}
