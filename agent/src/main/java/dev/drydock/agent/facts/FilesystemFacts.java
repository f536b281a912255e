package dev.drydock.agent.facts;

import dev.drydock.proto.facts.v1.Filesystem;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * File systems on disks, as the managed system sees them. Those of other machines are left out: asking one that does not answer
 * would never end. Used by one thread at a time.
 */
final class FilesystemFacts {
    private static final Set<String> ON_DISKS = Set.of(
            "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "jfs", "reiserfs", "vfat", "bcachefs", "overlay");
    private static final int STEP = 5;

    /** As told last, by mount point. */
    private final Map<String, Integer> told = new HashMap<>();

    /** One line of {@code /proc/self/mounts}. */
    record Mount(String device, Path at, String type) {}

    static List<Mount> parse(String mounts) {
        List<Mount> all = new ArrayList<>();
        for (String line : mounts.lines().toList()) {
            String[] fields = line.split(" ");
            if (fields.length >= 3 && ON_DISKS.contains(fields[2])) {
                all.add(new Mount(fields[0], Path.of(unescaped(fields[1])), fields[2]));
            }
        }
        return all;
    }

    /**
     * Those that the system in the root consists of, by their mount points in it: what is mounted at the root or below, and
     * what the root itself lies on. A device that is there in several places counts once, at the shortest path.
     */
    static Map<String, Mount> within(List<Mount> all, Path root) {
        Map<String, Mount> byPlace = new TreeMap<>();
        containing(all, root).ifPresent(mount -> byPlace.put("/", mount));
        for (Mount mount : all) {
            if (mount.at().startsWith(root) && !mount.at().equals(root)) {
                byPlace.put("/" + root.relativize(mount.at()), mount);
            }
        }
        Map<String, Mount> once = new TreeMap<>();
        byPlace.entrySet().stream()
                .sorted(Comparator.comparing(e -> e.getKey().length()))
                .filter(e -> once.values().stream()
                        .noneMatch(m -> m.device().equals(e.getValue().device())
                                && !m.type().equals("overlay")))
                .forEach(e -> once.put(e.getKey(), e.getValue()));
        return once;
    }

    /** The last one mounted over the longest path wins. */
    private static Optional<Mount> containing(List<Mount> all, Path root) {
        return all.stream()
                .filter(mount -> root.startsWith(mount.at()))
                .reduce((a, b) -> b.at().getNameCount() >= a.at().getNameCount() ? b : a);
    }

    List<Filesystem> gather(String mounts, Path root) throws IOException {
        List<Filesystem> filesystems = new ArrayList<>();
        for (Map.Entry<String, Mount> entry : within(parse(mounts), root).entrySet()) {
            Path at = entry.getKey().equals("/") ? root : entry.getValue().at();
            // Containers have single files mounted; they are no place to fill.
            if (Files.isDirectory(at)) {
                FileStore store = Files.getFileStore(at);
                long used = store.getTotalSpace() - store.getUnallocatedSpace();
                int percent = usedPercent(used, store.getUsableSpace(), told.getOrDefault(entry.getKey(), -1));
                told.put(entry.getKey(), percent);
                filesystems.add(Filesystem.newBuilder()
                        .setMount(entry.getKey())
                        .setType(entry.getValue().type())
                        .setSizeBytes(store.getTotalSpace())
                        .setUsedPercent(percent)
                        .build());
            }
        }
        return filesystems;
    }

    /**
     * As {@code df} has it (what is kept for root does not count), to the nearest 5.
     *
     * @param last what was told last, negative for nothing; stays as long as it is not off by 5
     */
    static int usedPercent(long used, long free, int last) {
        double percent = used + free == 0 ? 0 : 100.0 * used / (used + free);
        boolean wavers = last >= 0 && Math.abs(percent - last) < STEP;
        return wavers ? last : (int) Math.round(percent / STEP) * STEP;
    }

    /** The kernel writes blanks and the like as three octal digits. */
    private static String unescaped(String path) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '\\' && i + 3 < path.length()) {
                out.append((char) Integer.parseInt(path.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                out.append(path.charAt(i));
            }
        }
        return out.toString();
    }
}
