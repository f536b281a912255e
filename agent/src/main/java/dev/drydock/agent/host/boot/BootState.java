package dev.drydock.agent.host.boot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /boot} at one moment. Pure.
 *
 * @param files sizes in bytes by name
 * @param ramdisks those of the files that begin as an archive does
 * @param loaders texts of the boot loaders' configurations; empty where none is installed
 * @param makesRamdisks a program that makes initial ramdisks is installed
 */
public record BootState(
        Map<String, Long> files, Set<String> ramdisks, Collection<String> loaders, boolean makesRamdisks) {
    private static final Pattern IMAGE = Pattern.compile("vmlinu[xz]-(.+)");
    private static final Pattern RAMDISK = Pattern.compile("initrd\\.img-.+|initramfs-.+\\.img|initrd-.+");
    private static final Pattern OF_PACKAGE =
            Pattern.compile("/boot/vmlinu[xz]-([^/]+)|(?:/usr)?/lib/modules/([^/]+)/vmlinu[xz](?:\\.\\w+)?");
    private static final Pattern KERNEL_PACKAGE = Pattern.compile(
            "(?:linux-image|pve-kernel|proxmox-kernel)-.+|kernel(?:-(?:rt|64k|uek|debug))*(?:-core|-default|-lt|-ml)?");
    private static final long LEAST_IMAGE = 16L << 20;
    private static final long LEAST_RAMDISK = 64L << 20;

    public BootState {
        files = Map.copyOf(files);
        ramdisks = Set.copyOf(ramdisks);
        loaders = List.copyOf(loaders);
    }

    /** Whether a package of this name brings a kernel. */
    public static boolean isKernel(String packageName) {
        return KERNEL_PACKAGE.matcher(packageName).matches();
    }

    /** Releases of the kernels among a package's files. */
    public static Set<String> releases(Collection<String> paths) {
        Set<String> releases = new TreeSet<>();
        for (String path : paths) {
            Matcher kernel = OF_PACKAGE.matcher(path);
            if (kernel.matches()) {
                releases.add(kernel.group(1) != null ? kernel.group(1) : kernel.group(2));
            }
        }
        return releases;
    }

    /** Whether its boot loader names kernels by their releases. */
    public boolean named() {
        return !LoaderConfig.kernels(loaders).isEmpty();
    }

    public boolean usesRamdisks() {
        return makesRamdisks
                || files.keySet().stream().anyMatch(f -> RAMDISK.matcher(f).matches());
    }

    /** Releases whose kernel, ramdisk and entry are there as far as this system has such things; sorted. */
    public List<String> bootable() {
        return kernels().stream()
                .filter(release -> missing(release, usesRamdisks(), named()).isEmpty())
                .toList();
    }

    /**
     * What keeps a kernel from being booted.
     *
     * @param ramdisk whether it needs one
     * @param entry whether the boot loader must name it
     */
    public List<String> missing(String release, boolean ramdisk, boolean entry) {
        List<String> missing = new ArrayList<>();
        if (size("vmlinuz-" + release) <= 0 && size("vmlinux-" + release) <= 0) {
            missing.add("/boot/vmlinuz-" + release + " is missing or empty");
        }
        if (ramdisk && ramdiskOf(release).isEmpty()) {
            missing.add("its initial ramdisk is missing, empty or no archive");
        }
        if (entry && !LoaderConfig.kernels(loaders).contains(release)) {
            missing.add("the boot loader does not name it");
        }
        return missing;
    }

    /** The file's name; empty when there is none that could be unpacked. */
    public String ramdiskOf(String release) {
        return List.of("initrd.img-" + release, "initramfs-" + release + ".img", "initrd-" + release).stream()
                .filter(name -> size(name) > 0 && ramdisks.contains(name))
                .findFirst()
                .orElse("");
    }

    /** Releases that the boot loader offers and that are not there. */
    public Set<String> dangling() {
        Set<String> dangling = new TreeSet<>(LoaderConfig.kernels(loaders));
        dangling.removeAll(kernels());
        return dangling;
    }

    /** How much room new kernels need beside the old, in bytes: as those that are there, and a ramdisk that is made anew. */
    public long roomFor(int newKernels) {
        if (newKernels == 0) {
            return 0;
        }
        long image = 0;
        for (String release : kernels()) {
            image = Math.max(
                    image,
                    files.entrySet().stream()
                            .filter(f -> f.getKey().endsWith("-" + release) && !isRamdisk(f.getKey()))
                            .mapToLong(Map.Entry::getValue)
                            .sum());
        }
        long ramdisk = files.entrySet().stream()
                .filter(f -> isRamdisk(f.getKey()))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(usesRamdisks() ? LEAST_RAMDISK : 0);
        return newKernels * ((image == 0 ? LEAST_IMAGE : image) + ramdisk) + ramdisk;
    }

    private Set<String> kernels() {
        Set<String> releases = new TreeSet<>();
        files.forEach((name, size) -> {
            Matcher image = IMAGE.matcher(name);
            if (image.matches() && size > 0) {
                releases.add(image.group(1));
            }
        });
        return releases;
    }

    static boolean isRamdisk(String name) {
        return RAMDISK.matcher(name).matches();
    }

    private long size(String name) {
        return files.getOrDefault(name, 0L);
    }
}
